import { z } from 'zod';
import { optionalText, pageNumber, optionalChoice } from '#src/http/fields.ts';
import { signed } from '#src/list-office.ts';
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
export const officeholderPdfFilter = officeholderFilter.extend(signed);
export type OfficeholderPdfFilter = z.output<typeof officeholderPdfFilter>;
export type OfficeholderFilter = z.output<typeof officeholderFilter>;
