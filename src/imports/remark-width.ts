import type { RemarkColumn } from '#src/imports/remark-column.ts';
import { columnName, placeOf } from '#src/imports/workbook.ts';
import { attribute, prefixOf, tagsOf, type Tag } from '#src/imports/xml.ts';

/** A piece of a part that another text takes the place of. */
export type Exchange = { from: number; to: number; text: string };

/** What stands before the rows of a sheet: how far it reaches, and how wide its columns are. */
export function widenSheet(xml: string, remarks: RemarkColumn): Exchange[] {
  const exchanges: Exchange[] = [];
  const columns: Tag[] = [];
  for (const tag of tagsOf(xml)) {
    if (tag.name === 'dimension' && !tag.isEnd) exchanges.push(...reaching(xml, tag, remarks));
    else if (tag.name === 'col' && !tag.isEnd) columns.push(tag);
    else if (tag.name === 'cols' && tag.isEnd) exchanges.push(...wide(xml, columns, tag, remarks));
    else if (tag.name === 'sheetData') {
      if (columns.length > 0) return exchanges;
      const prefix = prefixOf(xml, tag);
      const text = `<${prefix}cols>${columnTag(remarks.column + 1, prefix)}</${prefix}cols>`;
      return [...exchanges, { from: tag.from, to: tag.from, text }];
    }
  }
  return exchanges;
}

function reaching(xml: string, tag: Tag, { column, headRow, texts }: RemarkColumn): Exchange[] {
  const [first = '', last = first] = (attribute(tag, 'ref') ?? '').split(':');
  const end = placeOf(last);
  if (!end) return [];
  const bottom = [...texts.keys()].reduce((low, row) => Math.max(low, row), headRow);
  const reach = `${columnName(Math.max(end.column, column))}${Math.max(end.row, bottom)}`;
  const text = withAttribute(xml.slice(tag.from, tag.to), 'ref', `${first}:${reach}`);
  return [{ from: tag.from, to: tag.to, text }];
}

/** A list of columns is in order and without overlaps: one that covers ours is cut around it. */
function wide(xml: string, columns: Tag[], end: Tag, { column }: RemarkColumn): Exchange[] {
  const number = column + 1;
  const next = columns.find((tag) => Number(attribute(tag, 'max')) >= number);
  const ours = columnTag(number, prefixOf(xml, end));
  if (!next) return [{ from: end.from, to: end.from, text: ours }];
  const [first, last] = [Number(attribute(next, 'min')), Number(attribute(next, 'max'))];
  if (first > number) return [{ from: next.from, to: next.from, text: ours }];
  if ((first === number && last === number) || !next.isEmpty) return [];
  const old = xml.slice(next.from, next.to);
  const part = (min: number, max: number) =>
    min > max ? '' : withAttribute(withAttribute(old, 'min', String(min)), 'max', String(max));
  const text = part(first, number - 1) + ours + part(number + 1, last);
  return [{ from: next.from, to: next.to, text }];
}

const columnTag = (number: number, prefix: string) =>
  `<${prefix}col min="${number}" max="${number}" width="60" customWidth="1"/>`;

const withAttribute = (tag: string, name: string, value: string) =>
  tag.replace(
    new RegExp(`(\\s${name}\\s*=\\s*)(?:"[^"]*"|'[^']*')`),
    (_all, start: string) => `${start}"${value}"`,
  );
