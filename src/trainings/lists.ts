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
});

/** Trainings of the reader's scope, the latest first; drafts without a session come before all. */
export const listedTrainings = statement<[]>()(
  'trainings_listed',
  listRow,
  `SELECT t.id, t.title, t.status, t.organiser_name AS "organiserName", s."startsAt", s.venue
   FROM trainings t
   LEFT JOIN LATERAL (
     SELECT min(starts_at) AS "startsAt", (array_agg(venue ORDER BY starts_at))[1] AS venue
     FROM training_sessions WHERE training_id = t.id HAVING count(*) > 0) s ON true
   ORDER BY s."startsAt" DESC NULLS FIRST, t.id DESC LIMIT 200`,
);
