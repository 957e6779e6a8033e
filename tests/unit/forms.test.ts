import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { z } from 'zod';
import {
  date,
  idChoice,
  optionalTerritoryNumber,
  personName,
  phone,
  requiredText,
  title,
  version,
} from '#src/http/fields.ts';
import { HttpError } from '#src/http/errors.ts';
import { blankForm, parseBody, parseQuery, withError } from '#src/http/forms.ts';
import { routes } from '#src/routes.ts';

const schema = z.strictObject({ name: requiredText('Isi nama', 50), born: date('Isi tanggal') });
const key = randomUUID();
const born = { bornDay: '7', bornMonth: '8', bornYear: '2025' };

test('three boxes of a date become one, and the typed boxes stay as they were', () => {
  const form = parseBody(schema, { key, name: '  Siti  ', ...born });
  expect(form.input).toEqual({ name: 'Siti', born: '2025-08-07' });
  expect(form.values).toMatchObject({ name: 'Siti', bornDay: '7', bornMonth: '8' });
  expect(form.key).toBe(key);
});

test('a wrong field says what to write, and every typed value is kept', () => {
  const form = parseBody(schema, {
    key,
    name: '',
    bornDay: '30',
    bornMonth: '2',
    bornYear: '2024',
  });
  expect(form.input).toBeUndefined();
  expect(form.errors.name).toBe('Isi nama');
  expect(form.errors.born).toContain('Tanggal ini tidak ada');
  expect(form.values).toMatchObject({ bornDay: '30', bornMonth: '2', bornYear: '2024' });
});

test.each([
  ['a field that nobody asked for', { key, name: 'A', ...born, admin: '1' }],
  ['a field that comes twice', { key, name: ['A', 'B'], ...born }],
  ['an object', { key, name: { not: '' }, ...born }],
  ['NUL', { key, name: 'A\0B', ...born }],
  ['half a surrogate pair', { key, name: 'A\uD800', ...born }],
  ['NUL in the name of a field', { key, 'na\0me': 'A' }],
  ['no key', { name: 'A', ...born }],
  ['a key that is no uuid', { key: '1', name: 'A', ...born }],
  ['a nested name', { key, 'name[first]': 'A', ...born }],
  ['the name constructor', { key, name: 'A', ...born, constructor: 'x' }],
])('%s is no form of ours', (_name, body) => {
  expect(() => parseBody(schema, body)).toThrow(HttpError);
});

test('a field called __proto__ changes no object', () => {
  const body = JSON.parse(
    `{"__proto__":"polluted","key":"${key}","name":"A","bornDay":"7","bornMonth":"8","bornYear":"2025"}`,
  );
  try {
    parseBody(schema, body);
  } catch (error) {
    expect(error).toBeInstanceOf(HttpError);
  }
  expect(Reflect.get({}, 'polluted')).toBeUndefined();
  expect(Object.getPrototypeOf({})).toBe(Object.prototype);
});

test('a blank form has a key of its own and shows null as nothing', () => {
  expect(blankForm().key).not.toBe(blankForm().key);
  expect(blankForm({ a: null, b: 3, born: '2025-08-07' }).values).toEqual({
    a: '',
    b: '3',
    born: '2025-08-07',
    bornYear: '2025',
    bornMonth: '8',
    bornDay: '7',
  });
});

test('a form with an error from elsewhere has no input any more', () => {
  const form = withError(parseBody(schema, { key, name: 'A', ...born }), 'name', 'Sudah dipakai');
  expect(form.errors).toEqual({ name: 'Sudah dipakai' });
  expect(form.input).toBeUndefined();
});

test.each([
  "Ma'ruf",
  'H. Siti',
  'Sukarno',
  'Abd. Rahman, Drs.',
  'Nur’aini',
  'R.A. Kartini-Djojo',
  'Ni Wayan Sari',
  'Å',
])('%s is a name', (name) => expect(personName.safeParse(name).success).toBe(true));
test.each(['', '<script>', 'a\nb', '12345', '%', '_', 'A'.repeat(101), '😀'])(
  '%j is no name',
  (name) => expect(personName.safeParse(name).success).toBe(false),
);
test.each(['H.', 'S.Pd., M.Si.', "Ma'", ''])('%j may stand before or after a name', (text) =>
  expect(title.safeParse(text).success).toBe(true),
);

