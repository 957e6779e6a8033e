import type { Transaction } from '#src/database.ts';
import { prismaDate } from '#src/format.ts';
import { indexNik, sealNik } from '#src/people/nik.ts';
import { get, type Context, type Ids } from './load-context.ts';
import type { DemoPerson } from './people.ts';
import type { PlannedInstitution } from './plan-types.ts';

/** The sealed NIK is bound to the id of its person, so ids are drawn first. */
export async function insertPeople(
  context: Context,
  institutions: Ids<PlannedInstitution>,
): Promise<Ids<DemoPerson>> {
  const { tx, kelurahanId } = context;
  const served = institutionsServed(context, institutions);
  const drawn = await drawIds(tx, 'people', served.size);
  const ids = new Map([...served.keys()].map((person, index) => [person, drawn[index] ?? 0]));
  await tx.person.createMany({
    data: [...served].map(([person, institutionIds]) => {
      const { nik, birthDate, ...details } = person;
      const id = get(ids, person);
      return {
        id,
        ...details,
        kelurahanId,
        kelurahanIds: [kelurahanId],
        institutionIds: [...institutionIds],
        birthDate: birthDate && prismaDate(birthDate),
        nikSealed: nik === null ? null : sealNik(nik, id),
        nikIndex: nik === null ? null : indexNik(nik),
      };
    }),
  });
  return ids;
}

function institutionsServed(
  { plan }: Context,
  institutions: Ids<PlannedInstitution>,
): Map<DemoPerson, Set<number>> {
  const served = new Map<DemoPerson, Set<number>>();
  for (const institution of plan.institutions) {
    for (const { person } of institution.boards.flatMap(({ tenures }) => tenures)) {
      const ids = served.get(person) ?? new Set<number>();
      served.set(person, ids.add(get(institutions, institution)));
    }
  }
  return served;
}

/** Ids that the database will not give to anybody else. */
export async function drawIds(
  tx: Transaction,
  table: 'people' | 'roster_change_lines',
  count: number,
): Promise<number[]> {
  const rows = await tx.$queryRaw<{ id: number }[]>`
    SELECT nextval(pg_get_serial_sequence(${table}, 'id'))::int AS id FROM generate_series(1, ${count}::int)`;
  return rows.map(({ id }) => id);
}
