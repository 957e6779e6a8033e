import { z } from 'zod';
import { attestationStates, gapCodes, greetings, orders } from '#src/completeness/rules.ts';
import { kecamatanChoice, kelurahanChoice, typeChoice } from '#src/reports/form.ts';

const choice = <const Choices extends readonly [string, ...string[]]>(
  choices: Choices,
  sentence: string,
) =>
  z
    .string()
    .optional()
    .transform((text) => text || null)
    .pipe(z.union([z.null(), z.enum(choices)], { error: sentence }));

/** What `/kelengkapan` and its workbook are asked for. */
export const completenessFilter = z.strictObject({
  jenis: typeChoice,
  kecamatan: kecamatanChoice,
  kelurahan: kelurahanChoice,
  celah: choice(['ada', ...gapCodes], 'Pilih isian dari daftar'),
  pernyataan: choice(attestationStates, 'Pilih pernyataan dari daftar'),
  kemutakhiran: choice(['lama'], 'Pilih kemutakhiran dari daftar'),
  urut: choice(orders, 'Pilih urutan dari judul kolom').transform(
    (order) => order ?? 'kelengkapan',
  ),
  halaman: z
    .string()
    .regex(/^[1-9]\d{0,3}$/, 'Nomor halaman tidak dikenal')
    .optional()
    .transform((text) => Number(text ?? 1)),
});
export type CompletenessFilter = z.output<typeof completenessFilter>;

export const reminderQuery = z.strictObject({
  salam: choice(greetings, 'Pilih salam dari daftar'),
});
export type ReminderQuery = z.output<typeof reminderQuery>;
