import type { Transaction } from '#src/database.ts';
import { contentOf } from '#src/certificates/content.ts';
import type { Issuer, NumberedTraining } from '#src/certificates/repository.ts';
import { newCode, numberFrom } from '#src/certificates/rules.ts';

/** Who gets a certificate next, and what is written for them. */

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
