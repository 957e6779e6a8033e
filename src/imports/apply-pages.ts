import type { Request, Response } from 'express';
import type { Actor, SignedInAccount } from '#src/access.ts';
import { asActor, type Transaction } from '#src/database.ts';
import * as format from '#src/format.ts';
import { forbidden, HttpError } from '#src/http/errors.ts';
import { blankForm, type Form } from '#src/http/forms.ts';
import { once } from '#src/http/idempotency.ts';
import { actorOf, currentAccount, idFrom, leaveNotice } from '#src/http/request.ts';
import { applyFacts } from '#src/imports/apply-facts.ts';
import { registerInstitution, seatFirstRoster } from '#src/imports/apply-first.ts';
import { proposeChanges } from '#src/imports/apply-proposals.ts';
import { applyTogether, eachGroup, listGroups } from '#src/imports/applying.ts';
import type { RefusalInput, VersionInput } from '#src/imports/form.ts';
import { getBatch, updateBatch, type Batch } from '#src/imports/repository.ts';
import { inBackground } from '#src/imports/work.ts';

/** Applies the good rows: facts at once, changes of officers as proposals, first rosters as one question to the lurah. */
export async function applyImport(req: Request, res: Response, form: Form<VersionInput>) {
  const { input } = form;
  if (!input) throw new HttpError(400, 'version');
  let started: Batch | null = null;
  const location = await once(req, form, async (tx) => {
    const batch = await getBatch(tx, idFrom(req));
    if (batch.status !== 'checked' || batch.work !== null) throw new HttpError(409, 'not checked');
    const all = await listGroups(tx, batch.id, ['facts', 'first', 'fill', 'replace']);
    if (all.length === 0) throw new HttpError(409, 'nothing to apply');
    const isWaiting = (await listGroups(tx, batch.id, ['first'])).length > 0;
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

async function applyAll(actor: Actor, account: SignedInAccount, batch: Batch) {
  const groups = (kinds: Parameters<typeof listGroups>[2]) =>
    asActor(actor, (tx) => listGroups(tx, batch.id, kinds));
  await eachGroup(actor, batch, await groups(['facts']), (ids) =>
    applyTogether(actor, ids, applyFacts),
  );
  await eachGroup(actor, batch, await groups(['fill', 'replace']), (ids) =>
    applyTogether(actor, ids, proposeChanges(batch, account)),
  );
  await eachGroup(actor, batch, await groups(['first']), (ids) =>
    applyTogether(actor, ids, registerInstitution(batch)),
  );
  await finish(actor, batch.id);
}

export async function decisionPage(req: Request, res: Response) {
  const model = await asActor(actorOf(req), async (tx) => {
    const batch = await getWaiting(tx, req);
    return { batch, institutions: await listFirstRosters(tx, batch.id) };
  });
  res.renderPage('imports/approve', {
    ...model,
    form: blankForm({ version: model.batch.version }),
  });
}

export async function approveImport(req: Request, res: Response, form: Form<VersionInput>) {
  const { input } = form;
  if (!input) throw new HttpError(400, 'version');
  let started: Batch | null = null;
  const location = await once(req, form, async (tx) => {
    const batch = await getWaiting(tx, req);
    await decide(tx, batch, { account: currentAccount(req), outcome: 'approved', note: null });
    const groups = await listGroups(tx, batch.id, ['first']);
    await begin(
      tx,
      { id: batch.id, version: input.version },
      { decision: 'approved', work: 'deciding', workTotal: groups.flat().length },
    );
    started = batch;
    return `/impor/${batch.id}`;
  });
  if (started !== null) {
    const [actor, batch]: [Actor, Batch] = [actorOf(req), started];
    inBackground(async () => {
      const signatory = await asActor(actor, (tx) =>
        tx.kelurahan.findUnique({ where: { id: batch.kelurahanId }, select: { headName: true } }),
      );
      const groups = await asActor(actor, (tx) => listGroups(tx, batch.id, ['first']));
      await eachGroup(actor, batch, groups, (ids) =>
        applyTogether(actor, ids, seatFirstRoster(batch, signatory?.headName ?? 'Lurah')),
      );
      await finish(actor, batch.id);
    });
  }
  res.redirect(303, location);
}

export async function refusalPage(req: Request, res: Response) {
  await showRefusal(req, res, blankForm());
}

export async function refuseImport(req: Request, res: Response, form: Form<RefusalInput>) {
  const { input } = form;
  if (!input) return showRefusal(req, res.status(422), form);
  const location = await once(req, form, async (tx) => {
    const batch = await getWaiting(tx, req);
    await decide(tx, batch, { account: currentAccount(req), outcome: 'refused', note: input.note });
    if (!(await updateBatch(tx, { id: batch.id, version: input.version }, { decision: 'refused' })))
      throw new HttpError(409, 'changed meanwhile');
    await tx.importRow.updateMany({
      where: { batchId: batch.id, result: 'waiting' },
      data: { result: 'refused' },
    });
    return `/impor/${batch.id}`;
  });
  leaveNotice(req, 'Impor ditolak. Pengunggah melihat alasan Anda.');
  res.redirect(303, location);
}

/** A file that waits for the lurah; who brought it does not decide about it (the database holds this too). */
async function getWaiting(tx: Transaction, req: Request): Promise<Batch> {
  const batch = await getBatch(tx, idFrom(req));
  if (batch.makerId === currentAccount(req).id) throw forbidden();
  if (batch.decision !== 'waiting' || batch.work !== null) throw new HttpError(409, 'not waiting');
  return batch;
}

type Answer = { account: SignedInAccount; outcome: 'approved' | 'refused'; note: string | null };

async function decide(tx: Transaction, batch: Batch, { account, outcome, note }: Answer) {
  await tx.importDecision.create({
    data: {
      batchId: batch.id,
      kelurahanId: batch.kelurahanId,
      makerId: batch.makerId,
      decidedBy: account.id,
      decidedByName: account.displayName,
      outcome,
      note,
    },
    select: { id: true },
  });
}

async function begin(
  tx: Transaction,
  batch: { id: number; version: number },
  data: Parameters<typeof updateBatch>[2],
) {
  const saved = await updateBatch(tx, batch, { ...data, workDone: 0, workAt: new Date() });
  if (!saved) throw new HttpError(409, 'changed meanwhile');
}

async function finish(actor: Actor, id: number) {
  await asActor(actor, (tx) =>
    tx.importBatch.update({
      where: { id },
      data: { work: null, version: { increment: 1 } },
      select: { id: true },
    }),
  );
}

type FirstRoster = {
  name: string;
  officers: number;
  decree: string;
  decreedOn: string;
  startOn: string;
  endsOn: string | null;
};

async function listFirstRosters(tx: Transaction, batchId: number) {
  const rows = await tx.$queryRaw<FirstRoster[]>`
    SELECT details->>'institution' AS name, count(*)::int AS officers, min(details->'plan'->>'decreeNumber') AS decree,
      min(details->'plan'->>'decreedOn') AS "decreedOn", min(details->'plan'->>'startOn') AS "startOn", max(details->'plan'->>'endsOn') AS "endsOn"
    FROM import_rows WHERE batch_id = ${batchId} AND result = 'waiting'
    GROUP BY 1, details->'plan'->>'institutionId' ORDER BY 1 LIMIT 2000`;
  return rows.map((row) => ({ ...row, term: format.term(row.startOn, row.endsOn) }));
}

async function showRefusal(req: Request, res: Response, form: Form<unknown>) {
  const batch = await asActor(actorOf(req), (tx) => getWaiting(tx, req));
  res.renderPage('imports/refuse', {
    batch,
    form: { ...form, values: { version: String(batch.version), ...form.values } },
  });
}
