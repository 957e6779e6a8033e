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

/** Trainings of the reader's scope in some states: what is ahead in the order of time, the others the latest first. */
export const listedTrainings = statement<
  [statuses: readonly string[], isAhead: boolean, limit: number, offset: number]
>()(
  'trainings_listed',
  listRow,
  `SELECT t.id, t.title, t.status, t.organiser_name AS "organiserName", s."startsAt", s.venue, count(*) OVER ()::int AS total
   FROM trainings t
   LEFT JOIN LATERAL (
     SELECT min(starts_at) AS "startsAt", (array_agg(venue ORDER BY starts_at))[1] AS venue
     FROM training_sessions WHERE training_id = t.id HAVING count(*) > 0) s ON true
   WHERE t.status = ANY ($1)
   ORDER BY CASE WHEN $2 THEN s."startsAt" END, s."startsAt" DESC NULLS FIRST, t.id DESC LIMIT $3 OFFSET $4`,
);
