import { randomBytes, randomUUID } from 'node:crypto';
import type { Transaction } from '#src/database.ts';
import { loadCertificates } from './load-certificates.ts';
import { loadFeedback } from './load-feedback.ts';

/** The day of 7 August 2025: who came to its two sessions and how it was recorded, feedback and certificates. */
export async function loadAttendance(tx: Transaction): Promise<void> {
  const training = await tx.training.findFirstOrThrow({
    where: { status: 'finished', title: { contains: 'Kebonsari Wetan' } },
    include: { sessions: { orderBy: { startsAt: 'asc' } } },
  });
  await insertWalkIns(tx, training.id);
  const people = await tx.trainingInvitation.findMany({
    where: { trainingId: training.id },
    orderBy: { id: 'asc' },
    select: { id: true, kind: true, answer: true, phone: true },
  });
  const recorder = await tx.account.findFirstOrThrow({ where: { role: 'kecamatan' } });
  for (const [index, session] of training.sessions.entries()) {
    const lines = people.map((person, place) => ({
      ...lineOf(person, place, index, session.startsAt),
      trainingId: training.id,
      sessionId: session.id,
      invitationId: person.id,
    }));
    await insertLines(tx, lines, recorder);
    await openAndClose(tx, session, recorder);
  }
  await loadFeedback(tx, training.id);
  await loadCertificates(tx, training.id, recorder);
}

type Recorder = { id: number; displayName: string };
type Line = {
  trainingId: number;
  sessionId: number;
  invitationId: number;
  status: 'present' | 'late' | 'excused' | 'absent';
  method: 'qr' | 'code' | 'tap' | 'paper' | 'closing';
  recordedAt: Date;
};
const minute = 60_000;

/** Most came on time; who answered with an excuse stayed away, some went home at noon, a few were late. */
function lineOf(
  person: { kind: string; answer: string | null; phone: string | null },
  place: number,
  session: number,
  startsAt: Date,
): Pick<Line, 'status' | 'method' | 'recordedAt'> {
  const at = (minutes: number) => new Date(startsAt.getTime() + minutes * minute);
  const closing = { method: 'closing' as const, recordedAt: at(211) };
  if (person.answer === 'excused') return { status: 'excused', ...closing };
  const isAway =
    (person.answer === null && person.kind === 'officer') ||
    place % 19 === 7 ||
    (session === 1 && place % 9 === 4);
  if (isAway) return { status: 'absent', ...closing };
  const method =
    place % 10 === 3 ? 'paper' : person.phone === null || place % 4 === 1 ? 'tap' : 'qr';
  return place % 11 === 6 && session === 0
    ? { status: 'late', method, recordedAt: at(18 + (place % 17)) }
    : { status: 'present', method, recordedAt: at((place % 30) - 28) };
}

async function insertLines(tx: Transaction, lines: Line[], recorder: Recorder) {
  await tx.checkIn.createMany({
    data: lines.map(({ recordedAt, ...line }) => ({
      ...line,
      nonce: randomUUID(),
      serverAt: recordedAt,
      ...(line.method === 'qr'
        ? {}
        : { recordedBy: recorder.id, recordedByName: recorder.displayName }),
    })),
  });
  await tx.attendance.createMany({ data: lines });
}

async function openAndClose(
  tx: Transaction,
  session: { id: number; trainingId: number; startsAt: Date; endsAt: Date },
  recorder: Recorder,
) {
  const openedAt = new Date(session.startsAt.getTime() - 30 * minute);
  const closedAt = session.endsAt;
  await tx.trainingSession.update({ where: { id: session.id }, data: { openedAt, closedAt } });
  await tx.trainingSessionEvent.createMany({
    data: [
      { action: 'open', at: openedAt },
      { action: 'close', at: closedAt },
    ].map((event) => ({
      ...event,
      trainingId: session.trainingId,
      sessionId: session.id,
      recordedBy: recorder.id,
      recordedByName: recorder.displayName,
    })),
  });
}

const walkIns = [
  { name: 'Sunarti', positionName: 'Anggota PKK', sex: 'P' },
  { name: 'Moh. Hasan', positionName: 'Warga RW 003', sex: 'L' },
  { name: 'Endang Susilowati', positionName: 'Kader lingkungan', sex: 'P' },
];

/** They came without an invitation. */
async function insertWalkIns(tx: Transaction, trainingId: number) {
  const alphabet = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';
  const kelurahan = await tx.kelurahan.findFirstOrThrow({ where: { name: 'Kebonsari Wetan' } });
  await tx.trainingInvitation.createMany({
    data: walkIns.map((guest) => ({
      ...guest,
      trainingId,
      kind: 'walk_in',
      kelurahanId: kelurahan.id,
      kelurahanName: kelurahan.name,
      sortName: guest.name,
      tokenHash: randomBytes(32),
      code: Array.from(randomBytes(6), (byte) => alphabet[byte % 32]).join(''),
    })),
  });
}
