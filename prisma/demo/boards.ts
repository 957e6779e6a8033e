import { term as termLabel } from '#src/format.ts';
import type { Office } from './kanigaran.ts';
import type { DemoPerson, PeopleMaker, Wish } from './people.ts';
import type {
  PlannedBoard,
  PlannedDecree,
  PlannedInstitution,
  PlannedTenure,
} from './plan-types.ts';
import type { Random } from './random.ts';
import type { DemoSeat, TypeCode } from './seats.ts';
import type { Term } from './terms.ts';

export type Kelurahan = {
  office: Office;
  random: Random;
  makePerson: PeopleMaker;
  decrees: DecreeBook;
};

/** One decree for each thing that is decided on a day; asking again answers the same one. */
export type DecreeBook = (decreedOn: string, about: string) => PlannedDecree;

/** A board with somebody on (nearly) every seat. `known` are people who may hold this office beside another. */
export function boardOf(
  kelurahan: Kelurahan,
  institution: PlannedInstitution,
  term: Term,
  known: readonly DemoPerson[],
): PlannedBoard {
  const decree = kelurahan.decrees(term.startsOn, aboutBoard(kelurahan.office, institution, term));
  const board: PlannedBoard = { ...term, decree, tenures: [] };
  for (const seat of institution.seats) {
    const person = personFor(kelurahan, institution, { seat, board, known });
    if (kelurahan.random.chance(vacant[institution.type]) && seat.position !== 'chair') continue;
    board.tenures.push(tenureOf(institution, board, { seat, person }));
  }
  return board;
}

/** The board before `later`: some of its people stayed, most did not. */
export function earlierBoardOf(
  kelurahan: Kelurahan,
  institution: PlannedInstitution,
  term: Term,
  later: PlannedBoard,
): PlannedBoard {
  const decree = kelurahan.decrees(term.startsOn, aboutBoard(kelurahan.office, institution, term));
  const board: PlannedBoard = { ...term, decree, tenures: [] };
  for (const seat of institution.seats) {
    const successor = later.tenures.find((tenure) => tenure.seat === seat)?.person;
    const stayed = kelurahan.random.chance(0.35) ? successor : undefined;
    const person =
      stayed ?? kelurahan.makePerson(wishFor(kelurahan, institution, seat, [1950, 1984]));
    const tenure = tenureOf(institution, board, { seat, person });
    board.tenures.push({ ...tenure, endedOn: term.endsOn, endReason: 'new_board' });
  }
  return board;
}

type Appointment = { seat: DemoSeat; person: DemoPerson };

function tenureOf(
  { type }: PlannedInstitution,
  board: PlannedBoard,
  { seat, person }: Appointment,
): PlannedTenure {
  return {
    seat,
    person,
    startOn: board.startsOn,
    plannedEndOn: plannedEnd(type, board, seat),
    endedOn: null,
    endReason: null,
    kind: 'definitive',
    decree: board.decree,
    endingDecree: null,
  };
}

/** The chair of the PKK stays as long as the lurah; the others serve five years (Permendagri 36/2020 Pasal 18). */
function plannedEnd(
  type: TypeCode,
  { startsOn, endsOn }: PlannedBoard,
  seat: DemoSeat,
): string | null {
  if (type !== 'PKK' || seat.position === 'chair') return endsOn;
  return `${Number(startsOn.slice(0, 4)) + 5}${startsOn.slice(4)}`;
}

type Opening = { seat: DemoSeat; board: PlannedBoard; known: readonly DemoPerson[] };

function personFor(
  kelurahan: Kelurahan,
  institution: PlannedInstitution,
  { seat, board, known }: Opening,
): DemoPerson {
  const { random } = kelurahan;
  if (seat.position !== 'chair' && random.chance(doubling[institution.type])) {
    const person = random.pick(known);
    if (board.tenures.every((tenure) => tenure.person !== person)) return person;
  }
  return kelurahan.makePerson(wishFor(kelurahan, institution, seat));
}

function wishFor(
  { office, random }: Kelurahan,
  institution: PlannedInstitution,
  seat: DemoSeat,
  born: Wish['born'] = birthYears[institution.type],
): Wish {
  const rwNumber = institution.rwNumber ?? random.between(1, office.rtOfRw.length);
  const rtNumber = institution.rtNumber ?? random.between(1, office.rtOfRw[rwNumber - 1] ?? 1);
  const spouse = office.headSex === 'male' ? 1 : 0;
  const women =
    institution.type === 'PKK' && seat.position === 'chair'
      ? spouse
      : womenOf(institution.type, seat);
  return { women, born, home: { street: random.pick(office.streets), rtNumber, rwNumber } };
}

function womenOf(type: TypeCode, { position }: DemoSeat): number {
  const keepsPapers = position === 'secretary' || position === 'treasurer';
  return keepsPapers ? women[type].papers : women[type].others;
}

const women: Record<TypeCode, { papers: number; others: number }> = {
  RT: { papers: 0.38, others: 0.12 },
  RW: { papers: 0.32, others: 0.1 },
  LPM: { papers: 0.35, others: 0.18 },
  PKK: { papers: 1, others: 0.99 },
  KARANG_TARUNA: { papers: 0.6, others: 0.3 },
  POSYANDU: { papers: 0.99, others: 0.96 },
  POKMAS: { papers: 0.5, others: 0.3 },
};

/** Karang Taruna: at least 17 on the first day of the earliest term (Permensos 25/2019). */
const birthYears: Record<TypeCode, [number, number]> = {
  RT: [1955, 1993],
  RW: [1953, 1986],
  LPM: [1957, 1988],
  PKK: [1966, 1994],
  KARANG_TARUNA: [1986, 2003],
  POSYANDU: [1968, 1999],
  POKMAS: [1966, 1994],
};

const vacant: Record<TypeCode, number> = {
  RT: 0.014,
  RW: 0.012,
  LPM: 0.03,
  PKK: 0.02,
  KARANG_TARUNA: 0.035,
  POSYANDU: 0.014,
  POKMAS: 0,
};

/** How often an office is held by somebody who has another; the database forbids it between RT, RW, LPM, and so on. */
const doubling: Record<TypeCode, number> = {
  RT: 0,
  RW: 0,
  LPM: 0,
  PKK: 0.2,
  KARANG_TARUNA: 0,
  POSYANDU: 0,
  POKMAS: 0.25,
};

function aboutBoard(
  { name, rtOfRw }: Office,
  institution: PlannedInstitution,
  { startsOn, endsOn }: Term,
): string {
  const years = endsOn === null ? '' : ` Masa Bakti ${termLabel(startsOn, endsOn)}`;
  const { parent, rwNumber } = institution;
  const last = String(rtOfRw[(rwNumber ?? 1) - 1] ?? 1).padStart(3, '0');
  const whom = parent ? `RT 001 sampai RT ${last} di Lingkungan ${parent.name}` : institution.name;
  return `Penetapan Pengurus ${whom} Kelurahan ${name}${years}`;
}
