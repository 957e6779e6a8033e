-- What a session was before it moved, so that whoever was told of it reads what is new; and since when a training is off.
GRANT CREATE ON SCHEMA public TO portal_definer;

-- Kept once the invitations are out: [{"until", "starts_at", "ends_at", "venue"}], the oldest first.
ALTER TABLE training_sessions ADD COLUMN earlier jsonb NOT NULL DEFAULT '[]';

CREATE OR REPLACE FUNCTION training_sessions_move() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF (NEW.starts_at, NEW.ends_at, NEW.venue) IS DISTINCT FROM (OLD.starts_at, OLD.ends_at, OLD.venue) THEN
    NEW.moved_at := now();
    IF EXISTS (SELECT FROM trainings WHERE id = NEW.training_id AND invited_at IS NOT NULL) THEN
      NEW.earlier := OLD.earlier || jsonb_build_object('until', now(), 'starts_at', OLD.starts_at, 'ends_at', OLD.ends_at, 'venue', OLD.venue);
    END IF;
  END IF;
  RETURN NEW;
END $$;

-- A cancelled training may still be written to, by its certificates for one; nobody has to be told of that.
ALTER TABLE trainings ADD COLUMN cancelled_at timestamptz;
UPDATE trainings SET cancelled_at = updated_at WHERE status = 'cancelled';
CREATE FUNCTION trainings_cancel() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  NEW.cancelled_at := CASE WHEN NEW.status = 'cancelled' THEN COALESCE(NEW.cancelled_at, now()) END;
  RETURN NEW;
END $$;
CREATE TRIGGER trainings_cancel BEFORE INSERT OR UPDATE OF status, cancelled_at ON trainings FOR EACH ROW EXECUTE FUNCTION trainings_cancel();

CREATE OR REPLACE FUNCTION training_changed_at(given_training int) RETURNS timestamptz LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
  SELECT GREATEST((SELECT max(moved_at) FROM training_sessions WHERE training_id = given_training),
    (SELECT cancelled_at FROM trainings WHERE id = given_training))
$$;

CREATE FUNCTION moves_of_link(link bytea) RETURNS TABLE (
  session_id int, until timestamptz, starts_at timestamptz, ends_at timestamptz, venue text
) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT s.id, e.until, e.starts_at, e.ends_at, e.venue
  FROM training_invitations i
  JOIN trainings t ON t.id = i.training_id
  JOIN training_sessions s ON s.training_id = t.id
  CROSS JOIN LATERAL jsonb_to_recordset(s.earlier) AS e (until timestamptz, starts_at timestamptz, ends_at timestamptz, venue text)
  WHERE i.token_hash = link AND t.invited_at IS NOT NULL
  ORDER BY s.id, e.until
$$;

REVOKE EXECUTE ON FUNCTION trainings_cancel(), moves_of_link(bytea) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION moves_of_link(bytea) TO portal_public;
ALTER FUNCTION moves_of_link(bytea) OWNER TO portal_definer;
REVOKE CREATE ON SCHEMA public FROM portal_definer;
