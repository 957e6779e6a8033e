import type { SignedInAccount } from '#src/access.ts';
import type { Transaction } from '#src/database.ts';
import { notFound } from '#src/http/errors.ts';
import type { Asker } from '#src/dialogue/askers.ts';
import type { NoteInput } from '#src/dialogue/form.ts';

/** Notes of a training; false where somebody else wrote since the form was opened. */

export async function insertNote(
  tx: Transaction,
  account: SignedInAccount,
  { trainingId, asker, input }: { trainingId: number; asker: Asker; input: NoteInput },
): Promise<number> {
  const { id } = await tx.dialogueNote.create({
    data: {
      trainingId,
      ...asker,
      ...stored(input),
      recordedBy: account.id,
      recordedByName: account.displayName,
    },
    select: { id: true },
  });
  return id;
}

/** `asker` is null where it stays as it was. */
export async function saveNote(
  tx: Transaction,
  note: { id: number; trainingId: number },
  { asker, input }: { asker: Asker | null; input: NoteInput },
): Promise<boolean> {
  const { count } = await tx.dialogueNote.updateMany({
    where: { id: note.id, trainingId: note.trainingId, version: input.version },
    data: { ...asker, ...stored(input), version: { increment: 1 } },
  });
  return count === 1;
}

export async function getNote(
  tx: Transaction,
  { trainingId, noteId }: { trainingId: number; noteId: number },
) {
  const note = await tx.dialogueNote.findFirst({
    where: { id: noteId, trainingId },
    include: { _count: { select: { followUps: true } } },
  });
  if (!note) throw notFound();
  const { _count: counted, ...rest } = note;
  // Who promised what was promised to this asker.
  return { ...rest, keepsAsker: counted.followUps > 0 };
}
export type StoredNote = Awaited<ReturnType<typeof getNote>>;

export const listSessions = (tx: Transaction, trainingId: number) =>
  tx.trainingSession.findMany({
    where: { trainingId },
    orderBy: [{ startsAt: 'asc' }, { id: 'asc' }],
    select: { id: true, topic: true, startsAt: true },
  });

/** Whom the training reaches, as far as the reader sees. */
export const listPlaces = (tx: Transaction, kelurahanIds: number[]) =>
  tx.kelurahan.findMany({
    where: { id: { in: kelurahanIds } },
    orderBy: { name: 'asc' },
    select: { id: true, name: true },
  });

const stored = (input: NoteInput) => ({
  kind: input.kind,
  sessionId: input.session,
  text: input.text,
  answer: input.answer ?? '',
  answeredByName: input.answeredBy ?? '',
  pillar: input.pillar,
});
