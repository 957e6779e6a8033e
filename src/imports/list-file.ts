import type { Request, Response } from 'express';
import { asActor, type Transaction } from '#src/database.ts';
import * as format from '#src/format.ts';
import type { Form } from '#src/http/forms.ts';
import { actorOf, currentAccount } from '#src/http/request.ts';
import { importList } from '#src/imports/pages.ts';
import { batchBadge } from '#src/imports/rules.ts';
import { listFiles, type ListColumn } from '#src/list-files.ts';
import { scopeInWords } from '#src/list-office.ts';
import { exportedAtMost, keptInFile } from '#src/spreadsheets.ts';

export const importFiles = listFiles(readBatches);

/** Every file that was uploaded in the scope; null once a refused query was answered. */
async function readBatches(req: Request, res: Response, form: Form<unknown>) {
  if (!form.input) {
    await importList(req, res.status(422));
    return null;
  }
  return {
    name: 'Impor Excel',
    title: 'Daftar berkas impor pengurus',
    audited: 'import_batches',
    asOf: format.today(),
    filter: `${scopeInWords(currentAccount(req))}, semua berkas`,
    ...keptInFile(await asActor(actorOf(req), findBatches), 'berkas'),
    columns,
  };
}

async function findBatches(tx: Transaction) {
  const batches = await tx.importBatch.findMany({
    orderBy: { id: 'desc' },
    take: exportedAtMost + 1,
    select: {
      fileName: true,
      kelurahanId: true,
      rowCount: true,
      makerName: true,
      createdAt: true,
      status: true,
      decision: true,
      work: true,
    },
  });
  const places = await tx.kelurahan.findMany({ select: { id: true, name: true } });
  const nameOf = new Map(places.map(({ id, name }) => [id, name]));
  return batches.map((batch) => ({
    ...batch,
    kelurahanName: nameOf.get(batch.kelurahanId) ?? null,
  }));
}

type Row = Awaited<ReturnType<typeof findBatches>>[number];

const columns: ListColumn<Row>[] = [
  { label: 'Berkas', width: 40, paper: 30, of: ({ fileName }) => fileName },
  { label: 'Kelurahan', width: 22, paper: 20, of: ({ kelurahanName }) => kelurahanName },
  { label: 'Baris', width: 10, paper: 8, kind: 'number', of: ({ rowCount }) => rowCount },
  { label: 'Diunggah oleh', width: 30, paper: 22, of: ({ makerName }) => makerName },
  { label: 'Diunggah', width: 34, paper: 28, of: ({ createdAt }) => format.moment(createdAt) },
  { label: 'Keadaan', width: 22, paper: 18, of: (batch) => batchBadge(batch).label },
];
