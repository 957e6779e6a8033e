import type { Transaction } from '#src/database.ts';
import { prismaDate } from '#src/format.ts';
import { stored } from '#src/imports/apply-facts.ts';
import { seatFor } from '#src/imports/apply-proposals.ts';
import { finishRows, planOf, RowRefused, type GoodRow } from '#src/imports/applying.ts';
import type { Batch } from '#src/imports/repository.ts';
import { findParent, insertInstitution } from '#src/institutions/repository.ts';
import { openImportNik, sealNik } from '#src/people/nik.ts';
import { keepDecree } from '#src/roster-changes/approval.ts';
import { findPeopleByNik, hex } from '#src/roster-changes/nominees.ts';

/** An institution that the file brings is registered at once; its officers wait for the lurah with the whole file. */
export const registerInstitution =
  (batch: Batch) =>
  async (tx: Transaction, rows: GoodRow[]): Promise<void> => {
    const plan = rows[0] && planOf(rows[0]);
    if (!plan) return;
    const institutionId = plan.institutionId ?? (await register(tx, batch, plan.fresh));
    await tx.$executeRaw`
      UPDATE import_rows SET result = 'waiting', details = jsonb_set(details, '{plan,institutionId}', to_jsonb(${institutionId}::int))
      WHERE id = ANY (${rows.map(({ id }) => id)}::int[])`;
  };

async function register(
  tx: Transaction,
  { kelurahanId }: Batch,
  fresh: ReturnType<typeof planOf>['fresh'],
) {
  if (!fresh) throw new Error('A row without an institution');
  const type = await tx.institutionType.findUniqueOrThrow({ where: { id: fresh.typeId } });
  const known = await tx.institution.findFirst({
    where: {
      kelurahanId,
      institutionTypeId: type.id,
      name: fresh.name,
      status: { notIn: ['dissolved', 'merged'] },
    },
    select: { id: true },
  });
  if (known) return known.id;
  const { rtNumber, rwNumber } = fresh;
  const parent =
    type.territory === 'rt' && type.parentTypeId !== null
      ? await findParent(tx, { parentTypeId: type.parentTypeId, kelurahanId, rwNumber })
      : null;
  if (type.territory === 'rt' && type.parentTypeId !== null && !parent)
    throw new RowRefused(
      `RW ${String(rwNumber).padStart(3, '0')} belum terdaftar di kelurahan ini. Daftarkan RW itu lebih dulu`,
    );
  const institution = await insertInstitution(tx, type, {
    ...emptyProfile,
    name: fresh.name,
    rtNumber,
    rwNumber,
    kelurahanId,
    parentId: parent?.id ?? null,
  });
  return institution.id;
}

const emptyProfile = {
  address: null,
  phone: null,
  email: null,
  foundedOn: null,
  foundingDecree: null,
  registrationNumber: null,
  scope: null,
};

/** The first roster of an institution, by the file's own decree and days, once the lurah has decided. */
export const seatFirstRoster =
  (batch: Batch, signatoryName: string) =>
  async (tx: Transaction, rows: GoodRow[]): Promise<void> => {
    const institutionId = rows[0] && planOf(rows[0]).institutionId;
    if (!institutionId) throw new Error(`Rows of import ${batch.id} without an institution`);
    const institution = await tx.institution.update({
      where: { id: institutionId },
      data: { rosterVersion: { increment: 1 } },
      select: { id: true, name: true, kelurahanId: true, institutionTypeId: true },
    });
    const decrees = await decreesOf(tx, rows, {
      kelurahanId: batch.kelurahanId,
      about: `Penetapan pengurus ${institution.name}`,
      signatoryName,
    });
    const board = await boardOf(tx, batch, { institution, rows, decreeId: decrees[0] ?? 0 });
    const people = await peopleOf(tx, institution, rows);
    const seated = await seatAll(tx, { institution, board, rows, decrees, people });
    await finishRows(
      tx,
      rows.map((row, index) => ({
        id: row.id,
        result: 'done',
        boardId: board.id,
        personId: people[index]?.id ?? 0,
        personMade: people[index]?.made ?? false,
        version: people[index]?.version ?? 1,
        tenureId: seated[index] ?? 0,
      })),
    );
  };

type Institution = { id: number; kelurahanId: number; institutionTypeId: number };

