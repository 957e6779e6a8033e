import type { Request, Response } from 'express';
import { can, type SignedInAccount } from '#src/access.ts';
import { readAs, type Transaction } from '#src/database.ts';
import { forbidden, notFound } from '#src/http/errors.ts';
import { blankForm, type Form } from '#src/http/forms.ts';
import { once } from '#src/http/idempotency.ts';
import { actorOf, currentAccount, idFrom, leaveNotice } from '#src/http/request.ts';
import { setTestOpened } from '#src/training-tests/repository.ts';
import { letterOf, mostQuestions, stateBadges, windows } from '#src/training-tests/rules.ts';
import { testQuestions, testSummary } from '#src/training-tests/statements.ts';
import { organises, trainingFrame } from '#src/trainings/frame.ts';
import { getTraining, type StoredTraining } from '#src/trainings/repository.ts';
import { trainingHeader } from '#src/trainings/statements.ts';

/** The questions of a training, whether its tests are open, and the way to the scores. */
export async function testsPage(req: Request, res: Response) {
  const account = currentAccount(req);
  const id = idFrom(req);
  const [[training], [summary], questions] = await readAs(
    actorOf(req),
    trainingHeader(id),
    testSummary(id),
    testQuestions(id),
  );
  if (!training || !summary) throw notFound();
  const isAnswered = summary.preCount + summary.postCount > 0;
  const mayWrite = writesTests(account, training);
  res.renderPage('training-tests/list', {
    ...trainingFrame(training, { account, current: 'Tes' }),
    summary,
    states: [
      { label: 'Tes awal', badge: stateBadges[summary.preState], count: summary.preCount },
      { label: 'Tes akhir', badge: stateBadges[summary.postState], count: summary.postCount },
    ],
    windows: Object.values(windows),
    questions: questions.map((question) => ({
      ...question,
      choices: question.choices.map((text, index) => ({
        text,
        letter: letterOf(index + 1),
        isCorrect: index + 1 === question.correct,
      })),
      upKey: blankForm().key,
      downKey: blankForm().key,
    })),
    isAnswered,
    mayWrite,
    mayEdit: mayWrite && !isAnswered,
    isFull: questions.length >= mostQuestions,
    key: blankForm().key,
  });
}

/** The organiser writes and opens the tests, until the training is cancelled. */
export const writesTests = (
  account: SignedInAccount,
  training: Parameters<typeof organises>[1] & { status: string },
) =>
  can(account, 'training:write') && organises(account, training) && training.status !== 'cancelled';

/** The training, when the account writes its tests. */
export async function testable(tx: Transaction, req: Request): Promise<StoredTraining> {
  const training = await getTraining(tx, idFrom(req));
  if (!writesTests(currentAccount(req), training)) throw forbidden();
  return training;
}

export const testsHref = (trainingId: number) => `/pelatihan/${trainingId}/tes`;

export async function openTests(req: Request, res: Response, form: Form<unknown>) {
  await step(req, res, form, async (tx, { id }) => {
    if ((await tx.trainingQuestion.count({ where: { trainingId: id } })) === 0)
      return 'Tulis paling sedikit satu soal sebelum tes dibuka.';
    await setTestOpened(tx, id, new Date());
    return 'Tes dibuka bagi peserta menurut waktunya.';
  });
}

export async function withdrawTests(req: Request, res: Response, form: Form<unknown>) {
  await step(req, res, form, async (tx, { id }) => {
    const outcome = await setTestOpened(tx, id, null);
    return outcome === 'answered'
      ? 'Tes tetap terbuka: sudah ada peserta yang menjawab.'
      : 'Tes ditarik. Soalnya dapat diubah, lalu dibuka lagi.';
  });
}

async function step(
  req: Request,
  res: Response,
  form: Form<unknown>,
  work: (tx: Transaction, training: StoredTraining) => Promise<string>,
) {
  const location = await once(req, form, async (tx) => {
    const training = await testable(tx, req);
    leaveNotice(req, await work(tx, training));
    return testsHref(training.id);
  });
  res.redirect(303, location);
}
