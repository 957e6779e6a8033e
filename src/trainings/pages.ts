import type { Request, Response } from 'express';
import { readAs } from '#src/database.ts';
import { notFound } from '#src/http/errors.ts';
import { blankForm } from '#src/http/forms.ts';
import { actorOf, currentAccount, idFrom } from '#src/http/request.ts';
import { materialLines } from '#src/training-files/lists.ts';
import { mayAddMaterials } from '#src/training-files/rules.ts';
import { trainingFiles } from '#src/training-files/statements.ts';
import { organises, trainingFrame } from '#src/trainings/frame.ts';
import { isOpen, type Pillar, pillars } from '#src/trainings/rules.ts';
import { trainingFacts, trainingHeader, trainingSessions } from '#src/trainings/statements.ts';

export async function trainingSummary(req: Request, res: Response) {
  const account = currentAccount(req);
  const id = idFrom(req);
  const [[training], [facts], sessions, materials] = await readAs(
    actorOf(req),
    trainingHeader(id),
    trainingFacts(id),
    trainingSessions(id),
    trainingFiles(id, 'material'),
  );
  if (!training || !facts) throw notFound();
  const mayPlan = organises(account, training) && isOpen(training.status);
  const isOver = training.endsAt !== null && training.endsAt < new Date();
  res.renderPage('trainings/summary', {
    ...trainingFrame(training, { account, current: 'Ringkasan' }),
    facts: {
      ...facts,
      pillars: (Object.keys(pillars) as Pillar[])
        .filter((pillar) => facts.pillars.includes(pillar))
        .map((pillar) => pillars[pillar]),
    },
    sessions,
    materials: materialLines(materials, { account, training }),
    mayAddMaterials: mayAddMaterials(account, training),
    mayPlan,
    maySchedule: mayPlan && training.status === 'draft' && sessions.length > 0,
    mayFinish: mayPlan && training.status !== 'draft' && isOver,
    key: blankForm().key,
  });
}
