import { systemActor } from '#src/access.ts';
import { asActor, type Transaction } from '#src/database.ts';
import { openImportFile, sealImportFile } from '#src/people/nik.ts';

/** How long an uploaded workbook waits for somebody who mends it; a withdrawn or wholly applied one goes at once. */
const keptDays = 30;
const oldest = () => new Date(Date.now() - keptDays * 86_400_000);

export async function keepFile(
  tx: Transaction,
  { id, kelurahanId }: { id: number; kelurahanId: number },
  file: Uint8Array,
) {
  await tx.importFile.create({
    data: { batchId: id, kelurahanId, sealed: sealImportFile(file, id) },
    select: { id: true },
  });
}

export async function findFile(tx: Transaction, batchId: number): Promise<Buffer | null> {
  const found = await tx.importFile.findUnique({
    where: { batchId, createdAt: { gt: oldest() } },
    select: { sealed: true },
  });
  return found && openImportFile(found.sealed, batchId);
}

export async function forgetOldFiles() {
  await asActor(systemActor('forget-import-files'), (tx) =>
    tx.importFile.deleteMany({ where: { createdAt: { lte: oldest() } } }),
  );
}
