import type { Actor } from '#src/access.ts';
import { asActor, type Transaction } from '#src/database.ts';
import { violates } from '#src/http/database-errors.ts';
import type { Details, PlanKind } from '#src/imports/judge.ts';
import type { Batch } from '#src/imports/repository.ts';
import { ApprovalRefused } from '#src/roster-changes/refusals.ts';
import * as format from '#src/format.ts';

/** A row that is good to apply. */
export type GoodRow = {
  id: number;
  rowNumber: number;
  details: Details;
  nikSealed: Uint8Array<ArrayBuffer> | null;
  nikIndex: Uint8Array<ArrayBuffer> | null;
  personId: number | null;
};
export type Plan = NonNullable<Details['plan']>;
export const planOf = (row: GoodRow): Plan => {
  if (!row.details.plan) throw new Error(`Row ${row.id} has no plan`);
  return row.details.plan;
};

/** Why a row that looked good could not be applied after all, as a sentence. */
export class RowRefused extends Error {}

/** What waits for the one decision about a file, and what becomes a proposal of its institution. */
export const firstKinds = ['first', 'first_acting'] as const;
export const proposedKinds = ['fill', 'replace', 'acting'] as const;
export const appliedKinds = ['facts', ...firstKinds, ...proposedKinds] as const;

/** Ids of the rows that are applied together, by the institution they are of; whoever stands in is proposed alone. */
export async function listGroups(
  tx: Transaction,
  batchId: number,
  kinds: readonly PlanKind[],
): Promise<number[][]> {
  const rows = await tx.$queryRaw<{ ids: number[] }[]>`
    SELECT array_agg(id ORDER BY id) AS ids FROM import_rows
    WHERE batch_id = ${batchId} AND outcome IN ('new', 'changed') AND (result IS NULL OR result = 'waiting')
      AND details->'plan'->>'kind' = ANY (${kinds}::text[])
    GROUP BY COALESCE(details->'plan'->>'institutionId', details->'plan'->'fresh'->>'typeId' || ' ' || lower(details->>'institution')),
      CASE details->'plan'->>'kind' WHEN 'acting' THEN id END
    ORDER BY bool_or(details->'plan'->'fresh'->>'rtNumber' IS NOT NULL), min(id)`;
  return rows.map(({ ids }) => ids);
}

export async function getGoodRows(tx: Transaction, ids: readonly number[]): Promise<GoodRow[]> {
  const rows = await tx.importRow.findMany({
    where: { id: { in: [...ids] } },
    orderBy: { id: 'asc' },
    select: {
      id: true,
      rowNumber: true,
      details: true,
      nikSealed: true,
      nikIndex: true,
      personId: true,
    },
  });
  return rows as unknown as GoodRow[];
}

type Apply = (tx: Transaction, rows: GoodRow[]) => Promise<void>;

/** All rows in one transaction; when one of them breaks a rule, each in its own, and the broken one says why. */
export async function applyTogether(
  actor: Actor,
  ids: readonly number[],
  apply: Apply,
): Promise<void> {
  try {
    await asActor(actor, async (tx) => {
      const open = await lockOpenRows(tx, ids);
      if (open.length > 0) await apply(tx, await getGoodRows(tx, open));
    });
  } catch (error) {
    const sentence = sentenceOf(error);
    if (sentence === null) throw error;
    if (ids.length === 1) return asActor(actor, (tx) => refuseRow(tx, ids[0] ?? 0, sentence));
    for (const id of ids) await applyTogether(actor, [id], apply);
  }
}

/** Rows that nobody has applied yet, kept from a second process that was asked to go on. */
async function lockOpenRows(tx: Transaction, ids: readonly number[]): Promise<number[]> {
  const rows = await tx.$queryRaw<{ id: number }[]>`
    SELECT id FROM import_rows
    WHERE id = ANY (${[...ids]}::int[]) AND outcome IN ('new', 'changed') AND (result IS NULL OR result = 'waiting')
    ORDER BY id FOR UPDATE`;
  return rows.map(({ id }) => id);
}

async function refuseRow(tx: Transaction, id: number, message: string) {
  const [row] = await getGoodRows(tx, [id]);
  if (!row) return;
  const details: Details = {
    ...row.details,
    problems: [...row.details.problems, { field: 'name', level: 'error', message }],
  };
  await tx.importRow.update({
    where: { id },
    data: { outcome: 'wrong', result: null, details },
    select: { id: true },
  });
}

