import type { Request, Response } from 'express';
import { config } from '#src/config.ts';
import { readAs } from '#src/database.ts';
import { notFound } from '#src/http/errors.ts';
import { actorOf, idFrom } from '#src/http/request.ts';
import { sendCalendar } from '#src/invitations/calendar.ts';
import { keepPrivate, openLink, renderUnknown } from '#src/invitations/link-pages.ts';
import { trainingHeader, trainingSessions } from '#src/trainings/statements.ts';

/** The days of a training for a calendar; a draft has none that one could rely on. */
export async function trainingCalendar(req: Request, res: Response) {
  const id = idFrom(req);
  const [[training], sessions] = await readAs(
    actorOf(req),
    trainingHeader(id),
    trainingSessions(id),
  );
  if (!training || training.status === 'draft' || sessions.length === 0) throw notFound();
  sendCalendar(res, { ...training, sessions, url: `${config().publicUrl}/pelatihan/${id}` });
}

/** The same by a private link. */
export async function linkCalendar(req: Request, res: Response) {
  const found = await openLink(req);
  if (!found) return renderUnknown(res);
  const { invitation, sessions } = found;
  keepPrivate(res);
  sendCalendar(res, {
    ...invitation,
    id: invitation.trainingId,
    sessions,
    url: `${config().publicUrl}/u/${String(req.params.token)}`,
  });
}
