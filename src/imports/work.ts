import { setImmediate as turn } from 'node:timers/promises';
import type { Actor } from '#src/access.ts';
import { asActor, type Transaction } from '#src/database.ts';
import { withoutValues } from '#src/http/log.ts';
import { judge, type FileContext, type KnownPerson } from '#src/imports/judge.ts';
import { readRow } from '#src/imports/fields.ts';
import { noRows } from '#src/imports/file-checks.ts';
import { readRegister } from '#src/imports/register.ts';
import {
  addProblems,
  getRawRows,
  insertRows,
  listRowIds,
  saveVerdicts,
  type RawRow,
} from '#src/imports/rows.ts';
import { getBatch, reportWork, withoutWaiting, type Batch } from '#src/imports/repository.ts';
import { hex } from '#src/roster-changes/nominees.ts';
import type { Fallback } from '#src/imports/places.ts';
import { readRoster } from '#src/imports/roster.ts';
import type { IdentifiedRow } from '#src/imports/seating.ts';
import { colleagueOf } from '#src/imports/standing-in.ts';
import { rowsInPieces, type FileTable } from '#src/imports/table.ts';
import { inTurns, onceASecond } from '#src/imports/turns.ts';
import { checkWholeFile, firstRowOf, type FirstRow } from '#src/imports/whole-file.ts';
import { indexNik } from '#src/people/nik.ts';
import { findPeopleByNik, listOffices } from '#src/roster-changes/nominees.ts';

/**
 * Long work on a batch, in pieces that leave other requests their turn. It runs in the process that was asked; when that
 * ends, the batch stays where it was and can be taken up again, because every piece is written whole.
 */
const running = new Set<Promise<void>>();

export function inBackground(work: () => Promise<void>) {
  const promise = work().catch((error: unknown) => {
    console.error(
      withoutValues(error instanceof Error ? (error.stack ?? error.message) : String(error)),
    );
  });
  running.add(promise);
  void promise.finally(() => running.delete(promise));
}

/** Everything that runs now; a stop waits for it, and so do tests. */
export const workDone = async () => {
  while (running.size > 0) await Promise.all(running);
};

/** Rows that one turn of the event loop works on: more would hold up pages by more than a few milliseconds. */
const storedAtOnce = 50;
const checkedAtOnce = 15;

/** How long a piece may take with its rest: 10,000 rows are stored and checked in 20 seconds. */
const storing = { rest: 1, within: storedAtOnce * 0.5 };
const checking = { rest: 1, within: checkedAtOnce * 1.5 };

export async function storeRows(actor: Actor, batchId: number, table: FileTable) {
  const batch = await asActor(actor, (tx) => getBatch(tx, batchId));
  const report = reportTo(actor, batchId);
  let done = 0;
  for (const rows of rowsInPieces(table, storedAtOnce)) {
    await inTurns(storing, () =>
      asActor(actor, async (tx) => {
        await withoutWaiting(tx);
        await insertRows(tx, batch, rows);
      }),
    );
    done += rows.length;
    await report(done);
  }
}

const reportTo = (actor: Actor, batchId: number) =>
  onceASecond((done: number) => asActor(actor, (tx) => reportWork(tx, batchId, done)));

/** Compares every row with the roster; the batch is checked when the last one is written. */
export async function checkRows(actor: Actor, batchId: number) {
  const batch = await asActor(actor, async (tx) => {
    await tx.importBatch.update({
      where: { id: batchId },
      data: {
        work: 'checking',
        workDone: 0,
        workTotal: { set: (await getBatch(tx, batchId)).rowCount },
        workAt: new Date(),
      },
    });
    return getBatch(tx, batchId);
  });
  const context: Context = {
    ...(await asActor(actor, (tx) => readPlace(tx, batch))),
    fallback: fallbackOf(batch, null),
    seats: new Map(),
    people: new Map(),
    earlier: noRows(),
    firstRows: [],
  };
  const ids = await asActor(actor, (tx) => listRowIds(tx, batchId));
  const report = reportTo(actor, batchId);
  for (let done = 0; done < ids.length; done += checkedAtOnce) {
    const some = ids.slice(done, done + checkedAtOnce);
    await inTurns(checking, () => checkSome(actor, batch, context, some));
    await report(done + some.length);
  }
  await asActor(actor, async (tx) => {
    await addProblems(tx, batchId, checkWholeFile(context.firstRows, context.roster));
    await tx.importBatch.update({
      where: { id: batchId },
      data: { status: 'checked', work: null, version: { increment: 1 } },
    });
  });
}

