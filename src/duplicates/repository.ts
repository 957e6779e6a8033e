import type { Transaction } from '#src/database.ts';
import { isoDate, personName, today } from '#src/format.ts';
import { notFound } from '#src/http/errors.ts';
import type { LikenessReason, PublicOffice } from '#src/duplicates/rules.ts';
import { hex } from '#src/roster-changes/nominees.ts';

export const pageSize = 20;
export const countedAtMost = 1000;

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

export type Suspicion = {
  lowId: number;
  highId: number;
  reason: LikenessReason;
  lowIsVisible: boolean;
  highIsVisible: boolean;
};

/** Pairs that nobody has told apart yet; what a birth date says only where both people are in scope. */
export async function listSuspicions(tx: Transaction, page: number): Promise<Suspicion[]> {
  return tx.$queryRaw<Suspicion[]>`
    SELECT s.low_id AS "lowId", s.high_id AS "highId", l.id IS NOT NULL AS "lowIsVisible", h.id IS NOT NULL AS "highIsVisible",
      CASE WHEN l.id IS NULL OR h.id IS NULL THEN 'elsewhere' ELSE s.reason END AS reason
    FROM person_suspicions s
    LEFT JOIN people l ON l.id = s.low_id LEFT JOIN people h ON h.id = s.high_id
    WHERE NOT EXISTS (SELECT FROM person_duplicates d WHERE d.low_id = s.low_id AND d.high_id = s.high_id)
    ORDER BY s.likeness DESC, s.low_id, s.high_id LIMIT ${pageSize} OFFSET ${(page - 1) * pageSize}`;
}

export async function countSuspicions(tx: Transaction): Promise<number> {
  const [row] = await tx.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM (
      SELECT FROM person_suspicions s
      WHERE NOT EXISTS (SELECT FROM person_duplicates d WHERE d.low_id = s.low_id AND d.high_id = s.high_id)
      LIMIT ${countedAtMost + 1}) f`;
  return row?.count ?? 0;
}

export async function listVerdicts(tx: Transaction, page: number) {
  const count = await tx.personDuplicate.count({ take: countedAtMost + 1 });
  const rows = await tx.personDuplicate.findMany({
    orderBy: { id: 'desc' },
    ...slice(page),
    select: { lowId: true, highId: true, decidedByName: true, decidedAt: true },
  });
  return { count, rows };
}

const merge = {
  id: true,
  survivorId: true,
  absorbedId: true,
  mergedByName: true,
  mergedAt: true,
  undoneAt: true,
  undoneByName: true,
} as const;

export async function listMerges(tx: Transaction, page: number) {
  const count = await tx.personMerge.count({ take: countedAtMost + 1 });
  const rows = await tx.personMerge.findMany({
    orderBy: { id: 'desc' },
    ...slice(page),
    select: merge,
  });
  return { count, rows };
}

/** The merges that a person took up and that stand. */
export const listMergesInto = (tx: Transaction, survivorId: number) =>
  tx.personMerge.findMany({
    where: { survivorId, undoneAt: null },
    orderBy: { id: 'desc' },
    select: merge,
  });

export const findMergeOf = (tx: Transaction, absorbedId: number) =>
  tx.personMerge.findFirst({ where: { absorbedId, undoneAt: null }, select: merge });

const slice = (page: number) => ({ skip: (page - 1) * pageSize, take: pageSize });

/** A person with everything that a merge compares and chooses; not found outside the scope. */
export async function getWholePerson(tx: Transaction, id: number) {
  const person = await tx.person.findUnique({
    where: { id },
    select: {
      id: true,
      version: true,
      mergedInto: true,
      nikSealed: true,
      nikIndex: true,
      frontTitle: true,
      name: true,
      backTitle: true,
      sex: true,
      birthPlace: true,
      birthDate: true,
      address: true,
      rtNumber: true,
      rwNumber: true,
      kelurahanId: true,
      phone: true,
      educationLevel: true,
      occupation: true,
    },
  });
  if (!person) throw notFound();
  return { ...person, birthDate: person.birthDate && isoDate(person.birthDate) };
}
export type WholePerson = Awaited<ReturnType<typeof getWholePerson>>;

export function findVerdict(tx: Transaction, one: number, other: number) {
  return tx.personDuplicate.findUnique({
    where: { lowId_highId: pairOf(one, other) },
    select: { decidedByName: true, decidedAt: true },
  });
}

export function findSuspicion(tx: Transaction, one: number, other: number) {
  return tx.personSuspicion.findUnique({
    where: { lowId_highId: pairOf(one, other) },
    select: { reason: true },
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

const pairOf = (one: number, other: number) => ({
  lowId: Math.min(one, other),
  highId: Math.max(one, other),
});

export async function listConflicts(tx: Transaction, one: number, other: number) {
  return tx.$queryRaw<{ rule: string; tenureId: number; otherTenureId: number }[]>`
    SELECT rule, tenure_id AS "tenureId", other_tenure_id AS "otherTenureId" FROM conflicts_of_merge(${one}::int, ${other}::int)`;
}

export async function mergePeople(
  tx: Transaction,
  pair: { own: { id: number; version: number }; other: { id: number; version: number } },
  choice: { taken: string[]; sealed: Uint8Array | null; index: Uint8Array | null; by: string },
) {
  const { own, other } = pair;
  await tx.$queryRaw`
    SELECT merge_people(${own.id}::int, ${other.id}::int, ${[own.version, other.version]}::int[], ${choice.taken}::text[],
      ${choice.sealed}::bytea, ${choice.index}::bytea, ${choice.by})`;
}

export async function listObstacles(tx: Transaction, absorbedId: number) {
  return tx.$queryRaw<{ obstacle: string; detail: string | null }[]>`
    SELECT obstacle, detail FROM obstacles_to_separation(${absorbedId}::int)`;
}

export async function separatePeople(tx: Transaction, absorbedId: number, by: string) {
  await tx.$queryRaw`SELECT separate_people(${absorbedId}::int, ${by})`;
}

/** An office of today, or else the last one. */
export function presentOrLast(offices: PublicOffice[]): PublicOffice | null {
  const day = today();
  return offices.find(({ endOn }) => endOn === null || endOn > day) ?? offices[0] ?? null;
}
