import * as format from '#src/format.ts';
import type { Report } from '#src/reports/repository.ts';
import { percentOf } from '#src/reports/rules.ts';
import type { Sheet } from '#src/spreadsheets.ts';
import {
  type Coverage,
  coverageColumns,
  coverageSum,
  definition,
} from '#src/training-coverage/rules.ts';
import type { CoverageRow, CoveredInstitution } from '#src/training-coverage/statements.ts';

type About = { today: string; filter: string; exporter: string; head: string; report: Report };

/** Every place and type on a row of its own, or in a kelurahan every institution, and the sum below. */
export function coverageSheet(
  { rows, institutions }: { rows: CoverageRow[]; institutions: CoveredInstitution[] },
  { today, filter, exporter, head, report }: About,
): Sheet {
  const typeName = (id: number) => report.types.find((type) => type.id === id)?.name ?? null;
  const placeName = (id: number) => report.places.find((place) => place.id === id)?.name ?? null;
  const lines =
    institutions.length > 0
      ? institutions.map((row) => [row.name, typeName(row.typeId), ...cells(row)])
      : rows.map((row) => [placeName(row.placeId), typeName(row.typeId), ...cells(row)]);
  return {
    name: 'Cakupan pelatihan',
    title: 'Cakupan pelatihan pengurus lembaga kemasyarakatan kelurahan',
    asOf: today,
    about: { filter, exporter, count: `${format.number(lines.length)} baris dan jumlahnya` },
    notes: [definition],
    columns: [
      { label: institutions.length > 0 ? 'Lembaga' : head, width: 30 },
      { label: 'Jenis lembaga', width: 34 },
      ...coverageColumns.map(({ label }) => ({ label, width: 15, number: true as const })),
      { label: 'Dalam 12 bulan (%)', width: 18, number: true },
    ],
    rows: [...lines, ['Jumlah', null, ...cells(coverageSum(rows))]],
  };
}

const cells = (row: Coverage) => [
  ...coverageColumns.map(({ valueOf }) => valueOf(row)),
  percentOf(row.recent, row.officers),
];
