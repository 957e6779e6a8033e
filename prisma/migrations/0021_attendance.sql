-- The day of a training: who came, recorded once however often it is sent, and the code at the door.
GRANT CREATE ON SCHEMA public TO portal_definer;

-- Writes one scan, tap, line of paper or correction and works out where the attendance stands. The one way in for all
-- methods, so that two devices, a replay and a tap that comes late agree. Outcomes: recorded, repeated (this nonce is
-- known), not_open, closed, unknown (not of this training, or not the actor's to write).
CREATE FUNCTION record_check_in(
  given_nonce uuid, given_session int, given_invitation int, given_method text, given_status text,
  given_device text, given_client_at timestamptz, given_reason text, by_account int, by_name text
) RETURNS TABLE (outcome text, standing text, standing_at timestamptz)
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
#variable_conflict use_column
DECLARE
  session training_sessions%ROWTYPE;
  training_status text;
  known check_ins%ROWTYPE;
  stands attendances%ROWTYPE;
  is_scan constant boolean := given_method IN ('qr', 'code', 'tap');
  corrected_at timestamptz;
  changes boolean;
  moment timestamptz;
  said text := given_status;
BEGIN
  -- Closing waits for the taps under way, and a tap after it finds the session closed.
  SELECT * INTO session FROM training_sessions WHERE id = given_session FOR SHARE;
  SELECT status INTO training_status FROM trainings WHERE id = session.training_id;
  -- One at a time about one person.
  PERFORM FROM training_invitations WHERE id = given_invitation AND training_id = session.training_id AND NOT is_twin FOR NO KEY UPDATE;
  IF NOT FOUND THEN RETURN QUERY SELECT 'unknown', NULL::text, NULL::timestamptz; RETURN; END IF;

  SELECT * INTO stands FROM attendances WHERE session_id = given_session AND invitation_id = given_invitation;
  SELECT * INTO known FROM check_ins WHERE nonce = given_nonce;
  IF FOUND THEN
    RETURN QUERY SELECT CASE WHEN (known.session_id, known.invitation_id) = (given_session, given_invitation) THEN 'repeated' ELSE 'unknown' END,
      stands.status, stands.recorded_at;
    RETURN;
  END IF;

  -- A tap that waited for the network counts from when it was made, never from before the opening or the future.
  moment := LEAST(GREATEST(COALESCE(given_client_at, now()), session.opened_at), now());
  IF session.opened_at IS NULL OR training_status IN ('draft', 'cancelled') OR is_scan AND training_status = 'finished' THEN
    RETURN QUERY SELECT 'not_open', stands.status, stands.recorded_at; RETURN;
  END IF;
  IF is_scan AND session.closed_at IS NOT NULL AND (given_method <> 'tap' OR given_client_at IS NULL OR moment > session.closed_at) THEN
    RETURN QUERY SELECT 'closed', stands.status, stands.recorded_at; RETURN;
  END IF;

  IF is_scan AND said = 'present' AND moment > session.starts_at + interval '15 minutes' THEN said := 'late'; END IF;
  SELECT max(server_at) INTO corrected_at FROM check_ins
  WHERE session_id = given_session AND invitation_id = given_invitation AND method = 'correction';
  INSERT INTO check_ins (nonce, training_id, session_id, invitation_id, method, status, device, client_at, reason, recorded_by, recorded_by_name)
  VALUES (given_nonce, session.training_id, given_session, given_invitation, given_method, said, given_device, given_client_at,
    given_reason, by_account, by_name)
  ON CONFLICT (nonce) DO NOTHING;
  -- The nonce belongs to a row that the actor does not see.
  IF NOT FOUND THEN RETURN QUERY SELECT 'unknown', stands.status, stands.recorded_at; RETURN; END IF;

  changes := CASE
    WHEN given_method = 'correction' THEN true
    -- What somebody corrected with a reason stays until a newer scan.
    WHEN corrected_at IS NOT NULL AND (given_method = 'paper' OR moment < corrected_at) THEN false
    WHEN stands.id IS NULL THEN true
    -- Of two scans the earlier says when the person came, whichever arrives first.
    WHEN stands.status IN ('present', 'late') THEN said IN ('present', 'late') AND is_scan
      AND stands.method IN ('qr', 'code', 'tap') AND moment < stands.recorded_at
    ELSE said <> stands.status AND said <> 'absent' END;
  IF changes AND said = 'unrecorded' THEN
    DELETE FROM attendances WHERE session_id = given_session AND invitation_id = given_invitation;
  ELSIF changes THEN
    INSERT INTO attendances (training_id, session_id, invitation_id, status, method, recorded_at)
    VALUES (session.training_id, given_session, given_invitation, said, given_method, moment)
    ON CONFLICT ON CONSTRAINT attendances_one_per_session
    DO UPDATE SET status = EXCLUDED.status, method = EXCLUDED.method, recorded_at = EXCLUDED.recorded_at;
  END IF;
  RETURN QUERY SELECT 'recorded', a.status, a.recorded_at FROM (SELECT 1) AS one
    LEFT JOIN attendances a ON a.session_id = given_session AND a.invitation_id = given_invitation;
END $$;

-- Whoever has no line yet was not there, or had excused themselves beforehand.
CREATE FUNCTION settle_attendance(given_session int, by_account int, by_name text) RETURNS void
LANGUAGE sql SET search_path = public, pg_temp AS $$
  WITH missing AS (
    SELECT s.training_id, s.id AS session_id, i.id AS invitation_id,
      CASE i.answer WHEN 'excused' THEN 'excused' ELSE 'absent' END AS status
    FROM training_sessions s JOIN training_invitations i ON i.training_id = s.training_id AND NOT i.is_twin
    WHERE s.id = given_session AND s.closed_at IS NOT NULL
      AND NOT EXISTS (SELECT FROM attendances a WHERE a.session_id = s.id AND a.invitation_id = i.id)
  ), noted AS (
    INSERT INTO check_ins (nonce, training_id, session_id, invitation_id, method, status, recorded_by, recorded_by_name)
    SELECT gen_random_uuid(), training_id, session_id, invitation_id, 'closing', status, by_account, by_name FROM missing
  )
  INSERT INTO attendances (training_id, session_id, invitation_id, status, method)
  SELECT training_id, session_id, invitation_id, status, 'closing' FROM missing
$$;

-- False when the session was not open.
CREATE FUNCTION close_training_session(given_session int, by_account int, by_name text) RETURNS boolean
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  UPDATE training_sessions SET closed_at = GREATEST(now(), opened_at)
  WHERE id = given_session AND opened_at IS NOT NULL AND closed_at IS NULL;
  IF NOT FOUND THEN RETURN false; END IF;
  INSERT INTO training_session_events (training_id, session_id, action, recorded_by, recorded_by_name)
  SELECT training_id, id, 'close', by_account, by_name FROM training_sessions WHERE id = given_session;
  PERFORM settle_attendance(given_session, by_account, by_name);
  RETURN true;
END $$;

-- What only the closing had said is open again; false when the session was not closed.
CREATE FUNCTION reopen_training_session(given_session int, given_reason text, by_account int, by_name text) RETURNS boolean
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  UPDATE training_sessions SET closed_at = NULL WHERE id = given_session AND closed_at IS NOT NULL;
  IF NOT FOUND THEN RETURN false; END IF;
  INSERT INTO training_session_events (training_id, session_id, action, reason, recorded_by, recorded_by_name)
  SELECT training_id, id, 'reopen', given_reason, by_account, by_name FROM training_sessions WHERE id = given_session;
  WITH undone AS (
    DELETE FROM attendances WHERE session_id = given_session AND method = 'closing' RETURNING training_id, session_id, invitation_id
  )
  INSERT INTO check_ins (nonce, training_id, session_id, invitation_id, method, status, reason, recorded_by, recorded_by_name)
  SELECT gen_random_uuid(), training_id, session_id, invitation_id, 'closing', 'unrecorded', given_reason, by_account, by_name FROM undone;
  RETURN true;
END $$;

GRANT EXECUTE ON FUNCTION record_check_in(uuid, int, int, text, text, text, timestamptz, text, int, text)
  TO portal_city, portal_kecamatan, portal_kelurahan, portal_definer;
GRANT EXECUTE ON FUNCTION settle_attendance(int, int, text), close_training_session(int, int, text),
  reopen_training_session(int, text, int, text) TO portal_city, portal_kecamatan, portal_kelurahan;

-- The code at the door: a keyed hash of a step of 30 seconds (hashed twice, as HMAC does, so that nothing can be
-- appended), six characters without look-alikes.
CREATE FUNCTION door_step() RETURNS bigint LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
  SELECT floor(extract(epoch FROM now()) / 30)::bigint
$$;
CREATE FUNCTION door_code(secret bytea, step bigint) RETURNS text LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
  SELECT string_agg(substr('23456789ABCDEFGHJKLMNPQRSTUVWXYZ', 1 + get_byte(h.hash, i) % 32, 1), '' ORDER BY i)
  FROM (SELECT sha256(secret || sha256(secret || int8send(step))) AS hash) h, generate_series(0, 5) i
$$;

-- The session that a code opens now: this step's or the one before. An older code of the last five minutes is told apart
-- from one that never was.
CREATE FUNCTION door_session(given_code text) RETURNS TABLE (session_id int, outcome text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT s.id, CASE WHEN s.closed_at IS NOT NULL THEN 'closed' WHEN m.step >= door_step() - 1 THEN 'open' ELSE 'expired' END
  FROM training_sessions s JOIN trainings t ON t.id = s.training_id
  CROSS JOIN LATERAL generate_series(door_step() - 10, door_step()) AS m (step)
  WHERE s.opened_at > now() - interval '3 days' AND t.status IN ('scheduled', 'running') AND door_code(s.qr_secret, m.step) = given_code
  ORDER BY m.step DESC LIMIT 1
$$;

-- What whoever stands at the door may learn: the session, and names with their institution, as the public pages show them.
CREATE FUNCTION door_title(given_session int) RETURNS TABLE (title text, topic text, is_open boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT t.title, s.topic, s.opened_at IS NOT NULL AND s.closed_at IS NULL AND t.status IN ('scheduled', 'running')
  FROM training_sessions s JOIN trainings t ON t.id = s.training_id WHERE s.id = given_session
$$;
CREATE FUNCTION door_names(given_session int, wanted text, wanted_invitation int) RETURNS TABLE (
  invitation_id int, name text, position_name text, institution_name text
) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT i.id, i.name, i.position_name, i.institution_name
  FROM training_sessions s JOIN training_invitations i ON i.training_id = s.training_id AND NOT i.is_twin
  WHERE s.id = given_session AND s.opened_at IS NOT NULL AND s.closed_at IS NULL
    AND (i.id = wanted_invitation OR length(wanted) >= 3 AND strpos(lower(i.name), lower(wanted)) > 0)
  ORDER BY i.sort_name, i.id LIMIT 21
$$;

-- The proof is the last four digits of the phone on record, the delegate's, or the code on the printed invitation.
CREATE FUNCTION door_check_in(given_session int, given_invitation int, proof text, given_nonce uuid, scanned_at timestamptz)
RETURNS TABLE (outcome text, standing text, standing_at timestamptz)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
#variable_conflict use_column
DECLARE
  invitee training_invitations%ROWTYPE;
BEGIN
  SELECT i.* INTO invitee FROM training_invitations i JOIN training_sessions s ON s.training_id = i.training_id
  WHERE i.id = given_invitation AND s.id = given_session;
  IF NOT FOUND THEN RETURN QUERY SELECT 'unknown', NULL::text, NULL::timestamptz; RETURN; END IF;
  IF proof IS DISTINCT FROM invitee.code AND (length(proof) <> 4 OR proof IS DISTINCT FROM right(invitee.phone, 4)
    AND proof IS DISTINCT FROM right(invitee.delegate_phone, 4)) THEN
    RETURN QUERY SELECT 'wrong_proof', NULL::text, NULL::timestamptz; RETURN;
  END IF;
  RETURN QUERY SELECT * FROM record_check_in(given_nonce, given_session, given_invitation,
    CASE WHEN proof = invitee.code THEN 'code' ELSE 'qr' END, 'present', '', scanned_at, NULL, NULL, NULL);
END $$;

GRANT EXECUTE ON FUNCTION door_step(), door_code(bytea, bigint) TO portal_city, portal_kecamatan, portal_kelurahan, portal_definer;
GRANT EXECUTE ON FUNCTION door_session(text), door_title(int), door_names(int, text, int),
  door_check_in(int, int, text, uuid, timestamptz) TO portal_public;
ALTER FUNCTION door_session(text) OWNER TO portal_definer;
ALTER FUNCTION door_title(int) OWNER TO portal_definer;
ALTER FUNCTION door_names(int, text, int) OWNER TO portal_definer;
ALTER FUNCTION door_check_in(int, int, text, uuid, timestamptz) OWNER TO portal_definer;
REVOKE CREATE ON SCHEMA public FROM portal_definer;
