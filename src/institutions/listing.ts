import { z } from 'zod';
import type { Read } from '#src/database.ts';
import { Prisma } from '#src/generated/prisma/client.ts';
import {
  type Applied,
  summaryJoin,
  isBy,
  conditionsOf,
  chairPositions,
  orderOf,
  variantOf,
} from '#src/institutions/listing-fragments.ts';
import { readOf } from '#src/queries.ts';
import { exportedAtMost } from '#src/spreadsheets.ts';

/** The list of institutions. Each filter and order is a fixed fragment, so each combination is a statement of its own. */

export const pageSize = 25;

/** Counting stops here: nobody pages through more, and counting half a million rows takes longer than the list. */
export const countedAtMost = 10_000;

const listRow = z.strictObject({
  id: z.number(),
  name: z.string(),
  typeCode: z.string(),
  typeName: z.string(),
  typeShortName: z.string(),
  kelurahanName: z.string(),
  status: z.string(),
  chairName: z.string().nullable(),
  chairInOffice: z.boolean().nullable(),
  chairActing: z.boolean().nullable(),
  startsOn: z.string().nullable(),
  termEndsOn: z.string().nullable(),
  percent: z.number(),
});
export type ListRow = z.output<typeof listRow>;

export type ExportRow = ListRow & {
  kecamatanName: string;
  decreeNumber: string | null;
  decreedOn: string | null;
  address: string | null;
  phone: string | null;
};

/** The 25 rows of a page and the number of all, both bounded: the ids are found first, details only for those. */
export function listInstitutions(
  filter: Applied & { halaman: number },
  reach: { isLocal: boolean },
): Read<ListRow> {
  const order = orderOf(filter, reach);
  const page = idsOf(filter, order, { limit: pageSize, offset: (filter.halaman - 1) * pageSize });
  return readOf(
    `institution_list ${variantOf(filter)}${reach.isLocal ? ' local' : ''}`,
    listRow,
    rowsOf(page, filter, { order, columns: Prisma.empty, joins: Prisma.empty }),
  );
}

export function countInstitutions(asked: Applied): Read<{ count: number }> {
  const filter: Applied = { ...asked, urut: 'nama' };
  const found = Prisma.sql`SELECT FROM institutions i ${summaryJoin(filter)} WHERE ${conditionsOf(filter)} LIMIT ${countedAtMost + 1}`;
  return readOf(
    `institution_count ${variantOf(filter)}`,
    z.strictObject({ count: z.number() }),
    Prisma.sql`SELECT count(*)::int AS "count" FROM (${found}) f`,
  );
}

/** The rows of a file, one more than it may hold. */
export function exportQuery(filter: Applied): Prisma.Sql {
  const columns = Prisma.sql`, c.name AS "kecamatanName", d.number AS "decreeNumber", d.decreed_on::text AS "decreedOn", i.address, i.phone`;
  const joins = Prisma.sql`JOIN kecamatan c ON c.id = k.kecamatan_id LEFT JOIN decrees d ON d.id = b.decree_id`;
  const order = orderOf(filter, { isLocal: false });
  const ids = idsOf(filter, order, { limit: exportedAtMost + 1, offset: 0 });
  return rowsOf(ids, filter, { order, columns, joins });
}

function rowsOf(
  page: Prisma.Sql,
  { today }: Applied,
  { order, columns, joins }: Record<'order' | 'columns' | 'joins', Prisma.Sql>,
): Prisma.Sql {
  return Prisma.sql`WITH page AS MATERIALIZED (${page})
    SELECT i.id, i.name, y.code AS "typeCode", y.name AS "typeName", y.short_name AS "typeShortName", k.name AS "kelurahanName", i.status,
      chair.name AS "chairName", chair.in_office AS "chairInOffice", chair.acting AS "chairActing",
      b.starts_on::text AS "startsOn", s.term_ends_on::text AS "termEndsOn", s.percent::int ${columns}
    FROM page
    JOIN institutions i ON i.id = page.id
    JOIN institution_types y ON y.id = i.institution_type_id
    JOIN kelurahan k ON k.id = i.kelurahan_id
    JOIN institution_summaries s ON s.institution_id = i.id
    LEFT JOIN boards b ON b.id = s.board_id
    ${joins}
    LEFT JOIN LATERAL (
      SELECT concat_ws(', ', concat_ws(' ', q.front_title, q.name), q.back_title) AS name,
        t.lane = 'acting' AS acting, t.valid @> ${today}::date AS in_office
      FROM tenures t JOIN people q ON q.id = t.person_id
      WHERE t.institution_id = i.id AND t.position_type_id = ${chairPositions} AND t.voided_at IS NULL AND t.start_on <= ${today}::date
        AND (t.ended_on IS NULL OR t.ended_on > ${today}::date)
      ORDER BY in_office DESC, t.lane, t.start_on DESC LIMIT 1
    ) chair ON true
    ORDER BY ${order}`;
}

function idsOf(
  filter: Applied,
  order: Prisma.Sql,
  { limit, offset }: { limit: number; offset: number },
): Prisma.Sql {
  const kelurahan = isBy(filter, 'kelurahan')
    ? Prisma.sql`JOIN kelurahan k ON k.id = i.kelurahan_id`
    : Prisma.empty;
  const types = isBy(filter, 'jenis')
    ? Prisma.sql`JOIN institution_types y ON y.id = i.institution_type_id`
    : Prisma.empty;
  return Prisma.sql`SELECT i.id FROM institutions i ${summaryJoin(filter)} ${kelurahan} ${types}
    WHERE ${conditionsOf(filter)} ORDER BY ${order} LIMIT ${limit} OFFSET ${offset}`;
}
