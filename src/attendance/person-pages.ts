import type { Request, Response } from 'express';
import type { z } from 'zod';
import { asActor, readAs } from '#src/database.ts';
import { notFound } from '#src/http/errors.ts';
import { blankForm, withError, type Form } from '#src/http/forms.ts';
import { actorOf, currentAccount, idFrom, leaveNotice } from '#src/http/request.ts';
import { listHref } from '#src/attendance/filter.ts';
import type { correctionForm } from '#src/attendance/form.ts';
import { recordCheckIn } from '#src/attendance/repository.ts';
import {
  methodLabels,
  records,
  refusals,
  standingBadges,
  standings,
  stateOf,
} from '#src/attendance/rules.ts';
import { attendanceOf, attendedSessions, scansOf } from '#src/attendance/statements.ts';
import { idsOf, recordable } from '#src/attendance/tap-pages.ts';
import { trainingHeader } from '#src/trainings/statements.ts';

/** One person in one session: everything that was recorded, and the correction. */
export async function attendancePerson(req: Request, res: Response) {
  await renderPerson(req, res, blankForm());
}

export async function correct(
  req: Request,
  res: Response,
  form: Form<z.output<typeof correctionForm>>,
) {
  const { input, key } = form;
  const invitationId = idFrom(req, 'invitationId');
  if (!input) {
    await asActor(actorOf(req), (tx) => recordable(tx, req));
    return renderPerson(req, res.status(422), form);
  }
  const { outcome } = await asActor(actorOf(req), async (tx) => {
    const { sessionId } = await recordable(tx, req);
    return recordCheckIn(tx, currentAccount(req), {
      nonce: key,
      sessionId,
      invitationId,
      method: 'correction',
      status: input.status,
      reason: input.reason,
    });
  });
  if (outcome === 'unknown') throw notFound();
  const refusal = refusals[outcome];
  if (refusal) return renderPerson(req, res.status(422), withError(form, '', refusal));
  leaveNotice(req, 'Koreksi tersimpan.');
  res.redirect(303, `${listHref(idsOf(req), {})}#orang-${invitationId}`);
}

async function renderPerson(req: Request, res: Response, form: Form<unknown>) {
  const { trainingId, sessionId } = idsOf(req);
  const invitationId = idFrom(req, 'invitationId');
  const [[training], [session], [person], scans] = await readAs(
    actorOf(req),
    trainingHeader(trainingId),
    attendedSessions(trainingId, sessionId),
    attendanceOf(trainingId, sessionId, invitationId),
    scansOf(sessionId, invitationId),
  );
  if (!training || !session || !person) throw notFound();
  const isOpened = stateOf(session) !== 'ahead';
  const mayRecord = records(currentAccount(req), training) && training.status !== 'cancelled';
  res.renderPage('attendance/person', {
    training,
    session,
    form,
    person: { ...person, badge: standingBadges[person.status] },
    place: [person.positionName, person.institutionName, person.kelurahanName]
      .filter(Boolean)
      .join(', '),
    listHref: listHref({ trainingId, sessionId }, {}),
    mayCorrect: isOpened && mayRecord,
    isOpened,
    options: standings.map((value) => ({ value, label: standingBadges[value].label })),
    scans: scans.map((scan) => ({
      ...scan,
      label: `${standingBadges[scan.status].label}, ${methodLabels[scan.method]}`,
    })),
  });
}
