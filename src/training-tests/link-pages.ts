import type { Request, Response } from 'express';
import { publicActor } from '#src/access.ts';
import { notFound } from '#src/http/errors.ts';
import { blankForm, withError, type Form } from '#src/http/forms.ts';
import { requestIdOf } from '#src/http/request.ts';
import { keepPrivate, openLink, renderUnknown } from '#src/invitations/link-pages.ts';
import { type AnswersInput, answersIn } from '#src/training-tests/form.ts';
import { standingOf } from '#src/training-tests/links.ts';
import { handIn, type Participant, readTests } from '#src/training-tests/participant.ts';
import {
  type HandedIn,
  type Phase,
  phaseLabels,
  phases,
  windows,
} from '#src/training-tests/rules.ts';

/** A participant's test on the phone, by their private link. */
export async function linkTestPage(req: Request, res: Response) {
  keepPrivate(res);
  if (!(await openLink(req))) return renderUnknown(res);
  await renderTest(req, res, ofLink(req));
}

export async function answerLinkTest(req: Request, res: Response, form: Form<AnswersInput>) {
  keepPrivate(res);
  if (!(await openLink(req))) return renderUnknown(res);
  await answerTest(req, res, { ...ofLink(req), form });
}

const ofLink = (req: Request): Place => {
  const token = String(req.params.token);
  return {
    participant: { actor: publicActor(requestIdOf(req)), token },
    base: `/u/${token}`,
    action: `/u/${token}/tes/${String(req.params.phase)}`,
  };
};

type Place = { participant: Participant; base: string; action: string };

/** The phase that an address names. */
export function phaseOf(req: Request): Phase {
  const word = req.params.phase;
  if (word !== 'pra' && word !== 'pasca') throw notFound();
  return phases[word];
}

/** Takes the answers once; whoever sends them again, or too late, is told where it stands. */
export async function answerTest(
  req: Request,
  res: Response,
  { form, ...place }: Place & { form: Form<AnswersInput> },
) {
  const { input } = form;
  if (!input) return renderTest(req, res.status(422), place, form);
  const answers = answersIn(input);
  const missing = answers.indexOf(0);
  if (missing >= 0)
    return renderTest(
      req,
      res.status(422),
      place,
      withError(form, `soal${missing + 1}`, `Pilih satu jawaban untuk soal ${missing + 1}`),
    );
  const given = { questions: input.daftar, answers };
  const outcome: HandedIn = await handIn(place.participant, phaseOf(req), given);
  if (outcome === 'unknown') throw notFound();
  if (outcome !== 'changed') return res.redirect(303, place.action);
  const sentence = 'Soal tes ini baru saja diubah. Periksa lagi jawaban Anda, lalu kirim.';
  await renderTest(req, res.status(409), place, withError(form, 'soal1', sentence));
}

/** The questions while they may be answered, otherwise the own score or why not. */
export async function renderTest(
  req: Request,
  res: Response,
  { participant, base, action }: Place,
  given?: Form<unknown>,
) {
  const phase = phaseOf(req);
  const found = await readTests(participant, phase);
  if (!found) throw notFound();
  const { about, questions } = found;
  const standing = standingOf(about, phase);
  res.renderPage('training-tests/answer', {
    about,
    label: phaseLabels[phase],
    standing,
    base,
    action,
    windows: Object.values(windows),
    questions: standing.score === null ? questions : [],
    daftar: questions.map(({ id }) => id).join(','),
    form: given && questions.length > 0 ? given : blankForm(),
  });
}
