import type { Request, Response } from 'express';
import { asActor, readAs } from '#src/database.ts';
import { exporterOf, recordExport } from '#src/exports.ts';
import * as format from '#src/format.ts';
import type { Form } from '#src/http/forms.ts';
import { actorOf, currentAccount } from '#src/http/request.ts';
import { choicesFrom, filterChoices, refuseUnknown } from '#src/institutions/choices.ts';
import type { InstitutionFilter, InstitutionPdfQuery } from '#src/institutions/form.ts';
import { listPaper, officeOfList } from '#src/institutions/list-paper.ts';
import { filterInWords, renderList } from '#src/institutions/list-view.ts';
import { listWorkbook } from '#src/institutions/list-workbook.ts';
import {
  countInstitutions,
  exportedAtMost,
  exportQuery,
  listInstitutions,
  type ExportRow,
} from '#src/institutions/listing.ts';
import { buildPdf, sendPdf } from '#src/pdf/build.ts';
import { buildWorkbook, sendWorkbook } from '#src/spreadsheets.ts';

export async function institutionList(req: Request, res: Response, form: Form<InstitutionFilter>) {
  const filter = form.input;
  if (!filter) return renderRefused(req, res, form);

  const applied = { ...filter, today: format.today() };
  const [rows, [counted], found] = await readAs(
    actorOf(req),
    listInstitutions(applied),
    countInstitutions(applied),
    filterChoices(filter.kelurahan),
  );
  const choices = choicesFrom(found);
  const known = refuseUnknown(form, choices, 'jenis');
  if (!known.input)
    return renderList(req, res.status(422), { form: known, choices, rows: [], count: 0 });
  renderList(req, res, { form, choices, rows, count: counted?.count ?? 0 });
}

export async function institutionWorkbook(
  req: Request,
  res: Response,
  form: Form<InstitutionFilter>,
) {
  const found = await readExport(req, res, { form, details: {} });
  if (!found) return;
  const { today } = found;
  sendWorkbook(res, `lembaga-${today}`, await buildWorkbook(listWorkbook(found.rows, found)));
}

export async function institutionPdf(req: Request, res: Response, form: Form<InstitutionPdfQuery>) {
  const { input } = form;
  const found = await readExport(req, res, { form, details: { format: 'pdf' } });
  if (!found || !input) return;
  const office = await asActor(actorOf(req), (tx) => officeOfList(tx, input, found.account));
  const paper = listPaper(found.rows, { ...found, office, signatory: input.ttd });
  sendPdf(res, `lembaga-${found.today}`, await buildPdf(paper));
}

type Asked = { form: Form<InstitutionFilter>; details: Record<string, string> };

/** The rows of the filter, recorded as they leave the portal; null once a refused filter was answered. */
async function readExport(req: Request, res: Response, { form, details }: Asked) {
  const filter = form.input;
  if (!filter) {
    await renderRefused(req, res, form);
    return null;
  }
  const today = format.today();
  const [found] = await readAs(actorOf(req), filterChoices(filter.kelurahan));
  const choices = choicesFrom(found);
  const known = refuseUnknown(form, choices, 'jenis');
  if (!known.input) {
    renderList(req, res.status(422), { form: known, choices, rows: [], count: 0 });
    return null;
  }
  const words = filterInWords(form.values, choices);
  const rows = await asActor(actorOf(req), async (tx) => {
    const all = await tx.$queryRaw<ExportRow[]>(exportQuery({ ...filter, today }));
    const kept = { ...details, filter: words, rows: Math.min(all.length, exportedAtMost) };
    await recordExport(tx, { table: 'institutions', details: kept });
    return all;
  });
  const account = currentAccount(req);
  const exporter = exporterOf(account);
  return { rows, account, today, filter: words, exporter };
}

async function renderRefused(req: Request, res: Response, form: Form<InstitutionFilter>) {
  const [found] = await readAs(actorOf(req), filterChoices(null));
  renderList(req, res.status(422), { form, choices: choicesFrom(found), rows: [], count: 0 });
}
