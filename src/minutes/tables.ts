import { kindLabels, placeInWords } from '#src/dialogue/rules.ts';
import * as format from '#src/format.ts';
import { statusBadges } from '#src/follow-ups/rules.ts';
import type { Minutes } from '#src/minutes/reading.ts';
import { withPlainLines } from '#src/trainings/written-texts.ts';
import type { Block } from '#src/pdf/paper.ts';

/** The tables of the minutes, each left out while it would be empty. */

export function attendanceTable({ sessions, bySession, attendance }: Minutes): Block[] {
  if (!attendance.isRecorded) return [];
  return [
    {
      kind: 'table',
      columns: [
        { label: 'Sesi', width: 40 },
        { label: 'Hadir', width: 12, align: 'right' },
        { label: 'Terlambat', width: 13, align: 'right' },
        { label: 'Izin', width: 12, align: 'right' },
        { label: 'Tanpa kabar', width: 13, align: 'right' },
        { label: 'Belum dicatat', width: 14, align: 'right' },
      ],
      rows: bySession.map(({ sessionId, present, late, excused, absent, expected }) => [
        sessions.find(({ id }) => id === sessionId)?.topic ?? '',
        present,
        late,
        excused,
        absent,
        expected - present - late - excused - absent,
      ]),
    },
  ];
}

export function dialogueTable({ notes }: Minutes): Block[] {
  if (notes.length === 0) return [];
  return [
    {
      kind: 'table',
      columns: [
        { label: 'No.', width: 6, align: 'right' },
        { label: 'Penanya', width: 26 },
        { label: 'Jenis', width: 13 },
        { label: 'Yang disampaikan', width: 40 },
        { label: 'Jawaban', width: 38 },
      ],
      rows: notes.map((note, index) => [
        index + 1,
        placeInWords([note.askerName, note.positionName, note.institutionName]),
        kindLabels[note.kind],
        withPlainLines(note.text),
        [note.answeredByName, withPlainLines(note.answer)].filter(Boolean).join(': '),
      ]),
    },
  ];
}

export function followUpTable({ notes }: Minutes): Block[] {
  const rows = notes.flatMap(({ followUps }, index) =>
    followUps.map((followUp) => ({ ...followUp, noteNumber: index + 1 })),
  );
  if (rows.length === 0) return [];
  return [
    {
      kind: 'table',
      columns: [
        { label: 'Tindak lanjut', width: 48 },
        { label: 'Dari nomor', width: 10, align: 'right' },
        { label: 'Penanggung jawab', width: 32 },
        { label: 'Tenggat', width: 16 },
        { label: 'Status', width: 17 },
      ],
      rows: rows.map(({ text, noteNumber, ownerName, dueOn, status }) => [
        withPlainLines(text),
        noteNumber,
        ownerName,
        format.shortDate(dueOn),
        statusBadges[status].label,
      ]),
    },
  ];
}
