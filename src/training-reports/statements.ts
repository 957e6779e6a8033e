import { z } from 'zod';
import { statement } from '#src/database.ts';

/** What the report takes from the record, beside the training, its sessions, its dialogue and its feedback. */

const text = z.string().nullable();
const participantRow = z.strictObject({
  name: z.string(),
  positionName: z.string(),
  institutionName: z.string(),
  typeName: z.string(),
  isWalkIn: z.boolean(),
  delegateName: text,
  /** By session in the order of time. */
  statuses: z.array(z.enum(['present', 'late', 'excused', 'absent', 'none'])),
  attended: z.number(),
  certificate: text,
});
export type ReportParticipant = z.output<typeof participantRow>;

/** Everybody on the list with what was recorded of them, by the types of their institutions; guests last. */
export const reportParticipants = statement<[trainingId: number]>()(
  'training_report_participants',
  participantRow,
  `SELECT i.name, i.position_name AS "positionName", i.institution_name AS "institutionName",
     COALESCE(y.short_name, 'Tamu') AS "typeName", i.kind = 'walk_in' AS "isWalkIn",
     CASE WHEN i.answer = 'delegated' THEN i.delegate_name END AS "delegateName",
     ARRAY(SELECT COALESCE(a.status, 'none') FROM training_sessions s
       LEFT JOIN attendances a ON a.session_id = s.id AND a.invitation_id = i.id
       WHERE s.training_id = $1 ORDER BY s.starts_at, s.id) AS statuses,
     v.attended, c.number AS certificate
   FROM training_standings v
   JOIN training_invitations i ON i.id = v.invitation_id
   LEFT JOIN LATERAL (SELECT institution_type_id FROM institutions WHERE id = i.institution_id) n ON true
   LEFT JOIN institution_types y ON y.id = n.institution_type_id
   LEFT JOIN certificates c ON c.training_id = $1 AND c.invitation_id = i.id
     AND NOT EXISTS (SELECT FROM certificates x WHERE x.supersedes_id = c.id)
     AND NOT EXISTS (SELECT FROM certificate_revocations r WHERE r.certificate_id = c.id)
   WHERE v.training_id = $1
   ORDER BY y.sort_order NULLS LAST, i.institution_name, i.sort_name, i.id LIMIT 5000`,
);

const testsRow = z.strictObject({
  pre: z.number(),
  post: z.number(),
  preAverage: z.number().nullable(),
  postAverage: z.number().nullable(),
  both: z.number(),
  gain: z.number().nullable(),
});
export type ReportTests = z.output<typeof testsRow>;

/** Averages in percent of the questions; the gain of those who took both tests, in points of percent. */
export const reportTests = statement<[trainingId: number]>()(
  'training_report_tests',
  testsRow,
  `SELECT count(*) FILTER (WHERE phase = 'pre')::int AS pre, count(*) FILTER (WHERE phase = 'post')::int AS post,
     avg(share) FILTER (WHERE phase = 'pre')::float8 AS "preAverage", avg(share) FILTER (WHERE phase = 'post')::float8 AS "postAverage",
     count(*) FILTER (WHERE phase = 'post' AND before IS NOT NULL)::int AS both,
     avg(share - before) FILTER (WHERE phase = 'post')::float8 AS gain
   FROM (
     SELECT r.phase, r.share, max(r.share) FILTER (WHERE r.phase = 'pre') OVER (PARTITION BY r.invitation_id) AS before
     FROM (SELECT phase, invitation_id, score * 100.0 / cardinality(question_ids) AS share FROM test_results WHERE training_id = $1) r) f`,
);

/** The photos without their bytes. */
export const reportPhotos = statement<[trainingId: number]>()(
  'training_report_photos',
  z.strictObject({ id: z.number(), title: z.string() }),
  `SELECT id, title FROM training_files WHERE training_id = $1 AND purpose = 'photo' AND bytes IS NOT NULL ORDER BY id LIMIT 200`,
);
