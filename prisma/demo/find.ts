import type { Transaction } from '#src/database.ts';
import { prismaDate } from '#src/format.ts';
import type { Office } from './kanigaran.ts';
import type { PlannedInstitution, PlannedTenure } from './plan-types.ts';
import type { DemoSeat } from './seats.ts';

/** Rows of the demo by what makes them unique, once their kelurahan is written. */

export function getInstitution(
  tx: Transaction,
  office: Office,
  { type, name }: PlannedInstitution,
) {
  return tx.institution.findFirstOrThrow({
    where: { name, institutionType: { code: type }, kelurahan: { code: office.code } },
    select: { id: true, kelurahanId: true },
  });
}

export function getSeat(tx: Transaction, institutionId: number, { position, number }: DemoSeat) {
  return tx.seat.findFirstOrThrow({
    where: { institutionId, number, positionType: { code: position } },
    select: { id: true },
  });
}

export async function getTenure(
  tx: Transaction,
  institutionId: number,
  { seat, startOn, kind }: PlannedTenure,
) {
  const { id: seatId } = await getSeat(tx, institutionId, seat);
  return tx.tenure.findFirstOrThrow({
    where: { seatId, startOn: prismaDate(startOn), kind },
    select: { id: true },
  });
}
