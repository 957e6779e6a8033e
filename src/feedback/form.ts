import { z } from 'zod';
import { optionalText } from '#src/http/fields.ts';

const grade = (sentence: string) =>
  z
    .string({ error: sentence })
    .regex(/^[1-5]$/, sentence)
    .transform(Number);

export const feedbackForm = z.strictObject({
  usefulness: grade('Pilih penilaian untuk manfaat materi'),
  speakers: grade('Pilih penilaian untuk narasumber'),
  organisation: grade('Pilih penilaian untuk tempat dan penyelenggaraan'),
  comment: optionalText(600),
});
export type FeedbackInput = z.output<typeof feedbackForm>;
