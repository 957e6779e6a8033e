import { expect, test } from 'vitest';
import { readRow } from '#src/imports/fields.ts';
import type { ColumnField } from '#src/imports/labels.ts';

/** No cell that holds something is lost without a word. */

const lists = {
  education: [
    { code: 1, label: 'Tidak/belum sekolah' },
    { code: 2, label: 'Belum tamat SD/sederajat' },
    { code: 3, label: 'Tamat SD/sederajat' },
    { code: 4, label: 'SLTP/sederajat' },
    { code: 5, label: 'SLTA/sederajat' },
    { code: 6, label: 'Diploma I/II' },
    { code: 7, label: 'Akademi/Diploma III/S. Muda' },
    { code: 8, label: 'Diploma IV/Strata I' },
    { code: 9, label: 'Strata II' },
    { code: 10, label: 'Strata III' },
  ],
  occupations: [],
};

/** A row of these cells, in this order, beside a name. */
function read(cells: Partial<Record<ColumnField, string>>) {
  const all: Partial<Record<ColumnField, string>> = { name: 'Budi', ...cells };
  const { values, problems } = readRow(
    Object.values(all),
    Object.keys(all) as ColumnField[],
    lists,
  );
  return {
    ...values,
    told: problems.map(({ field, level, message }) => `${field} ${level}: ${message}`),
  };
}

test.each([
  ['Probolinggo, 7 Agustus 1975', 'Probolinggo', '1975-08-07'],
  ['PROBOLINGGO / 7 AGUSTUS 1975', 'PROBOLINGGO', '1975-08-07'],
  ['Probolinggo 07-08-1975', 'Probolinggo', '1975-08-07'],
  ['Probolinggo, 07/08/1975', 'Probolinggo', '1975-08-07'],
  ['Kab. Probolinggo, Jatim, tgl. 7-8-1975', 'Kab. Probolinggo, Jatim', '1975-08-07'],
  ['Probolinggo, Kamis 7 Agustus 1975', 'Probolinggo', '1975-08-07'],
  ['07/08/1975', null, '1975-08-07'],
  ['1975-08-07', null, '1975-08-07'],
  ['Probolinggo', 'Probolinggo', null],
  ['Lumajang, Jatim', 'Lumajang, Jatim', null],
  ['Probolinggo, -', 'Probolinggo', null],
  ['-', null, null],
])('the place and day of birth “%s” are both read', (birth, birthPlace, birthDate) => {
  const { facts, told } = read({ birth });
  expect([facts.birthPlace, facts.birthDate, told]).toEqual([birthPlace, birthDate, []]);
});

test.each([
  ['31-02-1990', 'tidak ada di kalender'],
  ['31 April 1990', 'tidak ada di kalender'],
  ['1990', 'bukan tanggal'],
  ['7 Foobar 1990', 'bukan tanggal'],
])('a day of birth that cannot be, %s, is told in its cell', (given, what) => {
  const sentence = `error: Tanggal lahir “${given}” ${what}. Tulis seperti 7-8-2025 atau 7 Agustus 2025`;
  expect(read({ birth: `Probolinggo, ${given}` })).toMatchObject({
    facts: { birthPlace: 'Probolinggo', birthDate: null },
    told: [`birth ${sentence}`],
  });
  expect(read({ birthDate: given }).told).toEqual([`birthDate ${sentence}`]);
});

test('number and day of a decree in one cell are both read, or what is wrong is told', () => {
  expect(read({ decree: '188.45/3/2025 tanggal 7 Mei 2025' })).toMatchObject({
    decreeNumber: '188.45/3/2025',
    decreedOn: '2025-05-07',
    told: [],
  });
  expect(read({ decree: '188.45/3/2025 / 7 Mei 2025' })).toMatchObject({
    decreeNumber: '188.45/3/2025',
    decreedOn: '2025-05-07',
    told: [],
  });
  expect(read({ decree: ' / -' })).toMatchObject({ decreeNumber: null, decreedOn: null, told: [] });
  expect(read({ decree: '188.45/3/2025 tgl 31-2-2025' }).told).toEqual([
    'decree error: Tanggal SK “31-2-2025” tidak ada di kalender. Tulis seperti 7-8-2025 atau 7 Agustus 2025',
  ]);
});

