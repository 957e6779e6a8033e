import { z } from 'zod';
import { statement } from '#src/database.ts';
import { checkInMethods, standings } from '#src/attendance/rules.ts';

/** The attendance sheet of a session as it is printed, exported and copied back in. */

const headRow = z.strictObject({
  trainingId: z.number(),
  title: z.string(),
  organiserKind: z.enum(['city', 'kecamatan', 'kelurahan']),
  signatoryTitle: z.string(),
  signatoryName: z.string(),
  signatoryRank: z.string(),
  signatoryNip: z.string(),
  topic: z.string(),
  venue: z.string(),
  speakers: z.string(),
  startsAt: z.date(),
  endsAt: z.date(),
  openedAt: z.date().nullable(),
  kelurahanName: z.string().nullable(),
  kecamatanName: z.string().nullable(),
  address: z.string().nullable(),
  headName: z.string().nullable(),
  headRank: z.string().nullable(),
  headNip: z.string().nullable(),
});
export type SheetHead = z.output<typeof headRow>;

/** The session, with the office that organises its training and whoever heads it. */
export const sheetHead = statement<[trainingId: number, sessionId: number]>()(
  'attendance_sheet_head',
  headRow,
  `SELECT t.id AS "trainingId", t.title, t.organiser_kind AS "organiserKind", t.signatory_title AS "signatoryTitle",
     t.signatory_name AS "signatoryName", t.signatory_rank AS "signatoryRank", t.signatory_nip AS "signatoryNip",
     s.topic, s.venue, s.speakers, s.starts_at AS "startsAt", s.ends_at AS "endsAt", s.opened_at AS "openedAt",
     k.name AS "kelurahanName", c.name AS "kecamatanName", COALESCE(k.address, c.address) AS address,
     CASE t.organiser_kind WHEN 'kelurahan' THEN k.head_name ELSE c.head_name END AS "headName",
     CASE t.organiser_kind WHEN 'kelurahan' THEN k.head_rank ELSE c.head_rank END AS "headRank",
     CASE t.organiser_kind WHEN 'kelurahan' THEN k.head_nip ELSE c.head_nip END AS "headNip"
   FROM trainings t
   JOIN training_sessions s ON s.training_id = t.id
   LEFT JOIN kelurahan k ON t.organiser_kind = 'kelurahan' AND k.id = t.kelurahan_ids[1]
   LEFT JOIN kecamatan c ON t.organiser_kind <> 'city'
     AND c.id = (SELECT kecamatan_id FROM kelurahan WHERE id = t.kelurahan_ids[1])
   WHERE t.id = $1 AND s.id = $2`,
);

const lineRow = z.strictObject({
  number: z.number(),
  id: z.number(),
  kind: z.enum(['officer', 'guest', 'walk_in']),
  name: z.string(),
  sex: z.enum(['L', 'P']).nullable(),
  positionName: z.string(),
  institutionName: z.string(),
  kelurahanName: z.string(),
  delegateName: z.string().nullable(),
  status: z.enum(standings),
  method: z.enum(checkInMethods).nullable(),
  recordedAt: z.date().nullable(),
  total: z.number(),
});
export type SheetLine = z.output<typeof lineRow>;

/**
 * The numbered lines. Walk-ins come after the invited in the order in which they came, and a line that a merge of two
 * people makes superfluous leaves a gap: the numbers stay those of a sheet that was printed before.
 */
export const sheetLines = statement<
  [trainingId: number, sessionId: number, limit: number, offset: number]
>()(
  'attendance_sheet_lines',
  lineRow,
  `SELECT i.number, i.id, i.kind, i.name, i.sex, i.position_name AS "positionName", i.institution_name AS "institutionName",
     i.kelurahan_name AS "kelurahanName", i.delegate_name AS "delegateName", COALESCE(a.status, 'unrecorded') AS status,
     a.method, a.recorded_at AS "recordedAt", count(*) OVER ()::int AS total
   FROM (SELECT v.*, row_number() OVER (ORDER BY v.kind = 'walk_in', CASE WHEN v.kind <> 'walk_in' THEN v.sort_name END, v.id)::int
       AS number FROM training_invitations v WHERE v.training_id = $1) i
   LEFT JOIN attendances a ON a.session_id = $2 AND a.invitation_id = i.id
   WHERE NOT i.is_twin
   ORDER BY i.number LIMIT $3 OFFSET $4`,
);
