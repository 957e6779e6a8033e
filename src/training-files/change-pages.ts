import type { Request, Response } from 'express';
import type { Transaction } from '#src/database.ts';
import { HttpError } from '#src/http/errors.ts';
import { blankForm, withError, type Form } from '#src/http/forms.ts';
import { once } from '#src/http/idempotency.ts';
import { leaveNotice } from '#src/http/request.ts';
import type { RemovalInput } from '#src/training-files/form.ts';
import { removeFile, saveFile } from '#src/training-files/repository.ts';
import type { Purpose } from '#src/training-files/rules.ts';
import { changeable, placeOf } from '#src/training-files/scene.ts';
import type { TrainingFileRow } from '#src/training-files/statements.ts';

type ChangeInput = { version: number; title: string; isShared?: boolean; link?: string | null };
const words = { material: 'Materi', photo: 'Foto' } as const;

export const changePage = (purpose: Purpose) => async (req: Request, res: Response) => {
  const { training, file } = await changeable(req, purpose);
  const form = blankForm({
    version: file.version,
    title: file.title,
    link: file.url,
    isShared: file.isShared ? 'on' : null,
  });
  res.renderPage('training-files/change', { training, file, form });
};

export const change =
  (purpose: Purpose) => async (req: Request, res: Response, form: Form<ChangeInput>) => {
    const { training, file } = await changeable(req, purpose);
    const checked = withLinkCheck(form, file);
    const { input } = checked;
    if (!input)
      return res.status(422).renderPage('training-files/change', { training, file, form: checked });
    const location = await once(req, form, async (tx) => {
      if (!(await save(tx, file, input))) return '';
      leaveNotice(req, `${words[purpose]} tersimpan.`);
      return placeOf(training.id, purpose);
    });
    if (location !== '') return res.redirect(303, location);
    const { file: now } = await changeable(req, purpose);
    res.status(409).renderPage('training-files/conflict', {
      training,
      file: now,
      key: blankForm().key,
      rows: differences(now, input),
      fields: Object.entries({ ...form.values, version: String(now.version) }),
    });
  };

export const removalPage = (purpose: Purpose) => async (req: Request, res: Response) => {
  const { training, file } = await changeable(req, purpose);
  const form = blankForm({ version: file.version });
  res.renderPage('training-files/remove', { training, file, form });
};

export const remove =
  (purpose: Purpose) => async (req: Request, res: Response, form: Form<RemovalInput>) => {
    const { training, file } = await changeable(req, purpose);
    const { input } = form;
    if (!input)
      return res.status(422).renderPage('training-files/remove', { training, file, form });
    const location = await once(req, form, async (tx) => {
      const isGone = await removeFile(tx, { id: file.id, version: input.version });
      if (!isGone) throw new HttpError(409, 'changed meanwhile');
      leaveNotice(req, `${words[purpose]} dihapus.`);
      return placeOf(training.id, purpose);
    });
    res.redirect(303, location);
  };

/** A link stays a link, and a file a file. */
const withLinkCheck = (form: Form<ChangeInput>, { url }: TrainingFileRow): Form<ChangeInput> =>
  url !== null && form.input && !form.input.link
    ? { ...withError(form, 'link', 'Isi tautan lengkap yang diawali https://'), input: undefined }
    : form;

const save = (
  tx: Transaction,
  { id, purpose, url }: TrainingFileRow,
  { version, title, isShared, link }: ChangeInput,
) =>
  saveFile(
    tx,
    { id, version },
    {
      title,
      ...(purpose === 'material' ? { isShared: isShared ?? false } : {}),
      ...(url !== null && link ? { link } : {}),
    },
  );

function differences(now: TrainingFileRow, { title, isShared, link }: ChangeInput) {
  const pairs: [string, string | null, string | null][] = [
    [now.purpose === 'photo' ? 'Keterangan' : 'Judul', now.title, title],
    ...(now.purpose === 'material'
      ? ([['Dibagikan', shared(now.isShared), shared(isShared)]] as [string, string, string][])
      : []),
    ...(now.url === null
      ? []
      : ([['Tautan', now.url, link ?? null]] as [string, string, string | null][])),
  ];
  return pairs
    .filter(([, before, after]) => before !== after)
    .map(([label, before, after]) => ({ label, before, after }));
}

const shared = (is: boolean | undefined) => (is ? 'Ya' : 'Tidak');
