import type { Request, Response } from 'express';
import { readAs } from '#src/database.ts';
import * as format from '#src/format.ts';
import type { Form } from '#src/http/forms.ts';
import { actorOf } from '#src/http/request.ts';
import { choicesFrom, filterChoices, refuseUnknown } from '#src/institutions/choices.ts';
import type { InstitutionFilter } from '#src/institutions/form.ts';
import { renderList } from '#src/institutions/list-view.ts';
import { countInstitutions, listInstitutions } from '#src/institutions/listing.ts';
import { isLocal } from '#src/queries.ts';

export async function institutionList(req: Request, res: Response, form: Form<InstitutionFilter>) {
  const filter = form.input;
  if (!filter) return renderRefused(req, res, form);

  const actor = actorOf(req);
  const applied = { ...filter, today: format.today() };
  const [rows, [counted], found] = await readAs(
    actor,
    listInstitutions(applied, { isLocal: isLocal(actor, filter) }),
    countInstitutions(applied),
    filterChoices(filter.kelurahan),
  );
  const choices = choicesFrom(found);
  const known = refuseUnknown(form, choices, 'jenis');
  if (!known.input)
    return renderList(req, res.status(422), { form: known, choices, rows: [], count: 0 });
  renderList(req, res, { form, choices, rows, count: counted?.count ?? 0 });
}

export async function renderRefused(req: Request, res: Response, form: Form<InstitutionFilter>) {
  const [found] = await readAs(actorOf(req), filterChoices(null));
  renderList(req, res.status(422), { form, choices: choicesFrom(found), rows: [], count: 0 });
}
