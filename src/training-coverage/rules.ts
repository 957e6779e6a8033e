import * as format from '#src/format.ts';
import { percentOf } from '#src/reports/rules.ts';

/** Officers in office: how many were trained in the last 12 months, longer ago, or never. */
export type Coverage = { officers: number; recent: number; older: number };

export function coverageSum(rows: readonly Coverage[]): Coverage {
  const total = { officers: 0, recent: 0, older: 0 };
  for (const { officers, recent, older } of rows) {
    total.officers += officers;
    total.recent += recent;
    total.older += older;
  }
  return total;
}

export const neverOf = ({ officers, recent, older }: Coverage) => officers - recent - older;

export const coverageColumns = [
  { label: 'Pengurus', valueOf: (row: Coverage) => row.officers },
  { label: 'Dalam 12 bulan', valueOf: (row: Coverage) => row.recent },
  { label: '> 12 bulan', valueOf: (row: Coverage) => row.older },
  { label: 'Belum pernah', valueOf: neverOf },
] as const;

export const definition =
  'Dilatih berarti hadir atau terlambat, tanpa diwakilkan, pada paling sedikit satu sesi pelatihan yang berlangsung atau selesai. Dihitung pengurus yang menjabat hari ini, menurut jabatan.';

/** A line as a table shows it. */
export function shownCoverage(name: string, href: string | null, row: Coverage) {
  const percent = percentOf(row.recent, row.officers);
  return {
    name,
    href,
    cells: coverageColumns.map(({ valueOf }) => format.number(valueOf(row))),
    percent: percent ?? 0,
    percentText: percent === null ? '–' : `${percent}%`,
  };
}
export type CoverageLine = ReturnType<typeof shownCoverage>;

/** Key figures for the recap and the start pages; null where nobody holds office. */
export function coverageCard(rows: readonly Coverage[], query: string) {
  const total = coverageSum(rows);
  if (total.officers === 0) return null;
  const share = (part: number) => `${percentOf(part, total.officers) ?? 0}% dari pengurus`;
  return {
    href: query === '' ? '/laporan/pelatihan' : `/laporan/pelatihan?${query}`,
    items: [
      { label: 'Dalam 12 bulan', value: format.number(total.recent), note: share(total.recent) },
      { label: 'Lebih dari 12 bulan', value: format.number(total.older), note: share(total.older) },
      {
        label: 'Belum pernah',
        value: format.number(neverOf(total)),
        note: share(neverOf(total)),
      },
    ],
  };
}
