import type { Transaction } from '#src/database.ts';
import { isoDate, prismaDate } from '#src/format.ts';
import { notFound } from '#src/http/errors.ts';

/** What officers confirmed; nothing here is ever changed, a record on paper can only be taken back with a reason. */

type Confirmation = {
  tenureId: number;
  dutyIds: number[];
  means: 'account' | 'paper';
  confirmedOn: string;
  account: { id: number; displayName: string };
};

/** Freezes what is confirmed; null when the office is not there. The database compares the versions itself. */
export async function insertConfirmation(
  tx: Transaction,
  { tenureId, dutyIds, means, confirmedOn, account }: Confirmation,
): Promise<{ id: number; institutionId: number } | null> {
  const [office] = await tx.$queryRaw<Office[]>`
    SELECT t.institution_id AS "institutionId", t.kelurahan_id AS "kelurahanId", i.name AS "institutionName",
      CASE WHEN t.lane = 'acting' THEN 'Plt. ' ELSE '' END
        || COALESCE(e.label, CASE WHEN e.number > 1 THEN p.name || ' ' || e.number ELSE p.name END) AS "positionName",
      concat_ws(', ', concat_ws(' ', q.front_title, q.name), q.back_title) AS "officerName"
    FROM tenures t JOIN institutions i ON i.id = t.institution_id JOIN people q ON q.id = t.person_id
    JOIN seats e ON e.id = t.seat_id JOIN position_types p ON p.id = t.position_type_id
    WHERE t.id = ${tenureId} AND t.voided_at IS NULL`;
  if (!office) return null;
  return tx.dutyConfirmation.create({
    data: {
      ...office,
      tenureId,
      dutyIds,
      means,
      confirmedOn: prismaDate(confirmedOn),
      confirmedBy: account.id,
      confirmedByName: account.displayName,
    },
    select: { id: true, institutionId: true },
  });
}

type Office = {
  institutionId: number;
  kelurahanId: number;
  institutionName: string;
  positionName: string;
  officerName: string;
};

/** The versions that an office had on a day, in ascending order; empty when nobody held it then. */
export async function dutyIdsOn(tx: Transaction, tenureId: number, day: string): Promise<number[]> {
  const rows = await tx.$queryRaw<{ id: number }[]>`
    SELECT d.id FROM tenures t JOIN duties d ON d.institution_type_id = t.institution_type_id
      AND (d.position_type_id IS NULL OR d.position_type_id = t.position_type_id)
      AND (d.institution_id IS NULL OR d.institution_id = t.institution_id)
      AND d.valid_from <= ${day}::date AND (d.valid_until IS NULL OR d.valid_until > ${day}::date)
    WHERE t.id = ${tenureId} AND t.voided_at IS NULL AND t.valid @> ${day}::date ORDER BY d.id`;
  return rows.map(({ id }) => id);
}

export async function getConfirmation(tx: Transaction, id: number) {
  const confirmation = await tx.dutyConfirmation.findUnique({ where: { id } });
  if (!confirmation) throw notFound();
  return { ...confirmation, confirmedOn: isoDate(confirmation.confirmedOn) };
}

/** False when it was no paper record, or had been taken back already. */
export async function voidConfirmation(
  tx: Transaction,
  id: number,
  { reason, by }: { reason: string; by: string },
): Promise<boolean> {
  const { count } = await tx.dutyConfirmation.updateMany({
    where: { id, means: 'paper', voidedAt: null },
    data: { voidedAt: new Date(), voidedByName: by, voidReason: reason },
  });
  return count === 1;
}
