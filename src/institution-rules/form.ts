import { z } from 'zod';
import { date, optionalDate, requiredText, version, pageNumber } from '#src/http/fields.ts';
import { tickedIn, ticks } from '#src/http/ticks.ts';
import { ruleKinds, severities } from '#src/institution-rules/rules.ts';
import { signed } from '#src/list-office.ts';
import { kelurahanChoice, typeChoice } from '#src/reports/form.ts';

export const violationFilter = z.strictObject({
  kelurahan: kelurahanChoice,
  jenis: typeChoice,
  aturan: z
    .string()
    .optional()
    .transform((text) => text || null)
    .pipe(
      z.union([z.null(), z.enum([...ruleKinds, 'term_over'])], {
        error: 'Pilih aturan dari daftar',
      }),
    ),
  halaman: pageNumber,
});
export type ViolationFilter = z.output<typeof violationFilter>;
export const violationPdfFilter = violationFilter.extend(signed);

export const ruleForm = z.strictObject({
  version,
  severity: z.enum(severities, { error: 'Pilih akibatnya bila dilanggar' }),
  value: z
    .string()
    .regex(/^\d{0,3}$/, 'Isi dengan angka saja, contoh 5')
    .optional()
    .transform((text) => (text ? Number(text) : null)),
  countedFrom: optionalDate,
  countsActing: z
    .literal('on')
    .optional()
    .transform((tick) => tick === 'on'),
  legalBasis: requiredText('Tulis dasar hukumnya, contoh Permendagri 18/2018', 500).min(
    3,
    'Tulis dasar hukumnya, contoh Permendagri 18/2018',
  ),
  holdsFrom: date('Isi tanggal mulai berlaku'),
  /** How many the preview showed; saved only while as many would break the rule. */
  confirmed: z
    .string()
    .regex(/^\d{1,9}$/, 'Muat ulang halaman ini')
    .optional()
    .transform((text) => (text === undefined ? null : Number(text))),
  /** The positions that have to be filled; no type has as many. */
  ...ticks('position', 60),
});

export type RuleInput = z.output<typeof ruleForm>;

export const positionIdsIn = (input: RuleInput) => tickedIn('position', input);
