import type { Transaction } from '#src/database.ts';
import { isoDate, prismaDate } from '#src/format.ts';
import { finishRows, planOf, type Apply, type GoodRow } from '#src/imports/applying.ts';
import { institutionGone, RowRefused } from '#src/imports/refused-rows.ts';
import { peopleOf, type Person } from '#src/imports/first-people.ts';
import { seatsFor } from '#src/imports/first-seats.ts';
import type { Batch } from '#src/imports/repository.ts';
import { keepDecree } from '#src/roster-changes/decree.ts';

/** The first rosters of institutions, by the file's own decrees and days, once the lurah has decided. */
export const seatFirstRosters =
  (batch: Batch, signatoryName: string): Apply =>
  async (tx, groups) => {
    const appointed: Appointed[] = [];
    for (const rows of groups) {
      const institution = await openRoster(tx, batch, rows);
      const decrees = await decreesOf(tx, rows, {
        kelurahanId: batch.kelurahanId,
        about: `Penetapan pengurus ${institution.name}`,
        signatoryName,
      });
      const board = await boardOf(tx, batch, { institution, rows, decreeId: decrees[0] ?? 0 });
      appointed.push(
        ...rows.map((row, index) => ({ row, institution, board, decreeId: decrees[index] ?? 0 })),
      );
    }
    const people = await peopleOf(tx, appointed);
    const seats = await seatsFor(tx, appointed);
    await seatAll(tx, { kind: 'definitive', appointed, people, seats });
  };

/** A row with where it seats somebody, for how long and by which decree. */
export type Appointed = {
  row: GoodRow;
  institution: Institution;
  board: Board | null;
  decreeId: number;
};

/** The institution of the rows, whose roster changes now. */
export async function openRoster(tx: Transaction, batch: Batch, rows: GoodRow[]) {
  const institutionId = rows[0] && planOf(rows[0]).institutionId;
  if (!institutionId) throw new Error(`Rows of import ${batch.id} without an institution`);
  const [institution] = await tx.institution.updateManyAndReturn({
    where: { id: institutionId },
    data: { rosterVersion: { increment: 1 } },
    select: { id: true, name: true, kelurahanId: true, institutionTypeId: true },
  });
  if (!institution) throw new RowRefused(institutionGone);
  return institution;
}

type Institution = { id: number; kelurahanId: number; institutionTypeId: number };

export async function decreesOf(
  tx: Transaction,
  rows: GoodRow[],
  common: { kelurahanId: number; about: string; signatoryName: string },
) {
  const ids = new Map<string, number>();
  const all: number[] = [];
  for (const row of rows) {
    const { decreeNumber, decreedOn } = planOf(row);
    if (decreeNumber === null || decreedOn === null)
      throw new RowRefused('Isi No SK dan Tanggal SK');
    const key = `${decreedOn} ${decreeNumber}`;
    const id =
      ids.get(key) ?? (await keepDecree(tx, { ...common, number: decreeNumber, decreedOn }));
    ids.set(key, id);
    all.push(id);
  }
  return all;
}

type Board = { id: number; startsOn: Date; endsOn: Date | null };

/** One board from the first start to the last end of the rows; one that this very import made before is widened. */
async function boardOf(
  tx: Transaction,
  batch: Batch,
  { institution, rows, decreeId }: { institution: Institution; rows: GoodRow[]; decreeId: number },
): Promise<Board> {
  const earlier = await findOwnBoard(tx, batch, institution);
  const term = termOf(rows, earlier);
  const select = { id: true, startsOn: true, endsOn: true } as const;
  if (earlier) return tx.board.update({ where: { id: earlier.id }, data: term, select });
  const { id: institutionId, kelurahanId } = institution;
  return tx.board.create({ data: { institutionId, kelurahanId, decreeId, ...term }, select });
}

function termOf(rows: GoodRow[], earlier: Board | null): Omit<Board, 'id'> {
  const starts = rows.flatMap((row) => planOf(row).startOn ?? []);
  const ends = rows.map((row) => planOf(row).endsOn);
  if (earlier) {
    starts.push(isoDate(earlier.startsOn));
    ends.push(earlier.endsOn && isoDate(earlier.endsOn));
  }
  const [first] = starts.toSorted();
  if (first === undefined) throw new RowRefused('Isi tanggal Mulai');
  const last = ends.toSorted((a, b) => (a ?? '9999').localeCompare(b ?? '9999')).at(-1) ?? null;
  return { startsOn: prismaDate(first), endsOn: last === null ? null : prismaDate(last) };
}

/** The board that this very import made, or null; a board of somebody else's means that there is a roster meanwhile. */
export async function findOwnBoard(
  tx: Transaction,
  batch: Batch,
  { id }: Institution,
): Promise<Board | null> {
  const [board] = await tx.board.findMany({
    where: { institutionId: id },
    select: { id: true, startsOn: true, endsOn: true },
    take: 1,
  });
  if (!board) return null;
  const own = await tx.importRow.findFirst({
    where: { batchId: batch.id, boardId: board.id },
    select: { id: true },
  });
  if (own) return board;
  throw new RowRefused(
    'Lembaga ini sudah punya pengurus. Unggah lagi berkasnya supaya perubahan menjadi usulan',
  );
}

type Seating = {
  kind: 'definitive' | 'acting';
  appointed: Appointed[];
  people: Person[];
  seats: number[];
};

export async function seatAll(tx: Transaction, seating: Seating) {
  const { appointed, people, seats } = seating;
  const tenures = await insertTenures(tx, seating);
  await finishRows(
    tx,
    appointed.map(({ row, board }, index) => ({
      id: row.id,
      result: 'done',
      ...(board ? { boardId: board.id } : {}),
      personId: people[index]?.id ?? 0,
      personMade: people[index]?.made ?? false,
      version: people[index]?.version ?? 1,
      tenureId: tenures.get(seats[index] ?? 0) ?? 0,
    })),
  );
}

/** Ids of the new tenures by their seats. */
async function insertTenures(
  tx: Transaction,
  { kind, appointed, people, seats }: Seating,
): Promise<Map<number, number>> {
  const offices = appointed.map(({ row, institution, board, decreeId }, index) => {
    const { startOn, endsOn, positionTypeId } = planOf(row);
    return {
      kelurahanId: institution.kelurahanId,
      institutionId: institution.id,
      institutionTypeId: institution.institutionTypeId,
      positionTypeId,
      seatId: seats[index],
      personId: people[index]?.id,
      boardId: board?.id ?? null,
      startOn,
      endsOn: endsOn ?? (board?.endsOn ? isoDate(board.endsOn) : null),
      decreeId,
    };
  });
  const tenures = await tx.$queryRaw<{ id: number; seatId: number }[]>`
    INSERT INTO tenures (kelurahan_id, institution_id, institution_type_id, position_type_id, seat_id, person_id, board_id,
      kind, start_on, planned_end_on, appointing_decree_id)
    SELECT "kelurahanId", "institutionId", "institutionTypeId", "positionTypeId", "seatId", "personId", "boardId",
      ${kind}, "startOn", "endsOn", "decreeId"
    FROM jsonb_to_recordset(${JSON.stringify(offices)}::jsonb) AS t ("kelurahanId" int, "institutionId" int,
      "institutionTypeId" int, "positionTypeId" int, "seatId" int, "personId" int, "boardId" int, "startOn" date,
      "endsOn" date, "decreeId" int)
    RETURNING id, seat_id AS "seatId"`;
  return new Map(tenures.map(({ id, seatId }) => [seatId, id]));
}