async function decreesOf(
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

type Board = { id: number; endsOn: Date | null };

/** One board from the first start to the last end of the rows; one that this very import made before is used again. */
async function boardOf(
  tx: Transaction,
  batch: Batch,
  { institution, rows, decreeId }: { institution: Institution; rows: GoodRow[]; decreeId: number },
): Promise<Board> {
  const [earlier] = await tx.board.findMany({
    where: { institutionId: institution.id },
    select: { id: true, endsOn: true },
    take: 1,
  });
  if (earlier) {
    const own = await tx.importRow.findFirst({
      where: { batchId: batch.id, boardId: earlier.id },
      select: { id: true },
    });
    if (own) return earlier;
    throw new RowRefused(
      'Lembaga ini sudah punya pengurus. Unggah lagi berkasnya supaya perubahan menjadi usulan',
    );
  }
  const starts = rows.flatMap((row) => planOf(row).startOn ?? []).toSorted();
  const ends = rows
    .map((row) => planOf(row).endsOn)
    .toSorted((a, b) => (a ?? '9999').localeCompare(b ?? '9999'));
  const [first] = starts;
  if (first === undefined) throw new RowRefused('Isi tanggal Mulai');
  const last = ends.at(-1) ?? null;
  return tx.board.create({
    data: {
      institutionId: institution.id,
      kelurahanId: institution.kelurahanId,
      startsOn: prismaDate(first),
      endsOn: last === null ? null : prismaDate(last),
      decreeId,
    },
    select: { id: true, endsOn: true },
  });
}

type Person = { id: number; made: boolean; version: number };

/** People who are known in the city by their NIK, and new ones for the rest, in two statements. */
async function peopleOf(
  tx: Transaction,
  institution: Institution,
  rows: GoodRow[],
): Promise<Person[]> {
  const known = await findPeopleByNik(
    tx,
    rows.flatMap(({ nikIndex }) => nikIndex ?? []),
  );
  const ids = await tx.$queryRaw<{ id: number }[]>`
    SELECT nextval('people_id_seq')::int AS id FROM generate_series(1, ${rows.length}::int)`;
  const people = rows.map((row, index): Person => {
    const id = row.nikIndex ? known.get(hex(row.nikIndex)) : undefined;
    return id === undefined
      ? { id: ids[index]?.id ?? 0, made: true, version: 1 }
      : { id, made: false, version: 0 };
  });
  await tx.person.createMany({
    data: rows.flatMap((row, index) => {
      const person = people[index];
      const facts = planOf(row).facts;
      if (!person?.made) return [];
      if (facts.sex === null) throw new RowRefused('Isi L atau P di kolom L/P');
      const nik = row.nikSealed ? openImportNik(row.nikSealed, row.id) : null;
      return [
        {
          ...stored(facts),
          sex: facts.sex,
          id: person.id,
          nikSealed: nik === null ? null : sealNik(nik, person.id),
          nikIndex: row.nikIndex,
          kelurahanId: institution.kelurahanId,
          kelurahanIds: [institution.kelurahanId],
          institutionIds: [institution.id],
        },
      ];
    }),
  });
  return people;
}

type Seating = {
  institution: Institution;
  board: Board;
  rows: GoodRow[];
  decrees: number[];
  people: Person[];
};

async function seatAll(
  tx: Transaction,
  { institution, board, rows, decrees, people }: Seating,
): Promise<number[]> {
  const seats = await seatsFor(tx, institution, rows);
  const tenures = await tx.tenure.createManyAndReturn({
    data: rows.map((row, index) => {
      const { startOn, endsOn, positionTypeId } = planOf(row);
      return {
        kelurahanId: institution.kelurahanId,
        institutionId: institution.id,
        institutionTypeId: institution.institutionTypeId,
        positionTypeId,
        seatId: seats[index] ?? 0,
        personId: people[index]?.id ?? 0,
        boardId: board.id,
        startOn: prismaDate(startOn ?? ''),
        plannedEndOn: endsOn === null ? board.endsOn : prismaDate(endsOn),
        appointingDecreeId: decrees[index] ?? 0,
      };
    }),
    select: { id: true, seatId: true },
  });
  const bySeat = new Map(tenures.map(({ id, seatId }) => [seatId, id]));
  return seats.map((seatId) => bySeat.get(seatId) ?? 0);
}

/** Seats that a new institution was given stay free until a row takes them; further ones are made. */
async function seatsFor(
  tx: Transaction,
  institution: Institution,
  rows: GoodRow[],
): Promise<number[]> {
  const all = await tx.seat.findMany({
    where: { institutionId: institution.id },
    orderBy: { number: 'asc' },
    select: {
      id: true,
      positionTypeId: true,
      label: true,
      tenures: { where: { voidedAt: null }, select: { id: true } },
    },
  });
  const taken = new Set(rows.flatMap((row) => planOf(row).seatId ?? []));
  const seats: number[] = [];
  for (const row of rows) {
    const { seatId, positionTypeId, label } = planOf(row);
    const free = all.find(
      (seat) =>
        seat.positionTypeId === positionTypeId &&
        seat.label === label &&
        seat.tenures.length === 0 &&
        !taken.has(seat.id),
    );
    const id = seatId ?? free?.id ?? (await seatFor(tx, institution, row));
    taken.add(id);
    seats.push(id);
  }
  return seats;
}
