import { countInWords, type Sheet } from '#src/spreadsheets.ts';
import { gradeOf } from '#src/training-tests/rules.ts';
import type { ScoreRow } from '#src/training-tests/statements.ts';

/** The scores of a training as .xlsx. */
export const scoreSheet = ({
  title,
  questionCount,
  rows,
  today,
  exporter,
}: {
  title: string;
  questionCount: number;
  rows: readonly ScoreRow[];
  today: string;
  exporter: string;
}): Sheet => ({
  name: 'Nilai tes',
  title: `Nilai tes awal dan tes akhir ${title}`,
  asOf: today,
  about: {
    filter: `Semua peserta, ${questionCount} soal`,
    exporter,
    count: countInWords(rows.length, 'orang'),
  },
  columns: [
    { label: 'No', width: 6, number: true },
    { label: 'Nama', width: 34 },
    { label: 'L/P', width: 6 },
    { label: 'Unsur/LKK', width: 28 },
    { label: 'Jabatan', width: 22 },
    { label: 'Kelurahan', width: 22 },
    { label: 'Benar tes awal', width: 12, number: true },
    { label: 'Nilai tes awal', width: 12, number: true },
    { label: 'Benar tes akhir', width: 12, number: true },
    { label: 'Nilai tes akhir', width: 12, number: true },
    { label: 'Selisih nilai', width: 12, number: true },
  ],
  rows: rows.map((row) => {
    const pre = row.preScore === null ? null : gradeOf(row.preScore, questionCount);
    const post = row.postScore === null ? null : gradeOf(row.postScore, questionCount);
    return [
      row.number,
      row.name,
      row.sex,
      row.institutionName || null,
      row.positionName || null,
      row.kelurahanName || null,
      row.preScore,
      pre,
      row.postScore,
      post,
      pre === null || post === null ? null : post - pre,
    ];
  }),
});
