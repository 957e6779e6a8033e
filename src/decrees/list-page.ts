import type { Request, Response } from 'express';
import { can } from '#src/access.ts';
import { asActor, readAs } from '#src/database.ts';
import * as format from '#src/format.ts';
import { withError, type Form } from '#src/http/forms.ts';
import {
  addressOf,
  chosenInWords,
  errorsAtFilter,
  searchOf,
  selectsOf,
} from '#src/http/list-filter.ts';
import { actorOf, currentAccount } from '#src/http/request.ts';
import { decreesEnding } from '#src/home/repository.ts';
import { endingItem } from '#src/home/rules.ts';
import { signedPdf } from '#src/list-office.ts';
import type { DecreeQuery } from '#src/decrees/form.ts';
import { listGaps } from '#src/decrees/numbering.ts';
import {
  decreePageSize,
  listDecrees,
  listKelurahan,
  listWaiting,
  listYears,
} from '#src/decrees/listing.ts';
import { decreeBadge, gapInWords } from '#src/decrees/rules.ts';

export async function decreeList(req: Request, res: Response, form: Form<DecreeQuery>) {
  const account = currentAccount(req);
  const found = await asActor(actorOf(req), async (tx) => {
    const places = account.kelurahanId === null ? await listKelurahan(tx) : [];
    const chosen = places.find(({ code }) => code === form.input?.kelurahan) ?? null;
    const kelurahanId = account.kelurahanId ?? chosen?.id ?? null;
    const years = await listYears(tx, kelurahanId);
    const year = form.input?.tahun ?? null;
    const page = form.input?.halaman ?? 1;
    const listed = form.input
      ? await listDecrees(tx, {
          kelurahanId,
          year,
          search: form.input.cari,
          skip: (page - 1) * decreePageSize,
          take: decreePageSize,
        })
      : { total: 0, decrees: [] };
    const gapYear = year ?? years[0] ?? null;
    const gaps =
      kelurahanId === null || gapYear === null ? [] : await listGaps(tx, kelurahanId, gapYear);
    const waiting = can(account, 'decree:write') ? await listWaiting(tx, kelurahanId) : [];
    return { ...listed, places, chosen, years, year, page, gaps, gapYear, waiting, kelurahanId };
  });
  const unknown = form.values.kelurahan && !found.chosen && account.kelurahanId === null;
  const shown = unknown ? withError(form, 'kelurahan', 'Pilih kelurahan dari daftar') : form;
  const today = format.today();
  const [ending] =
    account.kelurahanId === null
      ? [[]]
      : await readAs(actorOf(req), decreesEnding(account.kelurahanId, today));
  res.status(shown.input ? 200 : 422).renderPage('decrees/list', {
    form: errorsAtFilter(shown),
    filter: filterOf(shown, found),
    isFiltered: Boolean(form.values.cari || form.values.tahun || form.values.kelurahan),
    decrees: found.decrees.map((decree) => ({ ...decree, badge: decreeBadge(decree) })),
    total: found.total,
    gaps: found.gaps.map(gapInWords),
    gapYear: found.gapYear,
    waiting: found.waiting,
    ending: {
      total: ending[0]?.total ?? 0,
      items: ending.map((row) => endingItem(row, today, can(account, 'roster-change:propose'))),
    },
    showsEnding: account.kelurahanId !== null,
    showsKelurahan: account.kelurahanId === null,
    mayNumber: account.kelurahanId !== null && can(account, 'decree:write'),
    mayEditTemplates: can(account, 'decree-template:write'),
    pageNumber: found.page,
    pageCount: Math.max(1, Math.ceil(found.total / decreePageSize)),
    pageHref: (page: number) => hrefOf('/sk', form.values, page),
    workbookHref: hrefOf('/sk.xlsx', form.values, 1),
    pdf: signedPdf(account, '/sk.pdf', form.values),
  });
}

type Found = { places: { code: string; name: string }[]; years: number[] };

function filterOf(form: Form<unknown>, { places, years }: Found) {
  const { cari, tahun, kelurahan } = form.values;
  const select = selectsOf(form);
  const selects = [
    ...(places.length > 1
      ? [
          select('kelurahan', 'Kelurahan', {
            all: 'Semua kelurahan',
            options: places.map(({ code, name }) => ({ value: code, label: name })),
          }),
        ]
      : []),
    select('tahun', 'Tahun', {
      all: 'Semua tahun',
      options: years.map((year) => ({ value: String(year), label: String(year) })),
    }),
  ];
  return {
    search: searchOf(form, 'Cari nomor atau perihal SK'),
    selects,
    summary: chosenInWords(selects),
    ...((cari || tahun || kelurahan) && { clear: '/sk' }),
  };
}

const hrefOf = (path: string, values: Record<string, string>, page: number) =>
  addressOf(path, { ...values, halaman: String(page) }, ['cari', 'kelurahan', 'tahun', 'halaman']);
