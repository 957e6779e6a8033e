import type { Request, Response } from 'express';
import { readAs } from '#src/database.ts';
import { forbidden, notFound } from '#src/http/errors.ts';
import { blankForm, withError, type Form } from '#src/http/forms.ts';
import { once } from '#src/http/idempotency.ts';
import { actorOf, currentAccount, idFrom, leaveNotice } from '#src/http/request.ts';
import type { UploadedFile } from '#src/http/uploads.ts';
import { checkPhoto } from '#src/training-files/checks.ts';
import type { PhotoInput } from '#src/training-files/form.ts';
import { insertFile } from '#src/training-files/repository.ts';
import { filesAtMost, mayAddPhotos, mayChange } from '#src/training-files/rules.ts';
import { sendBytes } from '#src/training-files/scene.ts';
import {
  photoThumbnail,
  trainingFileBytes,
  trainingFiles,
} from '#src/training-files/statements.ts';
import { trainingFrame } from '#src/trainings/frame.ts';
import { trainingHeader } from '#src/trainings/statements.ts';

/** The photos of the day with their captions, as the report prints them. */
export async function photosPage(req: Request, res: Response) {
  await render(req, res, blankForm());
}

export async function addPhoto(
  req: Request,
  res: Response,
  form: Form<PhotoInput & { file: UploadedFile }>,
) {
  const account = currentAccount(req);
  const [[training]] = await readAs(actorOf(req), trainingHeader(idFrom(req)));
  if (!training) throw notFound();
  if (!mayAddPhotos(account, training)) throw forbidden();
  const { input } = form;
  if (!input) return render(req, res.status(422), form);
  const checked = await checkPhoto(input.file);
  if ('problem' in checked)
    return render(req, res.status(422), withError(form, 'file', checked.problem));
  const location = await once(req, form, async (tx) => {
    const id = await insertFile(tx, {
      ...checked.kept,
      trainingId: training.id,
      purpose: 'photo',
      title: input.title,
      uploadedBy: account.id,
    });
    if (id === null) return '';
    leaveNotice(req, 'Foto tersimpan.');
    return `/pelatihan/${training.id}/foto`;
  });
  if (location !== '') return res.redirect(303, location);
  const full = `Pelatihan ini sudah mempunyai ${filesAtMost.photo} foto. Hapus salah satu lebih dulu`;
  // The key is spent: once there is room, what is sent again is a new act.
  const again = { ...withError(form, 'file', full), key: blankForm().key };
  await render(req, res.status(422), again);
}

async function render(req: Request, res: Response, form: Form<unknown>) {
  const account = currentAccount(req);
  const id = idFrom(req);
  const [[training], photos] = await readAs(
    actorOf(req),
    trainingHeader(id),
    trainingFiles(id, 'photo'),
  );
  if (!training) throw notFound();
  res.renderPage('training-files/photos', {
    ...trainingFrame(training, { account, current: 'Foto' }),
    form,
    mayAdd: mayAddPhotos(account, training),
    photos: photos.map((photo) => ({ ...photo, mayChange: mayChange(account, training, photo) })),
  });
}

export async function photoImage(req: Request, res: Response) {
  const [[photo]] = await readAs(
    actorOf(req),
    trainingFileBytes(idFrom(req), idFrom(req, 'fileId'), 'photo'),
  );
  sendPhoto(res, photo);
}

/** As small as the page with all of them shows it. */
export async function photoSmall(req: Request, res: Response) {
  const [[photo]] = await readAs(actorOf(req), photoThumbnail(idFrom(req), idFrom(req, 'fileId')));
  sendPhoto(res, photo);
}

/** The picture behind an id never changes, so a phone fetches it once. */
function sendPhoto(res: Response, photo: { type: string; bytes: Uint8Array } | undefined) {
  if (!photo) throw notFound();
  res.set('Cache-Control', 'private, max-age=86400, immutable');
  sendBytes(res, photo);
}
