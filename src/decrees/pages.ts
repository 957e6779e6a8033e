import type { Request, Response } from 'express';
import { can } from '#src/access.ts';
import { asActor, type Transaction } from '#src/database.ts';
import * as format from '#src/format.ts';
import { HttpError } from '#src/http/errors.ts';
import { blankForm, withError, type Form } from '#src/http/forms.ts';
import { once } from '#src/http/idempotency.ts';
import { actorOf, currentAccount, idFrom, leaveNotice } from '#src/http/request.ts';
import { draftOfDecree } from '#src/decrees/draft-of-decree.ts';
import { draftOfChange } from '#src/decrees/draft-of-change.ts';
import type { Draft } from '#src/decrees/draft.ts';
import type { RevocationInput } from '#src/decrees/form.ts';
import { decreePaper } from '#src/decrees/paper.ts';
import { getDecree, listLines, revokeDecree, type Decree } from '#src/decrees/repository.ts';
import { decreeBadge, fileNameOf } from '#src/decrees/rules.ts';
import { buildPdf, sendPdf } from '#src/pdf/build.ts';
import { seatName } from '#src/roster-changes/seats.ts';
import { buildWord, sendWord } from '#src/word/build.ts';

export async function decreeDetail(req: Request, res: Response) {
  const shown = await asActor(actorOf(req), (tx) => viewOf(req, tx));
  const form = blankForm({ version: shown.decree.version });
  res.renderPage('decrees/detail', { ...shown, form });
}

/** Everything that the page of one decree shows; the scan page shows it again with what to mend. */
export async function viewOf(req: Request, tx: Transaction) {
  const account = currentAccount(req);
  const decree = await getDecree(tx, idFrom(req));
  const lines = await listLines(tx, decree.id);
  const mayWrite = can(account, 'decree:write');
  const isOpen = decree.status !== 'revoked';
  return {
    decree,
    badge: decreeBadge(decree),
    lines: lines.map((line) => ({
      personId: line.person.id,
      name: format.personName(line.person),
      institution: line.institution,
      position: seatName(line.seat),
      act:
        line.appointingDecreeId === decree.id
          ? `Diangkat mulai ${format.date(format.isoDate(line.startOn))}`
          : `Berhenti${line.endedOn ? ` mulai ${format.date(format.isoDate(line.endedOn))}` : ''}`,
    })),
    mayDraft: mayWrite && isOpen && !decree.hasScan && lines.length > 0,
    mayUpload: mayWrite && isOpen && !decree.hasScan,
    mayRevoke: can(account, 'decree:revoke') && isOpen,
    mayReadChanges: can(account, 'roster-change:read'),
  };
}

export async function decreePdf(req: Request, res: Response) {
  const draft = await asActor(actorOf(req), (tx) => draftOfDecree(tx, idFrom(req)));
  sendPdf(res, nameOf(draft), await buildPdf(decreePaper(draft, format.today())));
}

export async function decreeWord(req: Request, res: Response) {
  const draft = await asActor(actorOf(req), (tx) => draftOfDecree(tx, idFrom(req)));
  sendWord(res, nameOf(draft), await buildWord(decreePaper(draft, format.today())));
}

export async function proposedDecreePdf(req: Request, res: Response) {
  const draft = await asActor(actorOf(req), (tx) => draftOfChange(tx, idFrom(req)));
  sendPdf(res, nameOf(draft), await buildPdf(decreePaper(draft, format.today())));
}

export async function proposedDecreeWord(req: Request, res: Response) {
  const draft = await asActor(actorOf(req), (tx) => draftOfChange(tx, idFrom(req)));
  sendWord(res, nameOf(draft), await buildWord(decreePaper(draft, format.today())));
}

export async function revocationPage(req: Request, res: Response) {
  const decree = await asActor(actorOf(req), (tx) => getRevocable(tx, req));
  const form = blankForm({ version: decree.version, revokedOn: format.today() });
  res.renderPage('decrees/revoke', { decree, form });
}

export async function revoke(req: Request, res: Response, form: Form<RevocationInput>) {
  const decree = await asActor(actorOf(req), (tx) => getRevocable(tx, req));
  const checked = withDateCheck(form, decree);
  const { input } = checked;
  if (!input) return res.status(422).renderPage('decrees/revoke', { decree, form: checked });

  const location = await once(req, form, async (tx) => {
    if (!(await revokeDecree(tx, decree.id, input))) throw new HttpError(409, 'changed meanwhile');
    return `/sk/${decree.id}`;
  });
  leaveNotice(req, `SK nomor ${decree.number} dicabut. SK dan pindaiannya tetap tersimpan.`);
  res.redirect(303, location);
}

async function getRevocable(tx: Transaction, req: Request): Promise<Decree> {
  const decree = await getDecree(tx, idFrom(req));
  if (decree.status === 'revoked') throw new HttpError(409, 'revoked already');
  return decree;
}

function withDateCheck(form: Form<RevocationInput>, decree: Decree): Form<RevocationInput> {
  if (!form.input) return form;
  if (form.input.revokedOn > format.today())
    return withError(form, 'revokedOn', 'Tanggal pencabutan tidak boleh sesudah hari ini');
  if (form.input.revokedOn < decree.decreedOn)
    return withError(
      form,
      'revokedOn',
      `Tanggal pencabutan tidak boleh sebelum tanggal SK, ${format.date(decree.decreedOn)}`,
    );
  return form;
}

const nameOf = ({ number, institution }: Draft) =>
  number === null ? `Konsep ${fileNameOf(institution.name)}` : fileNameOf(number);
