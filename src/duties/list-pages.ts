import type { Request, Response } from 'express';
import { readAs } from '#src/database.ts';
import type { AskedQuery } from '#src/duties/form.ts';
import { dutySections } from '#src/duties/frame.ts';
import { standingBadges, officerLine } from '#src/duties/rules.ts';
import { narrowed, scopeFilter } from '#src/duties/scope.ts';
import { countStandings, listStandings } from '#src/duties/standing.ts';
import { standingSheet } from '#src/duties/workbook.ts';
import * as format from '#src/format.ts';
import { notFound } from '#src/http/errors.ts';
import type { Form } from '#src/http/forms.ts';
import { actorOf, currentAccount } from '#src/http/request.ts';
import { roleLabel } from '#src/navigation.ts';
import { officeholderChoices } from '#src/officeholders/repository.ts';
import { recordExport } from '#src/reports/repository.ts';
import { scopeFor } from '#src/reports/scope.ts';
import { buildWorkbook, sendWorkbook } from '#src/spreadsheets.ts';

const pageSize = 25;
const exportedAtMost = 20_000;

/** Officers by what became of their confirmation; the figures of /tugas/konfirmasi lead here. */
export async function askedOfficers(req: Request, res: Response, form: Form<AskedQuery>) {
  const query = form.input ?? nothingAsked;
  const { filter, wanted } = filterOf(req, query);
  const [offered, rows, [counted]] = await readAs(
    actorOf(req),
    officeholderChoices(query.kelurahan),
    listStandings(filter, { ...wanted, limit: pageSize, offset: (query.halaman - 1) * pageSize }),
    countStandings(filter, wanted),
  );
  refuseForeign(query, offered);
  const count = counted?.count ?? 0;
  const first = (query.halaman - 1) * pageSize;
  res.status(form.input ? 200 : 422).renderPage('duties/officers', {
    sections: dutySections('Daftar pengurus'),
    form: errorsAtFilter(form),
    filter: filterView(form, offered),
    lembaga: query.lembaga === null ? null : (rows[0]?.institutionName ?? null),
    lines: rows.map((row) => ({ ...row, ...officerLine(row) })),
    countText: `${format.number(count)} pengurus`,
    range: `${format.number(first + 1)}–${format.number(first + rows.length)}`,
    pageNumber: query.halaman,
    pageCount: Math.max(1, Math.ceil(count / pageSize)),
    pageHref: (page: number) => hrefOf('/tugas/pengurus', form.values, page),
    workbookHref: hrefOf('/tugas/pengurus.xlsx', form.values, 1),
  });
}

export async function askedWorkbook(req: Request, res: Response, form: Form<AskedQuery>) {
  if (!form.input) return askedOfficers(req, res, form);
  const { filter, wanted } = filterOf(req, form.input);
  const [offered, rows] = await readAs(
    actorOf(req),
    officeholderChoices(form.input.kelurahan),
    listStandings(filter, { ...wanted, limit: exportedAtMost, offset: 0 }),
  );
  refuseForeign(form.input, offered);
  const account = currentAccount(req);
  const about = {
    today: wanted.today,
    filter: filterView(form, offered).summary,
    exporter: `${account.displayName}, ${roleLabel(account)}`,
  };
  await recordExport(actorOf(req), {
    filter: `pengurus menurut konfirmasi tugas, ${about.filter}`,
    rows: rows.length,
  });
  sendWorkbook(
    res,
    `konfirmasi-pengurus-${about.today}`,
    await buildWorkbook(standingSheet(rows, about)),
  );
}

const nothingAsked: AskedQuery = {
  kecamatan: null,
  kelurahan: null,
  jenis: null,
  lembaga: null,
  status: null,
  halaman: 1,
};

function filterOf(req: Request, query: AskedQuery) {
  const place = scopeFilter(scopeFor(currentAccount(req), query));
  const lembaga = query.lembaga === null ? null : Number(query.lembaga);
  const filter = narrowed(place, { lembaga, jenis: query.jenis });
  return { filter, wanted: { today: format.today(), standing: query.status } };
}

type Offered = { kind: 'jenis' | 'kecamatan' | 'kelurahan'; code: string; name: string }[];

/** A code outside the scope is as missing as one that nobody has. */
function refuseForeign(query: AskedQuery, offered: Offered) {
  for (const kind of ['jenis', 'kecamatan', 'kelurahan'] as const) {
    const isKnown = offered.some((option) => option.kind === kind && option.code === query[kind]);
    if (query[kind] !== null && !isKnown) throw notFound();
  }
}

const statusOptions = [
  { value: 'missing', label: 'Belum atau diminta lagi' },
  ...(['never', 'again', 'confirmed'] as const).map((value) => ({
    value: value as string,
    label: standingBadges[value].label,
  })),
];

function filterView({ values, errors }: Form<unknown>, offered: Offered) {
  const select = (
    name: string,
    label: string,
    all: string,
    options: { value: string; label: string }[],
  ) => ({
    name,
    label,
    value: values[name] ?? '',
    error: errors[name],
    options: [{ value: '', label: all }, ...options],
  });
  const choices = (kind: Offered[number]['kind']) =>
    offered
      .filter((option) => option.kind === kind)
      .map(({ code, name }) => ({ value: code, label: name }));
  const places = (['kecamatan', 'kelurahan'] as const).flatMap((kind) => {
    const label = kind === 'kecamatan' ? 'Kecamatan' : 'Kelurahan';
    return choices(kind).length > 1 ? [select(kind, label, `Semua ${kind}`, choices(kind))] : [];
  });
  const selects = [
    select('status', 'Keadaan', 'Semua keadaan', statusOptions),
    ...places,
    select('jenis', 'Jenis lembaga', 'Semua jenis', choices('jenis')),
  ];
  const words = selects.map(
    ({ value, options }) => options.find((option) => option.value === value)?.label,
  );
  const isFiltered = filterNames.some((name) => values[name]);
  return {
    selects,
    summary: format.choices(words),
    ...(isFiltered && { clear: '/tugas/pengurus' }),
    ...(values.lembaga ? { hidden: [{ name: 'lembaga', value: values.lembaga }] } : {}),
  };
}

const filterNames = ['kecamatan', 'kelurahan', 'jenis', 'lembaga', 'status'] as const;

const errorsAtFilter = (form: Form<AskedQuery>) => ({
  ...form,
  errors: Object.fromEntries(
    Object.entries(form.errors).map(([name, text]) => [`filter-${name}`, text]),
  ),
});

function hrefOf(path: string, values: Form<unknown>['values'], page: number): string {
  const query = new URLSearchParams();
  for (const name of filterNames) if (values[name]) query.set(name, values[name]);
  if (page > 1) query.set('halaman', String(page));
  return query.size === 0 ? path : `${path}?${query}`;
}
