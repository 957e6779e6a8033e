import type { Transaction } from '#src/database.ts';

export type AttendedTraining = {
  id: number;
  title: string;
  startsAt: Date;
  attended: number;
  sessions: number;
  invitationId: number;
  number: string | null;
  isRevoked: boolean;
};

/** The trainings that somebody came to, the latest first, as far as the reader sees them; with their certificate. */
export const listTrainingsOf = (tx: Transaction, personId: number) =>
  tx.$queryRaw<AttendedTraining[]>`
    SELECT t.id, t.title, s.starts_at AS "startsAt", s.sessions, v.attended, v.invitation_id AS "invitationId", c.number,
      COALESCE(c.is_revoked, false) AS "isRevoked"
    FROM (
      SELECT i.training_id, min(i.id) AS invitation_id, array_agg(DISTINCT i.id) AS ids, count(DISTINCT a.session_id)::int AS attended
      FROM training_invitations i JOIN attendances a ON a.invitation_id = i.id AND a.status IN ('present', 'late')
      WHERE i.person_id = ${personId} AND i.answer IS DISTINCT FROM 'delegated'
      GROUP BY i.training_id) v
    JOIN trainings t ON t.id = v.training_id AND t.status IN ('running', 'finished')
    JOIN LATERAL (SELECT min(starts_at) AS starts_at, count(*)::int AS sessions FROM training_sessions WHERE training_id = t.id) s ON true
    LEFT JOIN LATERAL (
      SELECT c.number, r.id IS NOT NULL AS is_revoked
      FROM certificates c LEFT JOIN certificate_revocations r ON r.certificate_id = c.id
      WHERE c.training_id = v.training_id AND c.person_id = ${personId}
      ORDER BY c.id DESC LIMIT 1) c ON true
    ORDER BY s.starts_at DESC, t.id DESC LIMIT 50`;
