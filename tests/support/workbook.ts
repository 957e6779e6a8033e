import { inflateRawSync } from 'node:zlib';
import type supertest from 'supertest';

/** Keeps a download's bytes as a Buffer: `browser.get(url).buffer(true).parse(binary)`. */
export const binary: Parameters<supertest.Test['parse']>[0] = (res, done) => {
  const parts: Buffer[] = [];
  res.on('data', (part: string) => parts.push(Buffer.from(part, 'binary')));
  res.setEncoding('binary');
  res.on('end', () => done(null, Buffer.concat(parts)));
};

type Rows = (string | number | null)[][];

/** The rows of the first sheet as Excel shows them: text for text, numbers for numbers, null for empty cells. */
export const readWorkbook = (zip: Buffer): Rows => [...sheetsIn(zip).values()][0] ?? [];

/** The rows of every sheet by its name, in the order of the tabs. */
export function sheetsIn(zip: Buffer): Map<string, Rows> {
  const files = unzip(zip);
  const names = [...(files.get('xl/workbook.xml') ?? '').matchAll(/<sheet [^>]*?name="([^"]*)"/g)];
  return new Map(
    names.map(([, name = ''], index) => [unescape(name), rowsOfSheet(files, index + 1)]),
  );
}

function rowsOfSheet(files: Map<string, string>, number: number): Rows {
  const shared = [...(files.get('xl/sharedStrings.xml') ?? '').matchAll(/<si>(.*?)<\/si>/gs)].map(
    ([, item = '']) =>
      [...item.matchAll(/<t[^>]*>(.*?)<\/t>/gs)].map(([, text = '']) => unescape(text)).join(''),
  );
  const sheet = files.get(`xl/worksheets/sheet${number}.xml`) ?? '';
  return [...sheet.matchAll(/<row[^>]*?(?:\/>|>(.*?)<\/row>)/gs)].map(([, cells = '']) => {
    const row: (string | number | null)[] = [];
    for (const [, attributes = '', content = ''] of cells.matchAll(
      /<c([^>]*?)(?:\/>|>(.*?)<\/c>)/gs,
    )) {
      const [, letters = 'A'] = / r="([A-Z]+)/.exec(attributes) ?? [];
      const column =
        Array.from(letters).reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
      while (row.length < column) row.push(null);
      const [, value = null] = /<v>(.*?)<\/v>/s.exec(content) ?? [];
      if (value === null) row.push(/<t[^>]*>(.*?)<\/t>/s.exec(content)?.[1] ?? null);
      else row.push(attributes.includes('t="s"') ? (shared[Number(value)] ?? null) : Number(value));
    }
    return row;
  });
}

/** The rows below the heads of columns, by head; `first` is the head of the first column. */
export function tableIn(zip: Buffer, first = 'No'): Record<string, string | number | null>[] {
  const rows = readWorkbook(zip);
  const at = rows.findIndex((row) => row[0] === first);
  const heads = rows[at] ?? [];
  return rows
    .slice(at + 1)
    .map((row) => Object.fromEntries(heads.map((head, index) => [head, row[index] ?? null])));
}

export function unzip(zip: Buffer): Map<string, string> {
  const files = new Map<string, string>();
  const end = zip.lastIndexOf(Buffer.from('PK\x05\x06'));
  let entry = zip.readUInt32LE(end + 16);
  for (let count = zip.readUInt16LE(end + 10); count > 0; count -= 1) {
    const [name, extra, comment] = [28, 30, 32].map((at) => zip.readUInt16LE(entry + at));
    const header = zip.readUInt32LE(entry + 42);
    const start = header + 30 + zip.readUInt16LE(header + 26) + zip.readUInt16LE(header + 28);
    const packed = zip.subarray(start, start + zip.readUInt32LE(entry + 20));
    const isPacked = zip.readUInt16LE(entry + 10) === 8;
    files.set(
      zip.toString('utf8', entry + 46, entry + 46 + (name ?? 0)),
      (isPacked ? inflateRawSync(packed) : packed).toString('utf8'),
    );
    entry += 46 + (name ?? 0) + (extra ?? 0) + (comment ?? 0);
  }
  return files;
}

const unescape = (text: string) =>
  text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&apos;', "'")
    .replaceAll('&amp;', '&');
