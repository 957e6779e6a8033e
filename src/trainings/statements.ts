import { z } from 'zod';
import { statement } from '#src/database.ts';
import { trainingStatuses } from '#src/trainings/rules.ts';

/** What the pages and papers of one training read. */

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

const sessionRow = z.strictObject({
  id: z.number(),
  startsAt: z.date(),
  endsAt: z.date(),
  venue: z.string(),
  topic: z.string(),
  speakers: z.string(),
  version: z.number(),
});

export const trainingSessions = statement<[id: number]>()(
  'training_sessions_of',
  sessionRow,
  `SELECT id, starts_at AS "startsAt", ends_at AS "endsAt", venue, topic, speakers, version
   FROM training_sessions WHERE training_id = $1 ORDER BY starts_at, id`,
);

const factsRow = z.strictObject({
  aims: z.string(),
  legalBasis: z.string(),
  pillars: z.array(z.string()),
  budgetSource: z.string(),
  capacity: z.number().nullable(),
  minimumShare: z.number(),
  cancelReason: z.string().nullable(),
  kelurahanNames: z.array(z.string()),
});
export type TrainingFacts = z.output<typeof factsRow>;

/** What the first page tells; of the kelurahan only those that the reader sees. */
export const trainingFacts = statement<[id: number]>()(
  'training_facts',
  factsRow,
  `SELECT aims, legal_basis AS "legalBasis", pillars, budget_source AS "budgetSource", capacity,
     minimum_share::int AS "minimumShare", cancel_reason AS "cancelReason",
     ARRAY(SELECT k.name FROM kelurahan k WHERE k.id = ANY (t.kelurahan_ids) ORDER BY k.name) AS "kelurahanNames"
   FROM trainings t WHERE t.id = $1`,
);

const text = z.string().nullable();
const officesRow = z.strictObject({
  kelurahanName: text,
  kelurahanAddress: text,
  kecamatanName: text,
  kecamatanAddress: text,
  headName: text,
  headRank: text,
  headNip: text,
  signatoryTitle: z.string(),
  signatoryName: z.string(),
  signatoryRank: z.string(),
  signatoryNip: z.string(),
});
export type TrainingOffices = z.output<typeof officesRow>;

/** The kelurahan or kecamatan that organises with its head, and whom the training names as its signatory. */
export const trainingOffices = statement<[id: number]>()(
  'training_offices',
  officesRow,
  `SELECT k.name AS "kelurahanName", k.address AS "kelurahanAddress", c.name AS "kecamatanName", c.address AS "kecamatanAddress",
     CASE t.organiser_kind WHEN 'kelurahan' THEN k.head_name WHEN 'kecamatan' THEN c.head_name END AS "headName",
     CASE t.organiser_kind WHEN 'kelurahan' THEN k.head_rank WHEN 'kecamatan' THEN c.head_rank END AS "headRank",
     CASE t.organiser_kind WHEN 'kelurahan' THEN k.head_nip WHEN 'kecamatan' THEN c.head_nip END AS "headNip",
     t.signatory_title AS "signatoryTitle", t.signatory_name AS "signatoryName", t.signatory_rank AS "signatoryRank",
     t.signatory_nip AS "signatoryNip"
   FROM trainings t
   LEFT JOIN kelurahan k ON k.id = t.kelurahan_ids[1]
   LEFT JOIN kecamatan c ON c.id = k.kecamatan_id
   WHERE t.id = $1`,
);

const writtenRow = z.strictObject({
  /** By section, and how often they were saved. */
  texts: z.record(z.string(), z.union([z.string(), z.number()])),
});

/** What staff wrote over the usual texts of a paper. */
export const writtenTexts = statement<[id: number, paper: 'minutes' | 'report']>()(
  'training_written_texts',
  writtenRow,
  `SELECT CASE $2 WHEN 'minutes' THEN minutes_texts WHEN 'report' THEN report_texts END AS texts
   FROM trainings WHERE id = $1`,
);

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
