import type { Request, Response } from 'express';
import type { z } from 'zod';
import { asActor, type Transaction } from '#src/database.ts';
import { badRequest } from '#src/http/errors.ts';
import { blankForm, type Form } from '#src/http/forms.ts';
import { once } from '#src/http/idempotency.ts';
import { actorOf, idFrom, leaveNotice } from '#src/http/request.ts';
import {
  questionIn,
  type orderForm,
  type QuestionForm,
  type removalForm,
} from '#src/training-tests/form.ts';
import { testable, testsHref } from '#src/training-tests/pages.ts';
import {
  countAnswers,
  deleteQuestion,
  getQuestion,
  insertQuestion,
  moveQuestion,
  saveQuestion,
  type StoredQuestion,
  type WriteOutcome,
} from '#src/training-tests/repository.ts';
import { letterOf, letters } from '#src/training-tests/rules.ts';

export async function newQuestionPage(req: Request, res: Response) {
  await renderQuestion(req, res, { form: blankForm({ version: 1 }), isNew: true });
}

export async function createQuestion(req: Request, res: Response, form: Form<QuestionForm>) {
  const { input } = form;
  if (!input) return renderQuestion(req, res.status(422), { form, isNew: true });
  await write(req, res, form, (tx, trainingId) =>
    insertQuestion(tx, trainingId, questionIn(input)),
  );
}

export async function questionPage(req: Request, res: Response) {
  await renderQuestion(req, res, { isNew: false });
}

export async function updateQuestion(req: Request, res: Response, form: Form<QuestionForm>) {
  const { input } = form;
  if (!input) return renderQuestion(req, res.status(422), { form, isNew: false });
  await write(req, res, form, (tx) => saveQuestion(tx, idsOf(req), questionIn(input)));
}

export async function removeQuestion(
  req: Request,
  res: Response,
  form: Form<z.output<typeof removalForm>>,
) {
  const { input } = form;
  if (!input) throw badRequest('no version');
  await write(req, res, form, (tx) => deleteQuestion(tx, idsOf(req), input.version));
}

export async function reorderQuestion(
  req: Request,
  res: Response,
  form: Form<z.output<typeof orderForm>>,
) {
  const { input } = form;
  if (!input) throw badRequest('no direction');
  await write(req, res, form, (tx) => moveQuestion(tx, idsOf(req), input.direction));
}

const idsOf = (req: Request) => ({
  trainingId: idFrom(req),
  questionId: idFrom(req, 'questionId'),
});

const notices: Record<Exclude<WriteOutcome, 'changed'>, string> = {
  saved: 'Soal tersimpan.',
  answered: 'Soal tidak dapat diubah lagi: sudah ada peserta yang menjawab.',
  full: 'Tes sudah berisi 50 soal, tidak dapat ditambah lagi.',
};

async function write(
  req: Request,
  res: Response,
  form: Form<unknown>,
  work: (tx: Transaction, trainingId: number) => Promise<WriteOutcome>,
) {
  const location = await once(req, form, async (tx) => {
    const { id } = await testable(tx, req);
    const outcome = await work(tx, id);
    if (outcome === 'changed') return '';
    leaveNotice(req, notices[outcome]);
    return testsHref(id);
  });
  if (location !== '') return res.redirect(303, location);
  await renderConflict(req, res, form);
}

async function renderQuestion(
  req: Request,
  res: Response,
  { form, isNew }: { form?: Form<unknown>; isNew: boolean },
) {
  const { training, question, isAnswered } = await asActor(actorOf(req), async (tx) => {
    const found = await testable(tx, req);
    return {
      training: found,
      question: isNew ? null : await getQuestion(tx, idsOf(req)),
      isAnswered: (await countAnswers(tx, found.id)) > 0,
    };
  });
  res.renderPage('training-tests/question', {
    training,
    question,
    isAnswered,
    letters,
    form: form ?? blankForm(question ? valuesOf(question) : {}),
    removeKey: blankForm().key,
  });
}

const valuesOf = (question: StoredQuestion) => ({
  version: question.version,
  text: question.text,
  correct: question.correct,
  ...Object.fromEntries(question.choices.map((text, index) => [`choice${index + 1}`, text])),
});

/** Somebody else saved or removed the question since it was opened. */
async function renderConflict(req: Request, res: Response, form: Form<unknown>) {
  const { training, question } = await asActor(actorOf(req), async (tx) => ({
    training: await testable(tx, req),
    question: await getQuestion(tx, idsOf(req)),
  }));
  const stored: Partial<Record<string, string | number>> = valuesOf(question);
  const labels = [
    ['text', 'Soal'],
    ...letters.map((letter, index) => [`choice${index + 1}`, `Pilihan ${letter}`]),
  ];
  const rows = labels.flatMap(([name = '', label]) => {
    const [before, after] = [String(stored[name] ?? ''), form.values[name] ?? ''];
    return before === after ? [] : [{ label, before: before || null, after: after || null }];
  });
  rows.push({
    label: 'Jawaban yang benar',
    before: letterOf(question.correct),
    after: letterOf(Number(form.values.correct)) || null,
  });
  res.status(409).renderPage('training-tests/conflict', {
    training,
    question,
    key: blankForm().key,
    rows,
    fields: Object.entries({ ...form.values, version: String(question.version) }),
  });
}
