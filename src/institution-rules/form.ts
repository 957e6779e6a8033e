import { z } from 'zod';
import { date, optionalDate, requiredText, version } from '#src/http/fields.ts';
import { ruleKinds, severities } from '#src/institution-rules/rules.ts';
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
  halaman: z
    .string()
    .regex(/^[1-9]\d{0,3}$/, 'Nomor halaman tidak dikenal')
    .optional()
    .transform((text) => Number(text ?? 1)),
});
export type ViolationFilter = z.output<typeof violationFilter>;

const ruleFields = {
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
};

/** Beside the fields, one box for each position that has to be filled, `position` and its id. */
export const ruleForm = z
  .object(ruleFields)
  .catchall(z.string())
  .transform((typed, context) => {
    const boxes = Object.keys(typed).filter((name) => !(name in ruleFields));
    const unknown = boxes.filter((name) => !/^position\d{1,9}$/.test(name));
    if (unknown.length > 0)
      context.addIssue({ code: 'unrecognized_keys', keys: unknown, input: typed });
    return {
      version: typed.version,
      severity: typed.severity,
      value: typed.value,
      countedFrom: typed.countedFrom,
      countsActing: typed.countsActing,
      legalBasis: typed.legalBasis,
      holdsFrom: typed.holdsFrom,
      confirmed: typed.confirmed,
      positionIds: boxes.map((name) => Number(name.slice('position'.length))),
    };
  });
export type RuleInput = z.output<typeof ruleForm>;
