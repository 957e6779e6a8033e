import type { Transaction } from '#src/database.ts';
import type { LikenessReason, PublicOffice } from '#src/duplicates/rules.ts';
import { personName, today } from '#src/format.ts';
import { hex } from '#src/roster-changes/nominees.ts';

export type Match = {
  personId: number;
  fullName: string;
  reason: LikenessReason;
  /** Both have a NIK, and not the same. */
  otherNik: boolean;
  office: PublicOffice | null;
};

/** Who in the whole city may be the person of these details, in public facts, the likeliest first. */
export async function listMatches(
  tx: Transaction,
  sought: {
    name: string;
    birthDate: string | null;
    nikIndex: Uint8Array | null;
    kelurahanIds: readonly number[];
  },
): Promise<Match[]> {
  const nik = sought.nikIndex && hex(sought.nikIndex);
  const rows = await tx.$queryRaw<(Omit<Match, 'fullName' | 'office'> & NameRow)[]>`
    SELECT person_id AS "personId", front_title AS "frontTitle", name, back_title AS "backTitle", reason,
      other_nik AS "otherNik"
    FROM people_like(${sought.name}, ${sought.birthDate}::date, ${nik}, ${[...sought.kelurahanIds]}::int[])`;
  const offices = await listPublicOffices(
    tx,
    rows.map(({ personId }) => personId),
  );
  return rows.map(({ personId, reason, otherNik, ...name }) => ({
    personId,
    fullName: personName(name),
    reason,
    otherNik,
    office: presentOrLast(offices.filter((office) => office.personId === personId)),
  }));
}

/** Every office of these people in the whole city, the latest first. */
export async function listPublicOffices(
  tx: Transaction,
  personIds: readonly number[],
): Promise<PublicOffice[]> {
  return tx.$queryRaw<PublicOffice[]>`
    SELECT person_id AS "personId", tenure_id AS "tenureId", position_name AS position, institution_name AS institution,
      kelurahan_name AS kelurahan, start_on::text AS "startOn", end_on::text AS "endOn"
    FROM offices_of_people(${[...personIds]}::int[]) ORDER BY start_on DESC, tenure_id DESC`;
}

type NameRow = { frontTitle: string | null; name: string; backTitle: string | null };

/** Full names of people anywhere in the city. */
export async function namesOf(
  tx: Transaction,
  personIds: readonly number[],
): Promise<Map<number, string>> {
  const rows = await tx.$queryRaw<(NameRow & { personId: number })[]>`
    SELECT person_id AS "personId", front_title AS "frontTitle", name, back_title AS "backTitle"
    FROM names_of_people(${[...new Set(personIds)]}::int[])`;
  return new Map(rows.map((row) => [row.personId, personName(row)]));
}

export function findVerdict(tx: Transaction, one: number, other: number) {
  return tx.personDuplicate.findUnique({
    where: { lowId_highId: pairOf(one, other) },
    select: { decidedByName: true, decidedAt: true },
  });
}

/** Remembers that two people are not one; said twice it stays as it was said first. */
export async function insertVerdicts(
  tx: Transaction,
  personId: number,
  others: readonly number[],
  by: { id: number; displayName: string },
) {
  await tx.personDuplicate.createMany({
    data: others.map((other) => ({
      ...pairOf(personId, other),
      decidedBy: by.id,
      decidedByName: by.displayName,
    })),
    skipDuplicates: true,
  });
}

/** The person and everybody with whom they are suspected, or were told apart, already. */
export async function listKnownPairs(tx: Transaction, personId: number): Promise<Set<number>> {
  const where = { OR: [{ lowId: personId }, { highId: personId }] };
  const select = { lowId: true, highId: true } as const;
  const pairs = [
    ...(await tx.personSuspicion.findMany({ where, select })),
    ...(await tx.personDuplicate.findMany({ where, select })),
  ];
  return new Set([personId, ...pairs.flatMap(({ lowId, highId }) => [lowId, highId])]);
}

export async function deleteVerdict(tx: Transaction, one: number, other: number) {
  await tx.personDuplicate.deleteMany({ where: pairOf(one, other) });
}

export const pairOf = (one: number, other: number) => ({
  lowId: Math.min(one, other),
  highId: Math.max(one, other),
});

/** An office of today, or else the last one. */
export function presentOrLast(offices: PublicOffice[]): PublicOffice | null {
  const day = today();
  return offices.find(({ endOn }) => endOn === null || endOn > day) ?? offices[0] ?? null;
}