test.each([
  ['0812-3456-7890', '+6281234567890'],
  ['+62 812 3456 7890', '+6281234567890'],
  ['(0335) 421234', '+62335421234'],
  ['', null],
])('the phone %s is kept as %s', (typed, kept) => expect(phone.parse(typed)).toBe(kept));
test.each(['123', 'telepon', '0812', '+1 555 123 4567', '08123456789012345', "0812'; --"])(
  '%s is no phone',
  (typed) => expect(phone.safeParse(typed).success).toBe(false),
);

/** A mobile number as people write it: any usual beginning, its digits in groups with the usual signs between. */
const written = fc
  .tuple(
    fc.constantFrom('0', '62', '+62', '+62 ', '(+62) ', '0 '),
    fc.stringMatching(/^8[1-9]\d{7,10}$/),
    fc.array(fc.tuple(fc.integer({ min: 1, max: 8 }), fc.constantFrom('-', ' ', '.', ' - ')), {
      maxLength: 3,
    }),
  )
  .map(([beginning, digits, breaks]) => ({
    typed: breaks.reduce(
      (text, [at, sign]) => text.slice(0, -at) + sign + text.slice(-at),
      beginning + digits,
    ),
    kept: `+62${digits}`,
  }));

test('a mobile number in any usual form is kept as the same E.164 number', () =>
  fc.assert(fc.property(written, ({ typed, kept }) => phone.parse(typed) === kept)));

test.each(['2024-02-29', '2025-12-31', '1945-08-17'])('%s is a date', (text) =>
  expect(date('x').safeParse(text).success).toBe(true),
);
test.each([
  '2024-02-30',
  '2023-02-29',
  '2025-13-01',
  '0000-00-00',
  '25-1-1',
  '2025-1-1',
  '9999-01-01',
  '2025-01-01T00:00',
])('%s is no date', (text) => expect(date('x').safeParse(text).success).toBe(false));

test.each(['-1', '0', '2147483648', '1e9', '1.5', ' 1', '0x1', '٣', '99999999999999999999', ''])(
  '%j is no id and no version',
  (text) => {
    expect(idChoice('x').safeParse(text).success).toBe(false);
    if (text !== '0') expect(version.safeParse(text).success && Number(text) < 0).toBe(false);
  },
);
test.each([
  ['1', 1],
  ['01', 1],
  ['001', 1],
  ['', null],
  ['0', null],
])('RT %j is number %s', (text, number) =>
  expect(optionalTerritoryNumber('RT').parse(text)).toBe(number),
);

/** Whatever text arrives, a schema answers or refuses; it never throws anything else and never keeps a broken string. */
test('no text makes a schema of any route fail in another way than by refusing', () => {
  const hostile = fc.oneof(
    fc.constantFrom(
      "Ma'ruf",
      '<script>alert(1)</script>',
      '%',
      '_',
      '\\',
      '\0',
      '\uD800',
      '-1',
      '0',
      '2147483648',
      '1e9',
      '2024-02-30',
      'NaN',
      '😀',
      "'; DROP TABLE people; --",
      '{{7*7}}',
      '=1+1',
      '../../etc/passwd',
      'x'.repeat(10_000),
    ),
    fc.string({ unit: 'binary', maxLength: 40 }),
  );
  for (const { schema: routeSchema, method, path } of routes) {
    if (!(routeSchema instanceof z.ZodObject)) throw new Error(`${path} has no object schema`);
    const fields = Object.keys(routeSchema.shape);
    fc.assert(
      fc.property(
        fc.array(hostile, { minLength: fields.length, maxLength: fields.length }),
        (texts) => {
          const values = Object.fromEntries(
            fields.map((field, index) => [field, texts[index] ?? '']),
          );
          try {
            const form =
              method === 'get'
                ? parseQuery(routeSchema, values)
                : parseBody(routeSchema, { ...values, key });
            for (const value of Object.values(form.values)) expect(value.isWellFormed()).toBe(true);
            expect(form.input === undefined).toBe(Object.keys(form.errors).length > 0);
          } catch (error) {
            expect(error).toBeInstanceOf(HttpError);
          }
        },
      ),
      { numRuns: 60 },
    );
  }
});
