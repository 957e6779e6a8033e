import { can, type SignedInAccount } from '#src/access.ts';
import * as format from '#src/format.ts';

/** What is noted of a dialogue: kendala, masukan, harapan. */
export const noteKinds = ['obstacle', 'suggestion', 'hope'] as const;
export type NoteKind = (typeof noteKinds)[number];

export const kindLabels: Record<NoteKind, string> = {
  obstacle: 'Kendala',
  suggestion: 'Masukan',
  hope: 'Harapan',
};

/** The same words as an address carries them. */
export const kindSlugs = ['kendala', 'masukan', 'harapan'] as const;
export type KindSlug = (typeof kindSlugs)[number];
export const kindOfSlug: Record<KindSlug, NoteKind> = {
  kendala: 'obstacle',
  masukan: 'suggestion',
  harapan: 'hope',
};

export const kindBadges: Record<NoteKind, { label: string; tone: 'good' | 'warn' | 'info' }> = {
  obstacle: { label: kindLabels.obstacle, tone: 'warn' },
  suggestion: { label: kindLabels.suggestion, tone: 'info' },
  hope: { label: kindLabels.hope, tone: 'good' },
};

/** The dialogue is written down from the day of the first session on, of a training that is held. */
export function mayRecord(
  account: SignedInAccount,
  { status, startsAt }: { status: string; startsAt: Date | null },
): boolean {
  const isHeld = status === 'scheduled' || status === 'running' || status === 'finished';
  return (
    can(account, 'training:record') &&
    isHeld &&
    startsAt !== null &&
    format.dayOf(startsAt) <= format.today()
  );
}

/** "Ketua, RW 005, Kebonsari Wetan" */
export const placeInWords = (parts: readonly (string | null)[]) => parts.filter(Boolean).join(', ');
