import { randomBytes } from 'node:crypto';
import type { Role } from '#src/access.ts';
import type { AccountsQuery } from '#src/accounts/form.ts';
import {
  accountStatus,
  linkMinutes,
  refuseRemoval,
  roleOfSlug,
  type AccountStatus,
} from '#src/accounts/rules.ts';
import { containing, notEnded, positionName, type Scope } from '#src/accounts/scopes.ts';
import type { Transaction } from '#src/database.ts';
import { personName, prismaDate, today } from '#src/format.ts';
import type { Prisma } from '#src/generated/prisma/client.ts';
import { notFound } from '#src/http/errors.ts';
import { roleName } from '#src/navigation.ts';
import { hashToken } from '#src/sessions/repository.ts';

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

export async function getAccount(tx: Transaction, id: number) {
  const row = await tx.account.findUnique({
    where: { id },
    select: {
      ...listed,
      kecamatanId: true,
      kelurahanId: true,
      institutionId: true,
      tenureId: true,
      version: true,
      createdAt: true,
      passwordChangedAt: true,
    },
  });
  if (!row) throw notFound();
  const { kecamatanId, kelurahanId, institutionId, tenureId, version } = row;
  const { createdAt, passwordChangedAt, suspendedAt } = row;
  return {
    ...toListed(row),
    kecamatanId,
    kelurahanId,
    institutionId,
    tenureId,
    version,
    createdAt,
    passwordChangedAt,
    suspendedAt,
    officer: row.tenure && {
      personId: row.tenure.person.id,
      name: personName(row.tenure.person),
      position: positionName(row.tenure.seat),
    },
  };
}
export type DetailedAccount = Awaited<ReturnType<typeof getAccount>>;

export async function insertAccount(
  tx: Transaction,
  account: { username: string; displayName: string; role: Role } & Scope,
): Promise<number> {
  const { id } = await tx.account.create({ data: account, select: { id: true } });
  return id;
}

/** False when somebody else changed the account meanwhile. */
export async function updateAccount(
  tx: Transaction,
  account: { id: number; version: number },
  data: Prisma.AccountUncheckedUpdateManyInput,
): Promise<boolean> {
  const { count } = await tx.account.updateMany({
    where: { id: account.id, version: account.version },
    data: { ...data, version: { increment: 1 } },
  });
  return count === 1;
}

/** Replaces every earlier link of the account; the token itself is answered here and kept nowhere. */
export async function insertLink(tx: Transaction, accountId: number): Promise<string> {
  await tx.accountLink.updateMany({
    where: { accountId, usedAt: null },
    data: { usedAt: new Date() },
  });
  const token = randomBytes(32).toString('base64url');
  const expiresAt = new Date(Date.now() + linkMinutes * 60_000);
  await tx.accountLink.create({
    data: { accountId, tokenHash: hashToken(token), expiresAt },
    select: { id: true },
  });
  return token;
}

export async function withdrawLinks(tx: Transaction, accountId: number): Promise<void> {
  await tx.accountLink.updateMany({
    where: { accountId, usedAt: null },
    data: { usedAt: new Date() },
  });
}

/** All sessions of the account, but for the one of the request that asks. */
export async function endSessions(
  tx: Transaction,
  accountId: number,
  keptSid: string | null = null,
): Promise<void> {
  await tx.session.deleteMany({ where: { accountId, sid: { not: keptSid ?? '' } } });
}

export async function countSessions(tx: Transaction, accountId: number): Promise<number> {
  const [row] = await tx.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM sessions WHERE account_id = ${accountId} AND expire > now()`;
  return row?.count ?? 0;
}

/** An account that this admin may suspend or give another role; throws `RemovalRefused` when somebody must be left. */
export async function getRemovable(tx: Transaction, id: number, actorId: number) {
  const activeAdmins = await lockActiveAdmins(tx);
  const account = await getAccount(tx, id);
  refuseRemoval(account, { activeAdmins, actorId });
  return account;
}

/** The admins who can sign in, locked, so that two of them cannot suspend each other at the same time. */
async function lockActiveAdmins(tx: Transaction): Promise<number[]> {
  const rows = await tx.$queryRaw<{ id: number }[]>`
    SELECT id FROM accounts WHERE role = 'admin' AND suspended_at IS NULL ORDER BY id FOR UPDATE`;
  return rows.map(({ id }) => id);
}

export type AccountEvent = { action: string; at: Date; by: string; changes: string[] };

/** What happened to the account, newest first, from the audit trail. */
export async function listAccountEvents(
  tx: Transaction,
  accountId: number,
): Promise<AccountEvent[]> {
  return tx.$queryRaw<AccountEvent[]>`
    SELECT e.action, e.at,
      CASE WHEN e.actor_id LIKE 'system:%' THEN 'pengelola server' ELSE COALESCE(a.display_name, '') END AS by,
      ARRAY(SELECT key FROM jsonb_each(e.new_row) n
        WHERE e.action = 'update' AND n.value IS DISTINCT FROM e.old_row -> n.key ORDER BY key) AS changes
    FROM audit.events e LEFT JOIN accounts a ON a.id::text = e.actor_id
    WHERE e.table_name = 'accounts' AND e.row_id = ${String(accountId)}
    ORDER BY e.id DESC LIMIT 15`;
}

const listed = {
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

function toListed(row: ListedRow): ListedAccount {
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
