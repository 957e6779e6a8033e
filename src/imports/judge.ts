import * as format from '#src/format.ts';
import type { Facts, Problem, ReadRow } from '#src/imports/fields.ts';
import {
  isRefusal,
  placeOf,
  plain,
  positionOf,
  type NewInstitution,
  type Place,
} from '#src/imports/places.ts';
import { boundBy } from '#src/institution-rules/rules.ts';
import { distance } from '#src/imports/names.ts';
import type { Holder, Position, Roster, Seat } from '#src/imports/roster.ts';
import { labelOf } from '#src/people/rules.ts';
import { checkAppointment, type Office } from '#src/roster-changes/rules.ts';

export const outcomes = ['new', 'changed', 'same', 'wrong'] as const;
export type Outcome = (typeof outcomes)[number];

export type Change = { label: string; before: string | null; after: string };
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
  /** Seats and people that earlier rows of the file took, by the row that took them. */
  seats: Map<string, string>;
  people: Map<string, string>;
};

export function judge(
  row: ReadRow & { nikHex: string | null; where: string },
  context: FileContext,
  known: KnownPerson | null,
): Verdict {
  const problems = [...row.problems];
  const { facts, position: positionText } = row.values;
  const shown: Details = {
    institution: [row.values.institutionType, row.values.institution].filter(Boolean).join(' '),
    position: positionText,
    name: format.personName(facts),
    phone: facts.phone,
    problems,
    changes: [],
    plan: null,
  };
  const place = placeOf(row, context.roster, context.fallback);
  if (isRefusal(place)) problems.push({ ...place, level: 'error' });
  else {
    shown.institution = place.name;
    const found = positionOf(positionText, place);
    if (isRefusal(found)) problems.push({ ...found, level: 'error' });
    else {
      shown.position = found.seatName;
      const taken = takeSeat(row, place, found, context);
      problems.push(...taken.problems);
      shown.plan = planOf(row, place, { ...taken, ...found });
      shown.changes = taken.isHolder
        ? changesOf(taken.seat?.holder ?? null, row, context.roster, problems)
        : [];
      if (shown.plan.kind === 'nothing' && shown.changes.length > 0) shown.plan.kind = 'facts';
      if (shown.plan.kind !== 'nothing' && shown.plan.kind !== 'facts')
        problems.push(
          ...checkNewcomer(row, {
            place,
            plan: shown.plan,
            known,
            roster: context.roster,
            holder: taken.seat?.holder ?? null,
          }),
        );
    }
  }
  return { outcome: outcomeOf(shown), details: shown };
}

function outcomeOf({ problems, plan }: Details): Outcome {
  if (plan === null || problems.some(({ level }) => level === 'error')) return 'wrong';
  if (plan.kind === 'nothing') return 'same';
  return plan.kind === 'first' || plan.kind === 'fill' ? 'new' : 'changed';
}

type Named = { position: Position; label: string | null; seatName: string };
type Taken = { seat: Seat | null; isHolder: boolean; problems: Problem[] };

/** The seat of the row: the one its person holds, else one of the position that is free, else the position's first. */
function takeSeat(
  row: ReadRow & { nikHex: string | null; where: string },
  place: Place,
  { position, label, seatName }: Named,
  { seats: takenSeats, people }: FileContext,
): Taken {
  const key = place.institution
    ? `${place.institution.id}`
    : `${place.type.id} ${plain(place.name)}`;
  const all =
    place.institution?.seats.filter(({ positionTypeId }) => positionTypeId === position.id) ?? [];
  const named = all.filter(({ name }) => plain(name) === plain(seatName));
  const candidates =
    label === null && named.length > 0 && all.length > 1 && !/^\D+$/.test(seatName)
      ? named
      : label === null
        ? all
        : named;
  const isFree = ({ id }: Seat) => !takenSeats.has(`seat ${id}`);
  const own = candidates.find((seat) => isFree(seat) && seat.holder && isSame(seat.holder, row));
  const seat =
    own ??
    candidates.find((one) => isFree(one) && one.holder === null) ??
    candidates.find(isFree) ??
    null;
  const problems: Problem[] = [];
  const person =
    row.nikHex ?? `${plain(row.values.facts.name)} ${row.values.facts.birthDate ?? ''}`;
  const earlier = people.get(`${key} ${person}`);
  if (earlier)
    problems.push({
      field: 'name',
      level: 'error',
      message: `Orang ini sudah ada di ${earlier}. Satu orang memegang satu jabatan dalam satu lembaga`,
    });
  else people.set(`${key} ${person}`, row.where);
  const fixed = candidates[0] ?? null;
  const slot = seat ? `seat ${seat.id}` : `${key} ${position.id} ${plain(label ?? '')}`;
  // Seats that the file brings are as many as it names; a position with fixed seats has no more than those.
  const full =
    seat === null &&
    position.seats > 0 &&
    (fixed !== null || takenTimes(takenSeats, slot) >= position.seats);
  if (full) {
    const first = takenSeats.get(fixed ? `seat ${fixed.id}` : `${slot} 1`) ?? 'baris lain';
    problems.push({
      field: 'position',
      level: 'error',
      message: `${position.name} ${place.name} sudah diisi ${first}. Periksa jabatan atau lembaganya`,
    });
  } else if (seat) takenSeats.set(slot, row.where);
  else takenSeats.set(`${slot} ${takenTimes(takenSeats, slot) + 1}`, row.where);
  return { seat, isHolder: own !== undefined, problems };
}

function takenTimes(seats: Map<string, string>, slot: string): number {
  let times = 0;
  while (seats.has(`${slot} ${times + 1}`)) times += 1;
  return times;
}

