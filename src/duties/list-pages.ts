import type { Request, Response } from 'express';
import { can } from '#src/access.ts';
import { readAs } from '#src/database.ts';
import type { AskedQuery } from '#src/duties/form.ts';
import { dutySections } from '#src/duties/frame.ts';
import { officerReminder } from '#src/duties/reminders.ts';
import { standingBadges, officerLine } from '#src/duties/rules.ts';
import { narrowed, scopeFilter } from '#src/duties/scope.ts';
import { countStandings, listStandings } from '#src/duties/standing.ts';
import * as format from '#src/format.ts';
import { notFound } from '#src/http/errors.ts';
import type { Form } from '#src/http/forms.ts';
import { addressOf, chosenInWords, errorsAtFilter, selectsOf } from '#src/http/list-filter.ts';
import { actorOf, currentAccount } from '#src/http/request.ts';
import {
  type Choices,
  choicesFrom,
  filterChoices,
  placeSelects,
  unknownChoice,
} from '#src/institutions/choices.ts';
import { signedPdf } from '#src/list-office.ts';
import { scopeFor } from '#src/reports/scope.ts';

const pageSize = 25;

/** Officers by what became of their confirmation; the figures of /tugas/konfirmasi lead here. */
export async function askedOfficers(req: Request, res: Response, form: Form<AskedQuery>) {
  const query = form.input ?? nothingAsked;
  const { filter, wanted } = filterOf(req, query);
  const [found, rows, [counted]] = await readAs(
    actorOf(req),
    filterChoices(query.kelurahan),
    listStandings(filter, { ...wanted, limit: pageSize, offset: (query.halaman - 1) * pageSize }),
    countStandings(filter, wanted),
  );
  const choices = offeredTo(query, found);
  const count = counted?.count ?? 0;
  const first = (query.halaman - 1) * pageSize;
  res.status(form.input ? 200 : 422).renderPage('duties/officers', {
    sections: dutySections('Daftar pengurus'),
    form: errorsAtFilter(form),
    filter: filterView(form, choices),
    lembaga: query.lembaga === null ? null : (rows[0]?.institutionName ?? null),
    lines: rows.map((row) => ({
      ...row,
      ...officerLine(row),
      remindHref: can(currentAccount(req), 'institution:remind') ? officerReminder(row) : null,
    })),
    countText: `${format.number(count)} pengurus`,
    range: `${format.number(first + 1)}–${format.number(first + rows.length)}`,
    pageNumber: query.halaman,
    pageCount: Math.max(1, Math.ceil(count / pageSize)),
    pageHref: (page: number) => hrefOf('/tugas/pengurus', form.values, page),
    workbookHref: hrefOf('/tugas/pengurus.xlsx', form.values, 1),
    pdf: signedPdf(currentAccount(req), '/tugas/pengurus.pdf', form.values),
  });
}

const nothingAsked: AskedQuery = {
  kecamatan: null,
  kelurahan: null,
  jenis: null,
  lembaga: null,
  status: null,
  halaman: 1,
};

export function filterOf(req: Request, query: AskedQuery) {
  const place = scopeFilter(scopeFor(currentAccount(req), query));
  const lembaga = query.lembaga === null ? null : Number(query.lembaga);
  const filter = narrowed(place, { lembaga, jenis: query.jenis });
  return { filter, wanted: { today: format.today(), standing: query.status } };
}

/** A code outside the scope is as missing as one that nobody has. */
export function offeredTo(query: AskedQuery, found: Parameters<typeof choicesFrom>[0]): Choices {
  const choices = choicesFrom(found);
  if (unknownChoice(query, choices)) throw notFound();
  return choices;
}

const statusOptions = [
  { value: 'missing', label: 'Belum atau diminta lagi' },
  ...(['never', 'again', 'confirmed'] as const).map((value) => ({
    value: value as string,
    label: standingBadges[value].label,
  })),
];

export function filterView(form: Form<unknown>, choices: Choices) {
  const { values } = form;
  const select = selectsOf(form);
  const selects = [
    select('status', 'Keadaan', { all: 'Semua keadaan', options: statusOptions }),
    ...placeSelects(form, choices),
    select('jenis', 'Jenis lembaga', { all: 'Semua jenis', options: choices.jenis }),
  ];
  const isFiltered = filterNames.some((name) => values[name]);
  return {
    selects,
    summary: chosenInWords(selects),
    ...(isFiltered && { clear: '/tugas/pengurus' }),
    ...(values.lembaga ? { hidden: [{ name: 'lembaga', value: values.lembaga }] } : {}),
  };
}

const filterNames = ['kecamatan', 'kelurahan', 'jenis', 'lembaga', 'status'] as const;

const hrefOf = (path: string, values: Form<unknown>['values'], page: number) =>
  addressOf(path, { ...values, halaman: String(page) }, [...filterNames, 'halaman']);
