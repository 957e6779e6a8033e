import type { Request, Response } from 'express';
import type { z } from 'zod';
import { asActor } from '#src/database.ts';
import { HttpError } from '#src/http/errors.ts';
import { withError, type Form } from '#src/http/forms.ts';
import { once } from '#src/http/idempotency.ts';
import { actorOf, currentAccount, idFrom, leaveNotice } from '#src/http/request.ts';
import type { UploadedFile } from '#src/http/uploads.ts';
import type { scanForm } from '#src/decrees/form.ts';
import { viewOf } from '#src/decrees/pages.ts';
import { findScan, getDecree, signDecree } from '#src/decrees/repository.ts';
import { fileNameOf } from '#src/decrees/rules.ts';
import { checkScan } from '#src/decrees/scans.ts';

type ScanForm = Form<z.output<typeof scanForm> & { file: UploadedFile }>;

/** The signed paper comes in: from here on the decree does not change (decrees_keep_signed). */
export async function uploadScan(req: Request, res: Response, form: ScanForm) {
  const { input } = form;
  if (!input) return showAgain(req, res, form);
  const checked = await checkScan(input.file);
  if ('problem' in checked) return showAgain(req, res, withError(form, 'scan', checked.problem));

  const location = await once(req, form, async (tx) => {
    const decree = await getDecree(tx, idFrom(req));
    const kept = await signDecree(
      tx,
      { id: decree.id, version: input.version },
      {
        ...checked.scan,
        kelurahanId: decree.kelurahanId,
        name: input.file.name,
        uploadedBy: currentAccount(req).id,
      },
    );
    if (!kept) throw new HttpError(409, 'changed meanwhile');
    return `/sk/${decree.id}`;
  });
  leaveNotice(req, 'Pindaian SK tersimpan. SK ini sekarang terkunci.');
  res.redirect(303, location);
}

async function showAgain(req: Request, res: Response, form: ScanForm) {
  const shown = await asActor(actorOf(req), (tx) => viewOf(req, tx));
  const values = { version: String(shown.decree.version), ...form.values };
  res.status(422).renderPage('decrees/detail', { ...shown, form: { ...form, values } });
}

/** Downloaded, never shown in the portal's own pages: whatever is in the file has no rights here. */
export async function downloadScan(req: Request, res: Response) {
  const { number, type, bytes } = await asActor(actorOf(req), (tx) => findScan(tx, idFrom(req)));
  res.attachment(`${fileNameOf(number)}.${type === 'application/pdf' ? 'pdf' : 'jpg'}`);
  res.set('Content-Security-Policy', "sandbox; default-src 'none'");
  res.type(type).send(Buffer.from(bytes));
}
