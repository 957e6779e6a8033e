import { Unreadable } from '#src/imports/unreadable.ts';
import { attribute, decode, tagsOf } from '#src/imports/xml.ts';

/** A cell as text: what was typed for text, the bare number for numbers, '2025-08-07' for cells that show a date. */
type Cell = { row: number; column: number; text: string };
/** Texts by row and column; an empty cell is not there. */
export type Grid = Map<number, Map<number, string>>;
export type SheetCells = { name: string; part: string; grid: Grid; merges: Merge[] };
export type Merge = { top: number; left: number; bottom: number; right: number };

/** Far beyond any list of officers; an empty cell beyond them is no content and is passed over. */
export const limits = { row: 12_050, column: 60, merges: 5000, text: 2000, sheets: 40 };

/** The visible sheets of an unpacked workbook, in the order of their tabs; one at a time, because each takes much room. */
export function* readSheets(parts: Map<string, string>): Generator<SheetCells> {
  const strings = sharedStrings(parts.get('xl/sharedstrings.xml') ?? '');
  const dates = dateStyles(parts.get('xl/styles.xml') ?? '');
  const targets = relationships(parts.get('xl/_rels/workbook.xml.rels') ?? '');
  parts.delete('xl/sharedstrings.xml');
  let sheets = 0;
  for (const tag of tagsOf(parts.get('xl/workbook.xml') ?? '')) {
    if (tag.name !== 'sheet' || tag.isEnd || attribute(tag, 'state')?.endsWith('idden')) continue;
    const part = targets.get(attribute(tag, 'id') ?? '') ?? '';
    const xml = parts.get(part);
    if (xml === undefined) continue;
    const name = (attribute(tag, 'name') ?? 'Lembar').slice(0, 60);
    yield { name, part, ...readCells(xml, { name, strings, dates }) };
    sheets += 1;
    if (sheets >= limits.sheets) break;
  }
}

type Reading = { name: string; strings: string[]; dates: Set<number> };

function readCells(xml: string, { name, strings, dates }: Reading) {
  const grid: Grid = new Map();
  const merges: Merge[] = [];
  let row = 0;
  let cell = { row: 0, column: -1, type: '', isDate: false };
  let content = '';
  let phonetic = false;
  for (const tag of tagsOf(xml)) {
    if (tag.name === 'row' && !tag.isEnd) {
      row = Number(attribute(tag, 'r') ?? row + 1);
      cell = { ...cell, column: -1 };
    } else if (tag.name === 'c' && !tag.isEnd) {
      const at = placeOf(attribute(tag, 'r')) ?? { row, column: cell.column + 1 };
      const isDate = dates.has(Number(attribute(tag, 's') ?? -1));
      cell = { ...at, type: attribute(tag, 't') ?? 'n', isDate };
      content = '';
    } else if (tag.name === 'f' && !tag.isEnd && cell.row > 0) {
      throw new Unreadable({ sentence: formulaIn(name, cell) });
    } else if (tag.name === 'rPh') {
      phonetic = !tag.isEnd && !tag.isEmpty;
    } else if ((tag.name === 'v' || tag.name === 't') && !tag.isEnd && !phonetic) {
      content += tag.text;
    } else if (tag.name === 'c' && tag.isEnd) {
      const text = textOf(cell, decode(content), strings);
      if (text !== '') put(grid, within({ row: cell.row, column: cell.column, text }));
    } else if (tag.name === 'mergeCell' && !tag.isEnd) {
      merges.push(...mergeOf(attribute(tag, 'ref')));
      if (merges.length > limits.merges) throw new Unreadable('too-many-merges');
    }
  }
  return { grid, merges };
}

function put(grid: Grid, { row, column, text }: Cell) {
  const line = grid.get(row);
  if (line) line.set(column, text);
  else grid.set(row, new Map([[column, text]]));
}

const formulaIn = (sheet: string, cell: { row: number; column: number }) =>
  `Sel ${columnName(cell.column)}${cell.row} di lembar “${sheet}” berisi rumus. Pilih semua sel, salin, lalu tempel sebagai nilai (Paste Values), simpan, dan unggah lagi`;

