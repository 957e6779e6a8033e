import fc from 'fast-check';
import { expect, test } from 'vitest';
import { actorFor, systemActor } from '#src/access.ts';
import { asActor, type Transaction } from '#src/database.ts';
import { prismaDate } from '#src/format.ts';
import { isUnavailable, violates } from '#src/http/database-errors.ts';
import { indexNik, sealNik } from '#src/people/nik.ts';
import { findUsableAccount } from '#src/sessions/repository.ts';
import {
  makeAccount,
  makeDecree,
  makeInstitution,
  makeKelurahan,
  makePerson,
  seatOf,
  syntheticNik,
  unique,
} from '../support/fixtures.ts';
import { until } from '../support/installation.ts';
import { inTransaction, rowsOf } from '../support/superuser.ts';

/** What the database holds by itself, whoever writes (model.md, "What the database itself must hold"). */

const asTests = <Result>(work: (tx: Transaction) => Promise<Result>) =>
  asActor(systemActor('tests'), work);

async function expectViolation(constraint: string, work: (tx: Transaction) => Promise<unknown>) {
  const error = await asTests(work).then(
    () => new Error('nothing was refused'),
    (reason: unknown) => reason,
  );
  expect(violates(error, constraint), `${constraint}: ${String(error)}`).toBe(true);
  expect(violates(error, 'people_one_per_phone')).toBe(false);
}

type Seat = Awaited<ReturnType<typeof seatOf>>;
type TenureData = Parameters<Transaction['tenure']['create']>[0]['data'];

const tenureOf = (seat: Seat, personId: number, given: Partial<TenureData> = {}) =>
  ({
    kelurahanId: seat.kelurahanId,
    institutionId: seat.institutionId,
    institutionTypeId: seat.institutionTypeId,
    positionTypeId: seat.positionTypeId,
    seatId: seat.id,
    personId,
    startOn: prismaDate('2025-05-07'),
    plannedEndOn: prismaDate('2030-05-07'),
    ...given,
  }) as Parameters<Transaction['tenure']['create']>[0]['data'];

const sitsDown =
  (seat: Seat, personId: number, given: Partial<TenureData> = {}) =>
  (tx: Transaction) =>
    tx.tenure.create({ data: tenureOf(seat, personId, given), select: { id: true } });

async function makeOffice(typeCode = 'RT', kelurahanId?: number) {
  const place = kelurahanId ?? (await makeKelurahan()).id;
  const institution = await makeInstitution({ kelurahanId: place, typeCode });
  const chair = await seatOf(institution.id, 'chair');
  const secretary = await seatOf(institution.id, 'secretary');
  return { kelurahanId: place, institution, chair, secretary };
}

const day = prismaDate;

test('1: a seat has one holder at a time, and one acting holder beside them', async () => {
  const { chair } = await makeOffice('POKMAS');
  const people = await Promise.all(Array.from({ length: 4 }, () => makePerson()));
  const [first, second, third, fourth] = people.map(({ id }) => id) as [
    number,
    number,
    number,
    number,
  ];
  await asTests(sitsDown(chair, first));
  await expectViolation('tenures_one_holder_per_seat', sitsDown(chair, second));
  await expectViolation(
    'tenures_one_holder_per_seat',
    sitsDown(chair, second, { startOn: day('2030-05-06'), plannedEndOn: null }),
  );
  await asTests(sitsDown(chair, third, { kind: 'acting' }));
  await expectViolation(
    'tenures_one_holder_per_seat',
    sitsDown(chair, fourth, { kind: 'caretaker' }),
  );
  await asTests(sitsDown(chair, second, { startOn: day('2030-05-07'), plannedEndOn: null }));
});

/** Again, as people are told to try, when two who insert at once wait for each other or no connection is free in time. */
async function untilAnswered<Result>(work: (tx: Transaction) => Promise<Result>): Promise<Result> {
  try {
    return await asTests(work);
  } catch (error) {
    if (!isUnavailable(error)) throw error;
    return untilAnswered(work);
  }
}

