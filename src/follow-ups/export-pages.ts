import type { Request, Response } from 'express';
import { asActor } from '#src/database.ts';
import { exporterOf, recordExportAs } from '#src/exports.ts';
import * as format from '#src/format.ts';
import type { Form } from '#src/http/forms.ts';
import { actorOf, currentAccount } from '#src/http/request.ts';
import { followUpPaper, followUpSheet } from '#src/follow-ups/files.ts';
import type { FollowUpPdfQuery, FollowUpQuery } from '#src/follow-ups/form.ts';
import { readFollowUps } from '#src/follow-ups/list-pages.ts';
import { filterInWords } from '#src/follow-ups/filter.ts';
import { renderList } from '#src/follow-ups/list-view.ts';
import { officeOfList } from '#src/institutions/list-paper.ts';
import { buildPdf, sendPdf } from '#src/pdf/build.ts';
import { buildWorkbook, exportedAtMost, sendWorkbook } from '#src/spreadsheets.ts';

/** The list with its filter as a file. */
export async function followUpWorkbook(req: Request, res: Response, form: Form<FollowUpQuery>) {
  const found = await readExport(req, res, form, {});
  if (!found) return;
  sendWorkbook(res, `tindak-lanjut-${found.today}`, await buildWorkbook(followUpSheet(found)));
}

export async function followUpPdf(req: Request, res: Response, form: Form<FollowUpPdfQuery>) {
  const { input } = form;
  const found = await readExport(req, res, form, { format: 'pdf' });
  if (!found || !input) return;
  const office = await asActor(actorOf(req), (tx) =>
    officeOfList(tx, { kelurahan: input.kelurahan, kecamatan: null }, currentAccount(req)),
  );
  const paper = followUpPaper({ ...found, office, signatory: input.ttd });
  sendPdf(res, `tindak-lanjut-${found.today}`, await buildPdf(paper));
}

/** Null once a refused filter was answered; what leaves the portal is recorded. */
async function readExport(
  req: Request,
  res: Response,
  form: Form<FollowUpQuery>,
  details: Record<string, string>,
) {
  const { input } = form;
  const whole = input ? { ...form, input: { ...input, halaman: 1 } } : form;
  const found = await readFollowUps(req, whole, exportedAtMost);
  if (!found.form.input) {
    renderList(req, res, { ...found, pageSize: exportedAtMost });
    return null;
  }
  const { rows } = found;
  const filter = filterInWords(found.form, found.choices);
  await recordExportAs(actorOf(req), {
    table: 'follow_ups',
    details: { ...details, filter, rows: rows.length },
  });
  const account = currentAccount(req);
  return {
    rows,
    total: rows[0]?.total ?? 0,
    today: format.today(),
    filter,
    exporter: exporterOf(account),
  };
}
