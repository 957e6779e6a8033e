-- The test before and after a training: what it asks, when it is open, and one answer of each participant per phase.
GRANT CREATE ON SCHEMA public TO portal_definer;

ALTER TABLE training_questions DROP CONSTRAINT training_questions_choices_check,
  ADD CONSTRAINT training_questions_choices_check CHECK (cardinality(choices) BETWEEN 2 AND 6),
  ADD COLUMN version int NOT NULL DEFAULT 1;
-- Since when participants may answer; until then the questions are being written.
ALTER TABLE trainings ADD COLUMN test_opened_at timestamptz;

-- Whoever writes questions and whoever hands in answers wait for each other, per training.
CREATE FUNCTION lock_questions(given_training int) RETURNS void LANGUAGE sql SET search_path = pg_catalog, pg_temp AS $$
  SELECT pg_advisory_xact_lock(23, given_training)
$$;

-- Answers are to the questions as they were asked: after the first one no question changes.
CREATE FUNCTION training_questions_stay() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  training constant int := COALESCE(NEW.training_id, OLD.training_id);
BEGIN
  IF TG_OP = 'UPDATE' AND NEW = OLD THEN RETURN NEW; END IF;
  PERFORM lock_questions(training);
  IF EXISTS (SELECT FROM test_results WHERE training_id = training) THEN
    RAISE EXCEPTION 'training_questions_stay: somebody has answered already'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'training_questions_stay';
  END IF;
  RETURN COALESCE(NEW, OLD);
END $$;
CREATE TRIGGER training_questions_stay BEFORE INSERT OR UPDATE OR DELETE ON training_questions
  FOR EACH ROW EXECUTE FUNCTION training_questions_stay();

-- The first test is open from when staff open it until the first session ends, the second from half an hour before the
-- last session ends, or its closing, for a week. Of a training with one session the first ends where the second begins.
CREATE FUNCTION test_state(given_training int, given_phase text) RETURNS text
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
  SELECT CASE
    WHEN t.test_opened_at IS NULL OR t.invited_at IS NULL OR t.status NOT IN ('scheduled', 'running', 'finished') OR w.first_end IS NULL THEN 'none'
    WHEN given_phase = 'pre' THEN CASE WHEN now() < LEAST(w.first_end, w.post_from) THEN 'open' ELSE 'over' END
    WHEN now() < w.post_from THEN 'ahead'
    WHEN now() < w.last_end + interval '7 days' THEN 'open'
    ELSE 'over' END
  FROM trainings t CROSS JOIN LATERAL (
    SELECT (array_agg(s.ends_at ORDER BY s.starts_at))[1] AS first_end, max(s.ends_at) AS last_end,
      LEAST(max(s.ends_at) - interval '30 minutes', (array_agg(s.closed_at ORDER BY s.starts_at DESC))[1]) AS post_from
    FROM training_sessions s WHERE s.training_id = t.id) w
  WHERE t.id = given_training
$$;

-- Counts the score. Outcomes: saved, repeated (answered already), changed (not the questions of now), unknown. Answers
-- that were typed from paper may be typed again by whoever saw them (given_seen); those of a phone stay.
CREATE FUNCTION hand_in_test(
  given_invitation int, given_phase text, given_questions int[], given_answers smallint[], given_means text, given_seen int, by_account int
) RETURNS text LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  training int;
  asked int[];
  points smallint;
  is_choice boolean;
BEGIN
  SELECT training_id INTO training FROM training_invitations WHERE id = given_invitation AND NOT is_twin;
  IF NOT FOUND THEN RETURN 'unknown'; END IF;
  PERFORM pg_advisory_xact_lock_shared(23, training);
  SELECT array_agg(q.id ORDER BY q.number), count(*) FILTER (WHERE given_answers[q.place] = q.correct),
    bool_and(given_answers[q.place] BETWEEN 0 AND cardinality(q.choices))
  INTO asked, points, is_choice
  FROM (SELECT *, row_number() OVER (ORDER BY number) AS place FROM training_questions WHERE training_id = training) q;
  IF asked IS NULL OR asked <> given_questions OR cardinality(given_answers) <> cardinality(asked) OR is_choice IS NOT TRUE THEN
    RETURN 'changed';
  END IF;
  IF given_means = 'paper' THEN
    DELETE FROM test_results WHERE id = given_seen AND invitation_id = given_invitation AND phase = given_phase AND means = 'paper';
  END IF;
  INSERT INTO test_results (training_id, invitation_id, phase, question_ids, answers, score, means, entered_by)
  VALUES (training, given_invitation, given_phase, asked, given_answers, points, given_means, by_account)
  ON CONFLICT ON CONSTRAINT test_results_one_per_phase DO NOTHING;
  RETURN CASE WHEN FOUND THEN 'saved' ELSE 'repeated' END;
END $$;

