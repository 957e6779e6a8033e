import * as format from '#src/format.ts';
import { exportedAtMost } from '#src/officeholders/repository.ts';
import type { SheetLine, Sight } from '#src/officers/sheet-lines.ts';
import { rosterTable } from '#src/officers/sheet.ts';
import type { Sheet } from '#src/spreadsheets.ts';

/** The list as a sheet; `found` may hold one row more than is allowed, to know that there are more. */
export function officeholderSheet(
  found: SheetLine[],
  about: { today: string; filter: string; exporter: string; sight: Sight },
): Sheet {
  const kept = found.slice(0, exportedAtMost);
  const table = rosterTable(kept, { sight: about.sight, niks: null });
  return {
    name: 'Pengurus',
    title: 'Daftar pengurus lembaga kemasyarakatan kelurahan',
    asOf: about.today,
    about: { filter: about.filter, exporter: about.exporter, count: countInWords(found) },
    columns: [...table.columns, { label: 'Kelurahan', width: 20 }],
    rows: table.rows.map((row, index) => [...row, kept[index]?.kelurahanName ?? null]),
  };
}

export function countInWords(found: readonly unknown[]): string {
  const count = `${format.number(Math.min(found.length, exportedAtMost))} pengurus`;
  return found.length > exportedAtMost
    ? `${count} pertama. Satu berkas memuat paling banyak ${format.number(exportedAtMost)} pengurus, persempit saringan untuk sisanya`
    : count;
}
