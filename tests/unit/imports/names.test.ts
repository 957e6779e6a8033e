import { expect, test } from 'vitest';
import { readRow } from '#src/imports/fields.ts';
import { readName } from '#src/imports/names.ts';

test.each([
  ['SUHARTO SH', null, 'Suharto', 'S.H.'],
  ['SUHARTO, SH', null, 'Suharto', 'S.H.'],
  ['SUHARTO SE MM', null, 'Suharto', 'S.E., M.M.'],
  ['BUDI SANTOSO S.PD', null, 'Budi Santoso', 'S.Pd.'],
  ['BUDI SANTOSO S.PD. M.SI', null, 'Budi Santoso', 'S.Pd., M.Si.'],
  ['BUDI SANTOSO S. PD', null, 'Budi Santoso', 'S.Pd.'],
  ['BUDI SANTOSO S.PD, M.SI', null, 'Budi Santoso', 'S.Pd., M.Si.'],
  ['BUDI SANTOSO, S.PD M.SI', null, 'Budi Santoso', 'S.Pd., M.Si.'],
  ['SITI A.MD.KEB', null, 'Siti', 'A.Md.Keb.'],
  ['SITI, A.MD. KEB', null, 'Siti', 'A.Md.Keb.'],
  ['Budi Santoso S.Pd', null, 'Budi Santoso', 'S.Pd.'],
  ['budi santoso s.pd', null, 'Budi Santoso', 'S.Pd.'],
  ['Budi Santoso, S.Pd', null, 'Budi Santoso', 'S.Pd'],
  ['Suharto Se', null, 'Suharto Se', null],
  ['Suharto SH', null, 'Suharto SH', null],
  ['SE', null, 'Se', null],
  ['AMA', null, 'Ama', null],
  ['BUDI AMA', null, 'Budi Ama', null],
  ['H.AHMAD FAUZI', 'H.', 'Ahmad Fauzi', null],
  ['H.Ahmad Fauzi', 'H.', 'Ahmad Fauzi', null],
  ['DRS.H.AHMAD FAUZI, M.SI', 'Drs. H.', 'Ahmad Fauzi', 'M.Si.'],
  ['HM. YUSUF', 'H.', 'M. Yusuf', null],
  ['HM YUSUF', 'H.', 'M. Yusuf', null],
  ['H.M. Yusuf', 'H.', 'M. Yusuf', null],
  ['HM. Yusuf', 'H.', 'M. Yusuf', null],
  ['drs. h. ahmad', 'Drs. H.', 'Ahmad', null],
  ['Drs H Ahmad', 'Drs. H.', 'Ahmad', null],
  ['dr. Budi', 'dr.', 'Budi', null],
  ['dr. budi', 'dr.', 'Budi', null],
  ['R.A. Kartini', 'R.A.', 'Kartini', null],
  ['M.YUSUF', null, 'M.Yusuf', null],
  ['Ir', null, 'Ir', null],
])('“%s” is %s / %s / %s', (text, frontTitle, name, backTitle) => {
  expect(readName(text)).toEqual({ frontTitle, name, backTitle });
});

const lists = { education: [], occupations: [] };
const told = (name: string) => readRow([name], ['name'], lists).problems.map((one) => one.message);

test('a name that is too long or holds other signs is told which of the two', () => {
  expect(told(`Budi${'a'.repeat(300)}`)).toEqual([
    'Nama lebih dari 100 huruf. Tulis nama seperti di KTP, paling panjang 100 huruf',
  ]);
  expect(told('Budi 2')).toEqual([
    'Nama memuat angka atau tanda lain. Tulis nama dengan huruf saja',
  ]);
  expect(told(`Budi, ${'S.Pd. '.repeat(20)}`)).toEqual(['Gelar paling panjang 60 huruf']);
  expect(told('Budi, S1')).toEqual([
    'Tulis gelar dengan huruf, titik, dan koma, contoh S.Pd., M.Si.',
  ]);
});
