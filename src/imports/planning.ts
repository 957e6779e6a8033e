import * as format from '#src/format.ts';
import { factsFor } from '#src/imports/changes.ts';
import type { Plan, PlanKind } from '#src/imports/judge.ts';
import { termYears } from '#src/imports/newcomers.ts';
import type { Place } from '#src/imports/places.ts';
import type { Named } from '#src/imports/positions.ts';
import type { Holder, Seat } from '#src/imports/roster.ts';
import type { IdentifiedRow, Taken } from '#src/imports/seating.ts';
import { completed, standInOn } from '#src/imports/standing-in.ts';

/** What a row will do once it is applied. */

type Chosen = Taken & Named & { colleague: Holder | null };

export function planOf(row: IdentifiedRow, place: Place, taken: Chosen): Plan {
  const { values } = row;
  const { colleague } = taken;
  const [startOn, lastDay] = taken.isActing ? actingDays(row) : termDays(row, place);
  const holder = taken.holder ?? (taken.isActing ? null : (taken.seat?.holder ?? null));
  const kind = kindOf(place, taken);
  return {
    kind,
    institutionId: place.institution?.id ?? null,
    fresh: place.fresh,
    positionTypeId: taken.position.id,
    seatId: taken.seat?.id ?? null,
    label: taken.label,
    holder: holder && {
      tenureId: holder.tenureId,
      personId: holder.personId,
      version: holder.version,
    },
    leaving: leavingFrom(taken.seat, kind),
    personId: taken.holder ? null : (colleague?.personId ?? null),
    facts: taken.holder
      ? factsFor(taken.holder, row)
      : colleague
        ? completed(factsFor(colleague, row), colleague)
        : values.facts,
    startOn,
    endsOn: lastDay && format.addDays(lastDay, 1),
    decreeNumber: values.decreeNumber,
    decreedOn: values.decreedOn,
  };
}

function kindOf(place: Place, { holder, isActing, seat }: Chosen): PlanKind {
  if (holder) return 'nothing';
  if (!place.institution?.hasRoster) return isActing ? 'first_acting' : 'first';
  if (isActing) return 'acting';
  return seat?.holder ? 'replace' : 'fill';
}

function leavingFrom(seat: Seat | null, kind: PlanKind): Plan['leaving'] {
  if (!seat || (kind !== 'fill' && kind !== 'replace')) return null;
  const leaving = kind === 'replace' ? seat.holder : standInOn(seat);
  return (
    leaving && {
      tenureId: leaving.tenureId,
      name: format.personName(leaving.facts),
      startOn: leaving.office.startOn,
    }
  );
}

type Days = [startOn: string | null, lastDay: string | null];

function termDays({ values }: IdentifiedRow, place: Place): Days {
  const startOn = values.stated.startOn ?? startOfTerm(values.startOn, place) ?? values.decreedOn;
  const years = termYears(place, startOn);
  const fullTerm =
    startOn && years !== null ? format.lastDay(format.addYears(startOn, years)) : null;
  return [startOn, values.lastDay ?? fullTerm];
}

/** A term such as "2025–2030" tells a year only; where a board begins in it, the day is the board's. */
const startOfTerm = (startOn: string | null, { institution }: Place) =>
  institution?.boards.find(({ startsOn }) => startsOn.slice(0, 4) === startOn?.slice(0, 4))
    ?.startsOn ?? startOn;

/** A term such as "2025–2030" is the board's; whoever stands in has only the days that the file states. */
const actingDays = ({ values: { stated, decreedOn } }: IdentifiedRow): Days => [
  stated.startOn ?? decreedOn,
  stated.lastDay,
];
