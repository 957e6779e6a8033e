import { parentPort, workerData } from 'node:worker_threads';
import { unpack } from '#src/imports/archive.ts';
import { tableOf, type FileTable } from '#src/imports/table.ts';
import { Unreadable } from '#src/imports/unreadable.ts';
import { columnName, readSheets } from '#src/imports/workbook.ts';

try {
  const { columns, rows, titles } = tableOf(
    readSheets(await unpack(Buffer.from(workerData))),
    columnName,
  );
  const text = rows.map((row) => `${JSON.stringify(row)}\n`).join('');
  const lines = new TextEncoder().encode(text);
  const table: FileTable = { columns, rowCount: rows.length, lines, titles };
  parentPort?.postMessage({ table }, [lines.buffer]);
} catch (error) {
  if (!(error instanceof Unreadable)) throw error;
  parentPort?.postMessage({ sentence: error.message }, []);
}
