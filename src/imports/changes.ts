import * as format from '#src/format.ts';
import { asRead, type Facts, type Problem } from '#src/imports/fields.ts';
import type { Holder, Roster } from '#src/imports/roster.ts';
import { isCalled, type IdentifiedRow } from '#src/imports/seating.ts';
import { otherTerm } from '#src/imports/term-numbers.ts';
import { plain } from '#src/imports/type-names.ts';
import { labelOf } from '#src/people/rules.ts';

/** What a row says otherwise of somebody in office. */

export type Change = { label: string; before: string | null; after: string };

const labels: [keyof Facts, string][] = [
  ['frontTitle', 'Gelar depan'],
  ['name', 'Nama'],
  ['backTitle', 'Gelar belakang'],
  ['sex', 'Jenis kelamin'],
  ['birthPlace', 'Tempat lahir'],
  ['birthDate', 'Tanggal lahir'],
  ['address', 'Alamat'],
  ['rtNumber', 'RT'],
  ['rwNumber', 'RW'],
  ['phone', 'Nomor HP'],
  ['educationLevel', 'Pendidikan'],
  ['occupation', 'Pekerjaan'],
];

export function changesOf(
  holder: Holder,
  row: IdentifiedRow,
  facts: Facts,
  roster: Roster,
): Change[] {
  const changes = labels.flatMap(([field, label]) => {
    const [before, after] = [holder.facts[field], facts[field]];
    if (after === null || before === after) return [];
    return [
      {
        label,
        before: before === null ? null : inWords(field, before, roster),
        after: inWords(field, after, roster),
      },
    ];
  });
  return row.nikHex !== null && holder.nikHex === null
    ? [...changes, { label: 'NIK', before: null, after: 'diisi' }]
    : changes;
}

/**
 * The row's facts, with what is recorded wherever the cell is only another way to write it. A cell cannot hold all that
 * a form can (double spaces, a long number in an address), and our own export must read as no change.
 */
export function factsFor(holder: Holder, { values }: IdentifiedRow): Facts {
  const { facts, nameText } = values;
  const recorded = holder.facts;
  const kept = (field: 'birthPlace' | 'address') =>
    asRead(recorded[field]) === facts[field] ? recorded[field] : facts[field];
  const { frontTitle, name, backTitle } = isCalled(holder, nameText) ? recorded : facts;
  return {
    ...facts,
    frontTitle,
    name,
    backTitle,
    birthPlace: kept('birthPlace'),
    address: kept('address'),
  };
}

const unchangeable =
  'SK dan masa jabatan yang sudah tercatat tidak diubah lewat impor. Kosongkan sel ini (atau pilih “Tidak dipakai” untuk kolomnya) bila yang tercatat benar; bila ada pengangkatan baru, ajukan di halaman Usulan';

type Pair = [given: string | null, recorded: string | null];

/** Another decree or other days than recorded: nothing that a file may change, and nothing to pass over in silence. */
export function officeProblems({ office }: Holder, { values }: IdentifiedRow): Problem[] {
  const number = values.decreeNumber;
  const isNumber = number === null || plain(number) === plain(asRead(office.decreeNumber) ?? '');
  return [
    ...(isNumber ? [] : [different('decreeNumber', 'Nomor SK', [number, office.decreeNumber])]),
    ...otherDay('decreedOn', 'Tanggal SK', [values.decreedOn, office.decreedOn]),
    ...otherDay('startOn', 'Tanggal mulai', [values.stated.startOn, office.startOn]),
    ...otherDay('endOn', 'Tanggal selesai', [values.stated.lastDay, office.lastDay]),
    ...otherTerm(values.termNumber, office.termNumber),
  ];
}

function otherDay(field: Problem['field'], what: string, [given, recorded]: Pair): Problem[] {
  if (given === null || given === recorded) return [];
  return [different(field, what, [format.date(given), recorded && format.date(recorded)])];
}

const different = (field: Problem['field'], what: string, [given, recorded]: Pair): Problem => ({
  field,
  level: 'error',
  message: `${what} di berkas “${given ?? ''}”, yang tercatat ${recorded === null ? 'belum ada' : `“${recorded}”`}. ${unchangeable}`,
});

function inWords(field: keyof Facts, value: string | number, { lists }: Roster): string {
  if (field === 'birthDate') return format.shortDate(String(value));
  if (field === 'phone') return format.phone(String(value));
  if (field === 'sex') return value === 'female' ? 'Perempuan' : 'Laki-laki';
  if (field === 'educationLevel') return labelOf(lists.education, Number(value)) ?? '';
  if (field === 'occupation') return labelOf(lists.occupations, Number(value)) ?? '';
  return String(value);
}
