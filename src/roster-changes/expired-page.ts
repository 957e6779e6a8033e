import type { Request, Response } from 'express';
import { asActor } from '#src/database.ts';
import { actorOf } from '#src/http/request.ts';
import { incomingName, type Change } from '#src/roster-changes/change.ts';
import { moveChange } from '#src/roster-changes/repository.ts';
import { listSeatsOn } from '#src/roster-changes/seats.ts';
import { getWaiting } from '#src/roster-changes/waiting.ts';

/** The roster moved on since the proposal was sent: it is closed and shown beside the roster of today. */
export async function expire(req: Request, res: Response) {
  const model = await asActor(actorOf(req), async (tx) => {
    const change = await getWaiting(tx, req);
    await moveChange(tx, change, { status: 'expired' });
    const seats = await listSeatsOn(tx, change.institution.id);
    return { change, comparison: compare(change, seats) };
  });
  res.status(409).renderPage('roster-changes/expired', model);
}

type Seats = Awaited<ReturnType<typeof listSeatsOn>>;

const compare = (change: Change, seats: Seats) =>
  change.lines.map((line) => {
    const now = seats.find(({ id }) => id === line.seatId);
    return {
      position: line.positionName,
      whenProposed: line.outgoing?.name ?? null,
      now: now?.holder?.name ?? (now?.acting ? `${now.acting.name} (Plt.)` : null),
      proposed: incomingName(line),
    };
  });
