import { z } from 'zod';
import { statement } from '#src/database.ts';
import { seatOfSubject } from '#src/institutions/statements.ts';

const text = z.string().nullable();

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
