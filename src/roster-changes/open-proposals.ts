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

/** The open proposal of an institution that another one about these seats would contradict, or null. */
export async function findOpenProposal(
  tx: Transaction,
  institutionId: number,
  about: About & { id?: number },
): Promise<OpenProposal | null> {
  const open = await listOpenProposals(tx, { institutionId });
  return open.find((one) => one.id !== about.id && meets(one, about)) ?? null;
}

/** Stops the start of a proposal; the page says which other one is in the way and links to it. */
export class AlreadyProposed extends Error {
  readonly open: OpenProposal;

  constructor(open: OpenProposal) {
    super(`proposal ${open.id}`);
    this.open = open;
  }
}

/** What the page says of it to an account; another's draft cannot be looked at. */
export function alreadyProposed(open: OpenProposal, accountId: number) {
  const own = open.makerId === accountId;
  const what = open.kind === 'new_board' ? 'lembaga ini' : 'jabatan yang sama';
  return {
    sentence: `Sudah ada ${proposalInWords(open)} untuk ${what}. ${
      own
        ? 'Lanjutkan atau batalkan usulan itu lebih dulu.'
        : `Tunggu keputusannya, atau minta ${open.makerName} membatalkannya.`
    }`,
    openHref: own || open.status !== 'draft' ? `/usulan/${open.id}` : null,
  };
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
