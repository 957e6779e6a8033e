import type { Request, Response } from 'express';
import { city } from '#src/city.ts';
import type { ShareQuery } from '#src/duties/form.ts';
import { shareOf } from '#src/duties/rules.ts';
import { levelNames, placeName, readShares, sharePage, totalOf } from '#src/duties/share-pages.ts';
import type { ShareFigures } from '#src/duties/standing.ts';
import * as format from '#src/format.ts';
import type { Form } from '#src/http/forms.ts';
import { listFiles, type ListColumn } from '#src/list-files.ts';

export const shareFiles = listFiles(readList);

/** The share of officers who have confirmed, with the sum below; null once a refused query was answered. */
async function readList(req: Request, res: Response, form: Form<ShareQuery>) {
  if (!form.input) {
    await sharePage(req, res, form);
    return null;
  }
  const { own, level, figures } = await readShares(req, form);
  const filter = own ? placeName(own) : city().name;
  return {
    name: 'Konfirmasi tugas',
    title: `Konfirmasi uraian tugas pengurus, ${filter}`,
    audited: 'duty_confirmations',
    asOf: format.today(),
    filter,
    place: form.input,
    count: `${format.number(figures.length)} baris dan jumlahnya`,
    columns: columnsFor(levelNames[level]),
    rows: figures,
    total: totalOf(figures),
  };
}

const columnsFor = (head: string): ListColumn<ShareFigures>[] => [
  { label: head, width: 34, paper: 30, of: ({ placeName: name }) => name },
  amount('Pengurus', ({ officers }) => officers),
  amount('Sudah mengonfirmasi', ({ confirmed }) => confirmed),
  amount('Diminta lagi', ({ again }) => again),
  amount('Belum', ({ never }) => never),
  amount('Bagian (%)', shareOf),
];

const amount = (label: string, of: ListColumn<ShareFigures>['of']): ListColumn<ShareFigures> => ({
  label,
  width: 20,
  paper: 14,
  kind: 'number',
  of,
});