type Context = FileContext & { firstRows: FirstRow[] };

async function readPlace(tx: Transaction, { kelurahanId }: Batch) {
  const { name } = await tx.kelurahan.findUniqueOrThrow({
    where: { id: kelurahanId },
    select: { name: true },
  });
  return {
    kelurahan: name,
    roster: await readRoster(tx, kelurahanId),
    register: await readRegister(tx, kelurahanId),
  };
}

async function checkSome(actor: Actor, batch: Batch, context: Context, ids: number[]) {
  await asActor(actor, async (tx) => {
    await withoutWaiting(tx);
    const rows = await getRawRows(tx, ids);
    const read = await oneByOne(rows, (row) =>
      understood(row, batch, { ...context, fallback: fallbackOf(batch, row.sheet) }),
    );
    const people = await findPeopleByNik(
      tx,
      read.flatMap(({ index }) => index ?? []),
    );
    const colleagues = read.flatMap(({ row }) => row.colleague?.personId ?? []);
    const known = [...people.values(), ...colleagues];
    const offices = known.length === 0 ? [] : await listOffices(tx, known);
    const personOf = ({ nikHex, colleague }: IdentifiedRow): KnownPerson | null => {
      const personId = people.get(nikHex ?? '') ?? colleague?.personId;
      if (personId === undefined) return null;
      return { personId, offices: offices.filter((office) => office.personId === personId) };
    };
    const judged = await oneByOne(read, ({ row, id, own }) => {
      const verdict = judge(row, own, personOf(row));
      context.firstRows.push(...firstRowOf(id, row, verdict));
      return { id, nik: row.nik, nikHex: row.nikHex, ...verdict };
    });
    await saveVerdicts(tx, judged);
  });
}

/** Pages that wait get the processor between two rows. */
async function oneByOne<Item, Result>(items: readonly Item[], work: (item: Item) => Result) {
  const results: Result[] = [];
  for (const item of items) {
    results.push(work(item));
    await turn();
  }
  return results;
}

function understood({ id, sheet, row, cells }: RawRow, batch: Batch, context: FileContext) {
  const read = readRow(cells, batch.mapping, context.roster.lists);
  const index = read.nik === null ? null : indexNik(read.nik);
  const nikHex = index && hex(index);
  const sheets = new Set(batch.columns.flatMap(({ letters }) => Object.keys(letters)));
  const where = sheets.size > 1 ? `baris ${row} lembar “${sheet}”` : `baris ${row}`;
  const colleague = colleagueOf({ ...read, nikHex }, context);
  return { id, index, own: context, row: { ...read, nikHex, where, colleague } };
}

const fallbackOf = (batch: Batch, sheet: string | null): Fallback => ({
  institutionId: batch.institutionId,
  typeId: batch.institutionTypeId,
  sheetTypeId: (sheet !== null && batch.sheetTypes[sheet]) || null,
  hasInstitutions: batch.mapping.includes('institution'),
});

/** Seconds without a word after which nobody is at work any more. */
const silence = 30;

export const isStalled = ({ work, workAt }: Pick<Batch, 'work' | 'workAt'>) =>
  work !== null && Date.now() - (workAt?.getTime() ?? 0) > silence * 1000;
