import type { Actor } from '#src/access.ts';
import { asActor, type Transaction } from '#src/database.ts';

/** The texts that differ from the usual ones; false where somebody else saved since the form was opened. */
export async function saveReportTexts(
  tx: Transaction,
  { id, version, texts }: { id: number; version: number; texts: Record<string, string> },
): Promise<boolean> {
  const kept = { ...texts, version: version + 1 };
  const count = await tx.$executeRaw`
    UPDATE trainings SET report_texts = ${kept}::jsonb
    WHERE id = ${id} AND COALESCE((report_texts->>'version')::int, 0) = ${version}`;
  return count === 1;
}

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
