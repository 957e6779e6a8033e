import type { Transaction } from '#src/database.ts';
import { prismaDate } from '#src/format.ts';
import { indexNik, sealLineNik } from '#src/people/nik.ts';
import { getInstitution, getSeat, getTenure } from './find.ts';
import { drawIds } from './load-people.ts';
import type { DemoPerson } from './people.ts';
import type { PlannedChange, PlannedKelurahan } from './plan-types.ts';

/** Writes the proposals in order of their day, as sent by their makers and, where they are decided, with the decision. */
export async function loadChanges(
  tx: Transaction,
  plans: readonly PlannedKelurahan[],
): Promise<void> {
  const changes = plans.flatMap(({ office, changes }) =>
    changes.map((change) => ({ office, change })),
  );
  const lineIds = await drawIds(tx, 'roster_change_lines', changes.length);
  const inOrder = changes.toSorted((one, other) =>
    one.change.submittedOn.localeCompare(other.change.submittedOn),
  );
  for (const [index, { office, change }] of inOrder.entries()) {
    const { id: institutionId, kelurahanId } = await getInstitution(tx, office, change.institution);
    const { id: seatId } = await getSeat(tx, institutionId, change.seat);
    const context = { tx, change, place: { institutionId, kelurahanId }, seatId };
    const rosterChangeId = await insertChange(context);
    await insertLine(context, { id: lineIds[index] ?? 0, rosterChangeId });
    await insertDecision(context, rosterChangeId);
  }
}

type Context = {
  tx: Transaction;
  change: PlannedChange;
  place: { institutionId: number; kelurahanId: number };
  seatId: number;
};

async function insertChange({ tx, change, place, seatId }: Context): Promise<number> {
  const maker = await getAccount(tx, change.maker);
  const submittedAt = workingHour(change.submittedOn, seatId);
  const { decision, institution } = change;
  const row = await tx.rosterChange.create({
    data: {
      ...place,
      kind: change.kind,
      subject: `seat:${seatId}`,
      reason: change.reason,
      makerId: maker.id,
      makerName: maker.displayName,
      submittedAt,
      createdAt: submittedAt,
      number: await nextNumber(tx, change.submittedOn),
      status: decision?.outcome ?? 'submitted',
      effectiveOn: prismaDate(change.effectiveOn),
      baseVersion: institution.rosterVersion - (decision?.outcome === 'approved' ? 1 : 0),
      version: decision ? 3 : 2,
      updatedAt: decision ? workingHour(decision.on, seatId) : submittedAt,
    },
    select: { id: true },
  });
  return row.id;
}

async function nextNumber(tx: Transaction, day: string): Promise<string> {
  const [row] = await tx.$queryRaw<{ value: number }[]>`
    SELECT nextval('roster_change_numbers')::int AS value`;
  return `U-${day.slice(0, 4)}-${String(row?.value ?? 0).padStart(4, '0')}`;
}

async function insertLine(
  { tx, change, place, seatId }: Context,
  { id, rosterChangeId }: { id: number; rosterChangeId: number },
): Promise<void> {
  const { candidate, outgoing, endReason } = change;
  const outgoingTenureId = outgoing && (await getTenure(tx, place.institutionId, outgoing)).id;
  await tx.rosterChangeLine.create({
    data: {
      id,
      rosterChangeId,
      ...place,
      seatId,
      outgoingTenureId,
      endReason,
      ...(candidate && { candidate: asTyped(candidate) }),
      candidateNikSealed: candidate?.nik ? sealLineNik(candidate.nik, id) : null,
      candidateNikIndex: candidate?.nik ? indexNik(candidate.nik) : null,
    },
  });
}

/** What the maker typed; the NIK is kept sealed beside it. */
function asTyped({ nik: _nik, ...details }: DemoPerson) {
  return details;
}

async function insertDecision(
  { tx, change, place }: Context,
  rosterChangeId: number,
): Promise<void> {
  const { decision } = change;
  if (!decision) return;
  const maker = await getAccount(tx, change.maker);
  const decider = await getAccount(tx, decision.by);
  const decree =
    decision.decree &&
    (await tx.decree.findFirstOrThrow({
      where: { kelurahanId: place.kelurahanId, number: decision.decree.number },
      select: { id: true },
    }));
  await tx.decision.create({
    data: {
      rosterChangeId,
      ...place,
      makerId: maker.id,
      note: decision.note,
      outcome: decision.outcome,
      decidedBy: decider.id,
      decidedByName: decider.displayName,
      decreeId: decree?.id ?? null,
      decidedAt: workingHour(decision.on, rosterChangeId),
    },
  });
}

function getAccount(tx: Transaction, username: string) {
  return tx.account.findUniqueOrThrow({
    where: { username },
    select: { id: true, displayName: true },
  });
}

/** Some moment between nine and three o'clock in Probolinggo (WIB, UTC+7). */
function workingHour(day: string, seed: number): Date {
  return new Date(Date.parse(`${day}T02:05:00Z`) + (seed % 350) * 60_000);
}
