import type { Request, Response } from 'express';
import { publicActor } from '#src/access.ts';
import { findLinkedCertificate } from '#src/certificates/public.ts';
import { blankForm, type Form } from '#src/http/forms.ts';
import { requestIdOf } from '#src/http/request.ts';
import type { FeedbackInput } from '#src/feedback/form.ts';
import { findFeedback, giveFeedback } from '#src/feedback/links.ts';
import { aspects, fewestShown, grades } from '#src/feedback/rules.ts';
import { keepPrivate, openLink, renderUnknown } from '#src/invitations/link-pages.ts';

/** Whoever came says what they thought of it, by the link of the invitation; nobody signs in. */
export async function feedbackPage(req: Request, res: Response) {
  const found = await openFeedback(req);
  if (!found) return renderUnknown(res);
  render(req, res, { found, form: blankForm() });
}

export async function sendFeedback(req: Request, res: Response, form: Form<FeedbackInput>) {
  const found = await openFeedback(req);
  if (!found) return renderUnknown(res);
  const { input } = form;
  if (!input && found.state === 'open') return render(req, res.status(422), { found, form });
  const outcome = input ? await giveFeedback(actorOf(req), tokenOf(req), input) : found.state;
  // A second tap finds that the answer is there, and sees the same thanks.
  if (outcome === 'saved' || outcome === 'given') return res.redirect(303, pathOf(req));
  render(req, res.status(409), { found: (await openFeedback(req)) ?? found, form: blankForm() });
}

/** Unknown links count against their address, as on the page of the invitation. */
async function openFeedback(req: Request) {
  if (!(await openLink(req))) return null;
  const [found, certificate] = await Promise.all([
    findFeedback(actorOf(req), tokenOf(req)),
    findLinkedCertificate(actorOf(req), tokenOf(req)),
  ]);
  return found && { ...found, hasCertificate: certificate !== null };
}

type OpenFeedback = NonNullable<Awaited<ReturnType<typeof openFeedback>>>;

const actorOf = (req: Request) => publicActor(requestIdOf(req));
const tokenOf = (req: Request) => String(req.params.token);
const pathOf = (req: Request) => `/u/${tokenOf(req)}/umpan-balik`;

function render(
  req: Request,
  res: Response,
  { found, form }: { found: OpenFeedback; form: Form<unknown> },
) {
  keepPrivate(res);
  res.renderPage('feedback/link', {
    found,
    form,
    path: pathOf(req),
    certificateHref: found.hasCertificate ? `/u/${tokenOf(req)}/sertifikat.pdf` : null,
    aspects: Object.entries(aspects),
    grades,
    fewest: fewestShown,
  });
}
