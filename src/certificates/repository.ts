import type { SignedInAccount } from '#src/access.ts';
import type { Transaction } from '#src/database.ts';
import * as format from '#src/format.ts';
import { notFound } from '#src/http/errors.ts';
import type { CertificateContent } from '#src/certificates/content.ts';
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
export type Issuer = Pick<SignedInAccount, 'id' | 'displayName'>;

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
