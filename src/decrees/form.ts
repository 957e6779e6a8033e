import { z } from 'zod';
import { date, optionalText, requiredText, version, pageNumber } from '#src/http/fields.ts';
import { patternProblem } from '#src/decrees/rules.ts';
import { unknownWord } from '#src/decrees/template.ts';
import { signed } from '#src/list-office.ts';
import { kelurahanChoice } from '#src/reports/form.ts';

export const decreeQuery = z.strictObject({
  cari: optionalText(100),
  kelurahan: kelurahanChoice,
  tahun: z
    .string()
    .optional()
    .transform((text) => text || null)
    .refine((text) => text === null || /^(19|20)\d{2}$/.test(text), 'Pilih tahun dari daftar')
    .transform(Number)
    .transform((year) => year || null),
  halaman: pageNumber,
});
export type DecreeQuery = z.output<typeof decreeQuery>;
export const decreePdfQuery = decreeQuery.extend(signed);

export const scanForm = z.strictObject({ version });

export const revocationForm = z.strictObject({
  version,
  revokedOn: date('Isi tanggal pencabutan'),
  reason: requiredText('Tulis alasan dan dasar pencabutan', 500),
});
export type RevocationInput = z.output<typeof revocationForm>;

export const numberingForm = z.strictObject({
  version,
  pattern: requiredText('Isi pola nomor SK', 80)
    .regex(
      /^[\p{L}\d][\p{L}\d ./(){}-]*$/u,
      'Pola berisi huruf, angka, titik, garis miring, dan tanda hubung, contoh 188.45/{urut}/425.504/{tahun}',
    )
    .superRefine((pattern, context) => {
      const problem = patternProblem(pattern);
      if (problem) context.addIssue({ code: 'custom', message: problem });
    }),
});
export type NumberingInput = z.output<typeof numberingForm>;

const sentences = (what: string) =>
  requiredText(`Tulis ${what}, satu kalimat satu baris`, 8000).superRefine((text, context) => {
    const unknown = unknownWord(text);
    if (unknown !== null)
      context.addIssue({
        code: 'custom',
        message: `Kata isian {${unknown}} tidak dikenal. Pakai kata isian dari daftar di bawah judul`,
      });
  });

export const templateForm = z.strictObject({
  version,
  considering: sentences('pertimbangan'),
  recalling: sentences('dasar hukum'),
  dictum: sentences('diktum'),
  copies: sentences('tembusan'),
});
export type TemplateInput = z.output<typeof templateForm>;
