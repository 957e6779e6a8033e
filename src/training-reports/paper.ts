import * as format from '#src/format.ts';
import type { Block, Paper } from '#src/pdf/paper.ts';
import { letterheadOf, place } from '#src/pdf/signatories.ts';
import type { TrainingReport } from '#src/training-reports/reading.ts';
import type { PrintedPhoto } from '#src/training-reports/repository.ts';
import { withPlainLines } from '#src/training-reports/rules.ts';
import {
  agreementTable,
  attendanceTable,
  budgetTable,
  dialogueTable,
  feedbackTable,
  sessionTable,
  testTable,
  typeTable,
} from '#src/training-reports/tables.ts';

/** Laporan kegiatan in the order of domain.md, section 5.6: texts that staff wrote, tables from the record. */
export function reportPaper(
  report: TrainingReport,
  photos: readonly PrintedPhoto[],
  today: string,
): Paper {
  const { training, texts, facts } = report;
  return {
    title: `Laporan kegiatan ${training.title}`,
    orientation: 'portrait',
    asOf: today,
    footer: `Laporan kegiatan ${training.title}`.slice(0, 120),
    blocks: [
      letterhead(report),
      { kind: 'heading', level: 1, text: `LAPORAN KEGIATAN\n${training.title.toUpperCase()}` },
      { kind: 'space', millimetres: 3 },
      ...section('Kata pengantar', texts.preface),
      chapter('I. PENDAHULUAN'),
      ...section('A. Latar belakang', texts.background),
      ...section('B. Dasar hukum', texts.legalBasis),
      ...section('C. Tujuan', texts.aims),
      ...section('D. Sasaran', texts.target),
      chapter('II. PELAKSANAAN'),
      ...section('A. Uraian pelaksanaan', texts.course),
      ...withTitle('B. Waktu, tempat, materi, dan narasumber', sessionTable(report)),
      ...withTitle('C. Peserta menurut unsur', typeTable(report)),
      chapter('III. HASIL'),
      ...section('A. Uraian hasil', texts.results),
      ...withTitle('B. Tes awal dan tes akhir', testTable(report)),
      ...withTitle('C. Kesepakatan dan tindak lanjut', agreementTable(report)),
      ...withTitle('D. Kendala, masukan, dan harapan', dialogueTable(report)),
      ...withTitle('E. Umpan balik', feedbackTable(report)),
      ...section('F. Hambatan', texts.obstacles),
      chapter('IV. ANGGARAN'),
      ...paragraphs(
        facts.budgetSource ? `Sumber: ${facts.budgetSource}.` : 'Sumber anggaran belum diisi.',
      ),
      ...budgetTable(report),
      chapter('V. PENUTUP'),
      ...section('A. Kesimpulan', texts.conclusion),
      ...section('B. Rekomendasi', texts.recommendation),
      { kind: 'space', millimetres: 4 },
      signature(report, today),
      ...annexes(report, photos),
    ],
  };
}

function letterhead({ training, facts }: TrainingReport): Block {
  if (training.organiserKind === 'city') return letterheadOf({});
  return training.organiserKind === 'kelurahan'
    ? letterheadOf({
        kecamatan: facts.kecamatanName,
        kelurahan: facts.kelurahanName,
        address: facts.kelurahanAddress,
      })
    : letterheadOf({ kecamatan: facts.kecamatanName, address: facts.kecamatanAddress });
}

const chapter = (text: string): Block => ({ kind: 'heading', level: 1, text });

const withTitle = (title: string, blocks: Block[]): Block[] =>
  blocks.length === 0 ? [] : [{ kind: 'heading', level: 2, text: title }, ...blocks];

const section = (title: string, text: string) => withTitle(title, paragraphs(text));

const paragraphs = (text: string): Block[] => {
  const lines = withPlainLines(text)
    .split('\n')
    .filter((line) => line.trim() !== '');
  return lines.length === 0
    ? []
    : [
        ...lines.map((line): Block => ({ kind: 'text', text: line })),
        { kind: 'space', millimetres: 3 },
      ];
};

/** Whoever signs the certificates, or else the head of the office that organises. */
function signature({ facts, training }: TrainingReport, today: string): Block {
  const isNamed = facts.signatoryName !== '' && facts.signatoryTitle !== '';
  const office =
    training.organiserKind === 'city'
      ? training.organiserName
      : training.organiserKind === 'kelurahan'
        ? `Lurah ${facts.kelurahanName ?? ''}`
        : `Camat ${facts.kecamatanName ?? ''}`;
  return {
    kind: 'signatures',
    left: null,
    right: {
      above: [`${place()}, ${format.date(today)}`],
      office: isNamed ? facts.signatoryTitle : office,
      name: isNamed ? facts.signatoryName : facts.headName,
      rank: isNamed ? facts.signatoryRank || null : facts.headRank,
      nip: isNamed ? facts.signatoryNip || null : facts.headNip,
    },
  };
}

const annexes = (report: TrainingReport, photos: readonly PrintedPhoto[]): Block[] => [
  { kind: 'page' },
  chapter('LAMPIRAN'),
  {
    kind: 'list',
    title: 'Dilampirkan:',
    items: [
      'Surat keputusan panitia dan undangan',
      'Daftar hadir dan nomor sertifikat',
      'Notulen',
      ...(photos.length > 0 ? ['Foto kegiatan'] : []),
      'Bukti belanja',
    ],
  },
  { kind: 'space', millimetres: 4 },
  ...withTitle('Daftar hadir dan nomor sertifikat', attendanceTable(report)),
  ...withTitle(
    'Foto kegiatan',
    photos.length === 0 ? [] : [{ kind: 'pictures', pictures: [...photos] }],
  ),
];
