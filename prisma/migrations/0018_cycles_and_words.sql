-- The city opens and edits the cycles of attestation: two in a year, and the first day stays once somebody attested.
ALTER TABLE attestation_cycles ADD version int NOT NULL DEFAULT 1;
GRANT UPDATE (name, starts_on, due_on, version) ON attestation_cycles TO portal_city;

CREATE FUNCTION attestation_cycles_apply_rules() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  -- Two that are opened at once see each other.
  PERFORM pg_advisory_xact_lock(hashtext('attestation_cycles'));
  IF (SELECT count(*) FROM attestation_cycles c
    WHERE c.id <> NEW.id AND date_part('year', c.starts_on) = date_part('year', NEW.starts_on)) >= 2 THEN
    RAISE EXCEPTION 'attestation_cycles_two_a_year: the year has two cycles'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'attestation_cycles_two_a_year';
  END IF;
  IF TG_OP = 'UPDATE' AND NEW.starts_on <> OLD.starts_on
    AND EXISTS (SELECT FROM attestations WHERE cycle_id = NEW.id) THEN
    RAISE EXCEPTION 'attestation_cycles_keep_start: somebody attested in this cycle'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'attestation_cycles_keep_start';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER attestation_cycles_apply_rules BEFORE INSERT OR UPDATE ON attestation_cycles
  FOR EACH ROW EXECUTE FUNCTION attestation_cycles_apply_rules();

-- Where officers live is for the kelurahan and the institution: everybody else reads the frozen copy without homes.
CREATE FUNCTION without_homes(section text, facts jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE
SET search_path = pg_catalog, pg_temp AS $$
  SELECT CASE WHEN section <> 'contacts' THEN facts ELSE COALESCE(
    (SELECT jsonb_agg(officer || '{"address": null, "rt": null, "rw": null}' ORDER BY place)
     FROM jsonb_array_elements(facts) WITH ORDINALITY each (officer, place)), '[]') END
$$;
GRANT EXECUTE ON FUNCTION without_homes(text, jsonb) TO portal_definer;
ALTER TABLE attestation_sections
  ADD open_facts jsonb NOT NULL GENERATED ALWAYS AS (without_homes(section, facts)) STORED;
REVOKE SELECT ON attestation_sections FROM portal_city, portal_auditor, portal_kecamatan;
GRANT SELECT (institution_id, cycle_id, section, id, kelurahan_id, hash, open_facts)
  ON attestation_sections TO portal_city, portal_auditor, portal_kecamatan;
DROP TRIGGER attestation_sections_audit ON attestation_sections;
CREATE TRIGGER attestation_sections_audit AFTER INSERT OR UPDATE OR DELETE ON attestation_sections
  FOR EACH ROW EXECUTE FUNCTION audit.capture('hash', 'facts', 'open_facts');

-- The template and the legal basis that a decree was approved with: what is edited later changes no decree. Decrees
-- from before this migration have none and are drafted from the texts of the day.
ALTER TABLE decrees ADD words jsonb CHECK (jsonb_typeof(words) = 'object');
CREATE FUNCTION decrees_keep_words() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'decrees_keep_words: the words of a decree do not change'
    USING ERRCODE = 'check_violation', CONSTRAINT = 'decrees_keep_words';
END $$;
CREATE TRIGGER decrees_keep_words BEFORE UPDATE ON decrees
  FOR EACH ROW WHEN (OLD.words IS NOT NULL AND NEW.words IS DISTINCT FROM OLD.words) EXECUTE FUNCTION decrees_keep_words();

-- A signed decree seats and ends nobody more, with a scan or without one. Only its scan may still come, once (0013).
CREATE FUNCTION signed_decrees_take_no_lines() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  line constant jsonb := to_jsonb(NEW);
  earlier constant jsonb := CASE WHEN TG_OP = 'UPDATE' THEN to_jsonb(OLD) END;
  named text;
BEGIN
  FOREACH named IN ARRAY TG_ARGV LOOP
    CONTINUE WHEN line->>named IS NOT DISTINCT FROM earlier->>named;
    IF EXISTS (SELECT FROM decrees WHERE id = (line->>named)::int AND status IN ('signed', 'revoked')) THEN
      RAISE EXCEPTION 'signed_decrees_take_no_lines: a signed decree seats and ends nobody more'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'signed_decrees_take_no_lines';
    END IF;
  END LOOP;
  RETURN NEW;
END $$;
CREATE TRIGGER tenures_of_open_decrees BEFORE INSERT OR UPDATE OF appointing_decree_id, ending_decree_id ON tenures
  FOR EACH ROW EXECUTE FUNCTION signed_decrees_take_no_lines('appointing_decree_id', 'ending_decree_id');
CREATE TRIGGER boards_of_open_decrees BEFORE INSERT OR UPDATE OF decree_id ON boards
  FOR EACH ROW EXECUTE FUNCTION signed_decrees_take_no_lines('decree_id');
