import type { Request, Response } from 'express';
import { asActor, type Transaction } from '#src/database.ts';
import { forbidden } from '#src/http/errors.ts';
import { blankForm, withError, type Form } from '#src/http/forms.ts';
import { once } from '#src/http/idempotency.ts';
import { actorOf, currentAccount, idFrom, leaveNotice } from '#src/http/request.ts';
import { organises } from '#src/trainings/frame.ts';
import { kelurahanIdsIn, type TrainingInput } from '#src/trainings/form.ts';
import {
  getTraining,
  insertTraining,
  saveTraining,
  type StoredTraining,
  trainableKelurahan,
} from '#src/trainings/repository.ts';
import { isOpen, pillars } from '#src/trainings/rules.ts';
import { formValues, differences } from '#src/trainings/editing.ts';

/** Somebody else saved the training since the form was opened. */
class TrainingChanged extends Error {}

type Place = { id: number; name: string };

export async function newTrainingPage(req: Request, res: Response) {
  const places = await placesFor(req);
  const form = blankForm({
    version: 1,
    legalBasis: 'Peraturan Wali Kota Probolinggo Nomor 31 Tahun 2019',
    minimumShare: 80,
  });
  renderEdit(res, { training: null, places, form });
}

export async function createTraining(req: Request, res: Response, form: Form<TrainingInput>) {
  const places = await placesFor(req);
  const checked = withReachCheck(req, form, places);
  const { input } = checked;
  if (!input) return renderEdit(res.status(422), { training: null, places, form: checked });
  const location = await once(req, form, async (tx) => {
    const id = await insertTraining(tx, currentAccount(req), input);
    leaveNotice(req, 'Draf pelatihan tersimpan. Tambahkan sesi, lalu jadwalkan.');
    return `/pelatihan/${id}`;
  });
  res.redirect(303, location);
}

export async function trainingEditPage(req: Request, res: Response) {
  const { training, places } = await readPlanned(req);
  renderEdit(res, { training, places, form: blankForm(formValues(training, places)) });
}

export async function updateTraining(req: Request, res: Response, form: Form<TrainingInput>) {
  const { training, places } = await readPlanned(req);
  const checked = training.invitedAt ? form : withReachCheck(req, form, places);
  const { input } = checked;
  if (!input) return renderEdit(res.status(422), { training, places, form: checked });
  try {
    const location = await once(req, form, async (tx) => {
      const saved = await saveTraining(tx, currentAccount(req), {
        id: training.id,
        input,
        isSent: training.invitedAt !== null,
      });
      if (!saved) throw new TrainingChanged();
      leaveNotice(req, 'Pelatihan tersimpan.');
      return `/pelatihan/${training.id}`;
    });
    res.redirect(303, location);
  } catch (error) {
    if (!(error instanceof TrainingChanged)) throw error;
    const { training: now } = await readPlanned(req);
    res.status(409).renderPage('trainings/conflict', {
      training: now,
      key: blankForm().key,
      rows: differences(now, input, places),
      fields: Object.entries({ ...form.values, version: String(now.version) }),
    });
  }
}

/** The training, its organiser's to plan while it is neither over nor cancelled. */
export async function planned(tx: Transaction, req: Request): Promise<StoredTraining> {
  const training = await getTraining(tx, idFrom(req));
  if (!organises(currentAccount(req), training) || !isOpen(training.status)) throw forbidden();
  return training;
}

const readPlanned = (req: Request) =>
  asActor(actorOf(req), async (tx) => ({
    training: await planned(tx, req),
    places: await choosable(tx, req),
  }));

const placesFor = (req: Request) => asActor(actorOf(req), (tx) => choosable(tx, req));

const choosable = async (tx: Transaction, req: Request): Promise<Place[]> =>
  currentAccount(req).kelurahanId === null ? trainableKelurahan(tx) : [];

function withReachCheck(
  req: Request,
  form: Form<TrainingInput>,
  places: readonly Place[],
): Form<TrainingInput> {
  if (!form.input) return form;
  const ticked = kelurahanIdsIn(form.input);
  if (!ticked.every((id) => places.some((place) => place.id === id)))
    return withError(form, 'places', 'Pilih kelurahan dari daftar');
  return currentAccount(req).kelurahanId === null && ticked.length === 0
    ? withError(form, 'places', 'Pilih paling sedikit satu kelurahan')
    : form;
}

function renderEdit(
  res: Response,
  model: { training: StoredTraining | null; places: readonly Place[]; form: Form<unknown> },
) {
  res.renderPage('trainings/edit', { ...model, pillars: Object.entries(pillars) });
}
