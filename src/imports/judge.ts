import * as format from '#src/format.ts';
import { changesOf, factsFor, officeProblems, type Change } from '#src/imports/changes.ts';
import type { Facts, Problem } from '#src/imports/fields.ts';
import { checkNewcomer, termYears } from '#src/imports/newcomers.ts';
import { isRefusal, placeOf, type NewInstitution, type Place } from '#src/imports/places.ts';
import { positionOf, type Named } from '#src/imports/positions.ts';
import type { Holder, Roster } from '#src/imports/roster.ts';
import { checkRow } from '#src/imports/row-checks.ts';
import { takeSeat, type IdentifiedRow, type Taken } from '#src/imports/seating.ts';
import { nikWarnings } from '#src/people/rules.ts';
import type { Office } from '#src/roster-changes/eligibility.ts';

export const outcomes = ['new', 'changed', 'same', 'wrong'] as const;
export type Outcome = (typeof outcomes)[number];

/** What applying a row does: nothing, facts of somebody in office, a first roster, or a proposal to the lurah. */
export type Plan = {
  kind: 'nothing' | 'facts' | 'first' | 'fill' | 'replace';
  institutionId: number | null;
  fresh: NewInstitution | null;
  positionTypeId: number;
  /** Null for a seat that the file brings. */
  seatId: number | null;
  label: string | null;
  holder: { tenureId: number; personId: number; version: number } | null;
  facts: Facts;
  startOn: string | null;
  endsOn: string | null;
  decreeNumber: string | null;
  decreedOn: string | null;
};
export type Details = {
  institution: string;
  position: string;
  name: string;
  phone: string | null;
  problems: Problem[];
  changes: Change[];
  plan: Plan | null;
};
export type Verdict = { outcome: Outcome; details: Details };

/** What is known in the city of the person with the row's NIK. */
export type KnownPerson = { personId: number; offices: Office[] };
export type FileContext = {
  roster: Roster;
  /** The institution of rows that name none. */
  fallback: number | null;
  /** Seats that earlier rows of the file took, by the row that took them. */
  seats: Map<string, string>;
  /** People whom earlier rows of the file named; the id is of somebody in office. */
  people: Map<string, { where: string; personId: number | null }>;
};

export function judge(
  row: IdentifiedRow,
  context: FileContext,
  known: KnownPerson | null,
): Verdict {
  const shown: Details = {
    institution: [row.values.institutionType, row.values.institution].filter(Boolean).join(' '),
    position: row.values.position,
    name: format.personName(row.values.facts),
    phone: row.values.facts.phone,
    problems: [...row.problems],
    changes: [],
    plan: null,
  };
  const place = placeOf(row, context.roster, context.fallback);
  const position = isRefusal(place) ? place : positionOf(row.values.position, place);
  if (!isRefusal(place)) shown.institution = place.name;
  if (isRefusal(place) || isRefusal(position)) {
    const refusal = isRefusal(place) ? place : position;
    if (isRefusal(refusal)) shown.problems.push({ ...refusal, level: 'error' });
    shown.problems.push(...nikNotes(row, null, context.roster));
  } else {
    weigh(row, { shown, place, position, context, known });
    if (shown.plan) shown.problems.push(...checkRow(place, shown.plan));
  }
  return { outcome: outcomeOf(shown), details: shown };
}

type Weighed = {
  shown: Details;
  place: Place;
  position: Named;
  context: FileContext;
  known: KnownPerson | null;
};

/** A row whose seat is known: what it changes of its holder, or what stands in the way of a newcomer. */
function weigh(row: IdentifiedRow, { shown, place, position, context, known }: Weighed) {
  const { roster } = context;
  shown.position = position.isActing ? `Plt. ${position.seatName}` : position.seatName;
  const taken = takeSeat(row, place, position, context);
  const plan = planOf(row, place, { ...taken, ...position });
  shown.plan = plan;
  shown.problems.push(...taken.problems, ...nikNotes(row, taken.holder, roster));
  if (taken.holder) {
    shown.changes = changesOf(taken.holder, row, plan.facts, roster);
    shown.problems.push(...officeProblems(taken.holder, row));
    if (shown.changes.length > 0) plan.kind = 'facts';
  } else if (!position.isActing)
    shown.problems.push(
      ...checkNewcomer(row, { place, plan, known, roster, holder: taken.seat?.holder ?? null }),
    );
}

/** What the NIK says otherwise than the row or the record; people may have reasons, so it keeps nothing back. */
function nikNotes(
  row: IdentifiedRow,
  holder: Holder | null,
  { kecamatanCodes }: Roster,
): Problem[] {
  if (row.nik === null) return [];
  const { birthDate, sex } = row.values.facts;
  const known = {
    birthDate: birthDate ?? holder?.facts.birthDate ?? null,
    sex: sex ?? holder?.facts.sex ?? null,
    kecamatanCodes,
  };
  return nikWarnings(row.nik, known).map((warning) => ({
    field: 'nik',
    level: 'note',
    message: `${warning}. Periksa NIK dengan KTP; baris ini tetap dapat disimpan`,
  }));
}

function outcomeOf({ problems, plan }: Details): Outcome {
  if (plan === null || problems.some(({ level }) => level === 'error')) return 'wrong';
  if (plan.kind === 'nothing') return 'same';
  return plan.kind === 'first' || plan.kind === 'fill' ? 'new' : 'changed';
}

function planOf(row: IdentifiedRow, place: Place, taken: Taken & Named): Plan {
  const { values } = row;
  const startOn = values.startOn ?? values.decreedOn;
  const years = termYears(place, startOn);
  const lastDay =
    values.lastDay ??
    (startOn && years !== null ? format.lastDay(format.addYears(startOn, years)) : null);
  const holder = taken.holder ?? taken.seat?.holder ?? null;
  const isFirst = !place.institution?.hasRoster;
  return {
    kind: taken.holder ? 'nothing' : isFirst ? 'first' : holder ? 'replace' : 'fill',
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
    facts: taken.holder ? factsFor(taken.holder, row) : values.facts,
    startOn,
    endsOn: lastDay && format.addDays(lastDay, 1),
    decreeNumber: values.decreeNumber,
    decreedOn: values.decreedOn,
  };
}
