import type { Transaction } from '#src/database.ts';
import { seatFor } from '#src/imports/apply-proposals.ts';
import { planOf, type GoodRow } from '#src/imports/applying.ts';

/** Seats that a new institution was given stay free until a row takes them; further ones are made. */
export async function seatsFor(
  tx: Transaction,
  institution: { id: number; kelurahanId: number },
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
