import { z } from 'zod';

const choice = (shape: RegExp, sentence: string) =>
  z
    .string()
    .optional()
    .transform((text) => text || null)
    .refine((text) => text === null || shape.test(text), sentence);

/** Places and types as every list of the portal is asked for them, by their codes. */
export const kecamatanChoice = choice(/^\d{2}\.\d{2}\.\d{2}$/, 'Pilih kecamatan dari daftar');
export const kelurahanChoice = choice(
  /^\d{2}\.\d{2}\.\d{2}\.\d{4}$/,
  'Pilih kelurahan dari daftar',
);
export const typeChoice = choice(/^[A-Z][A-Z_]{1,39}$/, 'Pilih jenis lembaga dari daftar');

export const reportQuery = z.strictObject({
  kecamatan: kecamatanChoice,
  kelurahan: kelurahanChoice,
  jenis: typeChoice,
});
export type ReportQuery = z.output<typeof reportQuery>;
