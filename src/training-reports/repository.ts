import type { Actor } from '#src/access.ts';
import { asActor } from '#src/database.ts';

export type PrintedPhoto = {
  title: string;
  bytes: Uint8Array;
  /** Pixels. */
  width: number;
  height: number;
};

/** As large as half a page needs, one after the other: a report of many photos still fits into an e-mail. */
export async function printedPhotos(
  actor: Actor,
  photos: readonly { id: number; title: string }[],
): Promise<PrintedPhoto[]> {
  const printed: PrintedPhoto[] = [];
  for (const { id, title } of photos) {
    const file = await asActor(actor, (tx) =>
      tx.trainingFile.findUnique({ where: { id }, select: { bytes: true } }),
    );
    if (!file?.bytes) continue;
    const { default: sharp } = await import('sharp');
    const { data, info } = await sharp(file.bytes, { limitInputPixels: 50_000_000 })
      .rotate()
      .resize({ width: 1000, height: 1000, fit: 'inside', withoutEnlargement: true })
      .jpeg({ quality: 74 })
      .toBuffer({ resolveWithObject: true });
    printed.push({ title, bytes: new Uint8Array(data), width: info.width, height: info.height });
  }
  return printed;
}
