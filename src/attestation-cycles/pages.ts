import type { Request, Response } from 'express';
import type { CycleInput } from '#src/attestation-cycles/form.ts';
import {
  findOverlapping,
  getCycle,
  insertCycle,
  listCycles,
  saveCycle,
} from '#src/attestation-cycles/repository.ts';
import { cycleBadge, differences, refusals, spanInWords } from '#src/attestation-cycles/rules.ts';
import { asActor, readAs } from '#src/database.ts';
import * as format from '#src/format.ts';
import { violates } from '#src/http/database-errors.ts';
import { blankForm, withError, type Form } from '#src/http/forms.ts';
import { once } from '#src/http/idempotency.ts';
import { actorOf, currentAccount, idFrom, leaveNotice } from '#src/http/request.ts';
import { signedPdf } from '#src/list-office.ts';

/** Somebody else saved the cycle since the form was opened. */
class CycleChanged extends Error {}

export async function cycleList(req: Request, res: Response) {
  const today = format.today();
  const [cycles] = await readAs(actorOf(req), listCycles());
  res.renderPage('attestation-cycles/list', {
    pdf: signedPdf(currentAccount(req), '/pernyataan.pdf', {}),
    cycles: cycles.map((cycle) => ({
      ...cycle,
      span: spanInWords(cycle),
      badge: cycleBadge(cycle, today),
    })),
  });
}

export function newCyclePage(_req: Request, res: Response) {
  renderEdit(res, null, blankForm({ version: 1 }));
}

export async function createCycle(req: Request, res: Response, form: Form<CycleInput>) {
  const { input } = form;
  if (!input) return renderEdit(res.status(422), null, form);
  try {
    const location = await once(req, form, async (tx) => {
      await insertCycle(tx, input);
      return '/pernyataan';
    });
    leaveNotice(req, `Masa pernyataan ${input.name} tersimpan: ${spanInWords(input)}.`);
    res.redirect(303, location);
  } catch (error) {
    renderEdit(res.status(422), null, await refusedBy(req, error, form));
  }
}

export async function cyclePage(req: Request, res: Response) {
  const cycle = await getStored(req);
  renderEdit(res, cycle, blankForm(cycle));
}

export async function updateCycle(req: Request, res: Response, form: Form<CycleInput>) {
  const cycle = await getStored(req);
  const { input } = form;
  if (!input) return renderEdit(res.status(422), cycle, form);
  try {
    const location = await once(req, form, async (tx) => {
      if (!(await saveCycle(tx, cycle.id, input))) throw new CycleChanged();
      return '/pernyataan';
    });
    leaveNotice(req, `Masa pernyataan ${input.name} tersimpan: ${spanInWords(input)}.`);
    res.redirect(303, location);
  } catch (error) {
    if (error instanceof CycleChanged) return renderConflict(req, res, { form, input });
    renderEdit(res.status(422), cycle, await refusedBy(req, error, form));
  }
}

const getStored = (req: Request) => asActor(actorOf(req), (tx) => getCycle(tx, idFrom(req)));

function renderEdit(
  res: Response,
  cycle: { id: number; name: string } | null,
  form: Form<unknown>,
) {
  res.renderPage('attestation-cycles/edit', { cycle, form });
}

/** The form again with the rule that the database held; an overlap names the other cycle. */
async function refusedBy(req: Request, error: unknown, form: Form<CycleInput>) {
  const refusal = refusals.find(({ constraint }) => violates(error, constraint));
  if (!refusal || !form.input) throw error;
  const { input } = form;
  if (refusal.constraint !== 'attestation_cycles_do_not_overlap')
    return withError(form, refusal.field, refusal.sentence);
  const own = req.params.id === undefined ? 0 : idFrom(req);
  const other = await asActor(actorOf(req), (tx) => findOverlapping(tx, input, own));
  if (!other) return withError(form, refusal.field, refusal.sentence);
  const dates = { startsOn: format.isoDate(other.startsOn), dueOn: format.isoDate(other.dueOn) };
  return withError(
    form,
    refusal.field,
    `Bertumpang tindih dengan ${other.name}, ${spanInWords(dates)}. Pilih tanggal di luar masa itu`,
  );
}

async function renderConflict(
  req: Request,
  res: Response,
  { form, input }: { form: Form<unknown>; input: CycleInput },
) {
  const stored = await getStored(req);
  res.status(409).renderPage('attestation-cycles/conflict', {
    name: stored.name,
    href: `/pernyataan/${stored.id}`,
    key: blankForm().key,
    rows: differences(stored, input),
    fields: Object.entries({ ...form.values, version: String(stored.version) }),
  });
}
