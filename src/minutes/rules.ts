import { can, type SignedInAccount } from '#src/access.ts';
import { organises } from '#src/trainings/frame.ts';

/** The texts of the minutes that the note taker may write over the usual ones (domain.md, section 5.5). */
export const minutesSections = [
  'kind',
  'chairOffice',
  'chairName',
  'noteTaker',
  'agenda',
  'course',
  'conclusion',
  'closing',
] as const;
export type MinutesSection = (typeof minutesSections)[number];
export type MinutesTexts = Record<MinutesSection, string>;

export const sectionLabels: Record<MinutesSection, string> = {
  kind: 'Jenis rapat',
  chairOffice: 'Jabatan pimpinan rapat',
  chairName: 'Nama pimpinan rapat',
  noteTaker: 'Nama notulis',
  agenda: 'Susunan acara',
  course: 'Uraian jalannya rapat',
  conclusion: 'Kesimpulan',
  closing: 'Penutup',
};

type Held = { status: string; organiserKind: string; kelurahanIds: readonly number[] };

/** Minutes tell the whole: whoever sees only a part of the invitees and of the dialogue gets them from the organiser. */
export const mayReadMinutes = (account: SignedInAccount, training: Held) =>
  isHeld(training) && (account.role === 'auditor' || organises(account, training));

export const mayWriteMinutes = (account: SignedInAccount, training: Held) =>
  isHeld(training) && can(account, 'training:record') && organises(account, training);

const isHeld = ({ status }: Held) => status !== 'draft' && status !== 'cancelled';
