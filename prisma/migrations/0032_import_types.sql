-- What kind of institution the rows are of, where they do not say it themselves: chosen for the whole file, or told by
-- the name or the title of a sheet.
ALTER TABLE import_batches
  ADD COLUMN institution_type_id int REFERENCES institution_types,
  ADD COLUMN sheet_types jsonb NOT NULL DEFAULT '{}';
