import { expect, test } from 'vitest';
import { readRow } from '#src/imports/fields.ts';
import { checkTermNumber } from '#src/imports/term-numbers.ts';
import type { Severity } from '#src/institution-rules/rules.ts';

/** What is told of a first chair whose row says so many terms, under a limit of two. */
function told(given: string, severity: Severity, kind: 'definitive' | 'midterm' = 'definitive') {
  const { values } = readRow(['Budi', given], ['name', 'termNumber'], {
    education: [],
    occupations: [],
  });
  const rule = {
    ...{ id: 1, kind: 'term_limit' as const, severity, value: 2, version: 1, name: '', text: '' },
    ...{ countedFrom: null, countsActing: false, legalBasis: '', holdsFrom: '2018-01-01' },
  };
  const type = {
    ...{ id: 1, code: 'RT', name: 'RT', shortName: 'RT', territory: 'rt', parentTypeId: null },
    ...{ rules: [rule], positions: [] },
  };
  return checkTermNumber(values, {
    place: { type, institution: null, fresh: null, name: 'RT 001/RW 002' },
    known: null,
    appointment: {
      ...{ institutionId: 0, institutionTypeId: 1, positionTypeId: 1, isChair: true, field: null },
      ...{ kind, startOn: '2025-05-07', endOn: null, endingTenureIds: [] },
    },
  }).map(({ level, message }) => `${level}: ${message}`);
}

const counted = (given: number) =>
  `Berkas menulis masa bakti ke-${given}, portal menghitung ke-1 dari jabatan yang dikenalnya. Catat masa bakti sebelumnya lebih dulu supaya batas masa bakti dapat diperiksa`;

test('more terms than the limit keep a row back where the rule blocks', () => {
  expect(told('1', 'block')).toEqual([]);
  expect(told('2', 'block')).toEqual([`note: ${counted(2)}`]);
  expect(told('3', 'block')).toEqual([
    'error: Budi sudah masa bakti ke-3; paling banyak 2. Periksa angkanya. Bila lurah memberi pengecualian, ajukan di halaman Usulan',
  ]);
});

test('where the rule only warns they are a note, and where it is off nothing is counted', () => {
  expect(told('3', 'warn')).toEqual([
    `note: Budi sudah masa bakti ke-3; paling banyak 2. ${counted(3)}`,
  ]);
  expect(told('3', 'off')).toEqual([
    'note: Angka 3 tidak dicatat, karena portal tidak menghitung masa bakti untuk jabatan ini',
  ]);
});

test('the remainder of somebody else’s term has no number', () => {
  expect(told('3', 'block', 'midterm')).toEqual([
    'note: Angka 3 tidak dicatat, karena portal tidak menghitung masa bakti untuk jabatan ini',
  ]);
});
