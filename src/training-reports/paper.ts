import type { Block, Paper } from '#src/pdf/paper.ts';
import { trainingLetterhead, trainingSignature } from '#src/trainings/papers.ts';
import { budgetTable } from '#src/training-reports/budget-table.ts';
import type { TrainingReport } from '#src/training-reports/reading.ts';
import type { PrintedPhoto } from '#src/training-reports/repository.ts';
import { withPlainLines } from '#src/trainings/written-texts.ts';
import {
  agreementTable,
  attendanceTable,
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
  const { training, texts, facts, offices } = report;
  return {
    title: `Laporan kegiatan ${training.title}`,
    orientation: 'portrait',
    asOf: today,
    footer: `Laporan kegiatan ${training.title}`.slice(0, 120),
    blocks: [
      trainingLetterhead(training, offices),
      chapter('LAPORAN KEGIATAN'),
      { kind: 'text', text: training.title, align: 'center', bold: true },
      { kind: 'space', millimetres: 3 },
      ...withTitle('Kata pengantar', paragraphs(texts.preface)),
      chapter('I. PENDAHULUAN'),
      ...lettered([
        ['Latar belakang', paragraphs(texts.background)],
        ['Dasar hukum', paragraphs(texts.legalBasis)],
        ['Tujuan', paragraphs(texts.aims)],
        ['Sasaran', paragraphs(texts.target)],
      ]),
      chapter('II. PELAKSANAAN'),
      ...lettered([
        ['Uraian pelaksanaan', paragraphs(texts.course)],
        ['Waktu, tempat, materi, dan narasumber', sessionTable(report)],
        ['Peserta menurut unsur', typeTable(report)],
      ]),
      chapter('III. HASIL'),
      ...lettered([
        ['Uraian hasil', paragraphs(texts.results)],
        ['Tes awal dan tes akhir', testTable(report)],
        ['Kesepakatan dan tindak lanjut', agreementTable(report)],
        ['Kendala, masukan, dan harapan', dialogueTable(report)],
        ['Umpan balik', feedbackTable(report)],
        ['Hambatan', paragraphs(texts.obstacles)],
      ]),
      chapter('IV. ANGGARAN'),
      ...paragraphs(
        facts.budgetSource ? `Sumber: ${facts.budgetSource}.` : 'Sumber anggaran belum diisi.',
      ),
      ...budgetTable(report),
      chapter('V. PENUTUP'),
      ...lettered([
        ['Kesimpulan', paragraphs(texts.conclusion)],
        ['Rekomendasi', paragraphs(texts.recommendation)],
      ]),
      { kind: 'space', millimetres: 4 },
      trainingSignature(training, offices, today),
      ...annexes(report, photos),
    ],
  };
}

const chapter = (text: string): Block => ({ kind: 'heading', level: 1, text });

const withTitle = (title: string, blocks: Block[]): Block[] =>
  blocks.length === 0 ? [] : [{ kind: 'heading', level: 2, text: title }, ...blocks];

/** The parts of a chapter that say something, as A, B, C. */
const lettered = (parts: [string, Block[]][]): Block[] =>
  parts
    .filter(([, blocks]) => blocks.length > 0)
    .flatMap(([title, blocks], index) =>
      withTitle(`${String.fromCharCode(65 + index)}. ${title}`, blocks),
    );

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
