-- Who may touch which rows: row-level security on every table, forced on its owner too, one policy per kind of
-- role. A policy compares a column with an array that is computed once per statement, never a look-up per row.

-- Reference tables: everybody signed in reads them, the city changes them.
DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['city_settings', 'kecamatan', 'institution_types', 'position_types', 'duties',
                           'education_levels', 'occupations'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY city ON %I TO portal_city USING (true)', t);
    EXECUTE format('CREATE POLICY everyone ON %I FOR SELECT TO portal_auditor, portal_kecamatan, portal_kelurahan,
      portal_officer, portal_public, portal_definer, portal_session USING (true)', t);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO portal_city', t);
    EXECUTE format('GRANT SELECT ON %I TO portal_auditor, portal_kecamatan, portal_kelurahan, portal_officer,
      portal_public, portal_definer, portal_session', t);
  END LOOP;
END $$;

-- Rows of a kelurahan, some of them of one institution.
DO $$
DECLARE
  in_kelurahan constant text := '= ANY ((SELECT string_to_array(NULLIF(current_setting(''app.kelurahan_ids'', true), ''''), '',''))::int[])';
  own_institution constant text := '= (SELECT NULLIF(current_setting(''app.institution_id'', true), '''')::int)';
  t record;
BEGIN
  FOR t IN SELECT * FROM (VALUES
    ('kelurahan', 'id', NULL, 'id ' || in_kelurahan),
    ('institutions', 'kelurahan_id', 'id', NULL),
    ('institution_summaries', 'kelurahan_id', 'institution_id', NULL),
    ('seats', 'kelurahan_id', 'institution_id', NULL),
    ('boards', 'kelurahan_id', 'institution_id', NULL),
    ('tenures', 'kelurahan_id', 'institution_id', NULL),
    ('decrees', 'kelurahan_id', NULL, 'kelurahan_id ' || in_kelurahan),
    ('roster_changes', 'kelurahan_id', 'institution_id', NULL),
    ('roster_change_lines', 'kelurahan_id', 'institution_id', NULL),
    ('decisions', 'kelurahan_id', 'institution_id', NULL)
  ) AS v (name, kelurahan_column, institution_column, officer_rule) LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t.name);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t.name);
    EXECUTE format('CREATE POLICY city ON %I TO portal_city USING (true)', t.name);
    EXECUTE format('CREATE POLICY auditor ON %I FOR SELECT TO portal_auditor USING (true)', t.name);
    EXECUTE format('CREATE POLICY definer ON %I TO portal_definer USING (true)', t.name);
    EXECUTE format('CREATE POLICY kecamatan ON %I FOR SELECT TO portal_kecamatan USING (%I %s)', t.name, t.kelurahan_column, in_kelurahan);
    EXECUTE format('CREATE POLICY kelurahan ON %I TO portal_kelurahan USING (%I %s)', t.name, t.kelurahan_column, in_kelurahan);
    EXECUTE format('CREATE POLICY officer ON %I TO portal_officer USING (%s)', t.name,
      COALESCE(t.officer_rule, format('%I %s', t.institution_column, own_institution)));
    EXECUTE format('GRANT SELECT ON %I TO portal_city, portal_auditor, portal_kecamatan, portal_kelurahan, portal_officer, portal_definer', t.name);
  END LOOP;
END $$;

GRANT INSERT, UPDATE, DELETE ON kelurahan, institutions, seats, boards, tenures, decrees, roster_changes, roster_change_lines, decisions TO portal_city;
GRANT INSERT, UPDATE ON institutions, seats, boards, tenures, decrees TO portal_kelurahan;
GRANT INSERT, UPDATE ON roster_changes TO portal_kelurahan, portal_officer;
GRANT INSERT, UPDATE, DELETE ON roster_change_lines TO portal_kelurahan, portal_officer;
GRANT INSERT ON decisions TO portal_kelurahan;
GRANT INSERT, UPDATE ON institution_summaries TO portal_definer;
GRANT USAGE ON SEQUENCE roster_change_numbers TO portal_city, portal_kelurahan, portal_officer;
-- A NIK is sealed for its row, so the id of a person or a line is drawn before the row is written.
GRANT USAGE ON SEQUENCE people_id_seq, roster_change_lines_id_seq TO portal_city, portal_kelurahan, portal_officer;

