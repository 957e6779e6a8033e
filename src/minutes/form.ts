import { z } from 'zod';
import { optionalText, version } from '#src/http/fields.ts';

export const minutesForm = z.strictObject({
  version,
  kind: optionalText(200),
  chairOffice: optionalText(120),
  chairName: optionalText(120),
  noteTaker: optionalText(120),
  agenda: optionalText(4000),
  course: optionalText(6000),
  conclusion: optionalText(4000),
  closing: optionalText(2000),
});
export type MinutesInput = z.output<typeof minutesForm>;
