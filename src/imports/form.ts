import { z } from 'zod';
import { optionalId, requiredText, version } from '#src/http/fields.ts';
import { signed } from '#src/list-office.ts';
import { columnFields, isColumnField } from '#src/imports/labels.ts';

export const listPdfQuery = z.strictObject(signed);

export const uploadForm = z.strictObject({
  kelurahanId: optionalId('Pilih kelurahan dari daftar'),
});

export const filters = ['bermasalah', 'baru', 'berubah', 'sama'] as const;
export const previewQuery = z.strictObject({
  saring: z
    .string()
    .optional()
    .transform((text) => text || null)
    .pipe(z.union([z.null(), z.enum(filters)], { error: 'Pilih saringan dari daftar' })),
  halaman: z
    .string()
    .regex(/^[1-9]\d{0,3}$/, 'Nomor halaman tidak dikenal')
    .optional()
    .transform((text) => Number(text ?? 1)),
});
export type PreviewQuery = z.output<typeof previewQuery>;

export const templateQuery = z.strictObject({
  jenis: z
    .string()
    .regex(/^[A-Z][A-Z_]{1,39}$/, 'Pilih jenis dari daftar')
    .optional(),
});
export type TemplateQuery = z.output<typeof templateQuery>;

export const mostColumns = 60;
const column = z.string().refine(isColumnField, 'Pilih isi kolom dari daftar').optional();
/** What each column of the file is: `column0`, `column1` and so on. */
export const mappingForm = z.strictObject({
  version,
  institutionId: optionalId('Pilih lembaga dari daftar'),
  institutionTypeId: optionalId('Pilih jenis dari daftar'),
  ...Object.fromEntries(
    Array.from({ length: mostColumns }, (_, index) => [`column${index}`, column]),
  ),
});
export const columnOptions = Object.entries(columnFields).map(([value, label]) => ({
  value,
  label,
}));

export const versionForm = z.strictObject({ version });
export type VersionInput = z.output<typeof versionForm>;
export const suggestionForm = z.strictObject({
  version,
  rowId: z
    .string({ error: 'Muat ulang halaman ini' })
    .regex(/^[1-9]\d{0,9}$/, 'Muat ulang halaman ini')
    .transform(Number),
  /** Which cell of the row the word goes into, and which word was offered. */
  field: z
    .string({ error: 'Muat ulang halaman ini' })
    .refine(isColumnField, 'Muat ulang halaman ini'),
  word: requiredText('Muat ulang halaman ini', 200),
});
export type SuggestionInput = z.output<typeof suggestionForm>;
export const refusalForm = z.strictObject({
  version,
  note: requiredText('Tulis alasan penolakan', 1000),
});
export type RefusalInput = z.output<typeof refusalForm>;
