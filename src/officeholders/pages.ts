import type { Request, Response } from 'express';
import { readAs } from '#src/database.ts';
import * as format from '#src/format.ts';
import { withError, type Form } from '#src/http/forms.ts';
import { actorOf } from '#src/http/request.ts';
import { officeholderSignatories, type OfficeholderFilter } from '#src/officeholders/form.ts';
import {
  countedAtMost,
  countOfficeholders,
  listOfficeholders,
  officeholderChoices,
  pageSize,
  type Officeholder,
} from '#src/officeholders/repository.ts';
import { institutionLabel, positionOf } from '#src/officeholders/rules.ts';
import { signatoryOptions } from '#src/pdf/signatories.ts';

export async function officeholderList(
  req: Request,
  res: Response,
  form: Form<OfficeholderFilter>,
) {
  const filter = form.input;
  if (!filter) return renderRefused(req, res, form);

  const applied = { ...filter, today: format.today() };
  const [rows, [counted], offered] = await readAs(
    actorOf(req),
    listOfficeholders(applied),
    countOfficeholders(applied),
    officeholderChoices(filter.kelurahan),
  );
  const choices = choicesFrom(offered);
  const known = refuseUnknown(form, choices);
  if (!known.input)
    return renderList(res.status(422), { form: known, choices, rows: [], count: 0 });
  renderList(res, { form, choices, rows, count: counted?.count ?? 0 });
}

export async function renderRefused(req: Request, res: Response, form: Form<OfficeholderFilter>) {
  const [offered] = await readAs(actorOf(req), officeholderChoices(null));
  renderList(res.status(422), { form, choices: choicesFrom(offered), rows: [], count: 0 });
}

type Option = { value: string; label: string };
type Choices = { jenis: Option[]; kecamatan: Option[]; kelurahan: Option[] };

export function choicesFrom(
  offered: { kind: keyof Choices; code: string; name: string }[],
): Choices {
  const choices: Choices = { jenis: [], kecamatan: [], kelurahan: [] };
  for (const { kind, code, name } of offered) choices[kind].push({ value: code, label: name });
  return choices;
}

const unknownSentences = {
  jenis: 'Pilih jenis lembaga dari daftar',
  kecamatan: 'Pilih kecamatan dari daftar',
  kelurahan: 'Pilih kelurahan dari daftar',
} as const;

/** A code of the right shape that is not offered: outside the scope, or of another city. */
export function refuseUnknown(
  form: Form<OfficeholderFilter>,
  choices: Choices,
): Form<OfficeholderFilter> {
  for (const name of ['jenis', 'kecamatan', 'kelurahan'] as const) {
    const value = form.values[name];
    if (value && !choices[name].some((option) => option.value === value)) {
      return withError(form, name, unknownSentences[name]);
    }
  }
  return form;
}

type Found = {
  form: Form<OfficeholderFilter>;
  choices: Choices;
  rows: Officeholder[];
  count: number;
};

export function renderList(res: Response, { form, choices, rows, count }: Found) {
  const { values, errors } = form;
  const page = form.input?.halaman ?? 1;
  const first = (page - 1) * pageSize;
  const isFiltered = filterNames.some((name) => values[name]);
  res.renderPage('officeholders/list', {
    form: {
      ...form,
      errors: Object.fromEntries(
        Object.entries(errors).map(([name, text]) => [`filter-${name}`, text]),
      ),
    },
    filter: {
      search: {
        name: 'cari',
        label: 'Cari nama pengurus',
        value: values.cari ?? '',
        error: errors.cari,
      },
      selects: selectsFor(form, choices),
      summary: inWords(values, choices),
      ...(isFiltered && { clear: '/pengurus' }),
    },
    isFiltered,
    rows: rows.map((row) => ({
      ...row,
      fullName: format.personName(row),
      position: positionOf(row),
      institution: institutionLabel(row),
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
    pdf: {
      action: '/pengurus.pdf',
      hidden: filterNames.flatMap((name) => (values[name] ? [{ name, value: values[name] }] : [])),
      options: signatoryOptions(officeholderSignatories),
    },
  });
}

const filterNames = ['cari', 'jenis', 'kecamatan', 'kelurahan', 'jenis-kelamin'] as const;
const sexes: Option[] = [
  { value: 'p', label: 'Perempuan' },
  { value: 'l', label: 'Laki-laki' },
];

function selectsFor({ values, errors }: Form<unknown>, choices: Choices) {
  const select = (name: string, label: string, all: string, options: Option[]) => ({
    name,
    label,
    value: values[name] ?? '',
    error: errors[name],
    options: [{ value: '', label: all }, ...options],
  });
  return [
    select('jenis', 'Jenis lembaga', 'Semua jenis', choices.jenis),
    ...(choices.kecamatan.length > 1
      ? [select('kecamatan', 'Kecamatan', 'Semua kecamatan', choices.kecamatan)]
      : []),
    ...(choices.kelurahan.length > 1
      ? [select('kelurahan', 'Kelurahan', 'Semua kelurahan', choices.kelurahan)]
      : []),
    select('jenis-kelamin', 'Jenis kelamin', 'Semua', sexes),
  ];
}

/** "Rukun Tetangga, Kebonsari Wetan, Perempuan" */
export function inWords(values: Form<unknown>['values'], choices: Choices): string {
  const words = [
    values.cari ? `“${values.cari}”` : undefined,
    label(choices.jenis, values.jenis) ?? 'Semua jenis',
    label(choices.kecamatan, values.kecamatan),
    label(choices.kelurahan, values.kelurahan),
    label(sexes, values['jenis-kelamin']),
  ];
  return words.filter((word) => word !== undefined).join(', ');
}

const label = (options: Option[], value?: string) =>
  options.find((option) => option.value === value)?.label;

/** The same list on another page or as a file; empty values stay out of the address. */
function hrefOf(path: string, values: Form<unknown>['values'], page: number): string {
  const query = new URLSearchParams();
  for (const name of filterNames) if (values[name]) query.set(name, values[name]);
  if (page > 1) query.set('halaman', String(page));
  return query.size === 0 ? path : `${path}?${query}`;
}
