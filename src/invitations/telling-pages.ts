import type { Request, Response } from 'express';
import * as format from '#src/format.ts';
import { HttpError, notFound } from '#src/http/errors.ts';
import { blankForm, withError, type Form } from '#src/http/forms.ts';
import { once } from '#src/http/idempotency.ts';
import { idFrom, leaveNotice } from '#src/http/request.ts';
import { toldIn, type TellingInput, type TellingQuery } from '#src/invitations/form.ts';
import { filtersOf } from '#src/invitations/pages.ts';
import { markTold } from '#src/invitations/repository.ts';
import { tellingOfFilter, type TellingFilter } from '#src/invitations/rules.ts';
import type { Counts } from '#src/invitations/statements.ts';
import { readTelling, renderTelling, tellingHref } from '#src/invitations/telling-view.ts';

/** Staff send each their link from their own phone, then tick who was sent it. */
export async function tellingPage(req: Request, res: Response, query: Form<TellingQuery>) {
  if (!query.input) throw notFound();
  const { kabar, jenis, halaman } = query.input;
  const { training, counts } = await readTelling(req);
  await renderTelling(req, res, {
    kabar: kabar && filtersOf(training).includes(kabar) ? kabar : firstWith(training, counts),
    jenis,
    page: halaman,
    form: blankForm(),
  });
}

export async function tell(req: Request, res: Response, form: Form<TellingInput>) {
  const { input } = form;
  if (!input) throw new HttpError(400, 'unknown box');
  const { training } = await readTelling(req);
  if (!filtersOf(training).includes(input.kabar)) throw new HttpError(409, 'cancelled');
  const ids = input.all ? 'all' : toldIn(input);
  if (ids.length === 0) {
    const asked = withError(form, 'undangan1', 'Centang paling sedikit satu nama');
    return renderTelling(req, res.status(422), { ...input, page: 1, form: asked });
  }
  const location = await once(req, form, async (tx) => {
    const from = tellingOfFilter[input.kabar];
    const trainingId = idFrom(req);
    const count = await markTold(tx, { trainingId, from, type: input.jenis, ids });
    leaveNotice(req, noticeOf(input.kabar, count));
    return tellingHref(trainingId, input);
  });
  res.redirect(303, location);
}

const noticeOf = (kabar: TellingFilter, count: number) =>
  kabar === 'sudah'
    ? `Tanda ${format.number(count)} orang dibatalkan.`
    : `${format.number(count)} orang ditandai sudah diberi tahu.`;

const firstWith = ({ status }: { status: string }, { again, unsent }: Counts): TellingFilter =>
  again > 0 ? 'lagi' : unsent > 0 && status !== 'cancelled' ? 'belum' : 'sudah';
