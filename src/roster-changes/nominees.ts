import type { Transaction } from '#src/database.ts';
import { isoDate } from '#src/format.ts';
import { openLineNik } from '#src/people/nik.ts';
import { nikWarnings } from '#src/people/rules.ts';
import { incomingName, type Change, type ChangeLine } from '#src/roster-changes/change.ts';
import type { Nominee, Office } from '#src/roster-changes/eligibility.ts';

/** In the order of the lines; four queries, however many lines. */
export async function nomineesOf(
  tx: Transaction,
  change: Change,
  lines: ChangeLine[],
): Promise<Nominee[]> {
  const known = await findPeopleByNik(
    tx,
    lines.flatMap(({ candidateNikIndex }) => candidateNikIndex ?? []),
  );
  const personIds = lines.map(
    (line) =>
      line.incoming?.id ??
      line.candidatePersonId ??
      (line.candidateNikIndex ? (known.get(hex(line.candidateNikIndex)) ?? null) : null),
  );
  const offices = await listOffices(
    tx,
    personIds.filter((id) => id !== null),
  );
  const levels = await listEducationLevels(tx);
  const occupations = await listOccupations(tx);

  return lines.map((line, index) => {
    const person = line.incoming;
    const level = levels.find(({ code }) => code === (person ?? line.candidate)?.educationLevel);
    const occupation = occupations.find(
      ({ code }) => code === (person ?? line.candidate)?.occupation,
    );
    const birthDate = person?.birthDate
      ? isoDate(person.birthDate)
      : (line.candidate?.birthDate ?? null);
    return {
      name: incomingName(line) ?? '',
      // Of somebody who was recognised, offices and terms are known without a NIK.
      hasNik: person?.hasNik ?? (line.candidateNikSealed ?? line.candidatePersonId) !== null,
      birthDate,
      educationRank: level?.rank ?? null,
      educationLabel: level?.label ?? null,
      reviewFlag: occupation?.reviewFlag ? occupation.label : null,
      nikWarnings: warningsOf(change, line, birthDate),
      offices: offices.filter(({ personId }) => personId === personIds[index]),
    };
  });
}

function warningsOf(change: Change, line: ChangeLine, birthDate: string | null): string[] {
  if (!line.candidateNikSealed) return [];
  return nikWarnings(openLineNik(line.candidateNikSealed, line.id), {
    birthDate,
    sex: line.candidate?.sex ?? null,
    kecamatanCodes: [change.institution.kelurahan.kecamatan.code],
  });
}

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
