import type { Request, Response } from 'express';
import type { z } from 'zod';
import { asActor, type Transaction } from '#src/database.ts';
import { HttpError } from '#src/http/errors.ts';
import { blankForm, type Form } from '#src/http/forms.ts';
import { once } from '#src/http/idempotency.ts';
import { actorOf, leaveNotice } from '#src/http/request.ts';
import { planned } from '#src/trainings/edit-pages.ts';
import type { cancelForm, stepForm } from '#src/trainings/form.ts';
import { moveTraining, type StoredTraining } from '#src/trainings/repository.ts';

type StepInput = z.output<typeof stepForm>;

/** From draft to scheduled; whoever it reaches sees it from now on. */
export async function schedule(req: Request, res: Response, form: Form<StepInput>) {
  await step(req, res, { form, notice: 'Pelatihan dijadwalkan.' }, async (tx, training) => {
    const sessions = await tx.trainingSession.count({ where: { trainingId: training.id } });
    if (training.status !== 'draft' || sessions === 0) throw new HttpError(409, 'not ready');
    return { status: 'scheduled' };
  });
}

/** Over, once its last session has ended. */
export async function finish(req: Request, res: Response, form: Form<StepInput>) {
  await step(req, res, { form, notice: 'Pelatihan selesai.' }, async (tx, training) => {
    const ahead = await tx.trainingSession.count({
      where: { trainingId: training.id, endsAt: { gt: new Date() } },
    });
    if (training.status === 'draft' || ahead > 0) throw new HttpError(409, 'not over');
    return { status: 'finished' };
  });
}

export async function cancelPage(req: Request, res: Response) {
  const training = await asActor(actorOf(req), (tx) => planned(tx, req));
  renderCancel(res, training, blankForm({ version: training.version }));
}

export async function cancel(req: Request, res: Response, form: Form<z.output<typeof cancelForm>>) {
  const { input } = form;
  if (!input) {
    const training = await asActor(actorOf(req), (tx) => planned(tx, req));
    return renderCancel(res.status(422), training, form);
  }
  await step(req, res, { form, notice: 'Pelatihan dibatalkan.' }, () => ({
    status: 'cancelled',
    cancelReason: input.reason,
  }));
}

async function step(
  req: Request,
  res: Response,
  { form, notice }: { form: Form<StepInput>; notice: string },
  to: (
    tx: Transaction,
    training: StoredTraining,
  ) => Parameters<typeof moveTraining>[2] | Promise<Parameters<typeof moveTraining>[2]>,
) {
  const { input } = form;
  if (!input) throw new HttpError(400, 'no version');
  const location = await once(req, form, async (tx) => {
    const training = await planned(tx, req);
    const next = await to(tx, training);
    if (!(await moveTraining(tx, { id: training.id, version: input.version }, next)))
      throw new HttpError(409, 'training changed');
    leaveNotice(req, notice);
    return `/pelatihan/${training.id}`;
  });
  res.redirect(303, location);
}

function renderCancel(res: Response, training: StoredTraining, form: Form<unknown>) {
  res.renderPage('trainings/cancel', { training, form });
}
