import { Worker } from 'node:worker_threads';
import type { Response } from 'express';
import * as format from '#src/format.ts';
import { writeWorkbook } from '#src/spreadsheet-file.ts';

/** A sheet of an .xlsx file: lines above the table (title, date, filter), heads, and typed rows. */
export type Sheet = {
  name: string;
  title: string;
  /** The calendar day of the data; the file carries no other time, so the same data give the same bytes. */
  asOf: string;
  /** What every export says of itself; null for a sheet that holds none of the portal's data. */
  about: About | null;
  /** Further lines above the table. */
  notes?: string[];
  /** The cells of a `date` column are calendar dates or empty. */
  columns: { label: string; width: number; number?: true; date?: true }[];
  rows: (string | number | null)[][];
};

/** Which filter, by whom, and how many rows: what tells two printed sheets apart. */
type About = { filter: string; exporter: string; count: string };

/** A file holds at most so many rows of a list. */
export const exportedAtMost = 20_000;

/** "12 SK", or how many of them the file holds and what to do for the rest. */
export const countInWords = (total: number, what: string) =>
  total > exportedAtMost
    ? `${format.number(exportedAtMost)} ${what} pertama dari ${format.number(total)}. Persempit saringan untuk sisanya`
    : `${format.number(total)} ${what}`;

/** What a file holds of rows that were read with one more than it may hold, so that one knows of the rest. */
export const keptInFile = <Row>(found: Row[], what: string) => ({
  rows: found.slice(0, exportedAtMost),
  count:
    found.length > exportedAtMost
      ? `${format.number(exportedAtMost)} ${what} pertama. Masih ada lainnya: persempit saringan untuk sisanya`
      : `${format.number(found.length)} ${what}`,
});

/** A sheet as it is written: its lines above the table are put in words already. */
export type WordedSheet = Pick<Sheet, 'name' | 'title' | 'asOf' | 'columns' | 'rows'> & {
  lines: string[];
};
export type WordedSheets = [WordedSheet, ...WordedSheet[]];

/** More rows than this would hold up other requests by more than 50 ms, so a worker writes them. */
const rowsInRequest = 500;

/** One file with a tab for each sheet; all of them are of the same day. */
export async function buildWorkbook(first: Sheet, ...others: Sheet[]): Promise<Buffer> {
  const sheets: WordedSheets = [worded(first), ...others.map(worded)];
  const rows = sheets.reduce((sum, sheet) => sum + sheet.rows.length, 0);
  if (rows <= rowsInRequest) return writeWorkbook(sheets);
  const worker = new Worker(new URL('./spreadsheet-worker.ts', import.meta.url), {
    workerData: sheets,
    resourceLimits: { maxOldGenerationSizeMb: 512 },
  });
  return new Promise((resolve, reject) => {
    worker.once('message', (file: Uint8Array) => resolve(Buffer.from(file)));
    worker.once('error', reject);
    worker.once('exit', () => reject(new Error('The spreadsheet worker ended without a file')));
  });
}

const worded = ({ about, notes = [], ...rest }: Sheet): WordedSheet => ({
  ...rest,
  rows: withWrittenDates(rest),
  lines: [...linesOf(rest.asOf, about), ...notes],
});

/** Dates are text, as everything is that is no amount; written here and nowhere else. */
function withWrittenDates({ columns, rows }: Pick<Sheet, 'columns' | 'rows'>): Sheet['rows'] {
  const isDate = columns.map(({ date }) => date === true);
  if (!isDate.includes(true)) return rows;
  return rows.map((row) =>
    row.map((cell, index) =>
      isDate[index] && typeof cell === 'string' ? format.numericDate(cell) : cell,
    ),
  );
}

const linesOf = (asOf: string, about: About | null) =>
  about === null
    ? []
    : [
        `Keadaan ${format.date(asOf)}`,
        `Saringan: ${about.filter}`,
        `Diunduh oleh ${about.exporter}`,
        about.count,
      ];

/** Sends a workbook as a download, `lembaga-2025-08-17.xlsx`. */
export function sendWorkbook(res: Response, fileName: string, file: Buffer) {
  res.attachment(`${fileName}.xlsx`);
  res.type('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet').send(file);
}
