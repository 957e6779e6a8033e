import type { Transaction } from '#src/database.ts';
import { isoDate, personName, term } from '#src/format.ts';
import type { Prisma } from '#src/generated/prisma/client.ts';
import { notFound } from '#src/http/errors.ts';
import { candidateShape } from '#src/roster-changes/form.ts';
import { type ChangeKind, type ChangeStatus, changeTitle } from '#src/roster-changes/rules.ts';
import { seatName } from '#src/roster-changes/seats.ts';

/** A proposal with its lines and decisions, as the pages and the approval read it. */

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
  minutesNumber: true,
  minutesOn: true,
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
    minutesOn: row.minutesOn && isoDate(row.minutesOn),
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

/** A submitted proposal always has its day (constraint roster_changes_submitted_whole). */
export function effectiveDay(change: Change): string {
  if (change.effectiveOn === null) throw new Error(`Proposal ${change.id} has no effective day`);
  return change.effectiveOn;
}
