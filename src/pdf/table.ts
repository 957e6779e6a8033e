import type { Cell, Column } from '#src/pdf/paper.ts';
import { heightOf, millimetres, newPage, write, type Sheet, type Style } from '#src/pdf/sheet.ts';

type Table = { columns: Column[]; rows: Cell[][]; total?: Cell[]; rowHeight?: number };
/** A column with its place on the page. */
type Placed = Column & { x: number; points: number; inset?: number };

const padding = 2.5;
const head: Style = { size: 7, bold: true, align: 'center' };
const body: Style = { size: 8 };

/** Rows are never broken; every page repeats the head. */
export function writeTable(sheet: Sheet, { columns, rows, total, rowHeight = 0 }: Table) {
  const placed = place(sheet, columns);
  const headHeight = headHeightOf(sheet, placed);
  const heights = rows.map((row) =>
    Math.max(rowHeightOf(sheet, placed, row, body), millimetres(rowHeight)),
  );
  // The head keeps at least one row with it.
  if (sheet.y + headHeight + (heights[0] ?? 0) > sheet.bottom) newPage(sheet);
  writeHead(sheet, placed, headHeight);
  for (const [index, row] of rows.entries()) {
    const height = heights[index] ?? 0;
    if (sheet.y + height > sheet.bottom) {
      newPage(sheet);
      writeHead(sheet, placed, headHeight);
    }
    writeRow(sheet, index % 2 === 0 ? placed : placed.map(zigged), { row, height, style: body });
  }
  if (total) {
    const style = { ...body, bold: true };
    const height = rowHeightOf(sheet, placed, total, style);
    if (sheet.y + height > sheet.bottom) {
      newPage(sheet);
      writeHead(sheet, placed, headHeight);
    }
    writeRow(sheet, placed, { row: total, height, style });
  }
  sheet.y += millimetres(4);
}

function place({ left, width }: Sheet, columns: Column[]): Placed[] {
  const shares = columns.reduce((sum, column) => sum + column.width, 0);
  let x = left;
  return columns.map((column) => {
    const points = (column.width / shares) * width;
    const placed = { ...column, x, points };
    x += points;
    return placed;
  });
}

const zigged = (column: Placed): Placed =>
  column.zigzag ? { ...column, inset: column.points / 2 } : column;

const inner = ({ points }: Placed) => points - 2 * padding;

const headHeightOf = (sheet: Sheet, columns: Placed[]) =>
  columns.some(({ group }) => group !== undefined)
    ? 2 * lineOfHeads(sheet, columns)
    : lineOfHeads(sheet, columns);

const lineOfHeads = (sheet: Sheet, columns: Placed[]) =>
  Math.max(...columns.map((column) => heightOf(sheet, column.label, head, inner(column)))) +
  2 * padding;

const rowHeightOf = (sheet: Sheet, columns: Placed[], row: Cell[], style: Style) =>
  Math.max(
    ...columns.map((column, index) => heightOf(sheet, textOf(row[index]), style, inner(column))),
  ) +
  2 * padding;

function writeRow(
  sheet: Sheet,
  columns: Placed[],
  { row, height, style }: { row: Cell[]; height: number; style: Style },
) {
  const { doc, y } = sheet;
  for (const [index, column] of columns.entries()) {
    doc.lineWidth(0.5).rect(column.x, y, column.points, height).stroke('#555');
    const inset = column.inset ?? 0;
    const box = { x: column.x + inset + padding, y: y + padding, width: inner(column) - inset };
    write(sheet, textOf(row[index]), { ...style, align: column.align ?? 'left' }, box);
  }
  sheet.y += height;
}

function writeHead(sheet: Sheet, columns: Placed[], height: number) {
  const { y } = sheet;
  for (const group of groupsOf(columns)) {
    const [first] = group;
    if (!first) continue;
    const points = group.reduce((sum, column) => sum + column.points, 0);
    if (first.group === undefined) {
      writeHeadCell(sheet, { label: first.label, x: first.x, points, y, height });
      continue;
    }
    const half = height / 2;
    writeHeadCell(sheet, { label: first.group, x: first.x, points, y, height: half });
    for (const column of group) writeHeadCell(sheet, { ...column, y: y + half, height: half });
  }
  sheet.y += height;
}

/** Neighbours of one group together, every other column by itself. */
function groupsOf(columns: Placed[]): Placed[][] {
  const groups: Placed[][] = [];
  for (const column of columns) {
    const last = groups.at(-1);
    if (last && column.group !== undefined && last[0]?.group === column.group) last.push(column);
    else groups.push([column]);
  }
  return groups;
}

type HeadCell = { label: string; x: number; y: number; points: number; height: number };

function writeHeadCell(sheet: Sheet, { label, x, y, points, height }: HeadCell) {
  const { doc } = sheet;
  doc.lineWidth(0.5).rect(x, y, points, height).fillAndStroke('#e9edf3', '#555');
  doc.fillColor('black');
  const width = points - 2 * padding;
  const space = height - heightOf(sheet, label, head, width);
  write(sheet, label, head, { x: x + padding, y: y + Math.max(padding, space / 2), width });
}

const textOf = (cell: Cell | undefined) => String(cell ?? '');
