import { z } from 'zod';
import { statement, type Read } from '#src/database.ts';
import { addDays } from '#src/format.ts';
import { Prisma } from '#src/generated/prisma/client.ts';
import type { CompletenessFilter } from '#src/completeness/form.ts';
import { staleDays, type GapCode, type Order } from '#src/completeness/rules.ts';
import { ofTypeAndPlace, readOf, typeAndPlaceIn } from '#src/queries.ts';

/** Completeness and freshness as institution_summaries keeps them; each filter and order is a statement of its own. */

export const pageSize = 25;

const counted: Record<GapCode, string> = {
  alamat: 's.no_address::int',
  'hp-lembaga': 's.no_phone::int',
  'hp-pengurus': 's.people_without_phone',
  'tanggal-dibentuk': 's.no_founding::int',
  nik: 's.people_without_nik',
  'tanggal-lahir': 's.people_without_birth_date',
  sk: 's.no_decree::int',
  kursi: 's.vacant_seats',
};
const sums = (of: (column: string) => string) =>
  Object.entries(counted)
    .map(([code, column]) => `'${code}', ${of(column)}`)
    .join(', ');

const gapColumns = sums((column) => column);
const gaps = z.strictObject({
  alamat: z.number(),
  'hp-lembaga': z.number(),
  'hp-pengurus': z.number(),
  'tanggal-dibentuk': z.number(),
  nik: z.number(),
  'tanggal-lahir': z.number(),
  sk: z.number(),
  kursi: z.number(),
});

const listRow = z.strictObject({
  id: z.number(),
  name: z.string(),
  typeName: z.string(),
  kelurahanName: z.string(),
  filled: z.number(),
  expected: z.number(),
  percent: z.number(),
  days: z.number(),
  state: z.enum(['sudah', 'berubah', 'belum']),
  gaps,
});
export type ListRow = z.output<typeof listRow>;

type Asked = Omit<CompletenessFilter, 'halaman'> & { today: string };

/** The cycle that runs, or the last one that ran. */
const currentCycle = (today: Prisma.Sql) =>
  Prisma.sql`(SELECT id FROM attestation_cycles WHERE starts_on <= ${today}::date ORDER BY starts_on DESC LIMIT 1)`;
const stateOf = (today: string) => Prisma.sql`CASE
  WHEN s.attested_cycle_id IS DISTINCT FROM ${currentCycle(Prisma.sql`${today}`)} THEN 'belum'
  WHEN s.changed_sections = '{}' THEN 'sudah' ELSE 'berubah' END`;

export const listQuery = (asked: Asked, limit: number, offset: number): Prisma.Sql =>
  Prisma.sql`SELECT i.id, i.name, y.name AS "typeName", k.name AS "kelurahanName", s.filled, s.expected, s.percent::int,
      ${asked.today}::date - s.touched_on AS days, ${stateOf(asked.today)} AS state, jsonb_build_object(${Prisma.raw(gapColumns)}) AS gaps
    FROM (SELECT s.institution_id FROM institution_summaries s JOIN institutions i ON i.id = s.institution_id
      WHERE ${conditionsOf(asked)} ORDER BY ${order[asked.urut]} LIMIT ${limit} OFFSET ${offset}) page
    JOIN institution_summaries s ON s.institution_id = page.institution_id
    JOIN institutions i ON i.id = s.institution_id
    JOIN institution_types y ON y.id = i.institution_type_id
    JOIN kelurahan k ON k.id = i.kelurahan_id
    ORDER BY ${order[asked.urut]}`;

export const listPage = (asked: Asked, page: number): Read<ListRow> =>
  readOf(
    `completeness_list ${variantOf(asked)}`,
    listRow,
    listQuery(asked, pageSize, (page - 1) * pageSize),
  );

const placeRow = z.strictObject({
  code: z.string(),
  name: z.string(),
  institutions: z.number(),
  incomplete: z.number(),
  filled: z.number(),
  expected: z.number(),
  days: z.number(),
  stale: z.number(),
  attested: z.number(),
  changed: z.number(),
  /** By kind of gap: how many institutions have it, and how many fields are missing. */
  having: gaps,
  missing: gaps,
});
export type PlaceRow = z.output<typeof placeRow>;

