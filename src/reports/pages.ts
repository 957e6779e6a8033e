import type { Request, Response } from 'express';
import { can } from '#src/access.ts';
import { exporterOf, recordExportAs } from '#src/exports.ts';
import type { Form } from '#src/http/forms.ts';
import { errorsAtFilter } from '#src/http/list-filter.ts';
import { city } from '#src/city.ts';
import * as format from '#src/format.ts';
import { withError } from '#src/http/forms.ts';
import { actorOf, currentAccount } from '#src/http/request.ts';
import { buildPdf, sendPdf } from '#src/pdf/build.ts';
import { signatoryOptions } from '#src/pdf/signatories.ts';
import {
  bookSignatories,
  reportSignatories,
  type ReportPdfQuery,
  type ReportQuery,
} from '#src/reports/form.ts';
import {
  filterFor,
  linesByPlace,
  linesByType,
  placeInWords,
  rowsOfType,
} from '#src/reports/lines.ts';
import { recapPaper } from '#src/reports/paper.ts';
import { readReport } from '#src/reports/repository.ts';
import { scopeFor } from '#src/reports/scope.ts';
import { columns, shownLine, type RecapLine } from '#src/reports/columns.ts';
import { keyFigures } from '#src/reports/key-figures.ts';
import { findings } from '#src/reports/findings.ts';
import { sum } from '#src/reports/rules.ts';
import { coverageCard } from '#src/training-coverage/rules.ts';
import type { CoverageRow } from '#src/training-coverage/statements.ts';
import type { TypeName } from '#src/reports/places.ts';

export async function reportPage(req: Request, res: Response, form: Form<ReportQuery>) {
  const found = await foundReport(req, form);
  if (!found) return renderRefused(req, res, form);
  const { report, scope, today, type, query } = found;
  if (query.jenis !== null && !type) return renderRefused(req, res, unknownType(form));

  const rows = rowsOfType(report.rows, type);
  const byPlace = linesByPlace({ ...report, rows }, scope, type);
  const byType = linesByType({ ...report, rows }, scope, type);
  const total = sum(rows);
  const words = placeInWords(report, scope);
  // For an account of a kelurahan the way up leads nowhere.
  const place = currentAccount(req).kelurahanId === null ? words : { ...words, breadcrumbs: [] };
  const totalLine = { name: 'Jumlah', href: null, query: found.listQuery, figures: total };
  const main = scope.level === 'kelurahan' ? byType : byPlace;
  res.renderPage('reports/recap', {
    place,
    meta: [place.name, type?.name, `keadaan ${format.date(today)}`].filter(Boolean).join(' · '),
    form: errorsAtFilter(form),
    filter: filterFor(report, scope, { account: currentAccount(req), form }),
    workbookHref: req.originalUrl.replace('/laporan', '/laporan.xlsx'),
    pdf: {
      action: '/laporan.pdf',
      hidden: Object.entries(form.values).flatMap(([name, value]) =>
        value ? [{ name, value }] : [],
      ),
      options: signatoryOptions(reportSignatories[scope.level]),
    },
    book: can(currentAccount(req), 'book:export') && {
      action: '/laporan/buku-e1.pdf',
      hidden: [],
      options: signatoryOptions(bookSignatories),
    },
    isEmpty: total.institutions === 0,
    isFiltered: type !== null,
    keyFigures: keyFigures(total, found.listQuery),
    coverage: coverageCard(coveredOf(report.coverage, type), found.listQuery),
    findings: findings(
      type === null ? main : main.filter(({ figures }) => figures.institutions > 0),
    ),
    heads: columns.map(({ label }) => label),
    tables: [
      { id: 'recap', ...place.table, lines: main.map(shownLine) },
      ...(scope.level === 'kelurahan' || type !== null ? [] : [typeTable(byType, main.length)]),
    ],
    total: shownLine(totalLine),
    today: format.date(today),
  });
}

export async function reportPdf(req: Request, res: Response, form: Form<ReportPdfQuery>) {
  const found = await foundReport(req, form);
  if (!found || !form.input) return renderRefused(req, res, form);
  const { report, scope, today, type, query } = found;
  if (query.jenis !== null && !type) return renderRefused(req, res, unknownType(form));

  const account = currentAccount(req);
  const filter = [placeInWords(report, scope).name, type?.name ?? 'Semua jenis lembaga'].join(', ');
  const paper = recapPaper(report, scope, {
    type,
    today,
    filter,
    exporter: exporterOf(account),
    signatory: form.input.ttd,
  });
  await recordExportAs(actorOf(req), {
    table: 'reports',
    details: { filter, rows: report.rows.length, format: 'pdf' },
  });
  sendPdf(res, `rekap-lembaga-${today}`, await buildPdf(paper));
}

/** The report that a query asks for; null for a query that says nothing we know. */
export async function foundReport(req: Request, form: Form<ReportQuery>) {
  const query = form.input;
  if (!query) return null;
  const account = currentAccount(req);
  const today = format.today();
  const scope = scopeFor(account, query);
  const report = await readReport({ actor: actorOf(req), account }, scope, today);
  const type = report.types.find(({ code }) => code === query.jenis) ?? null;
  const listQuery = [placeQuery(report.own?.code ?? null), type && `jenis=${type.code}`]
    .filter(Boolean)
    .join('&');
  return { report, scope, today, type, query, listQuery };
}

const coveredOf = (rows: readonly CoverageRow[], type: TypeName | null) =>
  rows.filter(({ typeId }) => type === null || typeId === type.id);

/** One A4 page holds so many lines of both tables beside letterhead, findings and signature. */
const linesOnPaper = 14;

/** The second table; a place with many parts prints without it, so that its recap stays one page. */
const typeTable = (byType: RecapLine[], linesBefore: number) => ({
  id: 'types',
  title: 'Menurut jenis lembaga',
  head: 'Jenis',
  lines: byType.map(shownLine),
  repeatsTotal: true,
  screenOnly: byType.length + linesBefore > linesOnPaper,
});

const placeQuery = (code: string | null) =>
  code === null ? null : `${code.length > 8 ? 'kelurahan' : 'kecamatan'}=${code}`;

export const unknownType = (form: Form<ReportQuery>) =>
  withError(form, 'jenis', 'Pilih jenis lembaga dari daftar');

/** A filter that says nothing we know: the place stays the account's own, and nothing is counted. */
export async function renderRefused(req: Request, res: Response, form: Form<ReportQuery>) {
  const account = currentAccount(req);
  const scope = scopeFor(account, { kecamatan: null, kelurahan: null, jenis: null });
  const report = await readReport({ actor: actorOf(req), account }, scope, format.today());
  res.status(422).renderPage('reports/refused', {
    form: errorsAtFilter(form),
    filter: filterFor(report, scope, { account, form }),
    cityName: city().name,
  });
}
