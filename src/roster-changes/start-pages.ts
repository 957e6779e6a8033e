import type { Request, Response } from 'express';
import type { z } from 'zod';
import { asActor } from '#src/database.ts';
import { notFound } from '#src/http/errors.ts';
import { type Form, blankForm, withError } from '#src/http/forms.ts';
import { once } from '#src/http/idempotency.ts';
import { actorOf, currentAccount } from '#src/http/request.ts';
import { fits, lineFor, startCandidate } from '#src/roster-changes/draft.ts';
import {
  type NewChangeInput,
  newChangeForm,
  type newChangeQuery,
} from '#src/roster-changes/form.ts';
import { getChange } from '#src/roster-changes/change.ts';
import {
  AlreadyProposed,
  alreadyProposed,
  findOpenProposal,
} from '#src/roster-changes/open-proposals.ts';
import { insertChange } from '#src/roster-changes/repository.ts';
import {
  getInstitution,
  listInstitutionsToChoose,
  listSeatsOn,
} from '#src/roster-changes/seats.ts';
import { nextStep } from '#src/roster-changes/steps.ts';

export async function newChangePage(
  req: Request,
  res: Response,
  query: Form<z.output<typeof newChangeQuery>>,
) {
  if (!query.input) throw notFound();
  const institutionId = query.input.lembaga ?? currentAccount(req).institutionId;
  const form = blankForm({
    institutionId,
    seatId: query.input.kursi,
    kind: query.input.kursi ? 'fill' : null,
  });
  await showNew(req, res, { form, institutionId });
}

export async function createChange(req: Request, res: Response, form: Form<NewChangeInput>) {
  const { input } = form;
  const maker = currentAccount(req);
  if (!input) {
    const chosen = newChangeForm.shape.institutionId.safeParse(form.values.institutionId);
    const institutionId = chosen.data ?? maker.institutionId;
    return showNew(req, res.status(422), { form, institutionId });
  }
  try {
    res.redirect(303, await start(req, form, input));
  } catch (error) {
    if (!(error instanceof AlreadyProposed)) throw error;
    const { sentence, openHref } = alreadyProposed(error.open, maker.id);
    const { institutionId } = input;
    const shown = { form: withError(form, '', sentence), institutionId, openHref };
    await showNew(req, res.status(422), shown);
  }
}

function start(req: Request, form: Form<NewChangeInput>, input: NewChangeInput) {
  const maker = currentAccount(req);
  return once(req, form, async (tx) => {
    const institution = await getInstitution(tx, input.institutionId);
    const seats = await listSeatsOn(tx, institution.id);
    const seat = seats.find(({ id }) => id === input.seatId);
    const lines =
      input.kind === 'new_board'
        ? seats.map(({ id, holder }) => ({
            seatId: id,
            ...(holder ? { incomingPersonId: holder.personId } : {}),
          }))
        : seat && fits(input.kind, seat)
          ? [lineFor(input.kind, seat)]
          : [];
    const seatIds = lines.map(({ seatId }) => seatId);
    const open = await findOpenProposal(tx, institution.id, { kind: input.kind, seatIds });
    if (open) throw new AlreadyProposed(open);
    const subject = input.kind === 'new_board' ? 'board' : `seat:${lines[0]?.seatId ?? 0}`;
    const id = await insertChange(tx, { institution, kind: input.kind, subject, maker, lines });
    const draft = await getChange(tx, id);
    await startCandidate(tx, draft);
    return nextStep(await getChange(tx, id));
  });
}

type Shown = { form: Form<unknown>; institutionId: number | null; openHref?: string | null };

/** Without an institution, the page asks which one. */
async function showNew(req: Request, res: Response, { institutionId, ...shown }: Shown) {
  const choice = await asActor(actorOf(req), async (tx) =>
    institutionId === null
      ? { institution: null, institutions: await listInstitutionsToChoose(tx) }
      : { institution: await getInstitution(tx, institutionId), institutions: [] },
  );
  res.renderPage('roster-changes/new', { ...shown, ...choice });
}