/** The same NIK; or, where one of the two has none, nearly the same name and no other birth date. */
function isSame(
  holder: Holder,
  { values, nikHex }: { values: ReadRow['values']; nikHex: string | null },
): boolean {
  if (holder.nikHex !== null && nikHex !== null) return holder.nikHex === nikHex;
  const { name, birthDate } = values.facts;
  const sameBirth =
    holder.facts.birthDate === null || birthDate === null || holder.facts.birthDate === birthDate;
  return sameBirth && distance(plain(holder.facts.name), plain(name)) <= 2;
}

function planOf(row: ReadRow, place: Place, taken: Taken & Named): Plan {
  const { values } = row;
  const startOn = values.startOn ?? values.decreedOn;
  const years = termYears(place, startOn);
  const lastDay =
    values.lastDay ??
    (startOn && years !== null ? format.lastDay(format.addYears(startOn, years)) : null);
  const holder = taken.seat?.holder ?? null;
  const isFirst = !place.institution?.hasRoster;
  return {
    kind: taken.isHolder ? 'nothing' : isFirst ? 'first' : holder ? 'replace' : 'fill',
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
    facts: values.facts,
    startOn,
    endsOn: lastDay && format.addDays(lastDay, 1),
    decreeNumber: values.decreeNumber,
    decreedOn: values.decreedOn,
  };
}

const labels: [keyof Facts, string][] = [
  ['frontTitle', 'Gelar depan'],
  ['name', 'Nama'],
  ['backTitle', 'Gelar belakang'],
  ['sex', 'Jenis kelamin'],
  ['birthPlace', 'Tempat lahir'],
  ['birthDate', 'Tanggal lahir'],
  ['address', 'Alamat'],
  ['rtNumber', 'RT'],
  ['rwNumber', 'RW'],
  ['phone', 'Nomor HP'],
  ['educationLevel', 'Pendidikan'],
  ['occupation', 'Pekerjaan'],
];

/** What the row says otherwise of somebody in office; an empty cell says nothing. */
function changesOf(
  holder: Holder | null,
  row: ReadRow & { nikHex: string | null },
  roster: Roster,
  problems: Problem[],
): Change[] {
  if (!holder) return [];
  const changes = labels.flatMap(([field, label]) => {
    const [before, after] = [holder.facts[field], row.values.facts[field]];
    if (after === null || before === after) return [];
    return [
      {
        label,
        before: before === null ? null : inWords(field, before, roster),
        after: inWords(field, after, roster),
      },
    ];
  });
  if (row.nikHex !== null && holder.nikHex === null)
    changes.push({ label: 'NIK', before: null, after: 'diisi' });
  const { startOn, lastDay } = row.values;
  if (changes.length === 0 && !startOn && !lastDay) return changes;
  if (problems.some(({ field, level }) => field === 'nik' && level === 'error')) return changes;
  return changes;
}

function inWords(field: keyof Facts, value: string | number, { lists }: Roster): string {
  if (field === 'birthDate') return format.shortDate(String(value));
  if (field === 'phone') return format.phone(String(value));
  if (field === 'sex') return value === 'female' ? 'Perempuan' : 'Laki-laki';
  if (field === 'educationLevel') return labelOf(lists.education, Number(value)) ?? '';
  if (field === 'occupation') return labelOf(lists.occupations, Number(value)) ?? '';
  return String(value);
}

type Newcomer = {
  place: Place;
  plan: Plan;
  known: KnownPerson | null;
  roster: Roster;
  holder: Holder | null;
};

/** Whoever takes a seat needs what the database asks of them, a decree for a first roster, and no rule in the way. */
function checkNewcomer(
  row: ReadRow & { nikHex: string | null },
  { place, plan, known, roster, holder }: Newcomer,
): Problem[] {
  const problems: Problem[] = [];
  const { facts } = row.values;
  const need = (field: Problem['field'], isThere: unknown, message: string) => {
    if (!isThere && !row.problems.some((problem) => problem.field === field))
      problems.push({ field, message, level: 'error' });
  };
  need('sex', facts.sex, sexHint(row.nik));
  if (plan.kind === 'first') {
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
  if (row.nikHex === null && !row.problems.some(({ field }) => field === 'nik'))
    problems.push({
      field: 'nik',
      message: 'NIK belum diisi; rangkap jabatan tidak dapat diperiksa',
      level: 'note',
    });
  const position = place.type.positions.find(({ id }) => id === plan.positionTypeId);
  const seat = place.institution?.seats.find(({ id }) => id === plan.seatId);
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
    {
      institutionId: plan.institutionId ?? 0,
      positionTypeId: plan.positionTypeId,
      institutionTypeId: place.type.id,
      isChair: position?.isChair ?? false,
      field: seat?.field ?? null,
      kind: plan.kind === 'first' ? 'definitive' : 'midterm',
      startOn: plan.startOn ?? format.today(),
      endOn: plan.endsOn,
      endingTenureIds: holder ? [holder.tenureId] : [],
    },
    place.type.rules,
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

/** How long a term of this type lasts that starts on the day, or null where no rule says. */
const termYears = ({ type }: Place, startOn: string | null) =>
  boundBy(type.rules, 'term_years', startOn ?? format.today())?.value ?? null;

/** A NIK tells the sex; it is offered, never filled in. */
function sexHint(nik: string | null): string {
  if (nik === null) return 'Isi L atau P di kolom L/P';
  return `Isi L/P. Menurut NIK: ${Number(nik.slice(6, 8)) > 40 ? 'P' : 'L'}`;
}
