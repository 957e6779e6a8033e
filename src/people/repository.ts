import type { Transaction } from '#src/database.ts';
import { isoDate, prismaDate } from '#src/format.ts';
import type { Prisma } from '#src/generated/prisma/client.ts';
import { notFound } from '#src/http/errors.ts';
import type { PersonInput } from '#src/people/form.ts';
import { indexNik, openNik, sealNik } from '#src/people/nik.ts';

/** Names no sealed column: most roles have no right to them, and no page but the reveal needs them. */
const facts = {
  id: true,
  hasNik: true,
  frontTitle: true,
  name: true,
  backTitle: true,
  sex: true,
  birthPlace: true,
  birthDate: true,
  address: true,
  rtNumber: true,
  rwNumber: true,
  phone: true,
  educationLevel: true,
  occupation: true,
  mergedInto: true,
  version: true,
} as const satisfies Prisma.PersonSelect;

export async function getPerson(tx: Transaction, id: number) {
  const person = await tx.person.findUnique({ where: { id }, select: facts });
  if (!person) throw notFound();
  return { ...person, birthDate: person.birthDate && isoDate(person.birthDate) };
}
export type PersonFacts = Awaited<ReturnType<typeof getPerson>>;

/** The NIK in full, for those who may reveal it; null when none is recorded. */
export async function findNik(tx: Transaction, personId: number): Promise<string | null> {
  const person = await tx.person.findUnique({
    where: { id: personId },
    select: { nikSealed: true },
  });
  return person?.nikSealed ? openNik(person.nikSealed, personId) : null;
}

const decreeFacts = {
  id: true,
  number: true,
  decreedOn: true,
  status: true,
  scanId: true,
} as const;

/** The offices of the person that the actor's scope shows, the latest first. */
export async function listOffices(tx: Transaction, personId: number) {
  const rows = await tx.tenure.findMany({
    where: { personId, voidedAt: null },
    select: {
      id: true,
      startOn: true,
      endedOn: true,
      plannedEndOn: true,
      kind: true,
      overrideReason: true,
      institution: { select: { id: true, name: true } },
      seat: { select: { label: true, positionType: { select: { name: true } } } },
      appointingDecree: { select: decreeFacts },
      endingDecree: { select: decreeFacts },
    },
    orderBy: [{ startOn: 'desc' }, { id: 'desc' }],
  });
  return rows.map(({ startOn, endedOn, plannedEndOn, seat, ...row }) => ({
    ...row,
    position: seat.label ?? seat.positionType.name,
    startOn: isoDate(startOn),
    endedOn: endedOn && isoDate(endedOn),
    plannedEndOn: plannedEndOn && isoDate(plannedEndOn),
    appointingDecree: decreeOf(row.appointingDecree),
    endingDecree: decreeOf(row.endingDecree),
  }));
}
export type Office = Awaited<ReturnType<typeof listOffices>>[number];

type OfficeElsewhere = {
  position: string;
  kind: string;
  institution: string;
  kelurahan: string;
  startOn: string;
};

/** Offices in other kelurahan: public facts, for those who have to see that somebody holds two. */
export async function listOfficesElsewhere(
  tx: Transaction,
  personId: number,
  kelurahanIds: readonly number[],
): Promise<OfficeElsewhere[]> {
  return tx.$queryRaw<OfficeElsewhere[]>`
    SELECT o.position_name AS "position", o.kind, o.institution_name AS "institution",
      o.kelurahan_name AS "kelurahan", o.start_on::text AS "startOn"
    FROM offices_of_people(ARRAY[${personId}::int]) o
    WHERE NOT EXISTS (SELECT FROM institutions i WHERE i.id = o.institution_id AND i.kelurahan_id = ANY (${[...kelurahanIds]}::int[]))
    ORDER BY o.start_on DESC, o.tenure_id DESC`;
}

export async function listEducationLevels(tx: Transaction) {
  return tx.educationLevel.findMany({
    select: { code: true, label: true },
    orderBy: { code: 'asc' },
  });
}

export async function listOccupations(tx: Transaction) {
  return tx.occupation.findMany({ select: { code: true, label: true }, orderBy: { code: 'asc' } });
}

/** Codes of the kecamatan of the given kelurahan, such as '35.74.04'. */
export async function listKecamatanCodes(tx: Transaction, kelurahanIds: readonly number[]) {
  const rows = await tx.kecamatan.findMany({
    where: { kelurahan: { some: { id: { in: [...kelurahanIds] } } } },
    select: { code: true },
  });
  return rows.map(({ code }) => code);
}

/** False when somebody else changed the person since this version. */
export async function savePerson(
  tx: Transaction,
  id: number,
  { version, nik, nikCompared: _nik, twinsCompared: _twins, birthDate, ...rest }: PersonInput,
): Promise<boolean> {
  const { count } = await tx.person.updateMany({
    where: { id, version },
    data: {
      ...rest,
      birthDate: birthDate === null ? null : prismaDate(birthDate),
      ...(nik === null ? {} : { nikSealed: sealNik(nik, id), nikIndex: indexNik(nik) }),
      version: { increment: 1 },
      updatedAt: new Date(),
    },
  });
  return count === 1;
}

const revealsAnHour = 30;

/** Minutes until the actor may reveal another NIK; 0 is now. One reveal at a time counts, so parallel ones cannot pass. */
export async function minutesToNextReveal(tx: Transaction, accountId: number): Promise<number> {
  await tx.$queryRaw`SELECT pg_advisory_xact_lock(hashtext('reveal_nik'), ${accountId}::int)::text`;
  const [row] = await tx.$queryRaw<{ minutes: number }[]>`
    SELECT minutes FROM generate_series(0, 60) AS minutes
    WHERE audit.count_own('reveal_nik', now() - make_interval(mins => 60 - minutes)) < ${revealsAnHour}
    ORDER BY minutes LIMIT 1`;
  return row?.minutes ?? 60;
}

export async function recordReveal(tx: Transaction, personId: number, reason: string) {
  await tx.$queryRaw`SELECT audit.record('reveal_nik', 'people', ${String(personId)}, ${reason}, NULL)::text`;
}

export async function listPeopleWithNik(tx: Transaction, personIds: number[]): Promise<number[]> {
  const people = await tx.person.findMany({
    where: { id: { in: personIds }, hasNik: true },
    orderBy: { id: 'asc' },
    select: { id: true },
  });
  return people.map(({ id }) => id);
}

/** One entry for each person, in one statement; who knows why one NIK was seen knows it of a file's. */
export async function recordReveals(tx: Transaction, personIds: number[], reason: string) {
  await tx.$queryRaw`
    SELECT count(audit.record('reveal_nik', 'people', id::text, ${reason}, NULL)::text)::int FROM unnest(${personIds}::int[]) AS id`;
}

/** The NIK of several people in full; whoever has none is not among them. */
export async function listNiks(tx: Transaction, personIds: number[]): Promise<Map<number, string>> {
  const people = await tx.person.findMany({
    where: { id: { in: personIds } },
    select: { id: true, nikSealed: true },
  });
  return new Map(
    people.flatMap(({ id, nikSealed }) => (nikSealed ? [[id, openNik(nikSealed, id)]] : [])),
  );
}

const decreeOf = <Decree extends { decreedOn: Date }>(decree: Decree | null) =>
  decree && { ...decree, decreedOn: isoDate(decree.decreedOn) };
