import { z } from 'zod';
import type { Transaction } from '#src/database.ts';

const stored = z.looseObject({
  startedAt: z.number(),
  seenAt: z.number(),
  userAgent: z.string().optional(),
});

export type OwnSession = {
  publicId: string;
  startedAt: Date;
  seenAt: Date;
  userAgent: string;
  isCurrent: boolean;
};

/** The running sessions of the account, this one first, then the one used last. */
export async function listOwnSessions(
  tx: Transaction,
  accountId: number,
  currentSid: string,
): Promise<OwnSession[]> {
  const rows = await tx.$queryRaw<{ publicId: string; sess: unknown; isCurrent: boolean }[]>`
    SELECT public_id AS "publicId", sess, sid = ${currentSid} AS "isCurrent"
    FROM sessions WHERE account_id = ${accountId} AND expire > now()
    ORDER BY sid = ${currentSid} DESC, (sess ->> 'seenAt')::float8 DESC NULLS LAST LIMIT 50`;
  return rows.flatMap(({ publicId, sess, isCurrent }) => {
    const { success, data } = stored.safeParse(sess);
    if (!success) return [];
    const { startedAt, seenAt, userAgent = '' } = data;
    const times = { startedAt: new Date(startedAt), seenAt: new Date(seenAt) };
    return [{ publicId, isCurrent, userAgent, ...times }];
  });
}

export async function findPasswordHash(tx: Transaction, accountId: number): Promise<string | null> {
  const account = await tx.account.findUnique({
    where: { id: accountId },
    select: { passwordHash: true },
  });
  return account?.passwordHash ?? null;
}

/** Sets the password and ends every session, the one of this request too: it gets a new id. */
export async function setPassword(
  tx: Transaction,
  accountId: number,
  passwordHash: string,
): Promise<void> {
  await tx.account.updateMany({
    where: { id: accountId },
    data: { passwordHash, passwordChangedAt: new Date(), version: { increment: 1 } },
  });
  await tx.session.deleteMany({ where: { accountId } });
}

/** False when there is no such session of the account besides the current one. */
export async function deleteOwnSession(
  tx: Transaction,
  session: { accountId: number; publicId: string; currentSid: string },
): Promise<boolean> {
  const { accountId, publicId, currentSid } = session;
  const { count } = await tx.session.deleteMany({
    where: { accountId, publicId, sid: { not: currentSid } },
  });
  return count > 0;
}

export async function deleteOtherSessions(
  tx: Transaction,
  { accountId, currentSid }: { accountId: number; currentSid: string },
): Promise<void> {
  await tx.session.deleteMany({ where: { accountId, sid: { not: currentSid } } });
}
