import type { Asker } from '#src/dialogue/askers.ts';
import type { NoteInput } from '#src/dialogue/form.ts';
import type { StoredNote } from '#src/dialogue/repository.ts';
import { kindLabels, noteKinds } from '#src/dialogue/rules.ts';
import { pillars, type Pillar } from '#src/trainings/rules.ts';

/** What the edit form starts from; an invitee speaks for their own institution. */
export const formValues = (note: StoredNote): Record<string, string> => {
  const isInvited = note.invitationId !== null;
  return {
    kind: note.kind,
    session: text(note.sessionId),
    invitee: text(note.invitationId),
    askerName: isInvited ? '' : note.askerName,
    institution: isInvited ? '' : text(note.institutionId),
    kelurahan: text(note.kelurahanId),
    text: note.text,
    answer: note.answer,
    answeredBy: note.answeredByName,
    pillar: note.pillar ?? '',
  };
};

/** What is stored now beside what was typed. */
export function differences(
  note: StoredNote,
  typed: { input: NoteInput; asker: Asker | null; sessions: { id: number; topic: string }[] },
) {
  const { input, sessions } = typed;
  const asker = typed.asker ?? note;
  const topic = (id: number | null) => sessions.find((session) => session.id === id)?.topic ?? '';
  const kind = noteKinds.find((known) => known === note.kind);
  const pairs: [string, string, string][] = [
    ['Jenis catatan', kind ? kindLabels[kind] : '', kindLabels[input.kind]],
    ['Penanya', note.askerName, asker.askerName],
    ['Lembaga', note.institutionName, asker.institutionName],
    ['Yang disampaikan', note.text, input.text],
    ['Jawaban', note.answer, input.answer ?? ''],
    ['Dijawab oleh', note.answeredByName, input.answeredBy ?? ''],
    ['Pilar', pillarName(note.pillar), pillarName(input.pillar)],
    ['Sesi', topic(note.sessionId), topic(input.session)],
  ];
  return pairs
    .filter(([, before, after]) => before !== after)
    .map(([label, before, after]) => ({ label, before: before || null, after: after || null }));
}

const text = (id: number | null) => (id === null ? '' : String(id));
const pillarName = (pillar: string | null) =>
  pillar !== null && pillar in pillars ? pillars[pillar as Pillar] : '';
