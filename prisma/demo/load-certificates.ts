import type { Transaction } from '#src/database.ts';
import { certificateContent } from '#src/certificates/content.ts';
import {
  getCertificate,
  insertRevocation,
  insertSuccessor,
  lockNumbering,
} from '#src/certificates/repository.ts';
import { insertCertificates, waitingRecipients } from '#src/certificates/recipients.ts';

type Issuer = { id: number; displayName: string };

const day = '2025-08-11';
const at = (date: string) => new Date(`${date}T10:00:00+07:00`);

/** Issued four days after the training; one was replaced because of its name, one revoked. */
export async function loadCertificates(
  tx: Transaction,
  trainingId: number,
  account: Issuer,
): Promise<void> {
  const kecamatan = await tx.kecamatan.findFirstOrThrow({ where: { name: 'Kanigaran' } });
  await tx.training.update({
    where: { id: trainingId },
    data: {
      certificatePattern: '{urut}/LKK-KW/{bulan romawi}/{tahun}',
      signatoryTitle: `Camat ${kecamatan.name}`,
      signatoryName: kecamatan.headName ?? '',
      signatoryRank: kecamatan.headRank ?? '',
      signatoryNip: kecamatan.headNip ?? '',
    },
  });
  const training = await lockNumbering(tx, trainingId);
  const recipients = await waitingRecipients(tx, trainingId, { limit: 100 });
  await insertCertificates(tx, training, { account, recipients, day, issuedAt: at(day) });
  const [, second, , fourth] = await tx.certificate.findMany({
    where: { trainingId, personId: { not: null } },
    orderBy: { id: 'asc' },
    take: 4,
  });
  if (!second || !fourth) throw new Error('too few certificates');
  await replace(tx, second.id, { trainingId, account });
  await insertRevocation(tx, account, {
    certificate: await getCertificate(tx, { trainingId, certificateId: fourth.id }),
    reason: 'Daftar hadir sesi kedua tertukar dengan peserta lain',
    revokedOn: '2025-08-20',
  });
}

async function replace(
  tx: Transaction,
  certificateId: number,
  { trainingId, account }: { trainingId: number; account: Issuer },
) {
  const old = await getCertificate(tx, { trainingId, certificateId });
  const content = certificateContent.parse(old.content);
  await insertSuccessor(tx, await lockNumbering(tx, trainingId), {
    account,
    old,
    content: {
      ...content,
      name: `${content.name.replace(/,.*$/, '')}, S.E.`,
      correction: 'Gelar belakang tertinggal',
    },
    day: '2025-08-14',
    issuedAt: at('2025-08-14'),
  });
}
