import * as format from '#src/format.ts';
import { scoreTone } from '#src/institutions/rules.ts';
import { type Figures, completeness } from '#src/reports/rules.ts';

/** The columns of a recap and its rows, each figure leading to the list that it counts. */

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
    label: 'SK\u00a0habis ≤\u00a090\u00a0hari',
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

export type Column = {
  label: string;
  valueOf: (row: Figures) => number;
  list: List;
  query: string;
};

type List = '/lembaga' | '/pengurus';

/** One row of a recap; `query` narrows the lists to it, such as `kelurahan=35.74.04.1002`. */
export type RecapLine = { name: string; href: string | null; query: string; figures: Figures };

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

export const listHref = (list: List, ...queries: string[]) => {
  const query = queries.filter((part) => part !== '').join('&');
  return query === '' ? list : `${list}?${query}`;
};
