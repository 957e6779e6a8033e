import { Worker } from 'node:worker_threads';
import type { FileTable } from '#src/imports/table.ts';
import { Unreadable } from '#src/imports/unreadable.ts';

/** Megabytes and milliseconds that a file may take; whatever it does, it does to its own thread. */
const limits = { heap: 192, time: 10_000 };

let last: Promise<unknown> = Promise.resolve();

/** The table in an uploaded file. Throws Unreadable with a sentence for people. One file at a time is read. */
export function readTable(file: Buffer): Promise<FileTable> {
  const reading = last.then(() => readInWorker(file));
  last = reading.catch(() => {});
  return reading;
}

type Answer = { table: FileTable } | { sentence: string };

async function readInWorker(file: Buffer): Promise<FileTable> {
  const bytes = new Uint8Array(file);
  const worker = new Worker(new URL('./reading-worker.ts', import.meta.url), {
    workerData: bytes,
    transferList: [bytes.buffer],
    resourceLimits: { maxOldGenerationSizeMb: limits.heap, maxYoungGenerationSizeMb: 4 },
  });
  const answer = await answerOf(worker).finally(() => void worker.terminate());
  if ('sentence' in answer) throw new Unreadable({ sentence: answer.sentence });
  return answer.table;
}

function answerOf(worker: Worker): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const tooSlow = () => reject(new Unreadable('too-slow'));
    const timer = setTimeout(tooSlow, limits.time);
    worker.once('message', (answer: Answer) => resolve(answer));
    // Out of memory or a crash: the file is to blame, as nothing else runs there.
    worker.once('error', () => reject(new Unreadable('too-big-unpacked')));
    worker.once('exit', () => clearTimeout(timer));
  });
}
