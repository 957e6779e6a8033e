import type { Request, Response } from 'express';
import { HttpError } from '#src/http/errors.ts';
import type { Form } from '#src/http/forms.ts';
import { once } from '#src/http/idempotency.ts';
import { actorOf, currentAccount, idFrom } from '#src/http/request.ts';
import { appliedKinds, firstKinds, listGroups } from '#src/imports/applying.ts';
import { applyAll, begin } from '#src/imports/carrying-out.ts';
import type { VersionInput } from '#src/imports/form.ts';
import { getBatch, type Batch } from '#src/imports/repository.ts';
import { inBackground } from '#src/imports/work.ts';

/** Applies the good rows: facts at once, changes of officers as proposals, first rosters as one question to the lurah. */
export async function applyImport(req: Request, res: Response, form: Form<VersionInput>) {
  const { input } = form;
  if (!input) throw new HttpError(400, 'version');
  let started: Batch | null = null;
  const location = await once(req, form, async (tx) => {
    const batch = await getBatch(tx, idFrom(req));
    if (batch.status !== 'checked' || batch.work !== null) throw new HttpError(409, 'not checked');
    const all = await listGroups(tx, batch.id, appliedKinds);
    if (all.length === 0) throw new HttpError(409, 'nothing to apply');
    const isWaiting = (await listGroups(tx, batch.id, firstKinds)).length > 0;
    await begin(
      tx,
      { id: batch.id, version: input.version },
      {
        status: 'applied',
        appliedAt: new Date(),
        decision: isWaiting ? 'waiting' : null,
        work: 'applying',
        workTotal: all.flat().length,
      },
    );
    started = batch;
    return `/impor/${batch.id}`;
  });
  if (started !== null) {
    const [actor, account, batch] = [actorOf(req), currentAccount(req), started];
    inBackground(() => applyAll(actor, account, batch));
  }
  res.redirect(303, location);
}
