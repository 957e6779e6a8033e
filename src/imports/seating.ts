import type { Problem, ReadRow } from '#src/imports/fields.ts';
import type { FileContext } from '#src/imports/judge.ts';
import { distance } from '#src/imports/names.ts';
import { plain, type Place } from '#src/imports/places.ts';
import type { Named } from '#src/imports/positions.ts';
import type { Holder, Seat } from '#src/imports/roster.ts';
import * as format from '#src/format.ts';

/** Which seat a row takes, and whether its person is the one who holds it. */

export type IdentifiedRow = ReadRow & { nikHex: string | null; where: string };
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
  const key = place.institution
    ? `${place.institution.id}`
    : `${place.type.id} ${plain(place.name)}`;
  const candidates = candidatesFor(place, named);
  const lane = named.isActing ? 'acting ' : '';
  const isFree = ({ id }: Seat) => !takenSeats.has(`${lane}seat ${id}`);
  const own = ownSeat(candidates.filter(isFree), row, named.isActing);
  const problems = takePerson(row, { people, key: `${lane}${key}`, holder: own?.holder ?? null });
  if (named.isActing) {
    if (own) takenSeats.set(`${lane}seat ${own.seat.id}`, row.where);
    else problems.push(newActing);
    return { seat: own?.seat ?? null, holder: own?.holder ?? null, problems };
  }
  const seat =
    own?.seat ??
    candidates.find((one) => isFree(one) && one.holder === null) ??
    candidates.find(isFree) ??
    null;
  const full = takeSlot(row, place, named, { takenSeats, key, seat, fixed: candidates[0] ?? null });
  return { seat, holder: own?.holder ?? null, problems: [...problems, ...full] };
}

const newActing: Problem = {
  field: 'position',
  level: 'error',
  message:
    'Pelaksana tugas (Plt.) yang baru tidak dapat diimpor, karena perlu alasan dan batas waktunya. Ajukan di halaman Usulan: pilih “Tunjuk pelaksana (Plt.)”',
};

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
function ownSeat(seats: Seat[], row: IdentifiedRow, isActing: boolean) {
  const held = seats.flatMap((seat) =>
    (isActing ? [seat.acting] : [seat.holder, ...seat.successors]).flatMap((holder) =>
      holder && isSame(holder, row) ? [{ seat, holder }] : [],
    ),
  );
  return held.find(({ holder }) => isCalled(holder, row.values.nameText)) ?? held[0] ?? null;
}

/** As our own exports write the name, whatever is a title in it. */
export const isCalled = ({ facts }: Holder, text: string) =>
  format.personName(facts).replaceAll(/\s+/g, ' ').trim() === text;

/** The same NIK; or, where one of the two has none, nearly the same name and no other birth date. */
function isSame(holder: Holder, { values, nikHex }: IdentifiedRow): boolean {
  if (holder.nikHex !== null && nikHex !== null) return holder.nikHex === nikHex;
  const { name, birthDate } = values.facts;
  const sameBirth =
    holder.facts.birthDate === null || birthDate === null || holder.facts.birthDate === birthDate;
  const isNear = distance(plain(holder.facts.name), plain(name)) <= 2;
  return sameBirth && (isNear || isCalled(holder, values.nameText));
}

type Person = { people: FileContext['people']; key: string; holder: Holder | null };

/** One person holds one post of an institution; two holders of one name are two people. */
function takePerson(row: IdentifiedRow, { people, key, holder }: Person): Problem[] {
  const { name, birthDate } = row.values.facts;
  const person = row.nikHex ?? `${plain(name)} ${birthDate ?? ''}`;
  const earlier = people.get(`${key} ${person}`);
  const isAnother = holder !== null && earlier?.personId !== holder.personId;
  if (!earlier || (isAnother && earlier.personId !== null)) {
    people.set(`${key} ${person}`, { where: row.where, personId: holder?.personId ?? null });
    return [];
  }
  return [
    {
      field: 'name',
      level: 'error',
      message: `Orang ini sudah ada di ${earlier.where}. Satu orang memegang satu jabatan dalam satu lembaga`,
    },
  ];
}

type Slot = {
  takenSeats: FileContext['seats'];
  key: string;
  seat: Seat | null;
  fixed: Seat | null;
};

/** Seats that the file brings are as many as it names; a position with fixed seats has no more than those. */
function takeSlot(
  row: IdentifiedRow,
  place: Place,
  { position, label }: Named,
  { takenSeats, key, seat, fixed }: Slot,
): Problem[] {
  const slot = seat ? `seat ${seat.id}` : `${key} ${position.id} ${plain(label ?? '')}`;
  const full =
    seat === null &&
    position.seats > 0 &&
    (fixed !== null || takenTimes(takenSeats, slot) >= position.seats);
  if (full) {
    const first = takenSeats.get(fixed ? `seat ${fixed.id}` : `${slot} 1`) ?? 'baris lain';
    return [
      {
        field: 'position',
        level: 'error',
        message: `${format.officeOf(position.name, place.name)} sudah diisi ${first}. Periksa jabatan atau lembaganya`,
      },
    ];
  }
  takenSeats.set(seat ? slot : `${slot} ${takenTimes(takenSeats, slot) + 1}`, row.where);
  return [];
}

function takenTimes(seats: Map<string, string>, slot: string): number {
  let times = 0;
  while (seats.has(`${slot} ${times + 1}`)) times += 1;
  return times;
}
