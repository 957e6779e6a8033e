/** What a recap counts; `ending` is a part of `valid` (the next 90 days), women a part of officers. */
const figureNames = [
  'institutions',
  'officers',
  'women',
  'valid',
  'ending',
  'ended',
  'withoutDecree',
  'vacantChairs',
  'filled',
  'expected',
] as const;

export type Figures = Record<(typeof figureNames)[number], number>;

export function sum(rows: readonly Figures[]): Figures {
  const total = (name: keyof Figures) => rows.reduce((all, row) => all + row[name], 0);
  return Object.fromEntries(figureNames.map((name) => [name, total(name)])) as Figures;
}

/** The sums of rows that share a key, such as the kelurahan or the type. */
export function sumBy<Row extends Figures>(
  rows: readonly Row[],
  keyOf: (row: Row) => number,
): Map<number, Figures> {
  const groups = Map.groupBy(rows, keyOf);
  return new Map([...groups].map(([key, group]) => [key, sum(group)]));
}

/** Whole percent, rounded down so that 100% means all; null of nothing. */
export const percentOf = (part: number, whole: number): number | null =>
  whole === 0 ? null : Math.floor((part * 100) / whole);

export const completeness = ({ filled, expected }: Figures) => percentOf(filled, expected);
