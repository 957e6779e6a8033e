import * as format from '#src/format.ts';
import { placeInWords } from '#src/reports/lines.ts';
import type { Report } from '#src/reports/repository.ts';
import type { Scope } from '#src/reports/scope.ts';
import { columns } from '#src/reports/columns.ts';
import { completeness, sum, type Figures } from '#src/reports/rules.ts';
import type { Sheet } from '#src/spreadsheets.ts';

/** The recap with every place and type on a row of its own and the sum below. */
export function recapSheet(
  report: Report,
  scope: Scope,
  about: { today: string; filter: string; exporter: string },
): Sheet {
  const names = new Map(report.places.map(({ id, name }) => [id, name]));
  const types = new Map(report.types.map((type, index) => [type.id, { name: type.name, index }]));
  const order = (typeId: number) => types.get(typeId)?.index ?? 0;
  const places = [...names.keys()];
  const rows = report.rows.toSorted(
    (a, b) =>
      places.indexOf(a.placeId) - places.indexOf(b.placeId) || order(a.typeId) - order(b.typeId),
  );
  return {
    name: 'Rekap per jenis',
    title: `Rekapitulasi lembaga kemasyarakatan kelurahan, ${placeInWords(report, scope).name}`,
    asOf: about.today,
    about: {
      filter: about.filter,
      exporter: about.exporter,
      count: `${format.number(rows.length)} baris dan jumlahnya`,
    },
    columns: [
      { label: scope.level === 'city' ? 'Kecamatan' : 'Kelurahan', width: 22 },
      { label: 'Jenis lembaga', width: 34 },
      ...columns.map(({ label }) => ({ label, width: 13, number: true as const })),
      { label: 'Isian terisi', width: 13, number: true },
      { label: 'Isian seharusnya', width: 16, number: true },
      { label: 'Kelengkapan (%)', width: 16, number: true },
    ],
    rows: [
      ...rows.map((row) => [
        names.get(row.placeId) ?? null,
        types.get(row.typeId)?.name ?? null,
        ...cells(row),
      ]),
      ['Jumlah', null, ...cells(sum(rows))],
    ],
  };
}

const cells = (row: Figures) => [
  ...columns.map(({ valueOf }) => valueOf(row)),
  row.filled,
  row.expected,
  completeness(row),
];
