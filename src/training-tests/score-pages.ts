import type { Request, Response } from 'express';
import type { z } from 'zod';
import { readAs } from '#src/database.ts';
import { exporterOf, recordExportAs } from '#src/exports.ts';
import * as format from '#src/format.ts';
import { notFound } from '#src/http/errors.ts';
import type { Form } from '#src/http/forms.ts';
import { actorOf, currentAccount, idFrom } from '#src/http/request.ts';
import { records } from '#src/attendance/rules.ts';
import { buildWorkbook, exportedAtMost, sendWorkbook } from '#src/spreadsheets.ts';
import type { scoreQuery } from '#src/training-tests/form.ts';
import { testsHref } from '#src/training-tests/pages.ts';
import { gradeOf } from '#src/training-tests/rules.ts';
import {
  type ScoreRow,
  testQuestions,
  testScores,
  testSummary,
} from '#src/training-tests/statements.ts';
import { scoreSheet } from '#src/training-tests/workbook.ts';
import { trainingHeader } from '#src/trainings/statements.ts';

const pageSize = 100;

/** Grades and gain of each participant, and how well each question was answered; for staff. */
export async function scoresPage(
  req: Request,
  res: Response,
  query: Form<z.output<typeof scoreQuery>>,
) {
  const page = query.input?.halaman ?? 1;
  const { training, summary, questions, rows } = await readScores(req, {
    limit: pageSize,
    offset: (page - 1) * pageSize,
  });
  const href = `${testsHref(training.id)}/nilai`;
  res.status(query.input ? 200 : 422).renderPage('training-tests/scores', {
    training,
    summary,
    questions,
    rows: rows.map((row) => shown(row, questions.length)),
    total: rows[0]?.total ?? 0,
    href,
    mayEnter: records(currentAccount(req), training) && training.status !== 'cancelled',
    pageNumber: page,
    pageCount: Math.max(1, Math.ceil((rows[0]?.total ?? 0) / pageSize)),
    pageHref: (number: number) => (number > 1 ? `${href}?halaman=${number}` : href),
  });
}

export async function scoresWorkbook(req: Request, res: Response) {
  const { training, questions, rows } = await readScores(req, { limit: exportedAtMost, offset: 0 });
  await recordExportAs(actorOf(req), {
    table: 'test_results',
    details: { training: training.id, rows: rows.length },
  });
  const account = currentAccount(req);
  const sheet = scoreSheet({
    title: training.title,
    questionCount: questions.length,
    rows,
    today: format.today(),
    exporter: exporterOf(account),
  });
  sendWorkbook(res, `nilai-tes-${format.today()}`, await buildWorkbook(sheet));
}

async function readScores(req: Request, { limit, offset }: { limit: number; offset: number }) {
  const id = idFrom(req);
  const [[training], [summary], questions, rows] = await readAs(
    actorOf(req),
    trainingHeader(id),
    testSummary(id),
    testQuestions(id),
    testScores(id, limit, offset),
  );
  if (!training || !summary) throw notFound();
  return { training, summary, questions, rows };
}

const shown = (row: ScoreRow, questionCount: number) => {
  const pre = row.preScore === null ? null : gradeOf(row.preScore, questionCount);
  const post = row.postScore === null ? null : gradeOf(row.postScore, questionCount);
  return {
    ...row,
    place: [row.positionName, row.institutionName].filter(Boolean).join(', '),
    pre,
    post,
    gain: pre === null || post === null ? null : post - pre,
  };
};
