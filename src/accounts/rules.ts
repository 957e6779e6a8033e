import { roles, type Role } from '#src/access.ts';
import { HttpError } from '#src/http/errors.ts';

export const accountStatuses = ['aktif', 'belum-dipakai', 'ditangguhkan', 'berakhir'] as const;
export type AccountStatus = (typeof accountStatuses)[number];

const statusBadges = {
  aktif: { label: 'Aktif', tone: 'good' },
  'belum-dipakai': { label: 'Belum membuat kata sandi', tone: 'warn' },
  ditangguhkan: { label: 'Ditangguhkan', tone: 'bad' },
  berakhir: { label: 'Jabatan berakhir', tone: 'warn' },
} as const satisfies Record<AccountStatus, { label: string; tone: string }>;

export const statusBadge = (status: AccountStatus) => statusBadges[status];

/** Whether the account can sign in, and if not, why. An officer's account lives as long as the tenure. */
export function accountStatus(account: {
  suspended: boolean;
  hasPassword: boolean;
  tenureEnded: boolean;
}): AccountStatus {
  if (account.suspended) return 'ditangguhkan';
  if (account.tenureEnded) return 'berakhir';
  return account.hasPassword ? 'aktif' : 'belum-dipakai';
}

/** What a role is called in an address: `/pengguna/baru?peran=staf`. */
const roleSlugs = {
  admin: 'admin',
  kecamatan: 'kecamatan',
  lurah: 'lurah',
  staff: 'staf',
  officer: 'pengurus',
  auditor: 'auditor',
} as const satisfies Record<Role, string>;

export const roleSlug = (role: Role) => roleSlugs[role];
export const roleOfSlug = (slug: string | null): Role | null =>
  roles.find((role) => roleSlugs[role] === slug) ?? null;

const roleHints = {
  admin: 'Mengelola pengguna dan melihat data seluruh kota.',
  kecamatan: 'Melihat lembaga dan rekap semua kelurahan di satu kecamatan.',
  lurah: 'Memutuskan usulan dan mengelola data satu kelurahan.',
  staff: 'Menyiapkan usulan dan mengelola data satu kelurahan.',
  officer: 'Melihat lembaganya sendiri dan mengajukan perubahan pengurus.',
  auditor: 'Melihat data seluruh kota tanpa dapat mengubahnya.',
} as const satisfies Record<Role, string>;

export const roleHint = (role: Role) => roleHints[role];

/** Why this cannot be a user name, as a sentence, or null. */
export function usernameProblem(username: string): string | null {
  if (username.length < 3) return 'Nama pengguna paling sedikit 3 huruf';
  if (username.length > 60) return 'Nama pengguna paling panjang 60 huruf';
  if (!/^[a-z0-9][a-z0-9._-]*$/.test(username))
    return 'Tulis nama pengguna dengan huruf kecil a–z, angka, titik, atau tanda hubung, contoh staf.sukoharjo';
  return null;
}

/** A user name to start from, such as `ahmad.fauzi`. */
export function usernameFrom(name: string): string {
  const plain = name.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();
  const words = plain.replaceAll(/[^a-z0-9\s]/g, '').split(/\s+/);
  return words.filter(Boolean).slice(0, 2).join('.').slice(0, 60);
}

/** Why a suspension or another role must not be: somebody has to be left to manage accounts. */
export class RemovalRefused extends Error {}

export function refuseRemoval(
  account: { id: number; role: Role },
  { activeAdmins, actorId }: { activeAdmins: readonly number[]; actorId: number },
): void {
  if (account.id === actorId)
    throw new RemovalRefused(
      'Anda tidak dapat menangguhkan atau mengubah peran akun sendiri. Mintalah admin lain.',
    );
  if (!activeAdmins.includes(actorId))
    throw new RemovalRefused('Akun Anda baru saja ditangguhkan oleh admin lain.');
}

const scopeSentences = {
  kecamatanId: 'Pilih kecamatan dari daftar',
  kelurahanId: 'Pilih kelurahan dari daftar',
  tenureId: 'Pengurus ini tidak sedang menjabat. Pilih pengurus lain.',
};

/** The role asks for a scope that the form does not name. */
export class ScopeMissing extends Error {
  readonly field: keyof typeof scopeSentences;

  constructor(field: keyof typeof scopeSentences) {
    super(scopeSentences[field]);
    this.field = field;
  }
}

/** Somebody else changed the account since the page was opened. */
export const changedMeanwhile = () => new HttpError(409, 'account changed meanwhile');

const eventTitles: Record<string, string> = {
  insert: 'Akun dibuat',
  sign_in: 'Masuk',
  sign_in_failed: 'Gagal masuk',
  sign_out: 'Keluar',
};

/** What an event of the audit trail is called in the account's history. */
export function eventTitle({ action, changes }: { action: string; changes: string[] }): string {
  const changed = (column: string) => changes.includes(column);
  if (action !== 'update') return eventTitles[action] ?? 'Akun diubah';
  if (changed('suspended_at')) return 'Ditangguhkan atau dipulihkan';
  if (changed('role') || changed('kelurahan_id') || changed('kecamatan_id'))
    return 'Peran atau wilayah diubah';
  return changed('password_changed_at') ? 'Kata sandi dibuat' : 'Tautan kata sandi dibuat';
}

export const linkMinutes = 30;
