import type { Transaction } from '#src/database.ts';
import { isoDate, term } from '#src/format.ts';
import { Prisma } from '#src/generated/prisma/client.ts';
import { positionsInWords } from '#src/roster-changes/change.ts';
import { type ChangeKind, type ChangeStatus, changeTitle } from '#src/roster-changes/rules.ts';
import { seatName } from '#src/roster-changes/seats.ts';

export type QueueFilter = {
  makerId: number;
  status: ChangeStatus | null;
  skip: number;
  take: number;
};
export const queuePageSize = 25;

/** Proposals as a queue: waiting ones first, drafts only of their own maker. */
export async function listChanges(tx: Transaction, filter: QueueFilter) {
  const where: Prisma.RosterChangeWhereInput = {
    ...(filter.status ? { status: filter.status } : {}),
    OR: [{ status: { not: 'draft' } }, { makerId: filter.makerId }],
  };
  const total = await tx.rosterChange.count({ where });
  const rows = await tx.rosterChange.findMany({
    where,
    // Alphabetically last, the waiting ones come first, then the returned.
    orderBy: [{ status: 'desc' }, { updatedAt: 'desc' }, { id: 'desc' }],
    skip: filter.skip,
    take: filter.take,
    select: {
      id: true,
      number: true,
      kind: true,
      status: true,
      effectiveOn: true,
      termEndsOn: true,
      makerName: true,
      submittedAt: true,
      updatedAt: true,
      institution: { select: { name: true, kelurahan: { select: { name: true } } } },
      lines: {
        orderBy: { id: 'asc' },
        select: {
          seat: { select: { label: true, number: true, positionType: { select: { name: true } } } },
        },
      },
    },
  });
  const changes = rows.map((row) => ({
    ...row,
    status: row.status as ChangeStatus,
    title: changeTitle({
      kind: row.kind as ChangeKind,
      positionName: positionsInWords(
        row.lines[0] ? seatName(row.lines[0].seat) : null,
        row.lines.length,
      ),
      termLabel:
        row.effectiveOn && row.termEndsOn
          ? term(isoDate(row.effectiveOn), isoDate(row.termEndsOn))
          : null,
    }),
  }));
  return { changes, total };
}
