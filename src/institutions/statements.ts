import { z } from 'zod';
import { statement } from '#src/database.ts';
import { changeKinds } from '#src/roster-changes/rules.ts';

/** What the pages of one institution read, each page in one round trip. */

const text = z.string().nullable();

const headerRow = z.strictObject({
  id: z.number(),
  name: z.string(),
  status: z.string(),
  typeCode: z.string(),
  typeName: z.string(),
  typeId: z.number(),
  legalBasis: z.array(z.string()),
  kelurahanCode: z.string(),
  kelurahanName: z.string(),
  kelurahanAddress: text,
  headName: text,
  headRank: text,
  headNip: text,
  kecamatanName: z.string(),
  parentId: z.number().nullable(),
  parentName: text,
  address: text,
  phone: text,
  email: text,
  foundedOn: text,
  foundingDecree: text,
  registrationNumber: text,
  scope: text,
  startsOn: text,
  termEndsOn: text,
  decreeNumber: text,
  decreedOn: text,
  filled: z.number(),
  expected: z.number(),
  percent: z.number(),
  officers: z.number(),
  freshDays: z.number(),
  attestation: z.enum(['sudah', 'berubah', 'belum']),
  cycleName: text,
  cycleDueOn: text,
});
export type InstitutionHeader = z.output<typeof headerRow>;

export const institutionHeader = statement<[id: number, today: string]>()(
  'institution_header',
  headerRow,
  `SELECT i.id, i.name, i.status, y.code AS "typeCode", y.name AS "typeName", y.id AS "typeId", y.legal_basis AS "legalBasis",
     k.code AS "kelurahanCode", k.name AS "kelurahanName", k.address AS "kelurahanAddress",
     k.head_name AS "headName", k.head_rank AS "headRank", k.head_nip AS "headNip", c.name AS "kecamatanName",
     i.parent_id AS "parentId", parent.name AS "parentName", i.address, i.phone, i.email, i.founded_on AS "foundedOn",
     i.founding_decree AS "foundingDecree", i.registration_number AS "registrationNumber", i.scope,
     b.starts_on AS "startsOn", s.term_ends_on::text AS "termEndsOn", d.number AS "decreeNumber", d.decreed_on AS "decreedOn",
     s.filled, s.expected, s.percent::int,
     (SELECT count(*)::int FROM tenures t WHERE t.institution_id = i.id AND t.voided_at IS NULL AND t.valid @> $2::date) AS officers,
     $2::date - s.touched_on AS "freshDays", o.name AS "cycleName", o.due_on AS "cycleDueOn",
     CASE WHEN s.attested_cycle_id IS DISTINCT FROM o.id THEN 'belum'
       WHEN s.changed_sections = '{}' THEN 'sudah' ELSE 'berubah' END AS attestation
   FROM institutions i
   JOIN institution_types y ON y.id = i.institution_type_id
   JOIN kelurahan k ON k.id = i.kelurahan_id
   JOIN kecamatan c ON c.id = k.kecamatan_id
   JOIN institution_summaries s ON s.institution_id = i.id
   LEFT JOIN institutions parent ON parent.id = i.parent_id
   LEFT JOIN boards b ON b.id = s.board_id
   LEFT JOIN decrees d ON d.id = b.decree_id
   LEFT JOIN (SELECT * FROM attestation_cycles WHERE starts_on <= $2::date ORDER BY starts_on DESC LIMIT 1) o ON true
   WHERE i.id = $1`,
);

/** A proposal is about a seat ('seat:12') or about none ('board'); a join may look at it before any condition does. */
const seatOfSubject = `NULLIF(split_part(c.subject, ':', 2), '')::int`;

/** Proposals that wait for the lurah. */
export const waitingChanges = statement<[institutionId: number]>()(
  'institution_waiting_changes',
  z.strictObject({
    id: z.number(),
    kind: z.enum(changeKinds),
    positionName: text,
    termStartsOn: text,
    termEndsOn: text,
    makerName: z.string(),
  }),
  `SELECT c.id, c.kind, COALESCE(e.label, p.name) AS "positionName", c.effective_on AS "termStartsOn",
     c.term_ends_on AS "termEndsOn", c.maker_name AS "makerName"
   FROM roster_changes c
   LEFT JOIN seats e ON e.id = ${seatOfSubject}
   LEFT JOIN position_types p ON p.id = e.position_type_id
   WHERE c.institution_id = $1 AND c.status = 'submitted' ORDER BY c.submitted_at LIMIT 10`,
);

