import type { Request, Response } from 'express';
import { readAs } from '#src/database.ts';
import { notFound } from '#src/http/errors.ts';
import { blankForm, withError, type Form } from '#src/http/forms.ts';
import { once } from '#src/http/idempotency.ts';
import { actorOf, currentAccount, idFrom, leaveNotice } from '#src/http/request.ts';
import type { UploadedFile } from '#src/http/uploads.ts';
import { checkMaterial } from '#src/training-files/checks.ts';
import type { MaterialFileInput, MaterialLinkInput } from '#src/training-files/form.ts';
import { insertFile } from '#src/training-files/repository.ts';
import { downloadName, filesAtMost } from '#src/training-files/rules.ts';
import { addable, sendBytes } from '#src/training-files/scene.ts';
import { trainingFileBytes } from '#src/training-files/statements.ts';
import type { TrainingHeader } from '#src/trainings/statements.ts';

export async function newFilePage(req: Request, res: Response) {
  const training = await addable(req, 'material');
  render(res, { training, kind: 'file', form: blankForm({ isShared: 'on' }) });
}

export async function newLinkPage(req: Request, res: Response) {
  const training = await addable(req, 'material');
  render(res, { training, kind: 'link', form: blankForm({ isShared: 'on' }) });
}

export async function addMaterialFile(
  req: Request,
  res: Response,
  form: Form<MaterialFileInput & { file: UploadedFile }>,
) {
  const training = await addable(req, 'material');
  const { input } = form;
  if (!input) return render(res.status(422), { training, kind: 'file', form });
  const { file, ...told } = input;
  const checked = await checkMaterial(file);
  if ('problem' in checked) {
    const refused = withError(form, 'file', checked.problem);
    return render(res.status(422), { training, kind: 'file', form: refused });
  }
  await keep(req, res, { training, kind: 'file', form, given: { ...told, ...checked.kept } });
}

export async function addMaterialLink(req: Request, res: Response, form: Form<MaterialLinkInput>) {
  const training = await addable(req, 'material');
  const { input } = form;
  if (!input) return render(res.status(422), { training, kind: 'link', form });
  await keep(req, res, { training, kind: 'link', form, given: input });
}

type Model = { training: TrainingHeader; kind: 'file' | 'link'; form: Form<unknown> };
type Given = { title: string; isShared: boolean } & (
  { link: string } | { name: string; type: string; bytes: Uint8Array<ArrayBuffer> }
);

async function keep(req: Request, res: Response, { given, ...model }: Model & { given: Given }) {
  const { training, form } = model;
  const location = await once(req, form, async (tx) => {
    const id = await insertFile(tx, {
      ...given,
      trainingId: training.id,
      purpose: 'material',
      uploadedBy: currentAccount(req).id,
    });
    if (id === null) return '';
    leaveNotice(req, 'Materi tersimpan.');
    return `/pelatihan/${training.id}#materi`;
  });
  if (location !== '') return res.redirect(303, location);
  const full = `Pelatihan ini sudah mempunyai ${filesAtMost.material} materi. Hapus salah satu lebih dulu`;
  // The key is spent: once there is room, what is sent again is a new act.
  const again = { ...withError(form, 'title', full), key: blankForm().key };
  render(res.status(422), { ...model, form: again });
}

const render = (res: Response, model: Model) => res.renderPage('training-files/add', model);

/** Downloaded, never shown as a page of the portal. */
export async function downloadMaterial(req: Request, res: Response) {
  const [[file]] = await readAs(
    actorOf(req),
    trainingFileBytes(idFrom(req), idFrom(req, 'fileId'), 'material'),
  );
  if (!file) throw notFound();
  res.attachment(downloadName(file));
  sendBytes(res, file);
}
