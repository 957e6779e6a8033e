import { z } from 'zod';
import { idChoice, optionalText, requiredText, pageNumber } from '#src/http/fields.ts';
import { standingWords, type StandingWord } from '#src/attendance/rules.ts';

const words = Object.keys(standingWords) as [StandingWord, ...StandingWord[]];

/** The list as it was filtered; a tap brings the same along, so that it returns to it. */
const filter = {
  cari: z
    .string()
    .max(100, 'Kata yang dicari paling panjang 100 huruf')
    .optional()
    .transform((text) => text || null),
  catatan: z
    .union([z.literal(''), z.enum(words)], { error: 'Pilih catatan dari daftar' })
    .optional()
    .transform((word) => word || null),
  halaman: pageNumber,
};

export const attendanceQuery = z.strictObject(filter);
export type AttendanceQuery = z.output<typeof attendanceQuery>;

/** The key of the form is the nonce of the tap. */
export const tapForm = z.strictObject({
  invitationId: idChoice('Pilih orang dari daftar'),
  ...filter,
});
export type TapInput = z.output<typeof tapForm>;

const moment = z.iso.datetime().transform((text) => new Date(text));
const waitingTap = z.strictObject({
  nonce: z.uuid(),
  invitationId: z
    .int()
    .positive()
    .max(2 ** 31 - 1),
  at: moment,
});

/** Taps that waited on a device without network (public/hadir.js), and what its clock says while it sends them. */
export const batchForm = z.strictObject({
  sentAt: moment,
  taps: z
    .string()
    .max(20_000)
    .transform((text, context): unknown => {
      try {
        return JSON.parse(text);
      } catch {
        context.addIssue({ code: 'custom', message: 'no JSON' });
        return z.NEVER;
      }
    })
    .pipe(z.array(waitingTap).min(1).max(100)),
});
export type BatchInput = z.output<typeof batchForm>;

export const reasonForm = z.strictObject({
  reason: requiredText('Tulis alasan membuka kembali', 300).min(3, 'Tulis alasan membuka kembali'),
});

export const correctionForm = z.strictObject({
  status: z.enum(['present', 'late', 'excused', 'absent', 'unrecorded'], {
    error: 'Pilih catatan yang benar',
  }),
  reason: requiredText('Tulis alasan koreksi', 300).min(3, 'Tulis alasan koreksi'),
});

export const walkInQuery = z.strictObject({ cari: filter.cari });

/** Either an officer found by the search, or a name as it was told. */
export const walkInForm = z
  .strictObject({
    tenureId: idChoice('Pilih orang dari daftar').optional(),
    name: z.string().max(100, 'Nama paling panjang 100 huruf').optional(),
    sex: z.enum(['', 'L', 'P'], { error: 'Pilih jenis kelamin' }).optional(),
    institutionName: optionalText(120),
    positionName: optionalText(120),
  })
  .refine(({ tenureId, name }) => tenureId !== undefined || (name ?? '').length >= 2, {
    path: ['name'],
    message: 'Isi nama, paling sedikit 2 huruf',
  });
export type WalkInInput = z.output<typeof walkInForm>;

/** The code as people type it: any case, with or without the space in the middle. */
const sixCharacters = (sentence: string) =>
  z
    .string()
    .transform((text) => text.replaceAll(/[\s-]/g, '').toUpperCase())
    .refine((text) => text === '' || /^[2-9A-HJ-NP-Z]{6}$/.test(text), sentence);

export const codeQuery = z.strictObject({
  kode: sixCharacters('Isi enam huruf dan angka seperti yang tampil di pintu')
    .optional()
    .transform((text) => text || null),
});

export const nameQuery = z.strictObject({
  cari: z
    .string()
    .max(100, 'Nama paling panjang 100 huruf')
    .refine((text) => text === '' || text.length >= 3, 'Tulis paling sedikit 3 huruf nama Anda')
    .optional(),
});

const proofSentence = 'Isi empat angka terakhir nomor HP Anda, atau kode enam huruf pada undangan';
export const proofForm = z.strictObject({
  proof: z
    .string({ error: proofSentence })
    .transform((text) => text.replaceAll(/[\s-]/g, '').toUpperCase())
    .refine((text) => /^(\d{4}|[2-9A-HJ-NP-Z]{6})$/.test(text), proofSentence),
});

/** Printed to be signed, or with what is recorded. */
export const sheetQuery = z.strictObject({ isi: z.enum(['kosong', 'terisi']).default('kosong') });

/** Only to tell pictures of different steps apart. */
export const doorPictureQuery = z.strictObject({
  langkah: z
    .string()
    .regex(/^\d{1,12}$/, 'Langkah tidak dikenal')
    .optional(),
});
