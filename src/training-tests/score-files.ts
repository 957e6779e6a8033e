import type { Request, Response } from 'express';
import * as format from '#src/format.ts';
import type { Form } from '#src/http/forms.ts';
import { listFiles, type ListColumn } from '#src/list-files.ts';
import { countInWords, exportedAtMost } from '#src/spreadsheets.ts';
import type { ScoreQuery } from '#src/training-tests/form.ts';
import { gradesOf, readScores, scoresPage } from '#src/training-tests/score-pages.ts';
import type { ScoreRow } from '#src/training-tests/statements.ts';

export const scoreFiles = listFiles(readScoreList);

/** The scores of everybody in a training; null once a refused query was answered. */
async function readScoreList(req: Request, res: Response, form: Form<ScoreQuery>) {
  if (!form.input) {
    await scoresPage(req, res, form);
    return null;
  }
  const { training, questions, rows } = await readScores(req, { limit: exportedAtMost, offset: 0 });
  return {
    name: 'Nilai tes',
    title: `Nilai tes awal dan tes akhir ${training.title}`,
    audited: 'test_results',
    training: training.id,
    asOf: format.today(),
    filter: `Semua peserta, ${questions.length} soal`,
    count: countInWords(rows.length, 'orang'),
    columns,
    rows: rows.map((row) => ({ ...row, ...gradesOf(row, questions.length) })),
  };
}

const columns: ListColumn<ScoreRow & ReturnType<typeof gradesOf>>[] = [
  { label: 'No', width: 6, kind: 'number', of: ({ number }) => number },
  { label: 'Nama', width: 34, paper: 26, of: ({ name }) => name },
  { label: 'L/P', width: 6, paper: 5, of: ({ sex }) => sex },
  {
    label: 'Unsur/LKK',
    width: 28,
    paper: 22,
    of: ({ institutionName }) => institutionName || null,
  },
  { label: 'Jabatan', width: 22, paper: 18, of: ({ positionName }) => positionName || null },
  { label: 'Kelurahan', width: 22, paper: 16, of: ({ kelurahanName }) => kelurahanName || null },
  { label: 'Benar tes awal', width: 12, paper: 9, kind: 'number', of: ({ preScore }) => preScore },
  { label: 'Nilai tes awal', width: 12, paper: 9, kind: 'number', of: ({ pre }) => pre },
  {
    label: 'Benar tes akhir',
    width: 12,
    paper: 9,
    kind: 'number',
    of: ({ postScore }) => postScore,
  },
  { label: 'Nilai tes akhir', width: 12, paper: 9, kind: 'number', of: ({ post }) => post },
  { label: 'Selisih nilai', width: 12, paper: 9, kind: 'number', of: ({ gain }) => gain },
];
