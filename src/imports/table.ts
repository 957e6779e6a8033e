import {
  columnsOf,
  withoutRepeats,
  type Collected,
  type FileColumn,
} from '#src/imports/columns.ts';
import { fieldOfHead } from '#src/imports/labels.ts';
import { officerRows, type Label } from '#src/imports/officer-rows.ts';
import { Unreadable } from '#src/imports/unreadable.ts';
import type { Grid, Merge, SheetCells } from '#src/imports/workbook.ts';

/** A row of officers as the file holds it; cells stand in the order of the table's columns. */
export type FileRow = { sheet: string; row: number; cells: string[] };
/** The rows wait as lines of JSON outside the heap: 10,000 of them as objects would make it grow for good. */
export type FileTable = {
  columns: FileColumn[];
  rowCount: number;
  lines: Uint8Array;
  /** What stands above the heads of each sheet. */
  titles: Record<string, string>;
};

const limits = { rows: 12_000, headerWithin: 40, columns: 60 };

/** One table of all sheets that have a row of column heads; the same head is the same column on every sheet. */
export function tableOf(
  sheets: Iterable<SheetCells>,
  letterOf: (column: number) => string,
): { columns: FileColumn[]; rows: FileRow[]; titles: Record<string, string> } {
  const collected: Collected = { columns: [], twins: new Map() };
  const titles: Record<string, string> = {};
  const rows: FileRow[] = [];
  let headers = 0;
  for (const sheet of sheets) {
    const grid = spreadMerges(sheet);
    const header = headerOf(grid);
    if (!header) continue;
    headers += 1;
    titles[sheet.name] = titleOf(grid, header.firstRow);
    const { labels, lastRow } = header;
    const indexOf = columnsOf(collected, { name: sheet.name, labels, letterOf });
    const isOfficer = officerRows(labels);
    for (const [row, cells] of grid) {
      grid.delete(row);
      if (row <= lastRow || !isOfficer(cells)) continue;
      rows.push({ sheet: sheet.name, row, cells: shownCells(cells, indexOf, collected.columns) });
    }
  }
  if (headers === 0) throw new Unreadable('no-header');
  if (rows.length === 0) throw new Unreadable('no-rows');
  if (rows.length > limits.rows) throw new Unreadable('too-many-rows');
  const columns = withoutRepeats(collected, rows);
  if (columns.length > limits.columns) throw new Unreadable('too-many-columns');
  return { columns, rows, titles };
}

function shownCells(
  cells: Map<number, string>,
  indexOf: (column: number) => number,
  columns: FileColumn[],
): string[] {
  const shown: string[] = [];
  for (const [place, text] of cells) {
    const index = indexOf(place);
    shown[index] = text;
    const column = columns[index];
    if (column) column.isFilled = true;
  }
  return shown;
}

const titleOf = (grid: Grid, firstRow: number) =>
  [...grid]
    .flatMap(([row, cells]) => (row < firstRow ? [...new Set(cells.values())] : []))
    .join(' · ')
    .slice(0, 1000);

/** The rows in pieces of at most so many. */
export function* rowsInPieces({ lines }: FileTable, size: number): Generator<FileRow[]> {
  const text = Buffer.from(lines.buffer, lines.byteOffset, lines.byteLength);
  let piece: FileRow[] = [];
  for (let from = 0; from < text.length;) {
    const to = text.indexOf(10, from);
    piece.push(JSON.parse(text.toString('utf8', from, to)));
    from = to + 1;
    if (piece.length < size && from < text.length) continue;
    yield piece;
    piece = [];
  }
}

/** Rows of cells in order; a merged cell stands in every row and column that it covers and that the sheet uses. */
function spreadMerges({ grid, merges }: SheetCells): Grid {
  const used = [...grid.keys()].toSorted((a, b) => a - b);
  if (merges.length > 0) {
    const widest = Math.max(0, ...[...grid.values()].map((line) => Math.max(...line.keys())));
    let budget = 200_000;
    for (const merge of merges) budget -= spread(grid, merge, { used, widest, budget });
  }
  return new Map(used.map((row) => [row, grid.get(row) ?? new Map<number, string>()]));
}

type Bounds = { used: number[]; widest: number; budget: number };

function spread(grid: Grid, merge: Merge, { used, widest, budget }: Bounds): number {
  const text = grid.get(merge.top)?.get(merge.left);
  if (text === undefined) return 0;
  // A title or a signature over the whole width is no value of a row.
  const right = Math.min(merge.right, widest);
  const rows = used.filter((row) => row >= merge.top && row <= merge.bottom);
  if (rows.length * (right - merge.left + 1) > budget) throw new Unreadable('too-many-merges');
  for (const row of rows)
    for (let column = merge.left; column <= right; column += 1)
      if (!grid.get(row)?.get(column)) grid.get(row)?.set(column, text);
  return rows.length * Math.max(0, right - merge.left + 1);
}

type Header = { labels: Label[]; firstRow: number; lastRow: number };

/** The row that names columns, within the first forty: it has a name and at least two more heads that we know. */
function headerOf(grid: Grid): Header | null {
  const rows = [...grid].slice(0, limits.headerWithin);
  let best: { at: number; known: number } | null = null;
  for (const [at, [, cells]] of rows.entries()) {
    const fields = new Set([...cells.values()].map(fieldOfHead).filter((field) => field !== null));
    const named = [...fields].filter((field) => field !== 'ignore').length;
    const hasName = fields.has('name');
    if (hasName && named >= 2 && named > (best?.known ?? 0)) best = { at, known: named };
  }
  const header = best && rows[best.at];
  if (!best || !header) return null;
  const below = rows[best.at + 1];
  const labels = twoRowLabels(header[1], below?.[1]);
  const isTwoRows = labels.some(({ isSub }) => isSub);
  const [firstRow] = header;
  return { labels, firstRow, lastRow: isTwoRows && below ? below[0] : firstRow };
}

/** Under a merged "Jenis Kelamin" stand L and P: such a column is called by both. */
function twoRowLabels(header: Map<number, string>, below: Map<number, string> | undefined) {
  const columns = [...new Set([...header.keys(), ...(below?.keys() ?? [])])].toSorted(
    (a, b) => a - b,
  );
  const parents = columns.filter((column) => isRepeated(header, column));
  const isHead = parents.some((column) => {
    const sub = below?.get(column);
    return sub !== undefined && fieldOfHead(`${header.get(column)} ${sub}`) !== null;
  });
  return columns.flatMap((column) => {
    const label = header.get(column);
    const sub = below?.get(column);
    if (label === undefined) return [];
    const isSub = isHead && sub !== undefined && sub !== label && isRepeated(header, column);
    return [{ label: isSub ? `${label} ${sub}` : label, column, isSub }];
  });
}

const isRepeated = (header: Map<number, string>, column: number) => {
  const label = header.get(column);
  return (
    label !== undefined && (header.get(column - 1) === label || header.get(column + 1) === label)
  );
};
/** The lowest row of a sheet's column heads; null for a sheet that holds no table. */
export const headRowOf = (sheet: SheetCells): number | null =>
  headerOf(spreadMerges(sheet))?.lastRow ?? null;
