import { withError, type Form } from '#src/http/forms.ts';
import { addressOf, chosenInWords, selectsOf } from '#src/http/list-filter.ts';
import type { TrainingQuery } from '#src/trainings/form.ts';
import {
  listLabels,
  pillars,
  statusBadges,
  statusesOf,
  statusOfSlug,
  statusSlugs,
  type TrainingList,
} from '#src/trainings/rules.ts';

/** What `/pelatihan` can be narrowed to, as its filter shows it and as its addresses say it. */

export type Choices = { years: string[]; organisers: string[] };

export const filterNames = ['status', 'tahun', 'penyelenggara', 'pilar'] as const;

export function choicesFrom(rows: { organiserName: string; year: number | null }[]): Choices {
  const years = new Set(rows.flatMap(({ year }) => (year === null ? [] : [String(year)])));
  const organisers = new Set(rows.map(({ organiserName }) => organiserName));
  return { years: [...years].toSorted().toReversed(), organisers: [...organisers] };
}

/** What is not offered: outside the scope, or not in this list. */
export function refuseUnknown(form: Form<TrainingQuery>, choices: Choices): Form<TrainingQuery> {
  const { input } = form;
  if (!input) return form;
  const { daftar = 'mendatang', status, tahun, penyelenggara } = input;
  if (status !== null && !statusesOf[daftar].includes(statusOfSlug[status]))
    return withError(form, 'status', 'Pilih status dari daftar');
  if (tahun !== null && !choices.years.includes(String(tahun)))
    return withError(form, 'tahun', 'Pilih tahun dari daftar');
  return penyelenggara !== null && !choices.organisers.includes(penyelenggara)
    ? withError(form, 'penyelenggara', 'Pilih penyelenggara dari daftar')
    : form;
}

/** "Selesai, 2025, Kecamatan Kanigaran" */
export function filterInWords(form: Form<TrainingQuery>, choices: Choices): string {
  const chosen = selectsFor(form, choices).flatMap(({ value, options }) =>
    value ? (options.find((option) => option.value === value)?.label ?? []) : [],
  );
  return [listLabels[form.input?.daftar ?? 'mendatang'], ...chosen].join(', ');
}

export function filterOf(form: Form<TrainingQuery>, choices: Choices) {
  const selects = selectsFor(form, choices);
  const { daftar = '' } = form.values;
  return {
    action: '/pelatihan',
    hidden: daftar ? [{ name: 'daftar', value: daftar }] : [],
    selects,
    summary: chosenInWords(selects),
    ...(isFiltered(form) && { clear: hrefOf('/pelatihan', { daftar }, 1) }),
  };
}

export const isFiltered = ({ values }: Form<unknown>) => filterNames.some((name) => values[name]);

function selectsFor(form: Form<TrainingQuery>, { years, organisers }: Choices) {
  const select = selectsOf(form);
  const statuses = statusOptions(form.input?.daftar ?? 'mendatang');
  return [
    select('status', 'Status', { all: 'Semua status', options: statuses }),
    select('tahun', 'Tahun', { all: 'Semua tahun', options: plain(years) }),
    select('penyelenggara', 'Penyelenggara', {
      all: 'Semua penyelenggara',
      options: plain(organisers),
    }),
    select('pilar', 'Pilar', { all: 'Semua pilar', options: pillarOptions }),
  ];
}

const plain = (words: string[]) => words.map((value) => ({ value, label: value }));
const statusOptions = (list: TrainingList) =>
  statusSlugs
    .filter((slug) => statusesOf[list].includes(statusOfSlug[slug]))
    .map((value) => ({ value, label: statusBadges[statusOfSlug[value]].label }));
const pillarOptions = Object.entries(pillars).map(([value, label]) => ({
  value,
  label: `Pilar ${label}`,
}));

/** The same list on another page or as a file. */
export const hrefOf = (path: string, values: Record<string, string>, page: number) =>
  addressOf(path, { ...values, daftar: shownList(values), halaman: String(page) }, [
    'daftar',
    ...filterNames,
    'halaman',
  ]);

/** The first list goes without saying. */
const shownList = ({ daftar }: Record<string, string>) => (daftar === 'mendatang' ? '' : daftar);
