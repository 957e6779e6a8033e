import { city } from '#src/city.ts';
import type { NoteRow } from '#src/dialogue/statements.ts';
import * as format from '#src/format.ts';
import type { ReportTexts } from '#src/training-reports/rules.ts';
import type { ReportParticipant, ReportTests } from '#src/training-reports/statements.ts';
import type { TrainingFacts, TrainingHeader } from '#src/trainings/statements.ts';

type Found = {
  training: TrainingHeader;
  facts: TrainingFacts;
  participants: ReportParticipant[];
  notes: NoteRow[];
  tests: ReportTests;
};

/** What the report says until somebody writes something else. */
export function usualTexts({ training, facts, participants, notes, tests }: Found): ReportTexts {
  const where = facts.kelurahanNames.map((name) => `Kelurahan ${name}`).join(', ');
  const came = participants.filter(({ attended }) => attended > 0).length;
  const promised = notes.reduce((sum, { followUps }) => sum + followUps.length, 0);
  return {
    preface: `Puji syukur ke hadirat Tuhan Yang Maha Esa, kegiatan ${training.title} telah terlaksana. Laporan ini disusun sebagai pertanggungjawaban pelaksanaan kegiatan dan bahan tindak lanjut. Terima kasih kami sampaikan kepada narasumber, peserta, dan semua pihak yang membantu.`,
    background: `Lembaga kemasyarakatan kelurahan adalah mitra pemerintah dalam pelayanan, pembangunan, dan pemberdayaan masyarakat. Pengurusnya perlu memahami tugas dan fungsi lembaganya serta program ${city().name}. Untuk itu ${training.organiserName} menyelenggarakan ${training.title}.`,
    legalBasis: facts.legalBasis || 'Peraturan Wali Kota Probolinggo Nomor 31 Tahun 2019',
    aims:
      facts.aims ||
      'Pengurus memahami tugas dan fungsi lembaganya dan menyampaikan kendala serta masukan dari lapangan.',
    target: `Pengurus lembaga kemasyarakatan kelurahan di ${where}.`,
    course: `Kegiatan diikuti ${format.number(came)} dari ${format.number(participants.length)} orang yang diundang atau terdaftar.`,
    results: [
      'Peserta mengikuti rangkaian kegiatan sampai selesai.',
      testsInWords(tests),
      notes.length > 0
        ? `Dialog mencatat ${format.number(notes.length)} kendala, masukan, dan harapan; disepakati ${format.number(promised)} tindak lanjut.`
        : '',
    ]
      .filter(Boolean)
      .join(' '),
    obstacles: 'Tidak ada hambatan yang berarti.',
    budget: '',
    conclusion: 'Kegiatan terlaksana sesuai rencana.',
    recommendation:
      'Tindak lanjut yang disepakati dipantau sampai dinyatakan selesai oleh lembaga yang menyampaikannya.',
  };
}

function testsInWords({ preAverage, postAverage }: ReportTests): string {
  if (preAverage === null || postAverage === null) return '';
  return `Nilai rata-rata tes awal ${format.number(preAverage)} dan tes akhir ${format.number(postAverage)} dari 100.`;
}
