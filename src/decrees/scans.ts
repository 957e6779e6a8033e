import type { UploadedFile } from '#src/http/uploads.ts';
import {
  asJpeg,
  brokenPdf,
  brokenPicture,
  isWholePdf,
  pictureEndings,
  typeOf,
} from '#src/uploaded-files.ts';

export const largestScan = 5 * 1024 * 1024;

type Scan = { type: 'application/pdf' | 'image/jpeg'; bytes: Uint8Array<ArrayBuffer> };
type Checked = { scan: Scan } | { problem: string };

const endings = { 'application/pdf': /\.pdf$/i, ...pictureEndings };

const wrongType =
  'Unggah pindaian SK sebagai PDF, atau foto JPEG, PNG, atau WebP. Berkas ini bukan salah satunya';

/** Enough to read small print on an A4 page. */
const longestSide = 2200;

/** What the file is says its first bytes; its name has to agree. A photo is turned upright, shrunk and stripped. */
export async function checkScan(file: UploadedFile): Promise<Checked> {
  const type = await typeOf(file, endings);
  if (type === null) return { problem: wrongType };
  if (type !== 'application/pdf') {
    const bytes = await asJpeg(file.bytes, longestSide);
    return bytes ? { scan: { type: 'image/jpeg', bytes } } : { problem: brokenPicture };
  }
  if (!isWholePdf(file.bytes)) return { problem: brokenPdf };
  return { scan: { type, bytes: new Uint8Array(file.bytes) } };
}
