import type { Request, Response } from 'express';
import { can } from '#src/access.ts';
import * as format from '#src/format.ts';
import type { Form } from '#src/http/forms.ts';
import {
  addressOf,
  errorsAtFilter,
  labelOf,
  searchOf,
  selectsOf,
  sortedHeads,
} from '#src/http/list-filter.ts';
import { currentAccount } from '#src/http/request.ts';
import { type Choices, placeSelects } from '#src/institutions/choices.ts';
import type { InstitutionFilter } from '#src/institutions/form.ts';
import { countedAtMost, pageSize, type ListRow } from '#src/institutions/listing.ts';
import {
  decreeBadge,
  institutionStatuses,
  scoreTone,
  statusBadge,
  statusLabels,
  type InstitutionOrder,
} from '#src/institutions/rules.ts';
import { signedPdf } from '#src/list-office.ts';

/** What the list shows: the filter with its choices, the rows in words, and links to the same list otherwise. */

type Found = { form: Form<InstitutionFilter>; choices: Choices; rows: ListRow[]; count: number };

export function renderList(req: Request, res: Response, { form, choices, rows, count }: Found) {
  const account = currentAccount(req);
  const { values } = form;
  const page = form.input?.halaman ?? 1;
  const order = form.input?.urut ?? 'nama';
  const today = format.today();
  res.renderPage('institutions/list', {
    form: errorsAtFilter(form),
    isOfficer: account.role === 'officer',
    createHref: can(account, 'institution:write') ? '/lembaga/baru' : null,
    actions: [
      ...(can(account, 'institution:write')
        ? [{ label: 'Daftarkan lembaga', href: '/lembaga/baru', icon: 'plus', primary: true }]
        : []),
      {
        label: 'Unduh Excel',
        href: hrefOf(values, { halaman: '' }).replace('/lembaga', '/lembaga.xlsx'),
        icon: 'file-spreadsheet',
      },
      { label: 'Cetak', print: true },
    ],
    pdf: signedPdf(account, '/lembaga.pdf', values),
    filter: {
      search: searchOf(form, 'Cari nama lembaga'),
      selects: selectsFor(choices, form),
      hidden: ['urut', 'bulan'].flatMap((name) =>
        values[name] ? [{ name, value: values[name] }] : [],
      ),
      summary: filterInWords(values, choices),
      clear: isFiltered(values) ? '/lembaga' : undefined,
    },
    isFiltered: isFiltered(values),
    rows: rows.map((row) => shown(row, today)),
    countText:
      count > countedAtMost
        ? `lebih dari ${format.number(countedAtMost)} lembaga`
        : `${format.number(count)} lembaga`,
    pageNumber: page,
    pageCount: Math.max(1, Math.ceil(Math.min(count, countedAtMost) / pageSize)),
    range: `${format.number((page - 1) * pageSize + 1)}–${format.number((page - 1) * pageSize + rows.length)}`,
    heads: headsFor(values, order),
    pageHref: (number: number) => hrefOf(values, { halaman: String(number) }),
  });
}

function shown(row: ListRow, today: string) {
  const active = row.status === 'active';
  return {
    ...row,
    chair: row.chairInOffice ? row.chairName : null,
    chairActing: row.chairActing === true,
    formerChair: row.chairInOffice ? null : row.chairName,
    term:
      row.startsOn === null || row.termEndsOn === null
        ? null
        : termOf(row.startsOn, row.termEndsOn),
    badge: active ? decreeBadge(row.termEndsOn, today) : statusBadge(row, today),
    tone: scoreTone(row.percent),
  };
}

const termOf = (startsOn: string, termEndsOn: string) =>
  format.term(startsOn, termEndsOn === 'infinity' ? null : termEndsOn);

const selectsFor = (choices: Choices, form: Form<InstitutionFilter>) => [
  selectsOf(form)('jenis', 'Jenis', { all: 'Semua jenis', options: choices.jenis }),
  ...placeSelects(form, choices),
  selectsOf(form)('status', 'Status', { all: 'Semua status', options: statuses }),
];

const statuses = institutionStatuses.map((value) => ({ value, label: statusLabels[value] }));

const filterNames = ['cari', 'jenis', 'kecamatan', 'kelurahan', 'status', 'bulan'];
const isFiltered = (values: Form<unknown>['values']) => filterNames.some((name) => values[name]);

/** "Rukun Tetangga, Kebonsari Wetan, SK berakhir" */
export function filterInWords(values: Form<unknown>['values'], choices: Choices): string {
  const words = [
    values.cari ? `“${values.cari}”` : undefined,
    labelOf(choices.jenis, values.jenis) ?? 'Semua jenis',
    labelOf(choices.kecamatan, values.kecamatan),
    labelOf(choices.kelurahan, values.kelurahan) ?? everyPlace(choices.kelurahan),
    labelOf(statuses, values.status),
    values.bulan
      ? `SK berakhir bulan ${values.bulan.slice(5)}-${values.bulan.slice(0, 4)}`
      : undefined,
  ];
  return words.filter((word) => word !== undefined).join(', ');
}

/** Whoever sees one kelurahan reads its name. */
const everyPlace = ([only, another]: Choices['kelurahan']) =>
  only && !another ? only.label : 'semua kelurahan';

function headsFor(values: Form<unknown>['values'], order: InstitutionOrder) {
  const head = sortedHeads(order, (urut) => hrefOf(values, { urut, halaman: '' }));
  return {
    name: head('nama', 'Lembaga'),
    type: head('jenis', 'Jenis'),
    kelurahan: head('kelurahan', 'Kelurahan'),
    term: head('masa-bakti', 'Masa bakti'),
    score: head('kelengkapan', 'Kelengkapan'),
  };
}

/** The same list with something changed; empty values stay out of the address. */
const hrefOf = (values: Form<unknown>['values'], changed: Record<string, string>) =>
  addressOf('/lembaga', { ...values, ...changed });
