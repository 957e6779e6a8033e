import type { Form } from '#src/http/forms.ts';
import { addressOf, chosenInWords, type Option, selectsOf } from '#src/http/list-filter.ts';
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
const kept = ['daftar', ...filterNames, 'urut'] as const;

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
    summary: chosenInWords(selects),
    ...(isFiltered && { clear: hrefOf('/tindak-lanjut', { daftar }, 1) }),
  };
}

function selectsFor(form: Form<unknown>, { pelatihan, kelurahan }: Choices) {
  const select = selectsOf(form);
  return [
    select('status', 'Status', { all: 'Semua status', options: statuses }),
    select('pemilik', 'Penanggung jawab', { all: 'Semua pihak', options: owners }),
    select('pilar', 'Pilar', { all: 'Semua pilar', options: pillarOptions }),
    select('pelatihan', 'Pelatihan', { all: 'Semua pelatihan', options: pelatihan }),
    ...(kelurahan.length > 1 || form.values.kelurahan
      ? [select('kelurahan', 'Kelurahan', { all: 'Semua kelurahan', options: kelurahan })]
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

/** The same list otherwise sorted, on another page or as a file. */
export const hrefOf = (path: string, values: Record<string, string>, page: number) =>
  addressOf(path, { ...values, daftar: shownList(values), halaman: String(page) }, [
    ...kept,
    'halaman',
  ]);

/** The first list goes without saying. */
const shownList = ({ daftar }: Record<string, string>) => (daftar === 'semua' ? '' : daftar);
