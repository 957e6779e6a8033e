import encodeQr from 'qr';
import type { Request, Response } from 'express';
import { config } from '#src/config.ts';
import { asActor, readAs } from '#src/database.ts';
import { actorOf } from '#src/http/request.ts';
import { stateOf } from '#src/attendance/rules.ts';
import { doorCode } from '#src/attendance/statements.ts';
import { idsOf, recordable } from '#src/attendance/tap-pages.ts';

/** What staff show at the door: a QR and its code in letters, others every 30 seconds (portal.js or a meta refresh). */
export async function doorPage(req: Request, res: Response) {
  const { place, door } = await readDoor(req);
  res.renderPage('attendance/door', {
    place,
    path: `/pelatihan/${place.id}/sesi/${place.sessionId}`,
    state: stateOf(place),
    address: `${new URL(config().publicUrl).host}/h`,
    code: door.code.replace(/^(...)/, '$1 '),
    step: door.step,
    secondsLeft: door.secondsLeft,
  });
}

/** The picture of the code of this moment; the step in its address keeps browsers from showing an older one. */
export async function doorPicture(req: Request, res: Response) {
  const { door } = await readDoor(req);
  const svg = encodeQr(`${config().publicUrl.replace(/\/$/, '')}/h/${door.code}`, 'svg');
  res.set('Cache-Control', 'private, max-age=30').type('image/svg+xml').send(svg);
}

async function readDoor(req: Request) {
  const place = await asActor(actorOf(req), (tx) => recordable(tx, req));
  const [[door]] = await readAs(actorOf(req), doorCode(idsOf(req).sessionId));
  if (!door) throw new Error('the session went while it was read');
  return { place, door };
}
