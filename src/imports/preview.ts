import type { Request, Response } from 'express';
import { can } from '#src/access.ts';
import { asActor } from '#src/database.ts';
import * as format from '#src/format.ts';
import { notFound } from '#src/http/errors.ts';
import { blankForm, type Form } from '#src/http/forms.ts';
import { actorOf, currentAccount, idFrom } from '#src/http/request.ts';
import type { filters, PreviewQuery } from '#src/imports/form.ts';
import { outcomes, type Outcome } from '#src/imports/judge.ts';
import { countKept, countOutcomes, listRows } from '#src/imports/rows.ts';
import { getBatch, type Batch } from '#src/imports/repository.ts';
import { shownRow } from '#src/imports/row-view.ts';
import { batchBadge, mayResume, workLabel } from '#src/imports/rules.ts';
import { isStalled } from '#src/imports/work.ts';

const rowsAPage = 50;

const outcomesOf: Record<(typeof filters)[number], Outcome[]> = {
  bermasalah: ['wrong'],
  baru: ['new'],
  berubah: ['changed'],
  sama: ['same'],
};

/** One address for the whole life of an import: its progress, its preview, and what became of it. */
export async function importPage(req: Request, res: Response, query: Form<PreviewQuery>) {
  if (!query.input) throw notFound();
  const { saring, halaman } = query.input;
  const model = await asActor(actorOf(req), async (tx) => {
    const batch = await getBatch(tx, idFrom(req));
    if (batch.work !== null || batch.status === 'uploaded')
      return { batch, counts: null, kept: 0, rows: [], decision: null };
    const counts = await countOutcomes(tx, batch.id);
    const rows = await listRows(tx, batch.id, {
      outcomes: saring ? outcomesOf[saring] : [...outcomes],
      skip: (halaman - 1) * rowsAPage,
      take: rowsAPage,
    });
    const decision = await tx.importDecision.findUnique({ where: { batchId: batch.id } });
    const kept = batch.status === 'withdrawn' ? await countKept(tx, batch.id) : 0;
    return { batch, counts, kept, rows, decision };
  });
  const { batch, counts } = model;
  const account = currentAccount(req);
  const mayWrite = can(account, 'import:write');
  const frame = {
    batch,
    form: blankForm({ version: batch.version }),
    badge: batchBadge(batch),
    mayWrite,
    mayResume: mayResume(account, batch),
    meta: metaOf(batch),
  };
  if (!counts) return res.renderPage('imports/progress', { ...frame, ...progressOf(batch) });
  const shown = saring
    ? outcomesOf[saring].reduce((sum, one) => sum + counts[one], 0)
    : batch.rowCount;
  const here = (page: number, filter = saring) =>
    `/impor/${batch.id}${[filter && `saring=${filter}`, page > 1 && `halaman=${page}`]
      .filter(Boolean)
      .map((part, index) => `${index ? '&' : '?'}${part}`)
      .join('')}`;
  res.renderPage('imports/preview', {
    ...frame,
    counts,
    decision: model.decision,
    kept: model.kept,
    ready: counts.new + counts.changed,
    saring,
    rows: model.rows.map((row) => shownRow(row, batch)),
    pageNumber: halaman,
    pageCount: Math.ceil(shown / rowsAPage),
    pageHref: (page: number) => here(page),
    tabs: tabsOf(batch, counts, saring),
    summary: `${format.number(shown)} baris`,
    mayDecide:
      can(account, 'roster-change:decide') &&
      batch.decision === 'waiting' &&
      batch.makerId !== account.id,
  });
}

const metaOf = (batch: Batch) => {
  const sheets = [...new Set(batch.columns.flatMap(({ letters }) => Object.keys(letters)))];
  return `${batch.fileName} · lembar ${sheets.map((name) => `“${name}”`).join(', ')} · diunggah ${batch.makerName}, ${format.moment(batch.createdAt)}`;
};

function progressOf(batch: Batch) {
  const percent = batch.workTotal === 0 ? 0 : Math.floor((batch.workDone * 100) / batch.workTotal);
  return {
    label: batch.work === null ? null : workLabel(batch.work),
    percent,
    stalled: isStalled(batch),
    lost: isStalled(batch) && batch.work === 'reading',
  };
}

function tabsOf(batch: Batch, counts: Record<Outcome, number>, saring: PreviewQuery['saring']) {
  const tabs: [string, PreviewQuery['saring'], number][] = [
    ['Semua', null, batch.rowCount],
    ['Hanya yang bermasalah', 'bermasalah', counts.wrong],
    ['Baru', 'baru', counts.new],
    ['Berubah', 'berubah', counts.changed],
    ['Sama', 'sama', counts.same],
  ];
  return tabs.map(([label, filter, count]) => ({
    label,
    href: `/impor/${batch.id}${filter ? `?saring=${filter}` : ''}`,
    count: format.number(count),
    ...(filter === saring ? { current: true as const } : {}),
  }));
}
