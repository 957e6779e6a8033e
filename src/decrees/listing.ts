import type { Transaction } from '#src/database.ts';
import { isoDate } from '#src/format.ts';
import type { Prisma } from '#src/generated/prisma/client.ts';
import { containing } from '#src/queries.ts';

/** Decrees as lists show them, with what an office may choose from and what waits for it. */

export const decreePageSize = 25;

type Filter = {
  kelurahanId: number | null;
  year: number | null;
  search: string | null;
  skip: number;
  take: number;
};

export async function listDecrees(
  tx: Transaction,
  { kelurahanId, year, search, skip, take }: Filter,
) {
  const where: Prisma.DecreeWhereInput = {
    ...(kelurahanId === null ? {} : { kelurahanId }),
    ...(year === null ? {} : { year }),
    ...(search ? { OR: [{ number: containing(search) }, { about: containing(search) }] } : {}),
  };
  const total = await tx.decree.count({ where });
  const rows = await tx.decree.findMany({
    where,
    orderBy: [{ year: 'desc' }, { decreedOn: 'desc' }, { id: 'desc' }],
    skip,
    take,
    select: {
      id: true,
      number: true,
      decreedOn: true,
      about: true,
      status: true,
      scanId: true,
      kelurahan: { select: { name: true } },
    },
  });
  const decrees = rows.map(({ decreedOn, scanId, ...row }) => ({
    ...row,
    decreedOn: isoDate(decreedOn),
    hasScan: scanId !== null,
  }));
  return { total, decrees };
}

/** The years that an office, or everybody in the scope, has decrees of; the latest first. */
export async function listYears(tx: Transaction, kelurahanId: number | null): Promise<number[]> {
  const rows = await tx.decree.groupBy({
    by: ['year'],
    where: kelurahanId === null ? {} : { kelurahanId },
    orderBy: { year: 'desc' },
  });
  return rows.map(({ year }) => year);
}

export const listKelurahan = (tx: Transaction) =>
  tx.kelurahan.findMany({
    where: { institutions: { some: {} } },
    orderBy: { code: 'asc' },
    select: { id: true, code: true, name: true },
  });

/** Proposals whose decree is still a draft: they wait for the lurah. */
export const listWaiting = (tx: Transaction, kelurahanId: number | null) =>
  tx.rosterChange.findMany({
    where: { status: 'submitted', ...(kelurahanId === null ? {} : { kelurahanId }) },
    orderBy: [{ submittedAt: 'asc' }, { id: 'asc' }],
    take: 10,
    select: {
      id: true,
      number: true,
      makerName: true,
      institution: { select: { name: true } },
    },
  });
