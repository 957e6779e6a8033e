import { expect, test } from 'vitest';
import { bareNik, nikProblem, nikWarnings } from '#src/people/rules.ts';

test.each(['3574041708909001', '3574045708909002', '5403011501709003'])('NIK %s is taken', (nik) =>
  expect(nikProblem(nik)).toBeNull(),
);

test.each([
  ['357404170890900', '15 angka'],
  ['35740417089090011', '17 angka'],
  ['', '0 angka'],
  ['357404170890900A', 'tanpa huruf'],
  ['٣٥٧٤٠٤١٧٠٨٩٠٩٠٠١', 'tanpa huruf'],
  ['9974041708909001', 'kode 99'],
  ['0074041708909001', 'kode 00'],
  ['3574041713909001', 'bulan lahir'],
  ['3574041700909001', 'bulan lahir'],
  ['3574040008909001', '41–71'],
  ['3574043208909001', '41–71'],
  ['3574044008909001', '41–71'],
  ['3574047208909001', '41–71'],
  ['3574041708900000', '0000'],
  ['3.57404E+15', 'Excel'],
  ['3,57404E+15', 'Excel'],
  ['357404E+15', 'Excel'],
])('NIK "%s" is refused with a sentence about %s', (nik, words) => {
  expect(nikProblem(nik)).toContain(words);
});

test('spaces, full stops and hyphens between the digits are no part of a NIK', () => {
  expect(bareNik('3574.04.170890.9001')).toBe('3574041708909001');
  expect(bareNik(' 3574 0417-0890 9001 ')).toBe('3574041708909001');
  expect(nikProblem(bareNik('3.57404E+15'))).toContain('Excel');
});

const kanigaran = ['35.74.04'];

test('a NIK that agrees with the person gives no warning', () => {
  const man = { birthDate: '1990-08-17', sex: 'male', kecamatanCodes: kanigaran };
  const woman = { birthDate: '1990-08-17', sex: 'female', kecamatanCodes: kanigaran };
  expect(nikWarnings('3574041708909001', man)).toEqual([]);
  expect(nikWarnings('3574045708909002', woman)).toEqual([]);
});

test('another birth date, sex and region are a warning each', () => {
  const known = { birthDate: '1991-08-17', sex: 'female', kecamatanCodes: kanigaran };
  expect(nikWarnings('3574031708909001', known)).toEqual([
    'Tanggal lahir berbeda dari NIK',
    'Jenis kelamin berbeda dari NIK (laki-laki)',
    'NIK pertama kali terdaftar di luar kecamatan ini',
  ]);
});

test('without a birth date the date of the NIK has to exist in one of the centuries', () => {
  const known = { birthDate: null, sex: null, kecamatanCodes: [] };
  expect(nikWarnings('3574043002909001', known)).toEqual([
    'Tanggal lahir pada NIK tidak ada di kalender',
  ]);
  expect(nikWarnings('3574042902009001', known)).toEqual([]);
});
