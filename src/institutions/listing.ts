import { z } from 'zod';
import type { Read } from '#src/database.ts';
import { addDays } from '#src/format.ts';
import { Prisma } from '#src/generated/prisma/client.ts';
import type { InstitutionFilter } from '#src/institutions/form.ts';
import {
  daysOfWarning,
  type InstitutionOrder,
  type InstitutionStatus,
} from '#src/institutions/rules.ts';

/** The list of institutions. Each filter and order is a fixed fragment, so each combination is a statement of its own. */

export const pageSize = 25;
/** Counting stops here: nobody pages through more, and counting half a million rows takes longer than the list. */
export const countedAtMost = 10_000;
export const exportedAtMost = 20_000;

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

type Applied = Omit<InstitutionFilter, 'urut' | 'halaman'> & {
  urut: InstitutionOrder;
  today: string;
};

/** The 25 rows of a page and the number of all, both bounded: the ids are found first, details only for those. */
export function listInstitutions(filter: Applied & { halaman: number }): Read<ListRow> {
  const page = idsOf(filter, pageSize, (filter.halaman - 1) * pageSize);
  return read(
    `institution_list ${variantOf(filter)}`,
    listRow,
    rowsOf(page, filter, Prisma.empty, Prisma.empty),
  );
}

export function countInstitutions(asked: Applied): Read<{ count: number }> {
  const filter: Applied = { ...asked, urut: 'nama' };
  const found = Prisma.sql`SELECT FROM institutions i ${summaryJoin(filter)} WHERE ${conditionsOf(filter)} LIMIT ${countedAtMost + 1}`;
  return read(
    `institution_count ${variantOf(filter)}`,
    z.strictObject({ count: z.number() }),
    Prisma.sql`SELECT count(*)::int AS "count" FROM (${found}) f`,
  );
}

/** The rows of the workbook, one more than it may hold. */
export function exportQuery(filter: Applied): Prisma.Sql {
  const columns = Prisma.sql`, c.name AS "kecamatanName", d.number AS "decreeNumber", d.decreed_on::text AS "decreedOn", i.address, i.phone`;
  const joins = Prisma.sql`JOIN kecamatan c ON c.id = k.kecamatan_id LEFT JOIN decrees d ON d.id = b.decree_id`;
  return rowsOf(idsOf(filter, exportedAtMost + 1, 0), filter, columns, joins);
}

