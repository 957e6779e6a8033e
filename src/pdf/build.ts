import { Worker } from 'node:worker_threads';
import type { Response } from 'express';
import type { Paper } from '#src/pdf/paper.ts';

/** More rows than this would hold up other requests by more than 50 ms, so a worker writes them. */
const rowsInRequest = 25;

export async function buildPdf(paper: Paper): Promise<Buffer> {
  const rows = paper.blocks.reduce(
    (sum, block) => sum + (block.kind === 'table' ? block.rows.length : 1),
    0,
  );
  if (rows <= rowsInRequest) return writeHere(paper);
  const worker = new Worker(new URL('./worker.ts', import.meta.url), {
    workerData: paper,
    resourceLimits: { maxOldGenerationSizeMb: 512 },
  });
  return new Promise((resolve, reject) => {
    worker.once('message', (file: Uint8Array) => resolve(Buffer.from(file)));
    worker.once('error', reject);
    worker.once('exit', () => reject(new Error('The PDF worker ended without a file')));
  });
}

/** The writer takes 29 MB, which a portal holds only once it has written a short paper. */
async function writeHere(paper: Paper): Promise<Buffer> {
  const { writePaper } = await import('#src/pdf/document.ts');
  return writePaper(paper);
}

/** Sends a PDF as a download, `lembaga-2025-08-17.pdf`. */
export function sendPdf(res: Response, fileName: string, file: Buffer) {
  res.attachment(`${fileName}.pdf`);
  res.type('application/pdf').send(file);
}
