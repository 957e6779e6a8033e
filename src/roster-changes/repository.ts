import type { Transaction } from '#src/database.ts';
import { today } from '#src/format.ts';
import { Prisma } from '#src/generated/prisma/client.ts';
import type { Change, ChangeLine } from '#src/roster-changes/change.ts';
import type { Candidate } from '#src/roster-changes/form.ts';
import type { ChangeKind, ChangeStatus } from '#src/roster-changes/rules.ts';

export type NewLine = { seatId: number; outgoingTenureId?: number; incomingPersonId?: number };

export async function insertChange(
  tx: Transaction,
  change: {
    institution: { id: number; kelurahanId: number; rosterVersion: number };
    kind: ChangeKind;
    subject: string;
    maker: { id: number; displayName: string };
    lines: NewLine[];
  },
): Promise<number> {
  const { institution, kind, subject, maker, lines } = change;
  const place = { institutionId: institution.id, kelurahanId: institution.kelurahanId };
  const { id } = await tx.rosterChange.create({
    data: {
      ...place,
      kind,
      subject,
      baseVersion: institution.rosterVersion,
      makerId: maker.id,
      makerName: maker.displayName,
    },
    select: { id: true },
  });
  await tx.rosterChangeLine.createMany({
    data: lines.map((line) => ({ ...place, ...line, rosterChangeId: id })),
  });
  return id;
}

/** Chooses the seat of a proposal about one seat; a person entered before for another seat stays. */
export async function chooseSeat(tx: Transaction, change: Change, line: NewLine) {
  const kept = change.lines[0];
  if (kept) {
    await tx.rosterChangeLine.update({
      where: { id: kept.id },
      data: { seatId: line.seatId, outgoingTenureId: line.outgoingTenureId ?? null },
    });
  } else {
    await tx.rosterChangeLine.create({
      data: {
        ...line,
        rosterChangeId: change.id,
        institutionId: change.institution.id,
        kelurahanId: change.institution.kelurahan.id,
      },
    });
  }
  await touch(tx, change.id, { subject: `seat:${line.seatId}` });
}

export async function updateLine(
  tx: Transaction,
  change: Change,
  line: ChangeLine,
  data: {
    endReason?: string | null;
    incomingPersonId?: number | null;
    candidate?: Candidate | null;
    candidatePersonId?: number | null;
    nik?: { sealed: Uint8Array<ArrayBuffer>; index: Uint8Array<ArrayBuffer> } | null;
  },
) {
  await tx.rosterChangeLine.update({
    where: { id: line.id },
    data: {
      ...('endReason' in data ? { endReason: data.endReason ?? null } : {}),
      ...('incomingPersonId' in data ? { incomingPersonId: data.incomingPersonId ?? null } : {}),
      ...('candidate' in data ? { candidate: data.candidate ?? Prisma.DbNull } : {}),
      ...(data.candidate === null || 'candidatePersonId' in data
        ? { candidatePersonId: data.candidatePersonId ?? null }
        : {}),
      ...('nik' in data
        ? {
            candidateNikSealed: data.nik?.sealed ?? null,
            candidateNikIndex: data.nik?.index ?? null,
          }
        : {}),
    },
  });
  await touch(tx, change.id, {});
}

export async function touch(tx: Transaction, id: number, data: Prisma.RosterChangeUpdateInput) {
  await tx.rosterChange.update({
    where: { id },
    data: { ...data, version: { increment: 1 }, updatedAt: new Date() },
    select: { id: true },
  });
}

/** Moves a proposal on from the version that was looked at; false when somebody was faster. */
export async function moveChange(
  tx: Transaction,
  change: { id: number; version: number; status: ChangeStatus },
  data: Prisma.RosterChangeUncheckedUpdateManyInput & { status: ChangeStatus },
): Promise<boolean> {
  const { count } = await tx.rosterChange.updateMany({
    where: { id: change.id, version: change.version, status: change.status },
    data: { ...data, version: { increment: 1 }, updatedAt: new Date() },
  });
  return count === 1;
}

export async function nextNumber(tx: Transaction): Promise<string> {
  const [row] = await tx.$queryRaw<
    { value: number }[]
  >`SELECT nextval('roster_change_numbers')::int AS value`;
  return `U-${today().slice(0, 4)}-${String(row?.value ?? 0).padStart(4, '0')}`;
}
