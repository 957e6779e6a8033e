import type { Request, Response } from 'express';
import type { z } from 'zod';
import { can, type Actor } from '#src/access.ts';
import { asActor } from '#src/database.ts';
import * as format from '#src/format.ts';
import { notFound } from '#src/http/errors.ts';
import { blankForm, withError, type Form } from '#src/http/forms.ts';
import { once } from '#src/http/idempotency.ts';
import { actorOf, currentAccount } from '#src/http/request.ts';
import type { UploadedFile } from '#src/http/uploads.ts';
import { templateSheet } from '#src/imports/template.ts';
import type { TemplateQuery, uploadForm } from '#src/imports/form.ts';
import { keepFile } from '#src/imports/files.ts';
import { guessMapping } from '#src/imports/guess.ts';
import { readTable } from '#src/imports/reading.ts';
import { insertBatch, listBatches, type Batch } from '#src/imports/repository.ts';
import { batchBadge, isWhole, rowsLookedAt, typesOfSheets } from '#src/imports/rules.ts';
import { rowsInPieces, type FileTable } from '#src/imports/table.ts';
import { Unreadable } from '#src/imports/unreadable.ts';
import { checkRows, inBackground, storeRows } from '#src/imports/work.ts';
import { listTypes } from '#src/institutions/repository.ts';
import { signedPdf } from '#src/list-office.ts';
import { buildWorkbook, sendWorkbook } from '#src/spreadsheets.ts';

export async function importList(req: Request, res: Response) {
  await showList(req, res, blankForm());
}

export async function templateWorkbook(req: Request, res: Response, query: Form<TemplateQuery>) {
  const code = query.input?.jenis;
  const types = await asActor(actorOf(req), listTypes);
  const type = types.find((one) => one.code === code);
  if (!type) throw notFound();
  const name = type.shortName.toLowerCase().replaceAll(/[^a-z]+/g, '-');
  sendWorkbook(res, `templat-${name}`, await buildWorkbook(templateSheet(type)));
}

/** Reads the file before anything is written: what cannot be read leaves nothing behind but its sentence. */
export async function uploadFile(
  req: Request,
  res: Response,
  form: Form<z.output<typeof uploadForm> & { file: UploadedFile }>,
) {
  const account = currentAccount(req);
  if (!form.input) return refuse(req, res, form);
  const { file } = form.input;
  const kelurahanId = account.kelurahanId ?? form.input.kelurahanId;
  if (!file.name.toLowerCase().endsWith('.xlsx'))
    return refuse(req, res, withError(form, 'file', wrongName(file.name)));
  if (kelurahanId === null)
    return refuse(req, res, withError(form, 'kelurahanId', 'Pilih kelurahan pemilik data'));

  const table = await readOrSentence(file.bytes);
  if (typeof table === 'string') return refuse(req, res, withError(form, 'file', table));
  const actor = actorOf(req);
  let started: number | null = null;
  const location = await once(req, form, async (tx) => {
    if (!(await tx.kelurahan.findUnique({ where: { id: kelurahanId }, select: { id: true } })))
      throw notFound();
    const { columns, rowCount } = table;
    const { mapping, isKnown } = await guessMapping(tx, kelurahanId, columns);
    const types = await listTypes(tx);
    const sheetTypes = typesOfSheets(table.titles, types);
    const id = await insertBatch(tx, {
      kelurahanId,
      fileName: file.name,
      columns,
      mapping,
      sheetTypes,
      rowCount,
      maker: account,
    });
    await keepFile(tx, { id, kelurahanId }, file.bytes);
    started = id;
    const [rows = []] = rowsInPieces(table, rowsLookedAt);
    const told = { mapping, sheetTypes, rows, institutionId: null, institutionTypeId: null };
    return `/impor/${id}${isKnown && isWhole(told, types) ? '' : '/kolom'}`;
  });
  if (started !== null) takeUp(actor, started, { table, isMapped: !location.endsWith('/kolom') });
  res.redirect(303, location);
}

/** A function of its own: what runs on after the answer holds the rows, and not the uploaded file. */
function takeUp(
  actor: Actor,
  id: number,
  { table, isMapped }: { table: FileTable; isMapped: boolean },
) {
  inBackground(async () => {
    await storeRows(actor, id, table);
    if (isMapped) return checkRows(actor, id);
    await asActor(actor, (tx) => tx.importBatch.update({ where: { id }, data: { work: null } }));
  });
}

const wrongName = (name: string) =>
  /\.xlsm$/i.test(name)
    ? 'Berkas berisi makro (.xlsm) dan tidak diterima. Simpan ulang sebagai “Excel Workbook (.xlsx)” tanpa makro, lalu unggah lagi'
    : 'Berkas harus Excel (.xlsx). Buka di Excel, pilih Simpan Sebagai, jenis “Excel Workbook (.xlsx)”, lalu unggah lagi';

async function readOrSentence(file: Buffer): Promise<FileTable | string> {
  try {
    return await readTable(file);
  } catch (error) {
    if (error instanceof Unreadable) return error.message;
    throw error;
  }
}

function refuse(req: Request, res: Response, form: Form<unknown>) {
  return showList(req, res.status(422), form);
}

async function showList(req: Request, res: Response, form: Form<unknown>) {
  const account = currentAccount(req);
  const mayWrite = can(account, 'import:write');
  const model = await asActor(actorOf(req), async (tx) => ({
    batches: await listBatches(tx),
    types: await listTypes(tx),
    kelurahan:
      mayWrite && account.kelurahanId === null
        ? await tx.kelurahan.findMany({
            orderBy: { name: 'asc' },
            select: { id: true, name: true },
          })
        : [],
  }));
  res.renderPage('imports/list', {
    form,
    mayWrite,
    types: model.types,
    kelurahan: model.kelurahan.map(({ id, name }) => ({ value: id, label: name })),
    batches: model.batches.map(shownBatch),
    pdf: signedPdf(account, '/impor.pdf', {}),
  });
}

const shownBatch = (batch: Batch) => ({
  title: batch.fileName,
  href: `/impor/${batch.id}`,
  note: `${format.number(batch.rowCount)} baris · ${batch.makerName} · ${format.moment(batch.createdAt)}`,
  badge: batchBadge(batch),
});
