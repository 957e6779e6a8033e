import { fileTypeFromBuffer } from 'file-type';
import type { UploadedFile } from '#src/http/uploads.ts';

export const largestScan = 5 * 1024 * 1024;

type Scan = { type: 'application/pdf' | 'image/jpeg'; bytes: Uint8Array<ArrayBuffer> };
type Checked = { scan: Scan } | { problem: string };

const endings: Record<string, RegExp> = {
  'application/pdf': /\.pdf$/i,
  'image/jpeg': /\.jpe?g$/i,
  'image/png': /\.png$/i,
  'image/webp': /\.webp$/i,
};

const wrongType =
  'Unggah pindaian SK sebagai PDF, atau foto JPEG, PNG, atau WebP. Berkas ini bukan salah satunya';

/** What the file is says its first bytes; its name has to agree. A photo is turned upright, shrunk and stripped. */
export async function checkScan({ bytes, name }: UploadedFile): Promise<Checked> {
  const found = await fileTypeFromBuffer(bytes);
  const ending = found && endings[found.mime];
  if (!ending?.test(name)) return { problem: wrongType };
  if (found?.mime !== 'application/pdf') return shrink(bytes);
  const tail = bytes.subarray(-2048).toString('latin1');
  if (!tail.includes('%%EOF'))
    return { problem: 'PDF ini terpotong. Pindai atau simpan sekali lagi, lalu unggah' };
  return { scan: { type: 'application/pdf', bytes: new Uint8Array(bytes) } };
}

/** Enough to read small print on an A4 page. */
const longestSide = 2200;
/** Larger pictures are refused from their head, before a pixel is opened (security.md, requirement 50). */
const pixelsAtMost = 50_000_000;

async function shrink(bytes: Buffer): Promise<Checked> {
  // 24 MB, and seldom wanted.
  const { default: sharp } = await import('sharp');
  try {
    const picture = await sharp(bytes, { limitInputPixels: pixelsAtMost, failOn: 'error' })
      .rotate()
      .resize({ width: longestSide, height: longestSide, fit: 'inside', withoutEnlargement: true })
      .flatten({ background: '#ffffff' })
      .jpeg({ quality: 80 })
      .toBuffer();
    return { scan: { type: 'image/jpeg', bytes: new Uint8Array(picture) } };
  } catch {
    return { problem: 'Foto ini rusak atau terlalu besar untuk dibuka. Foto ulang, lalu unggah' };
  }
}
