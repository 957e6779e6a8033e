import type { FollowUpStatus, OwnerKind } from '#src/follow-ups/rules.ts';

/** The words of `/tindak-lanjut?…` and what they stand for. */

export const lists = ['semua', 'milik-saya', 'terlambat', 'menunggu-konfirmasi'] as const;
export type ListName = (typeof lists)[number];
export const listLabels: Record<ListName, string> = {
  semua: 'Semua',
  'milik-saya': 'Milik saya',
  terlambat: 'Terlambat',
  'menunggu-konfirmasi': 'Menunggu konfirmasi',
};

export const statusSlugs = [
  'terbuka',
  'dikerjakan',
  'menunggu-konfirmasi',
  'selesai',
  'dibuka-lagi',
] as const;
export const statusOfSlug: Record<(typeof statusSlugs)[number], FollowUpStatus> = {
  terbuka: 'open',
  dikerjakan: 'in_progress',
  'menunggu-konfirmasi': 'claimed',
  selesai: 'confirmed',
  'dibuka-lagi': 'reopened',
};

export const ownerSlugs = ['kelurahan', 'kecamatan', 'kota', 'lembaga', 'lain'] as const;
export const ownerOfSlug: Record<(typeof ownerSlugs)[number], OwnerKind> = {
  kelurahan: 'kelurahan',
  kecamatan: 'kecamatan',
  kota: 'city',
  lembaga: 'institution',
  lain: 'other',
};

/** Without one: what is not done yet first, the earliest due at the top. */
export const orders = ['tenggat', '-tenggat', 'pemilik', 'kelurahan', 'status'] as const;