-- People are seen where they live, hold or held office.
ALTER TABLE people ENABLE ROW LEVEL SECURITY;
ALTER TABLE people FORCE ROW LEVEL SECURITY;
CREATE POLICY city ON people TO portal_city USING (true);
CREATE POLICY auditor ON people FOR SELECT TO portal_auditor USING (true);
CREATE POLICY definer ON people TO portal_definer USING (true);
CREATE POLICY kecamatan ON people FOR SELECT TO portal_kecamatan USING (
  kelurahan_ids && (SELECT string_to_array(NULLIF(current_setting('app.kelurahan_ids', true), ''), ','))::int[]);
CREATE POLICY kelurahan ON people TO portal_kelurahan USING (
  kelurahan_ids && (SELECT string_to_array(NULLIF(current_setting('app.kelurahan_ids', true), ''), ','))::int[]);
CREATE POLICY officer ON people FOR SELECT TO portal_officer USING (
  institution_ids @> ARRAY[(SELECT NULLIF(current_setting('app.institution_id', true), '')::int)]);
GRANT SELECT ON people TO portal_city, portal_kelurahan, portal_definer;
-- The sealed NIK is for those who may reveal it; the others learn only whether it is there.
GRANT SELECT (id, has_nik, front_title, name, back_title, sex, birth_place, birth_date, address, rt_number, rw_number,
  kelurahan_id, phone, education_level, occupation, merged_into, kelurahan_ids, institution_ids, version, created_at, updated_at)
  ON people TO portal_auditor, portal_kecamatan, portal_officer;
GRANT INSERT, UPDATE, DELETE ON people TO portal_city;
GRANT INSERT, UPDATE ON people TO portal_kelurahan;
GRANT UPDATE (kelurahan_ids, institution_ids) ON people TO portal_definer;

