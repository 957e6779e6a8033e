import { z } from 'zod';
import { revealForm } from '#src/people/form.ts';
import { signatoryField } from '#src/pdf/signatories.ts';

/** `tanggal` as people type it, 17-08-2024, or as links carry it, 2024-08-17; null is today. */
export const rosterQuery = z.strictObject({
  tanggal: z
    .string()
    .optional()
    .transform((text, context) => {
      if (!text) return null;
      const day = asCalendarDate(text);
      if (day === null)
        context.addIssue({
          code: 'custom',
          message: 'Tanggal ini tidak ada. Isi tanggal, bulan, dan tahun, contoh 17-08-2024',
        });
      return day;
    }),
});
export type RosterQuery = z.output<typeof rosterQuery>;

export const rosterSignatories = ['lurah', 'ketua-lurah', 'tanpa'] as const;
export const rosterPdfQuery = rosterQuery.extend({ ttd: signatoryField(rosterSignatories) });
export type RosterPdfQuery = z.output<typeof rosterPdfQuery>;

/** The roster of a day with its NIK; why is asked as for one person. */
export const rosterNikForm = rosterQuery.extend(revealForm.shape);
export type RosterNikInput = z.output<typeof rosterNikForm>;

function asCalendarDate(text: string): string | null {
  const typed = /^(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})$/.exec(text);
  const [day = '', month = '', year = ''] = typed?.slice(1) ?? [];
  const iso = typed ? `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}` : text;
  if (!/^(19|20)\d{2}-\d{2}-\d{2}$/.test(iso)) return null;
  const moment = new Date(`${iso}T00:00:00Z`);
  return !Number.isNaN(moment.getTime()) && moment.toISOString().startsWith(iso) ? iso : null;
}
