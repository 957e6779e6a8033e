import * as format from '#src/format.ts';
import type { LetterQuery } from '#src/invitation-letters/form.ts';
import { clause, programme, type Session } from '#src/invitation-letters/programme.ts';
import { signatureFor } from '#src/invitation-letters/signing.ts';
import type { Invitation } from '#src/invitations/statements.ts';
import { invitationUrl } from '#src/invitations/tokens.ts';
import type { Block, Paper } from '#src/pdf/paper.ts';
import { place } from '#src/pdf/signatories.ts';
import { trainingLetterhead } from '#src/trainings/papers.ts';
import type { TrainingHeader } from '#src/trainings/statements.ts';
import type { ReportFacts } from '#src/training-reports/statements.ts';

/** Letters of invitation in the layout of official letters (domain.md, sections 5.5 and 5.8). */

export type Invited = {
  training: TrainingHeader;
  facts: ReportFacts;
  sessions: readonly Session[];
  invitees: readonly Invitation[];
};

export function letterPaper(found: Invited, query: LetterQuery): Paper {
  const { training, invitees } = found;
  const isPersonal = query.bentuk === 'perorangan';
  const common = commonParts(found, query);
  return {
    title: `Undangan ${training.title}`,
    orientation: 'portrait',
    asOf: query.tanggal,
    footer: `Undangan ${training.title}`.slice(0, 120),
    isNumbered: !isPersonal,
    blocks: isPersonal
      ? invitees.flatMap((invitee, index) => [
          ...(index > 0 ? [pageBreak] : []),
          ...letter(common, addressee(invitee), [answerCode(training, invitee)]),
        ])
      : [...letter(common, unnamed, []), ...annex(invitees, query)],
  };
}

/** The same objects in every letter, so that hundreds are made, and handed to the worker, in an instant. */
function commonParts({ training, facts, sessions }: Invited, query: LetterQuery) {
  const head: Block[] = [
    trainingLetterhead(training, facts),
    { kind: 'text', text: `${place()}, ${format.date(query.tanggal)}`, align: 'right' },
    { kind: 'space', millimetres: 3 },
    {
      kind: 'clauses',
      clauses: [
        clause('Nomor', query.nomor ?? '.'.repeat(30)),
        clause('Sifat', query.sifat),
        clause('Lampiran', query.bentuk === 'perorangan' ? '-' : '1 (satu) berkas'),
        clause('Hal', query.hal),
      ],
    },
    gap,
  ];
  const body: Block[] = [
    gap,
    { kind: 'text', text: 'Dengan hormat,' },
    { kind: 'space', millimetres: 2 },
    {
      kind: 'text',
      text: `Sehubungan dengan kegiatan “${training.title}” yang diselenggarakan oleh ${training.organiserName}, kami mengundang Bapak/Ibu untuk hadir pada:`,
    },
    { kind: 'space', millimetres: 2 },
    ...programme(sessions),
    { kind: 'space', millimetres: 2 },
  ];
  const end: Block[] = [closing, gap, signatureFor(query.ttd, { training, facts })];
  return { head, body, end };
}

const letter = (
  { head, body, end }: ReturnType<typeof commonParts>,
  to: readonly string[],
  code: readonly Block[],
): Block[] => [
  ...head,
  ...to.map((text): Block => ({ kind: 'text', text })),
  ...body,
  ...code,
  ...end,
];

const pageBreak: Block = { kind: 'page' };
const gap: Block = { kind: 'space', millimetres: 5 };
const closing: Block = {
  kind: 'text',
  text: 'Demikian undangan ini kami sampaikan. Atas perhatian dan kehadiran Bapak/Ibu, kami ucapkan terima kasih.',
};
const unnamed = ['Yth. Bapak/Ibu sebagaimana daftar terlampir', 'di Tempat'];

function addressee({ name, positionName, institutionName, kelurahanName }: Invitation): string[] {
  const office = [positionName, institutionName].filter(Boolean).join(', ');
  return [
    `Yth. ${name}`,
    ...(office ? [office] : []),
    ...(kelurahanName ? [`Kelurahan ${kelurahanName}`] : []),
    'di Tempat',
  ];
}

/** The private link to answer, and the code that proves at the door who one is, in place of the phone number. */
const answerCode = (training: TrainingHeader, { code }: Invitation): Block => ({
  kind: 'qr',
  url: invitationUrl({ trainingId: training.id, code }),
  code: `Kode kehadiran: ${code}`,
  lines: [
    'Pindai QR ini dengan kamera ponsel untuk menjawab hadir, diwakilkan, atau izin.',
    'Bawalah surat ini. Pada hari pelatihan, pindai QR di pintu, pilih nama Anda, lalu isi kode di atas; tanpa ponsel, sebutkan nama kepada petugas. QR dan kode pada surat ini khusus untuk Bapak/Ibu.',
  ],
});

const annex = (invitees: readonly Invitation[], query: LetterQuery): Block[] => [
  { kind: 'page' },
  {
    kind: 'aside',
    title: 'Lampiran surat undangan',
    lines: [
      ['Nomor', query.nomor ?? '.'.repeat(24)],
      ['Tanggal', format.date(query.tanggal)],
    ],
  },
  { kind: 'heading', level: 1, text: 'DAFTAR UNDANGAN' },
  {
    kind: 'table',
    columns: [
      { label: 'No.', width: 7, align: 'right' },
      { label: 'Nama', width: 36 },
      { label: 'Jabatan', width: 26 },
      { label: 'Lembaga', width: 30 },
      { label: 'Kelurahan', width: 24 },
    ],
    rows: invitees.map(({ name, positionName, institutionName, kelurahanName }, index) => [
      index + 1,
      name,
      positionName,
      institutionName,
      kelurahanName,
    ]),
  },
];
