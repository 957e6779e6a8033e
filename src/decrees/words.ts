import { z } from 'zod';
import type { Transaction } from '#src/database.ts';
import { usualTemplate, type Template } from '#src/decrees/template.ts';
import type { Prisma } from '#src/generated/prisma/client.ts';

/** The texts of a type as they stand; a decree keeps those that it was approved with (decrees.words). */
export async function findTemplate(tx: Transaction, institutionTypeId: number): Promise<Template> {
  const found = await tx.decreeTemplate.findUnique({
    where: { institutionTypeId },
    select: { considering: true, recalling: true, dictum: true, copies: true },
  });
  return found ?? usualTemplate;
}

const keptWords = z.strictObject({
  considering: z.string(),
  recalling: z.string(),
  dictum: z.string(),
  copies: z.string(),
  /** What {dasar} stood for. */
  legalBasis: z.array(z.string()),
});
export type KeptWords = z.output<typeof keptWords>;

/** What a decree approved now keeps, whatever is edited later. */
export async function wordsOfToday(tx: Transaction, institutionTypeId: number): Promise<KeptWords> {
  const { legalBasis } = await tx.institutionType.findUniqueOrThrow({
    where: { id: institutionTypeId },
    select: { legalBasis: true },
  });
  return { ...(await findTemplate(tx, institutionTypeId)), legalBasis };
}

/** Null of a decree from before they were kept, or one that came with a file. */
export const keptWordsIn = (stored: Prisma.JsonValue): KeptWords | null =>
  stored === null ? null : keptWords.parse(stored);
