import type { Request, Response } from 'express';
import type { Actor, SignedInAccount } from '#src/access.ts';
import type { Transaction } from '#src/database.ts';
import { forbidden, HttpError } from '#src/http/errors.ts';
import type { Form } from '#src/http/forms.ts';
import { once } from '#src/http/idempotency.ts';
import { actorOf, currentAccount, idFrom } from '#src/http/request.ts';
import { appliedKinds, firstKinds, listGroups } from '#src/imports/applying.ts';
import { applyAll, begin, seatAll } from '#src/imports/carrying-out.ts';
import type { VersionInput } from '#src/imports/form.ts';
import { getBatch, type Batch } from '#src/imports/repository.ts';
import { mayResume } from '#src/imports/rules.ts';
import { withdrawAll } from '#src/imports/withdrawing.ts';
import { checkRows, inBackground, isStalled } from '#src/imports/work.ts';

/** Goes on with work whose process has ended, from the first row that is not done. */
export async function resume(req: Request, res: Response, form: Form<VersionInput>) {
  const { input } = form;
  if (!input) throw new HttpError(400, 'version');
  const account = currentAccount(req);
  let started: Batch | null = null;
  const location = await once(req, form, async (tx) => {
    const batch = await getBatch(tx, idFrom(req));
    if (!isStalled(batch) || batch.work === 'reading') throw new HttpError(409, 'not stalled');
    if (!mayResume(account, batch)) throw forbidden();
    await begin(
      tx,
      { id: batch.id, version: input.version },
      { workTotal: await restOf(tx, batch) },
    );
    started = batch;
    return `/impor/${batch.id}`;
  });
  if (started !== null) {
    const [actor, batch]: [Actor, Batch] = [actorOf(req), started];
    inBackground(() => goOn(actor, account, batch));
  }
  res.redirect(303, location);
}

/** Rows that are still to be done; checking and withdrawing walk through all of them again. */
async function restOf(tx: Transaction, { id, work, rowCount }: Batch): Promise<number> {
  if (work !== 'applying' && work !== 'deciding') return rowCount;
  const kinds = work === 'applying' ? appliedKinds : firstKinds;
  return (await listGroups(tx, id, kinds)).flat().length;
}

function goOn(actor: Actor, account: SignedInAccount, batch: Batch): Promise<void> {
  if (batch.work === 'applying') return applyAll(actor, account, batch);
  if (batch.work === 'deciding') return seatAll(actor, batch);
  if (batch.work === 'withdrawing') return withdrawAll(actor, batch);
  return checkRows(actor, batch.id);
}
