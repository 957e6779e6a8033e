import type { Actor } from '#src/access.ts';
import { asActor, type Transaction } from '#src/database.ts';
import { prismaDate } from '#src/format.ts';
import { finish } from '#src/imports/carrying-out.ts';
import { reportWork, type Batch } from '#src/imports/repository.ts';
import { listRowIds } from '#src/imports/rows.ts';

const rowsAtOnce = 200;

/**
 * Takes rows back piece by piece; what is back already is passed over, so it may be called again after a stop. A row that
 * somebody built on since the import was withdrawn stays, and its person keeps what was edited.
 */
export async function withdrawAll(actor: Actor, batch: Batch) {
  const all = await asActor(actor, (tx) => listRowIds(tx, batch.id));
  for (let done = 0; done < all.length; done += rowsAtOnce) {
    const piece = all.slice(done, done + rowsAtOnce);
    await asActor(actor, async (tx) => {
      const ids = await lockFreeRows(tx, batch.id, piece);
      const rows = await tx.importRow.findMany({
        where: { id: { in: ids } },
        orderBy: { id: 'asc' },
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
        where: { id: { in: ids }, personMade: false },
        data: { personVersion: null },
      });
      await tx.$executeRaw`SELECT withdraw_import_rows(${batch.id}::int, ${ids}::int[])`;
      await reportWork(tx, batch.id, done + piece.length);
    });
  }
  await withdrawInstitutions(actor, batch);
  await finish(actor, batch.id);
}

/** The rows that nobody has built on, whose people and offices stay as they are until the piece is back. */
async function lockFreeRows(tx: Transaction, batchId: number, ids: number[]): Promise<number[]> {
  await tx.$queryRaw`
    SELECT id FROM people WHERE id IN (SELECT person_id FROM import_rows WHERE id = ANY (${ids}::int[])) ORDER BY id FOR UPDATE`;
  await tx.$queryRaw`
    SELECT id FROM tenures WHERE id IN (SELECT tenure_id FROM import_rows WHERE id = ANY (${ids}::int[])) ORDER BY id FOR UPDATE`;
  const blocked = await tx.$queryRaw<{ id: number }[]>`
    SELECT row_id AS id FROM import_blockers(${batchId}::int) WHERE row_id = ANY (${ids}::int[])`;
  const kept = new Set(blocked.map(({ id }) => id));
  return ids.filter((id) => !kept.has(id));
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
