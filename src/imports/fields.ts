import { optionalTerritoryNumber, phone } from '#src/http/fields.ts';
import { cellsOf, isBlank, masked, quoted, textOrNull, type Cells } from '#src/imports/cells.ts';
import { birthOf, dayIn, decreeOf, termOf } from '#src/imports/days.ts';
import type { ColumnField } from '#src/imports/labels.ts';
import { nameOf } from '#src/imports/name-cells.ts';
import { educationOf, occupationOf } from '#src/imports/schooling.ts';
import { sexFieldOf, sexOf } from '#src/imports/sex.ts';
import { termNumberOf } from '#src/imports/term-numbers.ts';
import { bareNik, nikProblem } from '#src/people/rules.ts';

/** What is wrong in a cell and how to mend it; a note does not keep the row back. */
export type Problem = {
  field: ColumnField;
  message: string;
  level: 'error' | 'note';
  suggestion?: string;
};

export type Facts = {
  frontTitle: string | null;
  name: string;
  backTitle: string | null;
  sex: 'male' | 'female' | null;
  birthPlace: string | null;
  birthDate: string | null;
  address: string | null;
  rtNumber: number | null;
  rwNumber: number | null;
  phone: string | null;
  educationLevel: number | null;
  occupation: number | null;
};
export type RowValues = {
  facts: Facts;
  kelurahan: string;
  institutionType: string;
  institution: string;
  position: string;
  decreeNumber: string | null;
  decreedOn: string | null;
  startOn: string | null;
  /** The last day in office. */
  lastDay: string | null;
  termNumber: number | null;
  /** The name with its titles as the cell holds it. */
  nameText: string;
  /** The two days where the file has a column for each; a term such as "2025–2030" tells only years. */
  stated: { startOn: string | null; lastDay: string | null };
};

export type Lists = {
  education: { code: number; label: string }[];
  occupations: { code: number; label: string }[];
};
export type ReadRow = {
  values: RowValues;
  nik: string | null;
  problems: Problem[];
  /** The cell to fill or to mend where the sex is not known. */
  sexField: ColumnField;
};

/** Reads one row under a mapping of columns to fields; everything that cannot be read is a problem with its cell's field. */
export function readRow(
  cells: readonly string[],
  mapping: readonly ColumnField[],
  lists: Lists,
): ReadRow {
  const problems: Problem[] = [];
  const row = cellsOf(cells, mapping, problems);
  const { text, error } = row;
  const birth = birthOf(row);
  const decree = decreeOf(row);
  const term = termOf(row);
  const { nameText, ...named } = nameOf(row);
  const startOn = dayIn(row, 'startOn', 'Tanggal mulai');
  const lastDay = dayIn(row, 'endOn', 'Tanggal selesai');
  const values: RowValues = {
    facts: {
      ...named,
      sex: sexOf(row),
      ...birth,
      address: textOrNull(text('address'), 200),
      ...territoryOf(row),
      phone: phoneOf(row),
      educationLevel: educationOf(row, lists),
      occupation: occupationOf(row, lists),
    },
    kelurahan: masked(text('kelurahan')).slice(0, 60),
    institutionType: masked(text('institutionType')).slice(0, 60),
    institution: masked(text('institution')).slice(0, 120),
    position: masked(text('position')).slice(0, 80),
    ...decree,
    startOn: startOn ?? term.startOn,
    lastDay: lastDay ?? term.lastDay,
    termNumber: termNumberOf(row),
    nameText,
    stated: { startOn, lastDay },
  };
  const nik = bareNik(text('nik')) || null;
  const problem = nik === null ? null : nikProblem(nik);
  if (problem) error('nik', problem);
  return { values, nik: problem ? null : nik, problems, sexField: sexFieldOf(row, problems) };
}

/** What comes back of a text that was exported and read again. */
export const asRead = (recorded: string | null) =>
  recorded === null
    ? null
    : textOrNull(recorded.replaceAll(/\s+/g, ' ').trim().replace(/^'/, '').trim(), 200);

function territoryOf(row: Cells) {
  const both = row.text('rtRw');
  const [, rt = '', rw = ''] = /^\D*(\d+)\D+(\d+)\D*$/.exec(both) ?? [];
  if (rt === '' && /[^\s/-]/.test(both))
    row.error('rtRw', `RT/RW ${quoted(both)} tidak terbaca. Tulis seperti 001/005`);
  return { rtNumber: numberOf(row, 'rt', rt), rwNumber: numberOf(row, 'rw', rw) };
}

const territoryNumber = optionalTerritoryNumber('');

function numberOf(row: Cells, field: 'rt' | 'rw', other: string): number | null {
  const own = row
    .text(field)
    .replace(/^(rt|rw)\W*/i, '')
    .replace(/^-$/, '');
  const parsed = territoryNumber.safeParse(own || other);
  if (parsed.success) return parsed.data;
  row.error(
    own ? field : 'rtRw',
    `Nomor ${field.toUpperCase()} ${quoted(own || other)} bukan angka 1 sampai 999`,
  );
  return null;
}

function phoneOf(row: Cells): string | null {
  const [first = ''] = row.text('phone').split(/[/;,]| dan /);
  if (isBlank(first) || first === '0') return null;
  if (/E\+?\d+$/i.test(first)) {
    row.error(
      'phone',
      'Nomor HP terbaca sebagai angka Excel. Ubah kolom menjadi Teks lalu isi ulang',
    );
    return null;
  }
  const parsed = phone.safeParse(/^8\d{8,11}$/.test(first) ? `0${first}` : first);
  if (parsed.success) return parsed.data;
  row.error('phone', 'Isi nomor HP dengan 10–13 angka, contoh 0812-3456-7890');
  return null;
}
