import type { Request, Response } from 'express';
import type { z } from 'zod';
import { asActor } from '#src/database.ts';
import * as format from '#src/format.ts';
import type { Form } from '#src/http/forms.ts';
import { actorOf, currentAccount } from '#src/http/request.ts';
import { listFiles, type ListColumn } from '#src/list-files.ts';
import { scopeInWords } from '#src/list-office.ts';
import type { queueQuery } from '#src/roster-changes/form.ts';
import { changeQueue } from '#src/roster-changes/pages.ts';
import { listChanges } from '#src/roster-changes/queue.ts';
import { statusBadge } from '#src/roster-changes/rules.ts';
import { countInWords, exportedAtMost } from '#src/spreadsheets.ts';

export const changeFiles = listFiles(readChanges);

/** The queue of proposals with its filter; null once a refused filter was answered. */
async function readChanges(req: Request, res: Response, form: Form<z.output<typeof queueQuery>>) {
  if (!form.input) {
    await changeQueue(req, res, form);
    return null;
  }
  const { status } = form.input;
  const account = currentAccount(req);
  const { changes, total } = await asActor(actorOf(req), (tx) =>
    listChanges(tx, { makerId: account.id, status, skip: 0, take: exportedAtMost }),
  );
  return {
    name: 'Usulan',
    title: 'Daftar usulan perubahan pengurus',
    audited: 'roster_changes',
    asOf: format.today(),
    filter: format.choices([
      scopeInWords(account),
      status === null ? 'Semua status' : statusBadge[status].label,
    ]),
    count: countInWords(total, 'usulan'),
    columns,
    rows: changes,
  };
}

type Row = Awaited<ReturnType<typeof listChanges>>['changes'][number];

const columns: ListColumn<Row>[] = [
  { label: 'Nomor usulan', width: 18, paper: 14, of: ({ number }) => number },
  { label: 'Lembaga', width: 30, paper: 22, of: ({ institution }) => institution.name },
  {
    label: 'Kelurahan',
    width: 20,
    paper: 16,
    of: ({ institution }) => institution.kelurahan.name,
  },
  { label: 'Usulan', width: 36, paper: 26, of: ({ title }) => title },
  { label: 'Status', width: 22, paper: 16, of: ({ status }) => statusBadge[status].label },
  { label: 'Diajukan oleh', width: 30, paper: 20, of: ({ makerName }) => makerName },
  {
    label: 'Dikirim',
    width: 34,
    paper: 22,
    of: ({ submittedAt }) => submittedAt && format.moment(submittedAt),
  },
  {
    label: 'Berlaku mulai',
    width: 16,
    paper: 12,
    kind: 'date',
    of: ({ effectiveOn }) => effectiveOn && format.isoDate(effectiveOn),
  },
];
