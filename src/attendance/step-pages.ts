import type { Request, Response } from 'express';
import type { z } from 'zod';
import { asActor, type Transaction } from '#src/database.ts';
import { forbidden, HttpError } from '#src/http/errors.ts';
import { blankForm, type Form } from '#src/http/forms.ts';
import { once } from '#src/http/idempotency.ts';
import { actorOf, currentAccount, leaveNotice } from '#src/http/request.ts';
import { listHref } from '#src/attendance/filter.ts';
import type { reasonForm } from '#src/attendance/form.ts';
import {
  closeSession,
  openSession,
  type Place,
  reopenSession,
} from '#src/attendance/repository.ts';
import { idsOf, recordable } from '#src/attendance/tap-pages.ts';
import { organises } from '#src/trainings/frame.ts';

/** Early is allowed; when it was is kept. */
export async function open(req: Request, res: Response, form: Form<unknown>) {
  await step(
    req,
    res,
    { form, notice: 'Sesi dibuka. Catat yang datang dengan tombol Hadir.' },
    openSession,
  );
}

export async function closePage(req: Request, res: Response) {
  const place = await asActor(actorOf(req), (tx) => steerable(tx, req));
  res.renderPage('attendance/close', { place, form: blankForm() });
}

export async function close(req: Request, res: Response, form: Form<unknown>) {
  await step(req, res, { form, notice: 'Sesi ditutup.' }, (tx, account, place) =>
    closeSession(tx, account, place.sessionId),
  );
}

export async function reopenPage(req: Request, res: Response) {
  const place = await asActor(actorOf(req), (tx) => steerable(tx, req));
  res.renderPage('attendance/reopen', { place, form: blankForm() });
}

export async function reopen(req: Request, res: Response, form: Form<z.output<typeof reasonForm>>) {
  const { input } = form;
  if (!input) {
    const place = await asActor(actorOf(req), (tx) => steerable(tx, req));
    return res.status(422).renderPage('attendance/reopen', { place, form });
  }
  await step(req, res, { form, notice: 'Sesi dibuka kembali.' }, (tx, account, place) => {
    if (place.status === 'finished') throw new HttpError(409, 'training is over');
    return reopenSession(tx, account, { sessionId: place.sessionId, reason: input.reason });
  });
}

/** Opening and closing settle everybody's attendance: the organiser's to do. */
async function steerable(tx: Transaction, req: Request): Promise<Place> {
  const place = await recordable(tx, req);
  if (!organises(currentAccount(req), place) || place.status === 'draft') throw forbidden();
  return place;
}

/** Somebody else may have opened or closed it a moment ago: then it is as wanted, and the list says so. */
async function step(
  req: Request,
  res: Response,
  { form, notice }: { form: Form<unknown>; notice: string },
  work: (
    tx: Transaction,
    account: ReturnType<typeof currentAccount>,
    place: Place,
  ) => Promise<boolean>,
) {
  const location = await once(req, form, async (tx) => {
    const place = await steerable(tx, req);
    const done = await work(tx, currentAccount(req), place);
    leaveNotice(req, done ? notice : 'Keadaan sesi ini sudah diubah petugas lain.');
    return listHref(idsOf(req), {});
  });
  res.redirect(303, location);
}
