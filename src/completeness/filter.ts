import type { Form } from '#src/http/forms.ts';
import { addressOf, labelOf, type Option, selectsOf, sortedHeads } from '#src/http/list-filter.ts';
import { type Choices, placeSelects } from '#src/institutions/choices.ts';
import { gapCodes, gapLabels, staleDays, type Cycle, type Order } from '#src/completeness/rules.ts';

/** What `/kelengkapan` can be narrowed to and sorted by, as its filter shows it and as its addresses say it. */

type Values = Form<unknown>['values'];
type Offered = { choices: Choices; cycle: Cycle | null; today: string };

export function filterOf(form: Form<unknown>, offered: Offered) {
  const { values } = form;
  return {
    selects: selectsFor(form, offered),
    hidden: values.urut ? [{ name: 'urut', value: values.urut }] : [],
    summary: filterInWords(values, offered.choices),
    clear: isFiltered(values) ? '/kelengkapan' : undefined,
  };
}

export const isFiltered = (values: Values) => filterNames.some((name) => values[name]);

const filterNames = ['jenis', 'kecamatan', 'kelurahan', 'celah', 'pernyataan', 'kemutakhiran'];

const otherChoices: Record<'celah' | 'pernyataan' | 'kemutakhiran', Option[]> = {
  celah: [
    { value: 'ada', label: 'Belum lengkap' },
    ...gapCodes.map((value) => ({ value, label: gapLabels[value] })),
  ],
  pernyataan: [
    { value: 'sudah', label: 'Dinyatakan' },
    { value: 'berubah', label: 'Berubah sejak dinyatakan' },
    { value: 'belum', label: 'Belum dinyatakan' },
  ],
  kemutakhiran: [{ value: 'lama', label: `Lebih dari ${staleDays} hari` }],
};

function selectsFor(form: Form<unknown>, { choices, cycle, today }: Offered) {
  const select = selectsOf(form);
  const { celah, pernyataan, kemutakhiran } = otherChoices;
  const states = pernyataan.map((state) =>
    state.value === 'belum' && cycle !== null && today > cycle.dueOn
      ? { ...state, label: 'Terlambat' }
      : state,
  );
  return [
    select('jenis', 'Jenis', { all: 'Semua jenis', options: choices.jenis }),
    ...placeSelects(form, choices),
    select('celah', 'Isian yang kosong', { all: 'Semua lembaga', options: celah }),
    ...(cycle
      ? [select('pernyataan', 'Pernyataan data', { all: 'Semua pernyataan', options: states })]
      : []),
    select('kemutakhiran', 'Kemutakhiran', { all: 'Semua kemutakhiran', options: kemutakhiran }),
  ];
}

/** "Rukun Tetangga, Kebonsari Wetan, NIK pengurus" */
export function filterInWords(values: Values, choices: Choices): string {
  const other = (name: keyof typeof otherChoices) => labelOf(otherChoices[name], values[name]);
  const words = [
    labelOf(choices.jenis, values.jenis) ?? 'Semua jenis',
    labelOf(choices.kecamatan, values.kecamatan),
    labelOf(choices.kelurahan, values.kelurahan) ?? 'semua kelurahan',
    other('celah'),
    other('pernyataan'),
    other('kemutakhiran'),
  ];
  return words.filter((word) => word !== undefined).join(', ');
}

export function headsFor(values: Values, order: Order) {
  const head = sortedHeads(order, (urut) => hrefOf(values, { urut, halaman: '' }));
  return {
    name: head('nama', 'Lembaga'),
    score: head('kelengkapan', 'Kelengkapan'),
    fresh: head('kemutakhiran', 'Kemutakhiran'),
  };
}

/** The same page with something changed. */
export const hrefOf = (values: Values, changed: Record<string, string>) =>
  addressOf('/kelengkapan', { ...values, ...changed });
