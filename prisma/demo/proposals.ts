import { addDays } from '#src/format.ts';
import type { Kelurahan } from './boards.ts';
import { holderOf, sinceBoardsBegan } from './events.ts';
import type { DemoPerson, Wish } from './people.ts';
import type {
  PlannedChange,
  PlannedDecision,
  PlannedInstitution,
  PlannedKelurahan,
  PlannedTenure,
} from './plan-types.ts';

/** Where proposals are made: a kelurahan with its boards, and the day. */
export type Desk = { kelurahan: Kelurahan; plan: PlannedKelurahan; today: string };

type Proposal = {
  name: string;
  position: string;
  number?: number;
  maker: string;
  daysAgo: number;
  reason: string;
};

/** The seat is vacant for the proposal, whoever the dice put there. */
export function fillOf(desk: Desk, proposal: Proposal): PlannedChange {
  const institution = find(desk, proposal.name);
  const seat = getSeat(institution, proposal.position, proposal.number ?? 1);
  const board = getBoard(institution);
  board.tenures = board.tenures.filter((tenure) => tenure.seat !== seat);
  return {
    institution,
    kind: 'fill',
    seat,
    maker: proposal.maker,
    outgoing: null,
    endReason: null,
    decision: null,
    ...datesOf(desk, proposal),
    reason: proposal.reason,
    candidate: newcomer(desk, institution, seat.position),
  };
}

export function replaceOf(desk: Desk, proposal: Proposal & { endReason: string }): PlannedChange {
  const institution = find(desk, proposal.name);
  const outgoing = getHolder(institution, proposal.position);
  return {
    institution,
    kind: 'replace',
    seat: outgoing.seat,
    maker: proposal.maker,
    outgoing,
    decision: null,
    ...datesOf(desk, proposal),
    reason: proposal.reason,
    endReason: proposal.endReason,
    candidate: newcomer(desk, institution, proposal.position),
  };
}

/** A replacement that was approved: the roster shows the successor, who serves the remainder of the term (PAW). */
export function replaceApproved(
  desk: Desk,
  proposal: Proposal & { endReason: string; lurah: string },
): PlannedChange {
  const change = replaceOf(desk, proposal);
  const { institution, outgoing, candidate } = change;
  if (!outgoing || !candidate) throw new Error(`Nobody to replace in ${institution.name}`);

  const on = workday(addDays(change.submittedOn, 3));
  const decree = desk.kelurahan.decrees(
    on,
    `Penggantian Antarwaktu Pengurus ${institution.name} Kelurahan ${desk.plan.office.name}`,
  );
  Object.assign(outgoing, {
    endedOn: change.effectiveOn,
    endReason: change.endReason,
    endingDecree: decree,
  });
  getBoard(institution).tenures.push({
    ...outgoing,
    person: candidate,
    startOn: change.effectiveOn,
    kind: 'midterm',
    decree,
    endedOn: null,
    endReason: null,
    endingDecree: null,
  });
  institution.rosterVersion += 1;
  return decided(change, { by: proposal.lurah, outcome: 'approved', on, decree, note: null });
}

/** The candidate already serves an RT: the checks of the lurah's page have something to say. */
export function newYouthChair(desk: Desk, maker: string): PlannedChange {
  const institution = find(desk, `Karang Taruna ${desk.plan.office.karangTaruna}`);
  const outgoing = getHolder(institution, 'chair');
  const officers = desk.plan.institutions
    .filter(({ type }) => type === 'RT')
    .flatMap((rt) => getBoard(rt).tenures);
  const candidate = officers.find(
    ({ person, endedOn }) =>
      endedOn === null && isComplete(person) && (person.birthDate ?? '') >= '1986',
  )?.person;
  if (!candidate) throw new Error('No young officer of an RT');
  return {
    institution,
    kind: 'replace',
    seat: outgoing.seat,
    maker,
    outgoing,
    candidate,
    decision: null,
    ...datesOf(desk, { daysAgo: 1 }),
    reason: 'Ketua mendapat tugas di luar daerah; hasil temu karya Karang Taruna Tunas Harapan.',
    endReason: 'other_duty',
  };
}

export const decided = (change: PlannedChange, decision: PlannedDecision): PlannedChange => ({
  ...change,
  decision,
});

function datesOf({ today }: Desk, { daysAgo }: { daysAgo: number }) {
  return {
    submittedOn: workday(addDays(today, -daysAgo)),
    effectiveOn: sinceBoardsBegan(addDays(today, 5 - daysAgo)),
  };
}

/** The office is closed on Saturday and Sunday. */
export function workday(day: string): string {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
  if (weekday === 0) return addDays(day, -2);
  return weekday === 6 ? addDays(day, -1) : day;
}

/** A new person of whom everything is known. */
function newcomer(
  { kelurahan }: Desk,
  institution: PlannedInstitution,
  position: string,
): DemoPerson {
  const women = institution.type === 'POSYANDU' ? 1 : position === 'secretary' ? 0.5 : 0;
  const home = {
    street: kelurahan.random.pick(kelurahan.office.streets),
    rtNumber: institution.rtNumber ?? 1,
    rwNumber: institution.rwNumber ?? 2,
  };
  const wish: Wish = { women, born: [1974, 1992], home };
  for (;;) {
    const person = kelurahan.makePerson(wish);
    if (isComplete(person)) return person;
  }
}

const isComplete = (person: DemoPerson) =>
  Object.entries(person).every(([name, value]) => value !== null || name.endsWith('Title'));

export function find({ plan }: Desk, name: string): PlannedInstitution {
  const institution = plan.institutions.find((one) => one.name === name);
  if (!institution) throw new Error(`There is no ${name}`);
  return institution;
}

function getBoard(institution: PlannedInstitution) {
  const board = institution.boards.at(-1);
  if (!board) throw new Error(`${institution.name} has no board`);
  return board;
}

function getSeat({ seats, name }: PlannedInstitution, position: string, number: number) {
  const seat = seats.find((one) => one.position === position && one.number === number);
  if (!seat) throw new Error(`${name} has no seat ${position} ${number}`);
  return seat;
}

/** Whoever sits on the first seat of a position; dice that left it vacant would show at once. */
export function getHolder(institution: PlannedInstitution, position: string): PlannedTenure {
  const holder = holderOf(institution, position);
  if (!holder) throw new Error(`Nobody is ${position} of ${institution.name}`);
  return holder;
}
