import type { Request, Response } from 'express';
import { type Transaction, asActor } from '#src/database.ts';
import { HttpError, forbidden, notFound } from '#src/http/errors.ts';
import type { Form } from '#src/http/forms.ts';
import { once } from '#src/http/idempotency.ts';
import { actorOf, currentAccount, idFrom } from '#src/http/request.ts';
import { maskedNik } from '#src/roster-changes/description.ts';
import { type Change, type ChangeLine, getChange } from '#src/roster-changes/change.ts';
import { updateLine } from '#src/roster-changes/repository.ts';
import type { ChangeKind } from '#src/roster-changes/rules.ts';
import type { SeatHolding } from '#src/roster-changes/seats.ts';
import { nextStep, stepsOf } from '#src/roster-changes/steps.ts';

/** What the pages of a draft share: one question a page, everything kept as soon as it is sent. */

/** The draft of whoever is signed in; another's is not theirs to change, and a sent one is no draft any more. */
export async function getDraft(tx: Transaction, req: Request): Promise<Change> {
  const change = await getOwnChange(tx, req);
  if (change.status !== 'draft') throw new HttpError(409, 'not a draft');
  return change;
}

/** The proposal of the address, at whatever stage; 403 for everybody but its maker. */
export async function getOwnChange(tx: Transaction, req: Request): Promise<Change> {
  const change = await getChange(tx, idFrom(req));
  if (change.makerId !== currentAccount(req).id) throw forbidden();
  return change;
}

type Locals = Record<string, unknown>;

export async function showDraft(
  req: Request,
  res: Response,
  view: string,
  locals: (tx: Transaction, change: Change) => Locals | Promise<Locals>,
) {
  const page = view.endsWith('time') ? 'time' : view.endsWith('board') ? 'person' : 'seat';
  const model = await asActor(actorOf(req), async (tx) => {
    const change = await getDraft(tx, req);
    return { change, steps: stepsOf(change, page), ...(await locals(tx, change)) };
  });
  res.renderPage(view, model);
}

export async function showLine(
  req: Request,
  res: Response,
  view: string,
  locals: (tx: Transaction, change: Change, line: ChangeLine) => Locals | Promise<Locals>,
) {
  const model = await asActor(actorOf(req), async (tx) => {
    const change = await getDraft(tx, req);
    const line = lineOf(change, req);
    return {
      change,
      line,
      nikMask: maskedNik(line),
      steps: stepsOf(change, 'person'),
      ...(await locals(tx, change, line)),
    };
  });
  res.renderPage(view, model);
}

/** Keeps the answers of one page about a new person, or shows the page again with what is to mend. */
export async function keepAnswer<Input>(
  req: Request,
  res: Response,
  page: { form: Form<Input>; view: string; more?: (tx: Transaction) => Promise<Locals> },
  keep: (tx: Transaction, change: Change, line: ChangeLine, input: Input) => Promise<void>,
) {
  const { form, view, more } = page;
  const { input } = form;
  if (input === undefined) {
    return showLine(req, res.status(422), view, async (tx) => ({
      form,
      ...(more ? await more(tx) : {}),
    }));
  }
  const location = await once(req, form, async (tx) => {
    const change = await getDraft(tx, req);
    await keep(tx, change, lineOf(change, req), input);
    return nextStep(await getChange(tx, change.id));
  });
  res.redirect(303, location);
}

export function lineOf(change: Change, req: Request): ChangeLine {
  const line = change.lines.find(({ seatId }) => seatId === idFrom(req, 'seatId'));
  if (!line) throw notFound();
  return line;
}

/** A proposal to seat somebody asks about a new person at once; an acting one first asks who it is. */
export async function startCandidate(tx: Transaction, change: Change) {
  const [line] = change.lines;
  if (!line || line.candidate || (change.kind !== 'replace' && change.kind !== 'fill')) return;
  await updateLine(tx, change, line, { candidate: {} });
}

export function fits(kind: ChangeKind, seat: SeatHolding): boolean {
  switch (kind) {
    case 'replace':
      return seat.holder !== null;
    case 'fill':
      return seat.holder === null;
    case 'acting':
      return seat.acting === null;
    case 'end':
      return seat.holder !== null || seat.acting !== null;
    case 'new_board':
      return false;
  }
}

export function lineFor(kind: ChangeKind, seat: SeatHolding) {
  const leaving =
    kind === 'replace' || kind === 'end'
      ? (seat.holder ?? seat.acting)
      : kind === 'fill'
        ? seat.acting
        : null;
  return { seatId: seat.id, ...(leaving ? { outgoingTenureId: leaving.tenureId } : {}) };
}
