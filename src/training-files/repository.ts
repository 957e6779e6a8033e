import type { Transaction } from '#src/database.ts';
import { filesAtMost, type Purpose } from '#src/training-files/rules.ts';

type NewFile = {
  trainingId: number;
  purpose: Purpose;
  title: string;
  isShared?: boolean;
  uploadedBy: number;
} & (
  | { link: string }
  | {
      name: string;
      type: string;
      bytes: Uint8Array<ArrayBuffer>;
      thumbnail?: Uint8Array<ArrayBuffer>;
    }
);

/** Null where the training has as many as it may have. */
export async function insertFile(tx: Transaction, file: NewFile): Promise<number | null> {
  const { trainingId, purpose } = file;
  // Two at once would both be the last that fits.
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(24, ${trainingId}::int)`;
  const count = await tx.trainingFile.count({ where: { trainingId, purpose } });
  if (count >= filesAtMost[purpose]) return null;
  const { id } = await tx.trainingFile.create({ data: file, select: { id: true } });
  return id;
}

/** False where somebody else changed or removed it since the form was opened. */
export async function saveFile(
  tx: Transaction,
  { id, version }: { id: number; version: number },
  data: { title: string; isShared?: boolean; link?: string },
): Promise<boolean> {
  const { count } = await tx.trainingFile.updateMany({
    where: { id, version },
    data: { ...data, version: { increment: 1 } },
  });
  return count === 1;
}

export async function removeFile(
  tx: Transaction,
  { id, version }: { id: number; version: number },
): Promise<boolean> {
  const { count } = await tx.trainingFile.deleteMany({ where: { id, version } });
  return count === 1;
}
