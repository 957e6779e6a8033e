import type { Transaction } from '#src/database.ts';
import { countedAtMost, type Slice } from '#src/duplicates/suspicions.ts';
import { isoDate } from '#src/format.ts';
import { notFound } from '#src/http/errors.ts';

/** Merges: two people compared as a whole, made one, and separated again. */

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

export async function listMerges(tx: Transaction, slice: Slice) {
  const count = await tx.personMerge.count({ take: countedAtMost + 1 });
  const rows = await tx.personMerge.findMany({
    orderBy: { id: 'desc' },
    ...slice,
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

const merge = {
  id: true,
  survivorId: true,
  absorbedId: true,
  mergedByName: true,
  mergedAt: true,
  undoneAt: true,
  undoneByName: true,
} as const;

export async function listObstacles(tx: Transaction, absorbedId: number) {
  return tx.$queryRaw<{ obstacle: string; detail: string | null }[]>`
    SELECT obstacle, detail FROM obstacles_to_separation(${absorbedId}::int)`;
}

export async function separatePeople(tx: Transaction, absorbedId: number, by: string) {
  await tx.$queryRaw`SELECT separate_people(${absorbedId}::int, ${by})`;
}
