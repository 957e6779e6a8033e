import { parentPort, workerData } from 'node:worker_threads';
import { repack, unpack, type Edit } from '#src/imports/archive.ts';
import { writeRemarks } from '#src/imports/remark-cells.ts';
import { columnOf, type Remarks } from '#src/imports/remark-column.ts';
import { Unreadable } from '#src/imports/unreadable.ts';
import { readSheets } from '#src/imports/workbook.ts';

const { file, remarks } = workerData as { file: Uint8Array; remarks: Map<string, Remarks> };

try {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength);
  const edits = new Map<string, Edit>();
  for (const sheet of readSheets(await unpack(bytes))) {
    const texts = remarks.get(sheet.name);
    const column = texts && columnOf(sheet, texts);
    if (column) edits.set(sheet.part, (xml) => writeRemarks(xml, column));
  }
  const copy = new Uint8Array(await repack(bytes, edits));
  parentPort?.postMessage(copy, [copy.buffer]);
} catch (error) {
  if (!(error instanceof Unreadable)) throw error;
  parentPort?.postMessage(null, []);
}