test('of two who wait for each other one is told to try again, and the other is done', async () => {
  const people = [await makePerson(), await makePerson()];
  let arrived = 0;
  const results = await Promise.allSettled(
    [people, people.toReversed()].map((order) =>
      asTests(async (tx) => {
        for (const { id } of order) {
          await tx.person.update({ where: { id }, data: { address: 'Jalan Mawar' } });
          arrived += 1;
          await expect.poll(() => arrived >= 2).toBe(true);
        }
      }),
    ),
  );
  const [loser, ...others] = results.flatMap((result) =>
    result.status === 'rejected' ? [result.reason as unknown] : [],
  );
  expect(isUnavailable(loser), String(loser)).toBe(true);
  expect(others).toEqual([]);
});

test('1: of twenty parallel appointments to one seat one is left', async () => {
  const { chair } = await makeOffice('POKMAS');
  const people = await Promise.all(Array.from({ length: 20 }, () => makePerson()));
  const results = await Promise.allSettled(
    people.map(({ id }) => untilAnswered(sitsDown(chair, id))),
  );
  const refused = results.flatMap((result) =>
    result.status === 'rejected' ? [result.reason as unknown] : [],
  );

  expect(refused).toHaveLength(19);
  for (const reason of refused)
    expect(violates(reason, 'tenures_one_holder_per_seat'), String(reason)).toBe(true);
  expect(await asTests((tx) => tx.tenure.count({ where: { seatId: chair.id } }))).toBe(1);
});

test('2: nobody holds two seats of one institution, except in an acting capacity', async () => {
  const { chair, secretary } = await makeOffice('POKMAS');
  const person = await makePerson();
  await asTests(sitsDown(chair, person.id));
  await expectViolation('tenures_one_seat_per_institution', sitsDown(secretary, person.id));
  await asTests(sitsDown(secretary, person.id, { kind: 'acting' }));
});

test('3: nobody holds offices of the same group in two institutions, unless the exception is complete', async () => {
  const here = await makeOffice('RT');
  const there = await makeOffice('RW', here.kelurahanId);
  const elsewhere = await makeOffice('RT');
  const person = await makePerson();
  const lurah = await makeAccount('lurah', { kelurahanId: here.kelurahanId });
  const decree = await makeDecree({ kelurahanId: here.kelurahanId });
  await asTests(sitsDown(here.chair, person.id));
  await expectViolation('tenures_no_concurrent_office', sitsDown(there.chair, person.id));
  await expectViolation('tenures_no_concurrent_office', sitsDown(elsewhere.chair, person.id));

  const approval = await makeApproval(here.institution, {
    decidedBy: lurah.id,
    decreeId: decree.id,
  });
  const elsewhereApproval = await makeApproval(there.institution, {
    decidedBy: lurah.id,
    decreeId: decree.id,
  });
  const exception = {
    overrideReason: 'Tidak ada calon lain',
    overriddenRules: ['concurrent_office'],
  };
  await expectViolation('tenures_override_complete', sitsDown(there.chair, person.id, exception));
  await expectViolation(
    'tenures_override_complete',
    sitsDown(there.chair, person.id, { ...exception, overrideBy: lurah.id }),
  );
  const whole = { ...exception, overrideBy: lurah.id, overrideDecreeId: decree.id };
  await expectViolation('tenures_override_complete', sitsDown(there.chair, person.id, whole));
  await expectViolation(
    'tenures_override_complete',
    sitsDown(there.chair, person.id, {
      ...whole,
      overrideDecisionId: elsewhereApproval.id,
      overriddenRules: [],
    }),
  );
  await expectViolation(
    'tenures_overridable',
    sitsDown(there.chair, person.id, {
      ...whole,
      overrideDecisionId: elsewhereApproval.id,
      overriddenRules: ['one_field'],
    }),
  );
  await expectViolation(
    'tenures_override_by_second_person',
    sitsDown(there.chair, person.id, { ...whole, overrideDecisionId: approval.id }),
  );
  await expectViolation(
    'tenures_override_by_second_person',
    sitsDown(there.chair, person.id, {
      ...whole,
      overrideDecisionId: elsewhereApproval.id,
      overrideBy: elsewhereApproval.makerId,
    }),
  );
  await asTests(
    sitsDown(there.chair, person.id, { ...whole, overrideDecisionId: elsewhereApproval.id }),
  );
});

