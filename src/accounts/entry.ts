import { randomBytes } from 'node:crypto';
import { linkMinutes } from '#src/accounts/rules.ts';
import type { Transaction } from '#src/database.ts';
import { hashToken } from '#src/sessions/repository.ts';

/** How an account gets in: its one-time links and its sessions. */

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
