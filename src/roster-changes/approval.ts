import type { Transaction } from '#src/database.ts';
import { isoDate, prismaDate } from '#src/format.ts';
import { insertVerdicts } from '#src/duplicates/repository.ts';
import { sealNik, openLineNik } from '#src/people/nik.ts';
import { type KeptWords, wordsOfToday } from '#src/decrees/words.ts';
import { reasonOf, type Exception, type Exceptions } from '#src/roster-changes/exceptions.ts';
import type { ApprovalInput } from '#src/roster-changes/form.ts';
import { findPeopleByNik } from '#src/roster-changes/nominees.ts';
import { moveChange, type Change, type ChangeLine } from '#src/roster-changes/repository.ts';
import { findBoardOn } from '#src/roster-changes/seats.ts';

/** Why an approval did nothing: the roster or the proposal is not the one that was looked at, or the number is taken. */
export type ApprovalProblem =
  { problem: 'stale' } | { problem: 'changed' } | { problem: 'blocked' } | NumberProblem;

/** The number belongs to a decree of another day, or to one whose paper is signed already. */
export type NumberProblem =
  | { problem: 'decree-number-taken'; number: string; decreedOn: string }
  | { problem: 'decree-locked'; number: string };

export class ApprovalRefused extends Error {
  readonly reason: ApprovalProblem;

  constructor(reason: ApprovalProblem) {
    super(reason.problem);
    this.reason = reason;
  }
}

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
    about: `${change.title} ${change.institution.name}`,
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

type DecreeToKeep = {
  kelurahanId: number;
  number: string;
  decreedOn: string;
  about: string;
  signatoryName: string;
  /** Of a decree that the portal drafts; one that came with a file has its text elsewhere. */
  words?: KeptWords;
};

/** The decree of this number and year; one decree may carry several changes of the same day. */
export async function keepDecree(tx: Transaction, decree: DecreeToKeep): Promise<number> {
  const { kelurahanId, number, decreedOn } = decree;
  const year = Number(decreedOn.slice(0, 4));
  const known = await tx.decree.findUnique({
    where: { kelurahanId_year_number: { kelurahanId, year, number } },
  });
  if (known && isoDate(known.decreedOn) !== decreedOn) {
    throw new ApprovalRefused({
      problem: 'decree-number-taken',
      number,
      decreedOn: isoDate(known.decreedOn),
    });
  }
  if (known && known.status !== 'numbered')
    throw new ApprovalRefused({ problem: 'decree-locked', number });
  if (known) return known.id;
  const { id } = await tx.decree.create({
    data: { ...decree, decreedOn: prismaDate(decreedOn) },
    select: { id: true },
  });
  return id;
}

/** Where the office writes a decree of its own for the ending, beside the appointing one. */
async function keepEndingDecree(
  tx: Transaction,
  change: Change,
  { input, words }: { input: ApprovalInput; words: KeptWords },
) {
  const ends = change.kind === 'new_board' || change.lines.some(({ outgoing }) => outgoing);
  if (input.endingNumber === null || !ends) return null;
  return keepDecree(tx, {
    kelurahanId: change.institution.kelurahan.id,
    number: input.endingNumber,
    decreedOn: input.endingDecreedOn ?? input.decreedOn,
    about: `Pemberhentian pengurus ${change.institution.name}`,
    signatoryName: change.institution.kelurahan.headName ?? 'Lurah',
    words,
  });
}

/** Ends what the proposal ends and answers the board that the new tenures belong to, or null for none. */
async function endTenures(
  tx: Transaction,
  change: Change,
  decrees: { decreeId: number; endingDecreeId: number | null },
): Promise<number | null> {
  const effectiveOn = effectiveDay(change);
  const { decreeId } = decrees;
  const endedBy = decrees.endingDecreeId ?? decreeId;
  if (change.kind !== 'new_board') {
    const outgoing = change.lines.flatMap(({ outgoing, endReason }) =>
      outgoing ? [{ ...outgoing, endReason }] : [],
    );
    for (const { tenureId, endReason } of outgoing) {
      await endOpenTenures(tx, {
        tenureIds: [tenureId],
        effectiveOn,
        decreeId: endedBy,
        reason: endReason ?? 'definitive_appointed',
      });
    }
    return (await findBoardOn(tx, change.institution.id, effectiveOn))?.id ?? null;
  }
  const open = await tx.tenure.findMany({
    where: {
      institutionId: change.institution.id,
      voidedAt: null,
      endedOn: null,
      startOn: { lt: prismaDate(effectiveOn) },
    },
    select: { id: true },
  });
  await endOpenTenures(tx, {
    tenureIds: open.map(({ id }) => id),
    effectiveOn,
    decreeId: endedBy,
    reason: 'new_board',
  });
  await tx.board.updateMany({
    where: {
      institutionId: change.institution.id,
      startsOn: { lt: prismaDate(effectiveOn) },
      OR: [{ endsOn: null }, { endsOn: { gt: prismaDate(effectiveOn) } }],
    },
    data: { endsOn: prismaDate(effectiveOn) },
  });
  const board = await tx.board.create({
    data: {
      institutionId: change.institution.id,
      kelurahanId: change.institution.kelurahan.id,
      startsOn: prismaDate(effectiveOn),
      endsOn: change.termEndsOn && prismaDate(change.termEndsOn),
      decreeId,
    },
    select: { id: true },
  });
  return board.id;
}

