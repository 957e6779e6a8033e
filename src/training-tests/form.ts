import { z } from 'zod';
import { requiredText, version, pageNumber } from '#src/http/fields.ts';
import { letterOf, mostChoices, mostQuestions } from '#src/training-tests/rules.ts';

const numbers = (count: number) => Array.from({ length: count }, (_, index) => index + 1);

const choice = z.string().max(200, 'Paling panjang 200 huruf').optional();
const choiceFields = Object.fromEntries(
  numbers(mostChoices).map((number) => [`choice${number}`, choice]),
) as Record<`choice${1 | 2 | 3 | 4 | 5 | 6}`, typeof choice>;

/** One question; empty choices are left out. */
export const questionForm = z
  .strictObject({
    version,
    text: requiredText('Tulis soalnya', 400).min(3, 'Soal paling sedikit 3 huruf'),
    ...choiceFields,
    correct: z.enum(['1', '2', '3', '4', '5', '6'], { error: 'Pilih jawaban yang benar' }),
  })
  .superRefine((input, context) => {
    const written = writtenIn(input);
    const refuse = (field: string, message: string) =>
      context.addIssue({ code: 'custom', path: [field], message });
    if (written.length < 2)
      return refuse(`choice${written[0]?.number === 1 ? 2 : 1}`, 'Isi paling sedikit dua pilihan');
    const twin = written.find(({ words }, index) =>
      written.slice(0, index).some((other) => other.words === words),
    );
    if (twin) return refuse(`choice${twin.number}`, 'Pilihan ini sama dengan yang di atas');
    const correct = Number(input.correct);
    if (!written.some(({ number }) => number === correct))
      refuse('correct', `Pilihan ${letterOf(correct)} kosong, jadi tidak mungkin benar`);
  });
export type QuestionForm = z.output<typeof questionForm>;

const writtenIn = (given: Partial<Record<string, unknown>>) =>
  numbers(mostChoices).flatMap((number) => {
    const words = given[`choice${number}`];
    return typeof words === 'string' && words !== '' ? [{ number, words }] : [];
  });

/** The question as it is kept; the right choice is counted among those that stay. */
export function questionIn({ text, version: seen, correct, ...given }: QuestionForm) {
  const written = writtenIn(given);
  return {
    text,
    version: seen,
    choices: written.map(({ words }) => words),
    correct: written.findIndex(({ number }) => number === Number(correct)) + 1,
  };
}
export type QuestionInput = ReturnType<typeof questionIn>;

export const removalForm = z.strictObject({ version });
export const orderForm = z.strictObject({ direction: z.enum(['up', 'down']) });

const chosen = z.enum(['0', '1', '2', '3', '4', '5', '6'], { error: 'Pilih satu jawaban' });
const answerFields = Object.fromEntries(
  numbers(mostQuestions).map((number) => [`soal${number}`, chosen.optional()]),
) as Record<`soal${number}`, z.ZodOptional<typeof chosen>>;
/** The questions as they were when the page was opened, by their ids. */
const asked = z
  .string({ error: 'Muat ulang halaman ini' })
  .regex(/^\d{1,9}(,\d{1,9}){0,49}$/, 'Muat ulang halaman ini')
  .transform((text) => text.split(',').map(Number));

export const answersForm = z.strictObject({ daftar: asked, ...answerFields });
export const paperForm = z.strictObject({
  daftar: asked,
  /** The id of the answers that the page showed; 0 for none. */
  seen: version,
  ...answerFields,
});
export type AnswersInput = z.output<typeof answersForm>;
export type PaperInput = z.output<typeof paperForm>;

/** The chosen place for each question, 0 where nothing was chosen. */
export const answersIn = (input: { daftar: number[] } & Record<string, unknown>): number[] =>
  input.daftar.map((_, index) => Number(input[`soal${index + 1}`] ?? 0));

export const scoreQuery = z.strictObject({
  halaman: pageNumber,
});
export type ScoreQuery = z.output<typeof scoreQuery>;
