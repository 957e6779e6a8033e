import type { Role } from '#src/access.ts';
import { listed, toListed } from '#src/accounts/listing.ts';
import { refuseRemoval } from '#src/accounts/rules.ts';
import { positionName, type Scope } from '#src/accounts/scopes.ts';
import type { Transaction } from '#src/database.ts';
import { personName } from '#src/format.ts';
import type { Prisma } from '#src/generated/prisma/client.ts';
import { notFound } from '#src/http/errors.ts';

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
