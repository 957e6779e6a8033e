import type { SignedInAccount } from '#src/access.ts';
import type { Transaction } from '#src/database.ts';
import * as format from '#src/format.ts';
import { notFound } from '#src/http/errors.ts';
import { contentOf, type CertificateContent } from '#src/certificates/content.ts';
import type { SettingsInput } from '#src/certificates/form.ts';
import { newCode, numberFrom } from '#src/certificates/rules.ts';

/** What is written of certificates. Rows are only added; the training's row is locked while numbers are given out. */

/** Waits for whoever gives out numbers of this training now; null when the training is not the actor's to organise. */
export async function lockNumbering(tx: Transaction, trainingId: number) {
  await tx.$queryRaw`SELECT FROM trainings WHERE id = ${trainingId} FOR UPDATE`;
  const training = await tx.training.findUnique({
    where: { id: trainingId },
    include: { sessions: { orderBy: { startsAt: 'asc' } } },
  });
  if (!training) throw notFound();
  const place = await tx.kelurahan.findFirst({
    where: { id: { in: training.kelurahanIds } },
    select: { kecamatan: { select: { name: true } } },
  });
  const city = await tx.citySettings.findUnique({ where: { id: 1 }, select: { name: true } });
  return {
    ...training,
    cityName: city?.name ?? '',
    kecamatanName: place?.kecamatan.name ?? null,
    issued: await tx.certificate.count({ where: { trainingId } }),
  };
}
export type NumberedTraining = Awaited<ReturnType<typeof lockNumbering>>;

/** Whose name stands beside what was issued or revoked. */
type Issuer = Pick<SignedInAccount, 'id' | 'displayName'>;

type Recipient = {
  id: number;
  kelurahanId: number | null;
  institutionId: number | null;
  personId: number | null;
  name: string;
  positionName: string;
  institutionName: string;
  kelurahanName: string;
  answer: string | null;
  delegateName: string | null;
};

/** The next of those who came often enough and have no certificate yet, in the order of their names. */
export const waitingRecipients = (
  tx: Transaction,
  trainingId: number,
  { limit, invitationId = null }: { limit: number; invitationId?: number | null },
) =>
  tx.$queryRaw<Recipient[]>`
    SELECT i.id, i.kelurahan_id AS "kelurahanId", i.institution_id AS "institutionId", i.person_id AS "personId", i.name,
      i.position_name AS "positionName", i.institution_name AS "institutionName", i.kelurahan_name AS "kelurahanName", i.answer,
      i.delegate_name AS "delegateName"
    FROM training_standings v JOIN training_invitations i ON i.id = v.invitation_id
    WHERE v.training_id = ${trainingId} AND v.attended >= v.needed
      AND (${invitationId}::int IS NULL OR i.id = ${invitationId}::int)
      AND NOT EXISTS (SELECT FROM certificates c WHERE c.invitation_id = i.id)
    ORDER BY i.sort_name, i.id LIMIT ${limit}`;

/** Numbers follow each other in the order of the list. */
export async function insertCertificates(
  tx: Transaction,
  training: NumberedTraining,
  given: { account: Issuer; recipients: readonly Recipient[]; day: string; issuedAt?: Date },
) {
  const { account, recipients, day, issuedAt = new Date() } = given;
  await tx.certificate.createMany({
    data: recipients.map((recipient, index) => ({
      ...placeOf(training, recipient),
      content: contentOf(training, recipient, { day }),
      number: numberFrom(training.certificatePattern, {
        sequence: training.issued + index + 1,
        day,
      }),
      code: newCode(),
      issuedBy: account.id,
      issuedByName: account.displayName,
      issuedAt,
    })),
  });
}

/** A delegate is nobody on record: what the invitee's own page shows are the invitee's certificates. */
const placeOf = (training: { id: number }, { id, answer, ...recipient }: Recipient) => ({
  trainingId: training.id,
  invitationId: id,
  kelurahanId: recipient.kelurahanId,
  institutionId: recipient.institutionId,
  personId: answer === 'delegated' ? null : recipient.personId,
});

/** A certificate of a training with whatever came after it. */
export async function getCertificate(
  tx: Transaction,
  { trainingId, certificateId }: { trainingId: number; certificateId: number },
) {
  const certificate = await tx.certificate.findFirst({
    where: { id: certificateId, trainingId },
    include: { revocation: true },
  });
  if (!certificate) throw notFound();
  const successor = await tx.certificate.findFirst({
    where: { supersedesId: certificate.id },
    select: { id: true, number: true },
  });
  return { ...certificate, successor };
}
export type StoredCertificate = Awaited<ReturnType<typeof getCertificate>>;

/** The same certificate with a corrected name, under a number of its own; the old one stays. */
export async function insertSuccessor(
  tx: Transaction,
  training: NumberedTraining,
  given: {
    account: Issuer;
    old: StoredCertificate;
    content: CertificateContent;
    day: string;
    issuedAt?: Date;
  },
): Promise<number> {
  const { account, old, content, day, issuedAt = new Date() } = given;
  const { id } = await tx.certificate.create({
    data: {
      trainingId: old.trainingId,
      invitationId: old.invitationId,
      kelurahanId: old.kelurahanId,
      institutionId: old.institutionId,
      personId: old.personId,
      supersedesId: old.id,
      content: { ...content, issuedOn: day },
      number: numberFrom(training.certificatePattern, { sequence: training.issued + 1, day }),
      code: newCode(),
      issuedBy: account.id,
      issuedByName: account.displayName,
      issuedAt,
    },
    select: { id: true },
  });
  return id;
}

export async function insertRevocation(
  tx: Transaction,
  account: Issuer,
  {
    certificate,
    reason,
    revokedOn,
  }: { certificate: StoredCertificate; reason: string; revokedOn: string },
) {
  await tx.certificateRevocation.create({
    data: {
      certificateId: certificate.id,
      trainingId: certificate.trainingId,
      reason,
      revokedOn: format.prismaDate(revokedOn),
      revokedBy: account.id,
      revokedByName: account.displayName,
    },
  });
}

/** False when somebody else saved the training since the form was opened. */
export async function saveSettings(
  tx: Transaction,
  trainingId: number,
  input: SettingsInput,
): Promise<boolean> {
  const { version, ...settings } = input;
  const { count } = await tx.training.updateMany({
    where: { id: trainingId, version },
    data: { ...settings, version: { increment: 1 }, updatedAt: new Date() },
  });
  return count === 1;
}
