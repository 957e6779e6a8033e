import * as format from '#src/format.ts';
import { beforeInWords, knownBefore, type Move } from '#src/invitations/moves.ts';
import type { Telling } from '#src/invitations/rules.ts';

/** What is sent by WhatsApp of a training; the link is the only thing in it that is not public. */

export type About = {
  title: string;
  organiserName: string;
  status: string;
  cancelReason: string | null;
  sessions: readonly { id: number; startsAt: Date; endsAt: Date; venue: string }[];
  moves: readonly Move[];
};

type Invitee = { name: string; telling: Telling; heardAt: Date | null };

/** To one invitee, with the private link. */
export function personalMessage(
  about: About,
  { name, telling, heardAt, url }: Invitee & { url: string },
): string {
  const isOff = about.status === 'cancelled';
  return [
    `Yth. ${name},`,
    ...opening(about, telling === 'again'),
    ...(isOff ? [] : schedule(about, telling === 'again', heardAt)),
    isOff ? `Keterangan: ${url}` : `Rincian dan jawaban kehadiran: ${url}`,
    ...(isOff ? [] : ['Tautan ini khusus untuk Bapak/Ibu, mohon tidak dibagikan.']),
  ].join('\n');
}

/** To a group, without any link of a person. */
export const groupMessage = (about: About, isAgain: boolean): string =>
  [
    'Yth. Bapak/Ibu,',
    ...opening(about, isAgain),
    ...(about.status === 'cancelled'
      ? []
      : [
          ...schedule(about, isAgain, null),
          'Mohon jawab undangan melalui tautan pribadi atau surat yang Bapak/Ibu terima.',
        ]),
  ].join('\n');

function opening({ status, title, organiserName, cancelReason }: About, isAgain: boolean) {
  if (status === 'cancelled')
    return [`${organiserName} membatalkan ${title}.`, `Alasan: ${cancelReason ?? ''}`];
  if (isAgain) return [`Jadwal ${title} dari ${organiserName} berubah. Jadwal yang berlaku:`];
  return [`${organiserName} mengundang Bapak/Ibu pada ${title}:`];
}

function schedule({ sessions, moves }: About, isAgain: boolean, heardAt: Date | null) {
  return sessions.map((session) => {
    const before = isAgain ? knownBefore(session, moves, heardAt) : null;
    const now = `- ${format.span(session.startsAt, session.endsAt)}, di ${session.venue}`;
    return before ? `${now} (${beforeInWords(before)})` : now;
  });
}
