import { fileTypeFromBuffer } from 'file-type';
import type { UploadedFile } from '#src/http/uploads.ts';

/** What people upload, looked at before it is kept. */

type Bytes = Uint8Array<ArrayBuffer>;

/** What the first bytes say that it is, where the name agrees; otherwise null. */
export async function typeOf(
  { bytes, name }: UploadedFile,
  endings: Readonly<Record<string, RegExp>>,
): Promise<string | null> {
  const found = await fileTypeFromBuffer(bytes);
  return found && endings[found.mime]?.test(name) ? found.mime : null;
}

/** Pictures that a browser or a camera makes. */
export const pictureEndings: Readonly<Record<string, RegExp>> = {
  'image/jpeg': /\.jpe?g$/i,
  'image/png': /\.png$/i,
  'image/webp': /\.webp$/i,
};

export const isWholePdf = (bytes: Buffer) =>
  bytes.subarray(-2048).toString('latin1').includes('%%EOF');

/** Larger pictures are refused from their head, before a pixel is opened (security.md, requirement 50). */
const pixelsAtMost = 50_000_000;

/** Upright, small enough, and without what a camera writes beside it, such as the place; null if it does not open. */
export async function asJpeg(bytes: Uint8Array, longestSide: number): Promise<Bytes | null> {
  // 24 MB, and seldom wanted.
  const { default: sharp } = await import('sharp');
  try {
    const picture = await sharp(bytes, { limitInputPixels: pixelsAtMost, failOn: 'error' })
      .rotate()
      .resize({ width: longestSide, height: longestSide, fit: 'inside', withoutEnlargement: true })
      .flatten({ background: '#ffffff' })
      .jpeg({ quality: 80 })
      .toBuffer();
    return new Uint8Array(picture);
  } catch {
    return null;
  }
}

export const brokenPicture =
  'Foto ini rusak atau terlalu besar untuk dibuka. Foto ulang, lalu unggah';
export const brokenPdf = 'PDF ini terpotong. Pindai atau simpan sekali lagi, lalu unggah';
