import type { Request, Response } from 'express';
import { readAs } from '#src/database.ts';
import { notFound } from '#src/http/errors.ts';
import { blankForm, type Form } from '#src/http/forms.ts';
import { errorsAtFilter } from '#src/http/list-filter.ts';
import { actorOf, currentAccount, idFrom } from '#src/http/request.ts';
import { can } from '#src/access.ts';
import type { AttendanceQuery } from '#src/attendance/form.ts';
import {
  knowsMinute,
  records,
  standingBadges,
  standingWords,
  stateBadges,
  stateOf,
  wordOf,
} from '#src/attendance/rules.ts';
import {
  attendanceList,
  type AttendedSession,
  attendedSessions,
  type Invitee,
  sessionEvents,
} from '#src/attendance/statements.ts';
import { filterOf, listHref } from '#src/attendance/filter.ts';
import { escapeLike } from '#src/queries.ts';
import { organises, trainingFrame } from '#src/trainings/frame.ts';
import { trainingHeader } from '#src/trainings/statements.ts';

const pageSize = 200;

/** The sessions of a training with how many came to each. */
export async function attendanceSessions(req: Request, res: Response) {
  const account = currentAccount(req);
  const id = idFrom(req);
  const [[training], sessions] = await readAs(
    actorOf(req),
    trainingHeader(id),
    attendedSessions(id, null),
  );
  if (!training) throw notFound();
  res.renderPage('attendance/sessions', {
    ...trainingFrame(training, { account, current: 'Daftar hadir' }),
    sessions: sessions.map(shown),
  });
}

/** The people of one session: who is there, and the button that says so. */
export async function attendanceOfSession(
  req: Request,
  res: Response,
  form: Form<AttendanceQuery>,
) {
  const account = currentAccount(req);
  const ids = { trainingId: idFrom(req), sessionId: idFrom(req, 'sessionId') };
  const { cari = null, catatan = null, halaman: page = 1 } = form.input ?? {};
  const [[training], [session], rows, events] = await readAs(
    actorOf(req),
    trainingHeader(ids.trainingId),
    attendedSessions(ids.trainingId, ids.sessionId),
    attendanceList(
      ids.trainingId,
      ids.sessionId,
      cari && escapeLike(cari),
      catatan && standingWords[catatan],
      form.input ? pageSize : 0,
      (page - 1) * pageSize,
    ),
    sessionEvents(ids.sessionId),
  );
  if (!training || !session) throw notFound();
  const state = stateOf(session);
  const mayRecord = records(account, training) && training.status !== 'cancelled';
  const maySteer = mayRecord && organises(account, training) && training.status !== 'draft';
  const path = `/pelatihan/${training.id}/sesi/${session.id}`;
  res.status(form.input ? 200 : 422).renderPage('attendance/list', {
    training,
    session: shown(session),
    path,
    actions: state === 'open' && mayRecord ? actionsOf(path, maySteer) : [],
    form: errorsAtFilter(form),
    filter: filterOf(form, listHref(ids, {})),
    isFiltered: cari !== null || catatan !== null,
    people: rows.map((row) => personOf(row, state === 'open' && mayRecord)),
    total: rows[0]?.total ?? 0,
    pageNumber: page,
    pageCount: Math.max(1, Math.ceil((rows[0]?.total ?? 0) / pageSize)),
    pageHref: (number: number) => listHref(ids, { ...form.values, halaman: String(number) }),
    accountId: account.id,
    /** Everybody is on the page: hadir.js may search here instead of asking. */
    isWhole: cari === null && catatan === null && page === 1 && (rows[0]?.total ?? 0) <= pageSize,
    kept: Object.entries(form.values),
    state,
    mayRecord,
    mayExport: can(account, 'report:read'),
    maySteer,
    stepKey: blankForm().key,
    events,
  });
}

const actionsOf = (path: string, maySteer: boolean) => [
  { label: 'QR di pintu', href: `${path}/pintu`, icon: 'id', primary: true },
  { label: 'Tambah peserta', href: `${path}/peserta-tambahan`, icon: 'user-plus' },
  ...(maySteer ? [{ label: 'Tutup sesi', href: `${path}/penutupan`, dialog: true }] : []),
];

const shown = (session: AttendedSession) => ({
  ...session,
  badge: stateBadges[stateOf(session)],
  here: session.present + session.late,
  unrecorded: session.invited - session.present - session.late - session.excused - session.absent,
});

const personOf = (row: Invitee, mayTap: boolean) => ({
  ...row,
  badge: standingBadges[row.status],
  word: wordOf(row.status),
  arrivedAt:
    row.method && knowsMinute(row.method) && row.status !== 'absent' ? row.recordedAt : null,
  place: [row.positionName, row.institutionName, row.kelurahanName].filter(Boolean).join(', '),
  /** A tap of its own for each line; whoever is there already needs none. */
  nonce: mayTap && row.status !== 'present' && row.status !== 'late' ? blankForm().key : null,
});
