import type { Request } from 'express';
import type { Transaction } from '#src/database.ts';
import { forbidden, HttpError } from '#src/http/errors.ts';
import { currentAccount, idFrom } from '#src/http/request.ts';
import { getCertificate, lockNumbering } from '#src/certificates/repository.ts';
import { organises } from '#src/trainings/frame.ts';
import { getTraining, type StoredTraining } from '#src/trainings/repository.ts';

/** Who may issue what: the organiser, once the training is over. */

export async function organised(tx: Transaction, req: Request): Promise<StoredTraining> {
  const training = await getTraining(tx, idFrom(req));
  if (!organises(currentAccount(req), training)) throw forbidden();
  return training;
}

/** A training that is over, with its row locked until the numbers are given out. */
export async function issuable(tx: Transaction, req: Request) {
  await organised(tx, req);
  const training = await lockNumbering(tx, idFrom(req));
  if (training.status !== 'finished') throw new HttpError(409, 'training is not over');
  return training;
}

/** The newest certificate of somebody; one that was replaced stays as it is. */
export async function newest(tx: Transaction, req: Request) {
  const training = await organised(tx, req);
  const certificate = await getCertificate(tx, {
    trainingId: training.id,
    certificateId: idFrom(req, 'certificateId'),
  });
  if (certificate.successor) throw new HttpError(409, 'replaced already');
  return { training, certificate };
}

export const recipientHref = (certificate: { trainingId: number; invitationId: number }) =>
  `/pelatihan/${certificate.trainingId}/sertifikat/peserta/${certificate.invitationId}`;