/** Sums by kecamatan or kelurahan over the institutions of the filter. */
export function places(asked: Asked, level: 'kecamatan' | 'kelurahan'): Read<PlaceRow> {
  const place = level === 'kecamatan' ? Prisma.raw('c') : Prisma.raw('k');
  const { today } = asked;
  const cycle = currentCycle(Prisma.sql`${today}`);
  return readOf(
    `completeness_${level} ${variantOf({ ...asked, urut: 'nama' })}`,
    placeRow,
    Prisma.sql`SELECT ${place}.code, ${place}.name, count(*)::int AS institutions,
      count(*) FILTER (WHERE s.filled < s.expected)::int AS incomplete,
      sum(s.filled)::int AS filled, sum(s.expected)::int AS expected,
      round(avg(${today}::date - s.touched_on))::int AS days,
      count(*) FILTER (WHERE s.touched_on < ${addDays(today, -staleDays)}::date)::int AS stale,
      count(*) FILTER (WHERE s.attested_cycle_id = ${cycle})::int AS attested,
      count(*) FILTER (WHERE s.attested_cycle_id = ${cycle} AND s.changed_sections <> '{}')::int AS changed,
      jsonb_build_object(${Prisma.raw(sums((column) => `count(*) FILTER (WHERE ${column} > 0)`))}) AS having,
      jsonb_build_object(${Prisma.raw(sums((column) => `sum(${column})`))}) AS missing
    FROM institution_summaries s
    JOIN institutions i ON i.id = s.institution_id
    JOIN kelurahan k ON k.id = s.kelurahan_id
    JOIN kecamatan c ON c.id = k.kecamatan_id
    WHERE ${conditionsOf(asked)}
    GROUP BY ${place}.code, ${place}.name ORDER BY ${place}.name, ${place}.code`,
  );
}

function conditionsOf(asked: Asked): Prisma.Sql {
  const { celah, pernyataan, kemutakhiran, today } = asked;
  const conditions = [
    Prisma.sql`i.status NOT IN ('dissolved', 'merged')`,
    ...ofTypeAndPlace('s', asked),
  ];
  if (celah === 'ada') conditions.push(Prisma.sql`s.filled < s.expected`);
  else if (celah !== null) conditions.push(Prisma.sql`${Prisma.raw(counted[celah])} > 0`);
  if (pernyataan !== null) conditions.push(Prisma.sql`${stateOf(today)} = ${pernyataan}`);
  if (kemutakhiran !== null)
    conditions.push(Prisma.sql`s.touched_on < ${addDays(today, -staleDays)}::date`);
  return Prisma.join(conditions, ' AND ');
}

const order: Record<Order, Prisma.Sql> = {
  kelengkapan: Prisma.sql`s.percent, s.institution_id`,
  '-kelengkapan': Prisma.sql`s.percent DESC, s.institution_id DESC`,
  kemutakhiran: Prisma.sql`s.touched_on, s.institution_id`,
  '-kemutakhiran': Prisma.sql`s.touched_on DESC, s.institution_id DESC`,
  nama: Prisma.sql`i.name, i.id`,
  '-nama': Prisma.sql`i.name DESC, i.id DESC`,
};

/** Which fragments a statement is made of. */
function variantOf(asked: Asked): string {
  const { urut, celah, pernyataan, kemutakhiran } = asked;
  const used = [urut, celah, pernyataan && 'state', kemutakhiran, ...typeAndPlaceIn(asked)];
  return used.filter(Boolean).join(' ');
}

/** The cycle of attestation that runs, or the last one that ran; none before the city opens the first. */
export const cycleOn = statement<[today: string]>()(
  'attestation_cycle',
  z.strictObject({ id: z.number(), name: z.string(), startsOn: z.string(), dueOn: z.string() }),
  `SELECT id, name, starts_on AS "startsOn", due_on AS "dueOn" FROM attestation_cycles
   WHERE starts_on <= $1::date ORDER BY starts_on DESC LIMIT 1`,
);

/** What a reminder says about one institution, and whom it goes to. */
export const reminderFacts = statement<[id: number, today: string]>()(
  'completeness_reminder',
  z.strictObject({
    name: z.string(),
    kelurahanName: z.string(),
    chairName: z.string().nullable(),
    chairPhone: z.string().nullable(),
    attested: z.boolean(),
    gaps,
  }),
  `SELECT i.name, k.name AS "kelurahanName", chair.name AS "chairName", chair.phone AS "chairPhone",
     s.attested_cycle_id IS NOT DISTINCT FROM
       (SELECT id FROM attestation_cycles WHERE starts_on <= $2::date ORDER BY starts_on DESC LIMIT 1) AS attested,
     jsonb_build_object(${gapColumns}) AS gaps
   FROM institutions i
   JOIN institution_summaries s ON s.institution_id = i.id
   JOIN kelurahan k ON k.id = i.kelurahan_id
   LEFT JOIN LATERAL (
     SELECT concat_ws(', ', concat_ws(' ', q.front_title, q.name), q.back_title) AS name, q.phone
     FROM tenures t JOIN position_types p ON p.id = t.position_type_id AND p.is_chair JOIN people q ON q.id = t.person_id
     WHERE t.institution_id = i.id AND t.voided_at IS NULL AND t.start_on <= $2::date
       AND (t.ended_on IS NULL OR t.ended_on > $2::date)
     ORDER BY t.lane DESC, t.start_on DESC LIMIT 1
   ) chair ON true
   WHERE i.id = $1`,
);
