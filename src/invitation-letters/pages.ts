import type { Request, Response } from 'express';
import { readAs } from '#src/database.ts';
import { recordExportAs } from '#src/exports.ts';
import * as format from '#src/format.ts';
import { forbidden, notFound } from '#src/http/errors.ts';
import { blankForm, type Form, withError } from '#src/http/forms.ts';
import { actorOf, currentAccount, idFrom } from '#src/http/request.ts';
import {
  letterAudienceLabels,
  letterAudiences,
  letterKindLabels,
  letterKinds,
  type LetterQuery,
} from '#src/invitation-letters/form.ts';
import { letterPaper } from '#src/invitation-letters/paper.ts';
import { type Invitation, invitationList } from '#src/invitations/statements.ts';
import { buildPdf, sendPdf } from '#src/pdf/build.ts';
import { exportedAtMost } from '#src/spreadsheets.ts';
import { organises } from '#src/trainings/frame.ts';
import { signatoryOf } from '#src/trainings/papers.ts';
import {
  type TrainingHeader,
  trainingHeader,
  trainingOffices,
  trainingSessions,
} from '#src/trainings/statements.ts';

/** What a letter says of itself, asked for before it is printed. */
export async function letterPage(req: Request, res: Response) {
  const training = await readOrganised(req);
  if (isTooEarlyOrLate(training)) return renderClosed(res, training);
  const [[offices]] = await readAs(actorOf(req), trainingOffices(training.id));
  if (!offices) throw notFound();
  const { office, name, rank, nip } = signatoryOf(training, offices);
  const signed = { jabatan: office, nama: name, pangkat: rank, nip };
  const usual = { bentuk: 'lampiran', untuk: 'semua', sifat: 'Biasa', hal: 'Undangan' };
  render(res, training, blankForm({ ...usual, ...signed, tanggal: format.today() }));
}

export async function letterPdf(req: Request, res: Response, form: Form<LetterQuery>) {
  const { input } = form;
  const training = await readOrganised(req);
  if (isTooEarlyOrLate(training)) return renderClosed(res, training);
  if (!input) return render(res.status(422), training, form);
  const { id } = training;
  const [[offices], sessions, invitees] = await readAs(
    actorOf(req),
    trainingOffices(id),
    trainingSessions(id),
    invitationList(id, null, null, null, null, exportedAtMost, 0),
  );
  if (!offices) throw notFound();
  const invited = invitees.filter((invitee) => isAddressed(invitee, input));
  if (invited.length === 0) {
    const nobody = withError(form, 'untuk', 'Tidak ada yang diundang seperti ini. Pilih yang lain');
    return render(res.status(422), training, nobody);
  }
  await recordExportAs(actorOf(req), {
    table: 'training_invitations',
    details: { format: 'pdf', bentuk: input.bentuk, rows: invited.length },
  });
  const paper = letterPaper({ training, offices, sessions, invitees: invited }, input);
  sendPdf(res, `undangan-${id}`, await buildPdf(paper));
}

/** The annex of one letter has everybody. */
const isAddressed = ({ kind, phone, telling }: Invitation, { bentuk, untuk }: LetterQuery) =>
  kind !== 'walk_in' &&
  (bentuk === 'lampiran' ||
    { semua: true, 'tanpa-hp': phone === null, belum: telling === 'unsent' }[untuk]);

async function readOrganised(req: Request) {
  const [[training]] = await readAs(actorOf(req), trainingHeader(idFrom(req)));
  if (!training) throw notFound();
  if (!organises(currentAccount(req), training)) throw forbidden();
  return training;
}

/** Before the list is sent, names may still change, and nobody has a link yet. */
const isTooEarlyOrLate = ({ isSent, status }: TrainingHeader) => !isSent || status === 'cancelled';

const renderClosed = (res: Response, training: TrainingHeader) =>
  res.status(409).renderPage('invitation-letters/closed', { training });

function render(res: Response, training: TrainingHeader, form: Form<unknown>) {
  res.renderPage('invitation-letters/form', {
    training,
    form,
    audiences: letterAudiences.map((value) => ({ value, label: letterAudienceLabels[value] })),
    kinds: letterKinds.map((value) => ({ value, label: letterKindLabels[value] })),
  });
}
