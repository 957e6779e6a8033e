import { expect, test } from 'vitest';
import {
  blockingYears,
  boundBy,
  breakInWords,
  isOverridable,
  ruleKinds,
  type Rule,
  worded,
} from '#src/institution-rules/rules.ts';
import { isStricter, valueProblem } from '#src/institution-rules/settings.ts';

const rule = (given: Partial<Rule>): Rule => ({
  id: 1,
  kind: 'minimum_age',
  severity: 'block',
  value: 17,
  countedFrom: null,
  countsActing: false,
  legalBasis: 'Permendagri 18/2018',
  holdsFrom: '2018-01-01',
  version: 1,
  ...given,
});
const levels = [{ rank: 5, label: 'SLTA/sederajat' }];

test('a rule names itself and its source', () => {
  expect(worded(rule({ kind: 'concurrent_office', value: null }), levels).text).toBe(
    'Larangan rangkap jabatan. Dasar: Permendagri 18/2018',
  );
  expect(worded(rule({ kind: 'education', value: 5, legalBasis: '' }), levels).text).toBe(
    'Pendidikan paling rendah SLTA/sederajat',
  );
  expect(worded(rule({}), levels).name).toBe('Usia paling rendah 17 tahun');
  expect(worded(rule({ kind: 'term_limit', value: 2 }), levels).name).toBe(
    'Paling banyak 2 kali masa bakti',
  );
});

test('a rule binds from its day, unless it is off', () => {
  expect(boundBy([rule({})], 'minimum_age', '2018-01-01')?.id).toBe(1);
  expect(boundBy([rule({})], 'minimum_age', '2017-12-31')).toBeUndefined();
  expect(boundBy([rule({ severity: 'off' })], 'minimum_age', '2018-01-01')).toBeUndefined();
  const years = rule({ kind: 'term_years', value: 5 });
  expect(blockingYears([years], '2020-01-01')).toBe(5);
  expect(blockingYears([{ ...years, severity: 'warn' }], '2020-01-01')).toBeNull();
});

test.each<[string, Partial<Rule>, Partial<Rule>, boolean]>([
  ['switched on', { severity: 'off' }, { severity: 'review' }, true],
  ['raised to a block', { severity: 'warn' }, {}, true],
  ['lowered to a warning', {}, { severity: 'warn' }, false],
  ['switched off', {}, { severity: 'off', value: 99 }, false],
  ['asks a higher age', {}, { value: 18 }, true],
  ['asks a lower age', {}, { value: 16 }, false],
  ['allows fewer terms', { kind: 'term_limit', value: 2 }, { kind: 'term_limit', value: 1 }, true],
  ['allows more terms', { kind: 'term_limit', value: 2 }, { kind: 'term_limit', value: 3 }, false],
  ['holds from earlier', {}, { holdsFrom: '2017-01-01' }, true],
  ['holds from later', {}, { holdsFrom: '2019-01-01' }, false],
  ['counts acting officers', {}, { countsActing: true }, true],
  ['counts older terms', { countedFrom: '2020-01-01' }, {}, true],
  ['counts fewer terms', {}, { countedFrom: '2020-01-01' }, false],
])('a rule that is %s', (_name, before, after, stricter) => {
  const was = rule(before);
  expect(isStricter(was.kind, was, rule(after))).toBe(stricter);
});

test('a value fits its kind', () => {
  const problem = (given: Partial<Rule>) => valueProblem(rule(given), levels);
  expect(problem({})).toBeNull();
  expect(problem({ value: null })).toBe('Isi usia paling rendah');
  expect(problem({ value: null, severity: 'off' })).toBeNull();
  expect(problem({ kind: 'term_years', value: 21 })).toBe('Isi dengan angka 1 sampai 20');
  expect(problem({ kind: 'education', value: 4 })).toBe('Pilih pendidikan dari daftar');
  expect(problem({ kind: 'one_field', value: 4 })).toBe('Aturan ini tidak memakai angka');
});

test('every kind of violation has its words', () => {
  for (const kind of ruleKinds)
    expect(breakInWords({ kind, value: 2, number: 3, other: 'Ketua RT', personId: 1 })).not.toMatch(
      /null|undefined/,
    );
  expect(breakInWords({ kind: 'term_limit', value: 2, number: 3, other: null, personId: 1 })).toBe(
    'Masa bakti ke-3 dalam jabatan ini',
  );
});

test('only what one officer may be excused from can be set aside', () => {
  expect(ruleKinds.filter(isOverridable)).toEqual([
    'term_limit',
    'concurrent_office',
    'minimum_age',
    'maximum_age',
    'education',
  ]);
});
