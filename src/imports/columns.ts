import { fieldOfHead, plainHead } from '#src/imports/labels.ts';
import type { Label } from '#src/imports/officer-rows.ts';

/** Where a column is in the file, for telling people which cell is meant. */
export type FileColumn = {
  /** Empty for a column without a head. */
  label: string;
  letters: Record<string, string>;
  /** Whether any row has something in it. */
  isFilled: boolean;
};

/** The columns of all sheets of a file; `twins` are second columns of a sheet for what another tells already. */
export type Collected = { columns: FileColumn[]; twins: Map<number, number> };

type Sheet = { name: string; labels: readonly Label[]; letterOf: (column: number) => string };

/** Which column of the file a column of the sheet is; one without a head becomes a column when it is asked for. */
export function columnsOf(
  collected: Collected,
  { name, labels, letterOf }: Sheet,
): (column: number) => number {
  const indexes = new Map<number, number>();
  const add = (label: string, column: number) => {
    const index = indexFor(collected, label, name);
    const found = collected.columns[index];
    if (found) found.letters[name] = letterOf(column);
    indexes.set(column, index);
    return index;
  };
  for (const { label, column } of labels) add(label, column);
  return (column) => indexes.get(column) ?? add('', column);
}

/** The same head is the same column on every sheet, and so is another word for the same thing. */
function indexFor({ columns, twins }: Collected, label: string, sheet: string): number {
  const [head, field] = [plainHead(label), fieldOfHead(label)];
  const isCalled = (column: FileColumn) => head !== '' && plainHead(column.label) === head;
  const isSame = (column: FileColumn) =>
    isCalled(column) ||
    (field !== null && field !== 'ignore' && fieldOfHead(column.label) === field);
  const isFree = (column: FileColumn) => column.letters[sheet] === undefined;
  const free =
    columns.find((column) => isCalled(column) && isFree(column)) ??
    columns.find((column) => isSame(column) && isFree(column));
  if (free) return columns.indexOf(free);
  const first = columns.findIndex(isSame);
  const index = columns.push({ label, letters: {}, isFilled: false }) - 1;
  if (first >= 0) twins.set(index, first);
  return index;
}

/** Without second columns that say the same in every row, as under a head that is merged over two columns. */
export function withoutRepeats(
  { columns, twins }: Collected,
  rows: { cells: string[] }[],
): FileColumn[] {
  const differs = (second: number, first: number) =>
    rows.some(({ cells }) => cells[second] && cells[second] !== cells[first]);
  const kept = columns.flatMap((_, index) => {
    const first = twins.get(index);
    return first === undefined || differs(index, first) ? [index] : [];
  });
  for (const row of rows) row.cells = kept.map((index) => row.cells[index] ?? '');
  return columns.filter((_, index) => kept.includes(index));
}

/** What a column is remembered by: its head, or its letter where it has none; a second one of a head is another. */
export function keysOf(columns: readonly FileColumn[]): string[] {
  const seen = new Map<string, number>();
  return columns.map(({ label, letters }) => {
    const head = plainHead(label).slice(0, 110) || `#${Object.values(letters)[0] ?? ''}`;
    const times = (seen.get(head) ?? 0) + 1;
    seen.set(head, times);
    return times === 1 ? head : `${head} #${times}`;
  });
}

/** "F", or "F di lembar “Dua”" for one of several sheets. */
export function placeInWords({ letters }: FileColumn, sheetCount: number): string {
  const [[sheet, letter] = ['', ''], ...others] = Object.entries(letters);
  if (sheetCount < 2) return letter;
  const more = others.length > 0 ? ` dan ${others.length} lembar lain` : '';
  return `${letter} di lembar “${sheet}”${more}`;
}

export const sheetsOf = (columns: readonly FileColumn[]) => [
  ...new Set(columns.flatMap(({ letters }) => Object.keys(letters))),
];