test('a term or a territory that cannot be read is told', () => {
  expect(read({ term: '2025–2030' }).told).toEqual([]);
  expect(read({ term: '2025 - 2030' }).startOn).toBe('2025-01-01');
  expect(read({ term: 'lima tahun' }).told).toEqual([
    'term note: Masa bakti “lima tahun” tidak terbaca dan tidak dipakai. Tulis seperti 2025–2030',
  ]);
  expect(read({ rtRw: '- / -' }).told).toEqual([]);
  expect(read({ rtRw: '005' }).told).toEqual([
    'rtRw error: RT/RW “005” tidak terbaca. Tulis seperti 001/005',
  ]);
  expect(read({ rtRw: '1000/005' }).told).toEqual([
    'rtRw error: Nomor RT “1000” bukan angka 1 sampai 999',
  ]);
});

test('what is told of a cell shows no NIK', () => {
  const nik = '3574041708909001';
  const wrong = read({ birthDate: nik, sex: nik, rt: nik, education: nik, term: nik });
  expect(wrong.told).toHaveLength(5);
  expect(wrong.told.join(' ')).not.toMatch(/\d{12}/);
});

test.each(['v', 'V', '√', '✓', 'x', 'X', '1', 'ya', 'TRUE', 'L', 'laki-laki'])(
  '“%s” is a tick',
  (tick) => {
    expect(read({ sexMale: tick, sexFemale: '' })).toMatchObject({
      facts: { sex: 'male' },
      told: [],
    });
  },
);

test.each(['', '-', '0', 'FALSE', 'tidak', 'Tidak'])('“%s” is no tick', (none) => {
  expect(
    read({ sexMale: none, sexFemale: 'v', education4: none, education5: 'SMA' }),
  ).toMatchObject({ facts: { sex: 'female', educationLevel: 5 }, told: [] });
});

test('anything else in a column of ticks is told in its cell', () => {
  expect(read({ sexMale: 'P', sexFemale: '', education4: 'mungkin' })).toMatchObject({
    facts: { sex: null, educationLevel: null },
    told: [
      'sexMale error: “P” bukan centang. Isi v, atau kosongkan',
      'education4 error: “mungkin” bukan centang. Isi v, atau kosongkan',
    ],
  });
});

test('two ticks for one question are told in the second cell, naming both', () => {
  expect(read({ education4: 'v', education5: 'v', sexFemale: 'v', sexMale: 'v' })).toMatchObject({
    facts: { sex: null, educationLevel: null },
    told: [
      'sexMale error: Perempuan dan laki-laki dicentang bersamaan. Centang satu saja',
      'education5 error: SMP dan SMA dicentang bersamaan. Centang pendidikan terakhir saja',
    ],
  });
});

test.each([
  ['TIDAK / BELUM SEKOLAH', 1],
  ['BELUM TAMAT SD/SEDERAJAT', 2],
  ['Tidak tamat SD', 2],
  ['TAMAT SD / SEDERAJAT', 3],
  ['SD sederajat', 3],
  ['Tamat SD', 3],
  ['SLTP/SEDERAJAT', 4],
  ['Lulus SMP', 4],
  ['SLTA / SEDERAJAT', 5],
  ['SMA/SMK', 5],
  ['Tamat SMA/Sederajat', 5],
  ['DIPLOMA I / II', 6],
  ['D-II', 6],
  ['AKADEMI/ DIPLOMA III/S. MUDA', 7],
  ['D.III', 7],
  ['D-3', 7],
  ['Sarjana Muda', 7],
  ['DIPLOMA IV/ STRATA I', 8],
  ['D4/S1', 8],
  ['S-1', 8],
  ['S.1', 8],
  ['Strata-1', 8],
  ['STRATA II', 9],
  ['STRATA III', 10],
  ['-', null],
])('the education “%s” is level %s', (education, educationLevel) => {
  expect(read({ education })).toMatchObject({ facts: { educationLevel }, told: [] });
});

test('an education that is not known is told, with the likely one', () => {
  expect(read({ education: 'SLTA/sedrajat' }).told).toEqual([
    'education error: Pendidikan “SLTA/sedrajat” tidak dikenal. Maksud Anda “SLTA/sederajat”?',
  ]);
});

test.each([
  ['3', 3],
  ['ke-3', 3],
  ['Ke 3', 3],
  ['II', 2],
  ['Periode III', 3],
  ['3 (tiga)', 3],
  ['', null],
  ['-', null],
])('the number of a term “%s” is %s', (termNumber, expected) => {
  expect(read({ termNumber })).toMatchObject({ termNumber: expected, told: [] });
});

test('a number of a term that cannot be read is told', () => {
  expect(read({ termNumber: '2025–2030' })).toMatchObject({
    termNumber: null,
    told: [
      'termNumber note: Periode ke “2025–2030” bukan angka dan tidak dipakai. Tulis misalnya 1 atau 2',
    ],
  });
});
