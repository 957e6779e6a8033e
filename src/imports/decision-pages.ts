import type { Request, Response } from 'express';
import type { Actor, SignedInAccount } from '#src/access.ts';
import { asActor, type Transaction } from '#src/database.ts';
import * as format from '#src/format.ts';
import { forbidden, HttpError } from '#src/http/errors.ts';
import { blankForm, type Form } from '#src/http/forms.ts';
import { once } from '#src/http/idempotency.ts';
import { actorOf, currentAccount, idFrom, leaveNotice } from '#src/http/request.ts';
import { firstKinds, listGroups } from '#src/imports/applying.ts';
import { begin, seatAll } from '#src/imports/carrying-out.ts';
import type { RefusalInput, VersionInput } from '#src/imports/form.ts';
import { getBatch, updateBatch, type Batch } from '#src/imports/repository.ts';
import { inBackground } from '#src/imports/work.ts';

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
    const groups = await listGroups(tx, batch.id, firstKinds);
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
    inBackground(() => seatAll(actor, batch));
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

type FirstRoster = {
  name: string;
  officers: number;
  decree: string;
  decreedOn: string;
  startOn: string;
  endsOn: string | null;
};

/** The decree and the term are the board's; whoever stands in is counted, and tells them only where there is no board. */
async function listFirstRosters(tx: Transaction, batchId: number) {
  const rows = await tx.$queryRaw<FirstRoster[]>`
    SELECT name, sum(officers)::int AS officers,
      (array_agg(decree ORDER BY kind))[1] AS decree, (array_agg("decreedOn" ORDER BY kind))[1] AS "decreedOn",
      (array_agg("startOn" ORDER BY kind))[1] AS "startOn", (array_agg("endsOn" ORDER BY kind))[1] AS "endsOn"
    FROM (
      SELECT details->>'institution' AS name, details->'plan'->>'institutionId' AS id, details->'plan'->>'kind' AS kind,
        count(*) AS officers, min(details->'plan'->>'decreeNumber') AS decree, min(details->'plan'->>'decreedOn') AS "decreedOn",
        min(details->'plan'->>'startOn') AS "startOn", max(details->'plan'->>'endsOn') AS "endsOn"
      FROM import_rows WHERE batch_id = ${batchId} AND result = 'waiting' GROUP BY 1, 2, 3
    ) AS kinds
    GROUP BY name, id ORDER BY name LIMIT 2000`;
  return rows.map((row) => ({ ...row, term: format.term(row.startOn, row.endsOn) }));
}

async function showRefusal(req: Request, res: Response, form: Form<unknown>) {
  const batch = await asActor(actorOf(req), (tx) => getWaiting(tx, req));
  res.renderPage('imports/refuse', {
    batch,
    form: { ...form, values: { version: String(batch.version), ...form.values } },
  });
}
