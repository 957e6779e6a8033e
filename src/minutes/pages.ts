import type { Request, Response } from 'express';
import * as format from '#src/format.ts';
import { forbidden } from '#src/http/errors.ts';
import { blankForm, type Form } from '#src/http/forms.ts';
import { once } from '#src/http/idempotency.ts';
import { currentAccount, leaveNotice } from '#src/http/request.ts';
import { attendanceInWords } from '#src/minutes/attendance.ts';
import type { MinutesInput } from '#src/minutes/form.ts';
import { minutesPaper } from '#src/minutes/paper.ts';
import { readMinutes, type Minutes } from '#src/minutes/reading.ts';
import { mayWriteMinutes, minutesSections, sectionLabels } from '#src/minutes/rules.ts';
import { buildPdf, sendPdf } from '#src/pdf/build.ts';
import { renderTextsConflict } from '#src/trainings/texts-pages.ts';
import { ownTexts, saveTexts } from '#src/trainings/written-texts.ts';
import { buildWord, sendWord } from '#src/word/build.ts';

export async function minutesPage(req: Request, res: Response) {
  const minutes = await readMinutes(req);
  render(req, res, { minutes, form: blankForm({ ...minutes.texts, version: minutes.version }) });
}

export async function writeMinutes(req: Request, res: Response, form: Form<MinutesInput>) {
  const minutes = await readMinutes(req);
  if (!mayWriteMinutes(currentAccount(req), minutes.training)) throw forbidden();
  const { input } = form;
  if (!input) return render(req, res.status(422), { minutes, form });
  const { id } = minutes.training;
  const location = await once(req, form, async (tx) => {
    const texts = ownTexts(minutesSections, input, minutes.usual);
    if (!(await saveTexts(tx, 'minutes', { id, version: input.version, texts }))) return '';
    leaveNotice(req, 'Naskah notulen tersimpan.');
    return `/pelatihan/${id}/notulen`;
  });
  if (location !== '') return res.redirect(303, location);
  renderTextsConflict(
    res,
    { paper, labels: sectionLabels, now: await readMinutes(req) },
    { values: form.values, input },
  );
}

const paper = { name: 'Notulen', meta: 'Notulen', path: 'notulen' };

export async function minutesPdf(req: Request, res: Response) {
  const minutes = await readMinutes(req);
  sendPdf(res, nameOf(minutes), await buildPdf(minutesPaper(minutes, format.today())));
}

export async function minutesWord(req: Request, res: Response) {
  const minutes = await readMinutes(req);
  sendWord(res, nameOf(minutes), await buildWord(minutesPaper(minutes, format.today())));
}

const nameOf = ({ training }: Minutes) =>
  `notulen-${training.startsAt === null ? training.id : format.dayOf(training.startsAt)}`;

function render(
  req: Request,
  res: Response,
  { minutes, form }: { minutes: Minutes; form: Form<unknown> },
) {
  const { training, sessions, attendance, notes } = minutes;
  const { invited, present, absent } = attendanceInWords(attendance);
  res.renderPage('minutes/edit', {
    training,
    form,
    labels: sectionLabels,
    mayWrite: mayWriteMinutes(currentAccount(req), training),
    texts: minutesSections.map((section) => ({
      label: sectionLabels[section],
      value: minutes.texts[section],
    })),
    facts: [
      {
        label: 'Waktu',
        value: sessions.map((one) => format.span(one.startsAt, one.endsAt)).join('; '),
      },
      { label: 'Tempat', value: [...new Set(sessions.map(({ venue }) => venue))].join('; ') },
      { label: 'Diundang', value: invited },
      { label: 'Hadir', value: present },
      { label: 'Tidak hadir', value: absent },
      {
        label: 'Catatan dialog',
        value: format.number(notes.length),
        href: `/pelatihan/${training.id}/dialog`,
      },
    ],
  });
}
