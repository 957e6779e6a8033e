import type { SignedInAccount } from '#src/access.ts';
import { notFound } from '#src/http/errors.ts';
import type { ReportQuery } from '#src/reports/form.ts';

/** What a recap covers: the whole city by kecamatan, a kecamatan by kelurahan, or one kelurahan by type. */
export const reportLevels = ['city', 'kecamatan', 'kelurahan'] as const;
export type ReportLevel = (typeof reportLevels)[number];

/** A place by its code from the URL or by the id of the account's own scope. */
export type Scope = { level: ReportLevel; code: string | null; id: number | null };

/** What an account gets a recap of: its own place, or for the wider roles the one that was asked for. */
export function scopeFor(account: SignedInAccount, query: ReportQuery): Scope {
  const { kelurahan, kecamatan } = query;
  if (account.kelurahanId !== null) {
    if (kecamatan !== null) throw notFound();
    const id = kelurahan === null ? account.kelurahanId : null;
    return { level: 'kelurahan', code: kelurahan, id };
  }
  // Whoever chooses another kecamatan in the filter leaves the kelurahan of the former one behind.
  if (kelurahan !== null && (kecamatan === null || kelurahan.startsWith(`${kecamatan}.`)))
    return { level: 'kelurahan', code: kelurahan, id: null };
  if (kecamatan !== null) return { level: 'kecamatan', code: kecamatan, id: null };
  if (account.kecamatanId !== null)
    return { level: 'kecamatan', code: null, id: account.kecamatanId };
  return { level: 'city', code: null, id: null };
}
