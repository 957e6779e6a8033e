import type { Role } from '#src/access.ts';
import type { AccountsQuery } from '#src/accounts/form.ts';
import { accountStatus, roleOfSlug, type AccountStatus } from '#src/accounts/rules.ts';
import { notEnded } from '#src/accounts/scopes.ts';
import type { Transaction } from '#src/database.ts';
import { prismaDate, today } from '#src/format.ts';
import type { Prisma } from '#src/generated/prisma/client.ts';
import { roleName } from '#src/navigation.ts';
import { containing } from '#src/queries.ts';

/** Accounts as lists show them. */

export const pageSize = 25;

export type ListedAccount = {
  id: number;
  username: string;
  displayName: string;
  role: Role;
  roleName: string;
  scopeName: string;
  status: AccountStatus;
};

export async function listAccounts(
  tx: Transaction,
  query: AccountsQuery,
  { skip, take }: { skip: number; take: number },
) {
  const where = filterOf(query);
  const count = await tx.account.count({ where });
  const rows = await tx.account.findMany({
    where,
    select: listed,
    orderBy: [{ sortName: 'asc' }, { id: 'asc' }],
    skip,
    take,
  });
  return { count, accounts: rows.map(toListed) };
}

function filterOf({ cari, peran, status }: AccountsQuery): Prisma.AccountWhereInput {
  const role = roleOfSlug(peran);
  return {
    AND: [
      cari ? { OR: [{ displayName: containing(cari) }, { username: containing(cari) }] } : {},
      role ? { role } : {},
      status ? statusFilter(status) : {},
    ],
  };
}

function statusFilter(status: AccountStatus): Prisma.AccountWhereInput {
  const ended = {
    tenure: { OR: [{ voidedAt: { not: null } }, { endedOn: { lte: prismaDate(today()) } }] },
  };
  if (status === 'ditangguhkan') return { suspendedAt: { not: null } };
  if (status === 'berakhir') return { suspendedAt: null, ...ended };
  return {
    suspendedAt: null,
    OR: [{ tenureId: null }, { tenure: { voidedAt: null, OR: notEnded() } }],
    passwordHash: status === 'aktif' ? { not: null } : null,
  };
}

export const listed = {
  id: true,
  username: true,
  displayName: true,
  role: true,
  suspendedAt: true,
  passwordHash: true,
  kecamatan: { select: { name: true } },
  kelurahan: { select: { name: true } },
  tenure: {
    select: {
      endedOn: true,
      voidedAt: true,
      institution: { select: { name: true } },
      person: { select: { id: true, frontTitle: true, name: true, backTitle: true } },
      seat: { select: { label: true, positionType: { select: { name: true } } } },
    },
  },
} as const satisfies Prisma.AccountSelect;

type ListedRow = Prisma.AccountGetPayload<{ select: typeof listed }>;

export function toListed(row: ListedRow): ListedAccount {
  const { id, username, displayName, tenure } = row;
  const role = row.role as Role;
  const tenureEnded =
    tenure !== null &&
    (tenure.voidedAt !== null ||
      (tenure.endedOn !== null && tenure.endedOn <= prismaDate(today())));
  return {
    id,
    username,
    displayName,
    role,
    roleName: roleName(role),
    scopeName: scopeName(row),
    status: accountStatus({
      suspended: row.suspendedAt !== null,
      hasPassword: row.passwordHash !== null,
      tenureEnded,
    }),
  };
}

function scopeName({ tenure, kelurahan, kecamatan }: ListedRow): string {
  if (tenure) return tenure.institution.name;
  if (kelurahan) return `Kelurahan ${kelurahan.name}`;
  return kecamatan ? `Kecamatan ${kecamatan.name}` : 'Seluruh kota';
}
