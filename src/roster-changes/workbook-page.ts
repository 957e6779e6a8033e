import type { Request, Response } from 'express';
import type { z } from 'zod';
import { asActor } from '#src/database.ts';
import * as format from '#src/format.ts';
import type { Form } from '#src/http/forms.ts';
import { actorOf, currentAccount } from '#src/http/request.ts';
import { roleLabel } from '#src/navigation.ts';
import type { queueQuery } from '#src/roster-changes/form.ts';
import { changeQueue } from '#src/roster-changes/pages.ts';
import { listChanges } from '#src/roster-changes/queue.ts';
import { statusBadge } from '#src/roster-changes/rules.ts';
import {
  buildWorkbook,
  countInWords,
  exportedAtMost,
  sendWorkbook,
  type Sheet,
} from '#src/spreadsheets.ts';

/** The queue of proposals with its filter as a file. */
export async function changeWorkbook(
  req: Request,
  res: Response,
  query: Form<z.output<typeof queueQuery>>,
) {
  if (!query.input) return changeQueue(req, res, query);

  const { status } = query.input;
  const account = currentAccount(req);
  const filter = `${account.scopeName}, ${status === null ? 'Semua status' : statusBadge[status].label}`;
  const { changes, total } = await asActor(actorOf(req), async (tx) => {
    const listed = await listChanges(tx, {
      makerId: account.id,
      status,
      skip: 0,
      take: exportedAtMost,
    });
    const details = { filter, rows: listed.changes.length };
    await tx.$executeRaw`SELECT audit.record('export', 'roster_changes', NULL, NULL, ${details}::jsonb)`;
    return listed;
  });
  const today = format.today();
  const about = {
    filter,
    exporter: `${account.displayName}, ${roleLabel(account)}`,
    count: countInWords(total, 'usulan'),
  };
  sendWorkbook(res, `usulan-${today}`, await buildWorkbook(sheetOf(changes, { today, about })));
}

type Listed = Awaited<ReturnType<typeof listChanges>>['changes'];

const sheetOf = (
  changes: Listed,
  { today, about }: { today: string; about: Sheet['about'] },
): Sheet => ({
  name: 'Usulan',
  title: 'Daftar usulan perubahan pengurus',
  asOf: today,
  about,
  columns: [
    { label: 'Nomor usulan', width: 18 },
    { label: 'Lembaga', width: 30 },
    { label: 'Kelurahan', width: 20 },
    { label: 'Usulan', width: 36 },
    { label: 'Status', width: 22 },
    { label: 'Diajukan oleh', width: 30 },
    { label: 'Dikirim', width: 34 },
    { label: 'Berlaku mulai', width: 16, date: true },
  ],
  rows: changes.map((change) => [
    change.number,
    change.institution.name,
    change.institution.kelurahan.name,
    change.title,
    statusBadge[change.status].label,
    change.makerName,
    change.submittedAt ? format.moment(change.submittedAt) : null,
    change.effectiveOn && format.isoDate(change.effectiveOn),
  ]),
});
