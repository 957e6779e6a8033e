import { optionalTerritoryNumber, personName, phone } from '#src/http/fields.ts';
import { readDate } from '#src/imports/dates.ts';
import type { ColumnField } from '#src/imports/labels.ts';
import { readName } from '#src/imports/names.ts';
import { educationOf, occupationOf } from '#src/imports/schooling.ts';
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
  /** The name with its titles as the cell holds it. */
  nameText: string;
  /** The two days where the file has a column for each; a term such as "2025–2030" tells only years. */
  stated: { startOn: string | null; lastDay: string | null };
};

export type Lists = {
  education: { code: number; label: string }[];
  occupations: { code: number; label: string }[];
};
export type ReadRow = { values: RowValues; nik: string | null; problems: Problem[] };

/** Reads one row under a mapping of columns to fields; everything that cannot be read is a problem with its cell's field. */
export function readRow(
  cells: readonly string[],
  mapping: readonly ColumnField[],
  lists: Lists,
): ReadRow {
  const problems: Problem[] = [];
  const text = (field: ColumnField) =>
    (cells[mapping.indexOf(field)] ?? '').replace(/^'/, '').trim();
  const error = (field: ColumnField, message: string, suggestion?: string) =>
    problems.push({ field, message, level: 'error', ...(suggestion ? { suggestion } : {}) });
  const day = (field: ColumnField, what: string) => {
    const given = text(field);
    if (given === '' || given === '-') return null;
    const found = readDate(given);
    if (found === null)
      error(field, `${what} “${given}” bukan tanggal. Tulis seperti 7-8-2025 atau 7 Agustus 2025`);
    return found;
  };

  const [rt, rw] = territoryOf(text);
  const birth = birthOf(text, day);
  const decree = decreeOf(text, day);
  const term = termOf(text('term'));
  const nameText = titled(text);
  const named = readName(nameText);
  const [startOn, lastDay] = [day('startOn', 'Tanggal mulai'), day('endOn', 'Tanggal selesai')];
  if (named.name === '') error('name', 'Isi nama lengkap seperti di KTP');
  else if (!personName.safeParse(named.name).success)
    error('name', 'Nama memuat angka atau tanda lain. Tulis nama dengan huruf saja');
  const values: RowValues = {
    facts: {
      ...named,
      name: masked(named.name).slice(0, 100),
      sex: sexOf(text, error),
      ...birth,
      address: textOrNull(text('address'), 200),
      rtNumber: numberOf(rt, 'RT', (message) => error('rt', message)),
      rwNumber: numberOf(rw, 'RW', (message) => error('rw', message)),
      phone: phoneOf(text('phone'), (message) => error('phone', message)),
      educationLevel: educationOf(text, lists, (message, suggestion) =>
        error('education', message, suggestion),
      ),
      occupation: occupationOf(text('occupation'), lists, problems),
    },
    kelurahan: masked(text('kelurahan')).slice(0, 60),
    institutionType: text('institutionType').slice(0, 60),
    institution: masked(text('institution')).slice(0, 120),
    position: masked(text('position')).slice(0, 80),
    ...decree,
    startOn: startOn ?? term.startOn,
    lastDay: lastDay ?? term.lastDay,
    nameText,
    stated: { startOn, lastDay },
  };
  const nik = bareNik(text('nik')) || null;
  const problem = nik === null ? null : nikProblem(nik);
  if (problem) error('nik', problem);
  return { values, nik: problem ? null : nik, problems };
}

/** What comes back of a text that was exported and read again. */
export const asRead = (recorded: string | null) =>
  recorded === null
    ? null
    : textOrNull(recorded.replaceAll(/\s+/g, ' ').trim().replace(/^'/, '').trim(), 200);

export type Text = (field: ColumnField) => string;
export type Tell = (message: string, suggestion?: string) => void;

/** A run of digits that may be a NIK is not shown, whatever column it stands in. */
export const masked = (text: string) => text.replaceAll(/\d{12,}/g, '…');

const titled = (text: Text) =>
  [text('frontTitle'), [text('name'), text('backTitle')].filter(Boolean).join(', ')]
    .filter(Boolean)
    .join(' ');

const textOrNull = (text: string, longest: number) =>
  text === '' || text === '-' ? null : masked(text).slice(0, longest);

function territoryOf(text: Text): [string, string] {
  const [, rt = '', rw = ''] = /(\d{1,3})\D+(\d{1,3})/.exec(text('rtRw')) ?? [];
  return [digitsOf(text('rt')) || rt, digitsOf(text('rw')) || rw];
}
const digitsOf = (text: string) => text.replace(/^(rt|rw)\W*/i, '').replace(/^-$/, '');

const territoryNumber = optionalTerritoryNumber('');

function numberOf(text: string, name: string, tell: Tell): number | null {
  const parsed = territoryNumber.safeParse(text);
  if (parsed.success) return parsed.data;
  tell(`Nomor ${name} “${text}” bukan angka 1 sampai 999`);
  return null;
}

function birthOf(text: Text, day: (field: ColumnField, what: string) => string | null) {
  const [, place, date] = /^(.*?)[,/]\s*(.*)$/.exec(text('birth')) ?? [];
  return {
    birthPlace: textOrNull(text('birthPlace') || (place ?? ''), 60),
    birthDate: day('birthDate', 'Tanggal lahir') ?? (date ? readDate(date) : null),
  };
}

function decreeOf(text: Text, day: (field: ColumnField, what: string) => string | null) {
  const both = text('decree');
  const [, number = both, date = ''] =
    /^(.*?)[\s,;]*(?:tanggal|tgl\.?|[,;])\s*(\d.*)$/i.exec(both) ?? [];
  return {
    decreeNumber: textOrNull(text('decreeNumber') || number.replace(/^(no\.?|nomor)\s*/i, ''), 80),
    decreedOn: day('decreedOn', 'Tanggal SK') ?? (date ? readDate(date) : null),
  };
}

/** "2025–2030" is from the first day of 2025; only days of the file's own columns are exact. */
function termOf(text: string): { startOn: string | null; lastDay: string | null } {
  const [, from, to] = /^(\d{4})\s*(?:-|–|s\/?d|sampai)\s*(\d{4})$/i.exec(text) ?? [];
  if (!from || !to) return { startOn: null, lastDay: null };
  return { startOn: `${from}-01-01`, lastDay: `${Number(to) - 1}-12-31` };
}

function sexOf(text: Text, error: (field: ColumnField, message: string) => void) {
  const [male, female] = [text('sexMale'), text('sexFemale')].map(
    (tick) => tick !== '' && tick !== '-',
  );
  if (male && female)
    error('sex', 'Laki-laki dan perempuan dua-duanya dicentang. Centang satu saja');
  else if (male) return 'male';
  else if (female) return 'female';
  const word = text('sex')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]/g, '');
  if (/^(l|lk|laki|lakilaki|pria|1)$/.test(word)) return 'male';
  if (/^(p|pr|perempuan|wanita|2)$/.test(word)) return 'female';
  if (word !== '')
    error('sex', `Jenis kelamin “${text('sex').slice(0, 20)}” tidak dikenal. Isi L atau P`);
  return null;
}

function phoneOf(text: string, tell: Tell): string | null {
  const [first = ''] = text.split(/[/;,]| dan /);
  if (first === '' || first === '-' || first === '0') return null;
  if (/E\+?\d+$/i.test(first)) {
    tell('Nomor HP terbaca sebagai angka Excel. Ubah kolom menjadi Teks lalu isi ulang');
    return null;
  }
  const parsed = phone.safeParse(/^8\d{8,11}$/.test(first) ? `0${first}` : first);
  if (parsed.success) return parsed.data;
  tell('Isi nomor HP dengan 10–13 angka, contoh 0812-3456-7890');
  return null;
}
