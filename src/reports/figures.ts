import { z } from 'zod';
import type { Read } from '#src/database.ts';
import { byPlace } from '#src/reports/by-place.ts';
import type { Scope } from '#src/reports/scope.ts';

/** The figures of a recap by place and type. */

/** The two statements of a recap, for pages that know their place; `joinRecap` makes one of their answers. */
export const recapReads = (
  scope: Scope,
  today: string,
): [Read<InstitutionRow>, Read<OfficerRow>] => [
  institutionFigures(scope, today),
  officerFigures(scope, today),
];

const key = { placeId: z.number(), typeId: z.number() };
const institutionRow = z.strictObject({
  ...key,
  institutions: z.number(),
  valid: z.number(),
  ending: z.number(),
  ended: z.number(),
  withoutDecree: z.number(),
  filled: z.number(),
  expected: z.number(),
});
const officerRow = z.strictObject({
  ...key,
  officers: z.number(),
  women: z.number(),
  chairs: z.number(),
});
export type InstitutionRow = z.output<typeof institutionRow>;
export type OfficerRow = z.output<typeof officerRow>;
const isAlive = `i.status NOT IN ('dissolved', 'merged')`;

const institutionSql = (placeId: string, inScope: string) => `
  SELECT k.${placeId} AS "placeId", s.institution_type_id AS "typeId", count(*)::int AS institutions,
    count(*) FILTER (WHERE s.term_ends_on > $1)::int AS valid,
    count(*) FILTER (WHERE s.term_ends_on > $1 AND s.term_ends_on <= $1::date + 90)::int AS ending,
    count(*) FILTER (WHERE s.term_ends_on <= $1)::int AS ended,
    count(*) FILTER (WHERE s.term_ends_on IS NULL)::int AS "withoutDecree",
    sum(s.filled)::int AS filled, sum(s.expected)::int AS expected
  FROM kelurahan k
  JOIN institution_summaries s ON s.kelurahan_id = k.id
  JOIN institutions i ON i.id = s.institution_id AND i.kelurahan_id = k.id AND ${isAlive}
    ${inScope && `AND i.kelurahan_id = ANY (ARRAY(${inScope}))`}
  ${inScope && `WHERE k.id = ANY (ARRAY(${inScope}))`}
  GROUP BY 1, 2`;

/**
 * Officers in office are counted by institution first, which finds the chairs that are held and looks institutions up
 * once each. Within a place, people are looked up one by one: a join would let the planner read the whole city.
 */
const officerSql = (placeId: string, inScope: string) => `
  SELECT k.${placeId} AS "placeId", o.institution_type_id AS "typeId", sum(o.officers)::int AS officers,
    sum(o.women)::int AS women, count(*) FILTER (WHERE o.chair)::int AS chairs
  FROM (
    SELECT t.kelurahan_id, t.institution_id, t.institution_type_id, count(*) AS officers,
      count(*) FILTER (WHERE ${inScope ? `(SELECT p.sex FROM people p WHERE p.id = t.person_id)` : 'p.sex'} = 'female') AS women,
      bool_or(t.position_type_id = ANY (ARRAY(SELECT id FROM position_types WHERE is_chair))) AS chair
    FROM tenures t ${inScope ? '' : 'JOIN people p ON p.id = t.person_id'}
    WHERE t.voided_at IS NULL AND t.start_on <= $1 AND COALESCE(t.ended_on, t.planned_end_on, 'infinity') > $1
      ${inScope && `AND t.kelurahan_id = ANY (ARRAY(${inScope}))`}
    GROUP BY 1, 2, 3
  ) o
  JOIN institutions i ON i.id = o.institution_id AND ${isAlive}
  JOIN kelurahan k ON k.id = o.kelurahan_id
  GROUP BY 1, 2`;

const institutionFigures = byPlace('recap', institutionRow, institutionSql);
const officerFigures = byPlace('recap_officers', officerRow, officerSql);
