import type { Transaction } from '#src/database.ts';
import type { RevocationInput } from '#src/decrees/form.ts';
import { isoDate, prismaDate } from '#src/format.ts';
import { notFound } from '#src/http/errors.ts';

export async function listNumbers(tx: Transaction, kelurahanId: number, year: number) {
  const rows = await tx.decree.findMany({
    where: { kelurahanId, year },
    select: { number: true },
  });
  return rows.map(({ number }) => number);
}

export async function getDecree(tx: Transaction, id: number) {
  const row = await tx.decree.findUnique({
    where: { id },
    select: {
      id: true,
      number: true,
      year: true,
      decreedOn: true,
      about: true,
      signatoryName: true,
      status: true,
      signedAt: true,
      revokedOn: true,
      revokeReason: true,
      version: true,
      kelurahanId: true,
      kelurahan: { select: { name: true } },
      scan: { select: { id: true, name: true, type: true, size: true, createdAt: true } },
      decisions: { select: ofProposal },
      endings: { select: ofProposal },
    },
  });
  if (!row) throw notFound();
  const { decisions, endings, decreedOn, revokedOn, ...decree } = row;
  return {
    ...decree,
    decreedOn: isoDate(decreedOn),
    revokedOn: revokedOn && isoDate(revokedOn),
    hasScan: row.scan !== null,
    proposals: [...decisions, ...endings].map(({ rosterChange }) => rosterChange),
  };
}
export type Decree = Awaited<ReturnType<typeof getDecree>>;

const ofProposal = {
  rosterChange: {
    select: { id: true, number: true, institution: { select: { id: true, name: true } } },
  },
} as const;

/** Whom the decree seats and whom it ends, in one list. */
export async function listLines(tx: Transaction, decreeId: number) {
  const rows = await tx.tenure.findMany({
    where: {
      voidedAt: null,
      OR: [{ appointingDecreeId: decreeId }, { endingDecreeId: decreeId }],
    },
    orderBy: [
      { institutionId: 'asc' },
      { positionTypeId: 'asc' },
      { seatId: 'asc' },
      { id: 'asc' },
    ],
    take: 200,
    select: {
      appointingDecreeId: true,
      startOn: true,
      endedOn: true,
      person: { select: { id: true, frontTitle: true, name: true, backTitle: true } },
      institution: { select: { id: true, name: true } },
      seat: { select: { label: true, number: true, positionType: { select: { name: true } } } },
    },
  });
  return rows;
}

export async function findScan(tx: Transaction, decreeId: number) {
  const row = await tx.decree.findUnique({
    where: { id: decreeId },
    select: { number: true, scan: { select: { type: true, bytes: true } } },
  });
  if (!row?.scan) throw notFound();
  return { number: row.number, ...row.scan };
}

type NewScan = {
  kelurahanId: number;
  name: string;
  type: string;
  bytes: Uint8Array<ArrayBuffer>;
  uploadedBy: number;
};

/** Keeps the scan and signs the decree; false when somebody was faster. */
export async function signDecree(
  tx: Transaction,
  decree: { id: number; version: number },
  scan: NewScan,
): Promise<boolean> {
  const { id } = await tx.document.create({ data: scan, select: { id: true } });
  const { count } = await tx.decree.updateMany({
    where: {
      id: decree.id,
      version: decree.version,
      scanId: null,
      status: { in: ['numbered', 'signed'] },
    },
    data: { scanId: id, status: 'signed', signedAt: new Date(), version: { increment: 1 } },
  });
  return count === 1;
}

export async function revokeDecree(
  tx: Transaction,
  id: number,
  { version, revokedOn, reason }: RevocationInput,
): Promise<boolean> {
  const { count } = await tx.decree.updateMany({
    where: { id, version, status: { in: ['numbered', 'signed'] } },
    data: {
      status: 'revoked',
      revokedOn: prismaDate(revokedOn),
      revokeReason: reason,
      version: { increment: 1 },
    },
  });
  return count === 1;
}

/** How an office numbers its decrees, or null where nobody has said. */
export const findNumbering = (tx: Transaction, kelurahanId: number) =>
  tx.decreeNumbering.findUnique({
    where: { kelurahanId },
    select: { pattern: true, version: true },
  });
