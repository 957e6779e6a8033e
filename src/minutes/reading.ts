import type { Request } from 'express';
import { readAs } from '#src/database.ts';
import { wholeDialogue } from '#src/dialogue/statements.ts';
import { forbidden, notFound } from '#src/http/errors.ts';
import { actorOf, currentAccount, idFrom } from '#src/http/request.ts';
import { mayReadMinutes } from '#src/minutes/rules.ts';
import { minutesAttendance, minutesSessions } from '#src/minutes/statements.ts';
import { usualTexts } from '#src/minutes/usual.ts';
import {
  trainingHeader,
  trainingOffices,
  trainingSessions,
  writtenTexts,
} from '#src/trainings/statements.ts';
import { textsOver } from '#src/trainings/written-texts.ts';

/** Everything that the minutes are made of, in one round trip. */
export async function readMinutes(req: Request) {
  const id = idFrom(req);
  const [[training], [offices], [written], sessions, notes, [attendance], bySession] = await readAs(
    actorOf(req),
    trainingHeader(id),
    trainingOffices(id),
    writtenTexts(id, 'minutes'),
    trainingSessions(id),
    wholeDialogue(id),
    minutesAttendance(id),
    minutesSessions(id),
  );
  if (!training || !offices || !written || !attendance) throw notFound();
  if (!mayReadMinutes(currentAccount(req), training)) throw forbidden();
  const found = { training, offices, sessions, notes, attendance, bySession };
  return { ...found, ...textsOver(usualTexts(found), written.texts) };
}
export type Minutes = Awaited<ReturnType<typeof readMinutes>>;