/** A proposal of one account, approved by another with this decree. */
async function makeApproval(
  institution: { id: number; kelurahanId: number },
  { decidedBy, decreeId }: { decidedBy: number; decreeId: number },
) {
  const place = { institutionId: institution.id, kelurahanId: institution.kelurahanId };
  const maker = await makeAccount('staff', { kelurahanId: institution.kelurahanId });
  return asTests(async (tx) => {
    const change = await tx.rosterChange.create({
      data: {
        ...place,
        kind: 'fill',
        subject: 'seat:1',
        baseVersion: 1,
        makerId: maker.id,
        makerName: 'Staf',
      },
      select: { id: true },
    });
    return tx.decision.create({
      data: {
        ...place,
        rosterChangeId: change.id,
        makerId: maker.id,
        decidedBy,
        decidedByName: 'Lurah',
        outcome: 'approved',
        decreeId,
      },
      select: { id: true, makerId: true },
    });
  });
}

test('3: the group that a rule gave to a tenure is not taken off it afterwards', async () => {
  const here = await makeOffice('RT');
  const person = await makePerson();
  const { id } = await asTests(sitsDown(here.chair, person.id));
  const refused = [
    { exclusivityGroup: 'none' },
    { counts: false, termNumber: null },
    { termNumber: 2 },
  ];
  for (const data of refused)
    await expect(
      asTests((tx) => tx.tenure.update({ where: { id }, data })),
      JSON.stringify(data),
    ).rejects.toThrow();
});

test('4: a tenure lies inside the life of its seat, and a seat inside that of its institution', async () => {
  const { chair, institution } = await makeOffice('POKMAS');
  const person = await makePerson();
  await expectViolation(
    'tenures_within_seat',
    sitsDown(chair, person.id, { startOn: day('1940-01-01'), plannedEndOn: day('1950-01-01') }),
  );
  await asTests(
    (tx) =>
      tx.$executeRaw`UPDATE seats SET life = daterange('2000-01-01', '2026-01-01') WHERE id = ${chair.id}`,
  );
  await expectViolation('tenures_within_seat', sitsDown(chair, person.id));
  await asTests(sitsDown(chair, person.id, { plannedEndOn: day('2026-01-01') }));
  await expectViolation(
    'tenures_within_seat',
    (tx) =>
      tx.$executeRaw`UPDATE seats SET life = daterange('2000-01-01', '2025-12-31') WHERE id = ${chair.id}`,
  );
  await expectViolation(
    'seats_within_institution',
    (tx) =>
      tx.$executeRaw`UPDATE seats SET life = daterange('1900-01-01', NULL) WHERE id = ${chair.id}`,
  );
  await expectViolation(
    'seats_within_institution',
    (tx) =>
      tx.$executeRaw`UPDATE institutions SET life = daterange('2020-01-01', NULL) WHERE id = ${institution.id}`,
  );
});

test('4: a tenure lies inside the term of its board, and an institution has one board at a time', async () => {
  const { chair, institution, kelurahanId } = await makeOffice('LPM');
  const person = await makePerson();
  const board = (startsOn: string, endsOn: string | null) => (tx: Transaction) =>
    tx.board.create({
      data: {
        institutionId: institution.id,
        kelurahanId,
        startsOn: day(startsOn),
        endsOn: endsOn === null ? null : day(endsOn),
      },
      select: { id: true },
    });
  const { id: boardId } = await asTests(board('2025-05-07', '2030-05-07'));
  await expectViolation('boards_one_at_a_time', board('2030-05-06', '2031-01-01'));
  await expectViolation('boards_dates', board('2031-01-01', '2031-01-01'));
  await expectViolation('boards_within_term_years', board('2031-01-01', '2036-01-02'));
  await asTests(board('2031-01-01', '2036-01-01'));
  await expectViolation(
    'tenures_within_board',
    sitsDown(chair, person.id, { boardId, plannedEndOn: day('2030-05-08') }),
  );
  await expectViolation(
    'tenures_within_board',
    sitsDown(chair, person.id, { boardId, startOn: day('2025-05-06') }),
  );
  await asTests(sitsDown(chair, person.id, { boardId }));
});

