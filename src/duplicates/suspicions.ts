import type { Transaction } from '#src/database.ts';
import { pairOf } from '#src/duplicates/repository.ts';
import type { LikenessReason } from '#src/duplicates/rules.ts';

/** Pairs of people who may be one, and those who were told apart. */

export const pageSize = 20;
export const countedAtMost = 1000;
export type Slice = { skip: number; take: number };
export const sliceOf = (page: number): Slice => ({ skip: (page - 1) * pageSize, take: pageSize });

export type Suspicion = {
  lowId: number;
  highId: number;
  reason: LikenessReason;
  lowIsVisible: boolean;
  highIsVisible: boolean;
};

/** Pairs that nobody has told apart yet; what a birth date says only where both people are in scope. */
export async function listSuspicions(tx: Transaction, { skip, take }: Slice): Promise<Suspicion[]> {
  return tx.$queryRaw<Suspicion[]>`
    SELECT s.low_id AS "lowId", s.high_id AS "highId", l.id IS NOT NULL AS "lowIsVisible", h.id IS NOT NULL AS "highIsVisible",
      CASE WHEN l.id IS NULL OR h.id IS NULL THEN 'elsewhere' ELSE s.reason END AS reason
    FROM person_suspicions s
    LEFT JOIN people l ON l.id = s.low_id LEFT JOIN people h ON h.id = s.high_id
    WHERE NOT EXISTS (SELECT FROM person_duplicates d WHERE d.low_id = s.low_id AND d.high_id = s.high_id)
    ORDER BY s.likeness DESC, s.low_id, s.high_id LIMIT ${take} OFFSET ${skip}`;
}

export async function countSuspicions(tx: Transaction): Promise<number> {
  const [row] = await tx.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM (
      SELECT FROM person_suspicions s
      WHERE NOT EXISTS (SELECT FROM person_duplicates d WHERE d.low_id = s.low_id AND d.high_id = s.high_id)
      LIMIT ${countedAtMost + 1}) f`;
  return row?.count ?? 0;
}

export function findSuspicion(tx: Transaction, one: number, other: number) {
  return tx.personSuspicion.findUnique({
    where: { lowId_highId: pairOf(one, other) },
    select: { reason: true },
  });
}

export async function listVerdicts(tx: Transaction, slice: Slice) {
  const count = await tx.personDuplicate.count({ take: countedAtMost + 1 });
  const rows = await tx.personDuplicate.findMany({
    orderBy: { id: 'desc' },
    ...slice,
    select: { lowId: true, highId: true, decidedByName: true, decidedAt: true },
  });
  return { count, rows };
}
