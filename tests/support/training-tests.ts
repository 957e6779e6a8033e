import { systemActor } from '#src/access.ts';
import { asActor } from '#src/database.ts';
import { invitationToken } from '#src/invitations/tokens.ts';
import { as } from './app.ts';
import { makeDay } from './attendance.ts';
import { makeAccount, makeTenure } from './fixtures.ts';

/** A training of today with questions whose right choice is the first, opened for its participants. */
export async function makeTest(
  names: readonly string[] = ['Ani', 'Budi'],
  { questions = 2, isOpened = true }: { questions?: number; isOpened?: boolean } = {},
) {
  const day = await makeDay(names);
  const base = `/pelatihan/${day.training.id}/tes`;
  for (let number = 1; number <= questions; number += 1)
    await day.staff.post(`${base}/soal`, {
      version: 1,
      text: `Soal nomor ${number}`,
      choice1: 'Betul sekali',
      choice2: 'Salah',
      choice3: 'Ragu',
      correct: 1,
    });
  if (isOpened) await day.staff.post(`${base}/pembukaan`);
  const asked = await asActor(systemActor('tests'), (tx) =>
    tx.trainingQuestion.findMany({
      where: { trainingId: day.training.id },
      orderBy: { number: 'asc' },
    }),
  );
  return {
    ...day,
    base,
    asked,
    daftar: asked.map(({ id }) => id).join(','),
    links: day.people.map(
      ({ code }) => `/u/${invitationToken({ trainingId: day.training.id, code })}`,
    ),
    phone: await as(),
  };
}
export type TestedDay = Awaited<ReturnType<typeof makeTest>>;

/** Moves the sessions so that the last one ends so many minutes from now. */
export const endIn = (day: TestedDay, minutes: number) =>
  asActor(systemActor('tests'), async (tx) => {
    const end = Date.now() + minutes * 60_000;
    for (const [session, hoursBefore] of [
      [day.session, 6],
      [day.afternoon, 3],
    ] as const)
      await tx.trainingSession.update({
        where: { id: session.id },
        data: {
          startsAt: new Date(end - hoursBefore * 3_600_000),
          endsAt: new Date(end - (hoursBefore - 3) * 3_600_000),
        },
      });
  });

/** An officer's account of the person who is invited at this place of the list. */
export async function officerOf(day: TestedDay, index: number) {
  const invitee = day.people[index];
  const { institutionId, personId, seatId, kelurahanId } = invitee ?? {};
  if (!institutionId || !personId || !seatId || !kelurahanId) throw new Error('nobody there');
  const tenure = await makeTenure({ institutionId, seatId, personId });
  return makeAccount('officer', { kelurahanId, institutionId, tenureId: tenure.id });
}

export const resultsOf = (day: TestedDay) =>
  asActor(systemActor('tests'), (tx) =>
    tx.testResult.findMany({ where: { trainingId: day.training.id }, orderBy: { id: 'asc' } }),
  );
