import type { Request, Response } from 'express';
import { asActor, readAs } from '#src/database.ts';
import * as format from '#src/format.ts';
import { forbidden, notFound } from '#src/http/errors.ts';
import { blankForm, type Form } from '#src/http/forms.ts';
import { actorOf, currentAccount, idFrom } from '#src/http/request.ts';
import { letterKindLabels, letterKinds, type LetterQuery } from '#src/invitation-letters/form.ts';
import { letterPaper } from '#src/invitation-letters/paper.ts';
import { signingOptions } from '#src/invitation-letters/signing.ts';
import { invitationList } from '#src/invitations/statements.ts';
import { buildPdf, sendPdf } from '#src/pdf/build.ts';
import { exportedAtMost } from '#src/spreadsheets.ts';
import { organises } from '#src/trainings/frame.ts';
import {
  trainingHeader,
  trainingSessions,
  type TrainingHeader,
} from '#src/trainings/statements.ts';
import { reportFacts } from '#src/training-reports/statements.ts';

type Letters = Awaited<ReturnType<typeof readOrganised>>;

/** What a letter says of itself, asked for before it is printed. */
export async function letterPage(req: Request, res: Response) {
  const letters = await readOrganised(req);
  const usual = {
    bentuk: letterKinds[0],
    sifat: 'Biasa',
    hal: `Undangan ${letters.training.title}`,
    tanggal: format.today(),
    ttd: signingOptions(letters)[0]?.value ?? '',
  };
  render(res, letters, blankForm(usual));
}

export async function letterPdf(req: Request, res: Response, form: Form<LetterQuery>) {
  const letters = await readOrganised(req);
  const { input } = form;
  const { id } = letters.training;
  if (!input || isTooEarlyOrLate(letters.training)) return render(res.status(422), letters, form);
  const [sessions, invitations] = await readAs(
    actorOf(req),
    trainingSessions(id),
    invitationList(id, null, null, null, null, exportedAtMost, 0),
  );
  // Whoever came without being invited is on the list too.
  const invitees = invitations.filter(({ kind }) => kind !== 'walk_in');
  const kept = { format: 'pdf', bentuk: input.bentuk, rows: invitees.length };
  await asActor(actorOf(req), async (tx) => {
    await tx.$executeRaw`SELECT audit.record('export', 'training_invitations', NULL, NULL, ${kept}::jsonb)`;
  });
  const file = await buildPdf(letterPaper({ ...letters, sessions, invitees }, input));
  sendPdf(res, `undangan-${id}`, file);
}

async function readOrganised(req: Request) {
  const id = idFrom(req);
  const [[training], [facts]] = await readAs(actorOf(req), trainingHeader(id), reportFacts(id));
  if (!training || !facts) throw notFound();
  if (!organises(currentAccount(req), training)) throw forbidden();
  return { training, facts };
}

/** Before the list is sent, names may still change, and nobody has a link yet. */
const isTooEarlyOrLate = ({ isSent, status }: TrainingHeader) => !isSent || status === 'cancelled';

function render(res: Response, letters: Letters, form: Form<unknown>) {
  const { training } = letters;
  if (isTooEarlyOrLate(training))
    return res.status(409).renderPage('invitation-letters/closed', { training });
  res.renderPage('invitation-letters/form', {
    training,
    form,
    kinds: letterKinds.map((value) => ({ value, label: letterKindLabels[value] })),
    signatories: signingOptions(letters),
  });
}
