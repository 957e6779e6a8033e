import type { Transaction } from '#src/database.ts';
import { statusBadge, type ChangeKind, type ChangeStatus } from '#src/roster-changes/rules.ts';

/** Proposals that are not decided yet: two of them about one seat would contradict each other. */

export type OpenProposal = Awaited<ReturnType<typeof listOpenProposals>>[number];

/** Days after which a draft that nobody touched holds up nobody else. */
const forgottenAfter = 14;

export async function listOpenProposals(
  tx: Transaction,
  place: { kelurahanId: number } | { institutionId: number },
) {
  const since = new Date(Date.now() - forgottenAfter * 24 * 60 * 60 * 1000);
  const rows = await tx.rosterChange.findMany({
    where: {
      ...place,
      OR: [
        { status: 'submitted' },
        { status: { in: ['draft', 'returned'] }, updatedAt: { gt: since } },
      ],
    },
    orderBy: { id: 'asc' },
    select: {
      id: true,
      number: true,
      status: true,
      kind: true,
      makerId: true,
      makerName: true,
      institutionId: true,
      lines: { select: { seatId: true } },
    },
  });
  return rows.map(({ lines, ...row }) => ({
    ...row,
    status: row.status as ChangeStatus,
    kind: row.kind as ChangeKind,
    seatIds: lines.map(({ seatId }) => seatId),
  }));
}

type About = { kind: ChangeKind; seatIds: readonly number[] };

/** Whether two proposals of one institution are about one seat; a new board is about all of them. */
export const meets = (one: About, other: About) =>
  one.kind === 'new_board' ||
  other.kind === 'new_board' ||
  one.seatIds.some((seatId) => other.seatIds.includes(seatId));

/** "usulan U-2026-0007 (Menunggu persetujuan)", or a draft by whose it is. */
export const proposalInWords = ({ number, status, makerName }: OpenProposal) =>
  number === null
    ? `draf usulan ${makerName} yang belum dikirim`
    : `usulan ${number} (${statusBadge[status].label})`;
