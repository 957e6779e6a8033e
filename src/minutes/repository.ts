import type { Transaction } from '#src/database.ts';

/** The texts that differ from the usual ones; false where somebody else saved since the form was opened. */
export async function saveMinutes(
  tx: Transaction,
  { id, version, texts }: { id: number; version: number; texts: Record<string, string> },
): Promise<boolean> {
  const kept = { ...texts, version: version + 1 };
  const count = await tx.$executeRaw`
    UPDATE trainings SET minutes_texts = ${kept}::jsonb
    WHERE id = ${id} AND COALESCE((minutes_texts->>'version')::int, 0) = ${version}`;
  return count === 1;
}
