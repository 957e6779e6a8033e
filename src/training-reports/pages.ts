import type { Request, Response } from 'express';
import * as format from '#src/format.ts';
import { forbidden } from '#src/http/errors.ts';
import { blankForm, type Form } from '#src/http/forms.ts';
import { once } from '#src/http/idempotency.ts';
import { actorOf, currentAccount, leaveNotice } from '#src/http/request.ts';
import { buildPdf, sendPdf } from '#src/pdf/build.ts';
import type { ReportTextsInput } from '#src/training-reports/form.ts';
import { reportPaper } from '#src/training-reports/paper.ts';
import { readTrainingReport, type TrainingReport } from '#src/training-reports/reading.ts';
import { printedPhotos } from '#src/training-reports/repository.ts';
import { reportSections, sectionHints, sectionLabels } from '#src/training-reports/rules.ts';
import { organises, trainingFrame } from '#src/trainings/frame.ts';
import { renderTextsConflict } from '#src/trainings/texts-pages.ts';
import { ownTexts, saveTexts } from '#src/trainings/written-texts.ts';
import { buildWord, sendWord } from '#src/word/build.ts';

export async function trainingReportPage(req: Request, res: Response) {
  const report = await readTrainingReport(req);
  render(req, res, { report, form: blankForm({ ...report.texts, version: report.version }) });
}

export async function writeTrainingReport(
  req: Request,
  res: Response,
  form: Form<ReportTextsInput>,
) {
  const report = await readTrainingReport(req);
  if (!organises(currentAccount(req), report.training)) throw forbidden();
  const { input } = form;
  if (!input) return render(req, res.status(422), { report, form });
  const { id } = report.training;
  const location = await once(req, form, async (tx) => {
    const texts = ownTexts(reportSections, input, report.usual);
    if (!(await saveTexts(tx, 'report', { id, version: input.version, texts }))) return '';
    leaveNotice(req, 'Naskah laporan tersimpan.');
    return `/pelatihan/${id}/laporan`;
  });
  if (location !== '') return res.redirect(303, location);
  renderTextsConflict(
    res,
    { paper, labels: sectionLabels, now: await readTrainingReport(req) },
    { values: form.values, input },
  );
}

const paper = { name: 'Laporan', meta: 'Laporan kegiatan', path: 'laporan' };

export async function trainingReportPdf(req: Request, res: Response) {
  const { report, paper } = await readPaper(req);
  sendPdf(res, nameOf(report), await buildPdf(paper));
}

export async function trainingReportWord(req: Request, res: Response) {
  const { report, paper } = await readPaper(req);
  sendWord(res, nameOf(report), await buildWord(paper));
}

async function readPaper(req: Request) {
  const report = await readTrainingReport(req);
  const photos = await printedPhotos(actorOf(req), report.photos.slice(0, photosAtMost));
  return { report, paper: reportPaper(report, photos, format.today()) };
}

/** Six pages of them. */
const photosAtMost = 36;

const nameOf = ({ training }: TrainingReport) =>
  `laporan-kegiatan-${training.startsAt === null ? training.id : format.dayOf(training.startsAt)}`;

function render(
  req: Request,
  res: Response,
  { report, form }: { report: TrainingReport; form: Form<unknown> },
) {
  const account = currentAccount(req);
  const { training, sessions, participants, notes, tests, feedback, photos } = report;
  const base = `/pelatihan/${training.id}`;
  const came = participants.filter(({ attended }) => attended > 0).length;
  res.renderPage('training-reports/edit', {
    ...trainingFrame(training, { account, current: 'Laporan' }),
    form,
    base: `${base}/laporan`,
    mayWrite: organises(account, training),
    fields: reportSections.map((name) => ({
      name,
      label: sectionLabels[name],
      hint: sectionHints[name],
      value: report.texts[name],
    })),
    facts: [
      { label: 'Sesi', value: count(sessions.length, 'sesi'), href: base },
      {
        label: 'Peserta',
        value: `${format.number(came)} dari ${count(participants.length, 'orang hadir')}`,
        href: `${base}/daftar-hadir`,
      },
      { label: 'Tes', value: `${tests.pre} tes awal, ${tests.post} tes akhir` },
      { label: 'Dialog', value: count(notes.length, 'catatan'), href: `${base}/dialog` },
      {
        label: 'Umpan balik',
        value: count(feedback.given, 'jawaban'),
        href: `${base}/umpan-balik`,
      },
      { label: 'Foto', value: photosInWords(photos.length), href: `${base}/foto` },
    ],
  });
}

const count = (value: number, what: string) => `${format.number(value)} ${what}`;

const photosInWords = (count: number) =>
  count > photosAtMost
    ? `${format.number(count)} foto, dicetak ${photosAtMost} yang pertama`
    : `${format.number(count)} foto`;
