import type { Request, Response } from 'express';
import { publicActor } from '#src/access.ts';
import { tooManyTries } from '#src/http/errors.ts';
import { blankForm, type Form } from '#src/http/forms.ts';
import { leaveNotice, requestIdOf } from '#src/http/request.ts';
import { type AnswerInput, keptOf } from '#src/invitations/form.ts';
import { answerByLink, findByLink, type LinkedInvitation } from '#src/invitations/links.ts';
import { knownBefore } from '#src/invitations/moves.ts';
import { answerInWords, takesAnswers } from '#src/invitations/rules.ts';
import { testLinks } from '#src/training-tests/links.ts';
import { limiter, secondsToWait } from '#src/rate-limits.ts';
import { linkedMaterials } from '#src/training-files/lists.ts';

/** The page of an invitee's private link: what, when, where, and the answer. Nobody signs in. */
export async function linkPage(req: Request, res: Response) {
  await renderLink(req, res);
}

export async function answerLink(req: Request, res: Response, form: Form<AnswerInput>) {
  if (!form.input) return renderLink(req, res, form);
  const found = await openLink(req);
  if (!found) return renderUnknown(res);
  const isSaved = await answerByLink(
    publicActor(requestIdOf(req)),
    tokenOf(req),
    keptOf(form.input),
  );
  if (!isSaved) return renderLink(req, res, { ...form, input: undefined });
  leaveNotice(req, 'Terima kasih, jawaban Anda tersimpan.');
  res.redirect(303, `/u/${tokenOf(req)}`);
}

const quarterHour = 15 * 60;
/** A whole hall may share an address; a guesser finds out little. */
const openings = limiter('invitation', 600, quarterHour);
const misses = limiter('invitation-miss', 60, quarterHour);

/** What the link opens, or null for one that nobody was given. */
export async function openLink(req: Request) {
  const address = req.ip ?? '';
  const wait = await secondsToWait(openings, address);
  if (wait !== null) throw tooManyTries(wait);
  const found = await findByLink(publicActor(requestIdOf(req)), tokenOf(req));
  if (found) return found;
  const missed = await secondsToWait(misses, address);
  if (missed !== null) throw tooManyTries(missed);
  return null;
}

export function renderUnknown(res: Response) {
  keepPrivate(res);
  res.status(404).renderPage('invitations/unknown');
}

const tokenOf = (req: Request) => String(req.params.token);

/** The address is the key: no search engine keeps it. */
export const keepPrivate = (res: Response) => res.set('X-Robots-Tag', 'noindex, nofollow');

async function renderLink(req: Request, res: Response, given?: Form<unknown>) {
  const found = await openLink(req);
  if (!found) return renderUnknown(res);
  const { invitation, sessions, moves } = found;
  const isOpen = takesAnswers(invitation, new Date());
  keepPrivate(res);
  const status = given === undefined ? 200 : isOpen ? 422 : 409;
  res.status(status).renderPage('invitations/link', {
    invitation,
    sessions: sessions.map((session) => ({
      ...session,
      before: isMoved(invitation) ? knownBefore(session, moves, invitation.answeredAt) : null,
    })),
    isOpen,
    materials: await linkedMaterials(publicActor(requestIdOf(req)), tokenOf(req)),
    path: `/u/${tokenOf(req)}`,
    answered: answerInWords(invitation),
    isMoved: isMoved(invitation),
    tests: await testLinks(
      { actor: publicActor(requestIdOf(req)), token: tokenOf(req) },
      (word) => `/u/${tokenOf(req)}/tes/${word}`,
    ),
    form: isOpen && given ? given : answerFormOf(invitation),
  });
}

/** The answer was given for another time or place. */
const isMoved = ({ answeredAt, changedAt }: LinkedInvitation) =>
  answeredAt !== null && changedAt !== null && answeredAt < changedAt;

export const answerFormOf = (invitation: {
  answer: string | null;
  delegateName: string | null;
  answerNote: string | null;
}) =>
  blankForm({
    answer: invitation.answer,
    delegateName: invitation.delegateName,
    note: invitation.answerNote,
  });
