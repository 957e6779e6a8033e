import type { Actor } from '#src/access.ts';
import { asActor, type Transaction } from '#src/database.ts';
import { prismaDate } from '#src/format.ts';
import { finish } from '#src/imports/carrying-out.ts';
import type { Batch } from '#src/imports/repository.ts';

const rowsAtOnce = 200;

/** Takes rows back piece by piece; what is back already is passed over, so it may be called again after a stop. */
export async function withdrawAll(actor: Actor, batch: Batch) {
  for (let done = 0; done < batch.rowCount; done += rowsAtOnce)
    await asActor(actor, async (tx) => {
      const rows = await tx.importRow.findMany({
        where: { batchId: batch.id },
        orderBy: { id: 'asc' },
        skip: done,
        take: rowsAtOnce,
        select: {
          id: true,
          personId: true,
          personBefore: true,
          rosterChangeId: true,
          result: true,
        },
      });
      for (const row of rows)
        if (row.result === 'done' && row.personBefore !== null && row.personId !== null)
          await restore(tx, row.personId, row.personBefore);
      await cancelProposals(
        tx,
        rows.flatMap(({ rosterChangeId }) => rosterChangeId ?? []),
      );
      // The versions that were just put back are the import's own doing.
      await tx.importRow.updateMany({
        where: { id: { in: rows.map(({ id }) => id) }, personMade: false },
        data: { personVersion: null },
      });
      await tx.$executeRaw`SELECT withdraw_import_rows(${batch.id}::int, ${rows.map(({ id }) => id)}::int[])`;
      await tx.importBatch.update({
        where: { id: batch.id },
        data: { workDone: Math.min(batch.rowCount, done + rows.length), workAt: new Date() },
        select: { id: true },
      });
    });
  await withdrawInstitutions(actor, batch);
  await finish(actor, batch.id);
}

const institutionsAtOnce = 10;

/** What the import registered goes when its officers are gone; withdrawn imports do not hold it. */
async function withdrawInstitutions(actor: Actor, { id: batchId }: Batch) {
  const ids = await asActor(actor, (tx) => listRegistered(tx, batchId));
  for (let done = 0; done < ids.length; done += institutionsAtOnce) {
    const piece = ids.slice(done, done + institutionsAtOnce);
    await asActor(actor, async (tx) => {
      await tx.importBatch.updateMany({
        where: { institutionId: { in: piece }, status: 'withdrawn' },
        data: { institutionId: null },
      });
      await tx.$executeRaw`SELECT withdraw_import_institutions(${batchId}::int, ${piece}::int[])`;
      await tx.importBatch.update({
        where: { id: batchId },
        data: { workAt: new Date() },
        select: { id: true },
      });
    });
  }
}

/** An RT before its RW. */
async function listRegistered(tx: Transaction, batchId: number): Promise<number[]> {
  const rows = await tx.$queryRaw<{ id: number }[]>`
    SELECT id FROM institutions
    WHERE id IN (SELECT institution_id FROM import_rows WHERE batch_id = ${batchId}) ORDER BY parent_id IS NULL, id`;
  return rows.map(({ id }) => id);
}

/** The facts that the import changed, as they were. */
async function restore(tx: Transaction, personId: number, before: unknown) {
  const { nik, birthDate, ...facts } = before as Record<string, unknown>;
  await tx.person.update({
    where: { id: personId },
    data: {
      ...facts,
      ...(birthDate === undefined
        ? {}
        : { birthDate: typeof birthDate === 'string' ? prismaDate(birthDate) : null }),
      ...(nik === undefined ? {} : { nikSealed: null, nikIndex: null }),
      version: { increment: 1 },
      updatedAt: new Date(),
    },
    select: { id: true },
  });
}

async function cancelProposals(tx: Transaction, ids: number[]) {
  await tx.rosterChange.updateMany({
    where: { id: { in: ids }, status: { in: ['submitted', 'returned', 'draft'] } },
    data: { status: 'cancelled', version: { increment: 1 }, updatedAt: new Date() },
  });
}
