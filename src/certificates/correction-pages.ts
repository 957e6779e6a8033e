import type { Request, Response } from 'express';
import { asActor } from '#src/database.ts';
import { today } from '#src/format.ts';
import { HttpError } from '#src/http/errors.ts';
import { blankForm, withError, type Form } from '#src/http/forms.ts';
import { once } from '#src/http/idempotency.ts';
import { actorOf, currentAccount, leaveNotice } from '#src/http/request.ts';
import { certificateContent } from '#src/certificates/content.ts';
import type { CorrectionInput } from '#src/certificates/form.ts';
import { insertSuccessor } from '#src/certificates/repository.ts';
import { issuable, newest, recipientHref } from '#src/certificates/steering.ts';

/** The name was written wrong: a new certificate under its own number, and the old one says that it was replaced. */
export async function correctionPage(req: Request, res: Response) {
  const model = await asActor(actorOf(req), (tx) => newest(tx, req));
  const { name } = certificateContent.parse(model.certificate.content);
  render(res, model, blankForm({ name }));
}

export async function correct(req: Request, res: Response, form: Form<CorrectionInput>) {
  const model = await asActor(actorOf(req), (tx) => newest(tx, req));
  const content = certificateContent.parse(model.certificate.content);
  const checked =
    form.input?.name === content.name && !model.certificate.revocation
      ? withError(form, 'name', 'Nama ini sama dengan yang tercetak. Tulis nama yang benar')
      : form;
  const { input } = checked;
  if (!input) return render(res.status(422), model, checked);
  const location = await once(req, form, async (tx) => {
    const training = await issuable(tx, req);
    // Somebody else may have replaced it while this request waited for the lock.
    const { certificate: old } = await newest(tx, req);
    if (old.trainingId !== training.id) throw new HttpError(409, 'changed meanwhile');
    await insertSuccessor(tx, training, {
      account: currentAccount(req),
      old,
      content: { ...content, name: input.name, correction: input.reason },
      day: today(),
    });
    leaveNotice(req, `Sertifikat pengganti terbit. Nomor ${old.number} tercatat digantikan.`);
    return recipientHref(old);
  });
  res.redirect(303, location);
}

function render(
  res: Response,
  { training, certificate }: Awaited<ReturnType<typeof newest>>,
  form: Form<unknown>,
) {
  res.renderPage('certificates/correct', {
    training,
    certificate,
    back: recipientHref(certificate),
    form,
  });
}
