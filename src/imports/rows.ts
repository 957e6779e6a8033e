import type { Transaction } from '#src/database.ts';
import type { Problem } from '#src/imports/fields.ts';
import type { Details, Outcome, Verdict } from '#src/imports/judge.ts';
import type { FileRow } from '#src/imports/table.ts';
import { openImportCells, sealImportCells, sealImportNik } from '#src/people/nik.ts';
import { hex } from '#src/roster-changes/nominees.ts';

/** The rows of a batch: sealed as the file holds them, judged, and shown. */

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

const rawFields = { id: true, sheet: true, rowNumber: true, cellsSealed: true } as const;

export async function listRawRows(
  tx: Transaction,
  batchId: number,
  { after, take }: { after: number; take: number },
): Promise<RawRow[]> {
  const rows = await tx.importRow.findMany({
    where: { batchId, id: { gt: after } },
    orderBy: { id: 'asc' },
    take,
    select: rawFields,
  });
  return rows.map(opened);
}

/** Ids of all rows of a batch, in the order of its file. */
export async function listRowIds(tx: Transaction, batchId: number): Promise<number[]> {
  const rows = await tx.importRow.findMany({
    where: { batchId },
    orderBy: { id: 'asc' },
    select: { id: true },
  });
  return rows.map(({ id }) => id);
}

/** By their ids, which lets the database find them by index while the table has no statistics. */
export async function getRawRows(tx: Transaction, ids: readonly number[]): Promise<RawRow[]> {
  const rows = await tx.importRow.findMany({
    where: { id: { in: [...ids] } },
    orderBy: { id: 'asc' },
    select: rawFields,
  });
  return rows.map(opened);
}

type SealedRow = {
  id: number;
  sheet: string;
  rowNumber: number;
  cellsSealed: Uint8Array<ArrayBuffer>;
};

const opened = ({ id, sheet, rowNumber, cellsSealed }: SealedRow): RawRow => ({
  id,
  sheet,
  row: rowNumber,
  cells: openImportCells(cellsSealed, id),
});

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

/** Rows of a withdrawn import that stayed, because somebody built on them while it was taken back. */
export const countKept = (tx: Transaction, batchId: number): Promise<number> =>
  tx.importRow.count({ where: { batchId, result: { in: ['done', 'proposed'] } } });

export async function countOutcomes(
  tx: Transaction,
  batchId: number,
): Promise<Record<Outcome, number>> {
  const groups = await tx.$queryRaw<{ outcome: Outcome; count: number }[]>`
    SELECT outcome, count(*)::int AS count FROM import_rows WHERE batch_id = ${batchId} GROUP BY outcome`;
  const of = (outcome: Outcome) => groups.find((group) => group.outcome === outcome)?.count ?? 0;
  return { new: of('new'), changed: of('changed'), same: of('same'), wrong: of('wrong') };
}
