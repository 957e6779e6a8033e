import type { Request, Response } from 'express';
import { publicActor } from '#src/access.ts';
import * as format from '#src/format.ts';
import { tooManyTries } from '#src/http/errors.ts';
import { blankForm, withError, type Form } from '#src/http/forms.ts';
import { requestIdOf } from '#src/http/request.ts';
import { certificateContent } from '#src/certificates/content.ts';
import type { CheckQuery } from '#src/certificates/form.ts';
import { type CheckedCertificate, findByCode } from '#src/certificates/public.ts';
import { codeFrom, codeInGroups } from '#src/certificates/rules.ts';
import { limiter, secondsToWait } from '#src/rate-limits.ts';

/** Whether a certificate is real, for whoever holds the paper; nobody signs in, and no search engine keeps it. */
export async function checkPage(req: Request, res: Response, form: Form<CheckQuery>) {
  const typed = form.input?.kode ?? null;
  const code = typed === null ? null : codeFrom(typed);
  // The result has an address of its own, the one that the QR opens.
  if (code !== null) return res.redirect(303, `/cek/${code}`);
  await admit(req);
  const asked =
    typed === null
      ? form
      : withError(form, 'kode', 'Kode terdiri atas 26 huruf dan angka; salin dari bawah QR');
  keepOut(res);
  res
    .status(asked.input ? 200 : 422)
    .renderPage('certificates/check', { form: { ...blankForm(), ...asked } });
}

export async function checkedCode(req: Request, res: Response) {
  await admit(req);
  const code = codeFrom(String(req.params.certificateCode));
  const found = code === null ? null : await findByCode(publicActor(requestIdOf(req)), code);
  keepOut(res);
  if (!found || code === null) {
    await count(misses, req);
    return res.status(404).renderPage('certificates/unknown');
  }
  res.renderPage('certificates/checked', { ...shown(found), code: codeInGroups(code) });
}

function shown(found: CheckedCertificate) {
  const content = certificateContent.parse(found.content);
  return {
    content,
    number: found.number,
    issuedOn: content.issuedOn || format.dayOf(found.issuedAt),
    verdict: verdictOf(found),
    successor:
      found.successorNumber !== null && found.successorIssuedAt !== null
        ? { number: found.successorNumber, on: format.dayOf(found.successorIssuedAt) }
        : null,
    revoked:
      found.revokedOn === null ? null : { on: found.revokedOn, reason: found.revokedReason ?? '' },
  };
}

const verdictOf = ({ revokedOn, successorNumber }: CheckedCertificate) =>
  revokedOn !== null ? 'revoked' : successorNumber !== null ? 'superseded' : 'valid';

const quarterHour = 15 * 60;
/** A personnel office checks a pile of papers from one address; a guesser among 2^130 codes gets nowhere anyway. */
const checks = limiter('certificate', 300, quarterHour);
const misses = limiter('certificate-miss', 40, quarterHour);

const admit = (req: Request) => count(checks, req);

async function count(limit: Parameters<typeof secondsToWait>[0], req: Request) {
  const wait = await secondsToWait(limit, req.ip ?? '');
  if (wait !== null) throw tooManyTries(wait);
}

const keepOut = (res: Response) => res.set('X-Robots-Tag', 'noindex, nofollow');
