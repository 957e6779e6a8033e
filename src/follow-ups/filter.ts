import type { Form } from '#src/http/forms.ts';
import {
  listLabels,
  ownerOfSlug,
  ownerSlugs,
  statusOfSlug,
  statusSlugs,
} from '#src/follow-ups/choices.ts';
import type { FollowUpQuery } from '#src/follow-ups/form.ts';
import { ownerKindLabels, statusBadges } from '#src/follow-ups/rules.ts';
import { pillars } from '#src/trainings/rules.ts';

/** What `/tindak-lanjut` can be narrowed to, as its filter shows it and as its addresses say it. */

type Option = { value: string; label: string };
export type Choices = { pelatihan: Option[]; kelurahan: Option[] };

/** The filter in words: "Terlambat, Kelurahan, Pilar Bersih". */
export function filterInWords(form: Form<FollowUpQuery>, choices: Choices): string {
  const chosen = selectsFor(form, choices).flatMap(({ value, options }) =>
    value ? (options.find((option) => option.value === value)?.label ?? []) : [],
  );
  return [listLabels[form.input?.daftar ?? 'semua'], ...chosen].join(', ');
}

export const filterNames = ['status', 'pemilik', 'pilar', 'pelatihan', 'kelurahan'] as const;
/** What an address carries. */
export const kept = ['daftar', ...filterNames, 'urut'] as const;

export function filterOf(form: Form<FollowUpQuery>, choices: Choices, isFiltered: boolean) {
  const { daftar = '', urut = '' } = form.values;
  const selects = selectsFor(form, choices);
  return {
    action: '/tindak-lanjut',
    hidden: [
      ...(daftar ? [{ name: 'daftar', value: daftar }] : []),
      ...(urut ? [{ name: 'urut', value: urut }] : []),
    ],
    selects,
    summary: selects
      .map(({ value, options }) => options.find((option) => option.value === value)?.label ?? '')
      .join(', '),
    ...(isFiltered && { clear: hrefOf('/tindak-lanjut', { daftar }, 1) }),
  };
}

function selectsFor({ values, errors }: Form<unknown>, choices: Choices) {
  const select = (name: string, label: string, all: string, options: Option[]) => ({
    name,
    label,
    value: values[name] ?? '',
    error: errors[name],
    options: [{ value: '', label: all }, ...options],
  });
  return [
    select('status', 'Status', 'Semua status', statuses),
    select('pemilik', 'Penanggung jawab', 'Semua pihak', owners),
    select('pilar', 'Pilar', 'Semua pilar', pillarOptions),
    select('pelatihan', 'Pelatihan', 'Semua pelatihan', choices.pelatihan),
    ...(choices.kelurahan.length > 1 || values.kelurahan
      ? [select('kelurahan', 'Kelurahan', 'Semua kelurahan', choices.kelurahan)]
      : []),
  ];
}

const statuses = statusSlugs.map((value) => ({
  value,
  label: statusBadges[statusOfSlug[value]].label,
}));
const owners = ownerSlugs.map((value) => ({ value, label: ownerKindLabels[ownerOfSlug[value]] }));
const pillarOptions = Object.entries(pillars).map(([value, label]) => ({
  value,
  label: `Pilar ${label}`,
}));

/** The same list otherwise sorted, on another page or as a file; empty values stay out of the address. */
export function hrefOf(path: string, values: Record<string, string>, page: number): string {
  const query = new URLSearchParams();
  for (const name of kept)
    if (values[name] && values[name] !== 'semua') query.set(name, values[name]);
  if (page > 1) query.set('halaman', String(page));
  return query.size === 0 ? path : `${path}?${query}`;
}