/** A tenure whose planned end has passed ended that day, although nobody had said so yet. */
async function endOpenTenures(
  tx: Transaction,
  ending: { tenureIds: number[]; effectiveOn: string; decreeId: number; reason: string },
) {
  await tx.$executeRaw`
    UPDATE tenures SET ended_on = LEAST(${ending.effectiveOn}::date, planned_end_on),
      end_reason = ${ending.reason}, ending_decree_id = ${ending.decreeId}
    WHERE id = ANY (${ending.tenureIds}::int[]) AND ended_on IS NULL`;
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
      plannedEndOn: board?.endsOn ? prismaDate(board.endsOn) : null,
      kind: tenureKind(change, board),
      appointingDecreeId: appointment.decreeId,
      ...appointment.override,
    },
    select: { id: true },
  });
  if (line.candidate) await fillGaps(tx, personId, line);
}

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

/** The person whom the maker recognised or who has this NIK, wherever in the city they are known, or a new one; null when the seat stays vacant. */
async function keepCandidate(
  tx: Transaction,
  change: Change,
  line: ChangeLine,
): Promise<number | null> {
  const { candidate } = line;
  if (!candidate?.name || !candidate.sex) return null;
  if (line.candidatePersonId !== null) return line.candidatePersonId;
  const [known] = line.candidateNikIndex
    ? (await findPeopleByNik(tx, [line.candidateNikIndex])).values()
    : [];
  if (known !== undefined) return known;
  const [row] = await tx.$queryRaw<
    { id: number }[]
  >`SELECT nextval(pg_get_serial_sequence('people', 'id'))::int AS id`;
  if (!row) throw new Error('people has no sequence');
  const nik = line.candidateNikSealed ? openLineNik(line.candidateNikSealed, line.id) : null;
  await tx.person.create({
    data: {
      id: row.id,
      ...detailsOf(line),
      name: candidate.name,
      sex: candidate.sex,
      nikSealed: nik === null ? null : sealNik(nik, row.id),
      nikIndex: line.candidateNikIndex,
      kelurahanId: change.institution.kelurahan.id,
      kelurahanIds: [change.institution.kelurahan.id],
      institutionIds: [change.institution.id],
    },
    select: { id: true },
  });
  await insertVerdicts(tx, row.id, candidate.differs ?? [], {
    id: change.makerId,
    displayName: change.makerName,
  });
  return row.id;
}

/** What the proposal knows and the record of a known person does not; what is there already is not overwritten. */
async function fillGaps(tx: Transaction, personId: number, line: ChangeLine) {
  const person = await tx.person.findUnique({
    where: { id: personId },
    select: {
      frontTitle: true,
      backTitle: true,
      birthPlace: true,
      birthDate: true,
      phone: true,
      address: true,
      rtNumber: true,
      rwNumber: true,
      educationLevel: true,
      occupation: true,
      nikIndex: true,
      nikSealed: true,
    },
  });
  if (!person) return;
  const details = { ...detailsOf(line), ...nikFor(personId, line) };
  const gaps = Object.entries(details).filter(
    ([name, value]) => value !== null && Reflect.get(person, name) === null,
  );
  if (gaps.length === 0) return;
  await tx.person.update({
    where: { id: personId },
    data: { ...Object.fromEntries(gaps), version: { increment: 1 }, updatedAt: new Date() },
    select: { id: true },
  });
}

/** The NIK of the line, sealed for the person; nothing when none was typed. */
function nikFor(personId: number, line: ChangeLine) {
  if (!line.candidateNikSealed || !line.candidateNikIndex) return {};
  const nik = openLineNik(line.candidateNikSealed, line.id);
  return { nikIndex: new Uint8Array(line.candidateNikIndex), nikSealed: sealNik(nik, personId) };
}

function detailsOf({ candidate }: ChangeLine) {
  return {
    frontTitle: candidate?.frontTitle ?? null,
    backTitle: candidate?.backTitle ?? null,
    birthPlace: candidate?.birthPlace ?? null,
    birthDate: candidate?.birthDate ? prismaDate(candidate.birthDate) : null,
    phone: candidate?.phone ?? null,
    address: candidate?.address ?? null,
    rtNumber: candidate?.rtNumber ?? null,
    rwNumber: candidate?.rwNumber ?? null,
    educationLevel: candidate?.educationLevel ?? null,
    occupation: candidate?.occupation ?? null,
  };
}

/** A submitted proposal always has its day (constraint roster_changes_submitted_whole). */
export function effectiveDay(change: Change): string {
  if (change.effectiveOn === null) throw new Error(`Proposal ${change.id} has no effective day`);
  return change.effectiveOn;
}
