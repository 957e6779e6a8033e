import { expect, test } from 'vitest';
import type { RosterRow } from '#src/officers/repository.ts';
import { organisationChart, rosterLines } from '#src/officers/rules.ts';

const seat = (given: Partial<RosterRow>): RosterRow => ({
  seatId: 1,
  seatName: 'Ketua',
  positionTypeId: 1,
  positionName: 'Ketua',
  isChair: false,
  required: true,
  personId: 7,
  personName: 'H. Siti, S.Pd., M.Si.',
  phone: null,
  sex: 'female',
  kind: 'definitive',
  startOn: '2025-05-07',
  endOn: '2030-05-07',
  overdue: false,
  decreeNumber: null,
  decreedOn: null,
  exception: null,
  ...given,
});
const chair = seat({ isChair: true });
const vacant = { personId: null, personName: null, kind: null };

test('an acting chair stands in the chart with Plt.', () => {
  expect(
    organisationChart([seat({ isChair: true, kind: 'acting', personName: "Ma'ruf" })])?.name,
  ).toBe("Plt. Ma'ruf");
});

test('a vacant seat of the chart has no name', () => {
  const chart = organisationChart([
    chair,
    seat({ seatId: 2, positionTypeId: 2, seatName: 'Bendahara', ...vacant }),
  ]);
  expect(chart?.children).toEqual([{ position: 'Bendahara', name: null, children: [] }]);
});

test('several seats of one position stand under its name', () => {
  const sections = ['Keamanan', 'Kebersihan'].map((name, index) =>
    seat({
      seatId: 10 + index,
      positionTypeId: 5,
      positionName: 'Bidang/Seksi',
      seatName: `Seksi ${name}`,
    }),
  );
  const chart = organisationChart([chair, ...sections]);
  expect(chart?.children[0]).toMatchObject({ position: 'Bidang/Seksi', name: '2 kursi' });
  expect(chart?.children[0]?.children.map(({ position }) => position)).toEqual([
    'Seksi Keamanan',
    'Seksi Kebersihan',
  ]);
});

test('eleven sections stand in columns of four', () => {
  const sections = Array.from({ length: 11 }, (_, index) =>
    seat({
      seatId: 10 + index,
      positionTypeId: 5,
      positionName: 'Bidang',
      seatName: `Bidang ${index}`,
    }),
  );
  const columns = organisationChart([chair, ...sections])?.children ?? [];
  expect(columns.map(({ name, children }) => [name, children.length])).toEqual([
    ['Kursi 1–4', 4],
    ['Kursi 5–8', 4],
    ['Kursi 9–11', 3],
  ]);
});

test('two holders of one seat share its box', () => {
  const chart = organisationChart([
    chair,
    seat({ isChair: true, kind: 'acting', personId: 8, personName: 'Rudi' }),
  ]);
  expect(chart?.name).toBe('H. Siti, S.Pd., M.Si. / Plt. Rudi');
});

test('without a chair’s seat there is no chart', () => {
  expect(organisationChart([seat({})])).toBeNull();
});

test('a term that ran out without a successor is marked', () => {
  expect(rosterLines([seat({ overdue: true, kind: 'midterm' })])[0]?.badges).toEqual([
    { label: 'PAW' },
    { label: 'Habis, belum diganti', tone: 'warn' },
  ]);
});
