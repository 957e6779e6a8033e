import type { Transaction } from '#src/database.ts';
import { planOf, type GoodRow } from '#src/imports/applying.ts';

/** Seats that a new institution was given stay free until a row takes them; further ones are made, in one statement. */
export async function seatsFor(
  tx: Transaction,
  appointed: {
    row: GoodRow;
    institution: { id: number; kelurahanId: number; institutionTypeId: number };
  }[],
): Promise<number[]> {
  const all = await seatsIn(
    tx,
    appointed.map(({ institution }) => institution.id),
  );
  const taken = new Set(appointed.flatMap(({ row }) => planOf(row).seatId ?? []));
  const chosen = appointed.map(({ row, institution }) => {
    const { seatId, positionTypeId, label } = planOf(row);
    const free = all.find(
      (seat) =>
        seat.institutionId === institution.id &&
        seat.positionTypeId === positionTypeId &&
        seat.label === label &&
        seat.tenures.every(({ lane }) => lane !== 'definitive') &&
        !taken.has(seat.id),
    );
    const id = seatId ?? free?.id ?? null;
    if (id !== null) taken.add(id);
    return id;
  });
  const last = new Map(
    all.map((seat) => [`${seat.institutionId} ${seat.positionTypeId}`, seat.number]),
  );
  const further = appointed.flatMap(({ row, institution }, index) => {
    if (chosen[index] !== null) return [];
    const { positionTypeId, label } = planOf(row);
    const { id: institutionId, kelurahanId, institutionTypeId } = institution;
    const key = `${institutionId} ${positionTypeId}`;
    const number = (last.get(key) ?? 0) + 1;
    last.set(key, number);
    return [{ institutionId, kelurahanId, institutionTypeId, positionTypeId, number, label }];
  });
  const made = await tx.$queryRaw<{ id: number }[]>`
    INSERT INTO seats (institution_id, kelurahan_id, institution_type_id, position_type_id, number, label)
    SELECT "institutionId", "kelurahanId", "institutionTypeId", "positionTypeId", number, label
    FROM ROWS FROM (jsonb_to_recordset(${JSON.stringify(further)}::jsonb)
      AS ("institutionId" int, "kelurahanId" int, "institutionTypeId" int, "positionTypeId" int, number int, label text))
      WITH ORDINALITY AS s ("institutionId", "kelurahanId", "institutionTypeId", "positionTypeId", number, label, place)
    ORDER BY place
    RETURNING id`;
  // Ids are drawn in the order of the rows.
  made.sort((a, b) => a.id - b.id);
  return chosen.map((id) => id ?? made.shift()?.id ?? 0);
}

/** Every seat with the lanes in which somebody holds it. */
export const seatsIn = (tx: Transaction, institutionIds: readonly number[]) =>
  tx.seat.findMany({
    where: { institutionId: { in: [...new Set(institutionIds)] } },
    orderBy: { number: 'asc' },
    select: {
      id: true,
      institutionId: true,
      positionTypeId: true,
      label: true,
      number: true,
      tenures: { where: { voidedAt: null }, select: { lane: true } },
    },
  });
