import { asActor, type Transaction } from '#src/database.ts';
import { currentAccount, actorOf } from '#src/http/request.ts';
import type { Form } from '#src/http/forms.ts';
import type { Request } from 'express';

/**
 * Carries out what a form asks for exactly once, in one transaction, and answers where to go next. The same form sent
 * again (a double tap, a retry on a slow network) changes nothing and gets the same answer.
 */
export async function once(
  req: Request,
  form: Pick<Form<unknown>, 'key'>,
  work: (tx: Transaction) => Promise<string>,
): Promise<string> {
  const accountId = currentAccount(req).id;
  return asActor(actorOf(req), async (tx) => {
    // Waits for another request with this key to finish, then finds its row.
    const claimed = await tx.$executeRaw`
      INSERT INTO idempotency_keys (account_id, key, location) VALUES (${accountId}, ${form.key}::uuid, '')
      ON CONFLICT DO NOTHING`;
    if (claimed === 0) {
      const earlier = await tx.idempotencyKey.findUniqueOrThrow({
        where: { accountId_key: { accountId, key: form.key } },
      });
      return earlier.location;
    }
    const location = await work(tx);
    await tx.idempotencyKey.update({
      where: { accountId_key: { accountId, key: form.key } },
      data: { location },
    });
    return location;
  });
}
