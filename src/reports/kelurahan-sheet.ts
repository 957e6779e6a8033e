import * as format from '#src/format.ts';
import {
  sumOfKelurahan,
  type KelurahanFigures,
  type KelurahanRow,
} from '#src/reports/kelurahan-figures.ts';
import type { ReportLevel } from '#src/reports/scope.ts';
import type { Sheet } from '#src/spreadsheets.ts';

/** What every sheet of the workbook says of itself. */
export type About = {
  place: string;
  level: ReportLevel;
  today: string;
  filter: string;
  exporter: string;
};

const figures: readonly [label: string, name: keyof KelurahanFigures][] = [
  ['Jml RW', 'rwCount'],
  ['Jml RT', 'rtCount'],
  ['Pengurus RT', 'rt'],
  ['Pengurus RW', 'rw'],
  ['LPM', 'lpm'],
  ['PKK', 'pkk'],
  ['Karang Taruna', 'karangTaruna'],
  ['Posyandu', 'posyandu'],
  ['Kader', 'kader'],
  ['Pokmas', 'pokmas'],
  ['LKL', 'others'],
  ['L', 'men'],
  ['P', 'women'],
  ['Jumlah', 'officers'],
  ['SK berlaku', 'valid'],
  ['SK habis ≤ 90 hari', 'ending'],
  ['SK habis', 'ended'],
];

/** A line for each kelurahan and their sum; the city's says of which kecamatan each one is. */
export function kelurahanSheet(rows: readonly KelurahanRow[], about: About): Sheet {
  const { place, today, filter, exporter } = about;
  const ofCity = about.level === 'city';
  const touched = rows.flatMap(({ touchedOn }) => touchedOn ?? []).toSorted();
  return {
    name: 'Rekap',
    title: `Rekapitulasi lembaga kemasyarakatan kelurahan, ${place}`,
    asOf: today,
    about: { filter, exporter, count: `${format.number(rows.length)} baris dan jumlahnya` },
    notes: [
      'LPM sampai LKL menghitung pengurus yang menjabat; Posyandu tanpa kader; LKL ialah lembaga kemasyarakatan lainnya. SK berlaku termasuk yang habis dalam 90 hari.',
    ],
    columns: [
      { label: 'No', width: 6, number: true },
      ...(ofCity ? [{ label: 'Kecamatan', width: 20 }] : []),
      { label: 'Kelurahan', width: 24 },
      ...figures.map(([label]) => ({ label, width: 12, number: true as const })),
      { label: 'Data diperbarui', width: 16, date: true },
    ],
    rows: [
      ...rows.map((row, index) => [
        index + 1,
        ...(ofCity ? [row.kecamatanName] : []),
        row.name,
        ...cells(row),
        row.touchedOn,
      ]),
      [
        null,
        ...(ofCity ? [null] : []),
        'Jumlah',
        ...cells(sumOfKelurahan(rows)),
        touched.at(-1) ?? null,
      ],
    ],
  };
}

const cells = (row: KelurahanFigures) => figures.map(([, name]) => row[name]);
