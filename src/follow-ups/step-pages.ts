import type { Request, Response } from 'express';
import type { z } from 'zod';
import type { SignedInAccount } from '#src/access.ts';
import { readAs } from '#src/database.ts';
import { forbidden, HttpError, notFound } from '#src/http/errors.ts';
import { blankForm, type Form } from '#src/http/forms.ts';
import { once } from '#src/http/idempotency.ts';
import { actorOf, currentAccount, idFrom, leaveNotice } from '#src/http/request.ts';
import { followUpDetail, type FollowUp } from '#src/follow-ups/detail-statements.ts';
import type { claimForm, reopenForm, stepForm } from '#src/follow-ups/form.ts';
import { moveFollowUp } from '#src/follow-ups/repository.ts';
import {
  asSentence,
  mayConfirm,
  mayReopen,
  mayWork,
  type FollowUpStatus,
} from '#src/follow-ups/rules.ts';

type Step = { to: FollowUpStatus; notice: string; may: typeof mayWork };
const steps = {
  start: { to: 'in_progress', notice: 'Tercatat mulai dikerjakan.', may: mayWork },
  claim: {
    to: 'claimed',
    notice: 'Dinyatakan selesai. Yang meminta akan diminta mengonfirmasi.',
    may: mayWork,
  },
  confirm: { to: 'confirmed', notice: 'Dikonfirmasi selesai. Terima kasih.', may: mayConfirm },
  reopen: { to: 'reopened', notice: 'Tindak lanjut dibuka lagi.', may: mayReopen },
} as const satisfies Record<string, Step>;

export const start = (req: Request, res: Response, form: Form<z.output<typeof stepForm>>) =>
  take(req, res, { form, step: steps.start });

export const confirm = (req: Request, res: Response, form: Form<z.output<typeof stepForm>>) =>
  take(req, res, { form, step: steps.confirm });

export async function claimPage(req: Request, res: Response) {
  const followUp = await allowed(req, steps.claim.may);
  renderNote(res, 'claim', { followUp, form: blankForm({ version: followUp.version }) });
}

export async function claim(req: Request, res: Response, form: Form<z.output<typeof claimForm>>) {
  if (!form.input)
    return renderNote(res.status(422), 'claim', {
      followUp: await allowed(req, steps.claim.may),
      form,
    });
  await take(req, res, { form, step: steps.claim });
}

export async function reopenPage(req: Request, res: Response) {
  const followUp = await allowed(req, steps.reopen.may);
  renderNote(res, 'reopen', { followUp, form: blankForm({ version: followUp.version }) });
}

export async function reopen(req: Request, res: Response, form: Form<z.output<typeof reopenForm>>) {
  if (!form.input)
    return renderNote(res.status(422), 'reopen', {
      followUp: await allowed(req, steps.reopen.may),
      form,
    });
  await take(req, res, { form, step: steps.reopen });
}

async function take(
  req: Request,
  res: Response,
  { form, step }: { form: Form<{ version: number; note?: string }>; step: Step },
) {
  const { input } = form;
  const followUp = await find(req);
  if (!input) throw new HttpError(400, 'no version');
  const location = await once(req, form, async (tx) => {
    // Somebody else took a step since the page was opened: it shows where it stands now.
    if (followUp.version !== input.version) throw new HttpError(409, 'follow-up changed');
    if (!isAllowed(currentAccount(req), followUp, step)) throw forbidden();
    const moved = await moveFollowUp(tx, currentAccount(req), {
      id: followUp.id,
      version: input.version,
      kelurahanId: followUp.kelurahanId,
      to: step.to,
      note: input.note ?? '',
    });
    if (!moved) throw new HttpError(409, 'follow-up changed');
    leaveNotice(req, step.notice);
    return `/tindak-lanjut/${followUp.id}`;
  });
  res.redirect(303, location);
}

/** What is being worked on is not begun once more. */
const isAllowed = (account: SignedInAccount, followUp: FollowUp, { to, may }: Step) =>
  may(account, followUp) && followUp.status !== to;

async function find(req: Request): Promise<FollowUp> {
  const [[followUp]] = await readAs(actorOf(req), followUpDetail(idFrom(req)));
  if (!followUp) throw notFound();
  return followUp;
}

async function allowed(req: Request, may: Step['may']): Promise<FollowUp> {
  const followUp = await find(req);
  if (!may(currentAccount(req), followUp)) throw forbidden();
  return followUp;
}

const renderNote = (
  res: Response,
  page: 'claim' | 'reopen',
  model: { followUp: FollowUp; form: Form<unknown> },
) => res.renderPage(`follow-ups/${page}`, { ...model, sentence: asSentence(model.followUp.text) });
