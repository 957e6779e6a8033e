import { z } from 'zod';
import { statement } from '#src/database.ts';
import { trainingStatuses } from '#src/trainings/rules.ts';

const listRow = z.strictObject({
  id: z.number(),
  title: z.string(),
  status: z.enum(trainingStatuses),
  organiserName: z.string(),
  startsAt: z.date().nullable(),
  venue: z.string().nullable(),
  total: z.number(),
});
export type ListedTraining = z.output<typeof listRow>;

type Filter = [
  statuses: readonly string[],
  isAhead: boolean,
  limit: number,
  offset: number,
  year: number | null,
  organiser: string | null,
  pillar: string | null,
  timeZone: string,
];

const yearOf = (zone: string) => `EXTRACT(year FROM s."startsAt" AT TIME ZONE ${zone})::int`;
const sessions = `LEFT JOIN LATERAL (
     SELECT min(starts_at) AS "startsAt", (array_agg(venue ORDER BY starts_at))[1] AS venue, count(*)::int AS sessions
     FROM training_sessions WHERE training_id = t.id HAVING count(*) > 0) s ON true`;
const filtered = `FROM trainings t ${sessions}
   WHERE t.status = ANY ($1) AND ($5::int IS NULL OR ${yearOf('$8')} = $5)
     AND ($6::text IS NULL OR t.organiser_name = $6) AND ($7::text IS NULL OR $7 = ANY (t.pillars))
   ORDER BY CASE WHEN $2 THEN s."startsAt" END, s."startsAt" DESC NULLS FIRST, t.id DESC LIMIT $3 OFFSET $4`;

/** Trainings of the reader's scope in some states: what is ahead in the order of time, the others the latest first. */
export const listedTrainings = statement<Filter>()(
  'trainings_listed',
  listRow,
  `SELECT t.id, t.title, t.status, t.organiser_name AS "organiserName", s."startsAt", s.venue, count(*) OVER ()::int AS total
   ${filtered}`,
);

const exportRow = listRow.extend({
  pillars: z.array(z.string()),
  kelurahanNames: z.array(z.string()),
  sessions: z.number().nullable(),
  invited: z.number(),
  attended: z.number(),
  promised: z.number(),
});
export type ExportedTraining = z.output<typeof exportRow>;

/** The same with what a workbook tells of each, counting the people whom the reader may see. */
export const exportedTrainings = statement<Filter>()(
  'trainings_exported',
  exportRow,
  `SELECT t.id, t.title, t.status, t.organiser_name AS "organiserName", s."startsAt", s.venue, s.sessions, t.pillars,
     ARRAY(SELECT k.name FROM kelurahan k WHERE k.id = ANY (t.kelurahan_ids) ORDER BY k.name) AS "kelurahanNames",
     (SELECT count(*)::int FROM training_invitations i WHERE i.training_id = t.id AND i.kind <> 'walk_in') AS invited,
     (SELECT count(DISTINCT a.invitation_id)::int FROM attendances a
      WHERE a.training_id = t.id AND a.status IN ('present', 'late')) AS attended,
     (SELECT count(*)::int FROM follow_ups f WHERE f.training_id = t.id) AS promised, count(*) OVER ()::int AS total
   ${filtered}`,
);

const choiceRow = z.strictObject({ organiserName: z.string(), year: z.number().nullable() });

/** Who organises and in which years, of the reader's scope. */
export const trainingChoices = statement<[timeZone: string]>()(
  'training_choices',
  choiceRow,
  `SELECT DISTINCT t.organiser_name AS "organiserName", ${yearOf('$1')} AS year FROM trainings t ${sessions}
   ORDER BY 1, 2 LIMIT 2000`,
);
