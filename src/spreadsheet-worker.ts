import { parentPort, workerData } from 'node:worker_threads';
import { writeWorkbook } from '#src/spreadsheet-file.ts';

const file = new Uint8Array(await writeWorkbook(workerData));
parentPort?.postMessage(file, [file.buffer]);
