import writeExcelFile, { type Cell, type Row } from 'write-excel-file/node';
import type { WordedSheet, WordedSheets } from '#src/spreadsheets.ts';

export async function writeWorkbook(sheets: WordedSheets): Promise<Buffer> {
  const file = await writeExcelFile(sheets.map(written)).toBuffer();
  return datedZip(file, sheets[0].asOf);
}

function written(sheet: WordedSheet) {
  const head: Row[] = [
    [{ value: sheet.title, type: String, fontWeight: 'bold', fontSize: 14 }],
    ...sheet.lines.map((note): Row => [{ value: note, type: String }]),
    [],
    sheet.columns.map(({ label }): Cell => ({ value: label, type: String, fontWeight: 'bold' })),
  ];
  return {
    data: [...head, ...sheet.rows.map((row) => row.map(cell))],
    sheet: sheet.name,
    columns: sheet.columns.map(({ width }) => ({ width })),
    stickyRowsCount: head.length,
    orientation: 'landscape' as const,
  };
}

/** Text is typed as text and formatted `@`, so that neither `=1+1` nor a phone number is ever calculated with. */
function cell(value: string | number | null): Cell {
  if (value === null) return null;
  if (typeof value === 'number') return { value, type: Number };
  return { value: asExcelText(value), type: String, format: '@' };
}

/** XML has no control characters and Excel reads `_x0041_` as A, so the one goes and the other is written as itself. */
const asExcelText = (text: string) =>
  text
    .toWellFormed()
    .replaceAll(/[^\P{Cc}\t\n\r]/gu, '')
    .replaceAll(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_');

/** Writes the day of the data over the moment of writing, in the directory of the zip and in front of each file. */
function datedZip(zip: Buffer, day: string): Buffer {
  const [year = 1980, month = 1, date = 1] = day.split('-').map(Number);
  const stamp = (((year - 1980) << 25) | (month << 21) | (date << 16)) >>> 0;
  const end = zip.lastIndexOf(Buffer.from('PK\x05\x06'));
  const count = zip.readUInt16LE(end + 10);
  let entry = zip.readUInt32LE(end + 16);
  for (let index = 0; index < count; index += 1) {
    zip.writeUInt32LE(stamp, entry + 12);
    zip.writeUInt32LE(stamp, zip.readUInt32LE(entry + 42) + 10);
    entry +=
      46 +
      zip.readUInt16LE(entry + 28) +
      zip.readUInt16LE(entry + 30) +
      zip.readUInt16LE(entry + 32);
  }
  return zip;
}
