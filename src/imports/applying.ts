import type { Actor } from '#src/access.ts';
import { asActor, type Transaction } from '#src/database.ts';
import type { Details, PlanKind } from '#src/imports/judge.ts';
import { refusalIn } from '#src/imports/refused-rows.ts';
import type { Batch } from '#src/imports/repository.ts';
import { inTurns, onceASecond } from '#src/imports/turns.ts';

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

/** Applies rows, grouped by the institution they are of. */
export type Apply = (tx: Transaction, groups: GoodRow[][]) => Promise<void>;

/** Where an institution takes as many statements beside others as alone. */
export const perInstitution =
  (apply: (tx: Transaction, rows: GoodRow[]) => Promise<void>): Apply =>
  async (tx, groups) => {
    for (const rows of groups) await apply(tx, rows);
  };

/**
 * All groups in one transaction; when a row breaks a rule, each group in its own, and then each row, and the broken one
 * says why. Only what is no refusal of a row, such as a database that does not answer, ends the work.
 */
async function applyTogether(actor: Actor, groups: number[][], apply: Apply): Promise<void> {
  try {
    await asActor(actor, async (tx) => {
      const open = await lockOpenRows(tx, groups.flat());
      if (open.length > 0) await apply(tx, regrouped(groups, await getGoodRows(tx, open)));
    });
  } catch (error) {
    const sentence = refusalIn(error);
    if (sentence === null) throw error;
    const [ids = []] = groups;
    const [only = 0] = ids;
    if (groups.length === 1 && ids.length === 1)
      return asActor(actor, (tx) => refuseRow(tx, only, sentence));
    const parts = groups.length === 1 ? ids.map((id) => [id]) : groups;
    for (const part of parts) await applyTogether(actor, [part], apply);
  }
}

/** Without rows, and without groups, that somebody applied meanwhile. */
function regrouped(groups: number[][], rows: GoodRow[]): GoodRow[][] {
  const byId = new Map(rows.map((row) => [row.id, row]));
  return groups
    .map((ids) => ids.flatMap((id) => byId.get(id) ?? []))
    .filter((group) => group.length > 0);
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

/** How long a row may take with its rest: 10,000 are registered and seated in 50 seconds. */
const millisecondsPerRow = 2.5;

/** Small institutions go together until they have so many rows; more would hold up pages. */
const rowsTogether = 20;

/** Applies one group after the other, the small ones together, and says how far it is. */
export async function applyGroups(
  actor: Actor,
  batch: Pick<Batch, 'id'>,
  groups: readonly number[][],
  apply: Apply,
) {
  let unsaid = 0;
  const say = async () => {
    await addProgress(actor, batch, unsaid);
    unsaid = 0;
  };
  const report = onceASecond(say);
  for (const some of inBundles(groups)) {
    const rows = some.flat().length;
    const pace = { rest: 0.25, within: rows * millisecondsPerRow };
    await inTurns(pace, () => applyTogether(actor, some, apply));
    unsaid += rows;
    await report();
  }
  await say();
}

function* inBundles(groups: readonly number[][]): Generator<number[][]> {
  let bundle: number[][] = [];
  for (const ids of groups) {
    if (bundle.length > 0 && bundle.flat().length + ids.length > rowsTogether) {
      yield bundle;
      bundle = [];
    }
    bundle.push(ids);
  }
  if (bundle.length > 0) yield bundle;
}

const addProgress = (actor: Actor, { id }: Pick<Batch, 'id'>, rows: number) =>
  asActor(actor, (tx) =>
    tx.importBatch.update({
      where: { id },
      data: { workDone: { increment: rows }, workAt: new Date() },
      select: { id: true },
    }),
  );
