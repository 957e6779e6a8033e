-- Two proposals that wait for the lurah are never about one seat; a new board is about all of them. Looked at when a
-- proposal is sent, because its lines change while it is a draft.
CREATE FUNCTION roster_changes_one_per_seat() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  -- Of two that are sent at once, the second waits and sees the first.
  PERFORM pg_advisory_xact_lock(30, NEW.institution_id);
  IF EXISTS (
    SELECT FROM roster_changes c
    WHERE c.institution_id = NEW.institution_id AND c.id <> NEW.id AND c.status = 'submitted'
      AND (NEW.kind = 'new_board' OR c.kind = 'new_board' OR EXISTS (
        SELECT FROM roster_change_lines a JOIN roster_change_lines b ON b.seat_id = a.seat_id
        WHERE a.roster_change_id = NEW.id AND b.roster_change_id = c.id))) THEN
    RAISE EXCEPTION 'roster_changes_one_open_per_seat: another proposal about the seat waits'
      USING ERRCODE = 'unique_violation', CONSTRAINT = 'roster_changes_one_open_per_seat';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER roster_changes_one_per_seat BEFORE UPDATE OF status ON roster_changes
  FOR EACH ROW WHEN (NEW.status = 'submitted' AND OLD.status <> 'submitted') EXECUTE FUNCTION roster_changes_one_per_seat();
REVOKE EXECUTE ON FUNCTION roster_changes_one_per_seat() FROM PUBLIC;
