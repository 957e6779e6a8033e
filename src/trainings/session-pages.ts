import type { Request, Response } from 'express';
import type { z } from 'zod';
import { asActor, type Transaction } from '#src/database.ts';
import { violates } from '#src/http/database-errors.ts';
import { HttpError } from '#src/http/errors.ts';
import { blankForm, withError, type Form } from '#src/http/forms.ts';
import { once } from '#src/http/idempotency.ts';
import { actorOf, idFrom, leaveNotice } from '#src/http/request.ts';
import { planned } from '#src/trainings/edit-pages.ts';
import type { SessionInput, stepForm } from '#src/trainings/form.ts';
import {
  deleteSession,
  getSession,
  insertSession,
  saveSession,
  type StoredSession,
} from '#src/trainings/repository.ts';

export async function newSessionPage(req: Request, res: Response) {
  const training = await asActor(actorOf(req), (tx) => planned(tx, req));
  renderEdit(res, { training, session: null, form: blankForm({ version: 1 }) });
}

export async function createSession(req: Request, res: Response, form: Form<SessionInput>) {
  await save(req, res, form, async (tx, input) => {
    await insertSession(tx, idFrom(req), input);
  });
}

export async function sessionPage(req: Request, res: Response) {
  const model = await asActor(actorOf(req), async (tx) => ({
    training: await planned(tx, req),
    session: await getSession(tx, idsOf(req)),
  }));
  renderEdit(res, { ...model, form: blankForm(model.session) });
}

export async function updateSession(req: Request, res: Response, form: Form<SessionInput>) {
  await save(req, res, form, async (tx, input) => {
    if (!(await saveSession(tx, idsOf(req), input))) throw new HttpError(409, 'session changed');
  });
}

export async function removeSession(
  req: Request,
  res: Response,
  form: Form<z.output<typeof stepForm>>,
) {
  const { input } = form;
  if (!input) throw new HttpError(400, 'no version');
  const location = await once(req, form, async (tx) => {
    const training = await planned(tx, req);
    // What is announced is changed or cancelled, with words for those who know of it.
    if (training.status !== 'draft') throw new HttpError(409, 'announced');
    if (!(await deleteSession(tx, idsOf(req), input.version)))
      throw new HttpError(409, 'session changed');
    leaveNotice(req, 'Sesi dihapus.');
    return `/pelatihan/${training.id}`;
  });
  res.redirect(303, location);
}

const idsOf = (req: Request) => ({
  trainingId: idFrom(req),
  sessionId: Number(req.params.sessionId),
});

async function save(
  req: Request,
  res: Response,
  form: Form<SessionInput>,
  write: (tx: Transaction, input: SessionInput) => Promise<void>,
) {
  const isNew = req.params.sessionId === undefined;
  const model = await asActor(actorOf(req), async (tx) => ({
    training: await planned(tx, req),
    session: isNew ? null : await getSession(tx, idsOf(req)),
  }));
  const { input } = form;
  if (!input) return renderEdit(res.status(422), { ...model, form });
  try {
    const location = await once(req, form, async (tx) => {
      await planned(tx, req);
      await write(tx, input);
      leaveNotice(req, 'Sesi tersimpan.');
      return `/pelatihan/${model.training.id}`;
    });
    res.redirect(303, location);
  } catch (error) {
    if (!violates(error, 'training_sessions_one_place_at_a_time')) throw error;
    const refused = withError(
      form,
      'startsAt',
      'Waktu ini bertumpang tindih dengan sesi lain pelatihan ini. Pilih jam lain',
    );
    renderEdit(res.status(422), { ...model, form: refused });
  }
}

function renderEdit(
  res: Response,
  model: {
    training: { id: number; title: string; status: string };
    session: StoredSession | null;
    form: Form<unknown>;
  },
) {
  res.renderPage('trainings/session', {
    ...model,
    mayRemove: model.training.status === 'draft',
    removeKey: blankForm().key,
  });
}
