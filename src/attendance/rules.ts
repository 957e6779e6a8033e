import type { SignedInAccount } from '#src/access.ts';
import { can } from '#src/access.ts';
import { organises } from '#src/trainings/frame.ts';

/** Where somebody's attendance of a session stands; `unrecorded` until anything is known (nobody is present by default). */
export const standings = ['unrecorded', 'present', 'late', 'excused', 'absent'] as const;
export type Standing = (typeof standings)[number];

export const standingBadges: Record<
  Standing,
  { label: string; tone?: 'good' | 'warn' | 'bad' | 'info' }
> = {
  unrecorded: { label: 'Belum dicatat' },
  present: { label: 'Hadir', tone: 'good' },
  late: { label: 'Terlambat', tone: 'warn' },
  excused: { label: 'Izin', tone: 'info' },
  absent: { label: 'Absen', tone: 'bad' },
};

/** The filter of a list, in the words of its address. */
export const standingWords = {
  'belum-dicatat': 'unrecorded',
  hadir: 'present',
  terlambat: 'late',
  izin: 'excused',
  absen: 'absent',
} as const satisfies Record<string, Standing>;
export type StandingWord = keyof typeof standingWords;
export const wordOf = (standing: Standing): string =>
  Object.entries(standingWords).find(([, value]) => value === standing)?.[0] ?? '';

export const checkInMethods = ['qr', 'code', 'tap', 'paper', 'correction', 'closing'] as const;
export const methodLabels: Record<(typeof checkInMethods)[number], string> = {
  qr: 'Pindai QR',
  code: 'Kode undangan',
  tap: 'Ketukan petugas',
  paper: 'Salinan daftar hadir kertas',
  correction: 'Koreksi',
  closing: 'Penutupan sesi',
};

/** Only a scan or a tap knows the minute at which somebody came. */
export const knowsMinute = (method: string) =>
  method === 'qr' || method === 'code' || method === 'tap';

/**
 * Whether the account records attendance here: the organiser all, a kelurahan its own people in a training of the
 * kecamatan or city. A kecamatan reads the trainings of its kelurahan and leaves the recording to them.
 */
export function records(
  account: SignedInAccount,
  training: { organiserKind: string; kelurahanIds: readonly number[] },
): boolean {
  if (!can(account, 'training:record')) return false;
  if (organises(account, training)) return true;
  return account.kelurahanId !== null && training.kelurahanIds.includes(account.kelurahanId);
}

export type SessionState = 'ahead' | 'open' | 'closed';
export const stateOf = (session: { openedAt: Date | null; closedAt: Date | null }): SessionState =>
  session.closedAt ? 'closed' : session.openedAt ? 'open' : 'ahead';

export const stateBadges: Record<
  SessionState,
  { label: string; tone?: 'good' | 'warn' | 'bad' | 'info' }
> = {
  ahead: { label: 'Belum dibuka' },
  open: { label: 'Dibuka', tone: 'good' },
  closed: { label: 'Ditutup', tone: 'info' },
};

/** A tap that changed nothing, told to whoever made it. */
export const refusals: Record<string, string> = {
  not_open: 'Sesi ini belum dibuka. Buka sesi dahulu, lalu catat lagi.',
  closed: 'Sesi ini sudah ditutup. Buka kembali sesi, atau catat lewat koreksi.',
  unknown: 'Orang ini tidak ada pada daftar hadir yang dapat Anda catat.',
};
