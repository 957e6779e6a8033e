import { z } from 'zod';
import * as format from '#src/format.ts';
import { daysInWords, lessonsIn } from '#src/certificates/rules.ts';

/**
 * What a certificate says, copied when it is issued and never changed: no NIK, no phone. A part that an older copy lacks
 * is empty.
 */
const text = z.string().catch('');
export const certificateContent = z.object({
  name: text,
  /** "Ketua", or whom somebody came for. */
  office: text,
  institution: text,
  kelurahan: text,
  title: text,
  days: text,
  venue: text,
  /** Lessons of 45 minutes. */
  lessons: z.number().catch(0),
  organiser: text,
  /** The kop from the city down. */
  letterhead: z.array(z.string()).catch([]),
  /** Calendar date. */
  issuedOn: text,
  signatory: z
    .object({ title: text, name: text, rank: text, nip: text })
    .catch({ title: '', name: '', rank: '', nip: '' }),
  /** Why an earlier one was replaced by this; kept for the record, never printed. */
  correction: text,
});
export type CertificateContent = z.output<typeof certificateContent>;

type Invitee = {
  name: string;
  positionName: string;
  institutionName: string;
  kelurahanName: string;
  answer: string | null;
  delegateName: string | null;
};
export type TrainingOfContent = {
  title: string;
  organiserKind: string;
  organiserName: string;
  signatoryTitle: string;
  signatoryName: string;
  signatoryRank: string;
  signatoryNip: string;
  cityName: string;
  kecamatanName: string | null;
  sessions: readonly { startsAt: Date; endsAt: Date; venue: string }[];
};

/** Whoever was sent in somebody's place came, and gets the certificate in their own name. */
export const isDelegated = ({
  answer,
  delegateName,
}: Pick<Invitee, 'answer' | 'delegateName'>): boolean =>
  answer === 'delegated' && delegateName !== null;

export function contentOf(
  training: TrainingOfContent,
  invitee: Invitee,
  { day, correction = '' }: { day: string; correction?: string },
): CertificateContent {
  const { sessions } = training;
  const delegated = isDelegated(invitee);
  const dates = sessions.map(({ startsAt }) => format.dayOf(startsAt)).toSorted();
  const last = sessions
    .map(({ endsAt }) => format.dayOf(endsAt))
    .toSorted()
    .at(-1);
  return {
    name: delegated ? (invitee.delegateName ?? '') : invitee.name,
    office: delegated
      ? ['mewakili', [invitee.positionName, invitee.name].filter(Boolean).join(' ')].join(' ')
      : invitee.positionName,
    institution: invitee.institutionName,
    kelurahan: invitee.kelurahanName,
    title: training.title,
    days: dates[0] && last ? daysInWords(dates[0], last) : '',
    venue: [...new Set(sessions.map(({ venue }) => venue))].join(' dan '),
    lessons: lessonsIn(sessions),
    organiser: training.organiserName,
    letterhead: letterheadLines(training),
    issuedOn: day,
    signatory: {
      title: training.signatoryTitle,
      name: training.signatoryName,
      rank: training.signatoryRank,
      nip: training.signatoryNip,
    },
    correction,
  };
}

const letterheadLines = (training: TrainingOfContent) => [
  `Pemerintah ${training.cityName}`,
  ...(training.organiserKind === 'kelurahan' && training.kecamatanName
    ? [`Kecamatan ${training.kecamatanName}`]
    : []),
  ...(training.organiserKind === 'city' ? [] : [training.organiserName]),
];
