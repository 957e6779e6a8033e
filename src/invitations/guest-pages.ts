import type { Request, Response } from 'express';
import { HttpError, notFound } from '#src/http/errors.ts';
import { blankForm, type Form } from '#src/http/forms.ts';
import { once } from '#src/http/idempotency.ts';
import { currentAccount, idFrom, leaveNotice } from '#src/http/request.ts';
import { composed, whileComposed } from '#src/invitations/composing.ts';
import type { GuestInput } from '#src/invitations/form.ts';
import { inviteGuests } from '#src/invitations/repository.ts';

export async function guestPage(req: Request, res: Response) {
  await renderGuest(req, res, blankForm());
}

export async function inviteGuest(req: Request, res: Response, form: Form<GuestInput>) {
  const { input } = form;
  if (!input) return renderGuest(req, res.status(422), form);
  const location = await once(req, form, async (tx) => {
    const { id } = await composed(tx, req);
    await inviteGuests(tx, { trainingId: id, createdBy: currentAccount(req).id }, [input]);
    leaveNotice(req, `${input.name} ditambahkan.`);
    return `/pelatihan/${id}/undangan`;
  });
  res.redirect(303, location);
}

/** Takes somebody off the list, while it is not sent. */
export async function removeInvitation(req: Request, res: Response, form: Form<unknown>) {
  if (!form.input) throw new HttpError(400, 'unknown field');
  const location = await once(req, form, async (tx) => {
    const training = await composed(tx, req);
    const mine = { id: idFrom(req, 'invitationId'), trainingId: training.id };
    const invitation = await tx.trainingInvitation.findFirst({ where: mine });
    if (!invitation) throw notFound();
    await tx.trainingInvitation.delete({ where: { id: invitation.id } });
    leaveNotice(req, `${invitation.name} dihapus dari daftar.`);
    return `/pelatihan/${training.id}/undangan`;
  });
  res.redirect(303, location);
}

async function renderGuest(req: Request, res: Response, form: Form<unknown>) {
  const { training } = await whileComposed(req, async () => ({}));
  res.renderPage('invitations/guest', { training, form });
}
