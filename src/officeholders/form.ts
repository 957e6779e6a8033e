import { z } from 'zod';
import { optionalText, pageNumber, optionalChoice } from '#src/http/fields.ts';
import { signatoryField } from '#src/pdf/signatories.ts';
import { kecamatanChoice, kelurahanChoice, typeChoice } from '#src/reports/form.ts';

/** What `/pengurus` is asked for; the figures of `/laporan` about officers link here with these names. */
export const officeholderFilter = z.strictObject({
  cari: optionalText(100),
  jenis: typeChoice,
  kecamatan: kecamatanChoice,
  kelurahan: kelurahanChoice,
  'jenis-kelamin': optionalChoice(['l', 'p'], 'Pilih perempuan atau laki-laki'),
  halaman: pageNumber,
});
/** Who may sign the printed list: the head of the place that it is about. */
export const officeholderSignatories = ['lurah', 'camat', 'lurah-camat', 'tanpa'] as const;
export const officeholderPdfFilter = officeholderFilter.extend({
  ttd: signatoryField(officeholderSignatories),
});
export type OfficeholderPdfFilter = z.output<typeof officeholderPdfFilter>;
export type OfficeholderFilter = z.output<typeof officeholderFilter>;
