import { Worker } from 'node:worker_threads';
import type { Response } from 'express';
import { writeWorkbook } from '#src/spreadsheet-file.ts';

/** A sheet of an .xlsx file: lines above the table (title, date, filter), heads, and typed rows. */
export type Sheet = {
  name: string;
  title: string;
  /** The calendar day of the data; the file carries no other time, so the same data give the same bytes. */
  asOf: string;
  notes: string[];
  columns: { label: string; width: number; number?: true }[];
  rows: (string | number | null)[][];
};

/** More rows than this would hold up other requests by more than 50 ms, so a worker writes them. */
const rowsInRequest = 500;

export async function buildWorkbook(sheet: Sheet): Promise<Buffer> {
  if (sheet.rows.length <= rowsInRequest) return writeWorkbook(sheet);
  const worker = new Worker(new URL('./spreadsheet-worker.ts', import.meta.url), {
    workerData: sheet,
    resourceLimits: { maxOldGenerationSizeMb: 512 },
  });
  return new Promise((resolve, reject) => {
    worker.once('message', (file: Uint8Array) => resolve(Buffer.from(file)));
    worker.once('error', reject);
    worker.once('exit', () => reject(new Error('The spreadsheet worker ended without a file')));
  });
}

/** Sends a workbook as a download, `lembaga-2025-08-17.xlsx`. */
export function sendWorkbook(res: Response, fileName: string, file: Buffer) {
  res.attachment(`${fileName}.xlsx`);
  res.type('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet').send(file);
}
