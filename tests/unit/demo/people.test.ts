import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { personName } from '#src/format.ts';
import { nameForm } from '#src/roster-changes/form.ts';
import { nikProblem, nikWarnings } from '#src/people/rules.ts';
import { peopleMaker, type DemoPerson } from '../../../prisma/demo/people.ts';
import { randomFrom } from '../../../prisma/demo/random.ts';

const home = { street: 'Jl. Mastrip', rtNumber: 1, rwNumber: 2 };

function crowd(count: number): DemoPerson[] {
  const makePerson = peopleMaker(randomFrom('people.test'), new Set());
  return Array.from({ length: count }, (_, index) =>
    makePerson({ women: 0.5, born: index % 2 === 0 ? [1950, 1984] : [1985, 2003], home }),
  );
}

const people = crowd(1500);

test('the same people come out on every machine', () => {
  expect(crowd(1500)).toEqual(people);
  const digest = createHash('sha256').update(JSON.stringify(people)).digest('hex');
  expect(digest).toBe('02d49a9ecea1c010e837b087ea51786af73f3e2ab48e6c37fb62677dc2d27e6c');
});

test('no two people share a name, a NIK or a telephone', () => {
  for (const field of ['name', 'nik', 'phone'] as const) {
    const values = people.map((person) => person[field]).filter((value) => value !== null);
    expect(new Set(values).size).toBe(values.length);
  }
});

test('every NIK is well formed, synthetic, and agrees with birth date and sex', () => {
  for (const { nik, birthDate, sex } of people) {
    if (nik === null) continue;
    expect(nikProblem(nik)).toBeNull();
    expect(nik).toMatch(/^35740[1-4]\d{6}9\d{3}$/);
    expect(nikWarnings(nik, { birthDate, sex, kecamatanCodes: [] })).toEqual([]);
  }
});

test('telephones come from a block that nobody holds', () => {
  for (const { phone } of people) expect(phone ?? '+6281200012345').toMatch(/^\+62812000\d{5}$/);
});

test('the portal itself would accept every name and title', () => {
  for (const { frontTitle, name, backTitle, sex } of people) {
    const typed = { frontTitle: frontTitle ?? '', name, backTitle: backTitle ?? '', sex };
    expect(nameForm.parse(typed)).toEqual({ frontTitle, name, backTitle, sex });
  }
});

test('names are of many kinds: one word, apostrophes, titles before and after', () => {
  const names = people.map(personName);
  expect(names.filter((name) => !name.includes(' ')).length).toBeGreaterThan(50);
  expect(names.filter((name) => name.includes("'")).length).toBeGreaterThan(20);
  expect(names.filter((name) => /^Hj?\. /.test(name)).length).toBeGreaterThan(30);
  expect(names.filter((name) => /, (S|A\.Md|M)\./.test(name)).length).toBeGreaterThan(100);
  expect(
    names.filter((name) => /^(Tan|Lie|Oei|Liem|I Made|Ni) /.test(name)).length,
  ).toBeGreaterThan(5);
});

test('something is missing of some people, as in any real register', () => {
  for (const field of ['nik', 'phone', 'birthDate', 'address', 'educationLevel'] as const) {
    const missing = people.filter((person) => person[field] === null).length;
    expect(missing).toBeGreaterThan(people.length * 0.02);
    expect(missing).toBeLessThan(people.length * 0.2);
  }
});
