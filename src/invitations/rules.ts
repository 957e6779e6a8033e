/** What an invitee can say (undangan: hadir, diwakilkan, izin); null is no answer yet. */
export const answers = ['attending', 'delegated', 'excused'] as const;
export type Answer = (typeof answers)[number];

export const answerLabels: Record<Answer, string> = {
  attending: 'Hadir',
  delegated: 'Diwakilkan',
  excused: 'Izin',
};

type Badge = { label: string; tone?: 'good' | 'warn' | 'info' };
export const answerBadge = (answer: Answer | null): Badge =>
  answer === null
    ? { label: 'Belum menjawab' }
    : { label: answerLabels[answer], tone: tones[answer] };
const tones = { attending: 'good', delegated: 'info', excused: 'warn' } as const;

/** The filter of the list, as its URL says it. */
export const answerFilters = ['hadir', 'diwakilkan', 'izin', 'belum'] as const;
export type AnswerFilter = (typeof answerFilters)[number];
export const answerOfFilter: Record<AnswerFilter, Answer | 'none'> = {
  hadir: 'attending',
  diwakilkan: 'delegated',
  izin: 'excused',
  belum: 'none',
};
export const filterLabels: Record<AnswerFilter, string> = {
  hadir: 'Hadir',
  diwakilkan: 'Diwakilkan',
  izin: 'Izin',
  belum: 'Belum menjawab',
};

/** How an invitee stands: not sent the link yet, told before the time or place changed, or told. */
export const tellings = ['unsent', 'again', 'told'] as const;
export type Telling = (typeof tellings)[number];
export const tellingBadges: Record<Telling, Badge | null> = {
  unsent: { label: 'Belum dikirimi' },
  again: { label: 'Perlu diberi tahu lagi', tone: 'warn' },
  told: null,
};
export const tellingFilters = ['belum', 'lagi', 'sudah'] as const;
export type TellingFilter = (typeof tellingFilters)[number];
export const tellingOfFilter: Record<TellingFilter, Telling> = {
  belum: 'unsent',
  lagi: 'again',
  sudah: 'told',
};
export const tellingLabels: Record<TellingFilter, string> = {
  belum: 'Belum dikirimi undangan',
  lagi: 'Perlu diberi tahu lagi',
  sudah: 'Sudah diberi tahu',
};

/** How many would be too many, or 0 while there is no capacity or there is room. */
export const overCapacity = (capacity: number | null, invited: number) =>
  capacity === null ? 0 : Math.max(0, invited - capacity);

/** "3 orang ditambahkan, 1 sudah ada di daftar." */
export function additionInWords(added: number, chosen: number): string {
  const known = chosen - added;
  const rest = known > 0 ? `, ${known} sudah ada di daftar` : '';
  return added === 0
    ? 'Tidak ada yang ditambahkan: semuanya sudah ada di daftar.'
    : `${added} orang ditambahkan${rest}.`;
}

/** Until the first session starts an answer may change; not when the training is off, over or going on. */
export const takesAnswers = (
  { status, startsAt }: { status: string; startsAt: Date | null },
  now: Date,
) => status === 'scheduled' && startsAt !== null && startsAt > now;

/** "Anda menjawab: Diwakilkan oleh Sunarto" and the like, without a full stop. */
export function answerInWords(given: {
  answer: Answer | null;
  delegateName: string | null;
  answerNote: string | null;
}): string | null {
  if (given.answer === null) return null;
  if (given.answer === 'delegated') return `Diwakilkan oleh ${given.delegateName ?? ''}`;
  return given.answer === 'excused' ? `Izin: ${given.answerNote ?? ''}` : 'Hadir';
}
