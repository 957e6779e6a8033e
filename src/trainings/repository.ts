import { randomBytes } from 'node:crypto';
import type { SignedInAccount } from '#src/access.ts';
import { city } from '#src/city.ts';
import type { Transaction } from '#src/database.ts';
import { notFound } from '#src/http/errors.ts';
import { kelurahanIdsIn, type SessionInput, type TrainingInput } from '#src/trainings/form.ts';
import { type Pillar, pillars, type TrainingStatus } from '#src/trainings/rules.ts';

/** What is written of a training and its sessions; false where somebody else wrote since the form was opened. */

export async function insertTraining(
  tx: Transaction,
  account: SignedInAccount,
  input: TrainingInput,
): Promise<number> {
  const { id } = await tx.training.create({
    data: {
      ...organiserOf(account),
      ...stored(input),
      kelurahanIds: reachOf(account, input),
      createdBy: account.id,
    },
    select: { id: true },
  });
  return id;
}

export async function saveTraining(
  tx: Transaction,
  account: SignedInAccount,
  { id, input, isSent }: { id: number; input: TrainingInput; isSent: boolean },
): Promise<boolean> {
  const { count } = await tx.training.updateMany({
    where: { id, version: input.version },
    data: {
      ...stored(input),
      // Whom it reaches is settled once the invitations are out.
      ...(isSent ? {} : { kelurahanIds: reachOf(account, input) }),
      version: { increment: 1 },
      updatedAt: new Date(),
    },
  });
  return count === 1;
}

export async function moveTraining(
  tx: Transaction,
  { id, version }: { id: number; version: number },
  to: { status: TrainingStatus; cancelReason?: string },
): Promise<boolean> {
  const { count } = await tx.training.updateMany({
    where: { id, version },
    data: { ...to, version: { increment: 1 }, updatedAt: new Date() },
  });
  return count === 1;
}

export async function getTraining(tx: Transaction, id: number) {
  const training = await tx.training.findUnique({ where: { id } });
  if (!training) throw notFound();
  return training;
}
export type StoredTraining = Awaited<ReturnType<typeof getTraining>>;

/** Wall time in the city; the database refuses one that overlaps another session of the training. */
export async function insertSession(tx: Transaction, trainingId: number, input: SessionInput) {
  const zone = city().timeZone;
  await tx.$executeRaw`
    INSERT INTO training_sessions (training_id, starts_at, ends_at, venue, topic, speakers, qr_secret)
    VALUES (${trainingId}, (${input.heldOn}::date + ${input.startsAt}::time) AT TIME ZONE ${zone},
      (${input.heldOn}::date + ${input.endsAt}::time) AT TIME ZONE ${zone}, ${input.venue}, ${input.topic},
      ${input.speakers ?? ''}, ${randomBytes(32)})`;
}

export async function saveSession(
  tx: Transaction,
  { trainingId, sessionId }: { trainingId: number; sessionId: number },
  input: SessionInput,
): Promise<boolean> {
  const zone = city().timeZone;
  const count = await tx.$executeRaw`
    UPDATE training_sessions SET starts_at = (${input.heldOn}::date + ${input.startsAt}::time) AT TIME ZONE ${zone},
      ends_at = (${input.heldOn}::date + ${input.endsAt}::time) AT TIME ZONE ${zone}, venue = ${input.venue},
      topic = ${input.topic}, speakers = ${input.speakers ?? ''}, version = version + 1
    WHERE id = ${sessionId} AND training_id = ${trainingId} AND version = ${input.version}`;
  return count === 1;
}

export async function deleteSession(
  tx: Transaction,
  { trainingId, sessionId }: { trainingId: number; sessionId: number },
  version: number,
): Promise<boolean> {
  const { count } = await tx.trainingSession.deleteMany({
    where: { id: sessionId, trainingId, version },
  });
  return count === 1;
}

export type StoredSession = {
  id: number;
  heldOn: string;
  startsAt: string;
  endsAt: string;
  venue: string;
  topic: string;
  speakers: string;
  version: number;
};

/** As its form shows it, in wall time. */
export async function getSession(
  tx: Transaction,
  { trainingId, sessionId }: { trainingId: number; sessionId: number },
): Promise<StoredSession> {
  const zone = city().timeZone;
  const [session] = await tx.$queryRaw<StoredSession[]>`
    SELECT id, (starts_at AT TIME ZONE ${zone})::date::text AS "heldOn",
      to_char(starts_at AT TIME ZONE ${zone}, 'HH24.MI') AS "startsAt",
      to_char(ends_at AT TIME ZONE ${zone}, 'HH24.MI') AS "endsAt", venue, topic, speakers, version
    FROM training_sessions WHERE id = ${sessionId} AND training_id = ${trainingId}`;
  if (!session) throw notFound();
  return session;
}

/** The kelurahan that the account may train: those it sees. */
export const trainableKelurahan = (tx: Transaction) =>
  tx.kelurahan.findMany({ orderBy: { name: 'asc' }, select: { id: true, name: true } });

const organiserKinds = {
  admin: 'city',
  kecamatan: 'kecamatan',
  lurah: 'kelurahan',
  staff: 'kelurahan',
  officer: 'kelurahan',
  auditor: 'city',
} as const;

const organiserOf = (account: SignedInAccount) => ({
  organiserKind: organiserKinds[account.role],
  organiserName: account.scopeName || city().name,
});

/** A kelurahan trains its own officers; the others choose. */
const reachOf = (account: SignedInAccount, input: TrainingInput) =>
  account.kelurahanId === null ? kelurahanIdsIn(input) : [account.kelurahanId];

const stored = (input: TrainingInput) => ({
  title: input.title,
  aims: input.aims ?? '',
  legalBasis: input.legalBasis ?? '',
  budgetSource: input.budgetSource ?? '',
  capacity: input.capacity,
  minimumShare: input.minimumShare ?? 80,
  pillars: (Object.keys(pillars) as Pillar[]).filter((pillar) => input[`pillar_${pillar}`]),
});
