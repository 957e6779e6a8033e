import type { Request, Response } from 'express';
import { asActor } from '#src/database.ts';
import type { DecreeQuery } from '#src/decrees/form.ts';
import { decreeList } from '#src/decrees/list-page.ts';
import { listDecrees, listKelurahan } from '#src/decrees/listing.ts';
import { decreeBadge } from '#src/decrees/rules.ts';
import * as format from '#src/format.ts';
import type { Form } from '#src/http/forms.ts';
import { actorOf, currentAccount } from '#src/http/request.ts';
import { roleLabel } from '#src/navigation.ts';
import {
  buildWorkbook,
  countInWords,
  exportedAtMost,
  sendWorkbook,
  type Sheet,
} from '#src/spreadsheets.ts';

/** The list of decrees with its filter as a file. */
export async function decreeWorkbook(req: Request, res: Response, form: Form<DecreeQuery>) {
  const account = currentAccount(req);
  const { input } = form;
  if (!input) return decreeList(req, res, form);

  const found = await asActor(actorOf(req), async (tx) => {
    const places = account.kelurahanId === null ? await listKelurahan(tx) : [];
    const place = places.find(({ code }) => code === input.kelurahan);
    if (account.kelurahanId === null && input.kelurahan !== null && !place) return null;
    const listed = await listDecrees(tx, {
      kelurahanId: account.kelurahanId ?? place?.id ?? null,
      year: input.tahun,
      search: input.cari,
      skip: 0,
      take: exportedAtMost,
    });
    const words = [
      place?.name ?? account.scopeName,
      input.tahun === null ? 'Semua tahun' : `Tahun ${input.tahun}`,
      ...(input.cari ? [`“${input.cari}”`] : []),
    ].join(', ');
    const details = { filter: words, rows: listed.decrees.length };
    await tx.$executeRaw`SELECT audit.record('export', 'decrees', NULL, NULL, ${details}::jsonb)`;
    return { ...listed, words };
  });
  if (!found) return decreeList(req, res, form);

  const today = format.today();
  const about = {
    filter: found.words,
    exporter: `${account.displayName}, ${roleLabel(account)}`,
    count: countInWords(found.total, 'SK'),
  };
  sendWorkbook(res, `sk-${today}`, await buildWorkbook(sheetOf(found.decrees, { today, about })));
}

type Listed = Awaited<ReturnType<typeof listDecrees>>['decrees'];

const sheetOf = (
  decrees: Listed,
  { today, about }: { today: string; about: Sheet['about'] },
): Sheet => ({
  name: 'SK',
  title: 'Daftar surat keputusan lurah',
  asOf: today,
  about,
  columns: [
    { label: 'Nomor SK', width: 30 },
    { label: 'Tanggal SK', width: 14, date: true },
    { label: 'Tentang', width: 60 },
    { label: 'Kelurahan', width: 20 },
    { label: 'Status', width: 32 },
  ],
  rows: decrees.map((decree) => [
    decree.number,
    decree.decreedOn,
    decree.about,
    decree.kelurahan.name,
    decreeBadge(decree).label,
  ]),
});
