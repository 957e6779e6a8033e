import type { Transaction } from '#src/database.ts';
import { isoDate, prismaDate } from '#src/format.ts';

/**
 * Officers of Kebonsari Wetan who were re-elected and written a little differently the second time: one is merged
 * already, so that undoing can be tried, and two are only suspected.
 */
export async function loadDuplicates(tx: Transaction): Promise<void> {
  const [merged, sameDate, nearDate] = await findSuccessors(tx);
  if (!merged || !sameDate || !nearDate) throw new Error('Too few successors in Kebonsari Wetan');
  await respell(tx, merged, merged.birthDate);
  await respell(tx, sameDate, sameDate.birthDate);
  await respell(tx, nearDate, nextDoor(nearDate.birthDate));
  await tx.$queryRaw`
    SELECT merge_people(p.id, q.id, ARRAY[p.version, q.version], '{}', NULL, NULL, 'Rina Puspitaningrum, A.Md.')
    FROM people p, people q WHERE p.id = ${merged.id}::int AND q.id = ${merged.formerId}::int`;
}

type Successor = {
  id: number;
  name: string;
  birthDate: Date;
  birthPlace: string | null;
  sex: string;
  formerId: number;
};

/** Members of boards of RT who took over a seat, with whoever held it before; each of both has held nothing else. */
function findSuccessors(tx: Transaction) {
  return tx.$queryRaw<Successor[]>`
    SELECT p.id, p.name, p.birth_date AS "birthDate", p.birth_place AS "birthPlace", p.sex,
      q.id AS "formerId"
    FROM tenures t JOIN tenures f ON f.seat_id = t.seat_id AND f.ended_on = t.start_on
    JOIN people p ON p.id = t.person_id JOIN people q ON q.id = f.person_id
    JOIN position_types y ON y.id = t.position_type_id AND NOT y.is_chair
    JOIN institution_types i ON i.id = t.institution_type_id AND i.code = 'RT'
    JOIN kelurahan k ON k.id = t.kelurahan_id AND k.name = 'Kebonsari Wetan'
    WHERE t.ended_on IS NULL AND p.id <> q.id AND p.sex = q.sex AND p.birth_date IS NOT NULL AND p.name LIKE '_____% %i%'
      AND NOT EXISTS (SELECT FROM tenures o WHERE o.person_id IN (p.id, q.id) AND o.id NOT IN (t.id, f.id))
    ORDER BY t.seat_id LIMIT 3`;
}

/** The former holder becomes the successor under another spelling, without a NIK. */
async function respell(tx: Transaction, successor: Successor, birthDate: Date): Promise<void> {
  const { formerId, name, birthPlace, sex } = successor;
  await tx.person.update({
    where: { id: formerId },
    data: {
      name: name.replace(/i(?=[^i]*$)/, 'y'),
      birthPlace,
      birthDate,
      sex,
      nikSealed: null,
      nikIndex: null,
      version: { increment: 1 },
    },
    select: { id: true },
  });
}

/** The same date with one digit of the day another. */
function nextDoor(date: Date): Date {
  const day = isoDate(date);
  const number = Number(day.slice(8));
  const other = number % 10 === 0 || number === 1 ? number + 1 : number - 1;
  return prismaDate(`${day.slice(0, 8)}${String(other).padStart(2, '0')}`);
}
