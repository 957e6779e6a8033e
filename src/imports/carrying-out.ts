import type { Actor, SignedInAccount } from '#src/access.ts';
import { asActor, type Transaction } from '#src/database.ts';
import { HttpError } from '#src/http/errors.ts';
import { applyFacts } from '#src/imports/apply-facts.ts';
import { proposeChanges } from '#src/imports/apply-proposals.ts';
import {
  applyGroups,
  firstKinds,
  listGroups,
  perInstitution,
  proposedKinds,
} from '#src/imports/applying.ts';
import { registerInstitutions } from '#src/imports/first-institutions.ts';
import { seatFirstRosters } from '#src/imports/first-rosters.ts';
import { seatStandIns } from '#src/imports/first-stand-ins.ts';
import { updateBatch, type Batch } from '#src/imports/repository.ts';

/**
 * What applying and deciding do, group by group. Both look for what is still to be done, so they may be called again
 * after a process ended in the middle.
 */
export async function applyAll(actor: Actor, account: SignedInAccount, batch: Batch) {
  const groups = (kinds: Parameters<typeof listGroups>[2]) =>
    asActor(actor, (tx) => listGroups(tx, batch.id, kinds));
  await applyGroups(actor, batch, await groups(['facts']), perInstitution(applyFacts));
  const propose = perInstitution(proposeChanges(batch, account));
  await applyGroups(actor, batch, await groups(proposedKinds), propose);
  await applyGroups(actor, batch, await groups(firstKinds), registerInstitutions(batch));
  await finish(actor, batch.id);
}

/** Seats the first rosters that the lurah has approved. */
export async function seatAll(actor: Actor, batch: Batch) {
  const { groups, standIns, signatory } = await asActor(actor, async (tx) => ({
    groups: await listGroups(tx, batch.id, ['first']),
    standIns: await listGroups(tx, batch.id, ['first_acting']),
    signatory: await tx.kelurahan.findUnique({
      where: { id: batch.kelurahanId },
      select: { headName: true },
    }),
  }));
  const signatoryName = signatory?.headName ?? 'Lurah';
  await applyGroups(actor, batch, groups, seatFirstRosters(batch, signatoryName));
  await applyGroups(actor, batch, standIns, perInstitution(seatStandIns(batch, signatoryName)));
  await finish(actor, batch.id);
}

/** Claims the batch for a piece of work; somebody who saw an older version is told so. */
export async function begin(
  tx: Transaction,
  batch: { id: number; version: number },
  data: Parameters<typeof updateBatch>[2],
) {
  const saved = await updateBatch(tx, batch, { ...data, workDone: 0, workAt: new Date() });
  if (!saved) throw new HttpError(409, 'changed meanwhile');
}

export async function finish(actor: Actor, id: number) {
  await asActor(actor, (tx) =>
    tx.importBatch.update({
      where: { id },
      data: { work: null, version: { increment: 1 } },
      select: { id: true },
    }),
  );
}
