import { Worker } from 'node:worker_threads';
import { config } from '#src/config.ts';
import * as format from '#src/format.ts';
import { certificateContent } from '#src/certificates/content.ts';
import type { PrintedCertificate } from '#src/certificates/drawing.ts';
import { codeInGroups } from '#src/certificates/rules.ts';
import { place } from '#src/pdf/signatories.ts';

/** More pages than this would hold up other requests by more than 50 ms, so a worker draws them. */
const pagesInRequest = 3;

type Stored = { number: string; code: string; content: unknown };

export async function certificateFile(stored: readonly Stored[]): Promise<Buffer> {
  const certificates = stored.map(printed);
  if (certificates.length <= pagesInRequest) return drawHere(certificates);
  const worker = new Worker(new URL('./worker.ts', import.meta.url), {
    workerData: certificates,
    resourceLimits: { maxOldGenerationSizeMb: 512 },
  });
  return new Promise((resolve, reject) => {
    worker.once('message', (file: Uint8Array) => resolve(Buffer.from(file)));
    worker.once('error', reject);
    worker.once('exit', () => reject(new Error('The certificate worker ended without a file')));
  });
}

/** Loaded when first wanted, as in src/pdf/build.ts. */
async function drawHere(certificates: readonly PrintedCertificate[]): Promise<Buffer> {
  const { drawCertificates } = await import('#src/certificates/drawing.ts');
  return drawCertificates(certificates);
}

function printed({ number, code, content: stored }: Stored): PrintedCertificate {
  const content = certificateContent.parse(stored);
  const address = `${config().publicUrl.replace(/\/$/, '')}/cek`;
  return {
    number,
    content,
    code: codeInGroups(code),
    url: `${address}/${code}`,
    checkAddress: address.replace(/^https?:\/\//, ''),
    place: place(),
    issuedOnInWords: content.issuedOn ? format.date(content.issuedOn) : '',
  };
}

/** "012/LKK-KW/VIII/2025" as part of a file name. */
export const fileNameOf = (number: string) =>
  `sertifikat-${number.replaceAll(/[^\p{L}\p{N}.-]+/gu, '-')}`;
