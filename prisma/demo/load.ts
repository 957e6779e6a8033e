import type { Transaction } from '#src/database.ts';
import { prismaDate } from '#src/format.ts';
import { get, typesByCode, type Context, type Ids } from './load-context.ts';
import { insertBoards, insertDecrees, insertTenures } from './load-offices.ts';
import { insertPeople } from './load-people.ts';
import type { PlannedInstitution, PlannedKelurahan } from './plan-types.ts';
import type { DemoSeat } from './seats.ts';

/** Writes the institutions, people, decrees, boards and tenures of one kelurahan, table by table. */
export async function loadKelurahan(tx: Transaction, plan: PlannedKelurahan): Promise<void> {
  // Checks of foreign keys were planned while the tables were empty, and would read them whole for every row.
  await tx.$executeRaw`DISCARD PLANS`;
  const types = await typesByCode(tx);
  const kelurahan = await tx.kelurahan.findUniqueOrThrow({
    where: { code: plan.office.code },
    select: { id: true },
  });
  if ((await tx.institution.count({ where: { kelurahanId: kelurahan.id } })) > 0) return;

  const context: Context = { tx, plan, types, kelurahanId: kelurahan.id };
  await tx.kelurahan.update({ where: { id: kelurahan.id }, data: officeOf(plan) });
  const institutions = await insertInstitutions(context);
  const seats = await insertSeats(context, institutions);
  const people = await insertPeople(context, institutions);
  const decrees = await insertDecrees(context);
  const boards = await insertBoards(context, institutions, decrees);
  await insertTenures(context, { institutions, seats, people, decrees, boards });
}

function officeOf({ office }: PlannedKelurahan) {
  const { address, phone, headName, headRank, headNip } = office;
  return { address, phone, headName, headRank, headNip };
}

/** Parents first; the name is the key that an institution has within its type. */
async function insertInstitutions({
  tx,
  plan,
  types,
  kelurahanId,
}: Context): Promise<Ids<PlannedInstitution>> {
  const ids: Ids<PlannedInstitution> = new Map();
  for (const rank of ['parents', 'children'] as const) {
    const planned = plan.institutions.filter(
      ({ parent }) => (parent === null) === (rank === 'parents'),
    );
    const rows = await tx.institution.createManyAndReturn({
      data: planned.map(
        ({ type, parent, seats: _seats, boards: _boards, foundedOn, ...profile }) => ({
          ...profile,
          kelurahanId,
          institutionTypeId: get(types, type).id,
          parentId: parent && get(ids, parent),
          foundedOn: foundedOn && prismaDate(foundedOn),
        }),
      ),
      select: { id: true, name: true, institutionTypeId: true },
    });
    const found = new Map(
      rows.map(({ id, name, institutionTypeId }) => [`${institutionTypeId} ${name}`, id]),
    );
    for (const one of planned) ids.set(one, get(found, `${get(types, one.type).id} ${one.name}`));
  }
  return ids;
}

async function insertSeats(
  context: Context,
  institutions: Ids<PlannedInstitution>,
): Promise<Ids<DemoSeat>> {
  const { tx, plan, types, kelurahanId } = context;
  const planned = plan.institutions.flatMap((institution) => {
    const { id: institutionTypeId, positions } = get(types, institution.type);
    return institution.seats.map((seat) => ({
      seat,
      row: {
        kelurahanId,
        institutionTypeId,
        number: seat.number,
        label: seat.label,
        institutionId: get(institutions, institution),
        positionTypeId: get(positions, seat.position),
      },
    }));
  });
  const rows = await tx.seat.createManyAndReturn({
    data: planned.map(({ row }) => row),
    select: { id: true, institutionId: true, positionTypeId: true, number: true },
  });
  const found = new Map(rows.map((row) => [seatKey(row), row.id]));
  return new Map(planned.map(({ seat, row }) => [seat, get(found, seatKey(row))]));
}

const seatKey = (seat: { institutionId: number; positionTypeId: number; number: number }) =>
  `${seat.institutionId} ${seat.positionTypeId} ${seat.number}`;
