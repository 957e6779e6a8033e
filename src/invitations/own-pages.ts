import type { Request, Response } from 'express';
import { asActor, type Transaction } from '#src/database.ts';
import { HttpError, notFound } from '#src/http/errors.ts';
import type { Form } from '#src/http/forms.ts';
import { once } from '#src/http/idempotency.ts';
import { actorOf, idFrom, leaveNotice } from '#src/http/request.ts';
import { type AnswerInput, keptOf } from '#src/invitations/form.ts';
import { answerFormOf } from '#src/invitations/link-pages.ts';
import { answerOwn } from '#src/invitations/repository.ts';
import { answerInWords, takesAnswers } from '#src/invitations/rules.ts';

/** A signed-in officer answers an invitation of their institution, as its link would. */
export async function ownAnswerPage(req: Request, res: Response) {
  await renderAnswer(req, res);
}

export async function answerOwnInvitation(req: Request, res: Response, form: Form<AnswerInput>) {
  const { input } = form;
  if (!input) return renderAnswer(req, res.status(422), form);
  const location = await once(req, form, async (tx) => {
    const { training, invitation } = await openInvitation(tx, req);
    if (!(await answerOwn(tx, invitation.id, keptOf(input)))) throw new HttpError(409, 'too late');
    leaveNotice(req, `Jawaban untuk ${invitation.name} tersimpan.`);
    return `/pelatihan/${training.id}/undangan`;
  });
  res.redirect(303, location);
}

/** Of a list that is sent; what the officer's role does not see does not exist. */
async function openInvitation(tx: Transaction, req: Request) {
  const invitation = await tx.trainingInvitation.findFirst({
    where: { id: idFrom(req, 'invitationId'), trainingId: idFrom(req), kind: 'officer' },
    include: { training: { include: { sessions: { orderBy: { startsAt: 'asc' } } } } },
  });
  if (!invitation?.training.invitedAt) throw notFound();
  return { training: invitation.training, invitation };
}

async function renderAnswer(req: Request, res: Response, given?: Form<unknown>) {
  const { training, invitation } = await asActor(actorOf(req), (tx) => openInvitation(tx, req));
  const startsAt = training.sessions[0]?.startsAt ?? null;
  if (!takesAnswers({ status: training.status, startsAt }, new Date()))
    throw new HttpError(409, 'too late');
  res.renderPage('invitations/own', {
    training,
    invitation,
    sessions: training.sessions,
    answered: answerInWords(invitation as Parameters<typeof answerInWords>[0]),
    form: given ?? answerFormOf(invitation),
  });
}
