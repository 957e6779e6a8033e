import type { Request, Response } from 'express';
import { asActor, type Transaction } from '#src/database.ts';
import { exporterOf, recordExport } from '#src/exports.ts';
import * as format from '#src/format.ts';
import type { Form } from '#src/http/forms.ts';
import { actorOf, currentAccount } from '#src/http/request.ts';
import { listDoubleOffices } from '#src/institution-rules/violations.ts';
import { exportQuery, type ExportRow } from '#src/institutions/listing.ts';
import type { Narrowed } from '#src/queries.ts';
import {
  doubleOfficeSheet,
  endingDecreeSheet,
  vacantChairSheet,
} from '#src/reports/attention-sheets.ts';
import type { ReportQuery } from '#src/reports/form.ts';
import { kelurahanRows } from '#src/reports/kelurahan-figures.ts';
import { kelurahanSheet } from '#src/reports/kelurahan-sheet.ts';
import { placeInWords, rowsOfType } from '#src/reports/lines.ts';
import { foundReport, renderRefused, unknownType } from '#src/reports/pages.ts';
import { recapSheet } from '#src/reports/workbook.ts';
import { buildWorkbook, sendWorkbook } from '#src/spreadsheets.ts';

/** The camat's workbook (domain.md, section 5.4): the recap, what asks for attention, and the lines by type. */
export async function reportWorkbook(req: Request, res: Response, form: Form<ReportQuery>) {
  const found = await foundReport(req, form);
  if (!found) return renderRefused(req, res, form);
  const { report, scope, today, type, query } = found;
  if (query.jenis !== null && !type) return renderRefused(req, res, unknownType(form));

  const account = currentAccount(req);
  const place = placeInWords(report, scope).name;
  const filter = format.choices([place, type?.name ?? 'Semua jenis lembaga']);
  const exporter = exporterOf(account);
  const about = { place, level: scope.level, today, filter, exporter };
  const code = report.own?.code ?? null;
  const asked = {
    today,
    jenis: type?.code ?? null,
    kecamatan: scope.level === 'kecamatan' ? code : null,
    kelurahan: scope.level === 'kelurahan' ? code : null,
  };
  const read = await asActor(actorOf(req), (tx) => readRecorded(tx, asked, filter));
  const file = await buildWorkbook(
    kelurahanSheet(read.kelurahan, about),
    vacantChairSheet(read.vacant, about),
    doubleOfficeSheet(read.double, about),
    endingDecreeSheet(read.ending, about),
    recapSheet({ ...report, rows: rowsOfType(report.rows, type) }, scope, about),
  );
  sendWorkbook(res, `rekap-lembaga-${today}`, file);
}

async function readRecorded(tx: Transaction, asked: Narrowed & { today: string }, filter: string) {
  const listed = { ...asked, cari: null, bulan: null };
  const kelurahan = await kelurahanRows(tx, asked);
  const vacant = await tx.$queryRaw<ExportRow[]>(
    exportQuery({ ...listed, status: 'ketua-kosong', urut: 'kelurahan' }),
  );
  const double = await listDoubleOffices(tx, asked);
  const ending = await tx.$queryRaw<ExportRow[]>(
    exportQuery({ ...listed, status: 'sk-segera', urut: 'masa-bakti' }),
  );
  await recordExport(tx, { table: 'reports', details: { filter, rows: kelurahan.length } });
  return { kelurahan, vacant, double, ending };
}
