import { z } from 'zod';
import { statement } from '#src/database.ts';
import { followUpStatuses, ownerKinds } from '#src/follow-ups/rules.ts';

const listRow = z.strictObject({
  id: z.number(),
  text: z.string(),
  ownerKind: z.enum(ownerKinds),
  ownerName: z.string(),
  dueOn: z.string(),
  status: z.enum(followUpStatuses),
  askerName: z.string().nullable(),
  institutionName: z.string().nullable(),
  pillar: z.string().nullable(),
  trainingTitle: z.string().nullable(),
  kelurahanName: z.string().nullable(),
  total: z.number(),
});
export type FollowUpRow = z.output<typeof listRow>;

/** Promised by the reader: their account's, their office's or their institution's. */
const mine = (kind: string, account: string, institution: string) =>
  `(f.owner_account_id = ${account} OR f.owner_kind = ${kind} OR f.owner_institution_id = ${institution})`;
const late = (today: string) =>
  `(f.due_on < ${today}::date AND f.status IN ('open', 'in_progress', 'reopened'))`;

/** Follow-ups of the scope; an officer of another kelurahan reads the promise without the note it came from. */
export const listedFollowUps = statement<
  [
    list: string,
    ownKind: string | null,
    ownAccount: number,
    ownInstitution: number | null,
    today: string,
    status: string | null,
    ownerKind: string | null,
    pillar: string | null,
    training: number | null,
    kelurahan: string | null,
    order: string,
    limit: number,
    offset: number,
  ]
>()(
  'follow_ups_listed',
  listRow,
  `SELECT f.id, f.text, f.owner_kind AS "ownerKind", f.owner_name AS "ownerName", f.due_on AS "dueOn", f.status,
     n.asker_name AS "askerName", n.institution_name AS "institutionName", n.pillar, t.title AS "trainingTitle",
     k.name AS "kelurahanName", count(*) OVER ()::int AS total
   FROM follow_ups f
   LEFT JOIN dialogue_notes n ON n.id = f.note_id
   LEFT JOIN trainings t ON t.id = f.training_id
   LEFT JOIN kelurahan k ON k.id = f.kelurahan_id
   WHERE CASE $1 WHEN 'milik-saya' THEN ${mine('$2', '$3', '$4')}
       WHEN 'terlambat' THEN ${late('$5')}
       WHEN 'menunggu-konfirmasi' THEN f.status = 'claimed' AND ($4::int IS NULL OR f.institution_id = $4)
       ELSE true END
     AND ($6::text IS NULL OR f.status = $6) AND ($7::text IS NULL OR f.owner_kind = $7)
     AND ($8::text IS NULL OR n.pillar = $8) AND ($9::int IS NULL OR f.training_id = $9)
     AND ($10::text IS NULL OR k.code = $10)
   ORDER BY CASE WHEN $11 = '' THEN f.status = 'confirmed' END, CASE WHEN $11 = '-tenggat' THEN f.due_on END DESC,
     CASE $11 WHEN 'pemilik' THEN f.owner_name WHEN 'kelurahan' THEN k.name END,
     CASE WHEN $11 = 'status' THEN array_position(ARRAY['open', 'reopened', 'in_progress', 'claimed', 'confirmed'], f.status) END,
     f.due_on, f.id LIMIT $12 OFFSET $13`,
);

/** What the list can be narrowed to. */
export const followUpChoices = statement<[]>()(
  'follow_up_choices',
  z.strictObject({
    kind: z.enum(['pelatihan', 'kelurahan']),
    value: z.string(),
    label: z.string(),
  }),
  `SELECT 'pelatihan' AS kind, t.id::text AS value, t.title AS label FROM trainings t
   WHERE EXISTS (SELECT FROM follow_ups f WHERE f.training_id = t.id)
   UNION ALL
   SELECT 'kelurahan', k.code, k.name FROM kelurahan k
   WHERE EXISTS (SELECT FROM follow_ups f WHERE f.kelurahan_id = k.id)
   ORDER BY 1, 3, 2`,
);

const startRow = z.strictObject({
  id: z.number(),
  text: z.string(),
  ownerName: z.string(),
  dueOn: z.string(),
  status: z.enum(followUpStatuses),
  total: z.number(),
});
export type OverdueRow = z.output<typeof startRow>;

/** What is late: to its owner, and to whoever answers for the place all of it. */
export const overdueFollowUps = statement<
  [
    ownKind: string | null,
    ownAccount: number,
    ownInstitution: number | null,
    seesAll: boolean,
    today: string,
  ]
>()(
  'home_overdue_follow_ups',
  startRow,
  `SELECT f.id, f.text, f.owner_name AS "ownerName", f.due_on AS "dueOn", f.status, count(*) OVER ()::int AS total
   FROM follow_ups f WHERE ${late('$5')} AND ($4 OR ${mine('$1', '$2', '$3')})
   ORDER BY f.due_on, f.id LIMIT 5`,
);

const claimedRow = z.strictObject({
  id: z.number(),
  text: z.string(),
  ownerName: z.string(),
  version: z.number(),
  note: z.string().nullable(),
});
export type ClaimedRow = z.output<typeof claimedRow>;

/** What an institution asked for and the owner says to be done. */
export const claimedFollowUps = statement<[institutionId: number]>()(
  'home_claimed_follow_ups',
  claimedRow,
  `SELECT f.id, f.text, f.owner_name AS "ownerName", f.version, s.note
   FROM follow_ups f
   LEFT JOIN LATERAL (
     SELECT note FROM follow_up_steps WHERE follow_up_id = f.id AND status = 'claimed' ORDER BY id DESC LIMIT 1) s ON true
   WHERE f.institution_id = $1 AND f.owner_institution_id IS DISTINCT FROM $1 AND f.status = 'claimed'
   ORDER BY f.due_on, f.id LIMIT 5`,
);
