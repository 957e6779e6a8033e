import type { Request } from 'express';
import { readAs } from '#src/database.ts';
import { wholeDialogue } from '#src/dialogue/statements.ts';
import { feedbackCounts, feedbackGrades } from '#src/feedback/statements.ts';
import { forbidden, notFound } from '#src/http/errors.ts';
import { actorOf, currentAccount, idFrom } from '#src/http/request.ts';
import { reportParticipants, reportPhotos, reportTests } from '#src/training-reports/statements.ts';
import { usualTexts } from '#src/training-reports/usual.ts';
import { seesWhole } from '#src/trainings/frame.ts';
import {
  trainingFacts,
  trainingHeader,
  trainingOffices,
  trainingSessions,
  writtenTexts,
} from '#src/trainings/statements.ts';
import { textsOver } from '#src/trainings/written-texts.ts';

/** Everything that the report is made of, in one round trip. */
export async function readTrainingReport(req: Request) {
  const id = idFrom(req);
  const [[training], [facts], [offices], [written], sessions, participants, notes, ...answers] =
    await readAs(
      actorOf(req),
      trainingHeader(id),
      trainingFacts(id),
      trainingOffices(id),
      writtenTexts(id, 'report'),
      trainingSessions(id),
      reportParticipants(id),
      wholeDialogue(id),
      reportTests(id),
      feedbackCounts(id),
      feedbackGrades(id),
      reportPhotos(id),
    );
  const [[tests], [feedback], grades, photos] = answers;
  if (!training || !facts || !offices || !written || !tests || !feedback) throw notFound();
  if (!seesWhole(currentAccount(req), training)) throw forbidden();
  const told = { training, facts, offices, sessions, participants, notes };
  const found = { ...told, tests, feedback, grades, photos };
  return { ...found, ...textsOver(usualTexts(found), written.texts) };
}
export type TrainingReport = Awaited<ReturnType<typeof readTrainingReport>>;
