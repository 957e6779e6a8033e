import { z } from 'zod';
import { statement } from '#src/database.ts';
import * as format from '#src/format.ts';

/** What the sessions of a training were before somebody moved them. */

export const moveRow = z.strictObject({
  sessionId: z.number(),
  until: z.date(),
  startsAt: z.date(),
  endsAt: z.date(),
  venue: z.string(),
});
export type Move = z.output<typeof moveRow>;

/** Of a training, the oldest first; none from before its invitations went out. */
export const sessionMoves = statement<[trainingId: number]>()(
  'session_moves',
  moveRow,
  `SELECT s.id AS "sessionId", e.until, e.starts_at AS "startsAt", e.ends_at AS "endsAt", e.venue
   FROM training_sessions s
   CROSS JOIN LATERAL jsonb_to_recordset(s.earlier) AS e (until timestamptz, starts_at timestamptz, ends_at timestamptz, venue text)
   WHERE s.training_id = $1 ORDER BY s.id, e.until`,
);

type Session = { id: number; startsAt: Date; endsAt: Date; venue: string };
export type Before = { time: string | null; venue: string | null };

/** What somebody who last heard of it at a moment knows of a session, where it is not so any more; from the first when never. */
export function knownBefore(
  session: Session,
  moves: readonly Move[],
  heardAt: Date | null,
): Before | null {
  const known = moves.find(
    ({ sessionId, until }) => sessionId === session.id && (heardAt === null || until > heardAt),
  );
  if (!known) return null;
  const before = {
    time: isSameTime(known, session) ? null : format.span(known.startsAt, known.endsAt),
    venue: known.venue === session.venue ? null : known.venue,
  };
  return before.time === null && before.venue === null ? null : before;
}

const isSameTime = (one: Pick<Session, 'startsAt' | 'endsAt'>, other: typeof one) =>
  one.startsAt.getTime() === other.startsAt.getTime() &&
  one.endsAt.getTime() === other.endsAt.getTime();

/** "semula Kamis, 7 Agustus 2025 pukul 08.00–11.30 WIB, di Bale Hinggil" */
export const beforeInWords = ({ time, venue }: Before) =>
  `semula ${[time, venue === null ? null : `di ${venue}`].filter(Boolean).join(', ')}`;
