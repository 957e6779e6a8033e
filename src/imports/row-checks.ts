import * as format from '#src/format.ts';
import { decreeNumber, institutionName } from '#src/http/fields.ts';
import type { Problem } from '#src/imports/fields.ts';
import type { Plan } from '#src/imports/judge.ts';
import type { Place } from '#src/imports/places.ts';
import type { IdentifiedRow } from '#src/imports/seating.ts';

/** What saving a newcomer's row, or the decision about it, would run into later. */
export function checkRow(row: IdentifiedRow, place: Place, plan: Plan): Problem[] {
  if (plan.kind === 'nothing' || plan.kind === 'facts') return [];
  return [...checkName(place), ...checkDecree(plan), ...checkStart(row, plan)];
}

function checkName({ fresh }: Place): Problem[] {
  const problem = fresh && institutionName.safeParse(fresh.name).error?.issues[0]?.message;
  return problem ? [wrong('institution', problem)] : [];
}

/** As the form of an approval asks. */
function checkDecree({ decreeNumber: number, decreedOn }: Plan): Problem[] {
  const problem = number === null ? null : decreeNumber.safeParse(number).error?.issues[0]?.message;
  return [
    ...(problem ? [wrong('decreeNumber', problem)] : []),
    ...(decreedOn === null ? [] : checkDecreeDay(decreedOn)),
  ];
}

function checkDecreeDay(day: string): Problem[] {
  if (day > format.today())
    return [wrong('decreedOn', `Tanggal SK ${format.date(day)} tidak boleh sesudah hari ini`)];
  return day < firstDay ? [wrong('decreedOn', tooEarly('Tanggal SK', day))] : [];
}

/** Every institution and seat is there from this day on (their `life`), and no office begins before its seat. */
const firstDay = '1945-08-17';

const tooEarly = (what: string, day: string) =>
  `${what} ${format.date(day)} sebelum ${format.date(firstDay)}, hari paling awal yang dapat dicatat. Periksa tahunnya`;

function checkStart({ values }: IdentifiedRow, { startOn }: Plan): Problem[] {
  const isDecreeDay = values.startOn === null;
  if (startOn === null || startOn >= firstDay || isDecreeDay) return [];
  return [wrong(values.stated.startOn ? 'startOn' : 'term', tooEarly('Tanggal mulai', startOn))];
}

const wrong = (field: Problem['field'], message: string): Problem => ({
  field,
  level: 'error',
  message,
});
