import type { Request, Response } from 'express';
import { asActor, type Transaction } from '#src/database.ts';
import { forbidden } from '#src/http/errors.ts';
import type { Form } from '#src/http/forms.ts';
import { HttpError } from '#src/http/errors.ts';
import { actorOf, currentAccount, idFrom, leaveNotice } from '#src/http/request.ts';
import { listHref } from '#src/attendance/filter.ts';
import type { TapInput } from '#src/attendance/form.ts';
import { getPlace, type Place, recordCheckIn } from '#src/attendance/repository.ts';
import { records, refusals } from '#src/attendance/rules.ts';

export const idsOf = (req: Request) => ({
  trainingId: idFrom(req),
  sessionId: idFrom(req, 'sessionId'),
});

/** The session, when the account may record attendance in it. */
export async function recordable(tx: Transaction, req: Request): Promise<Place> {
  const { trainingId, sessionId } = idsOf(req);
  const place = await getPlace(tx, trainingId, sessionId);
  if (!records(currentAccount(req), place) || place.status === 'cancelled') throw forbidden();
  return place;
}

/** One tap on "Hadir". The key is its nonce: sent again, it changes nothing. */
export async function tap(req: Request, res: Response, form: Form<TapInput>) {
  const { input, key } = form;
  if (!input) throw new HttpError(400, 'no such person');
  const { outcome } = await asActor(actorOf(req), async (tx) => {
    const { sessionId } = await recordable(tx, req);
    return recordCheckIn(tx, currentAccount(req), {
      nonce: key,
      sessionId,
      invitationId: input.invitationId,
      method: 'tap',
      status: 'present',
    });
  });
  const refusal = refusals[outcome];
  if (refusal) leaveNotice(req, refusal);
  res.redirect(303, `${listHref(idsOf(req), form.values)}#orang-${input.invitationId}`);
}
