import type { Transaction } from '#src/database.ts';
import { isoDate, prismaDate } from '#src/format.ts';
import { notFound } from '#src/http/errors.ts';
import type { InstitutionEdit, SeatInput } from '#src/institutions/form.ts';

const typeColumns = {
  id: true,
  code: true,
  name: true,
  shortName: true,
  territory: true,
  parentTypeId: true,
} as const;

export function listTypes(tx: Transaction) {
  return tx.institutionType.findMany({
    orderBy: { sortOrder: 'asc' },
    select: { ...typeColumns, category: true },
  });
}

export function findType(tx: Transaction, code: string) {
  return tx.institutionType.findUnique({ where: { code }, select: typeColumns });
}
export type InstitutionType = NonNullable<Awaited<ReturnType<typeof findType>>>;

/** An institution as its edit page shows it, with its seats and the positions that more seats may have. */
export async function getEditable(tx: Transaction, id: number) {
  const institution = await tx.institution.findUnique({
    where: { id },
    select: {
      ...profileColumns,
      institutionType: {
        select: {
          ...typeColumns,
          positionTypes: {
            orderBy: { sortOrder: 'asc' },
            select: { id: true, name: true, isChair: true },
          },
        },
      },
      kelurahan: { select: { name: true } },
      seats: {
        orderBy: [{ positionType: { sortOrder: 'asc' } }, { number: 'asc' }],
        select: {
          id: true,
          label: true,
          number: true,
          positionTypeId: true,
          positionType: { select: { name: true } },
        },
      },
    },
  });
  if (!institution) throw notFound();
  return { ...institution, foundedOn: institution.foundedOn && isoDate(institution.foundedOn) };
}
export type Editable = Awaited<ReturnType<typeof getEditable>>;

const profileColumns = {
  id: true,
  kelurahanId: true,
  version: true,
  name: true,
  rtNumber: true,
  rwNumber: true,
  address: true,
  phone: true,
  email: true,
  foundedOn: true,
  foundingDecree: true,
  registrationNumber: true,
  scope: true,
} as const;

type Profile = Omit<InstitutionEdit, 'version' | 'name'> & { name: string };
type Place = { kelurahanId: number; parentId: number | null };

/** The institution with one seat for each that its type's positions start with. */
export async function insertInstitution(
  tx: Transaction,
  type: InstitutionType,
  profile: Profile & Place,
) {
  const { kelurahanId, parentId, ...own } = profile;
  const institution = await tx.institution.create({
    data: {
      ...stored(own),
      kelurahanId,
      institutionTypeId: type.id,
      ...(parentId === null ? {} : { parentId }),
    },
    select: { id: true, name: true },
  });
  const positions = await tx.positionType.findMany({
    where: { institutionTypeId: type.id, seats: { gt: 0 } },
    select: { id: true, seats: true },
  });
  await tx.seat.createMany({
    data: positions.flatMap(({ id, seats }) =>
      Array.from({ length: seats }, (_, index) => ({
        institutionId: institution.id,
        kelurahanId,
        institutionTypeId: type.id,
        positionTypeId: id,
        number: index + 1,
      })),
    ),
  });
  return institution;
}

/** False when somebody else saved after the form was opened. */
export async function updateInstitution(
  tx: Transaction,
  { id, version }: { id: number; version: number },
  profile: Profile & Pick<Place, 'parentId'>,
): Promise<boolean> {
  const { parentId, ...own } = profile;
  const { count } = await tx.institution.updateMany({
    where: { id, version },
    data: {
      ...stored(own),
      ...(parentId === null ? {} : { parentId }),
      version: version + 1,
      updatedAt: new Date(),
    },
  });
  return count === 1;
}

const stored = (profile: Profile) => ({
  name: profile.name,
  rtNumber: profile.rtNumber,
  rwNumber: profile.rwNumber,
  address: profile.address,
  phone: profile.phone,
  email: profile.email,
  foundedOn: profile.foundedOn === null ? null : prismaDate(profile.foundedOn),
  foundingDecree: profile.foundingDecree,
  registrationNumber: profile.registrationNumber,
  scope: profile.scope,
});

/** The living RW that an RT of this kelurahan belongs to. */
export function findParent(
  tx: Transaction,
  {
    parentTypeId,
    kelurahanId,
    rwNumber,
  }: { parentTypeId: number; kelurahanId: number; rwNumber: number | null },
) {
  return tx.institution.findFirst({
    where: {
      kelurahanId,
      institutionTypeId: parentTypeId,
      rwNumber,
      rtNumber: null,
      status: { notIn: ['dissolved', 'merged'] },
    },
    select: { id: true },
  });
}

export async function insertSeat(
  tx: Transaction,
  institution: Editable,
  { positionTypeId, label }: SeatInput,
) {
  const numbers = institution.seats
    .filter((seat) => seat.positionTypeId === positionTypeId)
    .map(({ number }) => number);
  await tx.seat.create({
    data: {
      institutionId: institution.id,
      kelurahanId: institution.kelurahanId,
      institutionTypeId: institution.institutionType.id,
      positionTypeId,
      number: Math.max(0, ...numbers) + 1,
      label,
    },
    select: { id: true },
  });
}
