import type { Request, Response } from 'express';
import { readAs } from '#src/database.ts';
import * as format from '#src/format.ts';
import { notFound } from '#src/http/errors.ts';
import { actorOf, currentAccount, idFrom } from '#src/http/request.ts';
import { type Aspect, aspects, fewestShown, grades } from '#src/feedback/rules.ts';
import { feedbackComments, feedbackCounts, feedbackGrades } from '#src/feedback/statements.ts';
import { trainingFrame } from '#src/trainings/frame.ts';
import { trainingHeader } from '#src/trainings/statements.ts';

/** What those who came thought of it; of whom nobody knows which. */
export async function feedbackSummary(req: Request, res: Response) {
  const id = idFrom(req);
  const [[training], [counts], graded, comments] = await readAs(
    actorOf(req),
    trainingHeader(id),
    feedbackCounts(id),
    feedbackGrades(id),
    feedbackComments(id),
  );
  if (!training || !counts) throw notFound();
  res.renderPage('feedback/summary', {
    ...trainingFrame(training, { account: currentAccount(req), current: 'Umpan balik' }),
    counts,
    fewest: fewestShown,
    grades,
    rows: (Object.keys(aspects) as Aspect[]).flatMap((aspect) => {
      const found = graded.find((one) => one.aspect === aspect);
      return found
        ? [{ label: aspects[aspect], average: format.average(found.average), counts: found.counts }]
        : [];
    }),
    comments: comments.map(({ comment }) => comment),
  });
}
