import { can, type SignedInAccount } from '#src/access.ts';
import type { CompletenessFilter } from '#src/completeness/form.ts';
import { pageSize, type ListRow, type PlaceRow } from '#src/completeness/repository.ts';
import {
  attestationBadge,
  freshness,
  freshnessTone,
  gapCodes,
  gapLabels,
  gapsInWords,
  menders,
  staleDays,
  type Cycle,
  type GapCode,
  type Order,
} from '#src/completeness/rules.ts';
import * as format from '#src/format.ts';
import type { Form } from '#src/http/forms.ts';
import { scoreTone } from '#src/institutions/rules.ts';

/** What the page shows: figures of all that the filter finds, gaps by who mends them, places, and a page of rows. */

type Values = Form<unknown>['values'];
export type Choice = { kind: 'type' | 'kecamatan' | 'kelurahan'; code: string; name: string };
export type Found = { rows: ListRow[]; lines: PlaceRow[]; cycle: Cycle | null; choices: Choice[] };

export function pageOf(
  account: SignedInAccount,
  form: Form<CompletenessFilter>,
  { rows, lines, cycle, choices }: Found,
) {
  const { values } = form;
  const today = format.today();
  const page = form.input?.halaman ?? 1;
  const count = total(lines, (line) => line.institutions);
  const isFiltered = filterNames.some((name) => values[name]);
  return {
    form: {
      ...form,
      errors: Object.fromEntries(
        Object.entries(form.errors).map(([name, text]) => [`filter-${name}`, text]),
      ),
    },
    isOfficer: account.role === 'officer',
    isFiltered,
    filter: {
      selects: selectsFor(form, { choices, cycle, today }),
      hidden: values.urut ? [{ name: 'urut', value: values.urut }] : [],
      summary: filterInWords(values, choices),
      clear: isFiltered ? '/kelengkapan' : undefined,
    },
    workbookHref: hrefOf(values, { halaman: '' }).replace('/kelengkapan', '/kelengkapan.xlsx'),
    cycle: cycle && {
      name: cycle.name,
      due: format.date(cycle.dueOn),
      isOver: today > cycle.dueOn,
    },
    figures: figuresOf(lines, cycle, values),
    groups: menders.map((mender) => ({
      ...mender,
      gaps: mender.gaps.map((code) => gapLine(code, lines, values)),
    })),
    places: lines.length > 1 ? lines.map((line) => placeLine(line, values)) : [],
    placeHead: lines[0] && lines[0].code.length <= 8 ? 'Kecamatan' : 'Kelurahan',
    rows: rows.map((row) => shown(row, { account, cycle, today })),
    heads: headsFor(values, form.input?.urut ?? 'kelengkapan'),
    countText: `${format.number(count)} lembaga`,
    pageNumber: page,
    pageCount: Math.max(1, Math.ceil(count / pageSize)),
    range: `${format.number((page - 1) * pageSize + 1)}–${format.number((page - 1) * pageSize + rows.length)}`,
    pageHref: (number: number) => hrefOf(values, { halaman: number === 1 ? '' : String(number) }),
  };
}

const total = (lines: PlaceRow[], of: (line: PlaceRow) => number) =>
  lines.reduce((sum, line) => sum + of(line), 0);

/** Whole percent, rounded down so that 100% means all. */
const percentOf = (part: number, whole: number) =>
  whole === 0 ? 0 : Math.floor((part * 100) / whole);

function figuresOf(lines: PlaceRow[], cycle: Cycle | null, values: Values) {
  const [filled, expected] = [total(lines, (line) => line.filled), total(lines, (l) => l.expected)];
  const count = total(lines, (line) => line.institutions);
  const changed = total(lines, (line) => line.changed);
  const attested = total(lines, (line) => line.attested);
  const link = (change: Record<string, string>) => hrefOf(values, { halaman: '', ...change });
  return [
    {
      label: 'Kelengkapan data',
      value: `${percentOf(filled, expected)}%`,
      note: `${format.number(filled)} dari ${format.number(expected)} isian`,
    },
    {
      label: 'Belum lengkap',
      value: format.number(total(lines, (line) => line.incomplete)),
      href: link({ celah: 'ada' }),
      note: `dari ${format.number(count)} lembaga`,
    },
    {
      label: `Tidak dikonfirmasi ${staleDays} hari`,
      value: format.number(total(lines, (line) => line.stale)),
      href: link({ kemutakhiran: 'lama' }),
      note: 'tidak diubah atau dinyatakan',
    },
    ...(cycle
      ? [
          {
            label: 'Sudah dinyatakan',
            value: format.number(attested - changed),
            href: link({ pernyataan: 'sudah' }),
            note: `${format.number(count - attested)} belum`,
          },
          {
            label: 'Berubah sejak dinyatakan',
            value: format.number(changed),
            href: link({ pernyataan: 'berubah' }),
          },
        ]
      : []),
  ];
}

function gapLine(code: GapCode, lines: PlaceRow[], values: Values) {
  const having = total(lines, (line) => line.having[code]);
  const missing = total(lines, (line) => line.missing[code]);
  return {
    label: gapLabels[code],
    having: format.number(having),
    missing: format.number(missing),
    href: hrefOf(values, { celah: code, halaman: '' }),
  };
}

