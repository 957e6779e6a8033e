import { z } from 'zod';

/** Kinds of input that several features ask for, each with the sentence that tells how to mend it. */

export const requiredText = (sentence: string, longest: number) =>
  z.string({ error: sentence }).min(1, sentence).max(longest, `Paling panjang ${longest} huruf`);

export const optionalText = (longest: number) =>
  z
    .string()
    .max(longest, `Paling panjang ${longest} huruf`)
    .optional()
    .transform((text) => text || null);

/** A person's name as on the identity card: letters, spaces, full stop, comma, apostrophe, hyphen; one word is fine. */
export const personName = requiredText('Isi nama lengkap seperti di KTP', 100).regex(
  /^[\p{L}\p{M}][\p{L}\p{M} .,'’‘\-/()]*$/u,
  'Tulis nama dengan huruf saja; tanda titik, koma, petik, dan tanda hubung boleh dipakai',
);

/** The name of an institution; whatever is in the way of lists, papers and addresses is named, because it may be invisible. */
export const institutionName = z
  .string()
  .max(120, 'Paling panjang 120 huruf')
  .refine((name) => Array.from(name).length >= 2, 'Nama lembaga paling pendek 2 huruf')
  .superRefine((name, context) => {
    const odd = /[^\p{L}\p{M}\d .,'’\-/()&":+]/u.exec(name)?.[0];
    if (odd === undefined) return;
    const what = /[\p{C}\p{Z}]/u.test(odd) ? 'tanda yang tidak terlihat' : `tanda “${odd}”`;
    context.addIssue({
      code: 'custom',
      message: `Nama lembaga memuat ${what}. Pakai huruf, angka, spasi, dan tanda . , ' - / ( ) & " : +`,
    });
  });

/** The number of a decree, as written in its upper right corner. */
export const decreeNumber = requiredText(
  'Isi nomor SK seperti tertulis di kanan atas SK',
  80,
).regex(
  /^[\p{L}\d][\p{L}\d ./()-]*$/u,
  'Nomor SK berisi huruf, angka, titik, garis miring, dan tanda hubung, contoh 188.45/12/425.504/2025',
);

/** Titles before or after a name, such as "H." or "S.Pd., M.Si.". */
export const title = z
  .string()
  .max(60, 'Gelar paling panjang 60 huruf')
  .regex(
    /^[\p{L}\p{M} .,'’()/-]*$/u,
    'Tulis gelar dengan huruf, titik, dan koma, contoh S.Pd., M.Si.',
  )
  .optional()
  .transform((text) => text || null);

/** An Indonesian phone number in any usual form, kept as E.164 (`+62812…`); empty is null. */
export const phone = z
  .string()
  .optional()
  .transform((text, context) => {
    if (!text) return null;
    const digits = text.replace(/[\s().-]/g, '');
    // A mobile number has 10 to 13 digits with its leading 0; a landline, with its area code, 8 to 12.
    const national = /^(?:\+62|62|0)(8[1-9]\d{7,10}|[2-79]\d{6,10})$/.exec(digits)?.[1];
    if (national) return `+62${national}`;
    context.addIssue({
      code: 'custom',
      message: 'Isi nomor HP dengan 10–13 angka, contoh 0812-3456-7890',
    });
    return z.NEVER;
  });

export const email = z
  .string()
  .max(120, 'Surel paling panjang 120 huruf')
  .regex(
    /^([^\s@<>"]+@[^\s@<>"]+\.[^\s@<>".]+)?$/,
    'Isi alamat surel yang lengkap, contoh rw05@contoh.id',
  )
  .optional()
  .transform((text) => text || null);

/** A calendar date that exists, as '2025-08-07'. */
export const date = (sentence: string) =>
  z
    .string({ error: sentence })
    .min(1, sentence)
    .refine(
      isCalendarDate,
      'Tanggal ini tidak ada. Isi tanggal, bulan, dan tahun, contoh 27 8 2025',
    );

export const optionalDate = z
  .string()
  .optional()
  .transform((text) => text || null)
  .refine(
    (text) => text === null || isCalendarDate(text),
    'Tanggal ini tidak ada. Isi tanggal, bulan, dan tahun, contoh 27 8 2025',
  );

/** A choice from a list that carries ids. */
export const idChoice = (sentence: string) =>
  z
    .string({ error: sentence })
    .regex(/^[1-9]\d{0,9}$/, sentence)
    .transform(Number)
    .refine((id) => id < 2 ** 31, sentence);

export const optionalId = (sentence: string) =>
  z
    .string()
    .optional()
    .transform((text) => text || null)
    .pipe(z.union([z.null(), idChoice(sentence)], { error: sentence }));

/** One of a few words, or none; an empty list of a form sends an empty text. */
export const optionalChoice = <const Choices extends readonly [string, ...string[]]>(
  choices: Choices,
  sentence: string,
) =>
  z
    .string()
    .optional()
    .transform((text) => text || null)
    .pipe(z.union([z.null(), z.enum(choices)], { error: sentence }));

/** A code of a shape, such as of a place or type, or none. */
export const optionalCode = (shape: RegExp, sentence: string) =>
  z
    .string()
    .optional()
    .transform((text) => text || null)
    .refine((text) => text === null || shape.test(text), sentence);

/** Which page of a list; the first when nothing is said. */
export const pageNumber = z
  .string()
  .regex(/^[1-9]\d{0,3}$/, 'Nomor halaman tidak dikenal')
  .optional()
  .transform((text) => Number(text ?? 1));

/** A territory number of an RT or RW, written `1`, `01` or `001`. */
export const optionalTerritoryNumber = (name: string) =>
  z
    .string()
    .regex(/^\d{0,3}$/, `Isi nomor ${name} dengan angka 1 sampai 999`)
    .optional()
    .transform((text) => (Number(text) > 0 ? Number(text) : null));

/** Which version of a record the form was filled from; another one means that somebody was faster. */
export const version = z
  .string({ error: 'Muat ulang halaman ini' })
  .regex(/^\d{1,9}$/, 'Muat ulang halaman ini')
  .transform(Number);

function isCalendarDate(text: string): boolean {
  if (!/^(19|20)\d{2}-\d{2}-\d{2}$/.test(text)) return false;
  const moment = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(moment.getTime()) && moment.toISOString().startsWith(text);
}
