import { parentPort, workerData } from 'node:worker_threads';
import { unpack } from '#src/imports/archive.ts';
import { tableOf } from '#src/imports/table.ts';
import { Unreadable } from '#src/imports/unreadable.ts';
import { columnName, readSheets } from '#src/imports/workbook.ts';

try {
  const parts = await unpack(Buffer.from(workerData));
  parentPort?.postMessage({ table: tableOf(readSheets(parts), columnName) }, []);
} catch (error) {
  if (!(error instanceof Unreadable)) throw error;
  parentPort?.postMessage({ sentence: error.message }, []);
}