test('5: seat, institution and kelurahan of a row agree', async () => {
  const here = await makeOffice('POKMAS');
  const there = await makeOffice('POKMAS');
  const person = await makePerson();
  const foreignDecree = await makeDecree({ kelurahanId: there.kelurahanId });
  await expectViolation(
    'tenures_seat_id_institution_id',
    sitsDown(here.chair, person.id, { kelurahanId: there.kelurahanId }),
  );
  await expectViolation(
    'tenures_seat_id_institution_id',
    sitsDown(here.chair, person.id, { institutionId: there.institution.id }),
  );
  await expectViolation(
    'tenures_seat_id_institution_id',
    sitsDown(here.chair, person.id, { positionTypeId: here.secretary.positionTypeId }),
  );
  await expectViolation(
    'tenures_appointing_decree_id',
    sitsDown(here.chair, person.id, { appointingDecreeId: foreignDecree.id }),
  );
  await expectViolation('seats_institution_id_kelurahan_id', (tx) =>
    tx.seat.update({ where: { id: here.chair.id }, data: { kelurahanId: there.kelurahanId } }),
  );
  await expectViolation('institutions_parent_id_kelurahan_id', (tx) =>
    tx.institution.update({
      where: { id: here.institution.id },
      data: { parentId: there.institution.id },
    }),
  );
  await expectViolation('accounts_institution_id_kelurahan_id', (tx) =>
    officerAccount(tx, here, there.kelurahanId),
  );
});

test('5: a line of a proposal is about a seat and a tenure of its own institution', async () => {
  const { place, change } = await makeChange();
  const there = await makeOffice('POKMAS');
  const person = await makePerson();
  const tenure = await asTests(sitsDown(there.chair, person.id));
  const own = await seatOf(place.institutionId, 'chair');
  const line = (data: { seatId: number; outgoingTenureId?: number }) => (tx: Transaction) =>
    tx.rosterChangeLine.create({
      data: { ...place, rosterChangeId: change.id, ...data },
      select: { id: true },
    });
  await expect(asTests(line({ seatId: there.chair.id }))).rejects.toThrow(/foreign key/i);
  await expect(asTests(line({ seatId: own.id, outgoingTenureId: tenure.id }))).rejects.toThrow(
    /foreign key/i,
  );
  await asTests(line({ seatId: own.id }));
});

async function officerAccount(
  tx: Transaction,
  { institution, secretary }: Awaited<ReturnType<typeof makeOffice>>,
  kelurahanId: number,
) {
  const person = await tx.person.create({
    data: { name: 'Warga', sex: 'male' },
    select: { id: true },
  });
  const tenure = await tx.tenure.create({
    data: tenureOf(secretary, person.id),
    select: { id: true },
  });
  return tx.account.create({
    data: {
      username: `officer.x${unique()}`,
      displayName: 'X',
      role: 'officer',
      kelurahanId,
      institutionId: institution.id,
      tenureId: tenure.id,
    },
  });
}

