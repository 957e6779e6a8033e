import type { Request, Response } from 'express';
import { asActor } from '#src/database.ts';
import { exporterOf, recordExport } from '#src/exports.ts';
import * as format from '#src/format.ts';
import { notFound } from '#src/http/errors.ts';
import type { Form } from '#src/http/forms.ts';
import { actorOf, currentAccount } from '#src/http/request.ts';
import { buildPdf, sendPdf } from '#src/pdf/build.ts';
import { bookPaper, bookSheet, readBook } from '#src/reports/book.ts';
import type { BookPdfQuery } from '#src/reports/form.ts';
import { buildWorkbook, sendWorkbook } from '#src/spreadsheets.ts';

export async function bookPdf(req: Request, res: Response, form: Form<BookPdfQuery>) {
  if (!form.input) throw notFound();
  const { book, about } = await readRecorded(req, 'pdf');
  const paper = bookPaper(book, { ...about, signatory: form.input.ttd });
  sendPdf(res, `buku-e1-${about.today}`, await buildPdf(paper));
}

export async function bookWorkbook(req: Request, res: Response) {
  const { book, about } = await readRecorded(req, 'xlsx');
  sendWorkbook(res, `buku-e1-${about.today}`, await buildWorkbook(bookSheet(book, about)));
}

async function readRecorded(req: Request, kind: 'pdf' | 'xlsx') {
  const account = currentAccount(req);
  const today = format.today();
  const book = await asActor(actorOf(req), async (tx) => {
    const found = await readBook(tx, { kelurahanId: account.kelurahanId ?? 0, day: today });
    const details = {
      format: kind,
      filter: `Buku E.1, Kelurahan ${found.kelurahan.name}`,
      rows: found.rows.length,
    };
    await recordExport(tx, { table: 'tenures', details });
    return found;
  });
  const exporter = exporterOf(account);
  return { book, about: { today, exporter } };
}
