import * as format from '#src/format.ts';

/** What a recap counts; `ending` is a part of `valid` (the next 90 days), women a part of officers. */
export type Figures = {
  institutions: number;
  officers: number;
  women: number;
  valid: number;
  ending: number;
  ended: number;
  withoutDecree: number;
  vacantChairs: number;
  filled: number;
  expected: number;
};

const none: Figures = {
  institutions: 0,
  officers: 0,
  women: 0,
  valid: 0,
  ending: 0,
  ended: 0,
  withoutDecree: 0,
  vacantChairs: 0,
  filled: 0,
  expected: 0,
};

export function sum(rows: readonly Figures[]): Figures {
  const total = { ...none };
  for (const row of rows) {
    total.institutions += row.institutions;
    total.officers += row.officers;
    total.women += row.women;
    total.valid += row.valid;
    total.ending += row.ending;
    total.ended += row.ended;
    total.withoutDecree += row.withoutDecree;
    total.vacantChairs += row.vacantChairs;
    total.filled += row.filled;
    total.expected += row.expected;
  }
  return total;
}

/** The sums of rows that share a key, such as the kelurahan or the type. */
export function sumBy<Row extends Figures>(
  rows: readonly Row[],
  keyOf: (row: Row) => number,
): Map<number, Figures> {
  const groups = Map.groupBy(rows, keyOf);
  return new Map([...groups].map(([key, group]) => [key, sum(group)]));
}

/** Whole percent, rounded down so that 100% means all; null of nothing. */
export const percentOf = (part: number, whole: number): number | null =>
  whole === 0 ? null : Math.floor((part * 100) / whole);

export const completeness = ({ filled, expected }: Figures) => percentOf(filled, expected);

/** From where on a completeness is low or very low; the same limits as on the list of institutions. */
export const scoreTone = (percent: number | null): 'bad' | 'warn' | undefined => {
  if (percent === null || percent >= 75) return undefined;
  return percent < 60 ? 'bad' : 'warn';
};

export type Column = {
  label: string;
  valueOf: (row: Figures) => number;
  list: List;
  query: string;
};
type List = '/lembaga' | '/pengurus';

/** The columns of every recap and the list that each figure counts. */
export const columns: readonly Column[] = [
  { label: 'Lembaga', valueOf: (row) => row.institutions, list: '/lembaga', query: '' },
  { label: 'Pengurus', valueOf: (row) => row.officers, list: '/pengurus', query: '' },
  { label: 'Perempuan', valueOf: (row) => row.women, list: '/pengurus', query: 'jenis-kelamin=p' },
  {
    label: 'Laki-laki',
    valueOf: (row) => row.officers - row.women,
    list: '/pengurus',
    query: 'jenis-kelamin=l',
  },
  {
    label: 'SK berlaku',
    valueOf: (row) => row.valid,
    list: '/lembaga',
    query: 'status=sk-berlaku',
  },
  {
    label: '≤\u00a090 hari',
    valueOf: (row) => row.ending,
    list: '/lembaga',
    query: 'status=sk-segera',
  },
  {
    label: 'SK berakhir',
    valueOf: (row) => row.ended,
    list: '/lembaga',
    query: 'status=sk-berakhir',
  },
  {
    label: 'Belum ada\u00a0SK',
    valueOf: (row) => row.withoutDecree,
    list: '/lembaga',
    query: 'status=belum-ada-sk',
  },
  {
    label: 'Ketua kosong',
    valueOf: (row) => row.vacantChairs,
    list: '/lembaga',
    query: 'status=ketua-kosong',
  },
];

/** One row of a recap; `query` narrows the lists to it, such as `kelurahan=35.74.04.1002`. */
export type RecapLine = { name: string; href: string | null; query: string; figures: Figures };

export const listHref = (list: List, ...queries: string[]) => {
  const query = queries.filter((part) => part !== '').join('&');
  return query === '' ? list : `${list}?${query}`;
};

