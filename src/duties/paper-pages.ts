import type { Request, Response } from 'express';
import { can } from '#src/access.ts';
import { asActor, readAs } from '#src/database.ts';
import type { PaperInput, VoidInput } from '#src/duties/form.ts';
import {
  dutyIdsOn,
  getConfirmation,
  insertConfirmation,
  voidConfirmation,
} from '#src/duties/confirmations.ts';
import {
  changeBadges,
  changesSince,
  confirmationInWords,
  sectionsOf,
  officerLine,
} from '#src/duties/rules.ts';
import { standingsOf } from '#src/duties/standing.ts';
import { versionsById } from '#src/duties/versions.ts';
import * as format from '#src/format.ts';
import { notFound } from '#src/http/errors.ts';
import { blankForm, withError, type Form } from '#src/http/forms.ts';
import { once } from '#src/http/idempotency.ts';
import { actorOf, currentAccount, idFrom, leaveNotice } from '#src/http/request.ts';
import { institutionHeader } from '#src/institutions/statements.ts';

export async function paperPage(
  req: Request,
  res: Response,
  query: Form<{ pengurus?: string | undefined }>,
) {
  const form = blankForm({ tenureId: query.input?.pengurus ?? '' });
  res.renderPage('duties/paper', { ...(await readOfficers(req)), form });
}

/** Records a signature on the printed card; visibly so, with the day and by whom. */
export async function recordPaper(req: Request, res: Response, form: Form<PaperInput>) {
  const view = await readOfficers(req);
  const { input } = form;
  const officer = view.officers.find(({ tenureId }) => tenureId === input?.tenureId);
  const checked =
    input && !officer ? withError(form, 'tenureId', 'Pilih pengurus dari daftar') : form;
  if (!checked.input) return res.status(422).renderPage('duties/paper', { ...view, form: checked });

  const { tenureId, confirmedOn } = checked.input;
  const dutyIds = await asActor(actorOf(req), (tx) => dutyIdsOn(tx, tenureId, confirmedOn));
  if (dutyIds.length === 0) {
    const sentence = 'Pada tanggal itu pengurus ini belum menjabat. Periksa tanggal di kertas';
    const refused = withError(form, 'confirmedOn', sentence);
    return res.status(422).renderPage('duties/paper', { ...view, form: refused });
  }
  const location = await once(req, form, async (tx) => {
    const account = currentAccount(req);
    await insertConfirmation(tx, { tenureId, dutyIds, means: 'paper', confirmedOn, account });
    return `/lembaga/${view.institution.id}/tugas`;
  });
  leaveNotice(req, `Konfirmasi di atas kertas dari ${officer?.fullName ?? ''} tercatat.`);
  res.redirect(303, location);
}

async function readOfficers(req: Request) {
  const id = idFrom(req);
  const today = format.today();
  const [[institution], officers] = await readAs(
    actorOf(req),
    institutionHeader(id, today),
    standingsOf(id, today),
  );
  if (!institution) throw notFound();
  return { institution, officers: officers.map(officerLine) };
}

/** What was confirmed, as it was on that day, and what has changed since. */
export async function confirmationPage(req: Request, res: Response) {
  const { confirmation, duties, changes } = await readConfirmation(req);
  res.renderPage('duties/copy', {
    confirmation,
    sentence: confirmationInWords(confirmation),
    // In groups, so that the line can break on a phone.
    fingerprint: (confirmation.fingerprint.match(/.{1,8}/g) ?? []).join(' '),
    sections: sectionsOf(duties),
    changes: changes.map((change) => ({ ...change, badge: changeBadges[change.kind] })),
    mayVoid: can(currentAccount(req), 'duty:record') && isVoidable(confirmation),
  });
}

async function readConfirmation(req: Request) {
  const today = format.today();
  const { confirmation, current } = await asActor(actorOf(req), async (tx) => {
    const found = await getConfirmation(tx, idFrom(req));
    return { confirmation: found, current: await dutyIdsOn(tx, found.tenureId, today) };
  });
  const [versions] = await readAs(
    actorOf(req),
    versionsById([...new Set([...confirmation.dutyIds, ...current])]),
  );
  const duties = versions.filter(({ id }) => confirmation.dutyIds.includes(id));
  const now = versions.filter(({ id }) => current.includes(id));
  return { confirmation, duties, changes: current.length === 0 ? [] : changesSince(duties, now) };
}

const isVoidable = ({ means, voidedAt }: { means: string; voidedAt: Date | null }) =>
  means === 'paper' && voidedAt === null;

export async function voidPage(req: Request, res: Response) {
  const confirmation = await asActor(actorOf(req), (tx) => getConfirmation(tx, idFrom(req)));
  if (!isVoidable(confirmation)) throw notFound();
  res.renderPage('duties/void', { confirmation, form: blankForm() });
}

/** A record on the wrong officer is taken back with a reason; it stays to be read. */
export async function voidPaper(req: Request, res: Response, form: Form<VoidInput>) {
  const confirmation = await asActor(actorOf(req), (tx) => getConfirmation(tx, idFrom(req)));
  const { input } = form;
  if (!input) return res.status(422).renderPage('duties/void', { confirmation, form });
  const by = currentAccount(req).displayName;
  const location = await once(req, form, async (tx) => {
    if (!(await voidConfirmation(tx, confirmation.id, { reason: input.reason, by })))
      throw notFound();
    return `/konfirmasi-tugas/${confirmation.id}`;
  });
  leaveNotice(req, 'Catatan konfirmasi dibatalkan. Pengurus ini diminta mengonfirmasi lagi.');
  res.redirect(303, location);
}
