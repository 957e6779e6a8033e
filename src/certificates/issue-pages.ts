import type { Request, Response } from 'express';
import { asActor, readAs } from '#src/database.ts';
import { today } from '#src/format.ts';
import { HttpError, notFound } from '#src/http/errors.ts';
import { blankForm, type Form } from '#src/http/forms.ts';
import { once } from '#src/http/idempotency.ts';
import { actorOf, currentAccount, idFrom, leaveNotice } from '#src/http/request.ts';
import { insertCertificates, waitingRecipients } from '#src/certificates/recipients.ts';
import { numberFrom } from '#src/certificates/rules.ts';
import { certificateSummary } from '#src/certificates/statements.ts';
import { issuable, organised } from '#src/certificates/steering.ts';

/** So many in one request: a page that anybody may continue, also after the portal was started anew in the middle. */
const batchSize = 25;

/** Asks once, then shows how far it has come; what has been issued is counted, so nothing is issued twice. */
export async function issuePage(req: Request, res: Response) {
  const training = await asActor(actorOf(req), (tx) => organised(tx, req));
  const [[summary]] = await readAs(actorOf(req), certificateSummary(training.id));
  if (!summary) throw notFound();
  const done = summary.eligible - summary.waiting;
  res.renderPage('certificates/issue', {
    training,
    base: `/pelatihan/${training.id}/sertifikat`,
    summary,
    isOver: training.status === 'finished',
    done,
    percent: summary.eligible === 0 ? 100 : Math.floor((100 * done) / summary.eligible),
    example: numberFrom(training.certificatePattern, { sequence: done + 1, day: today() }),
    hasSignatory: training.signatoryName !== '' && training.signatoryTitle !== '',
    isUnderWay: takeUnderWay(req, training.id),
    form: blankForm(),
  });
}

/** Only who has just sent a step goes on by itself: opening a link never issues anything. */
function takeUnderWay(req: Request, trainingId: number): boolean {
  const isUnderWay = req.session.issuing === trainingId;
  delete req.session.issuing;
  return isUnderWay;
}

export async function issueMany(req: Request, res: Response, form: Form<unknown>) {
  const location = await once(req, form, async (tx) => {
    const training = await issuable(tx, req);
    const recipients = await waitingRecipients(tx, training.id, { limit: batchSize + 1 });
    const account = currentAccount(req);
    await insertCertificates(tx, training, {
      account,
      recipients: recipients.slice(0, batchSize),
      day: today(),
    });
    const base = `/pelatihan/${training.id}/sertifikat`;
    if (recipients.length > batchSize) {
      req.session.issuing = training.id;
      return `${base}/penerbitan`;
    }
    leaveNotice(req, 'Semua yang memenuhi syarat sudah mempunyai sertifikat.');
    return base;
  });
  res.redirect(303, location);
}

export async function issueOne(req: Request, res: Response, form: Form<unknown>) {
  const location = await once(req, form, async (tx) => {
    const training = await issuable(tx, req);
    const invitationId = idFrom(req, 'invitationId');
    const recipients = await waitingRecipients(tx, training.id, { limit: 1, invitationId });
    if (recipients.length === 0) throw new HttpError(409, 'not eligible or issued meanwhile');
    await insertCertificates(tx, training, {
      account: currentAccount(req),
      recipients,
      day: today(),
    });
    leaveNotice(req, 'Sertifikat terbit.');
    return `/pelatihan/${training.id}/sertifikat/peserta/${invitationId}`;
  });
  res.redirect(303, location);
}