function placeLine(line: PlaceRow, values: Values) {
  const name = line.code.length <= 8 ? 'kecamatan' : 'kelurahan';
  const here = { [name]: line.code, halaman: '' };
  const percent = percentOf(line.filled, line.expected);
  return {
    name: line.name,
    href: hrefOf(values, here),
    percent,
    tone: scoreTone(percent),
    days: freshness(line.days),
    figures: [
      { label: 'Lembaga', text: format.number(line.institutions), href: hrefOf(values, here) },
      {
        label: 'Belum lengkap',
        text: format.number(line.incomplete),
        href: hrefOf(values, { ...here, celah: values.celah || 'ada' }),
      },
      {
        label: 'Dinyatakan',
        text: format.number(line.attested - line.changed),
        href: hrefOf(values, { ...here, pernyataan: values.pernyataan || 'sudah' }),
      },
      {
        label: 'Berubah sejak dinyatakan',
        text: format.number(line.changed),
        href: hrefOf(values, { ...here, pernyataan: 'berubah' }),
      },
    ],
  };
}

type About = { account: SignedInAccount; cycle: Cycle | null; today: string };

function shown(row: ListRow, { account, cycle, today }: About) {
  const attested = cycle !== null && row.state !== 'belum';
  return {
    id: row.id,
    name: row.name,
    kelurahanName: row.kelurahanName,
    percent: row.percent,
    tone: scoreTone(row.percent),
    missing: gapsInWords(row.gaps),
    fresh: freshness(row.days),
    freshTone: freshnessTone(row.days),
    badge: cycle && attestationBadge(row.state, cycle.dueOn, today),
    remindHref:
      can(account, 'institution:remind') && (row.percent < 100 || (cycle !== null && !attested))
        ? `/lembaga/${row.id}/pengingat`
        : null,
  };
}

const filterNames = ['jenis', 'kecamatan', 'kelurahan', 'celah', 'pernyataan', 'kemutakhiran'];

const otherChoices = {
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

function selectsFor(
  { values, errors }: Form<unknown>,
  { choices, cycle, today }: { choices: Choice[]; cycle: Cycle | null; today: string },
) {
  const of = (kind: Choice['kind']) =>
    choices
      .filter((one) => one.kind === kind)
      .map(({ code, name }) => ({ value: code, label: name }));
  const select = (
    name: string,
    label: string,
    all: string,
    options: { value: string; label: string }[],
  ) => ({
    name,
    label,
    value: values[name] ?? '',
    error: errors[name],
    options: [{ value: '', label: all }, ...options],
  });
  const [kecamatan, kelurahan] = [of('kecamatan'), of('kelurahan')];
  const states = otherChoices.pernyataan.map((state) =>
    state.value === 'belum' && cycle !== null && today > cycle.dueOn
      ? { ...state, label: 'Terlambat' }
      : state,
  );
  return [
    select('jenis', 'Jenis', 'Semua jenis', of('type')),
    ...(kecamatan.length > 1
      ? [select('kecamatan', 'Kecamatan', 'Semua kecamatan', kecamatan)]
      : []),
    ...(kelurahan.length > 1
      ? [select('kelurahan', 'Kelurahan', 'Semua kelurahan', kelurahan)]
      : []),
    select('celah', 'Isian yang kosong', 'Semua lembaga', otherChoices.celah),
    ...(cycle ? [select('pernyataan', 'Pernyataan data', 'Semua pernyataan', states)] : []),
    select('kemutakhiran', 'Kemutakhiran', 'Semua kemutakhiran', otherChoices.kemutakhiran),
  ];
}

/** "Rukun Tetangga, Kebonsari Wetan, NIK pengurus" */
export function filterInWords(values: Values, choices: Choice[]): string {
  const named = (kind: Choice['kind'], code?: string) =>
    choices.find((choice) => choice.kind === kind && choice.code === code)?.name;
  const other = (name: keyof typeof otherChoices) =>
    otherChoices[name].find(({ value }) => value === values[name])?.label;
  const words = [
    named('type', values.jenis) ?? 'Semua jenis',
    named('kecamatan', values.kecamatan),
    named('kelurahan', values.kelurahan) ?? 'semua kelurahan',
    other('celah'),
    other('pernyataan'),
    other('kemutakhiran'),
  ];
  return words.filter((word) => word !== undefined).join(', ');
}

function headsFor(values: Values, order: Order) {
  const head = (name: Order, label: string) => ({
    label,
    direction: order === name ? 'ascending' : order === `-${name}` ? 'descending' : null,
    href: hrefOf(values, { urut: order === name ? `-${name}` : name, halaman: '' }),
  });
  return {
    name: head('nama', 'Lembaga'),
    score: head('kelengkapan', 'Kelengkapan'),
    fresh: head('kemutakhiran', 'Kemutakhiran'),
  };
}

/** The same page with something changed; empty values stay out of the address. */
function hrefOf(values: Values, changed: Record<string, string>): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries({ ...values, ...changed }))
    if (value) query.set(name, value);
  return query.size === 0 ? '/kelengkapan' : `/kelengkapan?${query}`;
}
