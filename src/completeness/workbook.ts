import { exportedAtMost, type ListRow } from '#src/completeness/repository.ts';
import { attestationBadge, gapCodes, gapLabels, type Cycle } from '#src/completeness/rules.ts';
import * as format from '#src/format.ts';
import type { Sheet } from '#src/spreadsheets.ts';

type About = { today: string; filter: string; exporter: string; cycle: Cycle | null };

/** The list as a sheet; `rows` may hold one more than is allowed, to know that there are more. */
export function completenessSheet(
  rows: ListRow[],
  { today, filter, exporter, cycle }: About,
): Sheet {
  const kept = rows.slice(0, exportedAtMost);
  const count = `${format.number(kept.length)} lembaga`;
  return {
    name: 'Kelengkapan',
    title: 'Kelengkapan dan kemutakhiran data lembaga',
    asOf: today,
    about: {
      filter,
      exporter,
      count:
        rows.length > kept.length ? `${count} pertama, persempit saringan untuk sisanya` : count,
    },
    columns: [
      { label: 'Lembaga', width: 32 },
      { label: 'Jenis', width: 28 },
      { label: 'Kelurahan', width: 20 },
      { label: 'Kelengkapan (%)', width: 16, number: true },
      { label: 'Isian terisi', width: 12, number: true },
      { label: 'Isian seharusnya', width: 16, number: true },
      { label: 'Hari sejak diubah atau dinyatakan', width: 20, number: true },
      { label: cycle ? `Pernyataan ${cycle.name}` : 'Pernyataan data', width: 26 },
      ...gapCodes.map((code) => ({
        label: `Kosong: ${gapLabels[code]}`,
        width: 18,
        number: true as const,
      })),
    ],
    rows: kept.map((row) => [
      row.name,
      row.typeName,
      row.kelurahanName,
      row.percent,
      row.filled,
      row.expected,
      row.days,
      cycle && attestationBadge(row.state, cycle.dueOn, today).label,
      ...gapCodes.map((code) => row.gaps[code]),
    ]),
  };
}
