import { z } from 'zod';
import { statement } from '#src/database.ts';

/** What the minutes take from the record, beside the training, its sessions and its dialogue. */

const attendanceRow = z.strictObject({
  invited: z.number(),
  walkIns: z.number(),
  present: z.number(),
  invitedPresent: z.number(),
  excused: z.number(),
  isRecorded: z.boolean(),
});
export type MinutesAttendance = z.output<typeof attendanceRow>;

/** Present is who was at one session at least. */
export const minutesAttendance = statement<[trainingId: number]>()(
  'minutes_attendance',
  attendanceRow,
  `SELECT count(*) FILTER (WHERE i.kind <> 'walk_in')::int AS invited,
     count(*) FILTER (WHERE i.kind = 'walk_in')::int AS "walkIns",
     count(*) FILTER (WHERE a.was_present)::int AS present,
     count(*) FILTER (WHERE a.was_present AND i.kind <> 'walk_in')::int AS "invitedPresent",
     count(*) FILTER (WHERE a.was_excused AND NOT a.was_present AND i.kind <> 'walk_in')::int AS excused,
     count(a.invitation_id) > 0 AS "isRecorded"
   FROM training_invitations i
   LEFT JOIN (
     SELECT invitation_id, bool_or(status IN ('present', 'late')) AS was_present, bool_or(status = 'excused') AS was_excused
     FROM attendances WHERE training_id = $1 GROUP BY invitation_id) a ON a.invitation_id = i.id
   WHERE i.training_id = $1`,
);

const sessionRow = z.strictObject({
  sessionId: z.number(),
  present: z.number(),
  late: z.number(),
  excused: z.number(),
  absent: z.number(),
  expected: z.number(),
});
export type SessionAttendance = z.output<typeof sessionRow>;

/** By session; who is on the list and has no row was not recorded. */
export const minutesSessions = statement<[trainingId: number]>()(
  'minutes_sessions',
  sessionRow,
  `SELECT s.id AS "sessionId", count(*) FILTER (WHERE a.status = 'present')::int AS present,
     count(*) FILTER (WHERE a.status = 'late')::int AS late, count(*) FILTER (WHERE a.status = 'excused')::int AS excused,
     count(*) FILTER (WHERE a.status = 'absent')::int AS absent,
     (SELECT count(*)::int FROM training_invitations i WHERE i.training_id = $1) AS expected
   FROM training_sessions s LEFT JOIN attendances a ON a.session_id = s.id
   WHERE s.training_id = $1 GROUP BY s.id, s.starts_at ORDER BY s.starts_at, s.id`,
);
