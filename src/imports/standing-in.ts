import * as format from '#src/format.ts';
import type { Facts, Problem, ReadRow } from '#src/imports/fields.ts';
import type { FileContext, Plan } from '#src/imports/judge.ts';
import { isRefusal, placeOf, type Place } from '#src/imports/places.ts';
import { namesActing, positionOf } from '#src/imports/positions.ts';
import type { Board, Holder, Seat } from '#src/imports/roster.ts';
import { isSame, type IdentifiedRow } from '#src/imports/seating.ts';
import { plain } from '#src/imports/type-names.ts';

/** Rows that name somebody who stands in for a while (Plt.), beside the holder of the seat. */

/** Often an officer of the same institution stands in: exactly the same name is enough then, unless two have it. */
export function colleagueOf(
  row: ReadRow & Pick<IdentifiedRow, 'nikHex'>,
  { roster, fallback }: Pick<FileContext, 'roster' | 'fallback'>,
): Holder | null {
  if (!namesActing(row.values.position)) return null;
  const place = placeOf(row, roster, fallback);
  if (isRefusal(place)) return null;
  const named = positionOf(row.values.position, place);
  if (isRefusal(named) || !named.isActing) return null;
  const name = plain(row.values.facts.name);
  const [found, another] = (place.institution?.seats ?? []).flatMap(({ holder }) =>
    holder && plain(holder.facts.name) === name && isSame(holder, row) ? [holder] : [],
  );
  return another ? null : (found ?? null);
}

/** Whoever stands in on a seat today. */
export const standInOn = ({ acting }: Seat): Holder | null =>
  acting.find(({ office }) => office.startOn <= format.today()) ?? null;

/** What the row tells, and for the rest what is recorded of the colleague. */
export const completed = (facts: Facts, colleague: Holder): Facts => ({
  ...colleague.facts,
  ...Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== null)),
});

type StandIn = { place: Place; plan: Plan; seat: Seat | null };

/** Beside what every newcomer needs: a seat, nobody else who stands in, and days within the board's term. */
export function checkStandIn(row: IdentifiedRow, { place, plan, seat }: StandIn): Problem[] {
  const board = boardOn(place, plan);
  return [
    ...checkSeat(row, { place, plan, seat }),
    ...otherStandIns({ place, plan, seat }).map(({ facts, office }) =>
      wrong(
        'position',
        `${format.personName(facts)} sudah menjadi pelaksana (Plt.) ${seat?.name ?? ''} ${place.name} ${daysOf(office)}. Usulkan pemberhentiannya lebih dulu di halaman Usulan`,
      ),
    ),
    ...checkEnd(plan, board),
    ...(plan.kind === 'acting' && (plan.startOn ?? '') > format.addYears(format.today(), 1)
      ? [wrong('startOn', 'Tanggal mulai paling lambat setahun dari hari ini')]
      : []),
  ];
}

/** The last day of whoever stands in is the file's, else the board's. */
export const endOfStandIn = (place: Place, plan: Plan) =>
  plan.endsOn ?? boardOn(place, plan)?.endsOn ?? null;

function checkSeat(row: IdentifiedRow, { place, plan, seat }: StandIn): Problem[] {
  if (seat === null && plan.kind === 'acting')
    return [
      wrong(
        'position',
        `Jabatan ini belum ada di ${place.name}, jadi belum dapat diisi pelaksana (Plt.). Impor atau usulkan pengurusnya lebih dulu`,
      ),
    ];
  const self = [seat?.holder ?? [], seat?.successors ?? []].flat().find((one) => isSame(one, row));
  return self && seat
    ? [
        wrong(
          'position',
          `${format.personName(self.facts)} sudah menjabat ${seat.name} ${place.name}, jadi tidak perlu menjadi pelaksananya (Plt.)`,
        ),
      ]
    : [];
}

function otherStandIns({ place, plan, seat }: StandIn): Holder[] {
  const startOn = plan.startOn ?? format.today();
  const endsOn = endOfStandIn(place, plan);
  return (seat?.acting ?? []).filter(
    ({ office }) =>
      (office.lastDay === null || office.lastDay >= startOn) &&
      (endsOn === null || office.startOn < endsOn),
  );
}

const daysOf = ({ startOn, lastDay }: Holder['office']) =>
  startOn > format.today()
    ? `mulai ${format.date(startOn)}`
    : lastDay === null
      ? `sejak ${format.date(startOn)}`
      : `sampai ${format.date(lastDay)}`;

function checkEnd({ endsOn }: Plan, board: Board | null): Problem[] {
  if (endsOn === null) return [];
  if (endsOn <= format.today())
    return [
      wrong(
        'endOn',
        'Masa tugas pelaksana (Plt.) ini sudah berakhir. Hapus barisnya, atau perbaiki tanggal selesainya',
      ),
    ];
  if (board?.endsOn && endsOn > board.endsOn)
    return [
      wrong(
        'endOn',
        `Pelaksana (Plt.) bertugas paling lama sampai akhir masa bakti pengurus, ${format.date(format.lastDay(board.endsOn))}`,
      ),
    ];
  return [];
}

/** The board of the institution on the row's first day. */
function boardOn({ institution }: Place, { startOn }: Plan): Board | null {
  const day = startOn ?? format.today();
  return (
    institution?.boards.find(
      ({ startsOn, endsOn }) => startsOn <= day && (endsOn === null || endsOn > day),
    ) ?? null
  );
}

const wrong = (field: Problem['field'], message: string): Problem => ({
  field,
  level: 'error',
  message,
});
