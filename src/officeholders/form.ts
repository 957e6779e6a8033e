import { z } from 'zod';
import { optionalText } from '#src/http/fields.ts';
import { signatoryField } from '#src/pdf/signatories.ts';
import { kecamatanChoice, kelurahanChoice, typeChoice } from '#src/reports/form.ts';

/** What `/pengurus` is asked for; the figures of `/laporan` about officers link here with these names. */
export const officeholderFilter = z.strictObject({
  cari: optionalText(100),
  jenis: typeChoice,
  kecamatan: kecamatanChoice,
  kelurahan: kelurahanChoice,
  'jenis-kelamin': z
    .string()
    .optional()
    .transform((text) => text || null)
    .pipe(z.union([z.null(), z.enum(['l', 'p'])], { error: 'Pilih perempuan atau laki-laki' })),
  halaman: z
    .string()
    .regex(/^[1-9]\d{0,3}$/, 'Nomor halaman tidak dikenal')
    .optional()
    .transform((text) => Number(text ?? 1)),
});
/** Who may sign the printed list: the head of the place that it is about. */
export const officeholderSignatories = ['lurah', 'camat', 'lurah-camat', 'tanpa'] as const;
export const officeholderPdfFilter = officeholderFilter.extend({
  ttd: signatoryField(officeholderSignatories),
});
export type OfficeholderPdfFilter = z.output<typeof officeholderPdfFilter>;
export type OfficeholderFilter = z.output<typeof officeholderFilter>;
