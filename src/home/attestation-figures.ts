import { places, type PlaceRow } from '#src/completeness/repository.ts';
import type { Cycle } from '#src/completeness/rules.ts';
import * as format from '#src/format.ts';

type Level = 'kecamatan' | 'kelurahan';

/** The places that an overview names, each with how many of its institutions have attested. */
export const attestationPlaces = (today: string, level: Level) =>
  places(
    {
      jenis: null,
      kecamatan: null,
      kelurahan: null,
      celah: null,
      pernyataan: null,
      kemutakhiran: null,
      urut: 'nama',
      today,
    },
    level,
  );

/** How many institutions have attested, by place; null before the city opens its first cycle. */
export function attestationFigures(cycle: Cycle | undefined, rows: PlaceRow[], level: Level) {
  if (!cycle) return null;
  return {
    name: cycle.name,
    due: format.date(cycle.dueOn),
    total: inWords(sum(rows, 'attested'), sum(rows, 'institutions')),
    places: rows.map(({ code, name, attested, institutions }) => ({
      label: name,
      value: inWords(attested, institutions),
      href: `/kelengkapan?${level}=${code}`,
    })),
  };
}

const inWords = (attested: number, institutions: number) =>
  `${format.number(attested)} dari ${format.number(institutions)} lembaga menyatakan`;

const sum = (rows: PlaceRow[], figure: 'attested' | 'institutions') =>
  rows.reduce((all, row) => all + row[figure], 0);
