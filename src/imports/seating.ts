import type { Problem, ReadRow } from '#src/imports/fields.ts';
import type { FileContext } from '#src/imports/judge.ts';
import { distance } from '#src/imports/names.ts';
import type { Place } from '#src/imports/places.ts';
import type { Named } from '#src/imports/positions.ts';
import type { Holder, Seat } from '#src/imports/roster.ts';
import { keyOf, meetOther, takePerson, takeSlot, type Slot } from '#src/imports/slots.ts';
import { plain } from '#src/imports/type-names.ts';
import * as format from '#src/format.ts';

/** Which seat a row takes, and whether its person is the one who holds it. */

export type IdentifiedRow = ReadRow & {
  nikHex: string | null;
  where: string;
  /** Of a row that names somebody who stands in: the officer of that institution who is this person. */
  colleague: Holder | null;
};
export type Taken = {
  seat: Seat | null;
  /** The row's own person in that seat; null for a newcomer. */
  holder: Holder | null;
  problems: Problem[];
};

/** The seat of the row: the one its person holds, else one of the position that is free, else the position's first. */
export function takeSeat(
  row: IdentifiedRow,
  place: Place,
  named: Named,
  { seats: takenSeats, people }: Pick<FileContext, 'seats' | 'people'>,
): Taken {
  const candidates = candidatesFor(place, named);
  const isFree = ({ id }: Seat) => !takenSeats.has(`seat ${id}`);
  const own = ownSeat(candidates.filter(isFree), row, holdersOf);
  const holder = own?.holder ?? null;
  const seat =
    own?.seat ??
    candidates.find((one) => isFree(one) && one.holder === null) ??
    candidates.find(isFree) ??
    null;
  const slot: Slot = { takenSeats, lane: '', seat, fixed: candidates[0] ?? null };
  return {
    seat,
    holder,
    problems: [
      ...takePerson(row, { people, key: keyOf(place), holder }),
      ...takeSlot(row, place, named, slot),
      ...(holder ? [] : meetOther(row, place, named, slot)),
    ],
  };
}

const holdersOf = ({ holder, successors }: Seat) => [...(holder ? [holder] : []), ...successors];

/** Whoever stands in, beside the holder of a seat that may be empty; a seat where nobody does so yet goes first. */
export function takeActingSeat(
  row: IdentifiedRow,
  place: Place,
  named: Named,
  { seats: takenSeats }: Pick<FileContext, 'seats'>,
): Taken {
  const candidates = candidatesFor(place, named);
  const free = candidates.filter(({ id }) => !takenSeats.has(`acting seat ${id}`));
  const own = ownSeat(free, row, ({ acting }) => acting);
  const without = free.filter(({ acting }) => acting.length === 0);
  const seat =
    own?.seat ?? without.find(({ holder }) => holder === null) ?? without[0] ?? free[0] ?? null;
  const slot: Slot = { takenSeats, lane: 'acting ', seat, fixed: candidates[0] ?? null };
  const full = takeSlot(row, place, named, slot);
  return {
    seat,
    holder: own?.holder ?? null,
    problems: own ? full : [...full, ...meetOther(row, place, named, slot)],
  };
}

/** Seats that the row may mean, the one of exactly its name first. */
function candidatesFor({ institution }: Place, { position, label, seatName }: Named): Seat[] {
  const all =
    institution?.seats.filter(({ positionTypeId }) => positionTypeId === position.id) ?? [];
  const named = all.filter(({ name }) => plain(name) === plain(seatName));
  if (label !== null) return named;
  const isNumbered = named.length > 0 && all.length > 1 && !/^\D+$/.test(seatName);
  return isNumbered ? named : [...named, ...all.filter((seat) => !named.includes(seat))];
}

/** A seat whose holder is called exactly so goes before one whose holder nearly is. */
function ownSeat(seats: Seat[], row: IdentifiedRow, holders: (seat: Seat) => Holder[]) {
  const held = seats.flatMap((seat) =>
    holders(seat).flatMap((holder) => (isSame(holder, row) ? [{ seat, holder }] : [])),
  );
  return held.find(({ holder }) => isCalled(holder, row.values.nameText)) ?? held[0] ?? null;
}

/** As our own exports write the name, whatever is a title in it. */
export const isCalled = ({ facts }: Holder, text: string) =>
  format.personName(facts).replaceAll(/\s+/g, ' ').trim() === text;

/** The same NIK; or, where one of the two has none, nearly the same name and no other birth date. */
export function isSame(
  holder: Holder,
  { values, nikHex }: Pick<IdentifiedRow, 'values' | 'nikHex'>,
): boolean {
  if (holder.nikHex !== null && nikHex !== null) return holder.nikHex === nikHex;
  const { name, birthDate } = values.facts;
  const sameBirth =
    holder.facts.birthDate === null || birthDate === null || holder.facts.birthDate === birthDate;
  const isNear = distance(plain(holder.facts.name), plain(name)) <= 2;
  return sameBirth && (isNear || isCalled(holder, values.nameText));
}
