import * as format from '#src/format.ts';
import { annex } from '#src/invitation-letters/annex.ts';
import type { LetterQuery } from '#src/invitation-letters/form.ts';
import type { Invitation } from '#src/invitations/statements.ts';
import { invitationUrl } from '#src/invitations/tokens.ts';
import type { Block, Clause, Paper } from '#src/pdf/paper.ts';
import { place } from '#src/pdf/signatories.ts';
import { trainingLetterhead } from '#src/trainings/papers.ts';
import type { TrainingHeader, TrainingOffices } from '#src/trainings/statements.ts';

/** Letters of invitation in the layout of official letters (domain.md, sections 5.5 and 5.8). */

type Session = { startsAt: Date; endsAt: Date; venue: string; topic: string };
export type Invited = {
  training: TrainingHeader;
  offices: TrainingOffices;
  sessions: readonly Session[];
  invitees: readonly Invitation[];
};

export function letterPaper(found: Invited, query: LetterQuery): Paper {
  const { training, invitees } = found;
  const isPersonal = query.bentuk === 'perorangan';
  return {
    title: `Undangan ${training.title}`,
    orientation: 'portrait',
    asOf: query.tanggal,
    footer: `Undangan ${training.title}`.slice(0, 120),
    ...(isPersonal ? { isNumbered: false } : {}),
    blocks: isPersonal
      ? invitees.flatMap((invitee, index) => [
          ...(index > 0 ? [{ kind: 'page' as const }] : []),
          ...letter(found, query, invitee),
        ])
      : [...letter(found, query, null), ...annex(invitees, query)],
  };
}

function letter(found: Invited, query: LetterQuery, invitee: Invitation | null): Block[] {
  const { training, offices, sessions } = found;
  return [
    trainingLetterhead(training, offices),
    {
      kind: 'reference',
      dated: `${place()}, ${format.date(query.tanggal)}`,
      lines: [
        ['Nomor', query.nomor ?? '.'.repeat(30)],
        ['Sifat', query.sifat],
        ['Lampiran', invitee ? '-' : '1 (satu) berkas'],
        ['Hal', query.hal],
      ],
    },
    ...addressee(invitee).map((text): Block => ({ kind: 'text', text })),
    { kind: 'space', millimetres: 5 },
    { kind: 'text', text: 'Dengan hormat,' },
    { kind: 'space', millimetres: 2 },
    paragraph(
      `Sehubungan dengan pelaksanaan kegiatan “${training.title}” oleh ${training.organiserName}, kami mengundang Bapak/Ibu untuk hadir pada:`,
    ),
    { kind: 'space', millimetres: 3 },
    ...programme(sessions),
    { kind: 'space', millimetres: 2 },
    ...(invitee ? [answerCode(training, invitee)] : []),
    paragraph(
      'Demikian undangan ini kami sampaikan. Atas perhatian dan kehadiran Bapak/Ibu, kami ucapkan terima kasih.',
    ),
    { kind: 'space', millimetres: 8 },
    signature(query),
  ];
}

function addressee(invitee: Invitation | null): string[] {
  if (!invitee) return ['Yth. Bapak/Ibu sebagaimana daftar terlampir', 'di Tempat'];
  const { name, positionName, institutionName, kelurahanName } = invitee;
  const office = [positionName, institutionName].filter(Boolean).join(', ');
  return [
    `Yth. ${name}`,
    ...(office ? [office] : []),
    ...(kelurahanName ? [`Kelurahan ${kelurahanName}`] : []),
    'di Tempat',
  ];
}

function programme(sessions: readonly Session[]): Block[] {
  const [only, ...others] = sessions;
  if (only && others.length === 0)
    return [
      {
        kind: 'clauses',
        clauses: [
          clause('Hari, tanggal', format.fullDate(format.dayOf(only.startsAt))),
          clause('Waktu', hours(only)),
          clause('Tempat', only.venue),
          clause('Acara', only.topic),
        ],
      },
    ];
  return [
    {
      kind: 'table',
      columns: [
        { label: 'Hari, tanggal', width: 26 },
        { label: 'Waktu', width: 20 },
        { label: 'Tempat', width: 22 },
        { label: 'Acara', width: 32 },
      ],
      rows: sessions.map((session) => [
        format.fullDate(format.dayOf(session.startsAt)),
        hours(session),
        session.venue,
        session.topic,
      ]),
    },
  ];
}

/** "pukul 08.00–11.30 WIB", to the end of the day after where it ends then. */
const hours = ({ startsAt, endsAt }: Session) =>
  format.dayOf(startsAt) === format.dayOf(endsAt)
    ? `pukul ${format.clock(startsAt).replace(/ .*$/, '')}–${format.clock(endsAt)}`
    : `pukul ${format.clock(startsAt)} sampai ${format.moment(endsAt)}`;

/** The private link to answer, and the code that proves at the door who one is, in place of the phone number. */
const answerCode = (training: TrainingHeader, { code }: Invitation): Block => ({
  kind: 'qr',
  url: invitationUrl({ trainingId: training.id, code }),
  label: 'Kode kehadiran',
  code,
  lines: [
    'Pindai QR ini dengan kamera ponsel untuk menjawab hadir, diwakilkan, atau izin.',
    'Pada hari pelatihan, pindai QR di pintu, pilih nama Anda, lalu isi kode di atas; tanpa ponsel, sebutkan nama kepada petugas.',
    'QR dan kode pada surat ini khusus untuk Bapak/Ibu.',
  ],
});

const signature = ({ jabatan: office, nama: name, pangkat: rank, nip }: LetterQuery): Block => ({
  kind: 'signatures',
  left: null,
  right: { above: [], office, name, rank, nip },
});

const paragraph = (text: string): Block => ({ kind: 'text', text, align: 'justify' });
const clause = (label: string, text: string): Clause => ({ label, items: [{ mark: '', text }] });
