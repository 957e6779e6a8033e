import { describe, expect, test } from 'vitest';
import { listHref, shownLine, type RecapLine } from '#src/reports/columns.ts';
import { keyFigures } from '#src/reports/key-figures.ts';
import { findings } from '#src/reports/findings.ts';
import { completeness, percentOf, sum, sumBy, type Figures } from '#src/reports/rules.ts';

const figures = (given: Partial<Figures> = {}): Figures => ({
  ...sum([]),
  institutions: 10,
  valid: 10,
  filled: 90,
  expected: 100,
  ...given,
});
const line = (name: string, given: Partial<Figures> = {}): RecapLine => ({
  name,
  href: `/laporan?kelurahan=${name}`,
  query: `kelurahan=${name}`,
  figures: figures(given),
});

test('sums add every figure, and nothing sums to zero', () => {
  expect(sum([figures({ women: 2 }), figures({ women: 3 })])).toMatchObject({
    institutions: 20,
    women: 5,
    expected: 200,
  });
  expect(Object.values(sum([]))).toEqual(Array.from({ length: 10 }, () => 0));
});

test('rows with the same key are summed together', () => {
  const rows = [1, 2, 1].map((placeId) => ({ ...figures(), placeId }));
  expect(
    [...sumBy(rows, ({ placeId }) => placeId)].map(([id, row]) => [id, row.institutions]),
  ).toEqual([
    [1, 20],
    [2, 10],
  ]);
});

test('a percentage is rounded down, so that 100% means all', () => {
  expect(percentOf(999, 1000)).toBe(99);
  expect(percentOf(1000, 1000)).toBe(100);
  expect(percentOf(0, 0)).toBeNull();
  expect(completeness(figures())).toBe(90);
});

describe('findings', () => {
  test('name the three places that ask most, weightiest first', () => {
    const found = findings([
      line('A', { ending: 1 }),
      line('B', { ended: 4 }),
      line('C', { vacantChairs: 2 }),
      line('D', { withoutDecree: 2 }),
      line('E'),
    ]);
    expect(found.map(({ subject }) => subject)).toEqual(['B', 'C', 'D']);
  });

  test('say in words what is wrong and lead to the place', () => {
    const [found] = findings([
      line('A', { ended: 1, ending: 2, withoutDecree: 3, vacantChairs: 4, filled: 50 }),
    ]);
    expect(found).toEqual({
      subject: 'A',
      href: '/laporan?kelurahan=A',
      text: '1 SK sudah berakhir, 2 SK berakhir dalam 90 hari, 3 belum ada SK, 4 kursi ketua kosong, dan kelengkapan data 50%.',
    });
  });

  test('stay silent where nothing is wrong', () => {
    expect(findings([line('A'), line('B')])).toEqual([]);
  });

  test('mention a place without any institution last', () => {
    const found = findings([line('A', sum([])), line('B', { vacantChairs: 1 })]);
    expect(found.map(({ subject, text }) => `${subject}: ${text}`)).toEqual([
      'B: 1 kursi ketua kosong.',
      'A: belum ada lembaga tercatat.',
    ]);
  });

  test('of a line without a page of its own lead to its list', () => {
    const found = findings([{ ...line('A', { ended: 1 }), href: null }]);
    expect(found[0]?.href).toBe('/lembaga?kelurahan=A');
  });
});

test('a line shows numbers the Indonesian way, each with its list', () => {
  const shown = shownLine(line('A', { officers: 1234, women: 234 }));
  expect(shown.cells.map(({ text }) => text).slice(1, 4)).toEqual(['1.234', '234', '1.000']);
  expect(shown.cells[0]?.href).toBe('/lembaga?kelurahan=A');
  expect(shown.cells[2]?.href).toBe('/pengurus?kelurahan=A&jenis-kelamin=p');
  expect(shown.cells[8]?.href).toBe('/lembaga?kelurahan=A&status=ketua-kosong');
  expect(shown).toMatchObject({ percent: 90, percentText: '90%', tone: undefined });
});

test('the list of everything has no query', () => {
  expect(listHref('/lembaga', '')).toBe('/lembaga');
  expect(listHref('/lembaga', '', 'status=sk-berlaku')).toBe('/lembaga?status=sk-berlaku');
});

test('key figures of an empty place show dashes instead of percentages', () => {
  expect(keyFigures(sum([]), '').map(({ value }) => value)).toEqual(['0', '0', '–', '–']);
});
