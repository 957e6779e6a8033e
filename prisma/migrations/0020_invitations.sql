-- What the private link of an invitation hands out and takes in, and since when the time or place is what it is.
GRANT CREATE ON SCHEMA public TO portal_definer;

-- Whoever was told before this moment has to be told again.
ALTER TABLE training_sessions ADD COLUMN moved_at timestamptz NOT NULL DEFAULT now();
CREATE FUNCTION training_sessions_move() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.starts_at, NEW.ends_at, NEW.venue) IS DISTINCT FROM (OLD.starts_at, OLD.ends_at, OLD.venue) THEN
    NEW.moved_at := now();
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER training_sessions_move BEFORE UPDATE ON training_sessions FOR EACH ROW EXECUTE FUNCTION training_sessions_move();

-- The link opens with its hash once the list is sent: the training, and of people only the one who is invited.
CREATE FUNCTION invitation_of_link(link bytea) RETURNS TABLE (
  training_id int, name text, position_name text, institution_name text, answer text, answer_note text, delegate_name text,
  answered_at timestamptz, title text, aims text, organiser_name text, status text, cancel_reason text, version int,
  starts_at timestamptz, ends_at timestamptz
) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT t.id, i.name, i.position_name, i.institution_name, i.answer, i.answer_note, i.delegate_name, i.answered_at, t.title,
    t.aims, t.organiser_name, t.status, t.cancel_reason, t.version, s.starts_at, s.ends_at
  FROM training_invitations i
  JOIN trainings t ON t.id = i.training_id
  CROSS JOIN LATERAL (SELECT min(f.starts_at) AS starts_at, max(f.ends_at) AS ends_at
    FROM training_sessions f WHERE f.training_id = t.id) s
  WHERE i.token_hash = link AND t.invited_at IS NOT NULL
$$;

CREATE FUNCTION sessions_of_link(link bytea) RETURNS TABLE (
  id int, starts_at timestamptz, ends_at timestamptz, venue text, topic text, speakers text, version int
) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT s.id, s.starts_at, s.ends_at, s.venue, s.topic, s.speakers, s.version
  FROM training_invitations i
  JOIN trainings t ON t.id = i.training_id
  JOIN training_sessions s ON s.training_id = t.id
  WHERE i.token_hash = link AND t.invited_at IS NOT NULL
  ORDER BY s.starts_at, s.id
$$;

-- Answers may change until the first session starts. The phone of a delegate is not handed out, so one who keeps the
-- delegate and sends no phone keeps it. False when it is too late, or there is no such link.
CREATE FUNCTION answer_by_link(link bytea, given text, note text, delegate text, contact text) RETURNS boolean
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH answered AS (
    UPDATE training_invitations i SET answer = given, answer_note = note, delegate_name = delegate,
      delegate_phone = COALESCE(contact, CASE WHEN i.delegate_name = delegate THEN i.delegate_phone END), answered_at = now()
    FROM trainings t
    WHERE i.token_hash = link AND t.id = i.training_id AND t.invited_at IS NOT NULL AND t.status = 'scheduled'
      AND now() < (SELECT min(s.starts_at) FROM training_sessions s WHERE s.training_id = t.id)
    RETURNING 1)
  SELECT EXISTS (SELECT FROM answered)
$$;

REVOKE EXECUTE ON FUNCTION training_sessions_move(), invitation_of_link(bytea), sessions_of_link(bytea),
  answer_by_link(bytea, text, text, text, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION invitation_of_link(bytea), sessions_of_link(bytea), answer_by_link(bytea, text, text, text, text)
  TO portal_public;
ALTER FUNCTION invitation_of_link(bytea) OWNER TO portal_definer;
ALTER FUNCTION sessions_of_link(bytea) OWNER TO portal_definer;
ALTER FUNCTION answer_by_link(bytea, text, text, text, text) OWNER TO portal_definer;
REVOKE CREATE ON SCHEMA public FROM portal_definer;
