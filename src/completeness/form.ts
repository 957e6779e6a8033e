import { z } from 'zod';
import { attestationStates, gapCodes, greetings, orders } from '#src/completeness/rules.ts';
import { optionalChoice, pageNumber } from '#src/http/fields.ts';
import { signed } from '#src/list-office.ts';
import { kecamatanChoice, kelurahanChoice, typeChoice } from '#src/reports/form.ts';

/** What `/kelengkapan` and its workbook are asked for. */
export const completenessFilter = z.strictObject({
  jenis: typeChoice,
  kecamatan: kecamatanChoice,
  kelurahan: kelurahanChoice,
  celah: optionalChoice(['ada', ...gapCodes], 'Pilih isian dari daftar'),
  pernyataan: optionalChoice(attestationStates, 'Pilih pernyataan dari daftar'),
  kemutakhiran: optionalChoice(['lama'], 'Pilih kemutakhiran dari daftar'),
  urut: optionalChoice(orders, 'Pilih urutan dari judul kolom').transform(
    (order) => order ?? 'kelengkapan',
  ),
  halaman: pageNumber,
});
export type CompletenessFilter = z.output<typeof completenessFilter>;
export const completenessPdfFilter = completenessFilter.extend(signed);

export const reminderQuery = z.strictObject({
  salam: optionalChoice(greetings, 'Pilih salam dari daftar'),
});
export type ReminderQuery = z.output<typeof reminderQuery>;
