import type { Request } from 'express';
import { readAs } from '#src/database.ts';
import { dialogueNotes } from '#src/dialogue/statements.ts';
import { feedbackCounts, feedbackGrades } from '#src/feedback/statements.ts';
import { forbidden, notFound } from '#src/http/errors.ts';
import { actorOf, currentAccount, idFrom } from '#src/http/request.ts';
import { reportSections, type ReportTexts } from '#src/training-reports/rules.ts';
import {
  reportFacts,
  reportParticipants,
  reportPhotos,
  reportTests,
} from '#src/training-reports/statements.ts';
import { usualTexts } from '#src/training-reports/usual.ts';
import { seesWhole } from '#src/trainings/frame.ts';
import { trainingHeader, trainingSessions } from '#src/trainings/statements.ts';

/** More than anybody says on a day. */
const notesAtMost = 1000;

/** Everything that the report is made of, in one round trip. */
export async function readTrainingReport(req: Request) {
  const id = idFrom(req);
  const [[training], [facts], sessions, participants, notes, [tests], [feedback], grades, photos] =
    await readAs(
      actorOf(req),
      trainingHeader(id),
      reportFacts(id),
      trainingSessions(id),
      reportParticipants(id),
      dialogueNotes(id, null, null, notesAtMost, 0),
      reportTests(id),
      feedbackCounts(id),
      feedbackGrades(id),
      reportPhotos(id),
    );
  if (!training || !facts || !tests || !feedback) throw notFound();
  if (!seesWhole(currentAccount(req), training)) throw forbidden();
  const found = { training, facts, sessions, participants, notes, tests, feedback, grades, photos };
  const usual = usualTexts(found);
  return { ...found, usual, texts: textsOf(facts.texts, usual), version: versionOf(facts.texts) };
}
export type TrainingReport = Awaited<ReturnType<typeof readTrainingReport>>;

const textsOf = (own: Record<string, string | number>, usual: ReportTexts) =>
  Object.fromEntries(
    reportSections.map((section) => {
      const text = own[section];
      return [section, typeof text === 'string' ? text : usual[section]];
    }),
  ) as ReportTexts;

/** The texts count their own savings, so that a change of the plan does not make an open form stale. */
const versionOf = ({ version }: Record<string, string | number>) =>
  typeof version === 'number' ? version : 0;
