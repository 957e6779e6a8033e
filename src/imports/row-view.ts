import { randomUUID } from 'node:crypto';
import * as format from '#src/format.ts';
import type { Problem } from '#src/imports/fields.ts';
import type { Outcome, PlanKind } from '#src/imports/judge.ts';
import type { Opening } from '#src/imports/remark-column.ts';
import type { Batch } from '#src/imports/repository.ts';
import type { ShownRow } from '#src/imports/rows.ts';

/** A row of a file as its page and its workbook of remarks show it: what it is, what is wrong in which cell, what it will do. */

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

export function shownRow(row: ShownRow, batch: Batch) {
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
