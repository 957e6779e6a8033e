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

REVOKE EXECUTE ON FUNCTION certificate_of_code(text), certificate_of_link(bytea) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION certificate_of_code(text), certificate_of_link(bytea) TO portal_public;
ALTER FUNCTION certificate_of_code(text) OWNER TO portal_definer;
ALTER FUNCTION certificate_of_link(bytea) OWNER TO portal_definer;
REVOKE CREATE ON SCHEMA public FROM portal_definer;
