import { plainHead } from '#src/imports/labels.ts';
import { headRowOf } from '#src/imports/table.ts';
import { Unreadable } from '#src/imports/unreadable.ts';
import { limits, type Grid, type SheetCells } from '#src/imports/workbook.ts';

export const remarkHead = 'Catatan';

/** What every remark begins with: how a column of ours is told from one that the office itself calls Catatan. */
export const openings = [
  'Baru',
  'Berubah',
  'Sama',
  'Perlu diperbaiki',
  'Tersimpan',
  'Diusulkan',
  'Menunggu lurah',
  'Ditolak lurah',
] as const;
export type Opening = (typeof openings)[number];
const isRemark = (text: string) => openings.some((opening) => text.startsWith(`${opening}: `));

/** Remarks by the row of the sheet that they are about. */
export type Remarks = Map<number, string>;
export type RemarkColumn = {
  column: number;
  headRow: number;
  texts: Remarks;
  /** The column holds remarks of an earlier download; those without a new one go. */
  isOurs: boolean;
};

/** Where a sheet's remarks go: into the column of an earlier download, or to the right of all that the sheet holds. */
export function columnOf(sheet: SheetCells, texts: Remarks): RemarkColumn | null {
  const headRow = headRowOf(sheet);
  if (headRow === null) return null;
  const ours = ownColumn(sheet.grid, headRow);
  const column = ours ?? rightOf(sheet, [headRow, ...texts.keys()]);
  if (column >= limits.column) throw new Unreadable('too-many-columns');
  return { column, headRow, texts, isOurs: ours !== null };
}

function ownColumn(grid: Grid, headRow: number): number | null {
  const heads = [...(grid.get(headRow) ?? [])].toReversed();
  const [column] = heads.find(([, text]) => plainHead(text) === plainHead(remarkHead)) ?? [];
  if (column === undefined) return null;
  const below = [...grid].flatMap(([row, cells]) =>
    row > headRow ? (cells.get(column) ?? []) : [],
  );
  return below.every(isRemark) ? column : null;
}

function rightOf({ grid, merges }: SheetCells, rows: number[]): number {
  const used = [...grid.values()].map((cells) => Math.max(...cells.keys()));
  const merged = merges
    .filter(({ top, bottom }) => rows.some((row) => row >= top && row <= bottom))
    .map(({ right }) => right);
  return [...used, ...merged].reduce((widest, one) => Math.max(widest, one), 0) + 1;
}
