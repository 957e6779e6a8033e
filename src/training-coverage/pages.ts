import type { Request, Response } from 'express';
import { readAs } from '#src/database.ts';
import * as format from '#src/format.ts';
import type { Form } from '#src/http/forms.ts';
import { actorOf, currentAccount } from '#src/http/request.ts';
import { signedPdf, type PlaceOfList } from '#src/list-office.ts';
import type { ReportQuery } from '#src/reports/form.ts';
import { filterFor, placeInWords } from '#src/reports/lines.ts';
import { foundReport, renderRefused } from '#src/reports/pages.ts';
import { coverageColumns, definition } from '#src/training-coverage/rules.ts';
import { coverageOfInstitutions } from '#src/training-coverage/statements.ts';
import {
  byInstitution,
  byPlace,
  byType,
  ofType,
  totalLine,
} from '#src/training-coverage/tables.ts';

/** Which officers were trained, by place, type and, in a kelurahan, by institution. */
export async function coveragePage(req: Request, res: Response, form: Form<ReportQuery>) {
  const found = await readCoverage(req, form);
  if (!found) return renderRefused(req, res, form);
  const { report, scope, type, rows, institutions, words } = found;
  const isKelurahan = scope.level === 'kelurahan';
  const account = currentAccount(req);
  const filter = filterFor(report, scope, { account, form });
  res.renderPage('training-coverage/page', {
    place: words,
    meta: [words.name, type?.name, `keadaan ${format.date(found.today)}`]
      .filter(Boolean)
      .join(' · '),
    filter: { ...filter, ...('clear' in filter && { clear: '/laporan/pelatihan' }) },
    workbookHref: req.originalUrl.replace('/laporan/pelatihan', '/laporan/pelatihan.xlsx'),
    pdf: signedPdf(account, '/laporan/pelatihan.pdf', { ...placeOf(found), jenis: type?.code }),
    heads: coverageColumns.map(({ label }) => label),
    tables: [
      isKelurahan
        ? {
            id: 'places',
            title: 'Menurut lembaga',
            head: 'Lembaga',
            lines: byInstitution(institutions),
          }
        : { id: 'places', ...words.table, lines: byPlace(report, rows, scope, type?.code ?? null) },
      ...(type === null
        ? [
            {
              id: 'types',
              title: 'Menurut jenis lembaga',
              head: 'Jenis',
              lines: byType(report, rows, scope),
            },
          ]
        : []),
    ],
    total: totalLine(rows),
    definition,
  });
}

/** Null for a filter that says nothing we know. */
export async function readCoverage(req: Request, form: Form<ReportQuery>) {
  const found = await foundReport(req, form);
  if (!found || (found.query.jenis !== null && !found.type)) return null;
  const { report, scope, today, type } = found;
  const typeId = type?.id ?? null;
  const [institutions] =
    scope.level === 'kelurahan'
      ? await readAs(actorOf(req), coverageOfInstitutions(today, scope.code, scope.id))
      : [[]];
  const words = placeInWords(report, scope);
  return {
    ...found,
    rows: ofType(report.coverage, typeId).filter(({ placeId }) => inScope(report, scope, placeId)),
    institutions: ofType(institutions, typeId),
    // For an account of a kelurahan the way up leads nowhere.
    words: currentAccount(req).kelurahanId === null ? words : { ...words, breadcrumbs: [] },
  };
}

export type FoundCoverage = NonNullable<Awaited<ReturnType<typeof readCoverage>>>;

/** The place that is shown, by its code. */
export const placeOf = ({
  report,
  scope,
}: Pick<FoundCoverage, 'report' | 'scope'>): PlaceOfList => ({
  kelurahan: null,
  kecamatan: null,
  ...(scope.level !== 'city' && { [scope.level]: report.own?.code ?? null }),
});

const inScope = (
  { own }: { own: { id: number } | null },
  { level }: { level: string },
  placeId: number,
) => level !== 'kelurahan' || placeId === own?.id;
