-- Follow-ups of a dialogue: to whom of the offices one is entrusted, and that nobody confirms their own promise.
CREATE INDEX follow_ups_by_owner_institution ON follow_ups (owner_institution_id) WHERE owner_institution_id IS NOT NULL;
CREATE INDEX follow_ups_by_training ON follow_ups (training_id);

-- An institution says of what it asked whether it is done, and of what it promised how far it is; never the other way.
CREATE FUNCTION follow_ups_not_own_promise() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  judged constant boolean := NEW.status <> OLD.status AND NEW.status IN ('confirmed', 'reopened');
  worked constant boolean := NEW.status <> OLD.status AND NEW.status IN ('in_progress', 'claimed');
  own_institution constant int := NULLIF(current_setting('app.institution_id', true), '')::int;
  own_account constant int := NULLIF(current_setting('app.account_id', true), '')::int;
  is_officer constant boolean := current_setting('role', true) = 'portal_officer';
  promised constant boolean := NEW.owner_institution_id IS NOT DISTINCT FROM own_institution;
BEGIN
  IF judged AND NEW.owner_account_id = own_account
    OR is_officer AND judged AND (promised OR NEW.institution_id IS DISTINCT FROM own_institution)
    OR is_officer AND worked AND NOT promised THEN
    RAISE EXCEPTION 'follow_ups_not_own_promise: % by %', NEW.status, own_account
      USING ERRCODE = 'check_violation', CONSTRAINT = 'follow_ups_not_own_promise';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER follow_ups_not_own_promise BEFORE UPDATE ON follow_ups
  FOR EACH ROW EXECUTE FUNCTION follow_ups_not_own_promise();

-- A definer sees every account, so the scope of whoever asks is asked again; the city's own are for the city.
GRANT SELECT (display_name, role, kecamatan_id, kelurahan_id) ON accounts TO portal_definer;
GRANT CREATE ON SCHEMA public TO portal_definer;
CREATE FUNCTION accounts_to_entrust(place int) RETURNS TABLE (id int, name text, role text) LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public, pg_temp AS $$
  SELECT a.id, a.display_name, a.role FROM accounts a
  WHERE a.suspended_at IS NULL AND CASE a.role
      WHEN 'admin' THEN current_setting('role', true) = 'portal_city'
      WHEN 'kecamatan' THEN a.kecamatan_id = (SELECT k.kecamatan_id FROM kelurahan k WHERE k.id = place)
      WHEN 'lurah' THEN a.kelurahan_id = place
      WHEN 'staff' THEN a.kelurahan_id = place
      ELSE false END
    AND (current_setting('role', true) = 'portal_city' OR current_setting('role', true) IN ('portal_kecamatan', 'portal_kelurahan')
      AND place = ANY (string_to_array(NULLIF(current_setting('app.kelurahan_ids', true), ''), ',')::int[]))
  ORDER BY a.display_name, a.id
$$;
ALTER FUNCTION accounts_to_entrust(int) OWNER TO portal_definer;
SET LOCAL ROLE portal_definer;
GRANT EXECUTE ON FUNCTION accounts_to_entrust(int) TO portal_city, portal_kecamatan, portal_kelurahan;
RESET ROLE;
REVOKE CREATE ON SCHEMA public FROM portal_definer;