-- The invitations of the officer who is signed in, by their person: colleagues of the institution see no score.
CREATE FUNCTION own_invitations() RETURNS int[] LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT COALESCE(array_agg(i.id), '{}')
  FROM accounts a JOIN tenures t ON t.id = a.tenure_id JOIN training_invitations i ON i.person_id = t.person_id
  WHERE a.id = NULLIF(current_setting('app.account_id', true), '')::int
$$;
CREATE FUNCTION own_test_link(given_training int) RETURNS bytea
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT token_hash FROM training_invitations
  WHERE training_id = given_training AND id = ANY (own_invitations()) AND NOT is_twin ORDER BY id LIMIT 1
$$;
DROP POLICY officer ON test_results;
CREATE POLICY officer ON test_results FOR SELECT TO portal_officer USING (invitation_id = ANY ((SELECT own_invitations())::int[]));

-- What a private link tells of the tests: whether they are open, and the participant's own score.
CREATE FUNCTION test_of_link(link bytea) RETURNS TABLE (
  training_id int, title text, name text, pre_state text, post_state text, pre_score int, post_score int, question_count int
) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT t.id, t.title, i.name, test_state(t.id, 'pre'), test_state(t.id, 'post'),
    (SELECT r.score::int FROM test_results r WHERE r.invitation_id = i.id AND r.phase = 'pre'),
    (SELECT r.score::int FROM test_results r WHERE r.invitation_id = i.id AND r.phase = 'post'),
    (SELECT count(*)::int FROM training_questions q WHERE q.training_id = t.id)
  FROM training_invitations i JOIN trainings t ON t.id = i.training_id
  WHERE i.token_hash = link AND t.invited_at IS NOT NULL
$$;
-- The questions, without what is right, and only while this participant may answer them.
CREATE FUNCTION questions_of_link(link bytea, given_phase text) RETURNS TABLE (id int, number int, text text, choices text[])
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT q.id, q.number::int, q.text, q.choices
  FROM training_invitations i JOIN training_questions q ON q.training_id = i.training_id
  WHERE i.token_hash = link AND test_state(i.training_id, given_phase) = 'open'
    AND NOT EXISTS (SELECT FROM test_results r WHERE r.invitation_id = i.id AND r.phase = given_phase)
  ORDER BY q.number
$$;
CREATE FUNCTION hand_in_by_link(link bytea, given_phase text, given_questions int[], given_answers smallint[]) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  invitee training_invitations%ROWTYPE;
BEGIN
  SELECT * INTO invitee FROM training_invitations WHERE token_hash = link;
  IF NOT FOUND THEN RETURN 'unknown'; END IF;
  -- Staff who take the test back wait for this answer, or it finds the test taken back.
  PERFORM pg_advisory_xact_lock_shared(23, invitee.training_id);
  IF test_state(invitee.training_id, given_phase) IS DISTINCT FROM 'open' THEN RETURN 'closed'; END IF;
  -- Everything is answered on the phone; only paper may have been left empty.
  IF 0 = ANY (given_answers) THEN RETURN 'changed'; END IF;
  RETURN hand_in_test(invitee.id, given_phase, given_questions, given_answers, 'phone', NULL, NULL);
END $$;

REVOKE EXECUTE ON FUNCTION lock_questions(int), training_questions_stay(), test_state(int, text),
  hand_in_test(int, text, int[], smallint[], text, int, int), own_invitations(), own_test_link(int), test_of_link(bytea),
  questions_of_link(bytea, text), hand_in_by_link(bytea, text, int[], smallint[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION lock_questions(int), hand_in_test(int, text, int[], smallint[], text, int, int)
  TO portal_city, portal_kecamatan, portal_kelurahan, portal_definer;
GRANT EXECUTE ON FUNCTION test_state(int, text) TO portal_city, portal_auditor, portal_kecamatan, portal_kelurahan, portal_definer;
GRANT EXECUTE ON FUNCTION own_invitations() TO portal_officer, portal_definer;
GRANT EXECUTE ON FUNCTION own_test_link(int) TO portal_officer;
GRANT EXECUTE ON FUNCTION test_of_link(bytea), questions_of_link(bytea, text), hand_in_by_link(bytea, text, int[], smallint[])
  TO portal_public, portal_officer;
ALTER FUNCTION training_questions_stay() OWNER TO portal_definer;
ALTER FUNCTION own_invitations() OWNER TO portal_definer;
ALTER FUNCTION own_test_link(int) OWNER TO portal_definer;
ALTER FUNCTION test_of_link(bytea) OWNER TO portal_definer;
ALTER FUNCTION questions_of_link(bytea, text) OWNER TO portal_definer;
ALTER FUNCTION hand_in_by_link(bytea, text, int[], smallint[]) OWNER TO portal_definer;
REVOKE CREATE ON SCHEMA public FROM portal_definer;
