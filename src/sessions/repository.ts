import { createHash } from 'node:crypto';
import type { PoolClient } from 'pg';
import type { Role, SignedInAccount } from '#src/access.ts';
import { door } from '#src/database.ts';

type AccountRow = Omit<SignedInAccount, 'role'> & { role: Role };

/** The account with its scope as of now; null when it is suspended or the officer's tenure has ended. */
export async function findUsableAccount(id: number): Promise<SignedInAccount | null> {
  const { rows } = await door.query<AccountRow>(
    `SELECT a.id, a.username, a.display_name AS "displayName", a.role, a.kecamatan_id AS "kecamatanId",
       a.kelurahan_id AS "kelurahanId", a.institution_id AS "institutionId",
       CASE WHEN a.kecamatan_id IS NOT NULL
         THEN ARRAY(SELECT id FROM kelurahan WHERE kecamatan_id = a.kecamatan_id ORDER BY id)
         ELSE array_remove(ARRAY[a.kelurahan_id], NULL) END AS "kelurahanIds",
       COALESCE(i.name, 'Kelurahan ' || k.name, 'Kecamatan ' || c.name, '') AS "scopeName"
     FROM accounts a
     LEFT JOIN tenures t ON t.id = a.tenure_id
     LEFT JOIN institutions i ON i.id = a.institution_id
     LEFT JOIN kelurahan k ON k.id = a.kelurahan_id
     LEFT JOIN kecamatan c ON c.id = a.kecamatan_id
     WHERE a.id = $1 AND a.suspended_at IS NULL
       AND (a.tenure_id IS NULL OR (t.voided_at IS NULL AND (t.ended_on IS NULL OR t.ended_on > CURRENT_DATE)))`,
    [id],
  );
  return rows[0] ?? null;
}

export async function findCredentials(
  username: string,
): Promise<{ id: number; passwordHash: string | null } | null> {
  const { rows } = await door.query<{ id: number; passwordHash: string | null }>(
    `SELECT id, password_hash AS "passwordHash" FROM accounts WHERE username = $1`,
    [username],
  );
  return rows[0] ?? null;
}

export async function recordSignIn(
  accountId: number,
  requestId: string,
  action: 'sign_in' | 'sign_in_failed' | 'sign_out',
) {
  await door.transaction(accountId, requestId, (client) =>
    client.query(`SELECT audit.record($1, 'accounts', $2, NULL, NULL)`, [
      action,
      String(accountId),
    ]),
  );
}

export type LinkedAccount = {
  linkId: number;
  accountId: number;
  username: string;
  displayName: string;
};

/** The account of a one-time link that is neither used nor older than its half hour. */
export async function findLinkedAccount(token: string): Promise<LinkedAccount | null> {
  const { rows } = await door.query<LinkedAccount>(
    `SELECT l.id AS "linkId", a.id AS "accountId", a.username, a.display_name AS "displayName"
     FROM account_links l JOIN accounts a ON a.id = l.account_id
     WHERE l.token_hash = $1 AND l.used_at IS NULL AND l.expires_at > now() AND a.suspended_at IS NULL`,
    [hashToken(token)],
  );
  return rows[0] ?? null;
}

/** Uses up the link, sets the password and ends every session of the account; false when another request was faster. */
export async function setPasswordByLink(
  client: PoolClient,
  link: LinkedAccount,
  passwordHash: string,
): Promise<boolean> {
  const used = await client.query(
    `UPDATE account_links SET used_at = now() WHERE id = $1 AND used_at IS NULL`,
    [link.linkId],
  );
  if (used.rowCount === 0) return false;
  await client.query(
    `UPDATE accounts SET password_hash = $2, password_changed_at = now(), version = version + 1 WHERE id = $1`,
    [link.accountId, passwordHash],
  );
  await client.query(`DELETE FROM sessions WHERE account_id = $1`, [link.accountId]);
  return true;
}

/** What is kept of a one-time token. */
export const hashToken = (token: string) =>
  new Uint8Array(createHash('sha256').update(token).digest());
