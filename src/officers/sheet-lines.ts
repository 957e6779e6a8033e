import { z } from 'zod';
import { statement } from '#src/database.ts';

/** An office as a line of a roster sheet, with what the account may see of whoever holds it. */

const text = z.string().nullable();
const number = z.number().nullable();

export const sheetLine = z.strictObject({
  /** Null for a seat that nobody holds. */
  personId: number,
  frontTitle: text,
  name: text,
  backTitle: text,
  sex: text,
  birthPlace: text,
  birthDate: text,
  address: text,
  rtNumber: number,
  rwNumber: number,
  phone: text,
  education: text,
  occupation: text,
  typeName: z.string(),
  institutionName: z.string(),
  kelurahanName: z.string(),
  seatName: z.string(),
  kind: text,
  startOn: text,
  endOn: text,
  overdue: z.boolean(),
  termNumber: number,
  decreeNumber: text,
  decreedOn: text,
  /** Why an exception from a rule was granted, or null. */
  exception: text,
});
export type SheetLine = z.output<typeof sheetLine>;

/** What an account may read of people: facts of their private life, and phones. */
export type Sight = { privateFacts: boolean; phones: boolean };

/**
 * Selects a line of tenure t, person q, seat e, position p, institution i, type y and kelurahan k; what may not be seen
 * is not read. The two conditions are SQL: parameters of a statement, or values of a query.
 */
export const lineColumns = ({
  privateFacts,
  phones,
}: {
  privateFacts: string;
  phones: string;
}) => `q.id AS "personId", q.front_title AS "frontTitle", q.name, q.back_title AS "backTitle", q.sex,
  CASE WHEN ${privateFacts} THEN q.birth_place END AS "birthPlace", CASE WHEN ${privateFacts} THEN q.birth_date::text END AS "birthDate",
  CASE WHEN ${privateFacts} THEN q.address END AS address, CASE WHEN ${privateFacts} THEN q.rt_number::int END AS "rtNumber",
  CASE WHEN ${privateFacts} THEN q.rw_number::int END AS "rwNumber", CASE WHEN ${phones} THEN q.phone END AS phone,
  (SELECT label FROM education_levels WHERE code = q.education_level) AS education,
  (SELECT label FROM occupations WHERE code = q.occupation) AS occupation,
  y.short_name AS "typeName", i.name AS "institutionName", k.name AS "kelurahanName",
  COALESCE(e.label, CASE WHEN e.number > 1 THEN p.name || ' ' || e.number ELSE p.name END) AS "seatName",
  t.kind, t.start_on::text AS "startOn", COALESCE(t.ended_on, t.planned_end_on)::text AS "endOn", t.term_number::int AS "termNumber",
  (SELECT number FROM decrees WHERE id = t.appointing_decree_id) AS "decreeNumber",
  (SELECT decreed_on::text FROM decrees WHERE id = t.appointing_decree_id) AS "decreedOn", t.override_reason AS exception`;

/** The roster of a day with everything that its sheet tells; the same seats and holders as the page's. */
export const rosterSheetOn = statement<
  [institutionId: number, day: string, privateFacts: boolean, phones: boolean]
>()(
  'officers_sheet',
  sheetLine,
  `WITH latest AS MATERIALIZED (
     SELECT DISTINCT ON (t.seat_id, t.lane) t.id, t.seat_id, t.lane, t.valid @> $2::date AS in_office,
       t.lane = 'definitive' AND t.ended_on IS NULL AND t.planned_end_on <= $2::date AS overdue
     FROM tenures t
     WHERE t.institution_id = $1 AND t.voided_at IS NULL AND t.start_on <= $2::date
     ORDER BY t.seat_id, t.lane, t.start_on DESC
   ), held AS (
     SELECT l.* FROM latest l
     WHERE l.in_office OR (l.overdue AND NOT EXISTS (SELECT FROM latest a WHERE a.seat_id = l.seat_id AND a.in_office))
   )
   SELECT ${lineColumns({ privateFacts: '$3::boolean', phones: '$4::boolean' })}, COALESCE(NOT h.in_office, false) AS overdue
   FROM seats e
   JOIN position_types p ON p.id = e.position_type_id
   JOIN institutions i ON i.id = e.institution_id
   JOIN institution_types y ON y.id = i.institution_type_id
   JOIN kelurahan k ON k.id = i.kelurahan_id
   LEFT JOIN held h ON h.seat_id = e.id
   LEFT JOIN tenures t ON t.id = h.id
   LEFT JOIN people q ON q.id = t.person_id
   WHERE e.institution_id = $1 AND (e.life @> $2::date OR h.seat_id IS NOT NULL)
   ORDER BY p.sort_order, e.number, e.id, h.lane DESC`,
);
