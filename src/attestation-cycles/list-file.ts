import type { Request, Response } from 'express';
import { cycleList } from '#src/attestation-cycles/pages.ts';
import { listCycles, type CycleRow } from '#src/attestation-cycles/repository.ts';
import { cycleBadge } from '#src/attestation-cycles/rules.ts';
import { readAs } from '#src/database.ts';
import * as format from '#src/format.ts';
import type { Form } from '#src/http/forms.ts';
import { actorOf } from '#src/http/request.ts';
import { listFiles, type ListColumn } from '#src/list-files.ts';
import { countInWords } from '#src/spreadsheets.ts';

export const cycleFiles = listFiles(readCycles);

/** Every cycle; null once a refused query was answered. */
async function readCycles(req: Request, res: Response, form: Form<unknown>) {
  if (!form.input) {
    await cycleList(req, res.status(422));
    return null;
  }
  const today = format.today();
  const [rows] = await readAs(actorOf(req), listCycles());
  return {
    name: 'Masa pernyataan',
    title: 'Daftar masa pernyataan data lembaga',
    audited: 'attestation_cycles',
    asOf: today,
    filter: 'Semua masa pernyataan',
    count: countInWords(rows.length, 'masa pernyataan'),
    columns: columnsOn(today),
    rows,
  };
}

const columnsOn = (today: string): ListColumn<CycleRow>[] => [
  { label: 'Nama', width: 30, paper: 34, of: ({ name }) => name },
  { label: 'Hari pertama', width: 14, paper: 15, kind: 'date', of: ({ startsOn }) => startsOn },
  { label: 'Hari terakhir', width: 14, paper: 15, kind: 'date', of: ({ dueOn }) => dueOn },
  { label: 'Keadaan', width: 18, paper: 16, of: (cycle) => cycleBadge(cycle, today).label },
  {
    label: 'Lembaga yang menyatakan',
    width: 26,
    paper: 20,
    kind: 'number',
    of: ({ attested }) => attested,
  },
];
