import { z } from 'zod';
import {
  date,
  optionalChoice,
  optionalId,
  optionalText,
  requiredText,
  version,
  pageNumber,
} from '#src/http/fields.ts';
import { lists, orders, ownerSlugs, statusSlugs } from '#src/follow-ups/choices.ts';
import { ownerKinds } from '#src/follow-ups/rules.ts';
import { signed } from '#src/list-office.ts';
import { kelurahanChoice } from '#src/reports/form.ts';
import { pillars, type Pillar } from '#src/trainings/rules.ts';

export const followUpQuery = z.strictObject({
  daftar: z.enum(lists, { error: 'Pilih daftar dari tautan di atas' }).optional(),
  status: optionalChoice(statusSlugs, 'Pilih status dari daftar'),
  pemilik: optionalChoice(ownerSlugs, 'Pilih penanggung jawab dari daftar'),
  pilar: optionalChoice(Object.keys(pillars) as [Pillar, ...Pillar[]], 'Pilih pilar dari daftar'),
  pelatihan: optionalId('Pilih pelatihan dari daftar'),
  kelurahan: kelurahanChoice,
  urut: z.enum(orders, { error: 'Pilih urutan dari kepala tabel' }).optional(),
  halaman: pageNumber,
});
export type FollowUpQuery = z.output<typeof followUpQuery>;

export const followUpPdfQuery = followUpQuery.extend(signed);

export const followUpForm = z.strictObject({
  text: requiredText('Tulis apa yang akan dikerjakan', 600).min(3, 'Tulis paling sedikit 3 huruf'),
  ownerKind: z.enum(ownerKinds, { error: 'Pilih penanggung jawab' }),
  ownerName: optionalText(160),
  search: optionalText(100),
  /** The button that looks for the institution; nothing is saved. */
  find: z.literal('on').optional(),
  institution: optionalId('Pilih lembaga dari daftar'),
  account: optionalId('Pilih akun dari daftar'),
  dueOn: date('Isi tenggat'),
});
export type FollowUpInput = z.output<typeof followUpForm>;

export const stepForm = z.strictObject({ version });
export const claimForm = z.strictObject({
  version,
  note: requiredText('Tulis apa yang sudah dikerjakan', 600).min(3, 'Tulis paling sedikit 3 huruf'),
});
export const reopenForm = z.strictObject({
  version,
  note: requiredText('Tulis apa yang belum selesai', 600).min(3, 'Tulis paling sedikit 3 huruf'),
});
