import { parentPort, workerData } from 'node:worker_threads';
import { drawCertificates } from '#src/certificates/drawing.ts';

const file = new Uint8Array(await drawCertificates(workerData));
parentPort?.postMessage(file, [file.buffer]);
