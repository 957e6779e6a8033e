import type { Transaction } from '#src/database.ts';
import type { KeptWords } from '#src/decrees/words.ts';
import { isoDate, prismaDate } from '#src/format.ts';
import type { Change } from '#src/roster-changes/change.ts';
import type { ApprovalInput } from '#src/roster-changes/form.ts';
import { ApprovalRefused } from '#src/roster-changes/refusals.ts';

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
export async function keepEndingDecree(
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
