import type { Request, Response } from 'express';
import { readAs } from '#src/database.ts';
import { notFound } from '#src/http/errors.ts';
import type { Form } from '#src/http/forms.ts';
import { actorOf, currentAccount, idFrom } from '#src/http/request.ts';
import { records } from '#src/attendance/rules.ts';
import { signedPdf } from '#src/list-office.ts';
import type { ScoreQuery } from '#src/training-tests/form.ts';
import { testsHref } from '#src/training-tests/pages.ts';
import { gradeOf } from '#src/training-tests/rules.ts';
import {
  type ScoreRow,
  testQuestions,
  testScores,
  testSummary,
} from '#src/training-tests/statements.ts';
import { trainingHeader } from '#src/trainings/statements.ts';

const pageSize = 100;

/** Grades and gain of each participant, and how well each question was answered; for staff. */
export async function scoresPage(req: Request, res: Response, query: Form<ScoreQuery>) {
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
    pdf: signedPdf(currentAccount(req), `${href}.pdf`, {}),
    mayEnter: records(currentAccount(req), training) && training.status !== 'cancelled',
    pageNumber: page,
    pageCount: Math.max(1, Math.ceil((rows[0]?.total ?? 0) / pageSize)),
    pageHref: (number: number) => (number > 1 ? `${href}?halaman=${number}` : href),
  });
}

/** One training's scores, a part of them; 404 where the reader sees no such training. */
export async function readScores(
  req: Request,
  { limit, offset }: { limit: number; offset: number },
) {
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

const shown = (row: ScoreRow, questionCount: number) => ({
  ...row,
  ...gradesOf(row, questionCount),
  place: [row.positionName, row.institutionName].filter(Boolean).join(', '),
});

/** Grades out of a hundred before and after, and the gain of who has both. */
export function gradesOf({ preScore, postScore }: ScoreRow, questionCount: number) {
  const pre = preScore === null ? null : gradeOf(preScore, questionCount);
  const post = postScore === null ? null : gradeOf(postScore, questionCount);
  return { pre, post, gain: pre === null || post === null ? null : post - pre };
}
