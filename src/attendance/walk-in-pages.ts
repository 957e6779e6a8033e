import { randomUUID } from 'node:crypto';
import type { Request, Response } from 'express';
import type { z } from 'zod';
import { asActor, readAs } from '#src/database.ts';
import { today } from '#src/format.ts';
import { blankForm, type Form } from '#src/http/forms.ts';
import { once } from '#src/http/idempotency.ts';
import { actorOf, currentAccount, leaveNotice } from '#src/http/request.ts';
import { listHref } from '#src/attendance/filter.ts';
import type { WalkInInput, walkInQuery } from '#src/attendance/form.ts';
import { recordCheckIn } from '#src/attendance/repository.ts';
import { refusals, stateOf } from '#src/attendance/rules.ts';
import { walkInCandidates } from '#src/attendance/statements.ts';
import { idsOf, recordable } from '#src/attendance/tap-pages.ts';
import { addWalkIn } from '#src/attendance/walk-ins.ts';
import { escapeLike } from '#src/queries.ts';

const shortestSearch = 3;

export async function walkInPage(
  req: Request,
  res: Response,
  query: Form<z.output<typeof walkInQuery>>,
) {
  await renderWalkIn(req, res.status(query.input ? 200 : 422), {
    wanted: query.input?.cari ?? '',
    form: query.input ? blankForm() : { ...query, values: {} },
  });
}

/** On the list and present at once, in one transaction. */
export async function createWalkIn(req: Request, res: Response, form: Form<WalkInInput>) {
  const { input } = form;
  if (!input) return renderWalkIn(req, res.status(422), { wanted: '', form });
  const location = await once(req, form, async (tx) => {
    const place = await recordable(tx, req);
    const account = currentAccount(req);
    if (stateOf(place) !== 'open') {
      leaveNotice(req, refusals[stateOf(place) === 'closed' ? 'closed' : 'not_open'] ?? '');
      return listHref(idsOf(req), {});
    }
    const invitationId = await addWalkIn(tx, account, { place, input });
    await recordCheckIn(tx, account, {
      nonce: randomUUID(),
      sessionId: place.sessionId,
      invitationId,
      method: 'tap',
      status: 'present',
    });
    leaveNotice(req, 'Peserta tambahan tercatat hadir.');
    return `${listHref(idsOf(req), {})}#orang-${invitationId}`;
  });
  res.redirect(303, location);
}

async function renderWalkIn(
  req: Request,
  res: Response,
  { wanted, form }: { wanted: string; form: Form<unknown> },
) {
  const place = await asActor(actorOf(req), (tx) => recordable(tx, req));
  const isSearched = wanted.length >= shortestSearch;
  const [candidates] = isSearched
    ? await readAs(actorOf(req), walkInCandidates(place.id, today(), escapeLike(wanted)))
    : [[]];
  res.renderPage('attendance/walk-in', {
    place,
    path: `/pelatihan/${place.id}/sesi/${place.sessionId}`,
    wanted,
    form,
    isSearched,
    isShort: wanted !== '' && !isSearched,
    candidates: candidates.map((candidate) => ({ ...candidate, key: randomUUID() })),
  });
}
