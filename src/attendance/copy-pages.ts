import { randomUUID } from 'node:crypto';
import type { Request, Response } from 'express';
import type { z } from 'zod';
import { asActor, readAs, type Transaction } from '#src/database.ts';
import * as format from '#src/format.ts';
import { blankForm, withError, type Form } from '#src/http/forms.ts';
import { once } from '#src/http/idempotency.ts';
import { actorOf, currentAccount, leaveNotice } from '#src/http/request.ts';
import {
  copiedPerPage,
  type CopyInput,
  type copyQuery,
  signedIn,
  writtenIn,
} from '#src/attendance/copy-form.ts';
import { listHref } from '#src/attendance/filter.ts';
import { copyFromPaper, type Place } from '#src/attendance/repository.ts';
import { standingBadges, stateOf } from '#src/attendance/rules.ts';
import { type SheetLine, sheetLines } from '#src/attendance/sheet-statements.ts';
import { idsOf, recordable } from '#src/attendance/tap-pages.ts';
import { addWalkIn } from '#src/attendance/walk-ins.ts';

/** The printed sheet, line by line, to tick who signed it; also after the session was closed. */
export async function copyPage(
  req: Request,
  res: Response,
  query: Form<z.output<typeof copyQuery>>,
) {
  const page = query.input?.halaman ?? 1;
  await renderCopy(req, res.status(query.input ? 200 : 422), { page, form: blankForm() });
}

export async function copy(req: Request, res: Response, form: Form<CopyInput>) {
  const { input } = form;
  const page = form.errors.halaman ? 1 : Number(form.values.halaman ?? 1);
  if (!input) return renderCopy(req, res.status(422), { page, form });
  if (signedIn(input).length + writtenIn(input).length === 0) {
    const none = withError(form, 'hadir1', 'Centang paling sedikit satu orang');
    return renderCopy(req, res.status(422), { page, form: none });
  }
  const location = await once(req, form, async (tx) => {
    const place = await recordable(tx, req);
    if (stateOf(place) === 'ahead') {
      leaveNotice(req, notOpen);
      return copyHref(req, page);
    }
    leaveNotice(req, await copyAll(tx, req, { place, input }));
    const more = await tx.trainingInvitation.count({
      where: { trainingId: place.id, isTwin: false },
    });
    return page * copiedPerPage < more ? copyHref(req, page + 1) : listHref(idsOf(req), {});
  });
  res.redirect(303, location);
}

const notOpen = 'Sesi ini belum dibuka. Buka sesi dahulu pada daftar hadir, lalu salin lagi.';

/** Answers what was done, in a sentence. */
async function copyAll(
  tx: Transaction,
  req: Request,
  { place, input }: { place: Place; input: CopyInput },
): Promise<string> {
  const account = currentAccount(req);
  const ids = signedIn(input);
  for (const person of writtenIn(input)) {
    const walkIn = { tenureId: undefined, positionName: null, ...person };
    ids.push(await addWalkIn(tx, account, { place, input: walkIn }));
  }
  const { here, kept } = await copyFromPaper(tx, account, {
    sessionId: place.sessionId,
    invitationIds: ids,
    nonces: ids.map(() => randomUUID()),
  });
  const done = `${format.number(here)} orang tercatat hadir menurut daftar hadir kertas.`;
  return kept === 0
    ? done
    : `${done} ${format.number(kept)} orang tetap seperti koreksi petugas sebelumnya.`;
}

async function renderCopy(
  req: Request,
  res: Response,
  { page, form }: { page: number; form: Form<unknown> },
) {
  const ids = idsOf(req);
  const place = await asActor(actorOf(req), (tx) => recordable(tx, req));
  const offset = (page - 1) * copiedPerPage;
  const [lines] = await readAs(
    actorOf(req),
    sheetLines(ids.trainingId, ids.sessionId, copiedPerPage, offset),
  );
  const pageCount = Math.max(1, Math.ceil((lines[0]?.total ?? 0) / copiedPerPage));
  res.renderPage('attendance/copy', {
    place,
    form,
    path: `/pelatihan/${place.id}/sesi/${place.sessionId}`,
    isOpened: stateOf(place) !== 'ahead',
    lines: lines.map(shown),
    pageNumber: page,
    pageCount,
    isLast: page >= pageCount,
    pageHref: (number: number) => copyHref(req, number),
  });
}

const shown = (line: SheetLine) => {
  const badge = standingBadges[line.status];
  const place = [line.positionName, line.institutionName, line.kelurahanName];
  return {
    ...line,
    isHere: line.status === 'present' || line.status === 'late',
    badge,
    note: [
      place.filter(Boolean).join(', '),
      line.delegateName && `diwakili ${line.delegateName}`,
      line.status === 'unrecorded' ? '' : `sekarang ${badge.label.toLowerCase()}`,
    ]
      .filter(Boolean)
      .join('; '),
  };
};

const copyHref = (req: Request, page: number) =>
  `${listHref(idsOf(req), {})}/salinan${page > 1 ? `?halaman=${page}` : ''}`;