/** What refresh_institution_summaries counts as missing: required seats without an officer, and officers' empty fields. */
export const institutionGaps = statement<[institutionId: number]>()(
  'institution_gaps',
  z.strictObject({
    kind: z.enum(['seat', 'person']),
    seatId: z.number(),
    seatName: z.string(),
    personId: z.number().nullable(),
    personName: text,
    noNik: z.boolean(),
    noPhone: z.boolean(),
    noBirthDate: z.boolean(),
  }),
  `SELECT g.kind, e.id AS "seatId",
     COALESCE(e.label, CASE WHEN e.number > 1 THEN p.name || ' ' || e.number ELSE p.name END) AS "seatName",
     g.person_id AS "personId", concat_ws(', ', concat_ws(' ', q.front_title, q.name), q.back_title) AS "personName",
     g.kind = 'person' AND NOT q.has_nik AS "noNik", g.kind = 'person' AND q.phone IS NULL AS "noPhone",
     g.kind = 'person' AND q.birth_date IS NULL AS "noBirthDate"
   FROM (
     SELECT 'seat' AS kind, e.id AS seat_id, NULL::int AS person_id
     FROM seats e JOIN position_types p ON p.id = e.position_type_id
     WHERE e.institution_id = $1 AND p.required AND upper_inf(e.life)
       AND NOT EXISTS (SELECT FROM tenures t WHERE t.institution_id = $1 AND t.seat_id = e.id AND t.voided_at IS NULL AND t.ended_on IS NULL)
     UNION ALL
     SELECT 'person', t.seat_id, t.person_id FROM tenures t
     WHERE t.institution_id = $1 AND t.voided_at IS NULL AND t.ended_on IS NULL
   ) g
   JOIN seats e ON e.id = g.seat_id
   JOIN position_types p ON p.id = e.position_type_id
   LEFT JOIN people q ON q.id = g.person_id
   WHERE g.kind = 'seat' OR NOT q.has_nik OR q.phone IS NULL OR q.birth_date IS NULL
   ORDER BY g.kind DESC, p.sort_order, e.number, e.id, g.person_id`,
);

export const eventKinds = [
  'approved',
  'returned',
  'refused',
  'board',
  'board_end',
  'start',
  'end',
  'founded',
] as const;
const eventRow = z.strictObject({
  kind: z.enum(eventKinds),
  on: z.string(),
  /** Names with their positions, one per line; of a decision the kind of its proposal. */
  subject: text,
  positionName: text,
  decreeNumber: text,
  decreedOn: text,
  /** Of a decision the decider, of an end its reason. */
  by: text,
  note: text,
  termStartsOn: text,
  termEndsOn: text,
  changeId: z.number().nullable(),
});
export type HistoryEvent = z.output<typeof eventRow>;

/** What happened to an institution, newest first: its decisions, boards, and who took or left which seat by which decree. */
export const institutionHistory = statement<
  [id: number, today: string, limit: number, timeZone: string]
>()(
  'institution_history',
  eventRow,
  `WITH office AS MATERIALIZED (
     SELECT t.start_on, t.ended_on, t.end_reason, t.lane, t.appointing_decree_id, t.ending_decree_id,
       concat_ws(', ', concat_ws(' ', q.front_title, q.name), q.back_title) AS person,
       CASE WHEN t.lane = 'acting' THEN 'Plt. ' ELSE '' END
         || COALESCE(e.label, CASE WHEN e.number > 1 THEN p.name || ' ' || e.number ELSE p.name END) AS position,
       p.sort_order, e.number
     FROM tenures t
     JOIN people q ON q.id = t.person_id
     JOIN seats e ON e.id = t.seat_id
     JOIN position_types p ON p.id = t.position_type_id
     WHERE t.institution_id = $1 AND t.voided_at IS NULL
   ), event AS (
     SELECT n.outcome AS kind, (n.decided_at AT TIME ZONE $4)::date AS at, 5 AS rank, n.id AS seq, c.kind AS subject,
       COALESCE(e.label, p.name) AS position_name, n.decree_id, n.decided_by_name AS by, n.note,
       c.effective_on AS term_starts_on, c.term_ends_on, c.id AS change_id
     FROM roster_changes c
     JOIN decisions n ON n.roster_change_id = c.id
     LEFT JOIN seats e ON e.id = ${seatOfSubject}
     LEFT JOIN position_types p ON p.id = e.position_type_id
     WHERE c.institution_id = $1
     UNION ALL
     SELECT 'board', b.starts_on, 4, b.id, NULL, NULL, b.decree_id, NULL, NULL, b.starts_on, b.ends_on, NULL
     FROM boards b WHERE b.institution_id = $1
     UNION ALL
     SELECT 'board_end', b.ends_on - 1, 1, b.id, NULL, NULL, NULL, NULL, NULL, b.starts_on, b.ends_on, NULL
     FROM boards b WHERE b.institution_id = $1 AND b.ends_on <= $2::date
     UNION ALL
     SELECT 'start', o.start_on, 3, 0, string_agg(o.person || ' – ' || o.position, E'\\n' ORDER BY o.sort_order, o.number), NULL,
       o.appointing_decree_id, NULL, NULL, NULL, NULL, NULL
     FROM office o GROUP BY o.start_on, o.appointing_decree_id
     UNION ALL
     SELECT 'end', o.ended_on - 1, 2, 0, string_agg(o.person || ' – ' || o.position, E'\\n' ORDER BY o.sort_order, o.number), NULL,
       o.ending_decree_id, o.end_reason, NULL, NULL, NULL, NULL
     FROM office o WHERE o.ended_on IS NOT NULL GROUP BY o.ended_on, o.ending_decree_id, o.end_reason
     UNION ALL
     SELECT 'founded', i.founded_on, 0, 0, i.founding_decree, NULL, NULL, NULL, NULL, NULL, NULL, NULL
     FROM institutions i WHERE i.id = $1 AND i.founded_on IS NOT NULL
   )
   SELECT v.kind, v.at AS "on", v.subject, v.position_name AS "positionName", d.number AS "decreeNumber", d.decreed_on AS "decreedOn",
     v.by, v.note, v.term_starts_on AS "termStartsOn", v.term_ends_on AS "termEndsOn", v.change_id AS "changeId"
   FROM event v LEFT JOIN decrees d ON d.id = v.decree_id
   ORDER BY v.at DESC, v.rank DESC, v.seq DESC LIMIT $3`,
);
