import { expect, test } from 'vitest';
import { rosterQuery } from '#src/officers/form.ts';

const dayOf = (tanggal: string) => rosterQuery.safeParse({ tanggal }).data?.tanggal;

test.each([
  ['2024-08-17', '2024-08-17'],
  ['17-08-2024', '2024-08-17'],
  ['17/8/2024', '2024-08-17'],
  ['7 8 2024', '2024-08-07'],
])('the day %s is read as %s', (typed, day) => {
  expect(dayOf(typed)).toBe(day);
});

test('no day means today', () => {
  expect(dayOf('')).toBeNull();
});

test.each([
  '2024-02-30',
  '30-02-2024',
  '31-13-2024',
  '0001-01-01',
  '-1',
  '1e9',
  '2024-8-17',
  'besok',
  '٢٠٢٤-٠٨-١٧',
])('the day %s does not exist', (typed) => {
  expect(rosterQuery.safeParse({ tanggal: typed }).error?.issues[0]?.message).toContain(
    'Tanggal ini tidak ada',
  );
});
