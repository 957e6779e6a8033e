import type { Request } from 'express';
import { asActor, type Transaction } from '#src/database.ts';
import { askerOf, offeredAskers, type Asker } from '#src/dialogue/askers.ts';
import type { NoteInput } from '#src/dialogue/form.ts';
import { listPlaces, listSessions } from '#src/dialogue/repository.ts';
import { mayRecord } from '#src/dialogue/rules.ts';
import { forbidden } from '#src/http/errors.ts';
import { withError, type Form } from '#src/http/forms.ts';
import { actorOf, currentAccount, idFrom } from '#src/http/request.ts';
import { getTraining } from '#src/trainings/repository.ts';

/** What stands around the form of a note: the training, its sessions and who may have asked. */

/** The training, where this account writes down what is said in it. */
export async function recordable(tx: Transaction, req: Request) {
  const training = await getTraining(tx, idFrom(req));
  const sessions = await listSessions(tx, training.id);
  const startsAt = sessions[0]?.startsAt ?? null;
  if (!mayRecord(currentAccount(req), { ...training, startsAt })) throw forbidden();
  return { training, sessions };
}

export const idsOf = (req: Request) => ({
  trainingId: idFrom(req),
  noteId: Number(req.params.noteId),
});

/** What the form chooses from. */
export async function sceneOf(tx: Transaction, req: Request, values: Record<string, string>) {
  const { training, sessions } = await recordable(tx, req);
  const places = await listPlaces(tx, training.kelurahanIds);
  return { training, sessions, places, offered: await offeredAskers(tx, training, values) };
}
export type Scene = Awaited<ReturnType<typeof sceneOf>>;

/** The form with the asker that it names, or with what is wrong with it. */
export async function withAsker(
  req: Request,
  form: Form<NoteInput>,
  scene: Scene,
): Promise<Form<NoteInput> & { asker: Asker | null }> {
  const checked = withSessionCheck(form, scene);
  const { input } = checked;
  if (!input) return { ...checked, asker: null };
  const { training, places } = scene;
  const found = await asActor(actorOf(req), (tx) => askerOf(tx, training, { input, places }));
  return 'field' in found
    ? { ...withError(checked, found.field, found.message), asker: null }
    : { ...checked, asker: found };
}

export const withSessionCheck = (form: Form<NoteInput>, { sessions }: Scene): Form<NoteInput> =>
  form.input &&
  form.input.session !== null &&
  !sessions.some(({ id }) => id === form.input?.session)
    ? withError(form, 'session', 'Pilih sesi dari daftar')
    : form;

/** The session that goes on, or the last that began. */
export const runningSession = (sessions: Scene['sessions']) =>
  sessions.findLast(({ startsAt }) => startsAt <= new Date())?.id ?? null;
