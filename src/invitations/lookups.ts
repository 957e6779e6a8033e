import type { Transaction } from '#src/database.ts';

/** What may be chosen for the list of a training. */

export type PositionInReach = { id: number; name: string; typeName: string; officers: number };

/** Positions that somebody holds on the day in kelurahan that the training reaches, type by type. */
export const positionsInReach = (tx: Transaction, trainingId: number, day: string) =>
  tx.$queryRaw<PositionInReach[]>`
    SELECT p.id, p.name, y.short_name AS "typeName", count(DISTINCT t.seat_id)::int AS officers
    FROM trainings r
    JOIN tenures t ON t.kelurahan_id = ANY (r.kelurahan_ids)
    JOIN institutions i ON i.id = t.institution_id
    JOIN position_types p ON p.id = t.position_type_id
    JOIN institution_types y ON y.id = p.institution_type_id
    WHERE r.id = ${trainingId} AND t.voided_at IS NULL AND t.start_on <= ${day}::date
      AND COALESCE(t.ended_on, t.planned_end_on, 'infinity') > ${day}::date AND i.status NOT IN ('dissolved', 'merged')
    GROUP BY p.id, y.id ORDER BY y.sort_order, p.sort_order LIMIT 150`;

export const kelurahanInReach = (tx: Transaction, ids: readonly number[]) =>
  tx.kelurahan.findMany({
    where: { id: { in: [...ids] } },
    orderBy: { name: 'asc' },
    select: { id: true, name: true },
  });

export const shownAtMost = 25;

/** Institutions of the reach by a part of their name, with how many officers are in office and how many of them listed. */
export const institutionsLike = (
  tx: Transaction,
  training: { id: number; kelurahanIds: number[] },
  { text, day }: { text: string; day: string },
) =>
  tx.$queryRaw<
    { id: number; name: string; kelurahanName: string; officers: number; listed: number }[]
  >`
    SELECT i.id, i.name, k.name AS "kelurahanName",
      (SELECT count(DISTINCT t.seat_id)::int FROM tenures t WHERE t.institution_id = i.id AND t.voided_at IS NULL
        AND t.start_on <= ${day}::date AND COALESCE(t.ended_on, t.planned_end_on, 'infinity') > ${day}::date) AS officers,
      (SELECT count(*)::int FROM training_invitations v WHERE v.training_id = ${training.id} AND v.institution_id = i.id) AS listed
    FROM institutions i JOIN kelurahan k ON k.id = i.kelurahan_id
    WHERE i.kelurahan_id = ANY (${training.kelurahanIds}::int[]) AND i.status NOT IN ('dissolved', 'merged')
      AND i.name ILIKE '%' || ${text} || '%'
    ORDER BY k.name, i.name, i.id LIMIT ${shownAtMost}`;

/** Ids of tenures of people with this in their name. */
export async function tenuresLike(
  tx: Transaction,
  kelurahanIds: number[],
  { text, day }: { text: string; day: string },
): Promise<number[]> {
  const rows = await tx.$queryRaw<{ id: number }[]>`
    SELECT t.id FROM people q JOIN tenures t ON t.person_id = q.id
    WHERE q.name ILIKE '%' || ${text} || '%' AND t.kelurahan_id = ANY (${kelurahanIds}::int[]) AND t.voided_at IS NULL
      AND t.start_on <= ${day}::date AND COALESCE(t.ended_on, t.planned_end_on, 'infinity') > ${day}::date
    ORDER BY q.name, t.id LIMIT ${shownAtMost}`;
  return rows.map(({ id }) => id);
}
