import type { Request, Response } from 'express';
import type { Actor } from '#src/access.ts';
import { asActor, type Transaction } from '#src/database.ts';
import { officeOf } from '#src/format.ts';
import { HttpError } from '#src/http/errors.ts';
import { blankForm, type Form } from '#src/http/forms.ts';
import { once } from '#src/http/idempotency.ts';
import { actorOf, idFrom } from '#src/http/request.ts';
import type { VersionInput } from '#src/imports/form.ts';
import type { Details } from '#src/imports/judge.ts';
import { getBatch, updateBatch, type Batch } from '#src/imports/repository.ts';
import { withdrawAll } from '#src/imports/withdrawing.ts';
import { inBackground } from '#src/imports/work.ts';

export async function withdrawalPage(req: Request, res: Response) {
  await showWithdrawal(req, res);
}

/** Takes an import back whole, or not at all: rows that were built on since are listed instead. */
export async function withdrawImport(req: Request, res: Response, form: Form<VersionInput>) {
  const { input } = form;
  if (!input) throw new HttpError(400, 'version');
  let started: Batch | null = null;
  const location = await once(req, form, async (tx) => {
    const batch = await getOpen(tx, req);
    if ((await listBlockers(tx, batch.id)).length > 0) return `/impor/${batch.id}/penarikan`;
    const isApplied = batch.status === 'applied';
    const saved = await updateBatch(
      tx,
      { id: batch.id, version: input.version },
      {
        status: 'withdrawn',
        withdrawnAt: new Date(),
        work: isApplied ? 'withdrawing' : null,
        workDone: 0,
        workTotal: batch.rowCount,
        workAt: new Date(),
      },
    );
    if (!saved) throw new HttpError(409, 'changed meanwhile');
    if (isApplied) started = batch;
    return `/impor/${batch.id}`;
  });
  if (started !== null) {
    const [actor, batch]: [Actor, Batch] = [actorOf(req), started];
    inBackground(() => withdrawAll(actor, batch));
  }
  res.redirect(303, location);
}

async function getOpen(tx: Transaction, req: Request): Promise<Batch> {
  const batch = await getBatch(tx, idFrom(req));
  if (batch.work !== null || batch.status === 'withdrawn') throw new HttpError(409, 'not open');
  return batch;
}

const reasons: Record<string, string> = {
  person: 'Data orangnya sudah diubah sesudah impor',
  tenure: 'Jabatannya sudah berakhir atau dibatalkan',
  proposal: 'Ada usulan perubahan tentang jabatan ini',
  approved: 'Usulannya sudah disetujui lurah',
  account: 'Sudah ada akun untuk pengurus ini',
  office: 'Orangnya sudah mendapat jabatan lain',
};

/** Of institutions that the import registered. */
const institutionReasons: Record<string, string> = {
  edited: 'Data lembaganya sudah diubah sesudah impor',
  officers: 'Lembaganya sudah punya pengurus lain',
  proposals: 'Ada usulan perubahan tentang lembaga ini',
  seats: 'Jabatan sudah ditambahkan di lembaga ini',
  parts: 'Sudah ada lembaga lain di bawah lembaga ini',
  imports: 'Impor lain memakai lembaga ini. Tarik impor itu lebih dulu',
  attestations: 'Lembaga ini sudah menyatakan datanya',
  duties: 'Lembaga ini sudah punya uraian tugas sendiri',
  trainings: 'Lembaga ini sudah tercatat dalam pelatihan',
};

async function listBlockers(tx: Transaction, batchId: number) {
  return [...(await listRowBlockers(tx, batchId)), ...(await listInstitutionBlockers(tx, batchId))];
}

async function listInstitutionBlockers(tx: Transaction, batchId: number) {
  const rows = await tx.$queryRaw<
    { row: number; name: string; reason: string; institutionId: number }[]
  >`
    SELECT r.row_number AS "row", i.name, b.reason, b.institution_id AS "institutionId"
    FROM import_institution_blockers(${batchId}::int) b
    JOIN import_rows r ON r.id = b.row_id JOIN institutions i ON i.id = b.institution_id ORDER BY r.id LIMIT 200`;
  return rows.map(({ row, name, reason, institutionId }) => ({
    title: `Baris ${row}: ${name} didaftarkan`,
    note: institutionReasons[reason] ?? reason,
    href: `/lembaga/${institutionId}`,
  }));
}

async function listRowBlockers(tx: Transaction, batchId: number) {
  const rows = await tx.$queryRaw<
    { sheet: string; row: number; details: Details; reason: string; personId: number | null }[]
  >`
    SELECT r.sheet, r.row_number AS "row", r.details, b.reason, r.person_id AS "personId"
    FROM import_blockers(${batchId}::int) b JOIN import_rows r ON r.id = b.row_id ORDER BY r.id LIMIT 200`;
  return rows.map(({ row, details, reason, personId }) => ({
    title: `Baris ${row}: ${details.name}, ${officeOf(details.position, details.institution)}`,
    note: reasons[reason] ?? reason,
    href: personId === null ? `/impor/${batchId}` : `/orang/${personId}`,
  }));
}

async function showWithdrawal(req: Request, res: Response) {
  const { batch, blockers } = await asActor(actorOf(req), async (tx) => {
    const batch = await getOpen(tx, req);
    return { batch, blockers: await listBlockers(tx, batch.id) };
  });
  res.renderPage('imports/withdraw', {
    batch,
    blockers,
    form: blankForm({ version: batch.version }),
  });
}
