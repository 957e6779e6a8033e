import type { Request, Response } from 'express';
import * as format from '#src/format.ts';
import type { Form } from '#src/http/forms.ts';
import { listFiles, type ListColumn } from '#src/list-files.ts';
import type { ReportQuery } from '#src/reports/form.ts';
import { renderRefused } from '#src/reports/pages.ts';
import { percentOf } from '#src/reports/rules.ts';
import { placeOf, readCoverage, type FoundCoverage } from '#src/training-coverage/pages.ts';
import {
  type Coverage,
  coverageColumns,
  coverageSum,
  definition,
} from '#src/training-coverage/rules.ts';

export const coverageFiles = listFiles(readList);

/** Every place and type, or in a kelurahan every institution, and the sum below; null once a refused filter was answered. */
async function readList(req: Request, res: Response, form: Form<ReportQuery>) {
  const found = await readCoverage(req, form);
  if (!found) {
    await renderRefused(req, res, form);
    return null;
  }
  const { scope, today, type, words } = found;
  const lines = linesOf(found);
  return {
    name: 'Cakupan pelatihan',
    title: 'Cakupan pelatihan pengurus lembaga kemasyarakatan kelurahan',
    audited: 'reports',
    asOf: today,
    filter: format.choices([words.name, type?.name ?? 'Semua jenis lembaga']),
    place: placeOf(found),
    count: `${format.number(lines.length)} baris dan jumlahnya`,
    notes: [definition],
    columns: columnsFor(heads[scope.level]),
    rows: lines,
    total: { name: 'Jumlah', type: null, ...coverageSum(lines) },
  };
}

type Line = Coverage & { name: string | null; type: string | null };

function linesOf({ report, scope, rows, institutions }: FoundCoverage): Line[] {
  const types = new Map(report.types.map(({ id, name }) => [id, name]));
  const places = new Map(report.places.map(({ id, name }) => [id, name]));
  const lines =
    scope.level === 'kelurahan'
      ? institutions
      : rows.map((row) => ({ ...row, name: places.get(row.placeId) ?? null }));
  return lines.map((line) => ({ ...line, type: types.get(line.typeId) ?? null }));
}

const heads = { city: 'Kecamatan', kecamatan: 'Kelurahan', kelurahan: 'Lembaga' } as const;

const columnsFor = (head: string): ListColumn<Line>[] => [
  { label: head, width: 30, paper: 24, of: ({ name }) => name },
  { label: 'Jenis lembaga', width: 34, paper: 26, of: ({ type }) => type },
  ...coverageColumns.map(({ label, valueOf }): ListColumn<Line> => ({
    label,
    width: 15,
    paper: 10,
    kind: 'number',
    of: valueOf,
  })),
  {
    label: 'Dalam 12 bulan (%)',
    width: 18,
    paper: 10,
    kind: 'number',
    of: ({ recent, officers }) => percentOf(recent, officers),
  },
];
