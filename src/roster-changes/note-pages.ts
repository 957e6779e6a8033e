import type { Request, Response } from 'express';
import type { z } from 'zod';
import { asActor } from '#src/database.ts';
import { HttpError } from '#src/http/errors.ts';
import { blankForm, type Form } from '#src/http/forms.ts';
import { once } from '#src/http/idempotency.ts';
import { actorOf, currentAccount, leaveNotice } from '#src/http/request.ts';
import type { noteForm } from '#src/roster-changes/form.ts';
import { moveChange } from '#src/roster-changes/repository.ts';
import { getWaiting } from '#src/roster-changes/waiting.ts';

/** Returning a proposal and refusing it: both ask once, and both need a note. */

export async function returnPage(req: Request, res: Response) {
  await showNote(req, res, blankForm(), 'roster-changes/return');
}

export async function returnChange(
  req: Request,
  res: Response,
  form: Form<z.output<typeof noteForm>>,
) {
  await decideWithNote(req, res, form, {
    outcome: 'returned',
    view: 'roster-changes/return',
    notice: 'Usulan dikembalikan kepada pengusul dengan catatan Anda.',
  });
}

export async function refusalPage(req: Request, res: Response) {
  await showNote(req, res, blankForm(), 'roster-changes/refuse');
}

export async function refuseChange(
  req: Request,
  res: Response,
  form: Form<z.output<typeof noteForm>>,
) {
  await decideWithNote(req, res, form, {
    outcome: 'refused',
    view: 'roster-changes/refuse',
    notice: 'Usulan ditolak. Pengusul menerima alasan Anda.',
  });
}

async function showNote(req: Request, res: Response, form: Form<unknown>, view: string) {
  const change = await asActor(actorOf(req), (tx) => getWaiting(tx, req));
  res.renderPage(view, {
    change,
    form: { ...form, values: { version: String(change.version), ...form.values } },
  });
}

async function decideWithNote(
  req: Request,
  res: Response,
  form: Form<z.output<typeof noteForm>>,
  decision: { outcome: 'returned' | 'refused'; view: string; notice: string },
) {
  const { input } = form;
  if (!input) return showNote(req, res.status(422), form, decision.view);
  const decider = currentAccount(req);
  const location = await once(req, form, async (tx) => {
    const change = await getWaiting(tx, req);
    await tx.decision.create({
      data: {
        rosterChangeId: change.id,
        institutionId: change.institution.id,
        kelurahanId: change.institution.kelurahan.id,
        makerId: change.makerId,
        decidedBy: decider.id,
        decidedByName: decider.displayName,
        outcome: decision.outcome,
        note: input.note,
      },
    });
    const moved = await moveChange(
      tx,
      { ...change, version: input.version },
      { status: decision.outcome },
    );
    if (!moved) throw new HttpError(409, 'changed meanwhile');
    return `/usulan/${change.id}`;
  });
  leaveNotice(req, decision.notice);
  res.redirect(303, location);
}
