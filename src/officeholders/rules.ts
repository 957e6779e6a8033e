import * as format from '#src/format.ts';
import { exportedAtMost, type Officeholder } from '#src/officeholders/repository.ts';
import type { Sheet } from '#src/spreadsheets.ts';

/** "Plt. Ketua": an acting officer or a caretaker holds the seat for the time being. */
export const positionOf = ({ kind, positionName }: Pick<Officeholder, 'kind' | 'positionName'>) =>
  kind === 'acting' || kind === 'caretaker' ? `Plt. ${positionName}` : positionName;

export const sexLabels = { female: 'Perempuan', male: 'Laki-laki' } as const;

/** An RT or RW is called by its numbers alone, so its name needs nothing before it; a Pokmas does. */
export const institutionLabel = ({ institutionName, typeName }: Officeholder) =>
  institutionName.toLowerCase().startsWith(typeName.toLowerCase())
    ? institutionName
    : `${typeName} ${institutionName}`;

/** The list as a sheet; `found` may hold one row more than is allowed, to know that there are more. */
export function officeholderSheet(
  found: Officeholder[],
  about: { today: string; filter: string; exporter: string },
): Sheet {
  const kept = found.slice(0, exportedAtMost);
  const count = `${format.number(kept.length)} pengurus`;
  return {
    name: 'Pengurus',
    title: 'Daftar pengurus lembaga kemasyarakatan kelurahan',
    asOf: about.today,
    notes: [
      `Keadaan ${format.date(about.today)}`,
      `Saringan: ${about.filter}`,
      `Diunduh oleh ${about.exporter}`,
      found.length > kept.length
        ? `${count} pertama. Satu berkas memuat paling banyak ${format.number(exportedAtMost)} pengurus, persempit saringan untuk sisanya`
        : count,
    ],
    columns: [
      { label: 'Nama', width: 34 },
      { label: 'L/P', width: 12 },
      { label: 'Jabatan', width: 24 },
      { label: 'Lembaga', width: 32 },
      { label: 'Kelurahan', width: 20 },
      { label: 'Menjabat sejak', width: 16 },
    ],
    rows: kept.map((row) => [
      format.personName(row),
      sexLabels[row.sex],
      positionOf(row),
      institutionLabel(row),
      row.kelurahanName,
      row.startOn,
    ]),
  };
}
