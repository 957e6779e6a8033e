import { parentPort, workerData } from 'node:worker_threads';
import { writePaper } from '#src/pdf/document.ts';

const file = new Uint8Array(await writePaper(workerData));
parentPort?.postMessage(file, [file.buffer]);
