import type { Transaction } from '#src/database.ts';
import { today } from '#src/format.ts';
import { Prisma } from '#src/generated/prisma/client.ts';
import {
  positionIdsIn,
  type RuleInput,
  type ViolationFilter,
} from '#src/institution-rules/form.ts';
import type { RuleKind, Severity } from '#src/institution-rules/rules.ts';
import type { Narrowed } from '#src/queries.ts';
import { exportedAtMost } from '#src/spreadsheets.ts';

/** Who breaks a rule, standing or if it were set otherwise: both ask the database's rule_breaks, the one definition. */

export const pageSize = 25;
export const previewedAtMost = 100;

export type Violation = {
  kind: RuleKind;
  severity: Severity;
  value: number | null;
  legalBasis: string;
  number: number | null;
  other: string | null;
  institutionId: number;
  institutionName: string;
  kelurahanName: string;
  seatName: string;
  /** Null for a required seat that nobody held last; somebody whose term is over is named. */
  personId: number | null;
  personName: string | null;
  startOn: string | null;
  /** Why an exception was granted from this rule, or null. */
  exception: string | null;
  total: number;
};

type Page = { within: readonly number[]; limit: number; offset: number };

/** Violations of the rules in force, within the kelurahan given or in the whole city. */
export function listViolations(
  tx: Transaction,
  filter: ViolationFilter,
  { within, limit, offset }: Page,
): Promise<Violation[]> {
  const broken = rulesBroken(standing(filter), placesOf(within));
  return tx.$queryRaw(pageOf(broken, filter, { limit, offset }));
}

/** How many violations a kelurahan has, and how many of its required seats wait for a successor. */
export type ViolationCount = { code: string; name: string; count: number; termsOver: number };

/** A page of violations and the figures of each kelurahan, the most first; the database looks for them once. */
export async function listAndCountViolations(
  tx: Transaction,
  filter: ViolationFilter,
  { within, limit, offset }: Page,
): Promise<{ rows: Violation[]; places: ViolationCount[] }> {
  const [found] = await tx.$queryRaw<{ rows: Violation[]; places: ViolationCount[] }[]>`
    WITH broken AS MATERIALIZED (SELECT * FROM ${rulesBroken(standing(filter), placesOf(within))}),
      page AS (${pageOf(Prisma.sql`broken`, filter, { limit, offset })}),
      place AS (
        SELECT k.code, k.name, count(*) FILTER (WHERE ${wantedHere(filter)})::int AS "count",
          count(*) FILTER (WHERE ${isTermOver})::int AS "termsOver"
        FROM broken b
        JOIN institution_rules r ON r.id = b.rule_id
        JOIN institutions i ON i.id = b.institution_id
        JOIN kelurahan k ON k.id = i.kelurahan_id
        GROUP BY k.id, k.code, k.name ORDER BY "count" DESC, k.name)
    SELECT COALESCE((SELECT jsonb_agg(to_jsonb(page)) FROM page), '[]') AS "rows",
      COALESCE((SELECT jsonb_agg(to_jsonb(place)) FROM place), '[]') AS "places"`;
  return found ?? { rows: [], places: [] };
}

const pageOf = (
  broken: Prisma.Sql,
  filter: ViolationFilter,
  { limit, offset }: Omit<Page, 'within'>,
) => Prisma.sql`${violations(broken)}
  WHERE ${wantedHere(filter)} AND (${filter.kelurahan}::text IS NULL OR k.code = ${filter.kelurahan})
  ORDER BY k.name, i.name, i.id, y.sort_order, "seatName", r.kind, b.tenure_id
  LIMIT ${limit} OFFSET ${offset}`;

/** Whoever holds two offices where a rule minds it, in the places asked for; one more than a file may hold. */
export function listDoubleOffices(tx: Transaction, asked: Narrowed): Promise<Violation[]> {
  const rules = standing({ ...asked, aturan: 'concurrent_office', halaman: 1 });
  const { kecamatan, kelurahan } = asked;
  const places = Prisma.sql`ARRAY(SELECT k.id FROM kelurahan k JOIN kecamatan c ON c.id = k.kecamatan_id
    WHERE (${kecamatan}::text IS NULL OR c.code = ${kecamatan})
      AND (${kelurahan}::text IS NULL OR k.code = ${kelurahan}))`;
  return tx.$queryRaw(Prisma.sql`${violations(rulesBroken(rules, places))}
    ORDER BY k.name, "personName", p.id, i.name, i.id, b.tenure_id
    LIMIT ${exportedAtMost + 1}`);
}

