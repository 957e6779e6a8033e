import type { SignedInAccount } from '#src/access.ts';
import type { Transaction } from '#src/database.ts';
import { notFound } from '#src/http/errors.ts';
import type { Standing } from '#src/attendance/rules.ts';

/** What is written of the day. The functions of 0021_attendance.sql hold the rules; here they get their values. */

export type Outcome = {
  outcome: 'recorded' | 'repeated' | 'not_open' | 'closed' | 'unknown';
  standing: Standing | null;
  standingAt: Date | null;
};

export type CheckIn = {
  nonce: string;
  sessionId: number;
  invitationId: number;
  method: 'tap' | 'paper' | 'correction';
  status: Standing;
  device?: string;
  clientAt?: Date | null;
  reason?: string | null;
};

export async function recordCheckIn(
  tx: Transaction,
  account: SignedInAccount,
  checkIn: CheckIn,
): Promise<Outcome> {
  const { nonce, sessionId, invitationId, method, status, reason = null } = checkIn;
  const { device = '', clientAt = null } = checkIn;
  const [outcome] = await tx.$queryRaw<Outcome[]>`
    SELECT outcome, standing, standing_at AS "standingAt" FROM record_check_in(${nonce}::uuid, ${sessionId}::int,
      ${invitationId}::int, ${method}, ${status}, ${device}, ${clientAt}::timestamptz, ${reason}, ${account.id}::int,
      ${account.displayName})`;
  return outcome ?? { outcome: 'unknown', standing: null, standingAt: null };
}

/** Who signed the paper: how many are here now, and for how many an earlier correction stands. */
export async function copyFromPaper(
  tx: Transaction,
  account: SignedInAccount,
  given: { sessionId: number; invitationIds: number[]; nonces: string[] },
): Promise<{ here: number; kept: number }> {
  const { sessionId, invitationIds, nonces } = given;
  // In the order of their ids, so that two who copy the same page never wait for each other.
  const [counts] = await tx.$queryRaw<{ here: number; kept: number }[]>`
    SELECT count(*) FILTER (WHERE r.standing IN ('present', 'late'))::int AS here,
      count(*) FILTER (WHERE r.standing IS NULL AND r.outcome = 'recorded' OR r.standing IN ('excused', 'absent'))::int AS kept
    FROM (SELECT * FROM unnest(${nonces}::uuid[], ${invitationIds}::int[]) AS u (nonce, invitation_id) ORDER BY u.invitation_id) l
    CROSS JOIN LATERAL record_check_in(l.nonce, ${sessionId}::int, l.invitation_id, 'paper', 'present', '', NULL, NULL,
      ${account.id}::int, ${account.displayName}) r`;
  return counts ?? { here: 0, kept: 0 };
}

/** The training of a session with what decides who records it; not found when the reader sees none. */
export async function getPlace(tx: Transaction, trainingId: number, sessionId: number) {
  const [place] = await tx.$queryRaw<
    {
      id: number;
      title: string;
      status: string;
      organiserKind: string;
      kelurahanIds: number[];
      sessionId: number;
      topic: string;
      openedAt: Date | null;
      closedAt: Date | null;
    }[]
  >`SELECT t.id, t.title, t.status, t.organiser_kind AS "organiserKind", t.kelurahan_ids AS "kelurahanIds",
      s.id AS "sessionId", s.topic, s.opened_at AS "openedAt", s.closed_at AS "closedAt"
    FROM trainings t JOIN training_sessions s ON s.training_id = t.id
    WHERE t.id = ${trainingId} AND s.id = ${sessionId}`;
  if (!place) throw notFound();
  return place;
}
export type Place = Awaited<ReturnType<typeof getPlace>>;

/**
 * Opens a session and sets its training running; false when it was open or closed already, or is not announced. One of a
 * training that is over is opened when its sheet was signed on paper and nobody had opened it on the day.
 */
export async function openSession(
  tx: Transaction,
  account: SignedInAccount,
  place: Pick<Place, 'id' | 'sessionId'>,
): Promise<boolean> {
  const opened = await tx.$executeRaw`
    UPDATE training_sessions s SET opened_at = now() FROM trainings t
    WHERE s.id = ${place.sessionId} AND s.opened_at IS NULL AND t.id = s.training_id
      AND (t.status IN ('scheduled', 'running') OR t.status = 'finished' AND s.starts_at < now())`;
  if (opened === 0) return false;
  await tx.trainingSessionEvent.create({
    data: {
      trainingId: place.id,
      sessionId: place.sessionId,
      action: 'open',
      recordedBy: account.id,
      recordedByName: account.displayName,
    },
  });
  await tx.training.updateMany({
    where: { id: place.id, status: 'scheduled' },
    data: { status: 'running', updatedAt: new Date() },
  });
  return true;
}

/** Whoever is not recorded becomes absent, or excused if they said so before; false when the session was not open. */
export async function closeSession(
  tx: Transaction,
  account: SignedInAccount,
  sessionId: number,
): Promise<boolean> {
  const [answer] = await tx.$queryRaw<{ done: boolean }[]>`
    SELECT close_training_session(${sessionId}::int, ${account.id}::int, ${account.displayName}) AS done`;
  return answer?.done ?? false;
}

/** What only the closing had said is open again; false when the session was not closed. */
export async function reopenSession(
  tx: Transaction,
  account: SignedInAccount,
  { sessionId, reason }: { sessionId: number; reason: string },
): Promise<boolean> {
  const [answer] = await tx.$queryRaw<{ done: boolean }[]>`
    SELECT reopen_training_session(${sessionId}::int, ${reason}, ${account.id}::int, ${account.displayName}) AS done`;
  return answer?.done ?? false;
}

/** How many came, on time or late, of whom the account sees. */
export const countHere = (tx: Transaction, sessionId: number) =>
  tx.attendance.count({ where: { sessionId, status: { in: ['present', 'late'] } } });
