import { isBlank, quoted, type Cells } from '#src/imports/cells.ts';
import type { Lists } from '#src/imports/fields.ts';
import { columnFields } from '#src/imports/labels.ts';
import { nearest } from '#src/imports/names.ts';
import { tickedOf } from '#src/imports/ticks.ts';

/** Education and work in the many words of lists of officers. */

const schools: [RegExp, number][] = [
  [/^(tidak sekolah|belum sekolah|tidak pernah sekolah)$/, 1],
  [/^(tidak|belum) (tamat|lulus) sd$/, 2],
  [/^(sd|mi|sr|sd mi|sekolah dasar|paket a)$/, 3],
  [/^(smp|sltp|mts|smpn|smp mts|paket b)$/, 4],
  [/^(sma|slta|smk|stm|smea|ma|sman|smkn|smu|spg|paket c|sma smk|sma ma|sma smk ma)$/, 5],
  [/^(d ?(1|2|i|ii)|d1 d2|d i ii|diploma (1|2|i|ii))$/, 6],
  [/^(d ?3|d ?iii|diploma|diploma (3|iii)|akademi|sarjana muda)$/, 7],
  [/^(s ?1|s i|d ?4|d ?iv|d ?4 s ?1|d iv s i|sarjana|strata (1|i)|s1 sarjana)$/, 8],
  [/^(s ?2|s ii|magister|strata (2|ii))$/, 9],
  [/^(s ?3|s iii|doktor|strata (3|iii))$/, 10],
];
const plainWord = (text: string) =>
  text
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, ' ')
    .trim();

/** "Tamat SMA/sederajat", "SMA" and "Lulusan SMA" are one. */
function schoolOf(word: string): number | null {
  const bare = word.replace(/^(tamat|lulus|lulusan) /, '').replace(/ sederajat$/, '');
  return schools.find(([pattern]) => pattern.test(bare))?.[1] ?? null;
}

const ticks = ([3, 4, 5, 6, 7, 8, 9, 10] as const).map((code) => ({
  code,
  field: `education${code}` as const,
  label: columnFields[`education${code}`].replace('Centang ', ''),
  isWord: (text: string) => schoolOf(plainWord(text)) === code,
}));

export function educationOf(row: Cells, { education }: Lists): number | null {
  const tick = tickedOf(row, ticks, 'Centang pendidikan terakhir saja');
  if (tick) return tick.code;
  const given = row.text('education');
  const word = plainWord(given);
  if (word === '') return null;
  const known = codesOf(education).get(word) ?? schoolOf(word);
  if (known !== null) return known;
  const near = nearest(
    given,
    education.map((level) => level.label),
  );
  row.error(
    'education',
    `Pendidikan ${quoted(given)} tidak dikenal. ${near ? `Maksud Anda “${near}”?` : 'Isi misalnya SD, SMP, SMA, D3, atau S1'}`,
    near ?? undefined,
  );
  return null;
}

/** The levels by their label, however it is spaced; made once for all rows of a file. */
const codes = new WeakMap<Lists['education'], Map<string, number>>();
function codesOf(education: Lists['education']): Map<string, number> {
  const made =
    codes.get(education) ?? new Map(education.map(({ code, label }) => [plainWord(label), code]));
  codes.set(education, made);
  return made;
}

const commonWork: Record<string, string> = {
  irt: 'mengurus rumah tangga',
  'ibu rumah tangga': 'mengurus rumah tangga',
  swasta: 'karyawan swasta',
  pns: 'aparatur sipil negara (asn)',
  asn: 'aparatur sipil negara (asn)',
  tni: 'tentara nasional indonesia (tni)',
  polri: 'kepolisian ri (polri)',
  petani: 'petani/pekebun',
  pelajar: 'pelajar/mahasiswa',
  mahasiswa: 'pelajar/mahasiswa',
  nelayan: 'nelayan/perikanan',
};

/** Work is described in many words; what is not on the list is kept as "Lainnya" and said so. */
export function occupationOf(row: Cells, { occupations }: Lists): number | null {
  const given = row.text('occupation');
  if (isBlank(given)) return null;
  const wanted = given.toLowerCase();
  const label = commonWork[wanted] ?? wanted;
  const known = occupations.find((one) => one.label.toLowerCase() === label);
  if (known) return known.code;
  const near = nearest(
    given,
    occupations.map((one) => one.label),
  );
  row.note(
    'occupation',
    `Pekerjaan ${quoted(given)} tidak ada di daftar dan dicatat sebagai Lainnya${near ? `. Maksud Anda “${near}”?` : ''}`,
    near ?? undefined,
  );
  return occupations.find((one) => one.label === 'Lainnya')?.code ?? null;
}
