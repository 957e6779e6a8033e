import type { Request, Response } from 'express';
import type { SignedInAccount } from '#src/access.ts';
import type { CompletenessFilter } from '#src/completeness/form.ts';
import { cycleOn, listPage, places } from '#src/completeness/repository.ts';
import { pageOf } from '#src/completeness/view.ts';
import { readAs } from '#src/database.ts';
import * as format from '#src/format.ts';
import type { Form } from '#src/http/forms.ts';
import { actorOf, currentAccount } from '#src/http/request.ts';
import { choicesFrom, filterChoices, refuseUnknown } from '#src/institutions/choices.ts';

export async function completenessPage(
  req: Request,
  res: Response,
  form: Form<CompletenessFilter>,
) {
  const filter = form.input;
  if (!filter) return renderRefused(req, res, form);

  const today = format.today();
  const asked = { ...filter, today };
  const [rows, lines, [cycle], offered] = await readAs(
    actorOf(req),
    listPage(asked, filter.halaman),
    places(asked, levelFor(currentAccount(req), filter)),
    cycleOn(today),
    filterChoices(filter.kelurahan),
  );
  const choices = choicesFrom(offered);
  const known = refuseUnknown(form, choices, 'jenis');
  if (!known.input) return renderRefused(req, res, known);
  const found = { rows, lines, cycle: cycle ?? null, choices };
  res.renderPage('completeness/overview', pageOf(currentAccount(req), form, found));
}

/** The city by kecamatan; within a kecamatan by kelurahan. */
const levelFor = (account: SignedInAccount, filter: CompletenessFilter) =>
  account.kelurahanId === null &&
  account.kecamatanId === null &&
  filter.kecamatan === null &&
  filter.kelurahan === null
    ? 'kecamatan'
    : 'kelurahan';

export async function renderRefused(req: Request, res: Response, form: Form<CompletenessFilter>) {
  const [offered] = await readAs(actorOf(req), filterChoices(null));
  const found = { rows: [], lines: [], cycle: null, choices: choicesFrom(offered) };
  res.status(422).renderPage('completeness/overview', pageOf(currentAccount(req), form, found));
}
