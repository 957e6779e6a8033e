import { expect, test } from 'vitest';
import { addYears } from '#src/format.ts';
import { planKanigaran } from '../../../prisma/demo/plan.ts';
import type { PlannedInstitution, PlannedTenure } from '../../../prisma/demo/plan-types.ts';

const today = '2026-11-24';
const plans = planKanigaran(today);
const institutions = plans.flatMap((plan) => plan.institutions);
const tenures = institutions.flatMap((institution) =>
  institution.boards.flatMap((board) =>
    board.tenures.map((tenure) => ({ institution, board, tenure })),
  ),
);

const countOf = (type: string, list: PlannedInstitution[] = institutions) =>
  list.filter((institution) => institution.type === type).length;

test('Kecamatan Kanigaran has the institutions of the public figures', () => {
  const types = ['RT', 'RW', 'LPM', 'PKK', 'KARANG_TARUNA', 'POSYANDU', 'POKMAS'];
  expect(types.map((type) => countOf(type))).toEqual([260, 51, 6, 6, 6, 46, 15]);
  for (const plan of plans) {
    expect(['LPM', 'PKK', 'KARANG_TARUNA'].map((type) => countOf(type, plan.institutions))).toEqual(
      [1, 1, 1],
    );
  }
});

test('about 2,450 officers serve today', () => {
  const serving = tenures.filter(({ tenure }) => tenure.endedOn === null);
  expect(serving.length).toBeGreaterThan(2400);
  expect(serving.length).toBeLessThan(2500);
});

test('every RW has at least three RT, each within it', () => {
  for (const plan of plans) {
    for (const rw of plan.institutions.filter(({ type }) => type === 'RW')) {
      const rts = plan.institutions.filter(({ parent }) => parent === rw);
      expect(rts.length).toBeGreaterThanOrEqual(3);
      expect(rts.every(({ rwNumber }) => rwNumber === rw.rwNumber)).toBe(true);
    }
  }
});

test('the people do not depend on the day the demo is loaded', () => {
  const later = planKanigaran('2027-03-01').flatMap((plan) => plan.institutions);
  expect(peopleOf(later)).toEqual(peopleOf(institutions));
});

test('nobody holds two seats that the rules keep apart', () => {
  const exclusive = new Set(['RT', 'RW', 'LPM', 'KARANG_TARUNA', 'POSYANDU']);
  const byPerson = Map.groupBy(
    tenures.filter(({ tenure }) => tenure.kind !== 'acting'),
    ({ tenure }) => tenure.person,
  );
  for (const held of byPerson.values()) {
    for (const [index, one] of held.entries()) {
      for (const other of held
        .slice(index + 1)
        .filter(({ tenure }) => overlap(one.tenure, tenure))) {
        expect(other.institution).not.toBe(one.institution);
        expect(exclusive.has(one.institution.type) && exclusive.has(other.institution.type)).toBe(
          false,
        );
      }
    }
  }
});

test('some people hold an office beside another, where that is only warned about', () => {
  const serving = tenures.filter(
    ({ tenure }) => tenure.endedOn === null && tenure.kind !== 'acting',
  );
  const offices = Map.groupBy(serving, ({ tenure }) => tenure.person);
  expect([...offices.values()].filter((held) => held.length > 1).length).toBeGreaterThan(10);
});

test('a tenure lies within its board and a board within the years of its type', () => {
  for (const { institution, board, tenure } of tenures) {
    expect(tenure.startOn >= board.startsOn).toBe(true);
    expect((tenure.endedOn ?? tenure.plannedEndOn ?? '9999') > tenure.startOn).toBe(true);
    if (board.endsOn !== null) expect((tenure.plannedEndOn ?? '9999') <= board.endsOn).toBe(true);
    if (institution.type !== 'POKMAS')
      expect((board.endsOn ?? '') <= addYears(board.startsOn, 5)).toBe(true);
  }
});

test('officers of a Karang Taruna are at least 17 on their first day', () => {
  for (const { institution, tenure } of tenures) {
    if (institution.type !== 'KARANG_TARUNA' || tenure.person.birthDate === null) continue;
    expect(addYears(tenure.person.birthDate, 17) <= tenure.startOn).toBe(true);
  }
});

test('no decree number is given twice in a kelurahan and year, and numbers follow the dates', () => {
  for (const plan of plans) {
    const decrees = new Set(
      plan.institutions.flatMap(({ boards }) =>
        boards.flatMap((board) => [board.decree, ...board.tenures.map(({ decree }) => decree)]),
      ),
    );
    const numbers = [...decrees].map(({ number }) => number);
    expect(new Set(numbers).size).toBe(numbers.length);
    for (const { number, decreedOn } of decrees)
      expect(number).toMatch(new RegExp(`^188\\.45/\\d+/425\\.50[1-6]/${decreedOn.slice(0, 4)}$`));
  }
});

test('the lurah pages have something to say: terms that end soon, terms that ended, empty chairs, history', () => {
  const current = institutions.flatMap((institution) =>
    institution.boards.slice(-1).map((board) => ({ institution, board })),
  );
  const ends = current.map(({ board }) => board.endsOn ?? '9999');
  expect(ends.filter((end) => end > today && end <= '2027-02-22').length).toBeGreaterThan(8);
  expect(ends.filter((end) => end <= today).length).toBeGreaterThan(5);
  const emptyChairs = institutions.filter(
    (institution) => institution.boards.length > 0 && !hasChair(institution),
  );
  expect(emptyChairs.length).toBeGreaterThan(6);
  expect(institutions.filter(({ boards }) => boards.length > 1).length).toBeGreaterThan(150);
});

test('Pokmas Sinar Mulia is led by its secretary as acting chair', () => {
  const group = institutions.find(({ name }) => name === 'Pokmas Sinar Mulia');
  const held = group?.boards.at(-1)?.tenures ?? [];
  const acting = held.find(({ kind }) => kind === 'acting');
  expect(acting?.seat.position).toBe('chair');
  expect(held.find(({ seat }) => seat.position === 'secretary')?.person).toBe(acting?.person);
  expect(
    held.find(({ seat, kind }) => seat.position === 'chair' && kind === 'definitive')?.endReason,
  ).toBe('resigned');
});

const peopleOf = (list: PlannedInstitution[]) =>
  list.flatMap(({ boards }) =>
    boards.flatMap((board) => board.tenures.map(({ person }) => person)),
  );

const hasChair = ({ boards }: PlannedInstitution) =>
  boards
    .at(-1)
    ?.tenures.some(
      ({ seat, endedOn, kind }) =>
        seat.position === 'chair' && endedOn === null && kind !== 'acting',
    );

const endOf = ({ endedOn, plannedEndOn }: PlannedTenure) => endedOn ?? plannedEndOn ?? '9999';

const overlap = (one: PlannedTenure, other: PlannedTenure) =>
  one.startOn < endOf(other) && other.startOn < endOf(one);
