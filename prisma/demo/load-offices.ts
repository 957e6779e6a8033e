import { prismaDate } from '#src/format.ts';
import { get, type Context, type Ids } from './load-context.ts';
import type { DemoPerson } from './people.ts';
import type { PlannedBoard, PlannedDecree, PlannedInstitution } from './plan-types.ts';
import type { DemoSeat } from './seats.ts';

export async function insertDecrees({
  tx,
  plan,
  kelurahanId,
}: Context): Promise<Ids<PlannedDecree>> {
  const planned = [...new Set(plan.institutions.flatMap(decreesOf))];
  const rows = await tx.decree.createManyAndReturn({
    data: planned.map(({ number, decreedOn, about, signatory }) => ({
      kelurahanId,
      number,
      about,
      // Signed by loadDecrees, after everybody is seated: a signed decree takes no lines.
      status: 'numbered',
      signatoryName: signatory,
      decreedOn: prismaDate(decreedOn),
    })),
    select: { id: true, number: true },
  });
  // The year is part of the number.
  const found = new Map(rows.map(({ id, number }) => [number, id]));
  return new Map(planned.map((decree) => [decree, get(found, decree.number)]));
}

function decreesOf({ boards }: PlannedInstitution): PlannedDecree[] {
  return boards.flatMap((board) => [
    board.decree,
    ...board.tenures.flatMap(({ decree, endingDecree }) =>
      endingDecree ? [decree, endingDecree] : [decree],
    ),
  ]);
}

export async function insertBoards(
  { tx, plan, kelurahanId }: Context,
  institutions: Ids<PlannedInstitution>,
  decrees: Ids<PlannedDecree>,
): Promise<Ids<PlannedBoard>> {
  const planned = plan.institutions.flatMap((institution) =>
    institution.boards.map((board) => ({ board, institutionId: get(institutions, institution) })),
  );
  const rows = await tx.board.createManyAndReturn({
    data: planned.map(({ board, institutionId }) => ({
      institutionId,
      kelurahanId,
      decreeId: get(decrees, board.decree),
      startsOn: prismaDate(board.startsOn),
      endsOn: board.endsOn && prismaDate(board.endsOn),
    })),
    select: { id: true, institutionId: true, startsOn: true },
  });
  const found = new Map(rows.map((row) => [boardKey(row.institutionId, row.startsOn), row.id]));
  return new Map(
    planned.map(({ board, institutionId }) => [
      board,
      get(found, boardKey(institutionId, prismaDate(board.startsOn))),
    ]),
  );
}

const boardKey = (institutionId: number, startsOn: Date) =>
  `${institutionId} ${startsOn.getTime()}`;

type Written = {
  institutions: Ids<PlannedInstitution>;
  seats: Ids<DemoSeat>;
  people: Ids<DemoPerson>;
  decrees: Ids<PlannedDecree>;
  boards: Ids<PlannedBoard>;
};

/** In order of their first day: the database counts a person's terms as they come in. */
export async function insertTenures(
  { tx, plan, types, kelurahanId }: Context,
  written: Written,
): Promise<void> {
  const rows = plan.institutions.flatMap((institution) => {
    const { id: institutionTypeId, positions } = get(types, institution.type);
    const place = {
      kelurahanId,
      institutionTypeId,
      institutionId: get(written.institutions, institution),
    };
    return institution.boards.flatMap((board) =>
      board.tenures.map((tenure) => ({
        ...place,
        positionTypeId: get(positions, tenure.seat.position),
        seatId: get(written.seats, tenure.seat),
        personId: get(written.people, tenure.person),
        boardId: get(written.boards, board),
        startOn: prismaDate(tenure.startOn),
        plannedEndOn: tenure.plannedEndOn && prismaDate(tenure.plannedEndOn),
        endedOn: tenure.endedOn && prismaDate(tenure.endedOn),
        endReason: tenure.endReason,
        kind: tenure.kind,
        appointingDecreeId: get(written.decrees, tenure.decree),
        endingDecreeId: tenure.endingDecree && get(written.decrees, tenure.endingDecree),
      })),
    );
  });
  await tx.tenure.createMany({
    data: rows.toSorted((one, other) => one.startOn.getTime() - other.startOn.getTime()),
  });
}
