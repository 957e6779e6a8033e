import type { Transaction } from '#src/database.ts';
import { isoDate, personName, prismaDate, today } from '#src/format.ts';
import { notFound } from '#src/http/errors.ts';
import { nameOfPerson } from '#src/roster-changes/change.ts';

export type SeatHolding = Awaited<ReturnType<typeof listSeatsOn>>[number];

/** Every seat of an institution with who holds it on a day (today), definitively or acting. */
export async function listSeatsOn(tx: Transaction, institutionId: number, on: string = today()) {
  const day = prismaDate(on);
  const seats = await tx.seat.findMany({
    where: { institutionId },
    orderBy: [{ positionType: { sortOrder: 'asc' } }, { number: 'asc' }, { id: 'asc' }],
    select: {
      id: true,
      label: true,
      number: true,
      positionType: { select: { name: true, isChair: true, required: true } },
      tenures: {
        where: {
          voidedAt: null,
          startOn: { lte: day },
          AND: [
            { OR: [{ endedOn: null }, { endedOn: { gt: day } }] },
            { OR: [{ plannedEndOn: null }, { plannedEndOn: { gt: day } }] },
          ],
        },
        select: { id: true, lane: true, startOn: true, person: { select: nameOfPerson } },
      },
    },
  });
  return seats.map(({ tenures, ...seat }) => {
    const holders = tenures.map((tenure) => ({
      tenureId: tenure.id,
      personId: tenure.person.id,
      name: personName(tenure.person),
      lane: tenure.lane,
      startOn: isoDate(tenure.startOn),
    }));
    return {
      id: seat.id,
      name: seatName(seat),
      isChair: seat.positionType.isChair,
      required: seat.positionType.required,
      holder: holders.find(({ lane }) => lane === 'definitive') ?? null,
      acting: holders.find(({ lane }) => lane === 'acting') ?? null,
    };
  });
}

type NamedSeat = { label: string | null; number: number; positionType: { name: string } };

/** The seat's own label, or the position with a number from the second seat on. */
export const seatName = (seat: NamedSeat) =>
  seat.label ??
  (seat.number > 1 ? `${seat.positionType.name} ${seat.number}` : seat.positionType.name);

/** The institution that a proposal is about, or not found outside the scope. */
export async function getInstitution(tx: Transaction, id: number) {
  const institution = await findInstitution(tx, id);
  if (!institution) throw notFound();
  return institution;
}

export function findInstitution(tx: Transaction, id: number) {
  return tx.institution.findUnique({
    where: { id },
    select: {
      id: true,
      name: true,
      kelurahanId: true,
      rosterVersion: true,
      status: true,
      kelurahan: { select: { name: true } },
    },
  });
}

export function listInstitutionsToChoose(tx: Transaction) {
  return tx.institution.findMany({
    where: { status: { in: ['active', 'dormant', 'proposed'] } },
    orderBy: { name: 'asc' },
    take: 200,
    select: { id: true, name: true },
  });
}

/** The board whose term covers a day, or null. */
export async function findBoardOn(tx: Transaction, institutionId: number, day: string) {
  const board = await tx.board.findFirst({
    where: {
      institutionId,
      startsOn: { lte: prismaDate(day) },
      OR: [{ endsOn: null }, { endsOn: { gt: prismaDate(day) } }],
    },
    select: { id: true, startsOn: true, endsOn: true },
  });
  return (
    board && {
      id: board.id,
      startsOn: isoDate(board.startsOn),
      endsOn: board.endsOn && isoDate(board.endsOn),
    }
  );
}

/** The day after the last day of the latest board; null without one, or where its term has no end. */
export async function findTermEnd(tx: Transaction, institutionId: number): Promise<string | null> {
  const board = await tx.board.findFirst({
    where: { institutionId },
    orderBy: { startsOn: 'desc' },
    select: { endsOn: true },
  });
  return board?.endsOn ? isoDate(board.endsOn) : null;
}
