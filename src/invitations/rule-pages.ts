import type { Request, Response } from 'express';
import { today } from '#src/format.ts';
import { type Form, withError } from '#src/http/forms.ts';
import {
  candidatesFor,
  countsOf,
  invite,
  invitedSoFar,
  whileComposed,
} from '#src/invitations/composing.ts';
import { kelurahanIn, positionsIn, type RuleInput } from '#src/invitations/form.ts';
import {
  kelurahanInReach,
  type PositionInReach,
  positionsInReach,
} from '#src/invitations/lookups.ts';

/** Invitees by position: which boxes there are and, once some are ticked, whom they choose. */
export async function rulePage(req: Request, res: Response, form: Form<RuleInput>) {
  const isAsked = Object.keys(form.values).length > 0;
  await renderRule(req, res, isAsked ? withPositions(form) : form);
}

export async function inviteByRule(req: Request, res: Response, form: Form<RuleInput>) {
  const checked = withPositions(form);
  if (!checked.input) return renderRule(req, res, checked);
  await invite(req, res, form, wantedBy(checked.input));
}

const withPositions = (form: Form<RuleInput>) =>
  form.input && positionsIn(form.input).length === 0
    ? withError(form, 'jabatan1', 'Pilih paling sedikit satu jabatan')
    : form;

/** No kelurahan ticked means all that the training reaches. */
function wantedBy(input: RuleInput) {
  const places = kelurahanIn(input);
  return {
    positionTypeIds: positionsIn(input),
    ...(places.length > 0 ? { kelurahanIds: places } : {}),
    untrained: input.belum === 'on',
  };
}

async function renderRule(req: Request, res: Response, form: Form<RuleInput>) {
  const { input } = form;
  const isChosen = input !== undefined && positionsIn(input).length > 0;
  const model = await whileComposed(req, async (tx, training) => ({
    positions: await positionsInReach(tx, training.id, today()),
    places: await kelurahanInReach(tx, training.kelurahanIds),
    invited: await invitedSoFar(tx, training),
    chosen: isChosen ? await candidatesFor(tx, training, wantedBy(input)) : null,
  }));
  const { training, positions, chosen } = model;
  res.status(input ? 200 : 422).renderPage('invitations/rule', {
    ...model,
    form,
    base: `/pelatihan/${training.id}/undangan`,
    types: byType(positions),
    counts: chosen && countsOf(chosen, { ...model, capacity: training.capacity }),
    fields: Object.entries(form.values),
  });
}

/** Each type with its positions, which keep their place among all boxes. */
function byType(positions: readonly PositionInReach[]) {
  const boxes = positions.map((position, index) => ({ ...position, box: `jabatan${index + 1}` }));
  return [...Map.groupBy(boxes, ({ typeName }) => typeName)].map(([name, list]) => ({
    name,
    boxes: list,
  }));
}
