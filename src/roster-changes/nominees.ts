import type { Transaction } from '#src/database.ts';
import type { Office } from '#src/roster-changes/eligibility.ts';

/** Every office of these people in the whole city, past and present. */
export async function listOffices(
  tx: Transaction,
  personIds: number[],
): Promise<(Office & { personId: number })[]> {
  return tx.$queryRaw`
    SELECT person_id AS "personId", tenure_id AS "tenureId", institution_id AS "institutionId",
      institution_name AS "institutionName", kelurahan_name AS "kelurahanName", institution_type_id AS "institutionTypeId",
      position_type_id AS "positionTypeId", position_name AS "positionName", kind, forbids_others AS "forbidsOthers",
      exclusive, field, start_on::text AS "startOn", end_on::text AS "endOn"
    FROM offices_of_people(${personIds}::int[])`;
}

/** Ids of the people of the whole city with these blind indexes, keyed by the index in hexadecimal. */
export async function findPeopleByNik(
  tx: Transaction,
  indexes: Uint8Array[],
): Promise<Map<string, number>> {
  const wanted = indexes.map(hex);
  const rows = await tx.$queryRaw<{ personId: number; nikIndex: string }[]>`
    SELECT person_id AS "personId", nik_index AS "nikIndex" FROM people_by_nik(${wanted}::text[])`;
  return new Map(rows.map((row) => [row.nikIndex, row.personId]));
}

export const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

export function listEducationLevels(tx: Transaction) {
  return tx.educationLevel.findMany({ orderBy: { rank: 'asc' } });
}

export function listOccupations(tx: Transaction) {
  return tx.occupation.findMany({ orderBy: { label: 'asc' } });
}
