import type { SignedInAccount } from '#src/access.ts';
import type { Transaction } from '#src/database.ts';
import { prismaDate } from '#src/format.ts';
import type { FollowUpInput } from '#src/follow-ups/form.ts';
import type { Owner } from '#src/follow-ups/owners.ts';
import type { FollowUpStatus } from '#src/follow-ups/rules.ts';

type Note = {
  id: number;
  trainingId: number;
  kelurahanId: number;
  institutionId: number | null;
};

/** A promise to the asker of a note, with the first line of its history. */
export async function insertFollowUp(
  tx: Transaction,
  account: SignedInAccount,
  { note, owner, input }: { note: Note; owner: Owner; input: FollowUpInput },
): Promise<number> {
  const { id } = await tx.followUp.create({
    data: {
      trainingId: note.trainingId,
      noteId: note.id,
      kelurahanId: note.kelurahanId,
      institutionId: note.institutionId,
      text: input.text,
      ...owner,
      dueOn: prismaDate(input.dueOn),
    },
    select: { id: true },
  });
  await insertStep(tx, account, { id, kelurahanId: note.kelurahanId, to: 'open', note: '' });
  return id;
}

/** False where somebody else moved it meanwhile. */
export async function moveFollowUp(
  tx: Transaction,
  account: SignedInAccount,
  step: {
    id: number;
    version: number;
    kelurahanId: number;
    to: FollowUpStatus;
    note: string;
  },
): Promise<boolean> {
  const { count } = await tx.followUp.updateMany({
    where: { id: step.id, version: step.version },
    data: { status: step.to, version: { increment: 1 } },
  });
  if (count === 0) return false;
  await insertStep(tx, account, step);
  return true;
}

const insertStep = (
  tx: Transaction,
  account: SignedInAccount,
  { id, kelurahanId, to, note }: { id: number; kelurahanId: number; to: string; note: string },
) =>
  tx.followUpStep.create({
    data: {
      followUpId: id,
      kelurahanId,
      status: to,
      note,
      recordedBy: account.id,
      recordedByName: account.displayName,
    },
    select: { id: true },
  });
