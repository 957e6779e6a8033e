import { z } from 'zod';
import { statement } from '#src/database.ts';
import { answers, tellings } from '#src/invitations/rules.ts';

/** What the list of invitees reads. */

export const pageSize = 50;

const invitationRow = z.strictObject({
  id: z.number(),
  kind: z.enum(['officer', 'guest', 'walk_in']),
  personId: z.number().nullable(),
  institutionId: z.number().nullable(),
  name: z.string(),
  positionName: z.string(),
  institutionName: z.string(),
  kelurahanName: z.string(),
  phone: z.string().nullable(),
  code: z.string(),
  answer: z.enum(answers).nullable(),
  answerNote: z.string().nullable(),
  delegateName: z.string().nullable(),
  delegatePhone: z.string().nullable(),
  answeredAt: z.date().nullable(),
  sentAt: z.date().nullable(),
  /** When they were last told, or read it when they answered. */
  heardAt: z.date().nullable(),
  telling: z.enum(tellings),
  total: z.number(),
});
export type Invitation = z.output<typeof invitationRow>;

/** The code of the invitee's type of institution; a guest is of none. */
export const typeCode = `COALESCE((SELECT y.code FROM institutions n JOIN institution_types y ON y.id = n.institution_type_id
       WHERE n.id = i.institution_id), 'tamu')`;

/** In the order in which they came on the list; of a merged pair the second invitation is not shown. */
export const invitationList = statement<
  [
    trainingId: number,
    search: string | null,
    answer: string | null,
    type: string | null,
    telling: string | null,
    limit: number,
    offset: number,
  ]
>()(
  'invitations',
  invitationRow,
  `WITH changed AS MATERIALIZED (SELECT training_changed_at($1) AS at)
   SELECT i.id, i.kind, i.person_id AS "personId", i.institution_id AS "institutionId", i.name, i.position_name AS "positionName",
     i.institution_name AS "institutionName", i.kelurahan_name AS "kelurahanName", i.phone, i.code, i.answer,
     i.answer_note AS "answerNote", i.delegate_name AS "delegateName", i.delegate_phone AS "delegatePhone",
     i.answered_at AS "answeredAt", i.sent_at AS "sentAt",
     GREATEST(i.told_at, i.answered_at) AS "heardAt", invitee_told(i.kind, i.told_at, i.answered_at, c.at) AS telling, count(*) OVER ()::int AS total
   FROM training_invitations i CROSS JOIN changed c
   WHERE i.training_id = $1 AND NOT i.is_twin
     AND ($2::text IS NULL OR i.name ILIKE '%' || $2 || '%' OR i.institution_name ILIKE '%' || $2 || '%' OR i.position_name ILIKE '%' || $2 || '%')
     AND ($3::text IS NULL OR COALESCE(i.answer, 'none') = $3)
     AND ($4::text IS NULL OR ${typeCode} = $4)
     AND ($5::text IS NULL OR invitee_told(i.kind, i.told_at, i.answered_at, c.at) = $5)
   ORDER BY i.id LIMIT $6 OFFSET $7`,
);

const countsRow = z.strictObject({
  all: z.number(),
  attending: z.number(),
  delegated: z.number(),
  excused: z.number(),
  none: z.number(),
  withoutPhone: z.number(),
  unsent: z.number(),
  again: z.number(),
  told: z.number(),
  capacity: z.number().nullable(),
});
export type Counts = z.output<typeof countsRow>;

/** Of what the reader may see. */
export const invitationCounts = statement<[trainingId: number]>()(
  'invitation_counts',
  countsRow,
  `SELECT count(i.id)::int AS "all", count(*) FILTER (WHERE i.answer = 'attending')::int AS attending,
     count(*) FILTER (WHERE i.answer = 'delegated')::int AS delegated, count(*) FILTER (WHERE i.answer = 'excused')::int AS excused,
     count(*) FILTER (WHERE i.id IS NOT NULL AND i.answer IS NULL)::int AS none,
     count(*) FILTER (WHERE i.id IS NOT NULL AND i.phone IS NULL)::int AS "withoutPhone",
     count(*) FILTER (WHERE i.telling = 'unsent')::int AS unsent, count(*) FILTER (WHERE i.telling = 'again')::int AS again,
     count(*) FILTER (WHERE i.telling = 'told')::int AS told, t.capacity
   FROM trainings t CROSS JOIN LATERAL (SELECT training_changed_at(t.id) AS at) c
   LEFT JOIN LATERAL (
     SELECT id, answer, phone, invitee_told(kind, told_at, answered_at, c.at) AS telling
     FROM training_invitations WHERE training_id = t.id AND NOT is_twin) i ON true
   WHERE t.id = $1 GROUP BY t.id`,
);

/** Types of institution on the list, for the filter; a guest is of none. */
export const invitedTypes = statement<[trainingId: number]>()(
  'invited_types',
  z.strictObject({ code: z.string(), name: z.string() }),
  `SELECT code, name FROM (
     SELECT DISTINCT COALESCE(y.code, 'tamu') AS code, COALESCE(y.short_name, 'Tamu') AS name, COALESCE(y.sort_order, 9999) AS place
     FROM training_invitations i
     LEFT JOIN LATERAL (SELECT institution_type_id FROM institutions WHERE id = i.institution_id) n ON true
     LEFT JOIN institution_types y ON y.id = n.institution_type_id
     WHERE i.training_id = $1) f ORDER BY place`,
);

/** What is ahead of an institution's officers, the next first. */
export const invitationsAhead = statement<[institutionId: number]>()(
  'invitations_ahead',
  z.strictObject({
    id: z.number(),
    trainingId: z.number(),
    title: z.string(),
    startsAt: z.date(),
    name: z.string(),
    answer: z.enum(answers).nullable(),
  }),
  `SELECT i.id, t.id AS "trainingId", t.title, s.starts_at AS "startsAt", i.name, i.answer
   FROM training_invitations i
   JOIN trainings t ON t.id = i.training_id
   JOIN LATERAL (SELECT min(starts_at) AS starts_at FROM training_sessions WHERE training_id = t.id) s ON s.starts_at > now()
   WHERE i.institution_id = $1 AND t.status = 'scheduled' AND t.invited_at IS NOT NULL
   ORDER BY s.starts_at, i.id LIMIT 8`,
);