-- Accounts: the city manages them, everyone reads and changes the password of their own.
DO $$
DECLARE
  own constant text := '(SELECT NULLIF(current_setting(''app.account_id'', true), '''')::int)';
  t record;
BEGIN
  FOR t IN SELECT * FROM (VALUES ('accounts', 'id'), ('sessions', 'account_id'), ('idempotency_keys', 'account_id')) AS v (name, account_column) LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t.name);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t.name);
    EXECUTE format('CREATE POLICY own ON %I TO portal_auditor, portal_kecamatan, portal_kelurahan, portal_officer USING (%I = %s)', t.name, t.account_column, own);
    EXECUTE format('CREATE POLICY city ON %I TO portal_city USING (true)', t.name);
  END LOOP;
END $$;
CREATE POLICY session ON accounts TO portal_session USING (true);
CREATE POLICY session ON sessions TO portal_session USING (true);
ALTER TABLE account_links ENABLE ROW LEVEL SECURITY;
ALTER TABLE account_links FORCE ROW LEVEL SECURITY;
CREATE POLICY city ON account_links TO portal_city USING (true);
CREATE POLICY session ON account_links TO portal_session USING (true);

GRANT SELECT, INSERT, UPDATE ON accounts, account_links TO portal_city;
GRANT SELECT ON accounts TO portal_auditor, portal_kecamatan, portal_kelurahan, portal_officer;
GRANT UPDATE (password_hash, password_changed_at, version) ON accounts
  TO portal_auditor, portal_kecamatan, portal_kelurahan, portal_officer, portal_session;
GRANT SELECT ON accounts, account_links TO portal_session;
GRANT UPDATE (used_at) ON account_links TO portal_session;
GRANT SELECT, DELETE ON sessions TO portal_city, portal_auditor, portal_kecamatan, portal_kelurahan, portal_officer;
GRANT SELECT, INSERT, UPDATE, DELETE ON sessions TO portal_session;
GRANT SELECT, INSERT, UPDATE (location) ON idempotency_keys TO portal_city, portal_auditor, portal_kecamatan, portal_kelurahan, portal_officer;
GRANT DELETE ON idempotency_keys TO portal_city;

ALTER TABLE rate_limits ENABLE ROW LEVEL SECURITY;
ALTER TABLE rate_limits FORCE ROW LEVEL SECURITY;
CREATE POLICY session ON rate_limits TO portal_session USING (true);
CREATE POLICY city ON rate_limits TO portal_city USING (true);
GRANT SELECT, INSERT, UPDATE, DELETE ON rate_limits TO portal_session, portal_city;

-- The session door needs an officer's tenure and the kelurahan of a kecamatan to know what an account may do.
CREATE POLICY session ON tenures FOR SELECT TO portal_session USING (true);
CREATE POLICY session ON kelurahan FOR SELECT TO portal_session USING (true);
GRANT SELECT (id, start_on, ended_on, voided_at) ON tenures TO portal_session;
GRANT SELECT (id, kecamatan_id, name) ON kelurahan TO portal_session;
CREATE POLICY session ON institutions FOR SELECT TO portal_session USING (true);
GRANT SELECT (id, name) ON institutions TO portal_session;

-- The public: institutions, and officers by name and post. Phones, NIK, birth dates and addresses of people
-- are out of reach by column grants.
CREATE POLICY public ON kelurahan FOR SELECT TO portal_public USING (true);
CREATE POLICY public ON institutions FOR SELECT TO portal_public USING (status IN ('active', 'dormant'));
CREATE POLICY public ON seats FOR SELECT TO portal_public USING (true);
CREATE POLICY public ON boards FOR SELECT TO portal_public USING (true);
CREATE POLICY public ON tenures FOR SELECT TO portal_public USING (voided_at IS NULL);
CREATE POLICY public ON people FOR SELECT TO portal_public USING (merged_into IS NULL);
CREATE POLICY public ON decrees FOR SELECT TO portal_public USING (true);
GRANT SELECT (id, kecamatan_id, code, name, kind) ON kelurahan TO portal_public;
GRANT SELECT (id, kelurahan_id, institution_type_id, name, rt_number, rw_number, founded_on, scope, status) ON institutions TO portal_public;
GRANT SELECT (id, institution_id, position_type_id, number, label) ON seats TO portal_public;
GRANT SELECT (id, institution_id, starts_on, ends_on, decree_id) ON boards TO portal_public;
GRANT SELECT (id, institution_id, seat_id, person_id, board_id, start_on, planned_end_on, ended_on, kind, valid, voided_at) ON tenures TO portal_public;
GRANT SELECT (id, front_title, name, back_title) ON people TO portal_public;
GRANT SELECT (id, number, decreed_on) ON decrees TO portal_public;

-- One audit row per changed row.
DO $$
DECLARE t record;
BEGIN
  FOR t IN SELECT * FROM (VALUES
    ('city_settings', ''), ('kecamatan', ''), ('kelurahan', ''), ('institution_types', ''), ('position_types', ''),
    ('duties', ''), ('institutions', ''), ('seats', ''), ('boards', ''), ('tenures', ''), ('decrees', ''),
    ('people', '''nik_sealed'', ''nik_index'''), ('accounts', '''password_hash'''),
    ('account_links', '''token_hash'''), ('roster_changes', ''),
    ('roster_change_lines', '''candidate_nik_sealed'', ''candidate_nik_index'''), ('decisions', '')
  ) AS v (name, secrets) LOOP
    EXECUTE format('CREATE TRIGGER %I AFTER INSERT OR UPDATE OR DELETE ON %I FOR EACH ROW EXECUTE FUNCTION audit.capture(%s)',
      t.name || '_audit', t.name, t.secrets);
  END LOOP;
END $$;

-- SECURITY DEFINER functions run as portal_definer, which owns no table and has the few grants above.
ALTER FUNCTION audit.capture() OWNER TO portal_definer;
ALTER FUNCTION audit.record(text, text, text, text, jsonb) OWNER TO portal_definer;
ALTER FUNCTION audit.count_own(text, timestamptz) OWNER TO portal_definer;
ALTER FUNCTION tenures_apply_rules() OWNER TO portal_definer;
ALTER FUNCTION tenures_show_person() OWNER TO portal_definer;
ALTER FUNCTION people_by_nik(text[]) OWNER TO portal_definer;
ALTER FUNCTION offices_of_people(int[]) OWNER TO portal_definer;
ALTER FUNCTION refresh_institution_summaries(int[]) OWNER TO portal_definer;
ALTER FUNCTION summarize_institutions() OWNER TO portal_definer;
ALTER FUNCTION summarize_their_institutions() OWNER TO portal_definer;
ALTER FUNCTION summarize_institutions_of_people() OWNER TO portal_definer;
-- Later migrations attach the audit trigger to new tables, which asks for EXECUTE.
DO $$
DECLARE owner_name text := current_user;
BEGIN
  SET LOCAL ROLE portal_definer;
  EXECUTE format('GRANT EXECUTE ON FUNCTION audit.capture() TO %I', owner_name);
  RESET ROLE;
END $$;
REVOKE CREATE ON SCHEMA public FROM portal_definer;
REVOKE CREATE ON SCHEMA audit FROM portal_definer;
