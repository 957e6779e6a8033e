import { z } from 'zod';
import { statement } from '#src/database.ts';
import { withError, type Form } from '#src/http/forms.ts';
import { type Option, selectsOf } from '#src/http/list-filter.ts';

/** The types and places to which lists of institutions and of their officers can be narrowed. */

const kinds = ['jenis', 'kecamatan', 'kelurahan'] as const;
type Kind = (typeof kinds)[number];
export type Choices = Record<Kind, Option[]>;

const choiceRow = z.strictObject({ kind: z.enum(kinds), code: z.string(), name: z.string() });

/** Types, kecamatan that the actor sees anything of, and kelurahan in scope: of a large regency the first 500, and the chosen one. */
export const filterChoices = statement<[kelurahan: string | null]>()(
  'filter_choices',
  choiceRow,
  `SELECT 'jenis' AS kind, code, name FROM (SELECT code, name FROM institution_types ORDER BY sort_order) y
   UNION ALL
   SELECT 'kecamatan', code, name FROM (
     SELECT c.code, c.name FROM kecamatan c WHERE EXISTS (SELECT FROM kelurahan k WHERE k.kecamatan_id = c.id) ORDER BY c.name) c
   UNION ALL
   SELECT 'kelurahan', code, name FROM (
     SELECT code, name FROM (SELECT code, name FROM kelurahan ORDER BY name LIMIT 500) first
     UNION SELECT code, name FROM kelurahan WHERE code = $1 ORDER BY name) k`,
);

export function choicesFrom(rows: readonly z.output<typeof choiceRow>[]): Choices {
  const choices: Choices = { jenis: [], kecamatan: [], kelurahan: [] };
  for (const { kind, code, name } of rows) choices[kind].push({ value: code, label: name });
  return choices;
}

/** A code of the right shape that is not offered: outside the scope, or of another city. */
export const unknownChoice = (asked: Partial<Record<Kind, string | null>>, choices: Choices) =>
  kinds.find((kind) => asked[kind] && !choices[kind].some(({ value }) => value === asked[kind]));

export function refuseUnknown<Input>(
  form: Form<Input>,
  choices: Choices,
  typeWord: 'jenis' | 'jenis lembaga',
): Form<Input> {
  const unknown = unknownChoice(form.values, choices);
  if (!unknown) return form;
  return withError(form, unknown, `Pilih ${unknown === 'jenis' ? typeWord : unknown} dari daftar`);
}

/** Nobody chooses from one place. */
export function placeSelects(form: Form<unknown>, { kecamatan, kelurahan }: Choices) {
  const select = selectsOf(form);
  return [
    ...(kecamatan.length > 1
      ? [select('kecamatan', 'Kecamatan', { all: 'Semua kecamatan', options: kecamatan })]
      : []),
    ...(kelurahan.length > 1
      ? [select('kelurahan', 'Kelurahan', { all: 'Semua kelurahan', options: kelurahan })]
      : []),
  ];
}
