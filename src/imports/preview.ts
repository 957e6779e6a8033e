import { randomUUID } from 'node:crypto';
import type { Request, Response } from 'express';
import { can } from '#src/access.ts';
import { asActor } from '#src/database.ts';
import * as format from '#src/format.ts';
import { notFound } from '#src/http/errors.ts';
import { blankForm, type Form } from '#src/http/forms.ts';
import { actorOf, currentAccount, idFrom } from '#src/http/request.ts';
import type { filters, PreviewQuery } from '#src/imports/form.ts';
import { outcomes, type Outcome, type PlanKind } from '#src/imports/judge.ts';
import type { Problem } from '#src/imports/fields.ts';
import type { Opening } from '#src/imports/remark-column.ts';
import { countKept, countOutcomes, listRows, type ShownRow } from '#src/imports/rows.ts';
import { getBatch, type Batch } from '#src/imports/repository.ts';
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

const badges: Record<Outcome, { label: Opening; tone?: 'good' | 'info' | 'bad' }> = {
  new: { label: 'Baru', tone: 'good' },
  changed: { label: 'Berubah', tone: 'info' },
  same: { label: 'Sama' },
  wrong: { label: 'Perlu diperbaiki', tone: 'bad' },
};
const results: Record<string, { label: Opening; tone?: 'good' | 'warn' | 'bad' }> = {
  done: { label: 'Tersimpan', tone: 'good' },
  proposed: { label: 'Diusulkan', tone: 'warn' },
  waiting: { label: 'Menunggu lurah', tone: 'warn' },
  refused: { label: 'Ditolak lurah', tone: 'bad' },
};

export const badgeOf = ({ outcome, result }: ShownRow) =>
  (result && results[result]) || badges[outcome];

function shownRow(row: ShownRow, batch: Batch) {
  const { details, outcome } = row;
  const manySheets = new Set(batch.columns.flatMap(({ letters }) => Object.keys(letters))).size > 1;
  return {
    id: row.id,
    number: manySheets ? `${row.sheet} ${row.rowNumber}` : String(row.rowNumber),
    isWrong: outcome === 'wrong',
    institution: details.institution || 'Belum terbaca',
    position: details.position || 'Belum terbaca',
    name: details.name || 'Belum terbaca',
    phone: details.phone && format.phone(details.phone),
    badge: badgeOf(row),
    href: row.rosterChangeId ? `/usulan/${row.rosterChangeId}` : null,
    notes: notesOf(row),
    problems: problemsOf(row, batch),
  };
}

export const problemsOf = (row: ShownRow, batch: Batch) =>
  row.details.problems.map((problem) => ({
    text: `${cellOf(problem, row, batch)}${problem.message}`,
    isError: problem.level === 'error',
    offer: offerOf(problem, batch),
  }));

/** A word to put into the cell instead, where there is such a cell and it can still be mended. */
function offerOf({ field, level, suggestion }: Problem, { status, mapping }: Batch) {
  if (!suggestion || level !== 'error' || status !== 'checked' || !mapping.includes(field))
    return null;
  return { field, word: suggestion, key: randomUUID() };
}

/** "Sel C8: ", or nothing for a field that has no column. */
function cellOf(
  { field }: Problem,
  row: { sheet: string; rowNumber: number },
  batch: Pick<Batch, 'columns' | 'mapping'>,
): string {
  const letter = batch.columns[batch.mapping.indexOf(field)]?.letters[row.sheet];
  return letter === undefined ? '' : `Sel ${letter}${row.rowNumber}: `;
}

export function notesOf({ details, outcome }: ShownRow): string[] {
  const changes = details.changes.map(
    ({ label, before, after }) => `${label}: ${before ?? 'kosong'} menjadi ${after}`,
  );
  if (outcome === 'wrong' || !details.plan) return changes;
  const plans: Partial<Record<PlanKind, string>> = {
    first: 'Pengurus pertama lembaga ini: satu keputusan lurah untuk seluruh berkas',
    first_acting: 'Pelaksana (Plt.) di samping pengurus pertama: ikut keputusan lurah untuk berkas',
    fill: 'Mengisi jabatan kosong: menjadi usulan untuk lurah',
    replace: 'Mengganti pengurus: menjadi usulan untuk lurah',
    acting: 'Menunjuk pelaksana (Plt.): menjadi usulan untuk lurah',
  };
  const { kind, leaving } = details.plan;
  const plan = plans[kind];
  return [
    ...(details.plan.fresh
      ? [`${details.plan.fresh.name} belum terdaftar dan akan didaftarkan`]
      : []),
    ...(plan ? [plan] : []),
    ...(leaving ? [leavesInWords(leaving.name, kind)] : []),
    ...changes,
  ];
}

const leavesInWords = (name: string, kind: PlanKind) =>
  kind === 'fill'
    ? `${name} berhenti menjadi pelaksana (Plt.) saat usulan ini berlaku`
    : `${name} berhenti dari jabatan ini saat usulan ini berlaku`;
