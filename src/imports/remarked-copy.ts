import { Worker } from 'node:worker_threads';
import type { Remarks } from '#src/imports/remark-column.ts';

/** Megabytes that the copy of a workbook may take; a sheet of 10,000 rows is some 10 MB of XML. */
const heap = 192;

/** The workbook with a last column of remarks on every sheet that has some; null where it has no room for one. */
export function remarkedCopy(file: Buffer, remarks: Map<string, Remarks>): Promise<Buffer | null> {
  const bytes = new Uint8Array(file);
  const worker = new Worker(new URL('./remarks-worker.ts', import.meta.url), {
    workerData: { file: bytes, remarks },
    transferList: [bytes.buffer],
    resourceLimits: { maxOldGenerationSizeMb: heap, maxYoungGenerationSizeMb: 4 },
  });
  return new Promise((resolve, reject) => {
    worker.once('message', (copy: Uint8Array | null) => resolve(copy && Buffer.from(copy.buffer)));
    worker.once('error', reject);
    worker.once('exit', () => reject(new Error('The worker of remarks ended without a copy')));
  });
}
