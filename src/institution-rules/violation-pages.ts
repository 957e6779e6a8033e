import type { Request, Response } from 'express';
import { can } from '#src/access.ts';
import { asActor, type Transaction } from '#src/database.ts';
import * as format from '#src/format.ts';
import { withError, type Form } from '#src/http/forms.ts';
import { actorOf, currentAccount } from '#src/http/request.ts';
import type { ViolationFilter } from '#src/institution-rules/form.ts';
import { listTypes } from '#src/institution-rules/repository.ts';
import {
  breakInWords,
  ruleKinds,
  ruleNames,
  severityBadges,
  worded,
} from '#src/institution-rules/rules.ts';
import { listLevels } from '#src/institution-rules/repository.ts';
import {
  countViolations,
  listViolations,
  pageSize,
  type Violation,
} from '#src/institution-rules/violations.ts';

export async function violationList(req: Request, res: Response, form: Form<ViolationFilter>) {
  const account = currentAccount(req);
  const { choices, known, ...found } = await asActor(actorOf(req), async (tx) => {
    const offered = await readChoices(tx);
    const checked = refuseUnknown(form, offered);
    return {
      choices: offered,
      known: checked,
      ...(await read(tx, checked.input, account.kelurahanIds)),
    };
  });
  const { halaman: page = 1 } = known.input ?? {};
  const count = found.places.reduce((sum, place) => sum + place.count, 0);
  const total = known.input?.kelurahan
    ? (found.places.find(({ code }) => code === known.input?.kelurahan)?.count ?? 0)
    : count;
  res.status(known.input ? 200 : 422).renderPage('institution-rules/violations', {
    form: known,
    filter: filterOf(known, choices),
    rows: found.rows.map((row) => inWords(row, found.levels)),
    places: choices.kelurahan.length > 1 ? found.places : [],
    placeHref: (code: string) => hrefOf({ ...known.values, kelurahan: code }, 1),
    isTermOver: known.input?.aturan === 'term_over',
    termsOver: known.input?.aturan === null ? termsOverIn(found.places, known.input.kelurahan) : 0,
    termsOverHref: hrefOf({ ...known.values, aturan: 'term_over' }, 1),
    total,
    pageNumber: page,
    pageCount: Math.max(1, Math.ceil(total / pageSize)),
    first: (page - 1) * pageSize + 1,
    pageHref: (number: number) => hrefOf(known.values, number),
    severityBadges,
    mayEdit: can(account, 'settings:manage'),
  });
}

async function read(tx: Transaction, filter: ViolationFilter | undefined, within: number[]) {
  if (!filter) return { rows: [], places: [], levels: [] };
  return {
    rows: await listViolations(tx, filter, within),
    places: await countViolations(tx, filter, within),
    levels: await listLevels(tx),
  };
}

const termsOverIn = (
  places: readonly { code: string; termsOver: number }[],
  kelurahan: string | null,
) =>
  places
    .filter(({ code }) => kelurahan === null || code === kelurahan)
    .reduce((sum, { termsOver }) => sum + termsOver, 0);

const inWords = (row: Violation, levels: { rank: number; label: string }[]) => ({
  ...row,
  words: breakInWords(row),
  rule: worded(
    { ...row, id: 0, version: 0, countedFrom: null, countsActing: false, holdsFrom: '' },
    levels,
  ).text,
});

type Option = { value: string; label: string };
type Choices = Record<'kelurahan' | 'jenis' | 'aturan', Option[]>;

async function readChoices(tx: Transaction): Promise<Choices> {
  const kelurahan = await tx.kelurahan.findMany({
    orderBy: { name: 'asc' },
    take: 500,
    select: { code: true, name: true },
  });
  const types = await listTypes(tx);
  return {
    kelurahan: kelurahan.map(({ code, name }) => ({ value: code, label: name })),
    jenis: types.map(({ code, name }) => ({ value: code, label: name })),
    aturan: [
      ...ruleKinds.map((kind) => ({ value: kind, label: ruleNames[kind] })),
      { value: 'term_over', label: 'Masa bakti habis, belum diganti' },
    ],
  };
}

function refuseUnknown(form: Form<ViolationFilter>, choices: Choices): Form<ViolationFilter> {
  const { input } = form;
  if (!input) return form;
  const unknown = (['kelurahan', 'jenis'] as const).find(
    (name) => input[name] !== null && !choices[name].some(({ value }) => value === input[name]),
  );
  if (!unknown) return form;
  const sentence = {
    kelurahan: 'Pilih kelurahan dari daftar',
    jenis: 'Pilih jenis lembaga dari daftar',
  };
  return withError(form, unknown, sentence[unknown]);
}

function filterOf({ values, errors }: Form<unknown>, choices: Choices) {
  const select = (name: keyof Choices, label: string, all: string) => ({
    name,
    label,
    value: values[name] ?? '',
    error: errors[name],
    options: [{ value: '', label: all }, ...choices[name]],
  });
  const selects = [
    ...(choices.kelurahan.length > 1 ? [select('kelurahan', 'Kelurahan', 'Semua kelurahan')] : []),
    select('jenis', 'Jenis lembaga', 'Semua jenis'),
    select('aturan', 'Aturan', 'Semua aturan'),
  ];
  const chosen = selects.map(
    ({ value, options }) => options.find((option) => option.value === value)?.label ?? '',
  );
  const isFiltered = selects.some(({ value }) => value !== '');
  return {
    selects,
    summary: format.choices(chosen),
    ...(isFiltered && { clear: '/pengaturan/pelanggaran' }),
  };
}

/** The same list on another page; empty values stay out of the address. */
function hrefOf(values: Record<string, string>, page: number): string {
  const query = new URLSearchParams();
  for (const name of ['kelurahan', 'jenis', 'aturan'] as const)
    if (values[name]) query.set(name, values[name]);
  if (page > 1) query.set('halaman', String(page));
  return query.size === 0 ? '/pengaturan/pelanggaran' : `/pengaturan/pelanggaran?${query}`;
}
