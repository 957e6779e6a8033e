import type { Request, Response } from 'express';
import { asActor, readAs } from '#src/database.ts';
import { exporterOf } from '#src/exports.ts';
import * as format from '#src/format.ts';
import type { Form } from '#src/http/forms.ts';
import { actorOf, currentAccount } from '#src/http/request.ts';
import { officeOfList } from '#src/institutions/list-paper.ts';
import type { OfficeholderFilter, OfficeholderPdfFilter } from '#src/officeholders/form.ts';
import { choicesFrom, filterChoices, refuseUnknown } from '#src/institutions/choices.ts';
import { inWords, renderList, renderRefused } from '#src/officeholders/pages.ts';
import { officeholderPaper } from '#src/officeholders/paper.ts';
import { exportOfficeholders } from '#src/officeholders/repository.ts';
import { officeholderSheet } from '#src/officeholders/rules.ts';
import { sightOf } from '#src/officers/sheet.ts';
import { buildPdf, sendPdf } from '#src/pdf/build.ts';
import { buildWorkbook, sendWorkbook } from '#src/spreadsheets.ts';

export async function officeholderWorkbook(
  req: Request,
  res: Response,
  form: Form<OfficeholderFilter>,
) {
  const about = await askedFor(req, res, form, 'xlsx');
  if (!about) return;
  const file = await buildWorkbook(officeholderSheet(about.found, about));
  sendWorkbook(res, `pengurus-${about.today}`, file);
}

export async function officeholderPdf(
  req: Request,
  res: Response,
  form: Form<OfficeholderPdfFilter>,
) {
  const about = await askedFor(req, res, form, 'pdf');
  const { input } = form;
  if (!about || !input) return;
  const office = await asActor(actorOf(req), (tx) => officeOfList(tx, input, about.account));
  const paper = officeholderPaper(about.found, { ...about, office, signatory: input.ttd });
  sendPdf(res, `pengurus-${about.today}`, await buildPdf(paper));
}

/** What the filter finds, with what a file says of itself; null when the list was shown again with its errors. */
async function askedFor(
  req: Request,
  res: Response,
  form: Form<OfficeholderFilter>,
  kind: 'xlsx' | 'pdf',
) {
  const filter = form.input;
  if (!filter) {
    await renderRefused(req, res, form);
    return null;
  }
  const [offered] = await readAs(actorOf(req), filterChoices(filter.kelurahan));
  const choices = choicesFrom(offered);
  const known = refuseUnknown(form, choices, 'jenis lembaga');
  if (!known.input) {
    renderList(res.status(422), { form: known, choices, rows: [], count: 0 });
    return null;
  }
  const account = currentAccount(req);
  const today = format.today();
  const words = inWords(form.values, choices);
  const sight = sightOf(account);
  const asked = { words, sight, format: kind };
  return {
    found: await exportOfficeholders(actorOf(req), { ...filter, today }, asked),
    today,
    filter: words,
    sight,
    account,
    exporter: exporterOf(account),
  };
}
