import { z } from 'zod';
import * as format from '#src/format.ts';
import { date, idChoice, optionalText, requiredText, pageNumber } from '#src/http/fields.ts';
import { standings } from '#src/duties/rules.ts';
import { signed } from '#src/list-office.ts';
import { kecamatanChoice, kelurahanChoice, typeChoice } from '#src/reports/form.ts';

const fromToday = (sentence: string) =>
  date(sentence).refine(
    (day) => day >= format.today(),
    'Tanggal tidak boleh sebelum hari ini: naskah hari-hari yang lewat tidak berubah',
  );

const wording = {
  text: requiredText('Tulis butir tugas', 500).min(5, 'Tulis butir tugas, paling sedikit 5 huruf'),
  legalBasis: requiredText(
    'Tulis dasar butir ini, contoh Keputusan Lurah Nomor 12 Tahun 2026',
    300,
  ).min(3, 'Tulis dasar butir ini, paling sedikit 3 huruf'),
  validFrom: fromToday('Isi tanggal mulai berlaku'),
  /** Sent by the page that shows who will be asked again. */
  checked: z.literal('on').optional(),
  /** Sent by that page to go back to what was typed. */
  again: z.literal('on').optional(),
};

const section = z
  .string({ error: 'Pilih bagian' })
  .regex(/^(task|function|[1-9]\d{0,9})$/, 'Pilih bagian dari daftar');

export const newDutyForm = z.strictObject({ section, ...wording });
export type NewDutyInput = z.output<typeof newDutyForm>;

export const newDutyQuery = z.strictObject({ bagian: section.optional() });

export const dutyForm = z.strictObject(wording);
export type DutyInput = z.output<typeof dutyForm>;

export const endForm = z.strictObject({ endsOn: fromToday('Isi tanggal berhenti berlaku') });
export type EndInput = z.output<typeof endForm>;

export const orderForm = z.strictObject({
  direction: z.enum(['up', 'down'], { error: 'Pilih naik atau turun' }),
});
export type OrderInput = z.output<typeof orderForm>;

export const confirmForm = z.strictObject({
  tenureId: idChoice('Muat ulang halaman ini'),
  /** The versions that the page showed, in ascending order. */
  dutyIds: z
    .string({ error: 'Muat ulang halaman ini' })
    .regex(/^[1-9]\d{0,9}(,[1-9]\d{0,9}){0,199}$/, 'Muat ulang halaman ini')
    .transform((text) => text.split(',').map(Number)),
  understood: z.literal('on', {
    error: 'Centang kotak ini setelah Anda membaca dan memahami semua butir',
  }),
});
export type ConfirmInput = z.output<typeof confirmForm>;

export const paperQuery = z.strictObject({
  pengurus: z
    .string()
    .regex(/^[1-9]\d{0,9}$/, 'Pilih pengurus dari daftar')
    .optional(),
});

export const paperForm = z.strictObject({
  tenureId: idChoice('Pilih pengurus yang menandatangani'),
  confirmedOn: date('Isi tanggal tanda tangan di kertas').refine(
    (day) => day <= format.today(),
    'Tanggal tanda tangan tidak boleh sesudah hari ini',
  ),
  seen: z.literal('on', { error: 'Centang kotak ini setelah kertas bertanda tangan Anda terima' }),
});
export type PaperInput = z.output<typeof paperForm>;

export const voidForm = z.strictObject({
  reason: requiredText('Tulis alasan pembatalan', 200).min(
    5,
    'Tulis alasan pembatalan, paling sedikit 5 huruf',
  ),
});
export type VoidInput = z.output<typeof voidForm>;

export const shareQuery = z.strictObject({
  kecamatan: kecamatanChoice,
  kelurahan: kelurahanChoice,
});
export type ShareQuery = z.output<typeof shareQuery>;
export const sharePdfQuery = shareQuery.extend(signed);

/** What `/tugas/pengurus` is asked for; the figures of `/tugas/konfirmasi` link here with these names. */
export const askedQuery = z.strictObject({
  ...shareQuery.shape,
  jenis: typeChoice,
  lembaga: optionalText(10).refine(
    (text) => text === null || (/^[1-9]\d{0,9}$/.test(text) && Number(text) < 2 ** 31),
    'Pilih lembaga dari daftar',
  ),
  status: z
    .string()
    .optional()
    .transform((text) => text || null)
    .pipe(
      z.union([z.null(), z.enum([...standings, 'missing'])], {
        error: 'Pilih keadaan dari daftar',
      }),
    ),
  halaman: pageNumber,
});
export type AskedQuery = z.output<typeof askedQuery>;
export const askedPdfQuery = askedQuery.extend(signed);
