import type { Request, Response } from 'express';
import type { SignedInAccount } from '#src/access.ts';
import { asActor, type Transaction } from '#src/database.ts';
import type { DecreeQuery } from '#src/decrees/form.ts';
import { decreeList } from '#src/decrees/list-page.ts';
import { listDecrees, listKelurahan } from '#src/decrees/listing.ts';
import { decreeBadge } from '#src/decrees/rules.ts';
import * as format from '#src/format.ts';
import type { Form } from '#src/http/forms.ts';
import { actorOf, currentAccount } from '#src/http/request.ts';
import { listFiles, type ListColumn } from '#src/list-files.ts';
import { scopeInWords } from '#src/list-office.ts';
import { countInWords, exportedAtMost } from '#src/spreadsheets.ts';

export const decreeFiles = listFiles(readDecrees);

/** The decrees of the filter; null once a refused filter was answered. */
async function readDecrees(req: Request, res: Response, form: Form<DecreeQuery>) {
  const { input } = form;
  const found =
    input && (await asActor(actorOf(req), (tx) => findDecrees(tx, input, currentAccount(req))));
  if (!found) {
    await decreeList(req, res, form);
    return null;
  }
  return {
    name: 'SK',
    title: 'Daftar surat keputusan lurah',
    audited: 'decrees',
    asOf: format.today(),
    filter: found.words,
    place: { kelurahan: input.kelurahan, kecamatan: null },
    count: countInWords(found.total, 'SK'),
    columns,
    rows: found.decrees,
  };
}

/** Null for a kelurahan that is not offered. */
async function findDecrees(
  tx: Transaction,
  { kelurahan, tahun, cari }: DecreeQuery,
  account: SignedInAccount,
) {
  const places = account.kelurahanId === null ? await listKelurahan(tx) : [];
  const place = places.find(({ code }) => code === kelurahan);
  if (account.kelurahanId === null && kelurahan !== null && !place) return null;
  const listed = await listDecrees(tx, {
    kelurahanId: account.kelurahanId ?? place?.id ?? null,
    year: tahun,
    search: cari,
    skip: 0,
    take: exportedAtMost,
  });
  const words = format.choices([
    place?.name ?? scopeInWords(account),
    tahun === null ? 'Semua tahun' : `Tahun ${tahun}`,
    ...(cari ? [`“${cari}”`] : []),
  ]);
  return { ...listed, words };
}

type Row = Awaited<ReturnType<typeof listDecrees>>['decrees'][number];

const columns: ListColumn<Row>[] = [
  { label: 'Nomor SK', width: 30, paper: 24, of: ({ number }) => number },
  { label: 'Tanggal SK', width: 14, paper: 12, kind: 'date', of: ({ decreedOn }) => decreedOn },
  { label: 'Tentang', width: 60, paper: 34, of: ({ about }) => about },
  { label: 'Kelurahan', width: 20, paper: 15, of: ({ kelurahan }) => kelurahan.name },
  { label: 'Status', width: 32, paper: 15, of: (decree) => decreeBadge(decree).label },
];
