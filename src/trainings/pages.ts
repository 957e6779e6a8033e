import type { Request, Response } from 'express';
import { readAs } from '#src/database.ts';
import { notFound } from '#src/http/errors.ts';
import { actorOf, currentAccount, idFrom } from '#src/http/request.ts';
import { trainingFrame } from '#src/trainings/frame.ts';
import { trainingHeader } from '#src/trainings/statements.ts';

export async function trainingSummary(req: Request, res: Response) {
  const [[training]] = await readAs(actorOf(req), trainingHeader(idFrom(req)));
  if (!training) throw notFound();
  res.renderPage('trainings/summary', {
    ...trainingFrame(training, { account: currentAccount(req), current: 'Ringkasan' }),
  });
}
