import type { Transaction } from '#src/database.ts';
import { notFound } from '#src/http/errors.ts';
import type { Problem } from '#src/imports/fields.ts';
import { isColumnField, type ColumnField } from '#src/imports/labels.ts';
import type { Details, Outcome, Verdict } from '#src/imports/judge.ts';
import { keysOf, type FileColumn } from '#src/imports/columns.ts';
import type { FileRow } from '#src/imports/table.ts';
import { openImportCells, sealImportCells, sealImportNik } from '#src/people/nik.ts';

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

/** Rows in one statement, each sealed under the id that was drawn for it. */
export async function insertRows(
  tx: Transaction,
  batch: { id: number; kelurahanId: number },
  rows: readonly FileRow[],
) {
  const ids = await tx.$queryRaw<{ id: number }[]>`
    SELECT nextval('import_rows_id_seq')::int AS id FROM generate_series(1, ${rows.length}::int)`;
  const sealed = rows.map(({ sheet, row, cells }, index) => {
    const id = ids[index]?.id ?? 0;
    return { id, sheet, row, cells: hex(sealImportCells(cells, id)) };
  });
  await tx.$executeRaw`
    INSERT INTO import_rows (id, batch_id, kelurahan_id, sheet, row_number, cells_sealed)
    SELECT id, ${batch.id}, ${batch.kelurahanId}, sheet, "row", decode(cells, 'hex')
    FROM jsonb_to_recordset(${JSON.stringify(sealed)}::jsonb) AS r (id int, sheet text, "row" int, cells text)`;
}

export type RawRow = { id: number; sheet: string; row: number; cells: string[] };

export async function listRawRows(
  tx: Transaction,
  batchId: number,
  { after, take }: { after: number; take: number },
): Promise<RawRow[]> {
  const rows = await tx.importRow.findMany({
    where: { batchId, id: { gt: after } },
    orderBy: { id: 'asc' },
    take,
    select: { id: true, sheet: true, rowNumber: true, cellsSealed: true },
  });
  return rows.map(({ id, sheet, rowNumber, cellsSealed }) => ({
    id,
    sheet,
    row: rowNumber,
    cells: openImportCells(cellsSealed, id),
  }));
}

export type JudgedRow = Verdict & { id: number; nik: string | null; nikHex: string | null };

export async function saveVerdicts(tx: Transaction, rows: readonly JudgedRow[]) {
  const written = rows.map(({ id, nik, nikHex, outcome, details }) => ({
    id,
    outcome,
    details,
    nik: nik === null ? null : hex(sealImportNik(nik, id)),
    nikHex,
  }));
  await tx.$executeRaw`
    UPDATE import_rows t SET outcome = r.outcome, details = r.details,
      nik_sealed = decode(r.nik, 'hex'), nik_index = decode(r."nikHex", 'hex')
    FROM jsonb_to_recordset(${JSON.stringify(written)}::jsonb)
      AS r (id int, outcome text, details jsonb, nik text, "nikHex" text)
    WHERE t.id = r.id AND t.id = ANY (${rows.map(({ id }) => id)}::int[])`;
}

/** What is found wrong with rows after they were judged. */
export async function addProblems(
  tx: Transaction,
  batchId: number,
  found: readonly { id: number; problem: Problem }[],
) {
  if (found.length === 0) return;
  await tx.$executeRaw`
    UPDATE import_rows t SET outcome = 'wrong',
      details = jsonb_set(t.details, '{problems}', (t.details->'problems') || r.problems)
    FROM (
      SELECT id, jsonb_agg(problem) AS problems
      FROM jsonb_to_recordset(${JSON.stringify(found)}::jsonb) AS f (id int, problem jsonb) GROUP BY id
    ) AS r
    WHERE t.id = r.id AND t.batch_id = ${batchId}`;
}

/**
 * Says how far the work is; the time tells whether somebody is still at it. Nobody waits for the disk: should the
 * database itself stop, the last pieces and their count are lost together and done again.
 */
export async function reportWork(tx: Transaction, batchId: number, done: number) {
  await tx.$executeRaw`SET LOCAL synchronous_commit = off`;
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

export type ShownRow = {
  id: number;
  sheet: string;
  rowNumber: number;
  outcome: Outcome;
  result: string | null;
  details: Details;
  personId: number | null;
  rosterChangeId: number | null;
};

export async function listRows(
  tx: Transaction,
  batchId: number,
  { outcomes, skip, take }: { outcomes: Outcome[]; skip: number; take: number },
): Promise<ShownRow[]> {
  const rows = await tx.importRow.findMany({
    where: { batchId, outcome: { in: outcomes } },
    orderBy: { id: 'asc' },
    skip,
    take,
    select: {
      id: true,
      sheet: true,
      rowNumber: true,
      outcome: true,
      result: true,
      details: true,
      personId: true,
      rosterChangeId: true,
    },
  });
  return rows as unknown as ShownRow[];
}

export async function countOutcomes(
  tx: Transaction,
  batchId: number,
): Promise<Record<Outcome, number>> {
  const groups = await tx.$queryRaw<{ outcome: Outcome; count: number }[]>`
    SELECT outcome, count(*)::int AS count FROM import_rows WHERE batch_id = ${batchId} GROUP BY outcome`;
  const of = (outcome: Outcome) => groups.find((group) => group.outcome === outcome)?.count ?? 0;
  return { new: of('new'), changed: of('changed'), same: of('same'), wrong: of('wrong') };
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

export const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');
