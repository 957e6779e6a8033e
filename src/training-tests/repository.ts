import type { SignedInAccount } from '#src/access.ts';
import type { Transaction } from '#src/database.ts';
import { notFound } from '#src/http/errors.ts';
import type { QuestionInput } from '#src/training-tests/form.ts';
import { type HandedIn, mostQuestions, type Phase } from '#src/training-tests/rules.ts';

/** What staff write of a test. Questions are locked first, so that nobody answers what is being changed. */

export type WriteOutcome = 'saved' | 'answered' | 'changed' | 'full';

/** Waits for answers under way; true when nobody has answered yet. */
async function mayWrite(tx: Transaction, trainingId: number): Promise<boolean> {
  await tx.$queryRaw`SELECT lock_questions(${trainingId}::int) IS NULL AS done`;
  return (await tx.testResult.count({ where: { trainingId } })) === 0;
}

export async function insertQuestion(
  tx: Transaction,
  trainingId: number,
  { text, choices, correct }: QuestionInput,
): Promise<WriteOutcome> {
  if (!(await mayWrite(tx, trainingId))) return 'answered';
  const number = 1 + (await tx.trainingQuestion.count({ where: { trainingId } }));
  if (number > mostQuestions) return 'full';
  await tx.trainingQuestion.create({ data: { trainingId, number, text, choices, correct } });
  return 'saved';
}

export async function saveQuestion(
  tx: Transaction,
  { trainingId, questionId }: { trainingId: number; questionId: number },
  { text, choices, correct, version }: QuestionInput,
): Promise<WriteOutcome> {
  if (!(await mayWrite(tx, trainingId))) return 'answered';
  const { count } = await tx.trainingQuestion.updateMany({
    where: { id: questionId, trainingId, version },
    data: { text, choices, correct, version: { increment: 1 } },
  });
  return count === 1 ? 'saved' : 'changed';
}

/** The questions after it move up. */
export async function deleteQuestion(
  tx: Transaction,
  { trainingId, questionId }: { trainingId: number; questionId: number },
  version: number,
): Promise<WriteOutcome> {
  if (!(await mayWrite(tx, trainingId))) return 'answered';
  const question = await getQuestion(tx, { trainingId, questionId });
  const { count } = await tx.trainingQuestion.deleteMany({ where: { id: questionId, version } });
  if (count === 0) return 'changed';
  await tx.$executeRaw`UPDATE training_questions SET number = number - 1
    WHERE training_id = ${trainingId} AND number > ${question.number}`;
  return 'saved';
}

/** Changes places with its neighbour; the first does not go up. */
export async function moveQuestion(
  tx: Transaction,
  { trainingId, questionId }: { trainingId: number; questionId: number },
  direction: 'up' | 'down',
): Promise<WriteOutcome> {
  if (!(await mayWrite(tx, trainingId))) return 'answered';
  const { number } = await getQuestion(tx, { trainingId, questionId });
  const other = direction === 'up' ? number - 1 : number + 1;
  await tx.$executeRaw`
    UPDATE training_questions SET number = ${number}::int + ${other}::int - number
    WHERE training_id = ${trainingId} AND number IN (${number}, ${other})
      AND EXISTS (SELECT FROM training_questions WHERE training_id = ${trainingId} AND number = ${other})`;
  return 'saved';
}

export async function getQuestion(
  tx: Transaction,
  { trainingId, questionId }: { trainingId: number; questionId: number },
) {
  const question = await tx.trainingQuestion.findFirst({ where: { id: questionId, trainingId } });
  if (!question) throw notFound();
  return question;
}
export type StoredQuestion = Awaited<ReturnType<typeof getQuestion>>;

export const countAnswers = (tx: Transaction, trainingId: number) =>
  tx.testResult.count({ where: { trainingId } });

/** Opens the tests for the participants, or takes that back while nobody has answered. */
export async function setTestOpened(
  tx: Transaction,
  trainingId: number,
  openedAt: Date | null,
): Promise<WriteOutcome> {
  const isFree = await mayWrite(tx, trainingId);
  if (openedAt === null && !isFree) return 'answered';
  await tx.training.updateMany({
    where: { id: trainingId, testOpenedAt: openedAt === null ? { not: null } : null },
    data: { testOpenedAt: openedAt, updatedAt: new Date() },
  });
  return 'saved';
}

export async function enterFromPaper(
  tx: Transaction,
  account: SignedInAccount,
  given: {
    invitationId: number;
    phase: Phase;
    questions: number[];
    answers: number[];
    seen: number;
  },
): Promise<HandedIn> {
  const { invitationId, phase, questions, answers, seen } = given;
  const [row] = await tx.$queryRaw<{ outcome: HandedIn }[]>`
    SELECT hand_in_test(${invitationId}::int, ${phase}, ${questions}::int[], ${answers}::smallint[], 'paper', ${seen}::int,
      ${account.id}::int) AS outcome`;
  return row?.outcome ?? 'unknown';
}
