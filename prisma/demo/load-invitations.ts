import type { Transaction } from '#src/database.ts';
import { addDays } from '#src/format.ts';
import { chosenOfficers } from '#src/invitations/candidates.ts';
import { inviteGuests, inviteOfficers } from '#src/invitations/repository.ts';

/** Who was invited to the trainings of the demo and what they answered. */

const sentOn = '2025-07-31';
const places = 61;

/** 7 August 2025: ketua RT and RW, sekretaris PKK, ketua Pokmas (one of them acting), kader Posyandu, and two guests. */
export async function inviteToPast(tx: Transaction, trainingId: number): Promise<void> {
  const leaders = await chosenOfficers(tx, {
    trainingId,
    day: sentOn,
    positionTypeIds: await positionIds(tx, [
      'RT chair',
      'RW chair',
      'PKK secretary',
      'POKMAS chair',
    ]),
  });
  const cadres = await chosenOfficers(tx, {
    trainingId,
    day: sentOn,
    positionTypeIds: await positionIds(tx, ['POSYANDU cadre']),
  });
  const place = { trainingId, createdBy: null };
  await inviteOfficers(tx, place, leaders);
  const known = new Set(leaders.map(({ personId }) => personId));
  const rest = cadres
    .filter(({ personId }) => !known.has(personId))
    .slice(0, places - guests.length - leaders.length);
  await inviteOfficers(tx, place, rest);
  await inviteGuests(tx, place, guests);
  await answer(tx, trainingId, { sentOn, answerOf: pastAnswer });
}

/** A month ahead: ketua and bendahara RT and RW; a third has answered so far, some have not been sent their link yet. */
export async function inviteToNextMonth(tx: Transaction, trainingId: number, today: string) {
  const officers = await chosenOfficers(tx, {
    trainingId,
    day: today,
    positionTypeIds: await positionIds(tx, ['RT chair', 'RW chair', 'RW treasurer']),
  });
  await inviteOfficers(tx, { trainingId, createdBy: null }, officers);
  await answer(tx, trainingId, { sentOn: addDays(today, -3), answerOf: coming });
  await moveToNine(tx, trainingId);
}

/** Today it was put off by half an hour; all but some of those who knew the earlier hour were told. */
async function moveToNine(tx: Transaction, trainingId: number) {
  await tx.$executeRaw`
    UPDATE training_sessions SET starts_at = starts_at + interval '30 minutes', version = version + 1 WHERE training_id = ${trainingId}`;
  await tx.$executeRaw`
    UPDATE training_invitations i SET told_at = now()
    FROM (SELECT id, row_number() OVER (ORDER BY id) AS place FROM training_invitations WHERE training_id = ${trainingId}) p
    WHERE p.id = i.id AND i.told_at IS NOT NULL AND p.place % 7 <> 2`;
}

const guests = [
  { name: 'Serda Bambang Irawan', office: 'Babinsa Kebonsari Wetan', phone: '+6281200990001' },
  { name: 'Dwi Ratnasari', office: 'Kader BKKBN Kecamatan Kanigaran', phone: null },
];

type Answer = {
  answer: 'attending' | 'delegated' | 'excused' | null;
  note?: string;
  delegate?: string;
  isSent?: false;
};

function pastAnswer(place: number): Answer {
  if (place % 12 === 5)
    return { answer: 'delegated', delegate: delegates[place % delegates.length] ?? 'Sunarto' };
  if (place % 15 === 9)
    return { answer: 'excused', note: excuses[place % excuses.length] ?? 'Sakit' };
  return { answer: place % 17 === 13 ? null : 'attending' };
}

function coming(place: number): Answer {
  if (place % 9 === 4)
    return { answer: 'excused', note: excuses[place % excuses.length] ?? 'Sakit' };
  if (place % 9 === 7)
    return { answer: 'delegated', delegate: delegates[place % delegates.length] ?? 'Sunarto' };
  if (place % 5 === 3) return { answer: null, isSent: false };
  return { answer: place % 4 === 0 ? 'attending' : null };
}

const delegates = ['Sunarto', 'Endang Lestari', 'Moh. Rofiq', 'Sri Handayani', 'Agus Salim'];
const excuses = ['Sakit', 'Bekerja di luar kota', 'Ada hajatan keluarga', 'Mengantar anak berobat'];

/** Writes the answers by the place in the list, then freezes it. */
async function answer(
  tx: Transaction,
  trainingId: number,
  { sentOn: day, answerOf }: { sentOn: string; answerOf: (place: number) => Answer },
) {
  const sentAt = new Date(`${day}T09:00:00+07:00`);
  const answeredAt = new Date(`${addDays(day, 2)}T19:30:00+07:00`);
  const rows = await tx.trainingInvitation.findMany({
    where: { trainingId },
    orderBy: { id: 'asc' },
    select: { id: true },
  });
  for (const [place, { id }] of rows.entries()) {
    const given = answerOf(place);
    const isSent = given.isSent !== false;
    await tx.trainingInvitation.update({
      where: { id },
      data: {
        answer: given.answer,
        answerNote: given.note ?? null,
        delegateName: given.delegate ?? null,
        answeredAt: given.answer && answeredAt,
        sentAt: isSent ? sentAt : null,
        toldAt: isSent ? sentAt : null,
      },
    });
  }
  await tx.training.update({ where: { id: trainingId }, data: { invitedAt: sentAt } });
}

/** Ids of positions by the code of their type and their own. */
async function positionIds(tx: Transaction, codes: readonly string[]): Promise<number[]> {
  const found = await tx.positionType.findMany({
    where: {
      OR: codes.map((both) => {
        const [type = '', code = ''] = both.split(' ');
        return { code, institutionType: { code: type } };
      }),
    },
    select: { id: true },
  });
  return found.map(({ id }) => id);
}
