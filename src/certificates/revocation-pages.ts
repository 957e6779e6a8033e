import type { Request, Response } from 'express';
import { asActor, type Transaction } from '#src/database.ts';
import * as format from '#src/format.ts';
import { HttpError } from '#src/http/errors.ts';
import { blankForm, withError, type Form } from '#src/http/forms.ts';
import { once } from '#src/http/idempotency.ts';
import { actorOf, currentAccount, leaveNotice } from '#src/http/request.ts';
import { certificateContent } from '#src/certificates/content.ts';
import type { RevocationInput } from '#src/certificates/form.ts';
import {
  insertRevocation,
  lockNumbering,
  type StoredCertificate,
} from '#src/certificates/repository.ts';
import { newest, recipientHref } from '#src/certificates/steering.ts';

/** The certificate stays on record and its code says since when and why it no longer holds. */
export async function revocationPage(req: Request, res: Response) {
  const model = await asActor(actorOf(req), (tx) => revocable(tx, req));
  render(res, model, blankForm({ revokedOn: format.today() }));
}

export async function revoke(req: Request, res: Response, form: Form<RevocationInput>) {
  const model = await asActor(actorOf(req), (tx) => revocable(tx, req));
  const checked = withDateCheck(form, model.certificate);
  const { input } = checked;
  if (!input) return render(res.status(422), model, checked);
  const location = await once(req, form, async (tx) => {
    await lockNumbering(tx, model.training.id);
    const { certificate } = await revocable(tx, req);
    await insertRevocation(tx, currentAccount(req), { certificate, ...input });
    leaveNotice(req, `Sertifikat nomor ${certificate.number} dicabut.`);
    return recipientHref(certificate);
  });
  res.redirect(303, location);
}

async function revocable(tx: Transaction, req: Request) {
  const model = await newest(tx, req);
  if (model.certificate.revocation) throw new HttpError(409, 'revoked already');
  return model;
}

function withDateCheck(
  form: Form<RevocationInput>,
  { issuedAt, content }: StoredCertificate,
): Form<RevocationInput> {
  if (!form.input) return form;
  if (form.input.revokedOn > format.today())
    return withError(form, 'revokedOn', 'Tanggal pencabutan tidak boleh sesudah hari ini');
  const issuedOn = certificateContent.parse(content).issuedOn || format.dayOf(issuedAt);
  if (form.input.revokedOn < issuedOn)
    return withError(
      form,
      'revokedOn',
      `Tanggal pencabutan tidak boleh sebelum tanggal terbit, ${format.date(issuedOn)}`,
    );
  return form;
}

function render(
  res: Response,
  { training, certificate }: Awaited<ReturnType<typeof newest>>,
  form: Form<unknown>,
) {
  res.renderPage('certificates/revoke', {
    training,
    certificate,
    name: certificateContent.parse(certificate.content).name,
    back: recipientHref(certificate),
    form,
  });
}
