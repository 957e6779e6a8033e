-- Who has to be told again of a training: whoever heard of it before its time or place last changed.
GRANT CREATE ON SCHEMA public TO portal_definer;

-- A session that is dropped changes the day of everybody who was told of it.
CREATE FUNCTION training_sessions_drop() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  UPDATE training_sessions SET moved_at = now() WHERE training_id = OLD.training_id;
  RETURN NULL;
END $$;
CREATE TRIGGER training_sessions_drop AFTER DELETE ON training_sessions FOR EACH ROW EXECUTE FUNCTION training_sessions_drop();

-- When and where it is, or that it is off, stands since then.
CREATE FUNCTION training_changed_at(given_training int) RETURNS timestamptz LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
  SELECT GREATEST((SELECT max(moved_at) FROM training_sessions WHERE training_id = given_training),
    (SELECT updated_at FROM trainings WHERE id = given_training AND status = 'cancelled'))
$$;

-- Whoever opened the link and answered has read it.
CREATE FUNCTION invitee_told(kind text, told_at timestamptz, answered_at timestamptz, changed_at timestamptz) RETURNS text
LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE WHEN kind = 'walk_in' THEN 'told' WHEN told_at IS NULL AND answered_at IS NULL THEN 'unsent'
    WHEN GREATEST(told_at, answered_at) < changed_at THEN 'again' ELSE 'told' END
$$;

CREATE FUNCTION link_changed_at(link bytea) RETURNS timestamptz LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT training_changed_at(training_id) FROM training_invitations WHERE token_hash = link
$$;

REVOKE EXECUTE ON FUNCTION training_sessions_drop(), training_changed_at(int), link_changed_at(bytea),
  invitee_told(text, timestamptz, timestamptz, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION training_changed_at(int), invitee_told(text, timestamptz, timestamptz, timestamptz)
  TO portal_city, portal_kecamatan, portal_kelurahan, portal_officer, portal_auditor, portal_definer;
GRANT EXECUTE ON FUNCTION link_changed_at(bytea) TO portal_public;
ALTER FUNCTION link_changed_at(bytea) OWNER TO portal_definer;
REVOKE CREATE ON SCHEMA public FROM portal_definer;
