import { z } from 'zod';
import { optionalCode } from '#src/http/fields.ts';
import { signatoryField } from '#src/pdf/signatories.ts';

/** Places and types as every list of the portal is asked for them, by their codes. */
export const kecamatanChoice = optionalCode(/^\d{2}\.\d{2}\.\d{2}$/, 'Pilih kecamatan dari daftar');
export const kelurahanChoice = optionalCode(
  /^\d{2}\.\d{2}\.\d{2}\.\d{4}$/,
  'Pilih kelurahan dari daftar',
);
export const typeChoice = optionalCode(/^[A-Z][A-Z_]{1,39}$/, 'Pilih jenis lembaga dari daftar');

export const reportQuery = z.strictObject({
  kecamatan: kecamatanChoice,
  kelurahan: kelurahanChoice,
  jenis: typeChoice,
});
export type ReportQuery = z.output<typeof reportQuery>;

/** Who may sign a recap: the head of the place that it is about. */
export const reportSignatories = {
  city: ['kepala-dinas', 'sekda', 'kepala-daerah', 'tanpa'],
  kecamatan: ['camat', 'tanpa'],
  kelurahan: ['lurah', 'tanpa'],
} as const;
export const reportPdfQuery = reportQuery.extend({
  ttd: signatoryField(['tanpa', 'lurah', 'camat', 'kepala-dinas', 'sekda', 'kepala-daerah']),
});
export type ReportPdfQuery = z.output<typeof reportPdfQuery>;

/** Buku E.1 names birth dates and is kept by the kelurahan: whoever may read it has exactly one. */
export const bookSignatories = ['lurah', 'lurah-camat', 'tanpa'] as const;
export const bookPdfQuery = z.strictObject({ ttd: signatoryField(bookSignatories) });
export type BookPdfQuery = z.output<typeof bookPdfQuery>;
