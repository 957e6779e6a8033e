import { z } from 'zod';
import { statement } from '#src/database.ts';

/** What the pages of certificates read; of people those whom the reader sees. */

const settingsRow = z.strictObject({
  minimumShare: z.number(),
  certificatePattern: z.string(),
  signatoryTitle: z.string(),
  signatoryName: z.string(),
  sessions: z.number(),
  participants: z.number(),
  eligible: z.number(),
  issued: z.number(),
  revoked: z.number(),
  waiting: z.number(),
});
export type CertificateSummary = z.output<typeof settingsRow>;

/** `issued` counts the people whose certificate holds, `waiting` those who are eligible and have none yet. */
export const certificateSummary = statement<[trainingId: number]>()(
  'certificate_summary',
  settingsRow,
  `SELECT t.minimum_share::int AS "minimumShare", t.certificate_pattern AS "certificatePattern",
     t.signatory_title AS "signatoryTitle", t.signatory_name AS "signatoryName",
     (SELECT count(*)::int FROM training_sessions s WHERE s.training_id = t.id) AS sessions,
     count(v.invitation_id)::int AS participants, count(*) FILTER (WHERE v.attended >= v.needed)::int AS eligible,
     count(*) FILTER (WHERE c.id IS NOT NULL AND r.id IS NULL)::int AS issued, count(r.id)::int AS revoked,
     count(*) FILTER (WHERE v.attended >= v.needed AND c.id IS NULL)::int AS waiting
   FROM trainings t
   LEFT JOIN training_standings v ON v.training_id = t.id
   LEFT JOIN certificates c ON c.training_id = t.id AND c.invitation_id = v.invitation_id
     AND NOT EXISTS (SELECT FROM certificates n WHERE n.supersedes_id = c.id)
   LEFT JOIN certificate_revocations r ON r.certificate_id = c.id
   WHERE t.id = $1 GROUP BY t.id`,
);

const lineRow = z.strictObject({
  invitationId: z.number(),
  name: z.string(),
  positionName: z.string(),
  institutionName: z.string(),
  answer: z.string().nullable(),
  delegateName: z.string().nullable(),
  attended: z.number(),
  sessions: z.number(),
  needed: z.number(),
  certificateId: z.number().nullable(),
  number: z.string().nullable(),
  holder: z.string().nullable(),
  revokedOn: z.string().nullable(),
  total: z.number(),
});
export type CertificateLine = z.output<typeof lineRow>;

/** Everybody on the list in the order of their names, each with the newest certificate. */
export const certificateLines = statement<
  [
    trainingId: number,
    search: string | null,
    state: string | null,
    invitationId: number | null,
    limit: number,
    offset: number,
  ]
>()(
  'certificate_lines',
  lineRow,
  `SELECT i.id AS "invitationId", i.name, i.position_name AS "positionName", i.institution_name AS "institutionName", i.answer,
     i.delegate_name AS "delegateName", v.attended, v.sessions, v.needed, c.id AS "certificateId", c.number,
     c.content->>'name' AS holder, r.revoked_on AS "revokedOn", count(*) OVER ()::int AS total
   FROM training_standings v
   JOIN training_invitations i ON i.id = v.invitation_id
   LEFT JOIN certificates c ON c.training_id = $1 AND c.invitation_id = v.invitation_id
     AND NOT EXISTS (SELECT FROM certificates n WHERE n.supersedes_id = c.id)
   LEFT JOIN certificate_revocations r ON r.certificate_id = c.id
   WHERE v.training_id = $1 AND ($4::int IS NULL OR i.id = $4)
     AND ($2::text IS NULL OR i.name ILIKE '%' || $2 || '%' OR i.institution_name ILIKE '%' || $2 || '%'
       OR i.delegate_name ILIKE '%' || $2 || '%' OR c.content->>'name' ILIKE '%' || $2 || '%')
     AND ($3::text IS NULL OR $3 = CASE WHEN r.id IS NOT NULL THEN 'dicabut' WHEN c.id IS NOT NULL THEN 'terbit'
       WHEN v.attended >= v.needed THEN 'berhak' ELSE 'belum' END)
   ORDER BY i.sort_name, i.id LIMIT $5 OFFSET $6`,
);

const issuedRow = z.strictObject({
  id: z.number(),
  number: z.string(),
  code: z.string(),
  content: z.unknown(),
  supersedesId: z.number().nullable(),
  issuedAt: z.date(),
  issuedByName: z.string(),
  revokedOn: z.string().nullable(),
  revokedReason: z.string().nullable(),
  revokedByName: z.string().nullable(),
});
export type IssuedCertificate = z.output<typeof issuedRow>;

/** The certificates that somebody was given for a training, the newest first. */
export const certificatesOf = statement<[trainingId: number, invitationId: number]>()(
  'certificates_of',
  issuedRow,
  `SELECT c.id, c.number, c.code, c.content, c.supersedes_id AS "supersedesId", c.issued_at AS "issuedAt",
     c.issued_by_name AS "issuedByName", r.revoked_on AS "revokedOn", r.reason AS "revokedReason",
     r.revoked_by_name AS "revokedByName"
   FROM certificates c LEFT JOIN certificate_revocations r ON r.certificate_id = c.id
   WHERE c.training_id = $1 AND c.invitation_id = $2 ORDER BY c.id DESC`,
);

const attendedRow = z.strictObject({
  id: z.number(),
  topic: z.string(),
  startsAt: z.date(),
  endsAt: z.date(),
  status: z.enum(['present', 'late', 'excused', 'absent']).nullable(),
});

/** The sessions of a training with what stands of somebody in each. */
export const sessionsAttended = statement<[trainingId: number, invitationId: number]>()(
  'certificate_sessions',
  attendedRow,
  `SELECT s.id, s.topic, s.starts_at AS "startsAt", s.ends_at AS "endsAt", a.status
   FROM training_sessions s LEFT JOIN attendances a ON a.session_id = s.id AND a.invitation_id = $2
   WHERE s.training_id = $1 ORDER BY s.starts_at, s.id`,
);
