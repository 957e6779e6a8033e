import type { Transaction } from '#src/database.ts';
import { prismaDate } from '#src/format.ts';
import { effectiveDay, type Change } from '#src/roster-changes/change.ts';
import { findBoardOn } from '#src/roster-changes/seats.ts';

/** Ends what the proposal ends and answers the board that the new tenures belong to, or null for none. */
export async function endTenures(
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
