import type { Request, Response } from 'express';
import { asActor } from '#src/database.ts';
import type { ListQuery } from '#src/duplicates/form.ts';
import { pairsOf, type Pair } from '#src/duplicates/lists.ts';
import { duplicateList } from '#src/duplicates/pages.ts';
import { countedAtMost } from '#src/duplicates/suspicions.ts';
import * as format from '#src/format.ts';
import type { Form } from '#src/http/forms.ts';
import { actorOf, currentAccount } from '#src/http/request.ts';
import { listFiles, type ListColumn } from '#src/list-files.ts';
import { scopeInWords } from '#src/list-office.ts';

export const duplicateFiles = listFiles(readPairs);

/** One of the three lists of pairs; null once a refused query was answered. */
async function readPairs(req: Request, res: Response, form: Form<ListQuery>) {
  if (!form.input) {
    await duplicateList(req, res, form);
    return null;
  }
  const { daftar: list = 'dugaan' } = form.input;
  const { count, rows } = await asActor(actorOf(req), (tx) =>
    pairsOf[list](tx, { skip: 0, take: countedAtMost }),
  );
  const { audited, title, label } = said[list];
  return {
    name: 'Data ganda',
    title,
    audited,
    asOf: format.today(),
    filter: `${scopeInWords(currentAccount(req))}, ${label}`,
    count:
      count > rows.length
        ? `${format.number(rows.length)} pasangan pertama. Satu berkas memuat paling banyak ${format.number(countedAtMost)} pasangan`
        : `${format.number(count)} pasangan`,
    columns: columnsOf[list],
    rows,
  };
}

const said = {
  dugaan: {
    audited: 'person_suspicions',
    title: 'Daftar dugaan data ganda',
    label: 'dugaan yang belum diputuskan',
  },
  berbeda: {
    audited: 'person_duplicates',
    title: 'Daftar pasangan yang bukan orang yang sama',
    label: 'yang dinyatakan bukan orang yang sama',
  },
  digabung: {
    audited: 'person_merges',
    title: 'Daftar data orang yang digabung',
    label: 'yang digabung',
  },
} as const;

const pairColumns = (own: string, other: string, note: string): ListColumn<Pair>[] => [
  { label: own, width: 34, paper: 22, of: (pair) => pair.own.name },
  { label: `Jabatan ${own.toLowerCase()}`, width: 50, paper: 28, of: (pair) => pair.own.office },
  { label: other, width: 34, paper: 22, of: (pair) => pair.other.name },
  {
    label: `Jabatan ${other.toLowerCase()}`,
    width: 50,
    paper: 28,
    of: (pair) => pair.other.office,
  },
  { label: note, width: 46, paper: 28, of: (pair) => pair.note },
];

const columnsOf: Record<keyof typeof said, ListColumn<Pair>[]> = {
  dugaan: pairColumns('Orang pertama', 'Orang kedua', 'Alasan'),
  berbeda: pairColumns('Orang pertama', 'Orang kedua', 'Dinyatakan oleh'),
  digabung: [
    ...pairColumns('Orang yang dipertahankan', 'Orang yang digabungkan', 'Digabung oleh'),
    { label: 'Dibatalkan oleh', width: 46, paper: 24, of: ({ undone }) => undone ?? null },
  ],
};
