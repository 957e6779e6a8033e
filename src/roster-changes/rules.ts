import * as format from '#src/format.ts';

export const changeKinds = ['replace', 'fill', 'acting', 'end', 'new_board'] as const;
export type ChangeKind = (typeof changeKinds)[number];

export const changeStatuses = [
  'draft',
  'submitted',
  'approved',
  'returned',
  'refused',
  'cancelled',
  'expired',
] as const;
export type ChangeStatus = (typeof changeStatuses)[number];

export const endReasons = {
  resigned: 'Mengundurkan diri',
  deceased: 'Meninggal dunia',
  moved: 'Pindah domisili',
  unable: 'Berhalangan tetap',
  ineligible: 'Tidak lagi memenuhi syarat',
  dismissed: 'Diberhentikan',
  other_duty: 'Mendapat tugas lain',
} as const;
/** Why a tenure ended that no one resigned from: the next appointment ended it. */
const endsByAppointment = {
  new_board: 'Diganti susunan pengurus baru',
  definitive_appointed: 'Pejabat definitif sudah ditetapkan',
} as const;

/** A tenure's end reason in words; what an old record says in its own words stays. */
export const endReasonLabel = (reason: string): string =>
  new Map<string, string>(Object.entries({ ...endReasons, ...endsByAppointment })).get(reason) ??
  reason;

export type EndReason = keyof typeof endReasons;
export const isEndReason = (text: string): text is EndReason => Object.hasOwn(endReasons, text);

/** What a proposal changes, in words: "Ganti Sekretaris RT", "Susunan pengurus 2025–2030". */
export function changeTitle(change: {
  kind: ChangeKind;
  positionName: string | null;
  termLabel: string | null;
}): string {
  const position = change.positionName ?? 'pengurus';
  switch (change.kind) {
    case 'replace':
      return `Ganti ${position}`;
    case 'fill':
      return `Isi jabatan ${position}`;
    case 'acting':
      return `Pelaksana ${position}`;
    case 'end':
      return `Pemberhentian ${position}`;
    case 'new_board':
      return `Susunan pengurus ${change.termLabel ?? 'baru'}`;
  }
}

export const statusBadge: Record<
  ChangeStatus,
  { label: string; tone?: 'good' | 'warn' | 'bad' | 'info' }
> = {
  draft: { label: 'Draf' },
  submitted: { label: 'Menunggu persetujuan', tone: 'warn' },
  approved: { label: 'Disetujui', tone: 'good' },
  returned: { label: 'Perlu perbaikan', tone: 'bad' },
  refused: { label: 'Ditolak', tone: 'bad' },
  cancelled: { label: 'Dibatalkan' },
  expired: { label: 'Kedaluwarsa', tone: 'bad' },
};

/** Last day proposed for a new board: the type's years after its first day (Permendagri 18/2018: five years from determination). */
export const proposedEnd = (startsOn: string, termYears: number | null) =>
  format.lastDay(format.addYears(startsOn, termYears ?? 5));
