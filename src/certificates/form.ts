import { z } from 'zod';
import { date, optionalText, requiredText, version, pageNumber } from '#src/http/fields.ts';
import { certificateFilters, patternProblem } from '#src/certificates/rules.ts';

export const certificateQuery = z.strictObject({
  cari: optionalText(80),
  status: z
    .enum(['', ...certificateFilters], { error: 'Pilih status dari daftar' })
    .optional()
    .transform((choice) => choice || null),
  halaman: pageNumber,
});
export type CertificateQuery = z.output<typeof certificateQuery>;

const shareSentence = 'Isi dengan angka 1 sampai 100, contoh 80';
const maybe = (longest: number) => optionalText(longest).transform((text) => text ?? '');

export const settingsForm = z.strictObject({
  version,
  minimumShare: z
    .string({ error: shareSentence })
    .regex(/^\d{1,3}$/, shareSentence)
    .transform(Number)
    .refine((share) => share >= 1 && share <= 100, shareSentence),
  certificatePattern: requiredText('Isi pola nomor sertifikat', 80)
    .min(6, 'Pola paling sedikit 6 huruf')
    .superRefine((pattern, context) => {
      const problem = patternProblem(pattern);
      if (problem) context.addIssue({ code: 'custom', message: problem });
    }),
  signatoryTitle: maybe(120),
  signatoryName: maybe(120),
  signatoryRank: maybe(80),
  signatoryNip: maybe(30).refine(
    (nip) => /^(\d[\d ]{7,29})?$/.test(nip),
    'Isi NIP dengan angka, contoh 19750817 200003 1 001',
  ),
});
export type SettingsInput = z.output<typeof settingsForm>;

export const correctionForm = z.strictObject({
  /** As it is printed, with titles. */
  name: requiredText('Isi nama seperti yang dicetak, dengan gelar', 160)
    .min(2, 'Nama paling sedikit 2 huruf')
    .regex(
      /^[\p{L}\p{M}][\p{L}\p{M} .,'’‘\-/()]*$/u,
      'Tulis nama dengan huruf saja; tanda titik, koma, petik, dan tanda hubung boleh dipakai',
    ),
  reason: requiredText('Tulis apa yang dibetulkan', 300).min(3, 'Tulis apa yang dibetulkan'),
});
export type CorrectionInput = z.output<typeof correctionForm>;

export const revocationForm = z.strictObject({
  revokedOn: date('Isi tanggal pencabutan'),
  reason: requiredText('Tulis alasan pencabutan', 300).min(3, 'Tulis alasan pencabutan'),
});
export type RevocationInput = z.output<typeof revocationForm>;

/** A code is taken as it was typed; the page says when it cannot be one. */
export const checkQuery = z.strictObject({ kode: optionalText(200) });
export type CheckQuery = z.output<typeof checkQuery>;
