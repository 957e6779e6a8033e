import * as format from '#src/format.ts';
import type { Problem } from '#src/imports/fields.ts';
import type { FileContext } from '#src/imports/judge.ts';
import type { Place } from '#src/imports/places.ts';
import type { Named } from '#src/imports/positions.ts';
import type { Holder, Seat } from '#src/imports/roster.ts';
import type { IdentifiedRow } from '#src/imports/seating.ts';
import { plain } from '#src/imports/type-names.ts';

/** What the rows of a file take from each other: one person a post, one row a seat. */

type Person = { people: FileContext['people']; key: string; holder: Holder | null };

/** One person holds one post of an institution; two holders of one name are two people. */
export function takePerson(row: IdentifiedRow, { people, key, holder }: Person): Problem[] {
  const person = personOf(row);
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

const personOf = ({ nikHex, values: { facts } }: IdentifiedRow) =>
  nikHex ?? `${plain(facts.name)} ${facts.birthDate ?? ''}`;

/** Somebody who stands in takes a place beside the holder's, in a lane of its own, as in the table of tenures. */
export type Slot = {
  takenSeats: FileContext['seats'];
  lane: '' | 'acting ';
  seat: Seat | null;
  fixed: Seat | null;
};

/** Seats that the file brings are as many as it names; a position with fixed seats has no more than those. */
export function takeSlot(
  row: IdentifiedRow,
  place: Place,
  named: Named,
  { takenSeats, lane, seat, fixed }: Slot,
): Problem[] {
  const { position } = named;
  const slot = `${lane}${slotOf(place, named, seat)}`;
  const full =
    seat === null &&
    position.seats > 0 &&
    (fixed !== null || takenTimes(takenSeats, slot) >= position.seats);
  if (full) {
    const first = takenSeats.get(fixed ? `${lane}seat ${fixed.id}` : `${slot} 1`) ?? 'baris lain';
    const title = lane === '' ? '' : 'Plt. ';
    return [
      {
        field: 'position',
        level: 'error',
        message: `${title}${format.officeOf(position.name, place.name)} sudah diisi ${first}. Periksa jabatan atau lembaganya`,
      },
    ];
  }
  takenSeats.set(seat ? slot : `${slot} ${takenTimes(takenSeats, slot) + 1}`, row.where);
  return [];
}

export const keyOf = ({ institution, type, name }: Place) =>
  institution ? `${institution.id}` : `${type.id} ${plain(name)}`;

const slotOf = (place: Place, { position, label }: Named, seat: Seat | null) =>
  seat ? `seat ${seat.id}` : `${keyOf(place)} ${position.id} ${plain(label ?? '')}`;

/**
 * Nobody stands in for themselves; and where officers come one proposal a seat, a file cannot propose both the holder
 * and whoever stands in until there is one.
 */
export function meetOther(
  row: IdentifiedRow,
  place: Place,
  named: Named,
  { takenSeats, lane, seat }: Slot,
): Problem[] {
  const isProposed = place.institution?.hasRoster ?? false;
  const key = `${slotOf(place, named, seat)} ${isProposed ? '' : personOf(row)}`;
  takenSeats.set(`new ${lane}${key}`, row.where);
  const where = takenSeats.get(`new ${lane === '' ? 'acting ' : ''}${key}`);
  if (where === undefined) return [];
  const message = isProposed
    ? `Untuk jabatan ini ${where} mengusulkan ${lane === '' ? 'pelaksana (Plt.)' : 'pengurus definitif'}. Hapus salah satu barisnya`
    : `Orang ini sudah ada di ${where} untuk jabatan yang sama. Pelaksana (Plt.) bukan orang yang memegang jabatannya`;
  return [{ field: 'position', level: 'error', message }];
}

function takenTimes(seats: Map<string, string>, slot: string): number {
  let times = 0;
  while (seats.has(`${slot} ${times + 1}`)) times += 1;
  return times;
}
