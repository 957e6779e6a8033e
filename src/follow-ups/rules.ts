import { can, type SignedInAccount } from '#src/access.ts';
import * as format from '#src/format.ts';
import { organises } from '#src/trainings/frame.ts';

/** A promise of a dialogue, from open to confirmed by who asked (terbuka, dikerjakan, selesai diklaim, dikonfirmasi, dibuka lagi). */
export const followUpStatuses = [
  'open',
  'in_progress',
  'claimed',
  'confirmed',
  'reopened',
] as const;
export type FollowUpStatus = (typeof followUpStatuses)[number];

export const ownerKinds = ['kelurahan', 'kecamatan', 'city', 'institution', 'other'] as const;
export type OwnerKind = (typeof ownerKinds)[number];

type Badge = { label: string; tone?: 'good' | 'warn' | 'bad' | 'info' };
export const statusBadges: Record<FollowUpStatus, Badge> = {
  open: { label: 'Terbuka' },
  in_progress: { label: 'Dikerjakan', tone: 'info' },
  claimed: { label: 'Menunggu konfirmasi', tone: 'warn' },
  confirmed: { label: 'Selesai', tone: 'good' },
  reopened: { label: 'Dibuka lagi', tone: 'bad' },
};

export const ownerKindLabels: Record<OwnerKind, string> = {
  kelurahan: 'Kelurahan',
  kecamatan: 'Kecamatan',
  city: 'Perangkat daerah kota',
  institution: 'Lembaga',
  other: 'Pihak lain',
};

/** Somebody still has to do something. */
export const isPending = (status: FollowUpStatus) => status !== 'claimed' && status !== 'confirmed';

/** "Terlambat 12 hari", or null while there is time or nothing left to do. */
export function lateness(
  { status, dueOn }: { status: FollowUpStatus; dueOn: string },
  today: string,
): string | null {
  const days = format.daysBetween(dueOn, today);
  return isPending(status) && days > 0 ? `Terlambat ${format.number(days)} hari` : null;
}

/** The kind of owner that an account works for; an institution is known by its id. */
export const ownerKindOf = ({ role }: SignedInAccount): OwnerKind | null =>
  ({
    admin: 'city' as const,
    kecamatan: 'kecamatan' as const,
    lurah: 'kelurahan' as const,
    staff: 'kelurahan' as const,
    officer: null,
    auditor: null,
  })[role];

export type Judged = {
  status: FollowUpStatus;
  kelurahanId: number;
  institutionId: number | null;
  ownerKind: OwnerKind;
  ownerInstitutionId: number | null;
  ownerAccountId: number | null;
  organiserKind: OwnerKind | null;
  trainingKelurahanIds: number[];
  /** Who said last that it is done. */
  claimedBy: number | null;
};

/** Whether it is this account's promise, or its office's. */
export function owns(account: SignedInAccount, followUp: Judged): boolean {
  if (followUp.ownerAccountId === account.id) return true;
  if (followUp.ownerKind === 'institution')
    return account.institutionId !== null && account.institutionId === followUp.ownerInstitutionId;
  if (ownerKindOf(account) !== followUp.ownerKind) return false;
  return account.role === 'admin' || account.kelurahanIds.includes(followUp.kelurahanId);
}

/** The owner says how far it is; whoever follows it up says it for those who have no account of their own here. */
export const mayWork = (account: SignedInAccount, followUp: Judged) =>
  isPending(followUp.status) &&
  can(account, 'follow-up:step') &&
  (owns(account, followUp) ||
    (can(account, 'follow-up:write') &&
      followUp.ownerKind !== 'kelurahan' &&
      followUp.ownerKind !== 'kecamatan'));

export const mayConfirm = (account: SignedInAccount, followUp: Judged) =>
  followUp.status === 'claimed' && speaksForAsker(account, followUp);

export const mayReopen = (account: SignedInAccount, followUp: Judged) =>
  (followUp.status === 'claimed' || followUp.status === 'confirmed') &&
  speaksForAsker(account, followUp);

/**
 * The institution that asked; without one, the organiser of the training, and where the organiser promised it, another
 * office that sees it. Nobody judges their own promise, nor what they themselves said to be done.
 */
function speaksForAsker(account: SignedInAccount, followUp: Judged): boolean {
  if (!can(account, 'follow-up:step')) return false;
  if (owns(account, followUp) || followUp.claimedBy === account.id) return false;
  if (askerJudges(followUp)) return account.institutionId === followUp.institutionId;
  if (!can(account, 'follow-up:write') || followUp.organiserKind === null) return false;
  return (
    followUp.ownerKind === followUp.organiserKind ||
    organises(account, {
      organiserKind: followUp.organiserKind,
      kelurahanIds: followUp.trainingKelurahanIds,
    })
  );
}

/** An institution that promised something to itself leaves the judgement to the organiser. */
export const askerJudges = ({
  institutionId,
  ownerInstitutionId,
}: Pick<Judged, 'institutionId' | 'ownerInstitutionId'>) =>
  institutionId !== null && institutionId !== ownerInstitutionId;

/** With one full stop at its end, also where a title such as "M.Si." stands there. */
export const asSentence = (words: string) => (/[.!?]$/.test(words) ? words : `${words}.`);
