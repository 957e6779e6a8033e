import type { Request, Response } from 'express';
import type { z } from 'zod';
import { type Transaction, asActor } from '#src/database.ts';
import { type Form, blankForm, withError } from '#src/http/forms.ts';
import { once } from '#src/http/idempotency.ts';
import { actorOf } from '#src/http/request.ts';
import { fits, getDraft, lineFor, showDraft, startCandidate } from '#src/roster-changes/draft.ts';
import type { seatForm } from '#src/roster-changes/form.ts';
import { type Change, getChange } from '#src/roster-changes/change.ts';
import { alreadyProposed, findOpenProposal } from '#src/roster-changes/open-proposals.ts';
import { chooseSeat } from '#src/roster-changes/repository.ts';
import { type SeatHolding, listSeatsOn } from '#src/roster-changes/seats.ts';
import { nextStep, stepsOf } from '#src/roster-changes/steps.ts';

export async function seatPage(req: Request, res: Response) {
  await showDraft(req, res, 'roster-changes/seat', async (tx, change) => ({
    form: blankForm({ seatId: change.lines[0]?.seatId ?? null }),
    seats: await seatsToChoose(tx, change),
  }));
}

export async function setSeat(req: Request, res: Response, form: Form<z.output<typeof seatForm>>) {
  const { change, seats, seat, open } = await asActor(actorOf(req), async (tx) => {
    const draft = await getDraft(tx, req);
    const choice = await seatsToChoose(tx, draft);
    const chosen = choice.find(({ id }) => id === form.input?.seatId);
    const about = { id: draft.id, kind: draft.kind, seatIds: chosen ? [chosen.id] : [] };
    return {
      change: draft,
      seats: choice,
      seat: chosen,
      open: await findOpenProposal(tx, draft.institution.id, about),
    };
  });
  const show = (shown: object) =>
    res.status(422).renderPage('roster-changes/seat', {
      change,
      seats,
      steps: stepsOf(change, 'seat'),
      ...shown,
    });
  if (!seat)
    return show({
      form: form.input ? withError(form, 'seatId', 'Pilih jabatan dari daftar ini') : form,
    });
  if (open) {
    const { sentence, openHref } = alreadyProposed(open, change.makerId);
    return show({ form: withError(form, 'seatId', sentence), openHref });
  }
  const location = await once(req, form, async (tx) => {
    await chooseSeat(tx, change, lineFor(change.kind, seat));
    await startCandidate(tx, await getChange(tx, change.id));
    return nextStep(await getChange(tx, change.id));
  });
  res.redirect(303, location);
}

async function seatsToChoose(tx: Transaction, change: Change): Promise<SeatHolding[]> {
  const seats = await listSeatsOn(tx, change.institution.id);
  return seats.filter((seat) => fits(change.kind, seat));
}
