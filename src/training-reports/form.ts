import { z } from 'zod';
import { optionalText, version } from '#src/http/fields.ts';
import { spendingIn } from '#src/training-reports/budget.ts';
import { withPlainLines } from '#src/trainings/written-texts.ts';

export const reportTextsForm = z.strictObject({
  version,
  preface: optionalText(3000),
  background: optionalText(4000),
  legalBasis: optionalText(2000),
  aims: optionalText(3000),
  target: optionalText(2000),
  course: optionalText(6000),
  results: optionalText(6000),
  obstacles: optionalText(3000),
  budget: optionalText(6000).superRefine((text, context) => {
    const read = spendingIn(withPlainLines(text ?? ''));
    if ('problem' in read) context.addIssue({ code: 'custom', message: read.problem });
  }),
  conclusion: optionalText(4000),
  recommendation: optionalText(4000),
});
export type ReportTextsInput = z.output<typeof reportTextsForm>;
