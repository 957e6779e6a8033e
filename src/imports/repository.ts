import type { Transaction } from '#src/database.ts';
import { notFound } from '#src/http/errors.ts';
import { isColumnField, type ColumnField } from '#src/imports/labels.ts';
import { keysOf, type FileColumn } from '#src/imports/columns.ts';

export type Batch = Awaited<ReturnType<typeof getBatch>>;

export async function getBatch(tx: Transaction, id: number) {
  const batch = await tx.importBatch.findUnique({ where: { id } });
  if (!batch) throw notFound();
  return shaped(batch);
}

type Stored = NonNullable<Awaited<ReturnType<Transaction['importBatch']['findUnique']>>>;
const shaped = (batch: Stored) => ({
  ...batch,
  columns: batch.columns as FileColumn[],
  sheetTypes: batch.sheetTypes as Record<string, number>,
  mapping: (batch.mapping as string[]).map((field): ColumnField =>
    isColumnField(field) ? field : 'ignore',
  ),
});

export async function listBatches(tx: Transaction) {
  const batches = await tx.importBatch.findMany({ orderBy: { id: 'desc' }, take: 50 });
  return batches.map(shaped);
}

/** Files whose first rosters wait for the lurah. */
export function listWaitingImports(tx: Transaction) {
  return tx.importBatch.findMany({
    where: { decision: 'waiting', status: 'applied', work: null },
    orderBy: { id: 'desc' },
    take: 5,
    select: { id: true, fileName: true, makerName: true },
  });
}

export async function insertBatch(
  tx: Transaction,
  batch: {
    kelurahanId: number;
    fileName: string;
    columns: FileColumn[];
    mapping: ColumnField[];
    sheetTypes: Record<string, number>;
    rowCount: number;
    maker: { id: number; displayName: string };
  },
): Promise<number> {
  const { maker, ...rest } = batch;
  const { id } = await tx.importBatch.create({
    data: {
      ...rest,
      makerId: maker.id,
      makerName: maker.displayName,
      work: 'reading',
      workTotal: batch.rowCount,
      workAt: new Date(),
    },
    select: { id: true },
  });
  return id;
}

/** Nobody waits for the disk: should the database itself stop, the last pieces of the work are lost and done again. */
export const withoutWaiting = (tx: Transaction) =>
  tx.$executeRaw`SET LOCAL synchronous_commit = off`;

/** Says how far the work is; the time tells whether somebody is still at it. */
export async function reportWork(tx: Transaction, batchId: number, done: number) {
  await tx.importBatch.update({
    where: { id: batchId },
    data: { workDone: done, workAt: new Date() },
    select: { id: true },
  });
}

export async function updateBatch(
  tx: Transaction,
  { id, version }: { id: number; version: number },
  data: Parameters<Transaction['importBatch']['updateMany']>[0]['data'],
): Promise<boolean> {
  const { count } = await tx.importBatch.updateMany({
    where: { id, version },
    data: { ...data, version: version + 1 },
  });
  return count === 1;
}

export async function rememberedColumns(
  tx: Transaction,
  kelurahanId: number,
): Promise<Map<string, ColumnField>> {
  const rows = await tx.importColumn.findMany({ where: { kelurahanId } });
  return new Map(
    rows.flatMap(({ label, field }) => (isColumnField(field) ? [[label, field]] : [])),
  );
}

export async function rememberColumns(
  tx: Transaction,
  { kelurahanId, columns }: { kelurahanId: number; columns: FileColumn[] },
  mapping: readonly ColumnField[],
) {
  const keys = keysOf(columns);
  for (const [index, { isFilled }] of columns.entries()) {
    const label = keys[index] ?? '';
    const field = mapping[index] ?? 'ignore';
    // Nobody has looked at what an empty column may hold another time.
    if (field === 'ignore' && !isFilled) continue;
    await tx.importColumn.upsert({
      where: { kelurahanId_label: { kelurahanId, label } },
      create: { kelurahanId, label, field },
      update: { field },
    });
  }
}
