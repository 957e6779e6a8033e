import { z } from 'zod';
import type { Read } from '#src/database.ts';
import { standings } from '#src/duties/rules.ts';
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
      ${described} ORDER BY p.sort_order, e.number, e.id, t.lane DESC, t.id`,
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
      ${described} ORDER BY p.sort_order, e.number, e.id, t.lane DESC, t.id`,
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
        SELECT o.id FROM officer o JOIN institutions i ON i.id = o.institution_id ${only(standing)}
        ORDER BY o.kelurahan_id, i.name, i.id, o.position_type_id, o.id LIMIT ${limit} OFFSET ${offset})
      ${described} WHERE t.id IN (SELECT id FROM page) ORDER BY t.kelurahan_id, i.name, i.id, t.position_type_id, t.id`,
  );

export const countStandings = (
  { name, where }: Filter,
  { today, standing }: Wanted,
): Read<{ count: number }> =>
  readOf(
    `duty_list_count ${name} ${standing ?? ''}`,
    z.strictObject({ count: z.number() }),
    Prisma.sql`${asked(today, where)} SELECT count(*)::int AS count FROM officer o ${only(standing)}`,
  );

type Wanted = { today: string; standing: 'confirmed' | 'again' | 'never' | 'missing' | null };

const figureRow = z.strictObject({
  placeId: z.number(),
  placeName: z.string(),
  officers: z.number(),
  confirmed: z.number(),
  again: z.number(),
  never: z.number(),
});
export type ShareFigures = z.output<typeof figureRow>;
export type ShareLevel = 'kecamatan' | 'kelurahan' | 'institution';

const placeOf: Record<ShareLevel, { id: Prisma.Sql; name: Prisma.Sql; join: Prisma.Sql }> = {
  institution: {
    id: Prisma.sql`i.id`,
    name: Prisma.sql`i.name`,
    join: Prisma.sql`JOIN institutions i ON i.id = o.institution_id`,
  },
  kelurahan: {
    id: Prisma.sql`k.id`,
    name: Prisma.sql`k.name`,
    join: Prisma.sql`JOIN kelurahan k ON k.id = o.kelurahan_id`,
  },
  kecamatan: {
    id: Prisma.sql`c.id`,
    name: Prisma.sql`c.name`,
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
      SELECT ${place.id} AS "placeId", ${place.name} AS "placeName", count(*)::int AS officers,
        count(*) FILTER (WHERE o.standing = 'confirmed')::int AS confirmed,
        count(*) FILTER (WHERE o.standing = 'again')::int AS again,
        count(*) FILTER (WHERE o.standing = 'never')::int AS never
      FROM officer o ${place.join} GROUP BY 1, 2 ORDER BY 2, 1 LIMIT 1000`,
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

export const inForce = (today: string) =>
  Prisma.sql`d.valid_from <= ${today}::date AND (d.valid_until IS NULL OR d.valid_until > ${today}::date)`;

/** `officer`: tenures in office that have duties at all, with the versions in force and the latest confirmation. */
const asked = (today: string, where: Prisma.Sql) => Prisma.sql`
  WITH of_type AS MATERIALIZED (
    SELECT p.id AS position_type_id, array_agg(d.id ORDER BY d.id) AS ids
    FROM position_types p
    JOIN duties d ON d.institution_type_id = p.institution_type_id AND d.institution_id IS NULL
      AND (d.position_type_id IS NULL OR d.position_type_id = p.id) AND ${inForce(today)}
    GROUP BY p.id
  ), of_institution AS MATERIALIZED (
    SELECT d.institution_id, p.id AS position_type_id, array_agg(d.id) AS ids
    FROM duties d
    JOIN position_types p ON p.institution_type_id = d.institution_type_id
      AND (d.position_type_id IS NULL OR d.position_type_id = p.id)
    WHERE d.institution_id IS NOT NULL AND ${inForce(today)}
    GROUP BY 1, 2
  ), asked AS (
    SELECT t.id, t.institution_id, t.kelurahan_id, t.position_type_id, CASE WHEN l.ids IS NULL THEN y.ids
      ELSE (SELECT array_agg(x ORDER BY x) FROM unnest(COALESCE(y.ids, '{}') || l.ids) AS x) END AS ids
    FROM tenures t
    JOIN institutions g ON g.id = t.institution_id AND g.status NOT IN ('dissolved', 'merged')
    LEFT JOIN of_type y ON y.position_type_id = t.position_type_id
    LEFT JOIN of_institution l ON l.institution_id = t.institution_id AND l.position_type_id = t.position_type_id
    WHERE t.voided_at IS NULL AND t.start_on <= ${today}::date
      AND COALESCE(t.ended_on, t.planned_end_on, 'infinity') > ${today}::date
      AND (y.ids IS NOT NULL OR l.ids IS NOT NULL) AND ${where}
  ), officer AS (
    SELECT a.*, c.id AS confirmation_id,
      CASE WHEN c.id IS NULL THEN 'never' WHEN c.duty_ids = a.ids THEN 'confirmed' ELSE 'again' END AS standing
    FROM asked a
    LEFT JOIN LATERAL (
      SELECT c.id, c.duty_ids FROM duty_confirmations c WHERE c.tenure_id = a.id AND c.voided_at IS NULL
      ORDER BY c.confirmed_on DESC, c.id DESC LIMIT 1
    ) c ON true
  )`;

const described = Prisma.sql`
  SELECT t.id AS "tenureId", q.id AS "personId", concat_ws(', ', concat_ws(' ', q.front_title, q.name), q.back_title) AS "personName",
    COALESCE(e.label, CASE WHEN e.number > 1 THEN p.name || ' ' || e.number ELSE p.name END) AS "seatName", t.kind,
    p.id AS "positionTypeId", i.id AS "institutionId", i.name AS "institutionName", g.short_name AS "typeName",
    k.name AS "kelurahanName", t.start_on::text AS "startOn", o.ids AS "dutyIds", o.standing, c.id AS "confirmationId",
    c.duty_ids AS "confirmedIds", c.confirmed_on::text AS "confirmedOn", c.means, c.confirmed_by_name AS "confirmedByName"
  FROM officer o
  JOIN tenures t ON t.id = o.id
  JOIN people q ON q.id = t.person_id
  JOIN seats e ON e.id = t.seat_id
  JOIN position_types p ON p.id = t.position_type_id
  JOIN institutions i ON i.id = t.institution_id
  JOIN institution_types g ON g.id = t.institution_type_id
  JOIN kelurahan k ON k.id = t.kelurahan_id
  LEFT JOIN duty_confirmations c ON c.id = o.confirmation_id`;
