import { z } from 'zod';
import type { Read } from '#src/database.ts';
import { standings } from '#src/duties/rules.ts';
import { asked, described } from '#src/duties/standing-fragments.ts';
import { Prisma } from '#src/generated/prisma/client.ts';
import { readOf } from '#src/queries.ts';

/** Officers in office with the duties that are theirs today and whether they have confirmed exactly these. */

const standingRow = z.strictObject({
  tenureId: z.number(),
  personId: z.number(),
  personName: z.string(),
  seatName: z.string(),
  kind: z.string(),
  positionTypeId: z.number(),
  institutionId: z.number(),
  institutionName: z.string(),
  typeName: z.string(),
  kelurahanName: z.string(),
  phone: z.string().nullable(),
  startOn: z.string(),
  /** Versions in ascending order. */
  dutyIds: z.array(z.number()),
  standing: z.enum(standings),
  confirmationId: z.number().nullable(),
  confirmedIds: z.array(z.number()).nullable(),
  confirmedOn: z.string().nullable(),
  means: z.string().nullable(),
  confirmedByName: z.string().nullable(),
});
export type OfficerStanding = z.output<typeof standingRow>;

/** The officers of one institution, in the order of their seats. */
export const standingsOf = (institutionId: number, today: string): Read<OfficerStanding> =>
  readOf(
    'duty_standings',
    standingRow,
    Prisma.sql`${asked(today, Prisma.sql`t.institution_id = ${institutionId}`)}
      ${described()} ORDER BY p.sort_order, e.number, e.id, t.lane DESC, t.id`,
  );

/** The offices of the person who signs in with this account. */
export const ownStandings = (account: { id: number }, today: string): Read<OfficerStanding> =>
  readOf(
    'duty_own_standings',
    standingRow,
    Prisma.sql`${asked(
      today,
      Prisma.sql`t.institution_id = (SELECT institution_id FROM accounts WHERE id = ${account.id})
        AND t.person_id = (SELECT o.person_id FROM accounts a JOIN tenures o ON o.id = a.tenure_id WHERE a.id = ${account.id})`,
    )}
      ${described()} ORDER BY p.sort_order, e.number, e.id, t.lane DESC, t.id`,
  );

export type Filter = { name: string; where: Prisma.Sql };

/** A page of officers of the scope that match, and in `listCount` how many there are. */
export const listStandings = (
  { name, where }: Filter,
  { today, standing, limit, offset }: Wanted & { limit: number; offset: number },
): Read<OfficerStanding> =>
  readOf(
    `duty_list ${name} ${standing ?? ''}`,
    standingRow,
    Prisma.sql`${asked(today, where)}, page AS MATERIALIZED (
        SELECT o.* FROM officer o JOIN institutions i ON i.id = o.institution_id ${only(standing)}
        ORDER BY o.kelurahan_id, i.name, i.id, o.position_type_id, o.id LIMIT ${limit} OFFSET ${offset})
      ${described(Prisma.sql`page`)} ORDER BY t.kelurahan_id, i.name, i.id, t.position_type_id, t.id`,
  );

export const countStandings = (
  { name, where }: Filter,
  { today, standing }: Wanted,
): Read<{ count: number }> =>
  readOf(
    `duty_list_count ${name} ${standing ?? ''}`,
    z.strictObject({ count: z.number() }),
    Prisma.sql`${asked(today, where)} SELECT count(*)::int AS count
      FROM ${standing === null ? Prisma.sql`asked` : Prisma.sql`officer`} o ${only(standing)}`,
  );

type Wanted = { today: string; standing: 'confirmed' | 'again' | 'never' | 'missing' | null };

const figureRow = z.strictObject({
  placeId: z.number(),
  placeName: z.string(),
  /** Of an institution alone. */
  phone: z.string().nullable(),
  officers: z.number(),
  confirmed: z.number(),
  again: z.number(),
  never: z.number(),
});
export type ShareFigures = z.output<typeof figureRow>;
export type ShareLevel = 'kecamatan' | 'kelurahan' | 'institution';

const placeOf: Record<
  ShareLevel,
  { id: Prisma.Sql; name: Prisma.Sql; phone: Prisma.Sql; join: Prisma.Sql }
> = {
  institution: {
    id: Prisma.sql`i.id`,
    name: Prisma.sql`i.name`,
    phone: Prisma.sql`i.phone`,
    join: Prisma.sql`JOIN institutions i ON i.id = o.institution_id`,
  },
  kelurahan: {
    id: Prisma.sql`k.id`,
    name: Prisma.sql`k.name`,
    phone: Prisma.sql`NULL`,
    join: Prisma.sql`JOIN kelurahan k ON k.id = o.kelurahan_id`,
  },
  kecamatan: {
    id: Prisma.sql`c.id`,
    name: Prisma.sql`c.name`,
    phone: Prisma.sql`NULL`,
    join: Prisma.sql`JOIN kelurahan k ON k.id = o.kelurahan_id JOIN kecamatan c ON c.id = k.kecamatan_id`,
  },
};

/** How many officers there are in each place of the scope and how many of them have confirmed. */
export function shareFigures({ name, where }: Filter, today: string, level: ShareLevel) {
  const place = placeOf[level];
  return readOf(
    `duty_shares ${level} ${name}`,
    figureRow,
    Prisma.sql`${asked(today, where)}
      SELECT ${place.id} AS "placeId", ${place.name} AS "placeName", ${place.phone} AS phone, count(*)::int AS officers,
        count(*) FILTER (WHERE o.standing = 'confirmed')::int AS confirmed,
        count(*) FILTER (WHERE o.standing = 'again')::int AS again,
        count(*) FILTER (WHERE o.standing = 'never')::int AS never
      FROM officer o ${place.join} GROUP BY 1, 2, 3 ORDER BY 2, 1 LIMIT 1000`,
  );
}

/** Those whom a change would concern. */
export const countAsked = ({ name, where }: Filter, today: string) =>
  readOf(
    `duty_asked ${name}`,
    z.strictObject({ officers: z.number(), confirmed: z.number(), institutions: z.number() }),
    Prisma.sql`${asked(today, where)}
      SELECT count(*)::int AS officers, count(*) FILTER (WHERE standing = 'confirmed')::int AS confirmed,
        count(DISTINCT institution_id)::int AS institutions FROM officer`,
  );

const only = (standing: Wanted['standing']) => {
  if (standing === null) return Prisma.empty;
  return standing === 'missing'
    ? Prisma.sql`WHERE o.standing <> 'confirmed'`
    : Prisma.sql`WHERE o.standing = ${standing}`;
};
