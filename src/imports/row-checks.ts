import * as format from '#src/format.ts';
import { decreeNumber, institutionName } from '#src/http/fields.ts';
import type { Problem } from '#src/imports/fields.ts';
import type { Plan } from '#src/imports/judge.ts';
import type { Place } from '#src/imports/places.ts';
import { decreeKey, type Register } from '#src/imports/register.ts';
import type { IdentifiedRow } from '#src/imports/seating.ts';
import { meets, proposalInWords } from '#src/roster-changes/open-proposals.ts';

/** What saving a newcomer's row, or the decision about it, would run into later. */
export function checkRow(
  row: IdentifiedRow,
  { place, plan, register }: { place: Place; plan: Plan; register: Register },
): Problem[] {
  return [
    ...checkName(place),
    ...checkDecree(plan),
    ...checkRecordedDecree(plan, register),
    ...checkStart(row, plan),
    ...checkStartAfterLeaving(row, plan),
    ...checkBoard(row, place, plan),
    ...checkProposals(plan, register),
  ];
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

/** A decree that is there already keeps its day; one whose paper is signed takes nobody more. */
function checkRecordedDecree(plan: Plan, { decrees }: Register): Problem[] {
  const { decreeNumber: number, decreedOn, kind } = plan;
  if (number === null || decreedOn === null) return [];
  const recorded = decrees.get(decreeKey(number, decreedOn));
  if (!recorded) return [];
  if (recorded.decreedOn !== decreedOn)
    return [
      wrong(
        'decreedOn',
        `SK nomor ${number} sudah tercatat bertanggal ${format.date(recorded.decreedOn)}. Periksa nomor atau tanggalnya`,
      ),
    ];
  return recorded.isClosed && (kind === 'first' || kind === 'first_acting')
    ? [
        wrong(
          'decreeNumber',
          `SK nomor ${number} sudah ditandatangani atau dicabut dan tidak dapat ditambah. Isi nomor SK lain`,
        ),
      ]
    : [];
}

/** Every institution and seat is there from this day on (their `life`), and no office begins before its seat. */
const firstDay = '1945-08-17';

const tooEarly = (what: string, day: string) =>
  `${what} ${format.date(day)} sebelum ${format.date(firstDay)}, hari paling awal yang dapat dicatat. Periksa tahunnya`;

function checkStart(row: IdentifiedRow, plan: Plan): Problem[] {
  const { startOn } = plan;
  const field = startField(row, plan);
  if (startOn === null || startOn >= firstDay || field === 'decreedOn') return [];
  return [wrong(field, tooEarly('Tanggal mulai', startOn))];
}

/** Whoever leaves does so on the new holder's first day, and not before their own. */
function checkStartAfterLeaving(row: IdentifiedRow, plan: Plan): Problem[] {
  const { kind, leaving, startOn } = plan;
  const day = startOn ?? format.today();
  if (!leaving || day > leaving.startOn) return [];
  const office = kind === 'fill' ? 'menjadi pelaksana (Plt.) jabatan ini' : 'dalam jabatan ini';
  return [
    wrong(
      startField(row, plan),
      `Tanggal mulai ${format.date(day)} tidak sesudah ${format.date(leaving.startOn)}, hari pertama ${leaving.name} ${office}`,
    ),
  ];
}

/** The column that a row's first day is from; a term is the board's and tells no day of whoever stands in. */
export function startField({ values }: IdentifiedRow, { kind }: Plan): Problem['field'] {
  if (values.stated.startOn !== null) return 'startOn';
  return values.startOn === null || kind.endsWith('acting') ? 'decreedOn' : 'term';
}

/** The column that the last day is from, which may follow from the first. */
export function endField(row: IdentifiedRow, plan: Plan): Problem['field'] {
  const { stated, lastDay } = row.values;
  if (stated.lastDay !== null) return 'endOn';
  return lastDay === null || plan.kind.endsWith('acting') ? startField(row, plan) : 'term';
}

/** Whoever joins a board, and it is proposed, serves within its term. */
function checkBoard(row: IdentifiedRow, { institution }: Place, plan: Plan): Problem[] {
  const { kind, startOn, endsOn } = plan;
  const boards = (institution?.boards ?? []).toSorted((a, b) =>
    a.startsOn.localeCompare(b.startsOn),
  );
  const last = boards.at(-1);
  if (!institution || !last || (kind !== 'fill' && kind !== 'replace')) return [];
  const day = startOn ?? format.today();
  const board = boards.find(
    (one) => one.startsOn <= day && (one.endsOn === null || one.endsOn > day),
  );
  const term = (one: typeof last) =>
    `di luar masa bakti kepengurusan ${institution.name}, ${daysOf(one)}`;
  if (!board)
    return startOn === null
      ? []
      : [
          wrong(
            startField(row, plan),
            `Tanggal mulai ${format.date(startOn)} ${term(last)}. Untuk masa bakti baru, usulkan susunan pengurus di halaman Usulan`,
          ),
        ];
  const lastDay = row.values.stated.lastDay;
  return lastDay !== null && endsOn !== null && board.endsOn !== null && endsOn > board.endsOn
    ? [wrong('endOn', `Tanggal selesai ${format.date(lastDay)} ${term(board)}`)]
    : [];
}

export const daysOf = ({ startsOn, endsOn }: { startsOn: string; endsOn: string | null }) =>
  endsOn === null
    ? `sejak ${format.date(startsOn)}`
    : `${format.date(startsOn)} sampai ${format.date(format.lastDay(endsOn))}`;

/** A seat has one proposal at a time. */
function checkProposals({ institutionId, seatId }: Plan, { proposals }: Register): Problem[] {
  const seat = { kind: 'fill', seatIds: seatId === null ? [] : [seatId] } as const;
  const open = proposals.get(institutionId ?? 0)?.find((one) => meets(one, seat));
  return open
    ? [
        wrong(
          'position',
          `Jabatan ini sudah ada dalam ${proposalInWords(open)}. Tunggu keputusannya, atau minta ${open.makerName} membatalkannya`,
        ),
      ]
    : [];
}

export const wrong = (field: Problem['field'], message: string): Problem => ({
  field,
  level: 'error',
  message,
});
