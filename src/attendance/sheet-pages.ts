import type { Request, Response } from 'express';
import type { z } from 'zod';
import { readAs } from '#src/database.ts';
import { exporterOf, recordExportAs } from '#src/exports.ts';
import * as format from '#src/format.ts';
import { badRequest, notFound } from '#src/http/errors.ts';
import type { Form } from '#src/http/forms.ts';
import { actorOf, currentAccount } from '#src/http/request.ts';
import type { sheetQuery } from '#src/attendance/form.ts';
import { attendancePaper, type FoundSheet } from '#src/attendance/sheet-paper.ts';
import { sheetHead, sheetLines } from '#src/attendance/sheet-statements.ts';
import { attendanceSheet } from '#src/attendance/sheet-workbook.ts';
import { idsOf } from '#src/attendance/tap-pages.ts';
import { buildPdf, sendPdf } from '#src/pdf/build.ts';
import { buildWorkbook, exportedAtMost, sendWorkbook } from '#src/spreadsheets.ts';

/** The sheet to be signed at the door, or as it stands. */
export async function attendancePdf(
  req: Request,
  res: Response,
  query: Form<z.output<typeof sheetQuery>>,
) {
  if (!query.input) throw badRequest('neither empty nor filled');
  const found = await readExport(req, { format: 'pdf', isi: query.input.isi });
  const isFilled = query.input.isi === 'terisi';
  const file = await buildPdf(attendancePaper({ ...found, isFilled }));
  sendPdf(res, `daftar-hadir-${format.dayOf(found.head.startsAt)}`, file);
}

export async function attendanceWorkbook(req: Request, res: Response) {
  const found = await readExport(req, {});
  const file = await buildWorkbook(attendanceSheet(found, format.today()));
  sendWorkbook(res, `daftar-hadir-${format.dayOf(found.head.startsAt)}`, file);
}

/** What leaves the portal is recorded. */
async function readExport(req: Request, details: Record<string, string>): Promise<FoundSheet> {
  const { trainingId, sessionId } = idsOf(req);
  const [[head], lines] = await readAs(
    actorOf(req),
    sheetHead(trainingId, sessionId),
    sheetLines(trainingId, sessionId, exportedAtMost, 0),
  );
  if (!head) throw notFound();
  await recordExportAs(actorOf(req), {
    table: 'attendances',
    details: { ...details, session: sessionId, rows: lines.length },
  });
  const account = currentAccount(req);
  return { head, lines, exporter: exporterOf(account) };
}
