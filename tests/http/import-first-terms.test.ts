import { expect, test } from 'vitest';
import { as } from '../support/app.ts';
import {
  makeImportScene,
  pressImport,
  previewLines,
  rowsOfImport,
  wordsOf,
  type Line,
} from '../support/imports.ts';
import { inTransaction, rowsOf } from '../support/superuser.ts';

/** The days of a first roster, and of those who stand in beside it. */

const officer = (name: string, position: string, more: Line = {}): Line => ({
  Nama: name,
  'L/P': 'L',
  'Tanggal Lahir': '17-08-1980',
  'Jenis LKK': 'RW',
  'Nama LKK': 'RW 009',
  Jabatan: position,
  'No SK': '188.45/7/425.504/2025',
  'Tanggal SK': '7 Mei 2025',
  Mulai: '7-5-2025',
  Selesai: '6-5-2030',
  ...more,
});
const letter: Line = { 'No SK': '188.45/3', 'Tanggal SK': '1 Maret 2025', Selesai: null };
const term = 'di luar masa bakti kepengurusan RW 009 menurut baris 2, 7 Mei 2025 sampai 6 Mei 2030';

test.each<[string, string, Line]>([
  ['Mulai', 'I3', { Mulai: '1-3-2025' }],
  ['Tanggal SK', 'H3', { Mulai: null }],
])('whoever stands in before the first board is told so at %s', async (_head, cell, days) => {
  const { browser } = await makeImportScene();
  const { outcomes, text } = await previewLines(browser, [
    officer('Budi Santoso', 'Ketua'),
    officer('Eko Wijaya', 'Plt. Sekretaris', { ...letter, ...days }),
  ]);
  expect(outcomes, text).toEqual(['new', 'wrong']);
  expect(text).toContain(`Sel ${cell}: Tanggal mulai 1 Maret 2025 ${term}`);
});

test('without a column of days the cell is that of the decree or of the term', async () => {
  const { browser } = await makeImportScene();
  const lines = [
    officer('Budi Santoso', 'Ketua'),
    officer('Eko Wijaya', 'Plt. Sekretaris', { ...letter, 'Tanggal SK': '1 Maret 2024' }),
  ].map((line): Line => {
    const days = ['Mulai', 'Selesai'];
    const others = Object.entries(line).filter(([head]) => !days.includes(head));
    return { ...Object.fromEntries(others), 'Masa Bakti': '2025-2030' };
  });
  const { outcomes, text } = await previewLines(browser, lines);
  expect(outcomes, text).toEqual(['new', 'wrong']);
  expect(text).toContain('Sel H3: Tanggal mulai 1 Maret 2024 di luar masa bakti');
});

test('whoever stands in longer than the board that remains is told so before the decision', async () => {
  const { browser } = await makeImportScene();
  const short = { Selesai: '6-5-2028' };
  const { outcomes, text } = await previewLines(browser, [
    officer('Budi Santoso', 'Ketua', short),
    officer('Gito', 'Sekretaris', short),
    officer('Hadi', 'Bendahara', { Mulai: '7-5-2024', Selesai: '6-5-2029' }),
    officer('Iman', 'Seksi Keamanan', { Mulai: '7-5-2026', Selesai: '6-5-2031' }),
    officer('Eko Wijaya', 'Plt. Seksi Keamanan', { ...letter, Selesai: '1-2-2029' }),
  ]);
  expect(outcomes, text).toEqual(['new', 'new', 'wrong', 'wrong', 'wrong']);
  expect(text).toContain('Sel J6: Tanggal selesai 1 Februari 2029 di luar masa bakti');
});

test('one refused row does not narrow the board of the others', async () => {
  const { browser, lurah, kelurahan } = await makeImportScene();
  const { address, outcomes, text } = await previewLines(browser, [
    officer('Budi Santoso', 'Ketua', { Mulai: '1-7-2025', Selesai: '6-5-2029' }),
    officer('Gito', 'Sekretaris'),
    officer('Hadi', 'Bendahara'),
    officer('Eko Wijaya', 'Plt. Bendahara', { ...letter, Mulai: '1-6-2025' }),
  ]);
  expect(outcomes, text).toEqual(['new', 'new', 'new', 'new']);
  await pressImport(browser, address, 'penerapan');
  await inTransaction((client) =>
    client.query(
      `UPDATE seats s SET life = daterange('2026-01-01', NULL) FROM position_types p
       WHERE p.id = s.position_type_id AND p.code = 'treasurer' AND s.kelurahan_id = $1
         AND s.number = 1`,
      [kelurahan.id],
    ),
  );
  await pressImport(await as(lurah), address, 'persetujuan');
  const rows = await rowsOfImport(address);
  expect(
    rows.slice(0, 3).map(({ result }) => result),
    wordsOf((await browser.get(address)).text),
  ).toEqual(['done', 'done', null]);
  expect(
    await rowsOf(
      `SELECT starts_on::text AS starts, ends_on::text AS ends FROM boards WHERE kelurahan_id = $1`,
      [kelurahan.id],
    ),
  ).toEqual([{ starts: '2025-05-07', ends: '2030-05-07' }]);
});
