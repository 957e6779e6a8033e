import { z } from 'zod';
import { statement } from '#src/database.ts';
import { trainingStatuses } from '#src/trainings/rules.ts';

/** What every page of one training reads. */

const headerRow = z.strictObject({
  id: z.number(),
  title: z.string(),
  status: z.enum(trainingStatuses),
  organiserKind: z.enum(['city', 'kecamatan', 'kelurahan']),
  organiserName: z.string(),
  kelurahanIds: z.array(z.number()),
  isSent: z.boolean(),
  version: z.number(),
  startsAt: z.date().nullable(),
  endsAt: z.date().nullable(),
  venue: z.string().nullable(),
  invited: z.number(),
});
export type TrainingHeader = z.output<typeof headerRow>;

/** No row when the training does not exist or is not the reader's to see; `invited` counts what the reader may see. */
export const trainingHeader = statement<[id: number]>()(
  'training_header',
  headerRow,
  `SELECT t.id, t.title, t.status, t.organiser_kind AS "organiserKind", t.organiser_name AS "organiserName",
     t.kelurahan_ids AS "kelurahanIds", t.invited_at IS NOT NULL AS "isSent", t.version, s."startsAt", s."endsAt", s.venue,
     (SELECT count(*)::int FROM training_invitations i WHERE i.training_id = t.id) AS invited
   FROM trainings t
   LEFT JOIN LATERAL (
     SELECT min(starts_at) AS "startsAt", max(ends_at) AS "endsAt", (array_agg(venue ORDER BY starts_at))[1] AS venue
     FROM training_sessions WHERE training_id = t.id HAVING count(*) > 0) s ON true
   WHERE t.id = $1`,
);
