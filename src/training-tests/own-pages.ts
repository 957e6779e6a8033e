import type { Request, Response } from 'express';
import { readAs } from '#src/database.ts';
import { notFound } from '#src/http/errors.ts';
import type { Form } from '#src/http/forms.ts';
import { actorOf, currentAccount, idFrom } from '#src/http/request.ts';
import type { AnswersInput } from '#src/training-tests/form.ts';
import { answerTest, renderTest } from '#src/training-tests/link-pages.ts';
import { testLinks } from '#src/training-tests/links.ts';
import { windows } from '#src/training-tests/rules.ts';
import { trainingFrame } from '#src/trainings/frame.ts';
import { trainingHeader } from '#src/trainings/statements.ts';

/** Both tests of the officer who is signed in. */
export async function ownTestsPage(req: Request, res: Response) {
  const [[training]] = await readAs(actorOf(req), trainingHeader(idFrom(req)));
  if (!training) throw notFound();
  const { participant, base } = ofOwn(req);
  res.renderPage('training-tests/own', {
    ...trainingFrame(training, { account: currentAccount(req), current: 'Tes saya' }),
    windows: Object.values(windows),
    tests: await testLinks(participant, (word) => `${base}/${word}`),
  });
}

export async function ownTestPage(req: Request, res: Response) {
  await renderTest(req, res, ofOwn(req));
}

export async function answerOwnTest(req: Request, res: Response, form: Form<AnswersInput>) {
  await answerTest(req, res, { ...ofOwn(req), form });
}

const ofOwn = (req: Request) => {
  const base = `/pelatihan/${idFrom(req)}/tes-saya`;
  return {
    participant: { actor: actorOf(req), trainingId: idFrom(req) },
    base,
    action: `${base}/${String(req.params.phase)}`,
  };
};
