-- After a training: who has come often enough for a certificate, what its code tells the public, and feedback that
-- nobody can trace.
GRANT CREATE ON SCHEMA public TO portal_definer;

-- How often each invitee came, of how many sessions, and how many are needed: the share of the sessions rounded up. What
-- was recorded of the twin that a merge of two people left behind counts for the one line that stayed.
CREATE VIEW training_standings WITH (security_invoker = true) AS
SELECT i.training_id, i.id AS invitation_id, COALESCE(h.attended, 0) AS attended, COALESCE(n.sessions, 0) AS sessions,
  GREATEST(1, ceil(COALESCE(n.sessions, 0) * t.minimum_share / 100.0))::int AS needed
FROM training_invitations i
JOIN trainings t ON t.id = i.training_id
LEFT JOIN (SELECT training_id, count(*)::int AS sessions FROM training_sessions GROUP BY training_id) n ON n.training_id = i.training_id
LEFT JOIN (
  SELECT a.training_id, COALESCE(p.id, j.id) AS invitation_id, count(DISTINCT a.session_id)::int AS attended
  FROM attendances a
  JOIN training_invitations j ON j.id = a.invitation_id
  LEFT JOIN training_invitations p ON j.is_twin AND p.training_id = j.training_id AND p.person_id = j.person_id AND NOT p.is_twin
  WHERE a.status IN ('present', 'late')
  GROUP BY 1, 2
) h ON h.training_id = i.training_id AND h.invitation_id = i.id
WHERE NOT i.is_twin;
GRANT SELECT ON training_standings TO portal_city, portal_auditor, portal_kecamatan, portal_kelurahan, portal_officer, portal_definer;

-- When each person last came to a training that runs or is over, themselves and not by a delegate; of a kecamatan or
-- kelurahan those who were invited for it. The policies of attendances and invitations would be asked for every row.
CREATE FUNCTION last_trained() RETURNS TABLE (person_id int, at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT i.person_id, max(s.starts_at)
  FROM training_invitations i
  JOIN trainings t ON t.id = i.training_id AND t.status IN ('running', 'finished')
  JOIN attendances a ON a.invitation_id = i.id AND a.status IN ('present', 'late')
  JOIN training_sessions s ON s.id = a.session_id
  WHERE i.person_id IS NOT NULL AND i.answer IS DISTINCT FROM 'delegated'
    AND (current_setting('role') IN ('portal_city', 'portal_auditor')
      OR i.kelurahan_id = ANY (string_to_array(NULLIF(current_setting('app.kelurahan_ids', true), ''), ',')::int[]))
  GROUP BY i.person_id
$$;

-- The frozen copy behind a code, and what has become of it; whoever brings a code that exists has the paper in hand.
CREATE FUNCTION certificate_of_code(given_code text) RETURNS TABLE (
  number text, content jsonb, issued_at timestamptz, revoked_on date, revoked_reason text, successor_number text, successor_issued_at timestamptz
) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT c.number, c.content, c.issued_at, r.revoked_on, r.reason, s.number, s.issued_at
  FROM certificates c
  LEFT JOIN certificate_revocations r ON r.certificate_id = c.id
  LEFT JOIN certificates s ON s.supersedes_id = c.id
  WHERE c.code = given_code
$$;

-- The certificate that the link of an invitation may download: the newest, unless it is revoked.
CREATE FUNCTION certificate_of_link(link bytea) RETURNS TABLE (number text, code text, content jsonb)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT c.number, c.code, c.content
  FROM training_invitations i
  JOIN trainings t ON t.id = i.training_id AND t.invited_at IS NOT NULL
  JOIN certificates c ON c.invitation_id = i.id
  WHERE i.token_hash = link
    AND NOT EXISTS (SELECT FROM certificates s WHERE s.supersedes_id = c.id)
    AND NOT EXISTS (SELECT FROM certificate_revocations r WHERE r.certificate_id = c.id)
$$;

-- Whether the bearer of a link may say what they thought: whoever came to a session, from then until 30 days after the
-- last one.
CREATE FUNCTION feedback_of_link(link bytea) RETURNS TABLE (training_id int, invitation_id int, title text, organiser_name text, state text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT t.id, i.id, t.title, t.organiser_name, CASE
    WHEN EXISTS (SELECT FROM feedback_receipts r WHERE r.invitation_id = i.id) THEN 'given'
    WHEN t.status = 'cancelled' OR now() > (SELECT max(s.ends_at) + interval '30 days' FROM training_sessions s WHERE s.training_id = t.id) THEN 'closed'
    WHEN NOT EXISTS (SELECT FROM attendances a WHERE a.invitation_id = i.id AND a.status IN ('present', 'late')) THEN 'absent'
    ELSE 'open' END
  FROM training_invitations i JOIN trainings t ON t.id = i.training_id
  WHERE i.token_hash = link AND t.invited_at IS NOT NULL
$$;

-- Keeps that somebody answered apart from what they answered. Both rows are of one transaction, so the number of that
-- transaction (xmin) and their places on disk would lead from one to the other: every answer of the training is written
-- anew, unchanged, in random order, and afterwards all carry the number of whoever answered last.
CREATE FUNCTION give_feedback(link bytea, usefulness int, speakers int, organisation int, comment text) RETURNS text
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  asked record;
  one uuid;
BEGIN
  SELECT * INTO asked FROM feedback_of_link(link);
  IF asked.state IS DISTINCT FROM 'open' THEN RETURN COALESCE(asked.state, 'unknown'); END IF;
  -- One at a time, or two who write all answers anew would wait for each other.
  PERFORM pg_advisory_xact_lock(hashtext('training_feedback'), asked.training_id);
  INSERT INTO feedback_receipts (invitation_id, training_id) VALUES (asked.invitation_id, asked.training_id) ON CONFLICT DO NOTHING;
  IF NOT FOUND THEN RETURN 'given'; END IF;
  INSERT INTO training_feedback (training_id, usefulness, speakers, organisation, comment)
  VALUES (asked.training_id, give_feedback.usefulness, give_feedback.speakers, give_feedback.organisation, give_feedback.comment);
  FOR one IN SELECT f.id FROM training_feedback f WHERE f.training_id = asked.training_id ORDER BY random() LOOP
    UPDATE training_feedback f SET comment = f.comment WHERE f.id = one;
  END LOOP;
  RETURN 'saved';
END $$;
GRANT UPDATE (comment) ON training_feedback TO portal_definer;

REVOKE EXECUTE ON FUNCTION last_trained(), certificate_of_code(text), certificate_of_link(bytea), feedback_of_link(bytea),
  give_feedback(bytea, int, int, int, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION certificate_of_code(text), certificate_of_link(bytea), feedback_of_link(bytea),
  give_feedback(bytea, int, int, int, text) TO portal_public;
GRANT EXECUTE ON FUNCTION feedback_of_link(bytea) TO portal_definer;
GRANT EXECUTE ON FUNCTION last_trained() TO portal_city, portal_auditor, portal_kecamatan, portal_kelurahan;
ALTER FUNCTION last_trained() OWNER TO portal_definer;
ALTER FUNCTION certificate_of_code(text) OWNER TO portal_definer;
ALTER FUNCTION certificate_of_link(bytea) OWNER TO portal_definer;
ALTER FUNCTION feedback_of_link(bytea) OWNER TO portal_definer;
ALTER FUNCTION give_feedback(bytea, int, int, int, text) OWNER TO portal_definer;
REVOKE CREATE ON SCHEMA public FROM portal_definer;
