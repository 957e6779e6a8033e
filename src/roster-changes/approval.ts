import type { Transaction } from '#src/database.ts';
import { wordsOfToday } from '#src/decrees/words.ts';
import { officeOf, prismaDate } from '#src/format.ts';
import { effectiveDay, type Change, type ChangeLine } from '#src/roster-changes/change.ts';
import { keepDecree, keepEndingDecree } from '#src/roster-changes/decree.ts';
import { endTenures } from '#src/roster-changes/endings.ts';
import { reasonOf, type Exception, type Exceptions } from '#src/roster-changes/exceptions.ts';
import type { ApprovalInput } from '#src/roster-changes/form.ts';
import { fillGaps, keepCandidate } from '#src/roster-changes/newcomers.ts';
import { ApprovalRefused } from '#src/roster-changes/refusals.ts';
import { moveChange } from '#src/roster-changes/repository.ts';
import { findBoardOn } from '#src/roster-changes/seats.ts';

type Decider = { id: number; displayName: string };

/**
 * Applies a proposal: decree, decision, ends, new people and tenures, all in the caller's transaction. Throws
 * ApprovalRefused, which undoes it whole; broken rules of the database arrive as violations of their constraints.
 */
export async function approveChange(
  tx: Transaction,
  change: Change,
  approval: { decider: Decider; input: ApprovalInput; exceptions: Exceptions },
): Promise<void> {
  const { decider, input, exceptions } = approval;
  const { kelurahan } = change.institution;
  const { count } = await tx.institution.updateMany({
    where: { id: change.institution.id, rosterVersion: change.baseVersion },
    data: { rosterVersion: { increment: 1 }, updatedAt: new Date() },
  });
  if (count === 0) throw new ApprovalRefused({ problem: 'stale' });

  const words = await wordsOfToday(tx, change.institution.type.id);
  const decreeId = await keepDecree(tx, {
    kelurahanId: kelurahan.id,
    number: input.decreeNumber,
    decreedOn: input.decreedOn,
    about: officeOf(change.title, change.institution.name),
    signatoryName: kelurahan.headName ?? 'Lurah',
    words,
  });
  const endingDecreeId = await keepEndingDecree(tx, change, { input, words });
  const decision = await tx.decision.create({
    select: { id: true },
    data: {
      rosterChangeId: change.id,
      institutionId: change.institution.id,
      kelurahanId: kelurahan.id,
      makerId: change.makerId,
      decidedBy: decider.id,
      decidedByName: decider.displayName,
      outcome: 'approved',
      decreeId,
      endingDecreeId,
    },
  });
  const moved = await moveChange(tx, { ...change, version: input.version }, { status: 'approved' });
  if (!moved) throw new ApprovalRefused({ problem: 'changed' });

  // Swapping two officers works because everyone leaves before anyone sits down.
  const boardId = await endTenures(tx, change, { decreeId, endingDecreeId });
  for (const line of change.lines) {
    const override = overrideOf(exceptions.get(line.seatId), { decider, decreeId, decision });
    await seatIncoming(tx, change, line, { decreeId, boardId, override });
  }
}

/** What a tenure carries of its exception; the database refuses one that its own maker granted. */
function overrideOf(
  exceptions: readonly Exception[] | undefined,
  granted: { decider: Decider; decreeId: number; decision: { id: number } },
) {
  if (!exceptions || exceptions.length === 0) return {};
  return {
    overriddenRules: exceptions.map(({ rule }) => rule),
    overrideReason: reasonOf(exceptions),
    overrideDecreeId: granted.decreeId,
    overrideBy: granted.decider.id,
    overrideDecisionId: granted.decision.id,
  };
}

async function seatIncoming(
  tx: Transaction,
  change: Change,
  line: ChangeLine,
  appointment: {
    decreeId: number;
    boardId: number | null;
    override: ReturnType<typeof overrideOf>;
  },
) {
  const personId = line.incoming?.id ?? (await keepCandidate(tx, change, line));
  if (personId === null) return;
  const effectiveOn = effectiveDay(change);
  const board = await findBoardOn(tx, change.institution.id, effectiveOn);
  const endsOn = plannedEnd(change, board);
  await tx.tenure.create({
    data: {
      kelurahanId: change.institution.kelurahan.id,
      institutionId: change.institution.id,
      institutionTypeId: line.institutionTypeId,
      positionTypeId: line.positionTypeId,
      seatId: line.seatId,
      personId,
      boardId: appointment.boardId,
      startOn: prismaDate(effectiveOn),
      plannedEndOn: endsOn && prismaDate(endsOn),
      kind: tenureKind(change, board),
      appointingDecreeId: appointment.decreeId,
      ...appointment.override,
    },
    select: { id: true },
  });
  if (line.candidate) await fillGaps(tx, personId, line);
}

/** Whoever stands in may have a day of their own; everybody else serves as long as the board. */
export const plannedEnd = (
  { kind, termEndsOn }: Pick<Change, 'kind' | 'termEndsOn'>,
  board: { endsOn: string | null } | null,
) => (kind === 'acting' ? termEndsOn : null) ?? board?.endsOn ?? null;

/** Someone who joins a running board serves the remainder (PAW); a new board, or the first one, starts a full term. */
export function tenureKind(
  change: Pick<Change, 'kind' | 'effectiveOn'>,
  board: { startsOn: string } | null,
) {
  if (change.kind === 'acting') return 'acting';
  if (change.kind === 'new_board' || board === null) return 'definitive';
  return change.effectiveOn !== null && change.effectiveOn > board.startsOn
    ? 'midterm'
    : 'definitive';
}
