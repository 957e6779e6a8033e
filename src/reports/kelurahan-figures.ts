import type { Transaction } from '#src/database.ts';
import { addDays } from '#src/format.ts';
import { Prisma } from '#src/generated/prisma/client.ts';
import { daysOfWarning } from '#src/institutions/rules.ts';
import { ofTypeAndPlace, type Narrowed } from '#src/queries.ts';

/** The figures of the camat's workbook, a row for each kelurahan (domain.md, section 5.4). */

const institutionFigures = ['rwCount', 'rtCount', 'valid', 'ending', 'ended'] as const;
const officerFigures = [
  ...(['rt', 'rw', 'lpm', 'pkk', 'karangTaruna', 'posyandu', 'kader', 'pokmas', 'others'] as const),
  ...(['men', 'women', 'officers'] as const),
] as const;
const figureNames = [...institutionFigures, ...officerFigures] as const;

export type KelurahanFigures = Record<(typeof figureNames)[number], number>;
export type KelurahanRow = KelurahanFigures & {
  name: string;
  kecamatanName: string;
  /** The last day on which an institution changed or was attested; null where there is none. */
  touchedOn: string | null;
};

type Asked = Narrowed & { today: string };

export function kelurahanRows(tx: Transaction, asked: Asked): Promise<KelurahanRow[]> {
  const { kecamatan, kelurahan } = asked;
  return tx.$queryRaw<KelurahanRow[]>`
    SELECT k.name, c.name AS "kecamatanName", i."touchedOn",
      ${Prisma.raw([...institutionFigures.map(zeroed('i')), ...officerFigures.map(zeroed('o'))].join(', '))}
    FROM kelurahan k
    JOIN kecamatan c ON c.id = k.kecamatan_id
    LEFT JOIN (${institutionsIn(asked)}) i ON i.kelurahan_id = k.id
    LEFT JOIN (${officersIn(asked)}) o ON o.kelurahan_id = k.id
    WHERE (${kecamatan}::text IS NULL OR c.code = ${kecamatan})
      AND (${kelurahan}::text IS NULL OR k.code = ${kelurahan})
    ORDER BY k.code`;
}

export function sumOfKelurahan(rows: readonly KelurahanRow[]): KelurahanFigures {
  const sum = (name: keyof KelurahanFigures) => rows.reduce((all, row) => all + row[name], 0);
  return Object.fromEntries(figureNames.map((name) => [name, sum(name)])) as KelurahanFigures;
}

const zeroed = (table: string) => (name: string) => `COALESCE(${table}."${name}", 0) AS "${name}"`;

/** The same institutions as the list counts by the status of their decree. */
const institutionsIn = (asked: Asked) => Prisma.sql`
  SELECT i.kelurahan_id, max(s.touched_on)::text AS "touchedOn",
    count(*) FILTER (WHERE y.code = 'RW')::int AS "rwCount",
    count(*) FILTER (WHERE y.code = 'RT')::int AS "rtCount",
    count(*) FILTER (WHERE s.term_ends_on > ${asked.today}::date)::int AS valid,
    count(*) FILTER (WHERE s.term_ends_on > ${asked.today}::date
      AND s.term_ends_on <= ${addDays(asked.today, daysOfWarning)}::date)::int AS ending,
    count(*) FILTER (WHERE s.term_ends_on <= ${asked.today}::date)::int AS ended
  FROM institutions i
  JOIN institution_types y ON y.id = i.institution_type_id
  JOIN institution_summaries s ON s.institution_id = i.id
  WHERE ${Prisma.join([isAlive, ...ofTypeAndPlace('i', asked)], ' AND ')}
  GROUP BY 1`;

/** The same officers as the list counts; cadres of a Posyandu stand in a column of their own. */
const officersIn = (asked: Asked) => Prisma.sql`
  SELECT t.kelurahan_id, count(*)::int AS officers,
    count(*) FILTER (WHERE q.sex = 'male')::int AS men,
    count(*) FILTER (WHERE q.sex = 'female')::int AS women,
    count(*) FILTER (WHERE y.code = 'RT')::int AS rt,
    count(*) FILTER (WHERE y.code = 'RW')::int AS rw,
    count(*) FILTER (WHERE y.code = 'LPM')::int AS lpm,
    count(*) FILTER (WHERE y.code = 'PKK')::int AS pkk,
    count(*) FILTER (WHERE y.code = 'KARANG_TARUNA')::int AS "karangTaruna",
    count(*) FILTER (WHERE y.code = 'POSYANDU' AND p.code <> 'cadre')::int AS posyandu,
    count(*) FILTER (WHERE y.code = 'POSYANDU' AND p.code = 'cadre')::int AS kader,
    count(*) FILTER (WHERE y.code = 'POKMAS')::int AS pokmas,
    count(*) FILTER (WHERE y.code <> ALL (${ownColumns}))::int AS others
  FROM tenures t
  JOIN institutions i ON i.id = t.institution_id
  JOIN institution_types y ON y.id = t.institution_type_id
  JOIN position_types p ON p.id = t.position_type_id
  JOIN people q ON q.id = t.person_id
  WHERE t.voided_at IS NULL AND t.start_on <= ${asked.today}::date
    AND COALESCE(t.ended_on, t.planned_end_on, 'infinity') > ${asked.today}::date
    AND ${Prisma.join([isAlive, ...ofTypeAndPlace('t', asked)], ' AND ')}
  GROUP BY 1`;

const ownColumns = ['RT', 'RW', 'LPM', 'PKK', 'KARANG_TARUNA', 'POSYANDU', 'POKMAS'];
const isAlive = Prisma.sql`i.status NOT IN ('dissolved', 'merged')`;
