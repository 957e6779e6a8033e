import type { Transaction } from '#src/database.ts';
import { gapsIn, nextNumber, patternSeenIn } from '#src/decrees/rules.ts';
import { findNumbering, listNumbers } from '#src/decrees/repository.ts';

/** The pattern that the office has set, or the one that its last decree seems to follow. */
export async function patternOf(tx: Transaction, kelurahanId: number): Promise<string | null> {
  const set = await findNumbering(tx, kelurahanId);
  if (set) return set.pattern;
  const last = await tx.decree.findFirst({
    where: { kelurahanId },
    orderBy: [{ decreedOn: 'desc' }, { id: 'desc' }],
    select: { number: true },
  });
  return last && patternSeenIn(last.number);
}

/** The next free number of the office in a year; null while no pattern is known. */
export async function suggestNumber(tx: Transaction, kelurahanId: number, year: number) {
  const pattern = await patternOf(tx, kelurahanId);
  return pattern && nextNumber(pattern, await listNumbers(tx, kelurahanId, year), year);
}

export async function listGaps(tx: Transaction, kelurahanId: number, year: number) {
  const pattern = await patternOf(tx, kelurahanId);
  return pattern === null ? [] : gapsIn(pattern, await listNumbers(tx, kelurahanId, year), year);
}