function rowsOf(
  page: Prisma.Sql,
  filter: Applied,
  columns: Prisma.Sql,
  joins: Prisma.Sql,
): Prisma.Sql {
  const { today } = filter;
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
    ORDER BY ${orderOf(filter)}`;
}

/** Asked once a statement; as a join the planner may read the position types again for every tenure. */
const chairPositions = Prisma.sql`ANY (ARRAY(SELECT id FROM position_types WHERE is_chair))`;

function idsOf(filter: Applied, limit: number, offset: number): Prisma.Sql {
  const kelurahan = isBy(filter, 'kelurahan')
    ? Prisma.sql`JOIN kelurahan k ON k.id = i.kelurahan_id`
    : Prisma.empty;
  const types = isBy(filter, 'jenis')
    ? Prisma.sql`JOIN institution_types y ON y.id = i.institution_type_id`
    : Prisma.empty;
  return Prisma.sql`SELECT i.id FROM institutions i ${summaryJoin(filter)} ${kelurahan} ${types}
    WHERE ${conditionsOf(filter)} ORDER BY ${orderOf(filter)} LIMIT ${limit} OFFSET ${offset}`;
}

function summaryJoin(filter: Applied): Prisma.Sql {
  const byTerm =
    filter.status?.startsWith('sk-') || filter.status === 'belum-ada-sk' || filter.bulan !== null;
  const sorted = isBy(filter, 'masa-bakti') || isBy(filter, 'kelengkapan');
  return byTerm || sorted
    ? Prisma.sql`JOIN institution_summaries s ON s.institution_id = i.id`
    : Prisma.empty;
}

const isBy = ({ urut }: Applied, order: InstitutionOrder) => urut === order || urut === `-${order}`;

function conditionsOf(filter: Applied): Prisma.Sql {
  const { cari, jenis, kecamatan, kelurahan, bulan } = filter;
  const conditions = [statusCondition(filter.status, filter.today)];
  if (cari !== null) conditions.push(Prisma.sql`i.name ILIKE '%' || ${escapeLike(cari)} || '%'`);
  if (jenis !== null)
    conditions.push(
      Prisma.sql`i.institution_type_id = (SELECT id FROM institution_types WHERE code = ${jenis})`,
    );
  if (kelurahan !== null)
    conditions.push(
      Prisma.sql`i.kelurahan_id = (SELECT id FROM kelurahan WHERE code = ${kelurahan})`,
    );
  if (kecamatan !== null) {
    conditions.push(
      Prisma.sql`i.kelurahan_id = ANY (ARRAY(SELECT kk.id FROM kelurahan kk JOIN kecamatan kc ON kc.id = kk.kecamatan_id WHERE kc.code = ${kecamatan}))`,
    );
  }
  if (bulan !== null) {
    conditions.push(
      Prisma.sql`s.term_ends_on > ${`${bulan}-01`}::date AND s.term_ends_on <= (${`${bulan}-01`}::date + interval '1 month')::date`,
    );
  }
  return Prisma.join(conditions, ' AND ');
}

function statusCondition(status: InstitutionStatus | null, today: string): Prisma.Sql {
  const alive = Prisma.sql`i.status NOT IN ('dissolved', 'merged')`;
  switch (status) {
    case null:
      return alive;
    case 'sk-berlaku':
      return Prisma.sql`${alive} AND s.term_ends_on > ${today}::date`;
    case 'sk-segera':
      return Prisma.sql`${alive} AND s.term_ends_on > ${today}::date AND s.term_ends_on <= ${addDays(today, daysOfWarning)}::date`;
    case 'sk-berakhir':
      return Prisma.sql`${alive} AND s.term_ends_on <= ${today}::date`;
    case 'belum-ada-sk':
      return Prisma.sql`${alive} AND s.term_ends_on IS NULL`;
    case 'ketua-kosong':
      return Prisma.sql`${alive} AND NOT EXISTS (
        SELECT FROM tenures t WHERE t.institution_id = i.id AND t.position_type_id = ${chairPositions} AND t.voided_at IS NULL AND t.valid @> ${today}::date)`;
    case 'tidak-aktif':
      return Prisma.sql`i.status IN ('dormant', 'dissolved', 'merged')`;
  }
}

/**
 * A search of three letters or more sorts by an expression, which no index gives: otherwise the planner walks the names
 * in order and tests each one, half a million of them when few match, instead of asking the trigram index.
 */
function orderOf(filter: Applied): Prisma.Sql {
  return (filter.cari?.length ?? 0) >= 3
    ? (searchOrders[filter.urut] ?? orders[filter.urut])
    : orders[filter.urut];
}

const orders: Record<InstitutionOrder, Prisma.Sql> = {
  nama: Prisma.sql`i.name, i.id`,
  '-nama': Prisma.sql`i.name DESC, i.id DESC`,
  jenis: Prisma.sql`y.sort_order, i.name, i.id`,
  '-jenis': Prisma.sql`y.sort_order DESC, i.name DESC, i.id DESC`,
  kelurahan: Prisma.sql`k.name, k.id, i.name, i.id`,
  '-kelurahan': Prisma.sql`k.name DESC, k.id DESC, i.name DESC, i.id DESC`,
  'masa-bakti': Prisma.sql`s.term_ends_on, s.institution_id`,
  '-masa-bakti': Prisma.sql`s.term_ends_on DESC, s.institution_id DESC`,
  kelengkapan: Prisma.sql`s.percent, s.institution_id`,
  '-kelengkapan': Prisma.sql`s.percent DESC, s.institution_id DESC`,
};
const searchOrders: Partial<Record<InstitutionOrder, Prisma.Sql>> = {
  nama: Prisma.sql`(i.name || ''), i.id`,
  '-nama': Prisma.sql`(i.name || '') DESC, i.id DESC`,
};

const escapeLike = (text: string) => text.replaceAll(/[\\%_]/g, '\\$&');

/** Which fragments a statement is made of: its name as a prepared statement. */
function variantOf(filter: Applied): string {
  const search = filter.cari === null ? '' : filter.cari.length >= 3 ? 'search' : 'short';
  const used = [
    filter.jenis && 'type',
    filter.kecamatan && 'kecamatan',
    filter.kelurahan && 'kelurahan',
    filter.bulan && 'month',
  ];
  return [filter.urut, filter.status, search, ...used].filter(Boolean).join(' ');
}

const read = <Row>(name: string, row: z.ZodType<Row>, query: Prisma.Sql): Read<Row> => ({
  name,
  text: query.text,
  values: query.values,
  row,
});
