import { can, type SignedInAccount } from '#src/access.ts';
import type { ColumnField } from '#src/imports/labels.ts';
import type { Batch } from '#src/imports/repository.ts';

/** Enough columns are known to tell who holds which post where. */
export function isWholeMapping(
  mapping: readonly ColumnField[],
  institutionId: number | null = null,
): boolean {
  const has = (field: ColumnField) => mapping.includes(field);
  const hasPlace = has('institution') || has('institutionType') || institutionId !== null;
  return has('name') && has('position') && hasPlace;
}

type Badge = { label: string; tone?: 'good' | 'warn' | 'bad' | 'info' };

export function batchBadge(batch: Pick<Batch, 'status' | 'decision' | 'work'>): Badge {
  if (batch.work !== null) return { label: 'Sedang diproses', tone: 'info' };
  if (batch.status === 'uploaded') return { label: 'Diunggah' };
  if (batch.status === 'checked') return { label: 'Menunggu diperiksa', tone: 'warn' };
  if (batch.status === 'withdrawn') return { label: 'Ditarik' };
  if (batch.decision === 'waiting') return { label: 'Menunggu lurah', tone: 'warn' };
  if (batch.decision === 'refused') return { label: 'Ditolak lurah', tone: 'bad' };
  return { label: 'Diterapkan', tone: 'good' };
}

export const workInWords = {
  reading: 'Membaca baris',
  checking: 'Memeriksa baris',
  applying: 'Menyimpan baris',
  deciding: 'Mencatat pengurus',
  withdrawing: 'Menarik baris',
} as const;
export const workLabel = (work: string) =>
  new Map<string, string>(Object.entries(workInWords)).get(work) ?? work;

/** Whoever imports goes on with it; what the lurah has decided, the lurah may carry through too. */
export const mayResume = (account: SignedInAccount, { work }: Pick<Batch, 'work'>) =>
  can(account, 'import:write') || (work === 'deciding' && can(account, 'roster-change:decide'));