function textOf(
  cell: { type: string; isDate: boolean },
  content: string,
  strings: string[],
): string {
  const text = cell.type === 's' ? (strings[Number(content)] ?? '') : content;
  const clean = text
    .replaceAll(/[\s\u00a0\u200b]+/g, ' ')
    .trim()
    .slice(0, limits.text);
  if (cell.type === 'n' && cell.isDate && clean !== '') return dateOfSerial(Number(clean)) ?? clean;
  if (cell.type === 'd') return clean.slice(0, 10);
  return cell.type === 'n' ? plainNumber(clean) : clean;
}

/** Excel keeps fifteen digits: a longer number has lost some, and is shown as Excel shows it, 3.57404E+15. */
function plainNumber(text: string): string {
  const value = Number(text);
  if (text === '' || !Number.isFinite(value)) return text;
  if (Math.abs(value) < 1e15) return String(Number(value.toPrecision(15)));
  return value.toExponential(5).toUpperCase();
}

function within(cell: Cell): Cell {
  if (cell.row > limits.row) throw new Unreadable('too-many-rows');
  if (cell.column >= limits.column) throw new Unreadable('too-many-columns');
  return cell;
}

/** A day as Excel counts them, from 30 December 1899, as a calendar date; null for what is no day of our time. */
export function dateOfSerial(serial: number): string | null {
  if (!(serial >= 1 && serial < 80_000)) return null;
  return new Date(Date.UTC(1899, 11, 30) + Math.floor(serial) * 86_400_000)
    .toISOString()
    .slice(0, 10);
}

export function placeOf(reference: string | null): { row: number; column: number } | null {
  const [, letters, digits] = /^([A-Z]{1,3})(\d{1,7})$/.exec(reference ?? '') ?? [];
  if (letters === undefined) return null;
  const column = Array.from(letters).reduce((sum, one) => sum * 26 + one.charCodeAt(0) - 64, 0);
  return { row: Number(digits), column: column - 1 };
}

/** 0 is A, 26 is AA. */
export function columnName(column: number): string {
  const last = String.fromCharCode(65 + (column % 26));
  return column < 26 ? last : columnName(Math.floor(column / 26) - 1) + last;
}

function mergeOf(reference: string | null): Merge[] {
  const [from, to] = (reference ?? '').split(':').map(placeOf);
  if (!from || !to) return [];
  return [{ top: from.row, left: from.column, bottom: to.row, right: to.column }];
}

function sharedStrings(xml: string): string[] {
  const strings: string[] = [];
  let text = '';
  let phonetic = false;
  for (const tag of tagsOf(xml)) {
    if (tag.name === 'si') {
      if (!tag.isEnd && !tag.isEmpty) text = '';
      else strings.push(tag.isEmpty ? '' : decode(text));
    } else if (tag.name === 'rPh') phonetic = !tag.isEnd && !tag.isEmpty;
    else if (tag.name === 't' && !tag.isEnd && !phonetic) text += tag.text;
  }
  return strings;
}

/** Which cell styles show a number as a date: the built-in formats 14 to 22, or one that spells day, month or year. */
function dateStyles(xml: string): Set<number> {
  const formats = new Map<string, string>();
  const dates = new Set<number>();
  let inCells = false;
  let index = -1;
  for (const tag of tagsOf(xml)) {
    if (tag.name === 'numFmt' && !tag.isEnd)
      formats.set(attribute(tag, 'numFmtId') ?? '', attribute(tag, 'formatCode') ?? '');
    else if (tag.name === 'cellXfs') inCells = !tag.isEnd;
    else if (tag.name === 'xf' && !tag.isEnd && inCells) {
      index += 1;
      const id = attribute(tag, 'numFmtId') ?? '0';
      const code = (formats.get(id) ?? '').replaceAll(/"[^"]*"|\[[^\]]*\]|\\./g, '');
      if ((Number(id) >= 14 && Number(id) <= 22) || /[dy]|mmm/i.test(code)) dates.add(index);
    }
  }
  return dates;
}

function relationships(xml: string): Map<string, string> {
  const targets = new Map<string, string>();
  for (const tag of tagsOf(xml)) {
    if (tag.name !== 'Relationship' || tag.isEnd) continue;
    const target = (attribute(tag, 'Target') ?? '').toLowerCase().replace(/^\//, '');
    targets.set(attribute(tag, 'Id') ?? '', target.startsWith('xl/') ? target : `xl/${target}`);
  }
  return targets;
}
