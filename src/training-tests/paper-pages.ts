import type { Request, Response } from 'express';
import { asActor, type Transaction } from '#src/database.ts';
import { forbidden, notFound } from '#src/http/errors.ts';
import { blankForm, withError, type Form } from '#src/http/forms.ts';
import { once } from '#src/http/idempotency.ts';
import { actorOf, currentAccount, idFrom, leaveNotice } from '#src/http/request.ts';
import { records } from '#src/attendance/rules.ts';
import { answersIn, type PaperInput } from '#src/training-tests/form.ts';
import { phaseOf } from '#src/training-tests/link-pages.ts';
import { testsHref } from '#src/training-tests/pages.ts';
import { enterFromPaper } from '#src/training-tests/repository.ts';
import { letterOf, phaseLabels } from '#src/training-tests/rules.ts';
import { getTraining } from '#src/trainings/repository.ts';

/** What somebody answered on paper, typed by staff; typed again when it was typed wrongly. */
export async function paperPage(req: Request, res: Response) {
  await renderPaper(req, res);
}

export async function enterPaper(req: Request, res: Response, form: Form<PaperInput>) {
  const { input } = form;
  if (!input) return renderPaper(req, res.status(422), form);
  const location = await once(req, form, async (tx) => {
    const { training, invitation } = await entered(tx, req);
    const outcome = await enterFromPaper(tx, currentAccount(req), {
      invitationId: invitation.id,
      phase: phaseOf(req),
      questions: input.daftar,
      answers: answersIn(input),
      seen: input.seen,
    });
    if (outcome !== 'saved') return `?${outcome}`;
    leaveNotice(req, `${phaseLabels[phaseOf(req)]} ${invitation.name} tersimpan.`);
    return `${testsHref(training.id)}/nilai`;
  });
  if (!location.startsWith('?')) return res.redirect(303, location);
  const sentence = location === '?repeated' ? repeated : changed;
  await renderPaper(req, res.status(409), withError(form, 'soal1', sentence));
}

const repeated =
  'Jawaban peserta ini sudah dikirim lewat HP atau baru saja dicatat petugas lain. Yang tersimpan tidak diubah.';
const changed = 'Soal tes ini baru saja diubah. Periksa lagi jawabannya, lalu simpan.';

/** Of a training that is announced, for whoever records its day. */
async function entered(tx: Transaction, req: Request) {
  const training = await getTraining(tx, idFrom(req));
  const mayEnter = records(currentAccount(req), training);
  if (!mayEnter || training.status === 'draft' || training.status === 'cancelled')
    throw forbidden();
  const invitation = await tx.trainingInvitation.findFirst({
    where: { id: idFrom(req, 'invitationId'), trainingId: training.id, isTwin: false },
  });
  if (!invitation) throw notFound();
  return { training, invitation };
}

async function renderPaper(req: Request, res: Response, given?: Form<unknown>) {
  const phase = phaseOf(req);
  const { training, invitation, questions, stored } = await asActor(actorOf(req), async (tx) => {
    const found = await entered(tx, req);
    return {
      ...found,
      questions: await tx.trainingQuestion.findMany({
        where: { trainingId: found.training.id },
        orderBy: { number: 'asc' },
      }),
      stored: await tx.testResult.findFirst({
        where: { invitationId: found.invitation.id, phase },
      }),
    };
  });
  res.renderPage('training-tests/paper', {
    training,
    invitation,
    label: phaseLabels[phase],
    action: `${testsHref(training.id)}/kertas/${invitation.id}/${String(req.params.phase)}`,
    back: `${testsHref(training.id)}/nilai`,
    /** What was sent from a phone is the participant's own. */
    isOwn: stored?.means === 'phone',
    score: stored?.score ?? null,
    questions: questions.map((question) => ({
      ...question,
      options: question.choices.map((text, index) => ({
        value: index + 1,
        label: `${letterOf(index + 1)}. ${text}`,
      })),
    })),
    daftar: questions.map(({ id }) => id).join(','),
    seen: stored?.id ?? 0,
    form: given ?? blankForm(valuesOf(stored?.answers ?? questions.map(() => 0))),
  });
}

const valuesOf = (answers: readonly number[]) =>
  Object.fromEntries(answers.map((answer, index) => [`soal${index + 1}`, answer]));
