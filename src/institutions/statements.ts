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
export const seatOfSubject = `NULLIF(split_part(c.subject, ':', 2), '')::int`;

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
