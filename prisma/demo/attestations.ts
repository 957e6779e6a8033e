import type { Transaction } from '#src/database.ts';
import { addDays, prismaDate } from '#src/format.ts';

/**
 * The cycle of this half-year, open since six weeks: one of three institutions is attested, some of them by the
 * kelurahan, a few changed since. Institutions with an account still have it to do.
 */
export async function loadAttestations(tx: Transaction, today: string): Promise<void> {
  const cycle = await tx.attestationCycle.create({
    data: {
      name: `Semester ${today.slice(5, 7) <= '06' ? 'I' : 'II'} ${today.slice(0, 4)}`,
      startsOn: prismaDate(addDays(today, -42)),
      dueOn: prismaDate(addDays(today, 21)),
    },
    select: { id: true },
  });
  await insertAttestations(tx, cycle.id);
  await changeSome(tx);
  await tx.$executeRaw`
    UPDATE institution_summaries SET touched_on = CASE
      WHEN changed_sections <> '{}' THEN ${today}::date - institution_id % 9
      WHEN attested_at IS NOT NULL THEN attested_at::date
      ELSE ${today}::date - 3 - institution_id * 37 % 260 END`;
}

const insertAttestations = (tx: Transaction, cycleId: number) =>
  tx.$executeRaw`
    INSERT INTO attestations (institution_id, cycle_id, kelurahan_id, activities, attested_by_name, by_kelurahan, attested_at)
    SELECT i.id, ${cycleId}, i.kelurahan_id, CASE WHEN i.id % 6 = 0 THEN 'none' ELSE 'running' END, chair.name, i.id % 7 = 0,
      now() - make_interval(days => 1 + i.id % 40, hours => i.id % 5)
    FROM institutions i
    JOIN LATERAL (
      SELECT concat_ws(', ', concat_ws(' ', q.front_title, q.name), q.back_title) AS name
      FROM tenures t JOIN position_types p ON p.id = t.position_type_id AND p.is_chair JOIN people q ON q.id = t.person_id
      WHERE t.institution_id = i.id AND t.ended_on IS NULL AND t.voided_at IS NULL ORDER BY t.id LIMIT 1
    ) chair ON true
    WHERE i.id % 3 = 0 AND i.status = 'active' AND NOT institution_has_account(i.id)`;

/** A secretariat that moved after it was attested. */
const changeSome = (tx: Transaction) =>
  tx.$executeRaw`
    UPDATE institutions SET address = address || ', lantai 2' WHERE id % 24 = 0 AND address IS NOT NULL
      AND EXISTS (SELECT FROM attestations a WHERE a.institution_id = institutions.id)`;
