import fc from 'fast-check';
import { expect, test } from 'vitest';
import * as format from '#src/format.ts';
import { readDate } from '#src/imports/dates.ts';
import { readRow, type Facts } from '#src/imports/fields.ts';
import { fieldOfHead, type ColumnField } from '#src/imports/labels.ts';
import { nearest, readName } from '#src/imports/names.ts';
import { readTable } from '#src/imports/reading.ts';
import { rowsInPieces } from '#src/imports/table.ts';
import { rosterColumns, type RosterField } from '#src/officers/columns.ts';
import { writeWorkbook } from '#src/spreadsheet-file.ts';

const lists = {
  education: [
    { code: 4, label: 'SLTP/sederajat' },
    { code: 8, label: 'Diploma IV/Strata I' },
  ],
  occupations: [
    { code: 1, label: 'Guru' },
    { code: 2, label: 'Lainnya' },
  ],
};

const word = fc.constantFrom('Budi', 'Siti', "Ma'ruf", 'Al-Amin', 'Nur', 'Aini', 'Wahyuni');
const day = fc
  .date({ min: new Date('1940-01-01'), max: new Date('2030-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
const number = fc.option(fc.integer({ min: 1, max: 999 }));
const facts: fc.Arbitrary<Facts> = fc.record({
  frontTitle: fc.constantFrom(null, 'H.', 'Hj.', 'Drs.'),
  name: fc.array(word, { minLength: 1, maxLength: 3 }).map((words) => words.join(' ')),
  backTitle: fc.constantFrom(null, 'S.Pd.', 'S.Sos., M.Si.'),
  sex: fc.constantFrom('male' as const, 'female' as const),
  birthPlace: fc.constantFrom(null, 'Probolinggo', '=1+1', '+62'),
  birthDate: fc.option(day),
  address: fc.constantFrom(null, 'Jl. Mawar 3', '@SUM(A1)', '-5'),
  rtNumber: number,
  rwNumber: number,
  phone: fc.option(
    fc.integer({ min: 10_000_000, max: 9_999_999_999 }).map((rest) => `+6281${rest}`),
  ),
  educationLevel: fc.constantFrom(null, 4, 8),
  occupation: fc.constantFrom(null, 1, 2),
});

/** The cells of the roster's own columns, as the export writes them. */
function cellsOf(person: Facts): (string | null)[] {
  const label = (list: { code: number; label: string }[], code: number | null) =>
    list.find((one) => one.code === code)?.label ?? null;
  const padded = (value: number | null) => value && String(value).padStart(3, '0');
  const cells: Partial<Record<RosterField, string | null>> = {
    name: format.personName(person),
    sex: person.sex === 'male' ? 'L' : 'P',
    birthPlace: person.birthPlace,
    birthDate: person.birthDate && format.date(person.birthDate),
    address: person.address,
    rt: padded(person.rtNumber) || null,
    rw: padded(person.rwNumber) || null,
    education: label(lists.education, person.educationLevel),
    occupation: label(lists.occupations, person.occupation),
    institution: 'Pokmas Mawar',
    position: 'Ketua',
    phone: person.phone && format.phone(person.phone),
  };
  return rosterColumns.map(({ field }) => cells[field] ?? null);
}

test('what the roster columns hold is read back unchanged from a real file', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(facts, { minLength: 1, maxLength: 40 }), async (people) => {
      const file = await writeWorkbook([
        {
          name: 'Pengurus',
          title: 'Pengurus Pokmas Mawar',
          asOf: '2026-11-24',
          lines: ['Keadaan 24 November 2026'],
          columns: rosterColumns.map(({ label, width }) => ({ label, width })),
          rows: people.map(cellsOf),
        },
      ]);
      const table = await readTable(file);
      const { columns } = table;
      const rows = [...rowsInPieces(table, 3)].flat();
      const mapping = columns.map(({ label }): ColumnField => fieldOfHead(label) ?? 'ignore');
      const read = rows.map(({ cells }) => readRow(cells, mapping, lists));
      expect(read.map(({ values }) => values.facts)).toEqual(people);
      expect(read.flatMap(({ problems }) => problems)).toEqual([]);
    }),
    { numRuns: 15 },
  );
});

test.each([
  ['7-8-2025', '2025-08-07'],
  ['7/8/2025', '2025-08-07'],
  ['Kamis, 7 Agustus 2025', '2025-08-07'],
  ['7 AGT 2025', '2025-08-07'],
  ['45876', '2025-08-07'],
  ['2025-08-07', '2025-08-07'],
  ['07-08-85', '1985-08-07'],
  ['31-2-2025', null],
  ['Agustus 2025', null],
  ['kemarin', null],
])('the date %s is %s', (text, expected) => {
  expect(readDate(text)).toBe(expected);
});

test('names in capitals lose them, and titles stand apart', () => {
  expect(readName("H. ACHMAD MA'RUF, S.PD, M.SI")).toEqual({
    frontTitle: 'H.',
    name: "Achmad Ma'ruf",
    backTitle: 'S.Pd., M.Si.',
  });
  expect(readName('Sumiati')).toEqual({ frontTitle: null, name: 'Sumiati', backTitle: null });
});

test('a likely word is offered, an unlikely one is not', () => {
  expect(nearest('Sekertaris', ['Ketua', 'Sekretaris', 'Bendahara'])).toBe('Sekretaris');
  expect(nearest('Pembina', ['Ketua', 'Sekretaris', 'Bendahara'])).toBeNull();
});
