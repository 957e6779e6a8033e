import type { Request, Response } from 'express';
import { asActor, readAs } from '#src/database.ts';
import * as format from '#src/format.ts';
import { forbidden, HttpError, notFound } from '#src/http/errors.ts';
import { blankForm, type Form } from '#src/http/forms.ts';
import { actorOf, currentAccount, idFrom } from '#src/http/request.ts';
import { letterKindLabels, letterKinds, type LetterQuery } from '#src/invitation-letters/form.ts';
import { letterPaper } from '#src/invitation-letters/paper.ts';
import { invitationList } from '#src/invitations/statements.ts';
import { buildPdf, sendPdf } from '#src/pdf/build.ts';
import { exportedAtMost } from '#src/spreadsheets.ts';
import { organises } from '#src/trainings/frame.ts';
import { trainingHeader, trainingSessions } from '#src/trainings/statements.ts';
import { reportFacts } from '#src/training-reports/statements.ts';

/** What a letter says of itself, asked for before it is printed. */
export async function letterPage(req: Request, res: Response) {
  const usual = { bentuk: 'lampiran', sifat: 'Biasa', hal: 'Undangan' };
  await render(req, res, blankForm({ ...usual, tanggal: format.today() }));
}

export async function letterPdf(req: Request, res: Response, form: Form<LetterQuery>) {
  const { input } = form;
  if (!input) return render(req, res.status(422), form);
  const training = await readOrganised(req);
  const { id } = training;
  const [[facts], sessions, invitees] = await readAs(
    actorOf(req),
    reportFacts(id),
    trainingSessions(id),
    invitationList(id, null, null, null, null, exportedAtMost, 0),
  );
  if (!facts) throw notFound();
  const invited = invitees.filter(({ kind }) => kind !== 'walk_in');
  const kept = { format: 'pdf', bentuk: input.bentuk, rows: invited.length };
  await asActor(actorOf(req), async (tx) => {
    await tx.$executeRaw`SELECT audit.record('export', 'training_invitations', NULL, NULL, ${kept}::jsonb)`;
  });
  const paper = letterPaper({ training, facts, sessions, invitees: invited }, input);
  sendPdf(res, `undangan-${id}`, await buildPdf(paper));
}

/** Before the list is sent, names may still change, and nobody has a link yet. */
async function readOrganised(req: Request) {
  const [[training]] = await readAs(actorOf(req), trainingHeader(idFrom(req)));
  if (!training) throw notFound();
  if (!organises(currentAccount(req), training)) throw forbidden();
  if (!training.isSent || training.status === 'cancelled') throw new HttpError(409, 'not sent');
  return training;
}

async function render(req: Request, res: Response, form: Form<unknown>) {
  res.renderPage('invitation-letters/form', {
    training: await readOrganised(req),
    form,
    kinds: letterKinds.map((value) => ({ value, label: letterKindLabels[value] })),
  });
}
