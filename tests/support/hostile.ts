import { crc32, deflateRawSync } from 'node:zlib';

/** A zip of the given parts, packed; for making files that no spreadsheet program would write. */
export function zipOf(
  parts: Record<string, string | Buffer> | [string, string | Buffer][],
): Buffer {
  const local: Buffer[] = [];
  const central: Buffer[] = [];
  let at = 0;
  for (const [name, content] of Array.isArray(parts) ? parts : Object.entries(parts)) {
    const bytes = Buffer.from(content);
    const packed = bytes.length === 0 ? nothing : deflateRawSync(bytes, { level: 9 });
    const title = Buffer.from(name);
    const head = Buffer.alloc(30);
    head.writeUInt32LE(0x04034b50, 0);
    head.writeUInt16LE(20, 4);
    head.writeUInt16LE(8, 8);
    head.writeUInt32LE(crc32(bytes), 14);
    head.writeUInt32LE(packed.length, 18);
    head.writeUInt32LE(bytes.length, 22);
    head.writeUInt16LE(title.length, 26);
    local.push(head, title, packed);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    head.copy(entry, 6, 4, 28);
    entry.writeUInt32LE(at, 42);
    central.push(entry, title);
    at += head.length + title.length + packed.length;
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  const count = Math.min(central.length / 2, 0xffff);
  end.writeUInt16LE(count, 8);
  end.writeUInt16LE(count, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...local, directory, end]);
}

const nothing = deflateRawSync(Buffer.alloc(0));

export type RawCell = string | number | null;
const escape = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

const letter = (column: number): string =>
  column < 26
    ? String.fromCharCode(65 + column)
    : letter(Math.floor(column / 26) - 1) + letter(column % 26);

/** Rows as the XML of a sheet: text inline, numbers bare. */
export const sheetXml = (rows: RawCell[][], more = '') =>
  `<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>${rows
    .map(
      (cells, row) =>
        `<row r="${row + 1}">${cells
          .map((cell, column) =>
            cell === null
              ? ''
              : typeof cell === 'number'
                ? `<c r="${letter(column)}${row + 1}"><v>${cell}</v></c>`
                : `<c r="${letter(column)}${row + 1}" t="inlineStr"><is><t>${escape(cell)}</t></is></c>`,
          )
          .join('')}</row>`,
    )
    .join('')}</sheetData>${more}</worksheet>`;

/** The parts of a workbook around the XML of its sheets. */
export function workbookParts(sheets: Record<string, string>): Record<string, string> {
  const names = Object.keys(sheets);
  return {
    '[Content_Types].xml': `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>`,
    'xl/workbook.xml': `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>${names.map((name, index) => `<sheet name="${escape(name)}" sheetId="${index + 1}" r:id="rId${index + 1}"/>`).join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${names.map((_, index) => `<Relationship Id="rId${index + 1}" Type="worksheet" Target="worksheets/sheet${index + 1}.xml"/>`).join('')}</Relationships>`,
    ...Object.fromEntries(
      Object.values(sheets).map((xml, index) => [`xl/worksheets/sheet${index + 1}.xml`, xml]),
    ),
  };
}

/** An .xlsx of one sheet with these rows. */
export const fileOf = (rows: RawCell[][], more = '') =>
  zipOf(workbookParts({ Pengurus: sheetXml(rows, more) }));

const head = ['Nama', 'Jabatan', 'Nama LKK'];
const good = ['Budi Santoso', 'Ketua', 'RW 001'];
const withSheet = (xml: string) => zipOf(workbookParts({ Pengurus: xml }));

/** Files that were made to hurt, by what they are. */
export const hostileFiles: Record<string, () => Buffer> = {
  'a far row': () =>
    withSheet(
      sheetXml([head, good]).replace(
        '</sheetData>',
        '<row r="1048576"><c r="A1048576"><v>1</v></c></row></sheetData>',
      ),
    ),
  'a far column': () =>
    withSheet(
      sheetXml([head, good]).replace(
        '</sheetData>',
        '<row r="3"><c r="XFD3"><v>1</v></c></row></sheetData>',
      ),
    ),
  'a merge storm': () =>
    fileOf(
      [head, good],
      `<mergeCells>${Array.from({ length: 200_000 }, (_, index) => `<mergeCell ref="A${index + 1}:XFD${index + 900}"/>`).join('')}</mergeCells>`,
    ),
  'wide merges': () =>
    fileOf(
      Array.from({ length: 3000 }, () => [...head, ...Array.from({ length: 50 }, () => 'x')]),
      `<mergeCells>${Array.from({ length: 4000 }, () => `<mergeCell ref="A1:XFD1048576"/>`).join('')}</mergeCells>`,
    ),
  'a zip bomb': () =>
    zipOf({
      ...workbookParts({ Pengurus: sheetXml([head, good]) }),
      'xl/media/image1.png': Buffer.alloc(300 * 1024 * 1024),
    }),
  'a padded sheet': () =>
    withSheet(
      sheetXml([head, good]).replace(
        '</sheetData>',
        `${' '.repeat(200 * 1024 * 1024)}</sheetData>`,
      ),
    ),
  'XML entities': () =>
    withSheet(
      `<!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>${sheetXml([head, ['&b;', 'Ketua', 'RW 001']])}`,
    ),
  '60,000 entries': () =>
    zipOf([
      ...Object.entries(workbookParts({ Pengurus: sheetXml([head, good]) })),
      ...Array.from({ length: 60_000 }, (_, index): [string, string] => [index.toString(36), '']),
    ]),
  macros: () =>
    zipOf({ ...workbookParts({ Pengurus: sheetXml([head, good]) }), 'xl/vbaProject.bin': 'macro' }),
  'formula cells': () =>
    withSheet(
      sheetXml([head, good]).replace(
        '</sheetData>',
        '<row r="3"><c r="A3"><f>HYPERLINK("http://evil.test")</f><v>1</v></c></row></sheetData>',
      ),
    ),
  'a cut file': () => fileOf([head, good]).subarray(0, 500),
  'a text file': () => Buffer.from('Nama;Jabatan\nBudi;Ketua\n'),
  'a picture': () => Buffer.from('89504e470d0a1a0a', 'hex'),
  'no header': () =>
    fileOf([
      ['satu', 'dua'],
      ['tiga', 'empat'],
    ]),
  'no rows': () => fileOf([head]),
};