test('6: a third full term is refused, and a remainder or an acting office does not count', async () => {
  const { chair } = await makeOffice('RT');
  const person = await makePerson();
  const term = (from: string, until: string, kind = 'definitive') =>
    sitsDown(chair, person.id, { startOn: day(from), plannedEndOn: day(until), kind });
  await asTests(term('2010-01-01', '2015-01-01'));
  await asTests(term('2015-01-01', '2018-01-01', 'midterm'));
  await asTests(term('2018-01-01', '2023-01-01'));
  await expectViolation('tenures_term_limit', term('2023-01-01', '2028-01-01'));
  await asTests(term('2023-01-01', '2024-01-01', 'acting'));
  const numbers = await asTests((tx) =>
    tx.tenure.findMany({
      where: { personId: person.id },
      orderBy: { startOn: 'asc' },
      select: { termNumber: true },
    }),
  );
  expect(numbers.map(({ termNumber }) => termNumber)).toEqual([1, null, 2, null]);
});

test('6: an exception sets the limit of that tenure to none, and the next one still counts', async () => {
  const { chair, institution, kelurahanId } = await makeOffice('RT');
  const person = await makePerson();
  const lurah = await makeAccount('lurah', { kelurahanId });
  const decree = await makeDecree({ kelurahanId });
  const approval = await makeApproval(institution, { decidedBy: lurah.id, decreeId: decree.id });
  const term = (from: string, until: string, given: Partial<TenureData> = {}) =>
    sitsDown(chair, person.id, { startOn: day(from), plannedEndOn: day(until), ...given });
  await asTests(term('2010-01-01', '2015-01-01'));
  await asTests(term('2015-01-01', '2020-01-01'));
  const exception = {
    overrideReason: 'Tidak ada calon lain',
    overrideBy: lurah.id,
    overrideDecreeId: decree.id,
    overrideDecisionId: approval.id,
  };
  await expectViolation(
    'tenures_term_limit',
    term('2020-01-01', '2025-01-01', {
      ...exception,
      overriddenRules: ['concurrent_office'],
    }),
  );
  await asTests(
    term('2020-01-01', '2025-01-01', { ...exception, overriddenRules: ['term_limit'] }),
  );
  const third = await asTests((tx) =>
    tx.tenure.findFirstOrThrow({ where: { personId: person.id, startOn: day('2020-01-01') } }),
  );
  expect(third).toMatchObject({ counts: true, termNumber: 3, maxTerms: null });
  await expectViolation('tenures_term_limit', term('2025-01-01', '2030-01-01'));
});

