import { placeInWords } from '#src/dialogue/rules.ts';
import * as format from '#src/format.ts';
import { attendanceInWords } from '#src/minutes/attendance.ts';
import type { Minutes } from '#src/minutes/reading.ts';
import { attendanceTable, dialogueTable, followUpTable } from '#src/minutes/tables.ts';
import type { Block, Clause, Paper } from '#src/pdf/paper.ts';
import { place } from '#src/pdf/signatories.ts';
import { headOf, trainingLetterhead } from '#src/trainings/papers.ts';
import { withPlainLines } from '#src/trainings/written-texts.ts';

/** Notulen in the order of domain.md, section 5.5, signed by the note taker and confirmed by the chair. */
export function minutesPaper(minutes: Minutes, today: string): Paper {
  const { training, texts } = minutes;
  const heldOn = lastDayOf(minutes, today);
  return {
    title: `Notulen ${training.title}`,
    orientation: 'portrait',
    asOf: heldOn,
    footer: `Notulen ${training.title}`.slice(0, 120),
    blocks: [
      trainingLetterhead(training, minutes.offices),
      { kind: 'heading', level: 1, text: 'NOTULEN' },
      { kind: 'text', text: training.title, align: 'center', bold: true },
      { kind: 'space', millimetres: 4 },
      { kind: 'clauses', clauses: factsOf(minutes) },
      { kind: 'space', millimetres: 2 },
      ...attendanceTable(minutes),
      ...section('Susunan acara', texts.agenda),
      ...section('Uraian jalannya rapat', texts.course),
      ...dialogueTable(minutes),
      ...section('Kesimpulan', texts.conclusion),
      ...followUpTable(minutes),
      ...section('Penutup', texts.closing),
      { kind: 'space', millimetres: 4 },
      signatures(minutes, heldOn),
    ],
  };
}

const lastDayOf = ({ training }: Minutes, today: string) =>
  training.endsAt === null ? today : format.dayOf(training.endsAt);

function factsOf(minutes: Minutes): Clause[] {
  const { training, sessions, texts } = minutes;
  const { invited, present, absent } = attendanceInWords(minutes.attendance);
  const days = [...new Set(sessions.map(({ startsAt }) => format.dayOf(startsAt)))];
  const venues = [...new Set(sessions.map(({ venue }) => venue))];
  return [
    clause('Hari, tanggal', days.map(format.fullDate).join('; ')),
    clause('Jam mulai', training.startsAt === null ? '' : format.clock(training.startsAt)),
    clause('Tempat', venues.join('; ')),
    clause('Jenis rapat', texts.kind),
    clause('Pimpinan rapat', placeInWords([texts.chairName, texts.chairOffice])),
    clause('Diundang', invited),
    clause('Hadir', present),
    clause('Tidak hadir', absent),
  ];
}

const clause = (label: string, text: string): Clause => ({ label, items: [{ mark: '', text }] });

const section = (title: string, text: string): Block[] => [
  { kind: 'heading', level: 2, text: title },
  ...withPlainLines(text)
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line): Block => ({ kind: 'text', text: line })),
  { kind: 'space', millimetres: 3 },
];

/** Rank and NIP belong to the head of the office, not to whoever else led. */
function signatures({ training, offices, texts }: Minutes, heldOn: string): Block {
  const head = headOf(training, offices);
  const isHead = texts.chairName === head.name;
  return {
    kind: 'signatures',
    left: {
      above: ['Mengetahui,'],
      office: texts.chairOffice,
      name: texts.chairName || null,
      rank: isHead ? head.rank : null,
      nip: isHead ? head.nip : null,
    },
    right: {
      above: [`${place()}, ${format.date(heldOn)}`],
      office: 'Notulis',
      name: texts.noteTaker || null,
      rank: null,
      nip: null,
    },
  };
}
