import type { Request, Response } from 'express';
import { readAs } from '#src/database.ts';
import * as format from '#src/format.ts';
import type { Form } from '#src/http/forms.ts';
import {
  addressOf,
  errorsAtFilter,
  labelOf,
  type Option,
  searchOf,
  selectsOf,
} from '#src/http/list-filter.ts';
import { actorOf, currentAccount } from '#src/http/request.ts';
import {
  type Choices,
  choicesFrom,
  filterChoices,
  placeSelects,
  refuseUnknown,
} from '#src/institutions/choices.ts';
import { signedPdf } from '#src/list-office.ts';
import type { OfficeholderFilter } from '#src/officeholders/form.ts';
import {
  countedAtMost,
  countOfficeholders,
  listOfficeholders,
  pageSize,
  type Officeholder,
} from '#src/officeholders/repository.ts';
import { isLocal } from '#src/queries.ts';

export async function officeholderList(
  req: Request,
  res: Response,
  form: Form<OfficeholderFilter>,
) {
  const filter = form.input;
  if (!filter) return renderRefused(req, res, form);

  const actor = actorOf(req);
  const applied = { ...filter, today: format.today() };
  const [rows, [counted], offered] = await readAs(
    actor,
    listOfficeholders(applied, { isLocal: isLocal(actor, filter) }),
    countOfficeholders(applied),
    filterChoices(filter.kelurahan),
  );
  const choices = choicesFrom(offered);
  const known = refuseUnknown(form, choices, 'jenis lembaga');
  if (!known.input)
    return renderList(req, res.status(422), { form: known, choices, rows: [], count: 0 });
  renderList(req, res, { form, choices, rows, count: counted?.count ?? 0 });
}

export async function renderRefused(req: Request, res: Response, form: Form<OfficeholderFilter>) {
  const [offered] = await readAs(actorOf(req), filterChoices(null));
  renderList(req, res.status(422), { form, choices: choicesFrom(offered), rows: [], count: 0 });
}

type Found = {
  form: Form<OfficeholderFilter>;
  choices: Choices;
  rows: Officeholder[];
  count: number;
};

export function renderList(req: Request, res: Response, { form, choices, rows, count }: Found) {
  const { values } = form;
  const page = form.input?.halaman ?? 1;
  const first = (page - 1) * pageSize;
  const isFiltered = filterNames.some((name) => values[name]);
  res.renderPage('officeholders/list', {
    form: errorsAtFilter(form),
    filter: {
      search: searchOf(form, 'Cari nama pengurus'),
      selects: selectsFor(form, choices),
      summary: inWords(values, choices),
      ...(isFiltered && { clear: '/pengurus' }),
    },
    isFiltered,
    rows: rows.map((row) => ({
      ...row,
      fullName: format.personName(row),
      position: format.heldPosition(row.kind, row.positionName),
      institution: format.institutionOfType(row.typeName, row.institutionName),
    })),
    countText:
      count > countedAtMost
        ? `lebih dari ${format.number(countedAtMost)} pengurus`
        : `${format.number(count)} pengurus`,
    range: `${format.number(first + 1)}–${format.number(first + rows.length)}`,
    pageNumber: page,
    pageCount: Math.max(1, Math.ceil(Math.min(count, countedAtMost) / pageSize)),
    pageHref: (number: number) => hrefOf('/pengurus', values, number),
    workbookHref: hrefOf('/pengurus.xlsx', values, 1),
    pdf: signedPdf(currentAccount(req), '/pengurus.pdf', values),
  });
}

const filterNames = ['cari', 'jenis', 'kecamatan', 'kelurahan', 'jenis-kelamin'] as const;
const sexes: Option[] = [
  { value: 'p', label: 'Perempuan' },
  { value: 'l', label: 'Laki-laki' },
];

const selectsFor = (form: Form<unknown>, choices: Choices) => [
  selectsOf(form)('jenis', 'Jenis lembaga', { all: 'Semua jenis', options: choices.jenis }),
  ...placeSelects(form, choices),
  selectsOf(form)('jenis-kelamin', 'Jenis kelamin', { all: 'Semua', options: sexes }),
];

/** "Rukun Tetangga, Kebonsari Wetan, Perempuan" */
export function inWords(values: Form<unknown>['values'], choices: Choices): string {
  const words = [
    values.cari ? `“${values.cari}”` : undefined,
    labelOf(choices.jenis, values.jenis) ?? 'Semua jenis',
    labelOf(choices.kecamatan, values.kecamatan),
    labelOf(choices.kelurahan, values.kelurahan),
    labelOf(sexes, values['jenis-kelamin']),
  ];
  return words.filter((word) => word !== undefined).join(', ');
}

/** The same list on another page or as a file. */
const hrefOf = (path: string, values: Form<unknown>['values'], page: number) =>
  addressOf(path, { ...values, halaman: String(page) }, [...filterNames, 'halaman']);