/** Who would break a rule, in the whole city, if it were set like this; the first hundred, each with the total. */
export async function previewRule(
  tx: Transaction,
  id: number,
  input: RuleInput,
): Promise<Violation[]> {
  const { severity, value, countedFrom, countsActing, holdsFrom } = input;
  const changed = JSON.stringify({
    severity,
    value,
    counted_from: countedFrom,
    counts_acting: countsActing,
    holds_from: holdsFrom,
    required_position_ids: positionIdsIn(input),
  });
  const wanted = Prisma.sql`(SELECT jsonb_build_array(to_jsonb(w) || ${changed}::jsonb) FROM institution_rules w WHERE w.id = ${id})`;
  const rows = await tx.$queryRaw<
    Violation[]
  >(Prisma.sql`${violations(rulesBroken(wanted, placesOf([])))}
    ORDER BY k.name, i.name, i.id, y.sort_order, "seatName", b.tenure_id LIMIT ${previewedAtMost}`);
  return rows.map((row) => ({ ...row, value }));
}

const standing = ({ jenis, aturan }: ViolationFilter) => Prisma.sql`(
  SELECT COALESCE(jsonb_agg(to_jsonb(w)), '[]') FROM institution_rules w JOIN institution_types g ON g.id = w.institution_type_id
  WHERE w.severity <> 'off' AND (${jenis}::text IS NULL OR g.code = ${jenis}) AND (${kindOf(aturan)}::text IS NULL OR w.kind = ${kindOf(aturan)}))`;

const kindOf = (aturan: ViolationFilter['aturan']) =>
  aturan === 'term_over' ? 'required_positions' : aturan;

/** A required seat whose last officer's term is over waits for a new board; it is no empty seat. */
const isTermOver = Prisma.sql`r.kind = 'required_positions' AND b.tenure_id IS NOT NULL`;
const wantedHere = ({ aturan }: ViolationFilter) =>
  aturan === 'term_over' ? isTermOver : Prisma.sql`NOT (${isTermOver})`;

/** The kelurahan of the actor; the roles of the whole city have none, and look everywhere. */
const placesOf = (within: readonly number[]) =>
  within.length === 0 ? Prisma.sql`NULL::int[]` : Prisma.sql`${[...within]}::int[]`;

const rulesBroken = (rules: Prisma.Sql, places: Prisma.Sql) =>
  Prisma.sql`rule_breaks(${rules}, ${today()}::date, ${places})`;

const violations = (broken: Prisma.Sql) => Prisma.sql`
  SELECT r.kind, COALESCE(b.severity, r.severity) AS severity, r.value, r.legal_basis AS "legalBasis", b.number, b.other, i.id AS "institutionId", i.name AS "institutionName", k.name AS "kelurahanName",
    COALESCE(s.label, CASE WHEN s.number > 1 THEN y.name || ' ' || s.number ELSE y.name END) AS "seatName",
    p.id AS "personId", NULLIF(concat_ws(', ', concat_ws(' ', p.front_title, p.name), p.back_title), '') AS "personName",
    t.start_on::text AS "startOn", CASE WHEN r.kind = ANY (t.overridden_rules) THEN t.override_reason END AS exception,
    count(*) OVER ()::int AS total
  FROM ${broken} b
  JOIN institution_rules r ON r.id = b.rule_id
  JOIN institutions i ON i.id = b.institution_id
  JOIN kelurahan k ON k.id = i.kelurahan_id
  JOIN seats s ON s.id = b.seat_id
  JOIN position_types y ON y.id = s.position_type_id
  LEFT JOIN tenures t ON t.id = b.tenure_id
  LEFT JOIN people p ON p.id = t.person_id`;
