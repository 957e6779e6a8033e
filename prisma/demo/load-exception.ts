import type { Transaction } from '#src/database.ts';
import { addDays, prismaDate } from '#src/format.ts';
import { workday } from './proposals.ts';

/** An officer of an RT who leads a new field of the LPM too, with an exception that the lurah granted. */
export async function loadException(tx: Transaction, today: string): Promise<void> {
  const lpm = await tx.institution.findFirstOrThrow({
    where: { name: 'LPM Kebonsari Wetan' },
    select: { id: true, kelurahanId: true, institutionTypeId: true, rosterVersion: true },
  });
  const person = await findOfficerOfRt(tx, lpm.kelurahanId);
  const day = workday(addDays(today, -33));
  const seat = await insertSeat(tx, lpm);
  const decreeId = await insertDecree(tx, lpm.kelurahanId, day);
  const decision = await insertDecision(tx, lpm, { seat, person, decreeId, day });
  const board = await tx.board.findFirstOrThrow({
    where: { institutionId: lpm.id },
    orderBy: { startsOn: 'desc' },
    select: { id: true, endsOn: true },
  });
  await tx.tenure.create({
    data: {
      kelurahanId: lpm.kelurahanId,
      institutionId: lpm.id,
      institutionTypeId: lpm.institutionTypeId,
      positionTypeId: seat.positionTypeId,
      seatId: seat.id,
      personId: person.id,
      boardId: board.id,
      startOn: prismaDate(day),
      plannedEndOn: board.endsOn,
      kind: 'midterm',
      appointingDecreeId: decreeId,
      overriddenRules: ['concurrent_office'],
      overrideReason:
        'Tidak ada calon lain yang bersedia menurut berita acara musyawarah LPM; berlaku sampai musyawarah berikutnya.',
      overrideDecreeId: decreeId,
      overrideBy: decision.decidedBy,
      overrideDecisionId: decision.id,
    },
    select: { id: true },
  });
}

type Lpm = { id: number; kelurahanId: number; institutionTypeId: number; rosterVersion: number };
type Seat = { id: number; positionTypeId: number };

async function findOfficerOfRt(tx: Transaction, kelurahanId: number) {
  const { person } = await tx.tenure.findFirstOrThrow({
    where: {
      kelurahanId,
      endedOn: null,
      kind: 'definitive',
      institution: { institutionType: { code: 'RT' } },
      seat: { positionType: { code: 'section' } },
    },
    orderBy: { id: 'asc' },
    select: { person: { select: { id: true } } },
  });
  return person;
}

async function insertSeat(tx: Transaction, lpm: Lpm): Promise<Seat> {
  const { id: positionTypeId } = await tx.positionType.findFirstOrThrow({
    where: { institutionTypeId: lpm.institutionTypeId, code: 'section_head' },
    select: { id: true },
  });
  const { id } = await tx.seat.create({
    data: {
      institutionId: lpm.id,
      kelurahanId: lpm.kelurahanId,
      institutionTypeId: lpm.institutionTypeId,
      positionTypeId,
      number: 10,
      label: 'Ketua Bidang Lingkungan Hidup',
    },
    select: { id: true },
  });
  return { id, positionTypeId };
}

async function insertDecree(tx: Transaction, kelurahanId: number, day: string): Promise<number> {
  const year = day.slice(0, 4);
  const [last] = await tx.$queryRaw<{ number: number }[]>`
    SELECT COALESCE(max(split_part(number, '/', 2)::int), 0) AS number FROM decrees
    WHERE kelurahan_id = ${kelurahanId} AND year = ${Number(year)}`;
  const { headName } = await tx.kelurahan.findUniqueOrThrow({
    where: { id: kelurahanId },
    select: { headName: true },
  });
  const { id } = await tx.decree.create({
    data: {
      kelurahanId,
      number: `188.45/${(last?.number ?? 0) + 2}/425.504/${year}`,
      decreedOn: prismaDate(day),
      about: 'Penetapan Ketua Bidang Lingkungan Hidup LPM Kebonsari Wetan',
      signatoryName: headName ?? 'Lurah',
    },
    select: { id: true },
  });
  return id;
}

type Approval = { seat: Seat; person: { id: number }; decreeId: number; day: string };

async function insertDecision(tx: Transaction, lpm: Lpm, approval: Approval) {
  const place = { institutionId: lpm.id, kelurahanId: lpm.kelurahanId };
  const maker = await getAccount(tx, 'staf.kebonsariwetan');
  const lurah = await getAccount(tx, 'lurah.kebonsariwetan');
  const [drawn] = await tx.$queryRaw<{ value: number }[]>`
    SELECT nextval('roster_change_numbers')::int AS value`;
  const submittedAt = new Date(`${addDays(approval.day, -4)}T02:40:00Z`);
  const change = await tx.rosterChange.create({
    data: {
      ...place,
      kind: 'fill',
      subject: `seat:${approval.seat.id}`,
      status: 'approved',
      number: `U-${approval.day.slice(0, 4)}-${String(drawn?.value ?? 0).padStart(4, '0')}`,
      effectiveOn: prismaDate(approval.day),
      reason: 'Bidang baru sesuai hasil musyawarah LPM.',
      baseVersion: lpm.rosterVersion,
      makerId: maker.id,
      makerName: maker.displayName,
      submittedAt,
      createdAt: submittedAt,
      version: 3,
      lines: {
        create: { ...place, seatId: approval.seat.id, incomingPersonId: approval.person.id },
      },
    },
    select: { id: true },
  });
  await tx.institution.update({
    where: { id: lpm.id },
    data: { rosterVersion: { increment: 1 } },
    select: { id: true },
  });
  return tx.decision.create({
    data: {
      ...place,
      rosterChangeId: change.id,
      makerId: maker.id,
      decidedBy: lurah.id,
      decidedByName: lurah.displayName,
      outcome: 'approved',
      decreeId: approval.decreeId,
      decidedAt: new Date(`${approval.day}T03:10:00Z`),
    },
    select: { id: true, decidedBy: true },
  });
}

function getAccount(tx: Transaction, username: string) {
  return tx.account.findUniqueOrThrow({
    where: { username },
    select: { id: true, displayName: true },
  });
}
