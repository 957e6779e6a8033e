import { createHash, randomBytes, randomInt } from 'node:crypto';
import type { SignedInAccount } from '#src/access.ts';
import type { Transaction } from '#src/database.ts';
import { today } from '#src/format.ts';
import { Prisma } from '#src/generated/prisma/client.ts';
import { notFound } from '#src/http/errors.ts';
import type { WalkInInput } from '#src/attendance/form.ts';
import type { Place } from '#src/attendance/repository.ts';

/** Puts somebody on the list who came without an invitation, or finds them there; answers the invitation. */
export async function addWalkIn(
  tx: Transaction,
  account: SignedInAccount,
  { place, input }: { place: Place; input: WalkInInput },
): Promise<number> {
  // The printed code is drawn by lot; one that is taken is drawn again.
  for (let tries = 0; tries < 5; tries += 1) {
    const added =
      input.tenureId === undefined
        ? await insertGuest(tx, account, { place, input })
        : await insertOfficer(tx, account, { place, tenureId: input.tenureId });
    if (added !== null) {
      await settleClosed(tx, account, place);
      return added;
    }
    const listed = input.tenureId === undefined ? null : await listedOf(tx, place, input.tenureId);
    if (listed !== null) return listed;
  }
  throw notFound();
}

async function insertOfficer(
  tx: Transaction,
  account: SignedInAccount,
  { place, tenureId }: { place: Place; tenureId: number },
): Promise<number | null> {
  // A kecamatan does not read the phones of officers.
  const phone = account.role === 'kecamatan' ? Prisma.sql`NULL` : Prisma.sql`p.phone`;
  const [row] = await tx.$queryRaw<{ id: number }[]>`
    INSERT INTO training_invitations (training_id, kind, kelurahan_id, institution_id, seat_id, person_id, name, sort_name,
      sex, position_name, institution_name, kelurahan_name, phone, token_hash, code, created_by)
    SELECT ${place.id}::int, 'walk_in', t.kelurahan_id, t.institution_id, t.seat_id, t.person_id,
      concat_ws(', ', concat_ws(' ', p.front_title, p.name), p.back_title), p.name,
      CASE p.sex WHEN 'male' THEN 'L' ELSE 'P' END,
      CASE WHEN t.lane = 'acting' THEN 'Plt. ' ELSE '' END
        || COALESCE(e.label, CASE WHEN e.number > 1 THEN y.name || ' ' || e.number ELSE y.name END), i.name, k.name, ${phone},
      ${tokenHash()}, ${printedCode()}, ${account.id}::int
    FROM tenures t JOIN people p ON p.id = t.person_id JOIN seats e ON e.id = t.seat_id
    JOIN position_types y ON y.id = t.position_type_id JOIN institutions i ON i.id = t.institution_id
    JOIN kelurahan k ON k.id = t.kelurahan_id
    WHERE t.id = ${tenureId} AND t.voided_at IS NULL AND t.valid @> ${today()}::date
      AND t.kelurahan_id = ANY (${place.kelurahanIds}::int[])
    ON CONFLICT DO NOTHING RETURNING id`;
  return row?.id ?? null;
}

async function insertGuest(
  tx: Transaction,
  account: SignedInAccount,
  { place, input }: { place: Place; input: WalkInInput },
): Promise<number | null> {
  const name = input.name ?? '';
  const [row] = await tx.$queryRaw<{ id: number }[]>`
    INSERT INTO training_invitations (training_id, kind, kelurahan_id, name, sort_name, sex, position_name, institution_name,
      token_hash, code, created_by)
    VALUES (${place.id}::int, 'walk_in', ${account.kelurahanId}::int, ${name}, ${name}, ${input.sex || null},
      ${input.positionName ?? ''}, ${input.institutionName ?? ''}, ${tokenHash()}, ${printedCode()}, ${account.id}::int)
    ON CONFLICT DO NOTHING RETURNING id`;
  return row?.id ?? null;
}

async function listedOf(tx: Transaction, place: Place, tenureId: number): Promise<number | null> {
  const [row] = await tx.$queryRaw<{ id: number }[]>`
    SELECT v.id FROM training_invitations v JOIN tenures t ON t.seat_id = v.seat_id OR t.person_id = v.person_id
    WHERE v.training_id = ${place.id} AND t.id = ${tenureId} ORDER BY v.is_twin, v.id LIMIT 1`;
  return row?.id ?? null;
}

/** Who comes in the afternoon was not there in the morning. */
async function settleClosed(tx: Transaction, account: SignedInAccount, place: Place) {
  await tx.$queryRaw`
    SELECT settle_attendance(s.id, ${account.id}::int, ${account.displayName}) IS NULL AS done
    FROM training_sessions s WHERE s.training_id = ${place.id} AND s.closed_at IS NOT NULL AND s.id <> ${place.sessionId}`;
}

/** Nobody gets the link of a walk-in: the hash of a token that is thrown away. */
const tokenHash = () => createHash('sha256').update(randomBytes(32)).digest();

const alphabet = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';
const printedCode = () =>
  Array.from({ length: 6 }, () => alphabet[randomInt(alphabet.length)] ?? '').join('');
