import type { Request, Response } from 'express';
import type { Transaction } from '#src/database.ts';
import { today } from '#src/format.ts';
import { HttpError } from '#src/http/errors.ts';
import { blankForm, type Form, withError } from '#src/http/forms.ts';
import { once } from '#src/http/idempotency.ts';
import { leaveNotice } from '#src/http/request.ts';
import { composed, invitedSoFar, whileComposed } from '#src/invitations/composing.ts';
import type { SendInput } from '#src/invitations/form.ts';
import { freezeList, outOfOffice } from '#src/invitations/repository.ts';
import { overCapacity } from '#src/invitations/rules.ts';
import type { StoredTraining } from '#src/trainings/repository.ts';

/** Asks once more, because what is sent stays as it is. */
export async function sendPage(req: Request, res: Response) {
  await renderSend(req, res);
}

export async function send(req: Request, res: Response, form: Form<SendInput>) {
  const { input } = form;
  if (!input) throw new HttpError(400, 'no version');
  const { count } = await readList(req);
  if (count === 0)
    return renderSend(req, res.status(422), withError(form, 'list', 'Belum ada yang diundang'));
  const location = await once(req, form, async (tx) => {
    const training = scheduledOnly(await composed(tx, req));
    if (!(await freezeList(tx, training.id, input.version)))
      throw new HttpError(409, 'training changed');
    leaveNotice(
      req,
      'Undangan siap disampaikan. Kirim tautannya lewat WhatsApp atau cetak suratnya.',
    );
    return `/pelatihan/${training.id}/undangan`;
  });
  res.redirect(303, location);
}

/** A draft is announced first: nobody is invited to what may not take place. */
function scheduledOnly(training: StoredTraining): StoredTraining {
  if (training.status !== 'scheduled') throw new HttpError(409, 'not scheduled');
  return training;
}

const readList = (req: Request) =>
  whileComposed(req, async (tx: Transaction, training) => {
    scheduledOnly(training);
    return {
      count: await invitedSoFar(tx, training),
      left: await outOfOffice(tx, training.id, today()),
      withoutPhone: await tx.trainingInvitation.count({
        where: { trainingId: training.id, phone: null },
      }),
    };
  });

async function renderSend(req: Request, res: Response, given?: Form<unknown>) {
  const model = await readList(req);
  const { training, count } = model;
  res.renderPage('invitations/send', {
    ...model,
    form: given ?? blankForm({ version: training.version }),
    over: overCapacity(training.capacity, count),
  });
}
