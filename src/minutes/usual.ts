import { kindLabels, noteKinds } from '#src/dialogue/rules.ts';
import type { NoteRow } from '#src/dialogue/statements.ts';
import * as format from '#src/format.ts';
import type { MinutesTexts } from '#src/minutes/rules.ts';
import { headOf } from '#src/trainings/papers.ts';
import type { TrainingHeader, TrainingOffices } from '#src/trainings/statements.ts';

type Session = { startsAt: Date; endsAt: Date; topic: string; speakers: string };
type Found = {
  training: TrainingHeader;
  offices: TrainingOffices;
  sessions: Session[];
  notes: NoteRow[];
};

/** What the minutes say until somebody writes something else. */
export function usualTexts({ training, offices, sessions, notes }: Found): MinutesTexts {
  const { office, name } = headOf(training, offices);
  return {
    kind: 'Pelatihan dan pembinaan pengurus lembaga kemasyarakatan kelurahan',
    chairOffice: office,
    chairName: name ?? '',
    noteTaker: '',
    agenda: agendaOf(sessions),
    course: [
      `Acara dibuka dan dipimpin ${office}.`,
      'Narasumber menyampaikan materi menurut susunan acara, dilanjutkan dialog dengan peserta.',
    ].join(' '),
    conclusion: conclusionOf(notes),
    closing:
      'Demikian notulen ini dibuat dengan sebenarnya untuk dipergunakan sebagaimana mestinya.',
  };
}

/** "08.00–10.00 WIB: Tugas pengurus (Camat Kanigaran)", with the day where there are several. */
function agendaOf(sessions: Session[]): string {
  const days = new Set(sessions.map(({ startsAt }) => format.dayOf(startsAt)));
  const time = days.size > 1 ? format.span : format.hours;
  return sessions
    .map(({ startsAt, endsAt, topic, speakers }) =>
      [`${time(startsAt, endsAt)}: ${topic}`, speakers && `(${speakers})`]
        .filter(Boolean)
        .join(' '),
    )
    .join('\n');
}

/** "Dalam dialog tercatat 3 kendala dan 5 harapan. Disepakati 2 tindak lanjut." */
function conclusionOf(notes: NoteRow[]): string {
  const counted = noteKinds.flatMap((kind) => {
    const count = notes.filter((note) => note.kind === kind).length;
    return count === 0 ? [] : [`${format.number(count)} ${kindLabels[kind].toLowerCase()}`];
  });
  if (counted.length === 0) return 'Tidak ada pertanyaan atau masukan dari peserta.';
  const promised = notes.reduce((sum, { followUps }) => sum + followUps.length, 0);
  return [
    `Dalam dialog tercatat ${listInWords(counted)} dari peserta.`,
    promised === 0 ? '' : `Disepakati ${format.number(promised)} tindak lanjut.`,
  ]
    .filter(Boolean)
    .join(' ');
}

const listInWords = (words: string[]) =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} dan ${words.at(-1)}`;
