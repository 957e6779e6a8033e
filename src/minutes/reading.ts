import type { Request } from 'express';
import { readAs } from '#src/database.ts';
import { dialogueNotes } from '#src/dialogue/statements.ts';
import { forbidden, notFound } from '#src/http/errors.ts';
import { actorOf, currentAccount, idFrom } from '#src/http/request.ts';
import { mayReadMinutes, minutesSections, type MinutesTexts } from '#src/minutes/rules.ts';
import { minutesAttendance, minutesFacts, minutesSessions } from '#src/minutes/statements.ts';
import { usualTexts } from '#src/minutes/usual.ts';
import { trainingHeader, trainingSessions } from '#src/trainings/statements.ts';

/** More than anybody says on a day. */
const notesAtMost = 1000;

/** Everything that the minutes are made of, in one round trip. */
export async function readMinutes(req: Request) {
  const id = idFrom(req);
  const [[training], [facts], sessions, notes, [attendance], bySession] = await readAs(
    actorOf(req),
    trainingHeader(id),
    minutesFacts(id),
    trainingSessions(id),
    dialogueNotes(id, null, null, notesAtMost, 0),
    minutesAttendance(id),
    minutesSessions(id),
  );
  if (!training || !facts || !attendance) throw notFound();
  if (!mayReadMinutes(currentAccount(req), training)) throw forbidden();
  const found = { training, facts, sessions, notes, attendance, bySession };
  const usual = usualTexts(found);
  return { ...found, usual, texts: textsOf(facts.texts, usual), version: versionOf(facts.texts) };
}
export type Minutes = Awaited<ReturnType<typeof readMinutes>>;

const textsOf = (own: Record<string, string | number>, usual: MinutesTexts) =>
  Object.fromEntries(
    minutesSections.map((section) => {
      const text = own[section];
      return [section, typeof text === 'string' ? text : usual[section]];
    }),
  ) as MinutesTexts;

/** The texts count their own savings, so that a change of the plan does not make an open form stale. */
const versionOf = ({ version }: Record<string, string | number>) =>
  typeof version === 'number' ? version : 0;
