import { can, type SignedInAccount } from '#src/access.ts';
import * as format from '#src/format.ts';
import type { Office } from '#src/people/repository.ts';
import type { AttendedTraining } from '#src/training-coverage/repository.ts';

/** A paper about somebody: what it is, its number and day, its page, and the scan of the signed one. */
type PersonDocument = {
  what: string;
  about: string;
  number: string;
  on: string;
  href: string;
  scanHref: string | null;
  isRevoked: boolean;
};

/** Decrees for those who may read them, and certificates; the latest first. */
export function documentsOf(
  account: SignedInAccount,
  { offices, trainings }: { offices: Office[]; trainings: AttendedTraining[] },
): PersonDocument[] {
  const decrees = can(account, 'decree:read') ? offices.flatMap(decreesOf) : [];
  return [...decrees, ...trainings.flatMap(certificateOf)].toSorted((a, b) =>
    b.on.localeCompare(a.on),
  );
}

const decreesOf = (office: Office): PersonDocument[] =>
  [
    { what: 'Pengangkatan', decree: office.appointingDecree },
    { what: 'Pemberhentian', decree: office.endingDecree },
  ].flatMap(({ what, decree }) =>
    decree === null
      ? []
      : [
          {
            what,
            about: format.officeOf(
              format.heldPosition(office.kind, office.position),
              office.institution.name,
            ),
            number: decree.number,
            on: decree.decreedOn,
            href: `/sk/${decree.id}`,
            scanHref: decree.scanId === null ? null : `/sk/${decree.id}/pindaian`,
            isRevoked: decree.status === 'revoked',
          },
        ],
  );

const certificateOf = (training: AttendedTraining): PersonDocument[] =>
  training.number === null
    ? []
    : [
        {
          what: 'Sertifikat',
          about: training.title,
          number: training.number,
          on: format.dayOf(training.startsAt),
          href: `/pelatihan/${training.id}/sertifikat/peserta/${training.invitationId}`,
          scanHref: null,
          isRevoked: training.isRevoked,
        },
      ];
