import { can, type SignedInAccount } from '#src/access.ts';
import type { ColumnField } from '#src/imports/labels.ts';
import type { Batch } from '#src/imports/repository.ts';
import { onlyTypeIn, typeOf } from '#src/imports/type-names.ts';

/** So many rows are asked whether their positions name a type. */
export const rowsLookedAt = 200;

/** The columns of a file with what was chosen for all of it, what its sheets tell, and some of its rows. */
export type Told = {
  mapping: readonly ColumnField[];
  institutionId: number | null;
  institutionTypeId: number | null;
  sheetTypes: Record<string, number>;
  rows: readonly { cells: readonly string[] }[];
};
type Types = Parameters<typeof typeOf>[1];

/** Enough is known to tell who holds which post where; rows that still tell too little are told so one by one. */
export function isWhole(told: Told, types: Types): boolean {
  const has = (field: ColumnField) => told.mapping.includes(field);
  return has('name') && has('position') && tellsPlace(told, types);
}

function tellsPlace({ mapping, rows, ...told }: Told, types: Types): boolean {
  const position = mapping.indexOf('position');
  return (
    mapping.includes('institution') ||
    mapping.includes('institutionType') ||
    told.institutionId !== null ||
    told.institutionTypeId !== null ||
    Object.keys(told.sheetTypes).length > 0 ||
    rows.some(({ cells }) => typeOf(cells[position] ?? '', types) !== undefined)
  );
}

/** The type of each sheet whose name, or else whose title, tells one. */
export const typesOfSheets = (titles: Record<string, string>, types: Types) =>
  Object.fromEntries(
    Object.entries(titles).flatMap(([sheet, title]) => {
      const type = onlyTypeIn(sheet, types) ?? onlyTypeIn(title, types);
      return type ? [[sheet, type.id]] : [];
    }),
  );

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
