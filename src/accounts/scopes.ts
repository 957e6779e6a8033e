import type { ScopeInput } from '#src/accounts/form.ts';
import { ScopeMissing } from '#src/accounts/rules.ts';
import type { Transaction } from '#src/database.ts';
import { personName, prismaDate, today } from '#src/format.ts';
import type { Prisma } from '#src/generated/prisma/client.ts';
import { notFound } from '#src/http/errors.ts';
import { containing } from '#src/queries.ts';

export async function listKecamatan(tx: Transaction) {
  return tx.kecamatan.findMany({ select: { id: true, name: true }, orderBy: { name: 'asc' } });
}

export async function listKelurahan(tx: Transaction) {
  return tx.kelurahan.findMany({
    select: { id: true, name: true, kecamatan: { select: { name: true } } },
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
  });
}

/** The first institutions whose name holds the text. */
export async function searchInstitutions(tx: Transaction, text: string) {
  return tx.institution.findMany({
    where: { name: containing(text), status: { in: ['active', 'dormant'] } },
    select: { id: true, name: true, kelurahan: { select: { name: true } } },
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
    take: 25,
  });
}

export async function getInstitution(tx: Transaction, id: number) {
  const institution = await tx.institution.findUnique({
    where: { id },
    select: { id: true, name: true, kelurahan: { select: { name: true } } },
  });
  if (!institution) throw notFound();
  return institution;
}

/** Who holds office in the institution today, the chair first. */
export async function listSittingOfficers(tx: Transaction, institutionId: number) {
  const rows = await tx.tenure.findMany({
    where: { institutionId, ...sitting() },
    select: officer,
    orderBy: [{ seat: { positionType: { sortOrder: 'asc' } } }, { seat: { number: 'asc' } }],
  });
  return rows.map(toOfficer);
}

export async function findSittingOfficer(tx: Transaction, tenureId: number) {
  const row = await tx.tenure.findFirst({ where: { id: tenureId, ...sitting() }, select: officer });
  return row && toOfficer(row);
}
export type SittingOfficer = NonNullable<Awaited<ReturnType<typeof findSittingOfficer>>>;

export type Scope = {
  kecamatanId: number | null;
  kelurahanId: number | null;
  institutionId: number | null;
  tenureId: number | null;
};

/** The scope that the role asks for; throws `ScopeMissing` when the form does not name it. */
export async function resolveScope(
  tx: Transaction,
  { role, kecamatanId, kelurahanId, tenureId }: ScopeInput,
): Promise<Scope> {
  const none = { kecamatanId: null, kelurahanId: null, institutionId: null, tenureId: null };
  if (role === 'kecamatan') {
    const found = kecamatanId && (await tx.kecamatan.count({ where: { id: kecamatanId } }));
    if (!found) throw new ScopeMissing('kecamatanId');
    return { ...none, kecamatanId };
  }
  if (role === 'lurah' || role === 'staff') {
    const found = kelurahanId && (await tx.kelurahan.count({ where: { id: kelurahanId } }));
    if (!found) throw new ScopeMissing('kelurahanId');
    return { ...none, kelurahanId };
  }
  if (role !== 'officer') return none;
  const tenure = tenureId ? await findSittingOfficer(tx, tenureId) : null;
  if (!tenure) throw new ScopeMissing('tenureId');
  const { id, institutionId, kelurahanId: home } = tenure;
  return { ...none, tenureId: id, institutionId, kelurahanId: home };
}

const officer = {
  id: true,
  institutionId: true,
  kelurahanId: true,
  plannedEndOn: true,
  institution: { select: { name: true } },
  person: { select: { frontTitle: true, name: true, backTitle: true } },
  seat: { select: { label: true, positionType: { select: { name: true } } } },
  accounts: { where: { suspendedAt: null }, select: { id: true, username: true } },
} as const satisfies Prisma.TenureSelect;

function toOfficer(row: Prisma.TenureGetPayload<{ select: typeof officer }>) {
  const { id, institutionId, kelurahanId, institution, person, seat, accounts } = row;
  return {
    id,
    institutionId,
    kelurahanId,
    institutionName: institution.name,
    name: personName(person),
    bareName: person.name,
    position: positionName(seat),
    account: accounts[0] ?? null,
  };
}

export const positionName = (seat: { label: string | null; positionType: { name: string } }) =>
  seat.label ?? seat.positionType.name;

/** In office until somebody ends it: a planned end that has passed does not by itself. */
const sitting = () =>
  ({
    voidedAt: null,
    startOn: { lte: prismaDate(today()) },
    OR: notEnded(),
  }) satisfies Prisma.TenureWhereInput;

export const notEnded = () => [{ endedOn: null }, { endedOn: { gt: prismaDate(today()) } }];
