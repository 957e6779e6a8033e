import * as format from '#src/format.ts';
import { changesOf, officeProblems, type Change } from '#src/imports/changes.ts';
import type { Facts, Problem } from '#src/imports/fields.ts';
import { checkEarlierRows, type EarlierRows } from '#src/imports/file-checks.ts';
import { otherKelurahan } from '#src/imports/kelurahan.ts';
import { checkNewcomer } from '#src/imports/newcomers.ts';
import { planOf } from '#src/imports/planning.ts';
import {
  isRefusal,
  placeOf,
  type Fallback,
  type NewInstitution,
  type Place,
} from '#src/imports/places.ts';
import { positionOf, type Named } from '#src/imports/positions.ts';
import type { Register } from '#src/imports/register.ts';
import type { Holder, Roster } from '#src/imports/roster.ts';
import {
  isSame,
  takeActingSeat,
  takeSeat,
  type IdentifiedRow,
  type Taken,
} from '#src/imports/seating.ts';
import { checkStandIn, standInOn } from '#src/imports/standing-in.ts';
import { checkRow } from '#src/imports/row-checks.ts';
import { plain } from '#src/imports/type-names.ts';
import { nikWarnings } from '#src/people/rules.ts';
import type { Office } from '#src/roster-changes/eligibility.ts';

export const outcomes = ['new', 'changed', 'same', 'wrong'] as const;
export type Outcome = (typeof outcomes)[number];

/**
 * What applying a row does: nothing, facts of somebody in office, a first roster with those who stand in, or a proposal
 * to the lurah.
 */
export type PlanKind =
  'nothing' | 'facts' | 'first' | 'first_acting' | 'fill' | 'replace' | 'acting';
export type Plan = {
  kind: PlanKind;
  institutionId: number | null;
  fresh: NewInstitution | null;
  positionTypeId: number;
  /** Null for a seat that the file brings. */
  seatId: number | null;
  label: string | null;
  holder: { tenureId: number; personId: number; version: number } | null;
  /** Whoever leaves the seat once the lurah approves its new holder: the old one, or who stands in while it is vacant. */
  leaving: { tenureId: number; name: string; startOn: string } | null;
  /** The colleague who stands in, or whoever stood in and gets the seat. */
  personId: number | null;
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

/** What is known in the city of the person with the row's NIK, or of the colleague who stands in. */
export type KnownPerson = { personId: number; offices: Office[] };
export type FileContext = {
  roster: Roster;
  /** The name of the kelurahan that the file is imported for. */
  kelurahan: string;
  /** What tells the place of rows that do not tell it themselves. */
  fallback: Fallback;
  /** Seats that earlier rows of the file took, by the row that took them. */
  seats: Map<string, string>;
  /** People whom earlier rows of the file named; the id is of somebody in office. */
  people: Map<string, { where: string; personId: number | null }>;
  register: Register;
  earlier: EarlierRows;
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
  const foreign = otherKelurahan(row, context.kelurahan);
  if (foreign) return { outcome: 'wrong', details: { ...shown, problems: [foreign] } };
  const place = placeOf(row, context.roster, context.fallback);
  const position = isRefusal(place) ? place : positionOf(row.values.position, place);
  if (!isRefusal(place)) shown.institution = place.name;
  if (isRefusal(place) || isRefusal(position)) {
    const refusal = isRefusal(place) ? place : position;
    if (isRefusal(refusal)) shown.problems.push({ ...refusal, level: 'error' });
    shown.problems.push(...nikNotes(row, null, context.roster));
  } else {
    weigh(row, { shown, place, position, context, known });
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
  const taken = position.isActing
    ? takeActingSeat(row, place, position, context)
    : takeSeat(row, place, position, context);
  const colleague = recordedAs(row, taken, known);
  const plan = planOf(row, place, { ...taken, ...position, colleague });
  shown.plan = plan;
  shown.problems.push(...taken.problems, ...nikNotes(row, taken.holder ?? colleague, roster));
  const judged = { place, plan, positionName: shown.position, known };
  shown.problems.push(...checkEarlierRows(row, judged, context.earlier));
  if (taken.holder) {
    shown.changes = changesOf(taken.holder, row, plan.facts, roster);
    shown.problems.push(...officeProblems(taken.holder, row));
    if (shown.changes.length > 0) plan.kind = 'facts';
    return;
  }
  shown.problems.push(
    ...checkNewcomer(row, { place, plan, known, roster }),
    ...checkRow(row, { place, plan, register: context.register }),
  );
  if (position.isActing)
    shown.problems.push(...checkStandIn(row, { place, plan, seat: taken.seat }));
}

/** The officer whom the row may name without a NIK: the colleague who stands in, or whoever stood in and gets the seat. */
function recordedAs(row: IdentifiedRow, { seat }: Taken, known: KnownPerson | null): Holder | null {
  if (row.colleague) return row.colleague.personId === known?.personId ? row.colleague : null;
  const acting = known === null && seat?.holder === null ? standInOn(seat) : null;
  const isNamed = acting && plain(acting.facts.name) === plain(row.values.facts.name);
  return isNamed && isSame(acting, row) ? acting : null;
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
  return plan.kind === 'facts' || plan.kind === 'replace' ? 'changed' : 'new';
}
