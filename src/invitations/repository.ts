import type { Transaction } from '#src/database.ts';
import { Prisma } from '#src/generated/prisma/client.ts';
import type { Candidate } from '#src/invitations/candidates.ts';
import type { Telling } from '#src/invitations/rules.ts';
import type { AnswerInput } from '#src/invitations/form.ts';
import { typeCode } from '#src/invitations/statements.ts';
import { hashOfToken, invitationToken, takeCode } from '#src/invitations/tokens.ts';

/** What is written of the list of invitees. */

export type Guest = { name: string; office: string; phone: string | null };

type Place = { trainingId: number; createdBy: number | null };

/** Adds officers as they are now; those whose seat or person is on the list are left out. Returns how many came in. */
export async function inviteOfficers(
  tx: Transaction,
  place: Place,
  officers: readonly Candidate[],
): Promise<number> {
  const invited = officers
    .filter(({ isListed }) => !isListed)
    .map(({ tenureId: _tenure, isListed: _listed, ...officer }) => officer);
  return insertAll(
    tx,
    place,
    invited.map((officer) => ({ ...officer, kind: 'officer' })),
  );
}

/** Somebody without an office here, by name and by what they are, such as "Babinsa". */
export function inviteGuests(
  tx: Transaction,
  place: Place,
  guests: readonly Guest[],
): Promise<number> {
  return insertAll(
    tx,
    place,
    guests.map(({ name, office, phone }) => ({
      kind: 'guest',
      name,
      sortName: name,
      positionName: office,
      phone,
    })),
  );
}

/** Everybody in one statement, however many; two who add at once wait for each other. */
async function insertAll(
  tx: Transaction,
  { trainingId, createdBy }: Place,
  rows: readonly (Partial<Candidate> & { kind: string })[],
): Promise<number> {
  if (rows.length === 0) return 0;
  const taken = await takenCodes(tx, trainingId);
  const coded = rows.map((row) => {
    const code = takeCode(taken);
    const hash = hashOfToken(invitationToken({ trainingId, code }));
    return { ...row, code, tokenHash: Buffer.from(hash).toString('hex') };
  });
  return tx.$executeRaw`
    INSERT INTO training_invitations (training_id, kind, kelurahan_id, institution_id, seat_id, person_id, name, sort_name, sex,
      position_name, institution_name, kelurahan_name, phone, token_hash, code, created_by)
    SELECT ${trainingId}, kind, "kelurahanId", "institutionId", "seatId", "personId", name, "sortName", sex,
      COALESCE("positionName", ''), COALESCE("institutionName", ''), COALESCE("kelurahanName", ''), phone,
      decode("tokenHash", 'hex'), code, ${createdBy}::int
    FROM jsonb_to_recordset(${JSON.stringify(coded)}::jsonb) AS r (kind text, "kelurahanId" int, "institutionId" int, "seatId" int,
      "personId" int, name text, "sortName" text, sex text, "positionName" text, "institutionName" text,
      "kelurahanName" text, phone text, "tokenHash" text, code text)
    ON CONFLICT DO NOTHING`;
}

async function takenCodes(tx: Transaction, trainingId: number): Promise<Set<string>> {
  await tx.$queryRaw`SELECT id FROM trainings WHERE id = ${trainingId} FOR UPDATE`;
  const rows = await tx.trainingInvitation.findMany({
    where: { trainingId },
    select: { code: true },
  });
  return new Set(rows.map(({ code }) => code));
}

/**
 * From now on the list stays as it is. Names and phones are those of this moment; false where somebody changed the
 * training meanwhile.
 */
export async function freezeList(tx: Transaction, trainingId: number, version: number) {
  await tx.$executeRaw`
    UPDATE training_invitations i SET phone = q.phone, sort_name = q.name::text,
      name = left(concat_ws(' ', q.front_title, q.name::text) || COALESCE(', ' || q.back_title, ''), 160)
    FROM people q WHERE q.id = i.person_id AND i.training_id = ${trainingId}`;
  const { count } = await tx.training.updateMany({
    where: { id: trainingId, version, status: 'scheduled', invitedAt: null },
    data: { invitedAt: new Date(), version: { increment: 1 }, updatedAt: new Date() },
  });
  return count === 1;
}

/** Officers on the list who do not hold their office any more. */
export const outOfOffice = (tx: Transaction, trainingId: number, day: string) =>
  tx.$queryRaw<{ id: number; name: string; positionName: string; institutionName: string }[]>`
    SELECT i.id, i.name, i.position_name AS "positionName", i.institution_name AS "institutionName"
    FROM training_invitations i
    WHERE i.training_id = ${trainingId} AND i.kind = 'officer' AND NOT EXISTS (
      SELECT FROM tenures t WHERE t.seat_id = i.seat_id AND t.person_id = i.person_id AND t.voided_at IS NULL
        AND t.start_on <= ${day}::date AND COALESCE(t.ended_on, t.planned_end_on, 'infinity') > ${day}::date)
    ORDER BY i.id`;

/** An officer's answer, in the columns that are theirs to write; false when it is too late. */
export async function answerOwn(tx: Transaction, id: number, input: AnswerInput): Promise<boolean> {
  const count = await tx.$executeRaw`
    UPDATE training_invitations i SET answer = ${input.answer}, answer_note = ${input.note}, answered_at = now(),
      delegate_phone = COALESCE(${input.delegatePhone}, CASE WHEN delegate_name = ${input.delegateName} THEN delegate_phone END),
      delegate_name = ${input.delegateName}
    WHERE id = ${id} AND EXISTS (SELECT FROM trainings t WHERE t.id = i.training_id AND t.invited_at IS NOT NULL
      AND t.status = 'scheduled' AND now() < (SELECT min(s.starts_at) FROM training_sessions s WHERE s.training_id = t.id))`;
  return count === 1;
}

type Told = {
  trainingId: number;
  from: Telling;
  type: string | null;
  ids: readonly number[] | 'all';
};

/** Those who were told, or with `from` told are taken back; returns how many. Whoever is in another state stays. */
export function markTold(tx: Transaction, { trainingId, from, type, ids }: Told): Promise<number> {
  return tx.$executeRaw`
    UPDATE training_invitations i SET
      told_at = CASE WHEN ${from} = 'told' THEN NULL ELSE now() END,
      sent_at = CASE WHEN ${from} = 'told' THEN NULL ELSE COALESCE(sent_at, now()) END
    WHERE training_id = ${trainingId} AND kind <> 'walk_in' AND (${ids === 'all'} OR id = ANY (${ids === 'all' ? [] : [...ids]}::int[]))
      AND (${type}::text IS NULL OR ${Prisma.raw(typeCode)} = ${type})
      AND invitee_told(kind, told_at, answered_at, training_changed_at(${trainingId})) = ${from}`;
}
