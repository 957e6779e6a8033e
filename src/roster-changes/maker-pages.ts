import type { Request, Response } from 'express';
import type { z } from 'zod';
import { type Transaction, asActor } from '#src/database.ts';
import { violates } from '#src/http/database-errors.ts';
import { HttpError, badRequest } from '#src/http/errors.ts';
import { type Form, blankForm } from '#src/http/forms.ts';
import { once } from '#src/http/idempotency.ts';
import { actorOf, leaveNotice } from '#src/http/request.ts';
import { describe } from '#src/roster-changes/description.ts';
import { getDraft, getOwnChange } from '#src/roster-changes/draft.ts';
import type { versionForm } from '#src/roster-changes/form.ts';
import { type Change, getChange } from '#src/roster-changes/change.ts';
import { alreadyProposed, findOpenProposal } from '#src/roster-changes/open-proposals.ts';
import { moveChange, nextNumber } from '#src/roster-changes/repository.ts';
import { listSeatsOn } from '#src/roster-changes/seats.ts';
import { isComplete, nextStep, stepsOf } from '#src/roster-changes/steps.ts';

/** What the maker of a proposal does with it once everything is answered. */

export async function checkAnswersPage(req: Request, res: Response) {
  const model = await asActor(actorOf(req), async (tx) => describe(tx, await getDraft(tx, req)));
  if (!isComplete(model.change)) return res.redirect(303, nextStep(model.change));
  res.renderPage('roster-changes/check', {
    ...model,
    form: blankForm({ version: model.change.version }),
    steps: stepsOf(model.change, 'check'),
  });
}

export async function submitChange(
  req: Request,
  res: Response,
  form: Form<z.output<typeof versionForm>>,
) {
  try {
    const location = await once(req, form, async (tx) => {
      const change = await getDraft(tx, req);
      if (!isComplete(change)) return nextStep(change);
      if (await isOvertaken(tx, change)) throw new HttpError(409, 'overtaken');
      const number = change.number ?? (await nextNumber(tx));
      const moved = await moveChange(
        tx,
        { ...change, version: versionOf(form) },
        {
          status: 'submitted',
          submittedAt: new Date(),
          number,
          baseVersion: change.institution.rosterVersion,
        },
      );
      if (!moved) throw new HttpError(409, 'changed meanwhile');
      leaveNotice(
        req,
        `Usulan ${number} terkirim ke Lurah ${change.institution.kelurahan.name}. Anda akan melihat keputusannya di halaman ini.`,
      );
      return `/usulan/${change.id}`;
    });
    res.redirect(303, location);
  } catch (error) {
    if (!violates(error, 'roster_changes_one_open_per_')) throw error;
    await showAlreadyProposed(req, res);
  }
}

/** Somebody else's proposal about the seat was sent meanwhile. */
async function showAlreadyProposed(req: Request, res: Response) {
  const { open, ...model } = await asActor(actorOf(req), async (tx) => {
    const change = await getDraft(tx, req);
    const seatIds = change.lines.map(({ seatId }) => seatId);
    const about = { id: change.id, kind: change.kind, seatIds };
    return {
      ...(await describe(tx, change)),
      open: await findOpenProposal(tx, change.institution.id, about),
    };
  });
  const other = open && alreadyProposed(open, model.change.makerId);
  res.status(422).renderPage('roster-changes/check', {
    ...model,
    form: {
      ...blankForm({ version: model.change.version }),
      errors: {
        '': other?.sentence ?? 'Sudah ada usulan yang menunggu keputusan untuk jabatan ini.',
      },
    },
    openHref: other?.openHref,
    steps: stepsOf(model.change, 'check'),
  });
}

export async function cancelPage(req: Request, res: Response) {
  const change = await asActor(actorOf(req), (tx) => getOwnChange(tx, req));
  res.renderPage('roster-changes/cancel', { change, form: blankForm({ version: change.version }) });
}

export async function cancelChange(
  req: Request,
  res: Response,
  form: Form<z.output<typeof versionForm>>,
) {
  const location = await once(req, form, async (tx) => {
    const change = await getOwnChange(tx, req);
    await move(tx, change, versionOf(form), 'cancelled');
    return `/lembaga/${change.institution.id}`;
  });
  leaveNotice(req, 'Usulan dibatalkan.');
  res.redirect(303, location);
}

/** A returned proposal becomes a draft again, with everything that was typed. */
export async function reviseChange(
  req: Request,
  res: Response,
  form: Form<z.output<typeof versionForm>>,
) {
  const location = await once(req, form, async (tx) => {
    const change = await getOwnChange(tx, req);
    await move(tx, change, versionOf(form), 'draft');
    return nextStep(await getChange(tx, change.id));
  });
  res.redirect(303, location);
}

/** Whether the roster moved on under a draft: somebody whom it replaces no longer holds the seat. */
async function isOvertaken(tx: Transaction, change: Change): Promise<boolean> {
  const seats = await listSeatsOn(tx, change.institution.id);
  return change.lines.some(({ seatId, outgoing }) => {
    if (!outgoing) return false;
    const seat = seats.find(({ id }) => id === seatId);
    return (
      seat?.holder?.tenureId !== outgoing.tenureId && seat?.acting?.tenureId !== outgoing.tenureId
    );
  });
}

async function move(
  tx: Transaction,
  change: Change,
  version: number,
  status: 'cancelled' | 'draft',
) {
  const moved = await moveChange(tx, { ...change, version }, { status });
  if (!moved) throw new HttpError(409, 'changed meanwhile');
}

function versionOf(form: Form<z.output<typeof versionForm>>): number {
  if (!form.input) throw badRequest('version');
  return form.input.version;
}
