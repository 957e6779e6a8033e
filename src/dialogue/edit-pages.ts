import type { Request, Response } from 'express';
import { asActor } from '#src/database.ts';
import type { Asker } from '#src/dialogue/askers.ts';
import { differences, formValues } from '#src/dialogue/editing.ts';
import { withAskerCheck, type NewNoteQuery, type NoteInput } from '#src/dialogue/form.ts';
import { getNote, insertNote, saveNote, type StoredNote } from '#src/dialogue/repository.ts';
import { kindLabels, kindOfSlug } from '#src/dialogue/rules.ts';
import {
  idsOf,
  recordable,
  runningSession,
  sceneOf,
  withAsker,
  withSessionCheck,
  type Scene,
} from '#src/dialogue/scene.ts';
import { badRequest } from '#src/http/errors.ts';
import { blankForm, type Form } from '#src/http/forms.ts';
import { once } from '#src/http/idempotency.ts';
import { actorOf, currentAccount, leaveNotice } from '#src/http/request.ts';
import { pillars } from '#src/trainings/rules.ts';

export async function newNotePage(req: Request, res: Response, query: Form<NewNoteQuery>) {
  const { input } = query;
  if (!input) throw badRequest('unknown kind or session');
  const scene = await asActor(actorOf(req), (tx) => sceneOf(tx, req, {}));
  const form = blankForm({
    version: 1,
    kind: input.jenis && kindOfSlug[input.jenis],
    session: input.sesi ?? runningSession(scene.sessions),
  });
  renderEdit(res, { ...scene, note: null, form });
}

export async function createNote(req: Request, res: Response, form: Form<NoteInput>) {
  const scene = await asActor(actorOf(req), (tx) => sceneOf(tx, req, form.values));
  if (form.values.find) return renderEdit(res, { ...scene, note: null, form: unsent(form) });
  const checked = await withAsker(req, withAskerCheck(form), scene);
  const { input, asker } = checked;
  if (!input || !asker) return renderEdit(res.status(422), { ...scene, note: null, form: checked });
  const location = await once(req, form, async (tx) => {
    await recordable(tx, req);
    const trainingId = scene.training.id;
    const id = await insertNote(tx, currentAccount(req), { trainingId, asker, input });
    leaveNotice(req, `${kindLabels[input.kind]} dari ${asker.askerName} tersimpan.`);
    return afterSaving(`/pelatihan/${trainingId}/dialog`, id, input);
  });
  res.redirect(303, location);
}

export async function notePage(req: Request, res: Response) {
  const { note, ...scene } = await asActor(actorOf(req), async (tx) => {
    const stored = await getNote(tx, idsOf(req));
    return { note: stored, ...(await sceneOf(tx, req, formValues(stored))) };
  });
  renderEdit(res, {
    ...scene,
    note,
    form: blankForm({ ...formValues(note), version: note.version }),
  });
}

export async function updateNote(req: Request, res: Response, form: Form<NoteInput>) {
  const { note, ...scene } = await asActor(actorOf(req), async (tx) => ({
    note: await getNote(tx, idsOf(req)),
    ...(await sceneOf(tx, req, form.values)),
  }));
  if (form.values.find) return renderEdit(res, { ...scene, note, form: unsent(form) });
  const checked = note.keepsAsker
    ? { ...withSessionCheck(form, scene), asker: null }
    : await withAsker(req, withAskerCheck(form), scene);
  const { input, asker } = checked;
  if (!input) return renderEdit(res.status(422), { ...scene, note, form: checked });
  const location = await once(req, form, async (tx) => {
    await recordable(tx, req);
    if (!(await saveNote(tx, note, { asker, input }))) return '';
    leaveNotice(req, 'Catatan tersimpan.');
    return afterSaving(`/pelatihan/${note.trainingId}/dialog`, note.id, input);
  });
  if (location !== '') return res.redirect(303, location);
  await renderConflict(req, res, { form, input, asker });
}

/** Looking for the asker is no mistake: what was typed stays, and nothing is marked. */
const unsent = (form: Form<NoteInput>): Form<NoteInput> => ({
  ...form,
  errors: {},
  input: undefined,
});

function afterSaving(list: string, id: number, { kind, session, next }: NoteInput): string {
  if (!next) return `${list}#catatan-${id}`;
  const slug = kindLabels[kind].toLowerCase();
  return `${list}/baru?jenis=${slug}${session === null ? '' : `&sesi=${session}`}`;
}

async function renderConflict(
  req: Request,
  res: Response,
  { form, input, asker }: { form: Form<NoteInput>; input: NoteInput; asker: Asker | null },
) {
  const { note, ...scene } = await asActor(actorOf(req), async (tx) => ({
    note: await getNote(tx, idsOf(req)),
    ...(await recordable(tx, req)),
  }));
  res.status(409).renderPage('dialogue/conflict', {
    training: scene.training,
    note,
    key: blankForm().key,
    rows: differences(note, { input, asker, sessions: scene.sessions }),
    fields: Object.entries({ ...form.values, version: String(note.version) }),
  });
}

function renderEdit(
  res: Response,
  { sessions, ...model }: Scene & { note: StoredNote | null; form: Form<unknown> },
) {
  res.renderPage('dialogue/edit', {
    ...model,
    kinds: Object.entries(kindLabels).map(([value, label]) => ({ value, label })),
    pillars: Object.entries(pillars).map(([value, label]) => ({ value, label })),
    sessions: sessions.map(({ id, topic }) => ({ value: id, label: topic })),
  });
}
