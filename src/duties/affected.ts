import type { DutyPlace } from '#src/duties/repository.ts';
import { countAsked } from '#src/duties/standing.ts';
import { Prisma } from '#src/generated/prisma/client.ts';

/** The officers whom a change in this section concerns, and how many of them have confirmed what holds now. */
export function askedAgain(place: DutyPlace, section: string, today: string) {
  const isPosition = section !== 'task' && section !== 'function';
  const where = [
    place.institution
      ? Prisma.sql`t.institution_id = ${place.institution.id}`
      : Prisma.sql`t.institution_type_id = ${place.typeId}`,
    ...(isPosition ? [Prisma.sql`t.position_type_id = ${Number(section)}`] : []),
  ];
  const name = `${place.institution ? 'institution' : 'type'} ${isPosition ? 'position' : ''}`;
  return countAsked({ name, where: Prisma.join(where, ' AND ') }, today);
}
