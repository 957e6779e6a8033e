import type { Transaction } from '#src/database.ts';
import { isoDate, personName, term, today } from '#src/format.ts';
import { Prisma } from '#src/generated/prisma/client.ts';
import { notFound } from '#src/http/errors.ts';
import { type Candidate, candidateShape } from '#src/roster-changes/form.ts';
import { type ChangeKind, type ChangeStatus, changeTitle } from '#src/roster-changes/rules.ts';
import { seatName } from '#src/roster-changes/seats.ts';

export const nameOfPerson = { id: true, frontTitle: true, name: true, backTitle: true } as const;

const changeSelect = {
  id: true,
  number: true,
  kind: true,
  subject: true,
  status: true,
  version: true,
  baseVersion: true,
  effectiveOn: true,
  termEndsOn: true,
  reason: true,
  makerId: true,
  makerName: true,
  submittedAt: true,
  updatedAt: true,
  institution: {
    select: {
      id: true,
      name: true,
      rosterVersion: true,
      kelurahan: {
        select: {
          id: true,
          name: true,
          headName: true,
          kecamatan: { select: { name: true, code: true } },
        },
      },
      institutionType: { select: { id: true, name: true, shortName: true, legalBasis: true } },
    },
  },
  lines: {
    orderBy: [
      { seat: { positionType: { sortOrder: 'asc' } } },
      { seat: { number: 'asc' } },
      { seatId: 'asc' },
    ],
    select: {
      id: true,
      seatId: true,
      endReason: true,
      candidate: true,
      candidateNikSealed: true,
      candidateNikIndex: true,
      candidatePersonId: true,
      seat: {
        select: {
          label: true,
          number: true,
          positionTypeId: true,
          institutionTypeId: true,
          positionType: { select: { name: true, isChair: true, required: true } },
        },
      },
      outgoingTenure: {
        select: {
          id: true,
          personId: true,
          startOn: true,
          endedOn: true,
          plannedEndOn: true,
          kind: true,
          person: { select: nameOfPerson },
        },
      },
      incomingPerson: {
        select: {
          ...nameOfPerson,
          hasNik: true,
          sex: true,
          birthDate: true,
          educationLevel: true,
          occupation: true,
        },
      },
    },
  },
  decisions: {
    orderBy: { id: 'desc' },
    select: {
      outcome: true,
      note: true,
      decidedByName: true,
      decidedAt: true,
      decree: { select: { id: true, number: true, decreedOn: true } },
    },
  },
} as const satisfies Prisma.RosterChangeSelect;

type ChangeRow = Prisma.RosterChangeGetPayload<{ select: typeof changeSelect }>;

export type Change = ReturnType<typeof shapeChange>;
export type ChangeLine = Change['lines'][number];

export async function getChange(tx: Transaction, id: number): Promise<Change> {
  const row = await tx.rosterChange.findUnique({ where: { id }, select: changeSelect });
  if (!row) throw notFound();
  return shapeChange(row);
}

function shapeChange(row: ChangeRow) {
  const { kelurahan, institutionType, ...institution } = row.institution;
  const effectiveOn = row.effectiveOn && isoDate(row.effectiveOn);
  const termEndsOn = row.termEndsOn && isoDate(row.termEndsOn);
  const lines = row.lines.map(shapeLine);
  const kind = row.kind as ChangeKind;
  return {
    ...row,
    kind,
    status: row.status as ChangeStatus,
    effectiveOn,
    termEndsOn,
    institution: { ...institution, kelurahan, type: institutionType },
    lines,
    title: changeTitle({
      kind,
      positionName: positionsInWords(lines[0]?.positionName ?? null, lines.length),
      termLabel: effectiveOn && termEndsOn ? term(effectiveOn, termEndsOn) : null,
    }),
  };
}

function shapeLine(line: ChangeRow['lines'][number]) {
  const { seat, outgoingTenure, incomingPerson, candidate, ...rest } = line;
  return {
    ...rest,
    positionTypeId: seat.positionTypeId,
    institutionTypeId: seat.institutionTypeId,
    positionName: seatName(seat),
    isChair: seat.positionType.isChair,
    required: seat.positionType.required,
    outgoing: outgoingTenure && {
      tenureId: outgoingTenure.id,
      personId: outgoingTenure.personId,
      name: personName(outgoingTenure.person),
      kind: outgoingTenure.kind,
      startOn: isoDate(outgoingTenure.startOn),
      plannedEndOn: outgoingTenure.plannedEndOn && isoDate(outgoingTenure.plannedEndOn),
      endedOn: outgoingTenure.endedOn && isoDate(outgoingTenure.endedOn),
    },
    incoming: incomingPerson && { ...incomingPerson, fullName: personName(incomingPerson) },
    candidate: candidate === null ? null : candidateShape.parse(candidate),
  };
}

/** Full name of whoever would take the seat, or null for nobody. */
export function incomingName(line: ChangeLine): string | null {
  if (line.incoming) return line.incoming.fullName;
  if (!line.candidate?.name) return null;
  const { frontTitle = null, name, backTitle = null } = line.candidate;
  return personName({ frontTitle, name, backTitle });
}

/** An import proposes all seats of an institution at once: "Sekretaris RT dan 2 jabatan lain". */
export const positionsInWords = (first: string | null, count: number) =>
  first === null || count < 2 ? first : `${first} dan ${count - 1} jabatan lain`;

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
