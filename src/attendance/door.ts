import type { Transaction } from '#src/database.ts';
import type { Outcome } from '#src/attendance/repository.ts';

/** What whoever stands at the door may ask, as portal_public: definer functions and nothing else. */

export type DoorSession = { sessionId: number; outcome: 'open' | 'expired' | 'closed' };

export async function findDoorSession(tx: Transaction, code: string): Promise<DoorSession | null> {
  const [row] = await tx.$queryRaw<DoorSession[]>`
    SELECT session_id AS "sessionId", outcome FROM door_session(${code})`;
  return row ?? null;
}

export async function findDoorTitle(tx: Transaction, sessionId: number) {
  const [row] = await tx.$queryRaw<{ title: string; topic: string; isOpen: boolean }[]>`
    SELECT title, topic, is_open AS "isOpen" FROM door_title(${sessionId}::int)`;
  return row ?? null;
}

export type DoorName = {
  invitationId: number;
  name: string;
  positionName: string;
  institutionName: string;
};

/** One more than are shown, so that the page can say that there are more. */
export const listDoorNames = (tx: Transaction, sessionId: number, wanted: string) =>
  tx.$queryRaw<DoorName[]>`
    SELECT invitation_id AS "invitationId", name, position_name AS "positionName", institution_name AS "institutionName"
    FROM door_names(${sessionId}::int, ${wanted}, NULL)`;

export async function findDoorName(tx: Transaction, sessionId: number, invitationId: number) {
  const [row] = await tx.$queryRaw<DoorName[]>`
    SELECT invitation_id AS "invitationId", name, position_name AS "positionName", institution_name AS "institutionName"
    FROM door_names(${sessionId}::int, '', ${invitationId}::int)`;
  return row ?? null;
}

export async function checkInAtDoor(
  tx: Transaction,
  given: {
    sessionId: number;
    invitationId: number;
    proof: string;
    nonce: string;
    scannedAt: Date;
  },
): Promise<Omit<Outcome, 'outcome'> & { outcome: Outcome['outcome'] | 'wrong_proof' }> {
  const { sessionId, invitationId, proof, nonce, scannedAt } = given;
  const [row] = await tx.$queryRaw<Awaited<ReturnType<typeof checkInAtDoor>>[]>`
    SELECT outcome, standing, standing_at AS "standingAt"
    FROM door_check_in(${sessionId}::int, ${invitationId}::int, ${proof}, ${nonce}::uuid, ${scannedAt}::timestamptz)`;
  return row ?? { outcome: 'unknown', standing: null, standingAt: null };
}
