import type { Request, Response } from 'express';
import { can } from '#src/access.ts';
import * as format from '#src/format.ts';
import { withError, type Form } from '#src/http/forms.ts';
import { currentAccount } from '#src/http/request.ts';
import { listSignatories, type InstitutionFilter } from '#src/institutions/form.ts';
import { countedAtMost, pageSize, type ListRow } from '#src/institutions/listing.ts';
import {
  decreeBadge,
  institutionStatuses,
  scoreTone,
  statusBadge,
  statusLabels,
  type InstitutionOrder,
} from '#src/institutions/rules.ts';
import { signatoryOptions } from '#src/pdf/signatories.ts';

/** What the list shows: the filter with its choices, the rows in words, and links to the same list otherwise. */

type Choice = { value: string; label: string };
type Choices = { type: Choice[]; kecamatan: Choice[]; kelurahan: Choice[] };

export function offered(
  found: { kind: 'type' | 'kecamatan' | 'kelurahan'; code: string; name: string }[],
): Choices {
  const choices: Choices = { type: [], kecamatan: [], kelurahan: [] };
  for (const { kind, code, name } of found) choices[kind].push({ value: code, label: name });
  return choices;
}

const has = (list: Choice[], code: string | null) =>
  code === null || list.some(({ value }) => value === code);

/** A code of the right shape that is not offered: outside the scope, or of another city. */
export function refuseUnknown(
  form: Form<InstitutionFilter>,
  filter: InstitutionFilter,
  choices: Choices,
) {
  if (!has(choices.type, filter.jenis)) return withError(form, 'jenis', 'Pilih jenis dari daftar');
  if (!has(choices.kecamatan, filter.kecamatan))
    return withError(form, 'kecamatan', 'Pilih kecamatan dari daftar');
  if (!has(choices.kelurahan, filter.kelurahan))
    return withError(form, 'kelurahan', 'Pilih kelurahan dari daftar');
  return null;
}

type Found = { form: Form<InstitutionFilter>; choices: Choices; rows: ListRow[]; count: number };

export function renderList(req: Request, res: Response, { form, choices, rows, count }: Found) {
  const account = currentAccount(req);
  const { values } = form;
  const page = form.input?.halaman ?? 1;
  const order = form.input?.urut ?? 'nama';
  const today = format.today();
  res.renderPage('institutions/list', {
    form: {
      ...form,
      errors: Object.fromEntries(
        Object.entries(form.errors).map(([name, text]) => [`filter-${name}`, text]),
      ),
    },
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
    pdf: {
      action: '/lembaga.pdf',
      hidden: Object.entries(values).flatMap(([name, value]) =>
        value && name !== 'halaman' ? [{ name, value }] : [],
      ),
      options: signatoryOptions(listSignatories),
    },
    filter: {
      search: {
        name: 'cari',
        label: 'Cari nama lembaga',
        value: values.cari ?? '',
        error: form.errors.cari,
      },
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
    pageHref: (number: number) => hrefOf(values, { halaman: number === 1 ? '' : String(number) }),
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

function selectsFor(choices: Choices, form: Form<InstitutionFilter>) {
  const { values, errors } = form;
  const select = (name: string, label: string, all: string, options: Choice[]) => ({
    name,
    label,
    value: values[name] ?? '',
    error: errors[name],
    options: [{ value: '', label: all }, ...options],
  });
  return [
    select('jenis', 'Jenis', 'Semua jenis', choices.type),
    ...(choices.kecamatan.length > 1
      ? [select('kecamatan', 'Kecamatan', 'Semua kecamatan', choices.kecamatan)]
      : []),
    ...(choices.kelurahan.length > 1
      ? [select('kelurahan', 'Kelurahan', 'Semua kelurahan', choices.kelurahan)]
      : []),
    select(
      'status',
      'Status',
      'Semua status',
      institutionStatuses.map((value) => ({ value, label: statusLabels[value] })),
    ),
  ];
}

const filterNames = ['cari', 'jenis', 'kecamatan', 'kelurahan', 'status', 'bulan'];
const isFiltered = (values: Form<unknown>['values']) => filterNames.some((name) => values[name]);

const labelOf = (list: Choice[], value?: string) =>
  list.find((choice) => choice.value === value)?.label;

/** "Rukun Tetangga, Kebonsari Wetan, SK berakhir" */
export function filterInWords(values: Form<unknown>['values'], choices: Choices): string {
  const statuses = institutionStatuses.map((value) => ({ value, label: statusLabels[value] }));
  const words = [
    values.cari ? `“${values.cari}”` : undefined,
    labelOf(choices.type, values.jenis) ?? 'Semua jenis',
    labelOf(choices.kecamatan, values.kecamatan),
    labelOf(choices.kelurahan, values.kelurahan) ?? 'semua kelurahan',
    labelOf(statuses, values.status),
    values.bulan
      ? `SK berakhir bulan ${values.bulan.slice(5)}-${values.bulan.slice(0, 4)}`
      : undefined,
  ];
  return words.filter((word) => word !== undefined).join(', ');
}

function headsFor(values: Form<unknown>['values'], order: InstitutionOrder) {
  const head = (name: InstitutionOrder, label: string) => ({
    label,
    direction: order === name ? 'ascending' : order === `-${name}` ? 'descending' : null,
    href: hrefOf(values, { urut: order === name ? `-${name}` : name, halaman: '' }),
  });
  return {
    name: head('nama', 'Lembaga'),
    type: head('jenis', 'Jenis'),
    kelurahan: head('kelurahan', 'Kelurahan'),
    term: head('masa-bakti', 'Masa bakti'),
    score: head('kelengkapan', 'Kelengkapan'),
  };
}

/** The same list with something changed; empty values stay out of the address. */
function hrefOf(values: Form<unknown>['values'], changed: Record<string, string>): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries({ ...values, ...changed }))
    if (value) query.set(name, value);
  return query.size === 0 ? '/lembaga' : `/lembaga?${query}`;
}
