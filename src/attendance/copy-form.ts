import { z } from 'zod';
import { optionalText, pageNumber } from '#src/http/fields.ts';
import { tickedIn, ticks } from '#src/http/ticks.ts';

/** One page of the printed sheet as it is copied in: who signed, and who was written on its spare lines. */

export const copiedPerPage = 60;
const spareLines = [1, 2, 3, 4, 5] as const;

export const copyQuery = z.strictObject({ halaman: pageNumber });

const spareName = z
  .string()
  .max(100, 'Nama paling panjang 100 huruf')
  .refine((text) => text === '' || text.length >= 2, 'Nama paling sedikit 2 huruf')
  .optional();
type Line = (typeof spareLines)[number];
const spareFields = Object.fromEntries(
  spareLines.flatMap((line) => [
    [`name${line}`, spareName],
    [`unit${line}`, optionalText(120)],
  ]),
) as Record<`name${Line}` | `unit${Line}`, typeof spareName>;

export const copyForm = z
  .strictObject({ halaman: pageNumber, ...ticks('hadir', copiedPerPage), ...spareFields })
  .superRefine((input, context) => {
    for (const line of spareLines)
      if (input[`unit${line}`] && !input[`name${line}`])
        context.addIssue({
          code: 'custom',
          path: [`name${line}`],
          message: 'Isi nama untuk unsur ini',
        });
  });
export type CopyInput = z.output<typeof copyForm>;

export const signedIn = (input: CopyInput) => tickedIn('hadir', input);

/** Who stands on the spare lines, by name and what they are. */
export const writtenIn = (input: CopyInput) =>
  spareLines.flatMap((line) => {
    const name = input[`name${line}`];
    return name ? [{ name, institutionName: input[`unit${line}`] || null }] : [];
  });
