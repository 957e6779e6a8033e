import fc from 'fast-check';
import { expect, test } from 'vitest';
import { safeReturn } from '#src/http/security.ts';

test.each([
  ['/lembaga', '/lembaga'],
  ['/lembaga?cari=Ma%27ruf&halaman=2', '/lembaga?cari=Ma%27ruf&halaman=2'],
  ['/usulan/7#tanda', '/usulan/7'],
  ['/a/../b', '/b'],
])('%s is a place of ours', (value, expected) => expect(safeReturn(value)).toBe(expected));

test.each([
  [undefined],
  [''],
  ['lembaga'],
  ['//evil.test'],
  ['///evil.test'],
  ['/\\evil.test'],
  ['\\\\evil.test'],
  ['/..//evil.test'],
  ['/.//evil.test'],
  ['/%2e//evil.test'],
  ['/a/..//evil.test'],
  ['https://evil.test'],
  ['javascript:alert(1)'],
  ['/\tevil.test'],
  ['/\n/evil.test'],
  [' /lembaga'],
  ['/lembaga evil'],
  ['/é'],
  ['/\0'],
  [`/${'a'.repeat(2000)}`],
])('%j is no place of ours', (value) => expect(safeReturn(value)).toBe('/beranda'));

test('whatever is given, the answer stays on this host', () => {
  const parts = fc.constantFrom(
    '/',
    '\\',
    '.',
    '..',
    '%2e',
    '%2f',
    '%5c',
    '//',
    '@',
    ':',
    '?',
    '#',
    'evil.test',
    'http:',
    '\t',
    '\n',
    '\r',
    ' ',
    'a',
    '\0',
    'é',
    ';',
  );
  const tricky = fc.array(parts, { maxLength: 8 }).map((pieces) => `/${pieces.join('')}`);
  const anything = fc.oneof(
    tricky,
    tricky,
    fc.string({ unit: 'binary' }),
    fc.webPath(),
    fc.webUrl(),
  );
  fc.assert(
    fc.property(anything, (value) => {
      const answer = safeReturn(value);
      const reached = new URL(answer, 'https://own.test');
      return (
        reached.origin === 'https://own.test' &&
        answer.startsWith('/') &&
        !answer.startsWith('//') &&
        !/[\s\\]/.test(answer) &&
        new URL(answer, 'https://own.test').href === `https://own.test${answer}`
      );
    }),
    { numRuns: 200_000 },
  );
}, 60_000);
