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
  await finish(actor, batch.id);
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
