import { z } from 'zod';
import { statement } from '#src/database.ts';
import { followUpStatuses, ownerKinds } from '#src/follow-ups/rules.ts';

/** What the page of one follow-up reads. */

const detailRow = z.strictObject({
  id: z.number(),
  text: z.string(),
  status: z.enum(followUpStatuses),
  dueOn: z.string(),
  version: z.number(),
  kelurahanId: z.number(),
  kelurahanName: z.string().nullable(),
  institutionId: z.number().nullable(),
  ownerKind: z.enum(ownerKinds),
  ownerName: z.string(),
  ownerInstitutionId: z.number().nullable(),
  ownerAccountId: z.number().nullable(),
  trainingId: z.number(),
  trainingTitle: z.string().nullable(),
  organiserKind: z.enum(['city', 'kecamatan', 'kelurahan']).nullable(),
  organiserName: z.string().nullable(),
  trainingKelurahanIds: z.array(z.number()),
  noteId: z.number(),
  noteText: z.string().nullable(),
  askerName: z.string().nullable(),
  institutionName: z.string().nullable(),
  pillar: z.string().nullable(),
  claimedBy: z.number().nullable(),
});
export type FollowUp = z.output<typeof detailRow>;

const detailSql = `SELECT f.id, f.text, f.status, f.due_on AS "dueOn", f.version, f.kelurahan_id AS "kelurahanId",
     k.name AS "kelurahanName", f.institution_id AS "institutionId", f.owner_kind AS "ownerKind", f.owner_name AS "ownerName",
     f.owner_institution_id AS "ownerInstitutionId", f.owner_account_id AS "ownerAccountId", f.training_id AS "trainingId",
     t.title AS "trainingTitle", t.organiser_kind AS "organiserKind", t.organiser_name AS "organiserName",
     COALESCE(t.kelurahan_ids, '{}') AS "trainingKelurahanIds", f.note_id AS "noteId", n.text AS "noteText",
     n.asker_name AS "askerName", n.institution_name AS "institutionName", n.pillar,
     (SELECT s.recorded_by FROM follow_up_steps s WHERE s.follow_up_id = f.id AND s.status = 'claimed'
      ORDER BY s.id DESC LIMIT 1) AS "claimedBy"
   FROM follow_ups f
   LEFT JOIN dialogue_notes n ON n.id = f.note_id
   LEFT JOIN trainings t ON t.id = f.training_id
   LEFT JOIN kelurahan k ON k.id = f.kelurahan_id
   WHERE f.id = $1`;

export const followUpDetail = statement<[id: number]>()('follow_up_detail', detailRow, detailSql);

export const followUpSteps = statement<[id: number]>()(
  'follow_up_steps_of',
  z.strictObject({
    status: z.enum(followUpStatuses),
    note: z.string(),
    recordedByName: z.string(),
    at: z.date(),
  }),
  `SELECT status, note, recorded_by_name AS "recordedByName", at FROM follow_up_steps
   WHERE follow_up_id = $1 ORDER BY id DESC LIMIT 100`,
);