export function shownLine({ name, href, query, figures }: RecapLine) {
  const percent = completeness(figures);
  return {
    name,
    href,
    cells: columns.map((column) => ({
      text: format.number(column.valueOf(figures)),
      href: listHref(column.list, query, column.query),
    })),
    percent: percent ?? 0,
    percentText: percent === null ? '–' : `${percent}%`,
    tone: scoreTone(percent),
  };
}

export type Finding = { subject: string; href: string; text: string };

/**
 * The places that ask most for attention, weightiest first. An institution whose decree has ended or whose chair is
 * empty cannot act lawfully and weighs most; one without any decree less, one that ends soon least; a low completeness
 * adds its missing points to 75. A place without any institution comes last.
 */
export function findings(lines: readonly RecapLine[], most = 3): Finding[] {
  return lines
    .map((line) => ({ line, weight: weightOf(line.figures) }))
    .filter(({ weight }) => weight > 0)
    .toSorted((a, b) => b.weight - a.weight || a.line.name.localeCompare(b.line.name, 'id'))
    .slice(0, most)
    .map(({ line }) => ({
      subject: line.name,
      href: line.href ?? listHref('/lembaga', line.query),
      text: `${inWords(line.figures)}.`,
    }));
}

const weightOf = (row: Figures) =>
  3 * row.ended +
  3 * row.vacantChairs +
  2 * row.withoutDecree +
  row.ending +
  Math.max(0, 75 - (completeness(row) ?? 74));

function inWords(row: Figures): string {
  const { institutions, ended, ending, withoutDecree, vacantChairs } = row;
  if (institutions === 0) return 'belum ada lembaga tercatat';
  const percent = completeness(row);
  const parts = [
    ended > 0 && `${format.number(ended)} SK sudah berakhir`,
    ending > 0 && `${format.number(ending)} SK berakhir dalam 90 hari`,
    withoutDecree > 0 && `${format.number(withoutDecree)} belum ada SK`,
    vacantChairs > 0 && `${format.number(vacantChairs)} kursi ketua kosong`,
    percent !== null && percent < 75 && `kelengkapan data ${percent}%`,
  ];
  return listed(parts.filter((part) => part !== false));
}

/** "a", "a dan b", "a, b, dan c" */
const sentenceList = new Intl.ListFormat('id-ID', { type: 'conjunction' });
const listed = (parts: string[]) => sentenceList.format(parts);

/** The four figures above a recap; `query` narrows their lists to the place. */
export function keyFigures(total: Figures, query: string) {
  const { institutions, officers, women, valid, ending, ended, withoutDecree, vacantChairs } =
    total;
  const womenShare = percentOf(women, officers);
  const validShare = percentOf(valid, institutions);
  const toRenew = ended + withoutDecree;
  const percent = completeness(total);
  return [
    {
      label: 'Lembaga tercatat',
      value: format.number(institutions),
      href: listHref('/lembaga', query),
      ...noted(vacantChairs > 0 && `${format.number(vacantChairs)} kursi ketua kosong`, 'bad'),
    },
    {
      label: 'Pengurus menjabat',
      value: format.number(officers),
      href: listHref('/pengurus', query),
      ...noted(womenShare !== null && `${womenShare}% perempuan`),
    },
    {
      label: 'SK berlaku',
      value: validShare === null ? '–' : `${validShare}%`,
      href: listHref('/lembaga', query, 'status=sk-berlaku'),
      ...noted(
        toRenew > 0
          ? `${format.number(toRenew)} perlu SK baru`
          : ending > 0 && `${format.number(ending)} berakhir dalam 90 hari`,
        'warn',
      ),
    },
    {
      label: 'Kelengkapan data',
      value: percent === null ? '–' : `${percent}%`,
      ...noted(
        percent !== null &&
          `${format.number(total.filled)} dari ${format.number(total.expected)} isian`,
      ),
    },
  ];
}

const noted = (note: string | false, tone?: 'warn' | 'bad') =>
  note === false ? {} : { note, ...(tone && { tone }) };
