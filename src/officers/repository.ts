import { z } from 'zod';
import { statement } from '#src/database.ts';

/** The roster of one institution as it stood on a day. */

const text = z.string().nullable();

const rosterRow = z.strictObject({
  seatId: z.number(),
  seatName: z.string(),
  positionTypeId: z.number(),
  positionName: z.string(),
  isChair: z.boolean(),
  required: z.boolean(),
  /** Null for a seat that nobody holds. */
  personId: z.number().nullable(),
  personName: text,
  phone: text,
  sex: text,
  kind: text,
  startOn: text,
  endOn: text,
  /** The term is over and nobody has taken the seat since. */
  overdue: z.boolean(),
  decreeNumber: text,
  decreedOn: text,
  /** Why an exception from a rule was granted, or null. */
  exception: text,
});
export type RosterRow = z.output<typeof rosterRow>;

/**
 * Every seat with whoever held it on the day, definitively or acting. Of each seat and lane the latest tenure that had
 * begun is looked at: it was in force, or its term had run out without a successor, or the seat was vacant.
 */
export const rosterOn = statement<[institutionId: number, day: string]>()(
  'officers_roster',
  rosterRow,
  `WITH latest AS MATERIALIZED (
     SELECT DISTINCT ON (t.seat_id, t.lane) t.seat_id, t.person_id, t.kind, t.lane, t.start_on, t.appointing_decree_id, t.override_reason,
       COALESCE(t.ended_on, t.planned_end_on) AS end_on, t.valid @> $2::date AS in_office,
       t.lane = 'definitive' AND t.ended_on IS NULL AND t.planned_end_on <= $2::date AS overdue
     FROM tenures t
     WHERE t.institution_id = $1 AND t.voided_at IS NULL AND t.start_on <= $2::date
     ORDER BY t.seat_id, t.lane, t.start_on DESC
   ), held AS (
     SELECT l.* FROM latest l
     WHERE l.in_office OR (l.overdue AND NOT EXISTS (SELECT FROM latest a WHERE a.seat_id = l.seat_id AND a.in_office))
   )
   SELECT e.id AS "seatId", COALESCE(e.label, CASE WHEN e.number > 1 THEN p.name || ' ' || e.number ELSE p.name END) AS "seatName",
     p.id AS "positionTypeId", p.name AS "positionName", p.is_chair AS "isChair", p.required, h.person_id AS "personId",
     NULLIF(concat_ws(', ', concat_ws(' ', q.front_title, q.name), q.back_title), '') AS "personName", q.phone, q.sex, h.kind,
     h.start_on AS "startOn", h.end_on AS "endOn", COALESCE(NOT h.in_office, false) AS overdue,
     d.number AS "decreeNumber", d.decreed_on AS "decreedOn", h.override_reason AS exception
   FROM seats e
   JOIN position_types p ON p.id = e.position_type_id
   LEFT JOIN held h ON h.seat_id = e.id
   LEFT JOIN people q ON q.id = h.person_id
   LEFT JOIN decrees d ON d.id = h.appointing_decree_id
   WHERE e.institution_id = $1 AND (e.life @> $2::date OR h.seat_id IS NOT NULL)
   ORDER BY p.sort_order, e.number, e.id, h.lane DESC`,
);

const boardRow = z.strictObject({
  id: z.number(),
  startsOn: z.string(),
  endsOn: text,
  decreeNumber: text,
  decreedOn: text,
});
export type Board = z.output<typeof boardRow>;

export const boardsOf = statement<[institutionId: number]>()(
  'officers_boards',
  boardRow,
  `SELECT b.id, b.starts_on AS "startsOn", b.ends_on AS "endsOn", d.number AS "decreeNumber", d.decreed_on AS "decreedOn"
   FROM boards b LEFT JOIN decrees d ON d.id = b.decree_id
   WHERE b.institution_id = $1 ORDER BY b.starts_on DESC LIMIT 50`,
);

const replacementRow = z.strictObject({
  tenureId: z.number(),
  seatName: z.string(),
  personId: z.number(),
  personName: z.string(),
  kind: z.string(),
  startOn: z.string(),
  endedOn: text,
  endReason: text,
  decreeNumber: text,
  endingDecreeNumber: text,
});
export type Replacement = z.output<typeof replacementRow>;

/** Who left early, stood in or came in during the term that covers the day, or the last one begun before it. */
export const replacementsIn = statement<[institutionId: number, day: string]>()(
  'officers_replacements',
  replacementRow,
  `SELECT t.id AS "tenureId", COALESCE(e.label, CASE WHEN e.number > 1 THEN p.name || ' ' || e.number ELSE p.name END) AS "seatName",
     t.person_id AS "personId", concat_ws(', ', concat_ws(' ', q.front_title, q.name), q.back_title) AS "personName", t.kind,
     t.start_on AS "startOn", t.ended_on AS "endedOn", t.end_reason AS "endReason",
     d.number AS "decreeNumber", x.number AS "endingDecreeNumber"
   FROM (SELECT * FROM boards WHERE institution_id = $1 AND starts_on <= $2::date ORDER BY starts_on DESC LIMIT 1) b
   JOIN tenures t ON t.institution_id = $1 AND t.voided_at IS NULL AND t.start_on >= b.starts_on
     AND (b.ends_on IS NULL OR t.start_on < b.ends_on)
   JOIN people q ON q.id = t.person_id
   JOIN seats e ON e.id = t.seat_id
   JOIN position_types p ON p.id = t.position_type_id
   LEFT JOIN decrees d ON d.id = t.appointing_decree_id
   LEFT JOIN decrees x ON x.id = t.ending_decree_id
   WHERE t.kind <> 'definitive' OR t.start_on > b.starts_on OR t.ended_on < COALESCE(b.ends_on, 'infinity')
   ORDER BY t.start_on, p.sort_order, e.number, t.id LIMIT 200`,
);
