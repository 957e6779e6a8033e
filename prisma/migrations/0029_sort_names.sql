-- Accounts are people in one field, titles and all; lists sort them on the bare name, as they do people. "M. Yusuf"
-- keeps its initial: only what is a title is left out.
CREATE FUNCTION bare_name(name text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
SET search_path = pg_catalog, pg_temp AS $$
  SELECT COALESCE(NULLIF(
    trim(regexp_replace(split_part(lower(name), ',', 1), '^\s*((h|hj|kh|dr|drs|dra|ir|prof|ust|r|ra)\.\s*)+', '')), ''), lower(name))
$$;
GRANT EXECUTE ON FUNCTION bare_name(text) TO portal_city;

ALTER TABLE accounts ADD COLUMN sort_name text COLLATE "und-x-icu" NOT NULL GENERATED ALWAYS AS (bare_name(display_name)) STORED;
