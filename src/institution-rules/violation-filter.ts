import type { SignedInAccount } from '#src/access.ts';
import type { Transaction } from '#src/database.ts';
import * as format from '#src/format.ts';
import { withError, type Form } from '#src/http/forms.ts';
import { addressOf, chosenInWords, selectsOf, type Option } from '#src/http/list-filter.ts';
import { scopeInWords } from '#src/list-office.ts';
import type { ViolationFilter } from '#src/institution-rules/form.ts';
import { listTypes } from '#src/institution-rules/repository.ts';
import { ruleKinds, ruleNames } from '#src/institution-rules/rules.ts';

/** What `/pengaturan/pelanggaran` can be narrowed to. */

export type Choices = Record<'kelurahan' | 'jenis' | 'aturan', Option[]>;

export async function readChoices(tx: Transaction): Promise<Choices> {
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

export function refuseUnknown(
  form: Form<ViolationFilter>,
  choices: Choices,
): Form<ViolationFilter> {
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

export function filterOf(form: Form<unknown>, { kelurahan, jenis, aturan }: Choices) {
  const select = selectsOf(form);
  const selects = [
    ...(kelurahan.length > 1
      ? [select('kelurahan', 'Kelurahan', { all: 'Semua kelurahan', options: kelurahan })]
      : []),
    select('jenis', 'Jenis lembaga', { all: 'Semua jenis', options: jenis }),
    select('aturan', 'Aturan', { all: 'Semua aturan', options: aturan }),
  ];
  const isFiltered = selects.some(({ value }) => value !== '');
  return {
    selects,
    summary: chosenInWords(selects),
    ...(isFiltered && { clear: '/pengaturan/pelanggaran' }),
  };
}

/** "Kelurahan Sukoharjo, semua jenis, semua aturan": where there is no choice of place, the account's own. */
export const filterInWords = (
  form: Form<unknown>,
  choices: Choices,
  account: Pick<SignedInAccount, 'scopeName'>,
): string => {
  const { summary } = filterOf(form, choices);
  return choices.kelurahan.length > 1 ? summary : format.choices([scopeInWords(account), summary]);
};

/** The same list on another page or as a file. */
export const hrefOf = (path: string, values: Record<string, string>, page: number) =>
  addressOf(path, { ...values, halaman: String(page) }, [
    'kelurahan',
    'jenis',
    'aturan',
    'halaman',
  ]);
