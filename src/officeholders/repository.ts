import { z } from 'zod';
import { asActor, type Read } from '#src/database.ts';
import type { Actor } from '#src/access.ts';
import { recordExport } from '#src/exports.ts';
import { Prisma } from '#src/generated/prisma/client.ts';
import type { OfficeholderFilter } from '#src/officeholders/form.ts';
import { lineColumns, type SheetLine, type Sight } from '#src/officers/sheet-lines.ts';
import { escapeLike, ofTypeAndPlace, readOf, typeAndPlaceIn } from '#src/queries.ts';

/** Officers in office on a day, of all institutions in scope. Each filter is a fixed fragment with a name of its own. */

export const pageSize = 25;
export const countedAtMost = 10_000;
export const exportedAtMost = 20_000;

const row = z.strictObject({
  tenureId: z.number(),
  personId: z.number(),
  frontTitle: z.string().nullable(),
  name: z.string(),
  backTitle: z.string().nullable(),
  sex: z.enum(['male', 'female']),
  positionName: z.string(),
  kind: z.string(),
  institutionId: z.number(),
  institutionName: z.string(),
  typeName: z.string(),
  kelurahanName: z.string(),
  startOn: z.string(),
});
export type Officeholder = z.output<typeof row>;

type Applied = OfficeholderFilter & { today: string };

export const listOfficeholders = (
  filter: Applied,
  { isLocal }: { isLocal: boolean },
): Read<Officeholder> =>
  readOf(
    `officeholders ${variantOf(filter)}${isLocal ? ' local' : ''}`,
    row,
    pageOf(filter, isLocal),
  );

export const countOfficeholders = (filter: Applied): Read<{ count: number }> =>
  readOf(
    `officeholder_count ${variantOf(filter)}`,
    z.strictObject({ count: z.number() }),
    Prisma.sql`SELECT count(*)::int AS "count" FROM (
      SELECT ${inOffice(filter, needsPeople(filter) ? people : Prisma.empty)} LIMIT ${countedAtMost + 1}) f`,
  );

/** The rows of a file, one more than it may hold; the export is recorded in the same transaction. */
export async function exportOfficeholders(
  actor: Actor,
  filter: Applied,
  { words, sight, format }: { words: string; sight: Sight; format: 'xlsx' | 'pdf' },
): Promise<SheetLine[]> {
  return asActor(actor, async (tx) => {
    const found = await tx.$queryRaw<SheetLine[]>(sheetLinesOf(filter, sight));
    const rows = Math.min(found.length, exportedAtMost);
    const details = { filter: words, rows, ...(format === 'pdf' ? { format } : {}) };
    await recordExport(tx, { table: 'tenures', details });
    return found;
  });
}

/** In the order of a roster: institution by institution, each with its own order of positions. */
const sheetLinesOf = (filter: Applied, { privateFacts, phones }: Sight) => Prisma.sql`
  WITH chosen AS MATERIALIZED (SELECT t.id ${inOffice(filter, people)})
  SELECT ${Prisma.raw(lineColumns({ privateFacts: String(privateFacts), phones: String(phones) }))}, false AS overdue
  FROM chosen
  JOIN tenures t ON t.id = chosen.id
  JOIN people q ON q.id = t.person_id
  JOIN seats e ON e.id = t.seat_id
  JOIN position_types p ON p.id = t.position_type_id
  JOIN institutions i ON i.id = t.institution_id
  JOIN institution_types y ON y.id = t.institution_type_id
  JOIN kelurahan k ON k.id = t.kelurahan_id
  ORDER BY k.name, k.id, y.sort_order, i.rw_number, i.rt_number, i.name, i.id, p.sort_order, e.number, e.id, t.lane DESC, t.id
  LIMIT ${exportedAtMost + 1}`;

/** The page's tenures are found first; names of positions and institutions are looked up only for those. */
function pageOf(filter: Applied, isLocal: boolean): Prisma.Sql {
  // A local list and a search sort by an expression, so that the planner does not walk the names of the city in order.
  const isSorted = isLocal || (filter.cari?.length ?? 0) >= 3;
  const name = isSorted ? Prisma.sql`(p.name || '')` : Prisma.sql`p.name`;
  return Prisma.sql`WITH page AS MATERIALIZED (
      SELECT t.id, p.name, p.id AS person_id ${inOffice(filter, people)}
      ORDER BY ${name}, p.id, t.id LIMIT ${pageSize} OFFSET ${(filter.halaman - 1) * pageSize}
    )
    SELECT t.id AS "tenureId", p.id AS "personId", p.front_title AS "frontTitle", p.name, p.back_title AS "backTitle", p.sex,
      COALESCE(e.label, CASE WHEN e.number > 1 THEN y.name || ' ' || e.number ELSE y.name END) AS "positionName", t.kind,
      i.id AS "institutionId", i.name AS "institutionName", g.short_name AS "typeName", k.name AS "kelurahanName",
      t.start_on::text AS "startOn"
    FROM page
    JOIN tenures t ON t.id = page.id
    JOIN people p ON p.id = page.person_id
    JOIN seats e ON e.id = t.seat_id
    JOIN position_types y ON y.id = t.position_type_id
    JOIN institutions i ON i.id = t.institution_id
    JOIN institution_types g ON g.id = t.institution_type_id
    JOIN kelurahan k ON k.id = t.kelurahan_id
    ORDER BY page.name, page.person_id, page.id`;
}

/** The same officers as a recap counts: of institutions that exist, in office on the day. */
function inOffice(filter: Applied, join: Prisma.Sql): Prisma.Sql {
  const { today, cari } = filter;
  const sex = filter['jenis-kelamin'];
  const conditions = [
    Prisma.sql`t.voided_at IS NULL AND t.start_on <= ${today}::date`,
    Prisma.sql`COALESCE(t.ended_on, t.planned_end_on, 'infinity') > ${today}::date`,
    Prisma.sql`i.status NOT IN ('dissolved', 'merged')`,
    ...ofTypeAndPlace('t', filter),
  ];
  if (sex !== null)
    conditions.push(sex === 'p' ? Prisma.sql`p.sex = 'female'` : Prisma.sql`p.sex = 'male'`);
  if (cari !== null) conditions.push(Prisma.sql`p.name ILIKE '%' || ${escapeLike(cari)} || '%'`);
  return Prisma.sql`FROM tenures t
    ${join}
    JOIN institutions i ON i.id = t.institution_id
    WHERE ${Prisma.join(conditions, ' AND ')}`;
}

const people = Prisma.sql`JOIN people p ON p.id = t.person_id`;

/** Counting looks people up one by one only for what is known of people. */
const needsPeople = (filter: Applied) => filter.cari !== null || filter['jenis-kelamin'] !== null;

/** Which fragments a statement is made of: its name as a prepared statement. */
function variantOf(filter: Applied): string {
  const used = [
    filter.cari && (filter.cari.length >= 3 ? 'search' : 'short'),
    ...typeAndPlaceIn(filter),
    filter['jenis-kelamin'],
  ];
  return used.filter(Boolean).join(' ');
}
