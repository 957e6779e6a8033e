import { kindLabels, placeInWords } from '#src/dialogue/rules.ts';
import { aspects } from '#src/feedback/rules.ts';
import { statusBadges } from '#src/follow-ups/rules.ts';
import * as format from '#src/format.ts';
import type { Block, Cell, Column } from '#src/pdf/paper.ts';
import type { TrainingReport } from '#src/training-reports/reading.ts';
import { withPlainLines } from '#src/trainings/written-texts.ts';

/** The tables of the report, each left out while it would be empty. */

export const sessionTable = ({ sessions }: TrainingReport) =>
  table(
    [
      { label: 'Waktu', width: 34 },
      { label: 'Tempat', width: 24 },
      { label: 'Materi', width: 38 },
      { label: 'Narasumber', width: 30 },
    ],
    sessions.map((one) => [
      format.span(one.startsAt, one.endsAt),
      one.venue,
      one.topic,
      one.speakers,
    ]),
  );

/** How many of each kind of institution were on the list and came. */
export function typeTable({ participants }: TrainingReport): Block[] {
  const groups = Map.groupBy(participants, ({ typeName }) => typeName);
  const rows = [...groups].map(([name, all]): Cell[] => [
    name,
    all.filter(({ isWalkIn }) => !isWalkIn).length,
    all.filter(({ attended }) => attended > 0).length,
  ]);
  const sumOf = (index: number) => rows.reduce((sum, row) => sum + Number(row[index]), 0);
  return table(
    [
      { label: 'Unsur', width: 50 },
      { label: 'Diundang', width: 20, align: 'right' },
      { label: 'Hadir', width: 20, align: 'right' },
    ],
    rows,
    ['Jumlah', sumOf(1), sumOf(2)],
  );
}

export function testTable({ tests }: TrainingReport): Block[] {
  if (tests.pre + tests.post === 0) return [];
  return table(
    [
      { label: 'Tes', width: 50 },
      { label: 'Peserta', width: 20, align: 'right' },
      { label: 'Nilai rata-rata (0–100)', width: 30, align: 'right' },
    ],
    [
      ['Tes awal', tests.pre, average(tests.preAverage)],
      ['Tes akhir', tests.post, average(tests.postAverage)],
      ['Kenaikan peserta yang mengikuti keduanya', tests.both, average(tests.gain)],
    ],
  );
}

const average = (value: number | null) => (value === null ? '–' : format.number(value));

export const agreementTable = ({ notes }: TrainingReport) =>
  table(
    [
      { label: 'Tindak lanjut', width: 48 },
      { label: 'Penanggung jawab', width: 34 },
      { label: 'Tenggat', width: 18 },
      { label: 'Status', width: 20 },
    ],
    notes.flatMap(({ followUps }) =>
      followUps.map((one) => [
        withPlainLines(one.text),
        one.ownerName,
        format.shortDate(one.dueOn),
        statusBadges[one.status].label,
      ]),
    ),
  );

export const dialogueTable = ({ notes }: TrainingReport) =>
  table(
    [
      { label: 'No', width: 6, align: 'right' },
      { label: 'Jenis', width: 13 },
      { label: 'Disampaikan oleh', width: 28 },
      { label: 'Isi', width: 40 },
      { label: 'Jawaban', width: 36 },
    ],
    notes.map((note, index) => [
      index + 1,
      kindLabels[note.kind],
      placeInWords([note.askerName, note.positionName, note.institutionName]),
      withPlainLines(note.text),
      withPlainLines(note.answer),
    ]),
  );

export const feedbackTable = ({ grades }: TrainingReport) =>
  table(
    [
      { label: 'Umpan balik peserta', width: 50 },
      { label: 'Rata-rata (dari 5)', width: 25, align: 'right' },
      { label: 'Jawaban', width: 20, align: 'right' },
    ],
    Object.entries(aspects).flatMap(([name, label]) => {
      const found = grades.find(({ aspect }) => aspect === name);
      return found
        ? [
            [
              label.replace(' bagi tugas Anda', ''),
              format.average(found.average),
              found.counts.reduce((sum, count) => sum + count, 0),
            ],
          ]
        : [];
    }),
  );

const words = { present: 'Hadir', late: 'Terlambat', excused: 'Izin', absent: 'Absen', none: '–' };

/** The attendance list of the annex: a column for each session. */
export const attendanceTable = ({ participants, sessions }: TrainingReport) =>
  table(
    [
      { label: 'No', width: 6, align: 'right' },
      { label: 'Nama', width: 34 },
      { label: 'Jabatan, lembaga', width: 36 },
      ...sessions.map((_, index): Column => ({ label: `Sesi ${index + 1}`, width: 14 })),
      { label: 'Nomor sertifikat', width: 26 },
    ],
    participants.map((one, index) => [
      index + 1,
      one.delegateName === null ? one.name : `${one.delegateName} (mewakili ${one.name})`,
      placeInWords([one.positionName, one.institutionName]),
      ...one.statuses.map((status) => words[status]),
      one.certificate,
    ]),
  );

export const table = (columns: Column[], rows: Cell[][], total?: Cell[]): Block[] =>
  rows.length === 0
    ? []
    : [
        { kind: 'table', columns, rows, ...(total && { total }) },
        { kind: 'space', millimetres: 4 },
      ];