const waitingHere = `SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;

test('6: two terms given at the same moment do not share a number', async () => {
  const { chair } = await makeOffice('RT');
  const person = await makePerson();
  const insert = (startOn: string, endOn: string) =>
    `INSERT INTO tenures (kelurahan_id, institution_id, institution_type_id, position_type_id, seat_id, person_id, start_on, planned_end_on)
     VALUES (${chair.kelurahanId}, ${chair.institutionId}, ${chair.institutionTypeId}, ${chair.positionTypeId}, ${chair.id}, ${person.id}, '${startOn}', '${endOn}')`;
  await inTransaction(async (one) => {
    await one.query(insert('2015-01-01', '2020-01-01'));
    const other = inTransaction((two) => two.query(insert('2020-01-01', '2025-01-01'))).then(
      () => null,
      (error: unknown) => error,
    );
    await until(async () => (await rowsOf(waitingHere)).length > 0);
    await one.query('COMMIT; BEGIN');
    expect(violates(await other, 'tenures_one_per_term_number')).toBe(true);
  });
});

test('7: dates of a tenure are in order, and an end has a reason', async () => {
  const { chair } = await makeOffice('POKMAS');
  const { id: personId } = await makePerson();
  await expectViolation(
    'tenures_dates',
    sitsDown(chair, personId, { plannedEndOn: day('2025-05-07') }),
  );
  await expect(
    asTests(sitsDown(chair, personId, { plannedEndOn: day('2025-05-06') })),
  ).rejects.toThrow('range lower bound');
  await expectViolation(
    'tenures_ended_within_plan',
    sitsDown(chair, personId, { endedOn: day('2030-05-08'), endReason: 'moved' }),
  );
  await expectViolation(
    'tenures_end_has_reason',
    sitsDown(chair, personId, { endedOn: day('2026-05-07') }),
  );
  await expectViolation(
    'tenures_end_has_reason',
    sitsDown(chair, personId, { endReason: 'moved' }),
  );
});

test('8: person, seat, start and kind of a tenure never change; it is voided with a reason and another inserted', async () => {
  const { chair, secretary } = await makeOffice('POKMAS');
  const [person, other] = [await makePerson(), await makePerson()];
  const { id } = await asTests(sitsDown(chair, person.id));
  const changes = [
    { personId: other.id },
    { seatId: secretary.id, positionTypeId: secretary.positionTypeId },
    { startOn: day('2025-05-08') },
    { kind: 'acting' },
  ];
  for (const data of changes)
    await expectViolation('tenures_keep_identity', (tx) =>
      tx.tenure.update({ where: { id }, data }),
    );
  await expectViolation('tenures_void_has_reason', (tx) =>
    tx.tenure.update({ where: { id }, data: { voidedAt: new Date() } }),
  );
  await asTests((tx) =>
    tx.tenure.update({ where: { id }, data: { voidedAt: new Date(), voidReason: 'Salah orang' } }),
  );
  await asTests(sitsDown(chair, other.id));
});

test('two officers swap seats by ending both and then appointing both', async () => {
  const { chair, secretary } = await makeOffice('RT');
  const [one, two] = [await makePerson(), await makePerson()];
  const sitting = [
    await asTests(sitsDown(chair, one.id)),
    await asTests(sitsDown(secretary, two.id)),
  ];
  const from = { startOn: day('2026-01-01'), kind: 'midterm' };
  await asTests(async (tx) => {
    for (const { id } of sitting)
      await tx.tenure.update({
        where: { id },
        data: { endedOn: day('2026-01-01'), endReason: 'other_duty' },
      });
    await sitsDown(secretary, one.id, from)(tx);
    await sitsDown(chair, two.id, from)(tx);
  });
  await expectViolation('tenures_one_holder_per_seat', sitsDown(chair, one.id, from));
});

async function makeChange(given: { status?: string; subject?: string } = {}) {
  const kelurahan = await makeKelurahan();
  const institution = await makeInstitution({ kelurahanId: kelurahan.id });
  const staff = await makeAccount('staff', { kelurahanId: kelurahan.id });
  const lurah = await makeAccount('lurah', { kelurahanId: kelurahan.id });
  const decree = await makeDecree({ kelurahanId: kelurahan.id });
  const place = { institutionId: institution.id, kelurahanId: kelurahan.id };
  const change = await asTests((tx) =>
    tx.rosterChange.create({ data: changeData(place, staff, given), select: { id: true } }),
  );
  return { place, staff, lurah, decree, change };
}

const changeData = (
  place: { institutionId: number; kelurahanId: number },
  maker: { id: number },
  { status = 'draft', subject = 'board' } = {},
) => ({
  ...place,
  kind: 'end',
  subject,
  status,
  baseVersion: 1,
  makerId: maker.id,
  makerName: 'Pembuat',
  ...(status === 'draft'
    ? {}
    : {
        number: `U-${unique()}`,
        effectiveOn: day('2026-01-01'),
        reason: 'Musyawarah',
        submittedAt: new Date(),
      }),
});

test('9: whoever made a proposal does not decide it, and a decision is complete and stays', async () => {
  const { place, staff, lurah, decree, change } = await makeChange({ status: 'submitted' });
  const decide = (data: object) => (tx: Transaction) =>
    tx.decision.create({
      data: {
        rosterChangeId: change.id,
        ...place,
        makerId: staff.id,
        decidedBy: lurah.id,
        decidedByName: 'Lurah',
        outcome: 'approved',
        decreeId: decree.id,
        ...data,
      },
      select: { id: true },
    });
  await expectViolation('decisions_maker_is_not_checker', decide({ decidedBy: staff.id }));
  await expectViolation(
    'decisions_roster_change_id_maker_id',
    decide({ makerId: lurah.id, decidedBy: staff.id }),
  );
  await expectViolation('decisions_complete', decide({ decreeId: null }));
  await expectViolation(
    'decisions_complete',
    decide({ outcome: 'refused', decreeId: null, note: '  ' }),
  );
  await expectViolation('decisions_complete', decide({ outcome: 'returned', note: 'Perbaiki' }));
  const { id } = await asTests(decide({ outcome: 'refused', decreeId: null, note: 'Bukan warga' }));
  await expectViolation('decisions_are_kept', (tx) =>
    tx.decision.update({ where: { id }, data: { note: 'Lain' } }),
  );
  await expectViolation('decisions_are_kept', (tx) => tx.decision.delete({ where: { id } }));
});

test('10: one proposal of a subject waits at a time', async () => {
  const { place, staff } = await makeChange({ status: 'submitted' });
  await expectViolation('roster_changes_one_open_per_subject', (tx) =>
    tx.rosterChange.create({ data: changeData(place, staff, { status: 'submitted' }) }),
  );
  await asTests((tx) =>
    tx.rosterChange.create({
      data: changeData(place, staff, { status: 'submitted', subject: 'seat:1' }),
    }),
  );
  await asTests((tx) => tx.rosterChange.create({ data: changeData(place, staff) }));
  await expectViolation('roster_changes_submitted_whole', (tx) =>
    tx.rosterChange.create({
      data: {
        ...changeData(place, staff, { status: 'submitted', subject: 'seat:2' }),
        reason: null,
      },
    }),
  );
});

test('11: of twenty who act on one version of a roster one does', async () => {
  const { place } = await makeChange();
  const results = await Promise.all(
    Array.from({ length: 20 }, () =>
      asTests((tx) =>
        tx.institution.updateMany({
          where: { id: place.institutionId, rosterVersion: 1 },
          data: { rosterVersion: { increment: 1 } },
        }),
      ),
    ),
  );
  expect(results.reduce((sum, { count }) => sum + count, 0)).toBe(1);
});

test('12: one active person has a NIK, sealed and indexed together', async () => {
  const nik = syntheticNik();
  const first = await makePerson({ nik });
  const second = await makePerson();
  const withNik = (id: number) => (tx: Transaction) =>
    tx.person.update({
      where: { id },
      data: { nikSealed: sealNik(nik, id), nikIndex: indexNik(nik) },
    });
  await expectViolation('people_one_per_nik', withNik(second.id));
  await expectViolation('people_check', (tx) =>
    tx.person.update({ where: { id: second.id }, data: { nikIndex: indexNik(syntheticNik()) } }),
  );
  const versions = [second.version, first.version];
  await asTests(
    (tx) =>
      tx.$queryRaw`SELECT merge_people(${second.id}::int, ${first.id}::int, ${versions}::int[], '{}', NULL, NULL, 'Uji')`,
  );
  await asTests(withNik(second.id));
});

test('an account has the scope of its role and no other', async () => {
  const kelurahan = await makeKelurahan();
  for (const [role, scope] of [
    ['admin', { kelurahanId: kelurahan.id }],
    ['auditor', { kecamatanId: kelurahan.kecamatanId }],
    ['kecamatan', {}],
    ['kecamatan', { kelurahanId: kelurahan.id }],
    ['lurah', {}],
    ['staff', { kecamatanId: kelurahan.kecamatanId, kelurahanId: kelurahan.id }],
    ['officer', { kelurahanId: kelurahan.id }],
  ] as const)
    await expectViolation('accounts_scope_fits_role', (tx) =>
      tx.account.create({
        data: { username: `${role}.x${unique()}`, displayName: 'X', role, ...scope },
      }),
    );
});

const statuses = [
  'draft',
  'submitted',
  'approved',
  'returned',
  'refused',
  'cancelled',
  'expired',
] as const;
type Status = (typeof statuses)[number];
const steps: Record<Status, readonly Status[]> = {
  draft: ['submitted', 'cancelled', 'expired'],
  submitted: ['approved', 'returned', 'refused', 'cancelled', 'expired'],
  returned: ['draft', 'cancelled', 'expired'],
  approved: [],
  refused: [],
  cancelled: [],
  expired: [],
};
const decided = ['approved', 'returned', 'refused'] as const;
type Outcome = (typeof decided)[number];
const needsDecision = (status: Status): status is Outcome =>
  (decided as readonly string[]).includes(status);

/** A walk tries steps in any order, with or without the decision they need; the model says which are taken. */
type Step = { to: Status; decideFirst: Outcome | null };
const walk = fc.array(
  fc.record<Step>({
    to: fc.constantFrom(...statuses),
    decideFirst: fc.constantFrom(null, ...decided),
  }),
  { minLength: 3, maxLength: 9 },
);

test('a proposal takes no step that the model does not have, in any order of tries', async () => {
  const { place, staff, lurah, decree } = await makeChange();
  await fc.assert(
    fc.asyncProperty(walk, async (tries) => {
      const { id } = await asTests((tx) =>
        tx.rosterChange.create({
          data: changeData(place, staff, { subject: `seat:${unique()}` }),
          select: { id: true },
        }),
      );
      let status: Status = 'draft';
      let wasSent = false;
      let outcomes = new Set<Outcome>();
      for (const { to, decideFirst } of tries) {
        if (decideFirst && status === 'submitted') {
          await asTests((tx) =>
            tx.decision.create({
              data: {
                rosterChangeId: id,
                ...place,
                makerId: staff.id,
                decidedBy: lurah.id,
                decidedByName: 'L',
                outcome: decideFirst,
                ...(decideFirst === 'approved' ? { decreeId: decree.id } : { note: 'Catatan' }),
              },
            }),
          );
          outcomes.add(decideFirst);
        }
        const open: boolean = steps[status].length > 0;
        const isStep = steps[status].includes(to) && (!needsDecision(to) || outcomes.has(to));
        // Only what was sent once can expire: it alone has a number and a day.
        const taken: boolean = to === status ? open : isStep && (to !== 'expired' || wasSent);
        const move = asTests(async (tx) => {
          const sending = to === 'submitted' && status !== 'submitted';
          const now = sending
            ? {
                submittedAt: new Date(),
                number: `U-${unique()}`,
                effectiveOn: day('2026-01-01'),
                reason: 'M',
              }
            : {};
          await tx.rosterChange.update({
            where: { id },
            data: { status: to, version: { increment: 1 }, ...now },
          });
        });
        if (taken) {
          await move;
          if (to === 'submitted' && status !== 'submitted') outcomes = new Set();
          wasSent ||= to === 'submitted';
          status = to;
        } else {
          const error = await move.then(
            () => null,
            (reason: unknown) => reason,
          );
          const refused =
            violates(error, 'roster_changes_step') ||
            violates(error, 'roster_changes_submitted_whole');
          expect(refused, `${status} to ${to}: ${String(error)}`).toBe(true);
        }
      }
      const row = await asTests((tx) => tx.rosterChange.findUniqueOrThrow({ where: { id } }));
      expect(row.status).toBe(status);
    }),
    { numRuns: 60 },
  );
}, 60_000);

test('a proposal begins as a draft of whoever writes it', async () => {
  const { place, staff, lurah } = await makeChange();
  const account = await findUsableAccount(staff.id);
  if (!account) throw new Error('no account');
  const asStaff = <Result>(work: (tx: Transaction) => Promise<Result>) =>
    asActor(actorFor(account, 'test'), work);
  const start = (data: object) =>
    asStaff((tx) =>
      tx.rosterChange.create({
        data: { ...changeData(place, staff, { subject: `seat:${unique()}` }), ...data },
        select: { id: true },
      }),
    );
  await start({});
  await expect(
    start(changeData(place, staff, { status: 'approved', subject: `seat:${unique()}` })),
  ).rejects.toThrow();
  await expect(start({ makerId: lurah.id })).rejects.toThrow();
});
