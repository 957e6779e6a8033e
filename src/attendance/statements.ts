import { z } from 'zod';
import { statement } from '#src/database.ts';
import { checkInMethods, standings } from '#src/attendance/rules.ts';

/** What the pages of the day read. A person whom a merge found twice in one training is one line. */

const sessionRow = z.strictObject({
  id: z.number(),
  topic: z.string(),
  venue: z.string(),
  startsAt: z.date(),
  endsAt: z.date(),
  openedAt: z.date().nullable(),
  closedAt: z.date().nullable(),
  invited: z.number(),
  present: z.number(),
  late: z.number(),
  excused: z.number(),
  absent: z.number(),
});
export type AttendedSession = z.output<typeof sessionRow>;

/** The sessions of a training, or one of them, with the counts of whom the reader sees. */
export const attendedSessions = statement<[trainingId: number, sessionId: number | null]>()(
  'attendance_sessions',
  sessionRow,
  `SELECT s.id, s.topic, s.venue, s.starts_at AS "startsAt", s.ends_at AS "endsAt", s.opened_at AS "openedAt",
     s.closed_at AS "closedAt",
     (SELECT count(*)::int FROM training_invitations i WHERE i.training_id = s.training_id AND NOT i.is_twin) AS invited,
     count(*) FILTER (WHERE a.status = 'present')::int AS present, count(*) FILTER (WHERE a.status = 'late')::int AS late,
     count(*) FILTER (WHERE a.status = 'excused')::int AS excused, count(*) FILTER (WHERE a.status = 'absent')::int AS absent
   FROM training_sessions s
   LEFT JOIN attendances a ON a.session_id = s.id
   WHERE s.training_id = $1 AND ($2::int IS NULL OR s.id = $2)
   GROUP BY s.id ORDER BY s.starts_at, s.id`,
);

const inviteeRow = z.strictObject({
  id: z.number(),
  name: z.string(),
  kind: z.enum(['officer', 'guest', 'walk_in']),
  positionName: z.string(),
  institutionName: z.string(),
  kelurahanName: z.string(),
  answer: z.enum(['attending', 'delegated', 'excused']).nullable(),
  delegateName: z.string().nullable(),
  status: z.enum(standings),
  method: z.enum(checkInMethods).nullable(),
  recordedAt: z.date().nullable(),
  total: z.number(),
});
export type Invitee = z.output<typeof inviteeRow>;

/** The people of a session in the order of their names; `wanted` is a part of a name or of an institution's. */
export const attendanceList = statement<
  [
    trainingId: number,
    sessionId: number,
    wanted: string | null,
    status: string | null,
    limit: number,
    offset: number,
  ]
>()(
  'attendance_list',
  inviteeRow,
  `SELECT i.id, i.name, i.kind, i.position_name AS "positionName", i.institution_name AS "institutionName",
     i.kelurahan_name AS "kelurahanName", i.answer, i.delegate_name AS "delegateName",
     COALESCE(a.status, 'unrecorded') AS status, a.method, a.recorded_at AS "recordedAt", count(*) OVER ()::int AS total
   FROM training_invitations i
   LEFT JOIN attendances a ON a.session_id = $2 AND a.invitation_id = i.id
   WHERE i.training_id = $1 AND NOT i.is_twin
     AND ($3::text IS NULL OR i.name ILIKE '%' || $3 || '%' OR i.institution_name ILIKE '%' || $3 || '%')
     AND ($4::text IS NULL OR COALESCE(a.status, 'unrecorded') = $4)
   ORDER BY i.sort_name, i.id LIMIT $5 OFFSET $6`,
);

const scanRow = z.strictObject({
  method: z.enum(checkInMethods),
  status: z.enum(standings),
  clientAt: z.date().nullable(),
  serverAt: z.date(),
  reason: z.string().nullable(),
  recordedByName: z.string().nullable(),
});

/** Everything that was ever recorded of somebody in a session, the newest first. */
export const scansOf = statement<[sessionId: number, invitationId: number]>()(
  'attendance_scans',
  scanRow,
  `SELECT method, status, client_at AS "clientAt", server_at AS "serverAt", reason, recorded_by_name AS "recordedByName"
   FROM check_ins WHERE session_id = $1 AND invitation_id = $2 ORDER BY id DESC LIMIT 50`,
);

/** One person of a session; no row when they are not invited or not the reader's to see. */
export const attendanceOf = statement<
  [trainingId: number, sessionId: number, invitationId: number]
>()(
  'attendance_person',
  inviteeRow.omit({ total: true }),
  `SELECT i.id, i.name, i.kind, i.position_name AS "positionName", i.institution_name AS "institutionName",
     i.kelurahan_name AS "kelurahanName", i.answer, i.delegate_name AS "delegateName",
     COALESCE(a.status, 'unrecorded') AS status, a.method, a.recorded_at AS "recordedAt"
   FROM training_invitations i
   LEFT JOIN attendances a ON a.session_id = $2 AND a.invitation_id = i.id
   WHERE i.training_id = $1 AND i.id = $3 AND NOT i.is_twin`,
);

const eventRow = z.strictObject({
  action: z.enum(['open', 'close', 'reopen']),
  reason: z.string().nullable(),
  recordedByName: z.string(),
  at: z.date(),
});

/** When a session was opened, closed and opened again, the newest first; officers see none. */
export const sessionEvents = statement<[sessionId: number]>()(
  'attendance_events',
  eventRow,
  `SELECT action, reason, recorded_by_name AS "recordedByName", at
   FROM training_session_events WHERE session_id = $1 ORDER BY id DESC LIMIT 50`,
);

const candidateRow = z.strictObject({
  tenureId: z.number(),
  name: z.string(),
  positionName: z.string(),
  institutionName: z.string(),
  isListed: z.boolean(),
});

/** Officers in office on the day of the kelurahan that a training reaches, by a part of their name. */
export const walkInCandidates = statement<[trainingId: number, day: string, wanted: string]>()(
  'attendance_walk_in_candidates',
  candidateRow,
  `SELECT t.id AS "tenureId", concat_ws(', ', concat_ws(' ', p.front_title, p.name), p.back_title) AS name,
     CASE WHEN t.lane = 'acting' THEN 'Plt. ' ELSE '' END
       || COALESCE(e.label, CASE WHEN e.number > 1 THEN y.name || ' ' || e.number ELSE y.name END) AS "positionName",
     i.name AS "institutionName",
     EXISTS (SELECT FROM training_invitations v WHERE v.training_id = $1 AND (v.seat_id = t.seat_id OR v.person_id = t.person_id)) AS "isListed"
   FROM people p
   JOIN tenures t ON t.person_id = p.id
   JOIN seats e ON e.id = t.seat_id
   JOIN position_types y ON y.id = t.position_type_id
   JOIN institutions i ON i.id = t.institution_id
   WHERE p.name ILIKE '%' || $3 || '%' AND t.voided_at IS NULL AND t.valid @> $2::date
     AND t.kelurahan_id = ANY ((SELECT kelurahan_ids FROM trainings WHERE id = $1)::int[])
   ORDER BY (p.name || ''), p.id, t.id LIMIT 20`,
);

const doorRow = z.strictObject({ code: z.string(), step: z.number(), secondsLeft: z.number() });

/** The code at the door now. */
export const doorCode = statement<[sessionId: number]>()(
  'attendance_door',
  doorRow,
  `SELECT door_code(qr_secret, door_step()) AS code, door_step()::int AS step,
     30 - (extract(epoch FROM now())::bigint % 30)::int AS "secondsLeft"
   FROM training_sessions WHERE id = $1`,
);
