import type { Request } from 'express';
import type { Transaction } from '#src/database.ts';
import { forbidden, HttpError } from '#src/http/errors.ts';
import { currentAccount, idFrom } from '#src/http/request.ts';
import { getChange, type Change } from '#src/roster-changes/change.ts';

/** A submitted proposal that somebody else made: who made it does not decide it (the database holds this too). */
export async function getWaiting(tx: Transaction, req: Request): Promise<Change> {
  const change = await getChange(tx, idFrom(req));
  if (change.makerId === currentAccount(req).id) throw forbidden();
  if (change.status !== 'submitted') throw new HttpError(409, 'not waiting');
  return change;
}
