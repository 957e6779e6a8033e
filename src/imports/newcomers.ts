import * as format from '#src/format.ts';
import type { Problem } from '#src/imports/fields.ts';
import type { KnownPerson, Plan, PlanKind } from '#src/imports/judge.ts';
import type { Place } from '#src/imports/places.ts';
import type { Roster } from '#src/imports/roster.ts';
import type { IdentifiedRow } from '#src/imports/seating.ts';
import { endOfStandIn } from '#src/imports/standing-in.ts';
import { checkTermNumber } from '#src/imports/term-numbers.ts';
import { boundBy, type RuleKind, type WordedRule } from '#src/institution-rules/rules.ts';
import { labelOf } from '#src/people/rules.ts';
import { checkAppointment, type Appointment } from '#src/roster-changes/eligibility.ts';
import { serviceField } from '#src/roster-changes/office-checks.ts';

type Newcomer = {
  place: Place;
  plan: Plan;
  known: KnownPerson | null;
  roster: Roster;
};

/** Whoever takes a seat needs what the database asks of them, a decree for a first roster, and no rule in the way. */
export function checkNewcomer(
  row: IdentifiedRow,
  { place, plan, known, roster }: Newcomer,
): Problem[] {
  const problems: Problem[] = [];
  const { facts } = plan;
  const need = (field: Problem['field'], isThere: unknown, message: string) => {
    if (!isThere && !row.problems.some((problem) => problem.field === field))
      problems.push({ field, message, level: 'error' });
  };
  need(row.sexField, facts.sex, sexHint(row));
  if (plan.kind === 'first' || plan.kind === 'first_acting') {
    need('decreeNumber', plan.decreeNumber, 'Isi No SK. Pengurus pertama sebuah lembaga perlu SK');
    need('decreedOn', plan.decreedOn, 'Isi Tanggal SK, contoh 7 Mei 2025');
    need('startOn', plan.startOn, 'Isi tanggal Mulai, contoh 7 Mei 2025');
  }
  if (plan.startOn && plan.endsOn && plan.endsOn <= plan.startOn)
    problems.push({
      field: 'endOn',
      message: 'Tanggal selesai tidak sesudah tanggal mulai',
      level: 'error',
    });
  const years = termYears(place, plan.startOn);
  if (
    plan.kind === 'first' &&
    plan.startOn &&
    plan.endsOn &&
    years !== null &&
    plan.endsOn > format.addYears(plan.startOn, years)
  )
    problems.push({
      field: 'endOn',
      message: `Masa bakti ${place.type.shortName} paling lama ${years} tahun. Periksa tanggal mulai dan selesai`,
      level: 'error',
    });
  if (row.nikHex === null && !known && !row.problems.some(({ field }) => field === 'nik'))
    problems.push({
      field: 'nik',
      message: 'NIK belum diisi; rangkap jabatan tidak dapat diperiksa',
      level: 'note',
    });
  const position = place.type.positions.find(({ id }) => id === plan.positionTypeId);
  const seat = place.institution?.seats.find(({ id }) => id === plan.seatId);
  const appointment: Appointment = {
    institutionId: plan.institutionId ?? 0,
    positionTypeId: plan.positionTypeId,
    institutionTypeId: place.type.id,
    isChair: position?.isChair ?? false,
    field: seat ? seat.field : serviceField(plan.label),
    kind: tenureKinds[plan.kind] ?? 'midterm',
    startOn: plan.startOn ?? format.today(),
    endOn: tenureKinds[plan.kind] === 'acting' ? endOfStandIn(place, plan) : plan.endsOn,
    endingTenureIds: plan.leaving ? [plan.leaving.tenureId] : [],
  };
  problems.push(...checkTermNumber(row.values, { place, known, appointment }));
  const checks = checkAppointment(
    {
      name: facts.name,
      hasNik: true,
      birthDate: facts.birthDate,
      educationRank:
        facts.educationLevel === null
          ? null
          : (roster.lists.ranks.get(facts.educationLevel) ?? null),
      educationLabel:
        facts.educationLevel === null
          ? null
          : labelOf(roster.lists.education, facts.educationLevel),
      reviewFlag:
        facts.occupation === null ? null : (roster.lists.flagged.get(facts.occupation) ?? null),
      nikWarnings: [],
      offices: known?.offices ?? [],
    },
    appointment,
    askableOf(row, place.type.rules),
  );
  for (const { tone, title, note } of checks)
    if (tone !== 'good')
      problems.push({
        field: 'name',
        message: note ? `${title}. ${note}` : title,
        level: tone === 'bad' ? 'error' : 'note',
      });
  return problems;
}

const tenureKinds: Partial<Record<PlanKind, Appointment['kind']>> = {
  first: 'definitive',
  first_acting: 'acting',
  acting: 'acting',
};

/** How long a term of this type lasts that starts on the day, or null where no rule says. */
export const termYears = ({ type }: Place, startOn: string | null) =>
  boundBy(type.rules, 'term_years', startOn ?? format.today())?.value ?? null;

/** A NIK tells the sex; it is offered, never filled in. */
function sexHint({ nik, sexField }: IdentifiedRow): string {
  const isTicked = sexField !== 'sex';
  if (nik === null) return isTicked ? 'Beri tanda di kolom L atau P' : 'Isi L atau P di kolom L/P';
  const told = `Menurut NIK: ${Number(nik.slice(6, 8)) > 40 ? 'P' : 'L'}`;
  return isTicked ? `Beri tanda di kolom L atau P. ${told}` : `Isi L/P. ${told}`;
}

/** Of a cell that cannot be read a rule asks nothing: what it tells is told already. */
const askableOf = ({ problems }: IdentifiedRow, rules: readonly WordedRule[]) =>
  rules.filter(
    ({ kind }) =>
      !problems.some(({ field, level }) => level === 'error' && askedBy[kind]?.test(field)),
  );
const askedBy: Partial<Record<RuleKind, RegExp>> = {
  education: /^education/,
  minimum_age: /^birth(Date)?$/,
  maximum_age: /^birth(Date)?$/,
};
