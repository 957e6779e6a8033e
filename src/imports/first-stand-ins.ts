import type { Transaction } from '#src/database.ts';
import { seatFor } from '#src/imports/apply-proposals.ts';
import { planOf, type GoodRow } from '#src/imports/applying.ts';
import { peopleOf, type Person } from '#src/imports/first-people.ts';
import { decreesOf, findOwnBoard, openRoster, seatAll } from '#src/imports/first-rosters.ts';
import type { Batch } from '#src/imports/repository.ts';
import { seatsIn } from '#src/imports/first-seats.ts';
import { plain } from '#src/imports/type-names.ts';
import { hex } from '#src/roster-changes/nominees.ts';

type Institution = { id: number; kelurahanId: number; institutionTypeId: number };

/** Whoever stands in beside the first roster, which sits down before; an institution may also have nobody else yet. */
export const seatStandIns =
  (batch: Batch, signatoryName: string) =>
  async (tx: Transaction, rows: GoodRow[]): Promise<void> => {
    const institution = await openRoster(tx, batch, rows);
    const decrees = await decreesOf(tx, rows, {
      kelurahanId: batch.kelurahanId,
      about: `Penunjukan pelaksana tugas ${institution.name}`,
      signatoryName,
    });
    const board = await findOwnBoard(tx, batch, institution);
    const people = await standInsOf(tx, batch, { institution, rows });
    const seats = await seatsBeside(tx, institution, rows);
    const appointed = rows.map((row, index) => ({
      row,
      institution,
      board,
      decreeId: decrees[index] ?? 0,
    }));
    await seatAll(tx, { kind: 'acting', appointed, people, seats });
  };

/** Officers of the same institution who stand in as well are not recorded twice, whether the file has their NIK or not. */
async function standInsOf(
  tx: Transaction,
  batch: Batch,
  { institution, rows }: { institution: Institution; rows: GoodRow[] },
): Promise<Person[]> {
  const officers = await listOfficers(tx, batch, institution.id);
  const found = rows.map((row) => {
    const { name, birthDate } = planOf(row).facts;
    const same = officers.find((one) =>
      row.nikIndex && one.nikHex
        ? one.nikHex === hex(row.nikIndex)
        : plain(one.name) === plain(name) && one.birthDate === birthDate,
    );
    return same ? { id: same.id, made: same.made, version: 0 } : null;
  });
  const strangers = rows.filter((_, index) => found[index] === null);
  const others = await peopleOf(
    tx,
    strangers.map((row) => ({ row, institution })),
  );
  return found.flatMap((one) => one ?? others.shift() ?? []);
}

type Officer = {
  id: number;
  name: string;
  birthDate: string | null;
  nikHex: string | null;
  /** This import recorded the person, so it takes the person back as well. */
  made: boolean;
};

const listOfficers = (tx: Transaction, batch: Batch, institutionId: number) =>
  tx.$queryRaw<Officer[]>`
    SELECT q.id, q.name, q.birth_date::text AS "birthDate", encode(q.nik_index, 'hex') AS "nikHex",
      EXISTS (SELECT FROM import_rows r WHERE r.batch_id = ${batch.id} AND r.person_id = q.id AND r.person_made) AS made
    FROM people q
    WHERE q.id IN (SELECT person_id FROM tenures WHERE institution_id = ${institutionId} AND voided_at IS NULL)
    ORDER BY q.id`;

/** The seat that the preview chose; else one of the position where nobody stands in yet, an empty one first. */
async function seatsBeside(
  tx: Transaction,
  institution: Institution,
  rows: GoodRow[],
): Promise<number[]> {
  const all = await seatsIn(tx, [institution.id]);
  const taken = new Set(
    all.filter(({ tenures }) => tenures.some(({ lane }) => lane === 'acting')).map(({ id }) => id),
  );
  const chosen: number[] = [];
  for (const row of rows) {
    const { seatId, positionTypeId, label } = planOf(row);
    const free = all.filter(
      (seat) =>
        seat.positionTypeId === positionTypeId &&
        plain(seat.label ?? '') === plain(label ?? '') &&
        !taken.has(seat.id),
    );
    const beside = free.find(({ tenures }) => tenures.length === 0) ?? free[0];
    const id = seatId ?? beside?.id ?? (await seatFor(tx, institution, row));
    taken.add(id);
    chosen.push(id);
  }
  return chosen;
}