const brokenRules: [string, string][] = [
  [
    'tenures_one_holder_per_seat',
    'Kursi ini sudah terisi pada masa itu. Unggah lagi berkasnya untuk memeriksa dari awal',
  ],
  [
    'tenures_one_seat_per_institution',
    'Orang ini sudah memegang jabatan lain dalam lembaga ini pada masa itu',
  ],
  [
    'tenures_no_concurrent_office',
    'Orang ini sudah menjabat di lembaga lain pada masa itu. Rangkap jabatan dilarang',
  ],
  ['tenures_one_per_term_number', 'Orang ini sudah mencapai batas masa bakti dalam jabatan ini'],
  ['tenures_term_limit', 'Orang ini sudah mencapai batas masa bakti dalam jabatan ini'],
  ['tenures_one_field', 'Kader Posyandu hanya melayani satu bidang'],
  [
    'tenures_within_board',
    'Tanggal mulai dan selesai tidak di dalam masa bakti kepengurusan lembaga ini',
  ],
  [
    'boards_within_term_years',
    'Masa bakti lebih lama daripada yang diatur untuk jenis lembaga ini',
  ],
  ['boards_', 'Tanggal mulai dan selesai bertabrakan dengan masa bakti yang sudah tercatat'],
  ['people_one_per_nik', 'NIK ini sudah tercatat untuk orang lain. Periksa angkanya'],
  [
    'roster_changes_one_open_per_subject',
    'Sudah ada usulan yang menunggu keputusan untuk lembaga ini. Tunggu keputusannya, lalu unggah lagi',
  ],
  [
    'institutions_one_per',
    'Lembaga ini sudah terdaftar. Unggah lagi berkasnya untuk memeriksa dari awal',
  ],
];

function sentenceOf(error: unknown): string | null {
  if (error instanceof RowRefused) return error.message;
  if (error instanceof ApprovalRefused && error.reason.problem === 'decree-number-taken')
    return `Nomor SK ini sudah dipakai SK tanggal ${format.date(error.reason.decreedOn)}. Periksa nomor atau tanggalnya`;
  return brokenRules.find(([constraint]) => violates(error, constraint))?.[1] ?? null;
}

type Finished = {
  id: number;
  result: string;
  personId?: number;
  personMade?: boolean;
  tenureId?: number;
  boardId?: number;
  changeId?: number;
  before?: object;
  version?: number;
};

/** What became of rows, in one statement; the list of ids lets it find them by index while the table has no statistics. */
export async function finishRows(tx: Transaction, rows: readonly Finished[]) {
  await tx.$executeRaw`
    UPDATE import_rows t SET result = r.result, person_id = COALESCE(r."personId", t.person_id),
      person_made = COALESCE(r."personMade", t.person_made), tenure_id = r."tenureId", board_id = r."boardId",
      roster_change_id = r."changeId", person_before = r.before, person_version = r.version
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r (id int, result text, "personId" int, "personMade" boolean,
      "tenureId" int, "boardId" int, "changeId" int, before jsonb, version int)
    WHERE t.id = r.id AND t.id = ANY (${rows.map(({ id }) => id)}::int[])`;
}

/** Milliseconds between two words about how far the work is; saying it more often would take longer than the work. */
const reportEvery = 1000;

/** Carries out a group after the other and says how far it is. */
export async function eachGroup(
  actor: Actor,
  batch: Pick<Batch, 'id'>,
  groups: readonly number[][],
  work: (ids: number[]) => Promise<void>,
) {
  let unsaid = 0;
  let saidAt = Date.now();
  for (const ids of groups) {
    await work(ids);
    unsaid += ids.length;
    if (Date.now() - saidAt < reportEvery) continue;
    await addProgress(actor, batch, unsaid);
    unsaid = 0;
    saidAt = Date.now();
  }
  await addProgress(actor, batch, unsaid);
}

const addProgress = (actor: Actor, { id }: Pick<Batch, 'id'>, rows: number) =>
  asActor(actor, (tx) =>
    tx.importBatch.update({
      where: { id },
      data: { workDone: { increment: rows }, workAt: new Date() },
      select: { id: true },
    }),
  );
