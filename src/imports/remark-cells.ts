import { remarkHead, type RemarkColumn } from '#src/imports/remark-column.ts';
import { widenSheet, type Exchange } from '#src/imports/remark-width.ts';
import { columnName, placeOf } from '#src/imports/workbook.ts';
import { attribute, prefixOf, tagsOf, type Tag } from '#src/imports/xml.ts';

/**
 * Writes remarks into the XML of a sheet and leaves every other byte. The bytes are taken as Latin letters, so that they
 * come back as they were in whatever encoding, and what is written is ASCII.
 */
export function writeRemarks(bytes: Buffer, remarks: RemarkColumn): Buffer {
  const encoding = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf16le' : 'latin1';
  const xml = bytes.toString(encoding);
  const pieces: string[] = [];
  let copied = 0;
  for (const { from, to, text } of [...widenSheet(xml, remarks), ...remarkCells(xml, remarks)]) {
    pieces.push(xml.slice(copied, from), text);
    copied = to;
  }
  return Buffer.from(pieces.join('') + xml.slice(copied), encoding);
}

/** A row that gets a remark: what is known of it while its cells pass by. */
type Line = { row: number; text: string; column: number; style: string | null; isDone: boolean };

function* remarkCells(xml: string, remarks: RemarkColumn): Generator<Exchange> {
  let row = 0;
  let line: Line | null = null;
  let replaced: Tag | null = null;
  for (const tag of tagsOf(xml)) {
    if (tag.name === 'row' && !tag.isEnd) {
      row = Number(attribute(tag, 'r') ?? row + 1);
      line = lineOf(row, remarks);
      if (!line) continue;
      const head = xml.slice(tag.from, tag.to).replace(spans, '');
      if (tag.isEmpty) {
        const whole = `${head.slice(0, -2)}>${cellOf(line, remarks, prefixOf(xml, tag))}</${prefixOf(xml, tag)}row>`;
        yield { from: tag.from, to: tag.to, text: whole };
        line = null;
      } else yield { from: tag.from, to: tag.to, text: head };
    } else if (!line) continue;
    else if (replaced) {
      if (tag.name !== 'c' || !tag.isEnd) continue;
      yield {
        from: replaced.from,
        to: tag.to,
        text: cellOf(line, remarks, prefixOf(xml, replaced)),
      };
      replaced = null;
    } else if (tag.name === 'c' && !tag.isEnd && !line.isDone) {
      line.column = placeOf(attribute(tag, 'r'))?.column ?? line.column + 1;
      if (line.column < remarks.column) {
        if (row === remarks.headRow) line.style = attribute(tag, 's');
        continue;
      }
      line.isDone = true;
      const isSame = line.column === remarks.column;
      if (isSame) line.style = attribute(tag, 's');
      if (isSame && !tag.isEmpty) replaced = tag;
      else
        yield {
          from: tag.from,
          to: isSame ? tag.to : tag.from,
          text: cellOf(line, remarks, prefixOf(xml, tag)),
        };
    } else if (tag.name === 'row' && tag.isEnd) {
      if (!line.isDone)
        yield {
          from: tag.from,
          to: tag.from,
          text: cellOf(line, remarks, prefixOf(xml, tag)),
        };
      line = null;
    }
  }
}

/** A hint of the row about its own columns, which would be wrong now. */
const spans = /\sspans\s*=\s*(?:"[^"]*"|'[^']*')/;

function lineOf(row: number, { headRow, texts, isOurs }: RemarkColumn): Line | null {
  const old = isOurs && row > headRow ? '' : null;
  const text = row === headRow ? remarkHead : (texts.get(row) ?? old);
  return text === null ? null : { row, text, column: -1, style: null, isDone: false };
}

function cellOf({ row, text, style }: Line, { column }: RemarkColumn, prefix: string): string {
  const s = style === null ? '' : ` s="${escaped(style)}"`;
  const start = `<${prefix}c r="${columnName(column)}${row}"${s}`;
  if (text === '') return style === null ? '' : `${start}/>`;
  return `${start} t="inlineStr"><${prefix}is><${prefix}t xml:space="preserve">${escaped(text)}</${prefix}t></${prefix}is></${prefix}c>`;
}

/** Excel's longest text in a cell is 32,767 letters; it takes _x0041_ for a letter, so such an underscore is written so itself. */
const escaped = (text: string) =>
  text
    .slice(0, 32_000)
    .toWellFormed()
    .replaceAll(/[\p{Cc}\uFFFE\uFFFF]/gu, ' ')
    .replaceAll(/_(?=x[0-9A-F]{4}_)/gi, '_x005F_')
    .replaceAll(/[&<>"]|[^\p{ASCII}]/gu, (letter) => `&#${letter.codePointAt(0)};`);
