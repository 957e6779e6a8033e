import { z } from 'zod';
import type { Actor, SignedInAccount } from '#src/access.ts';
import { asActor, readAs, statement, type Read } from '#src/database.ts';
import { notFound } from '#src/http/errors.ts';
import type { ReportQuery } from '#src/reports/form.ts';
import type { Figures } from '#src/reports/rules.ts';

/** What a recap covers: the whole city by kecamatan, a kecamatan by kelurahan, or one kelurahan by type. */
export const reportLevels = ['city', 'kecamatan', 'kelurahan'] as const;
export type ReportLevel = (typeof reportLevels)[number];

/** A place by its code from the URL or by the id of the account's own scope. */
export type Scope = { level: ReportLevel; code: string | null; id: number | null };

export type Place = z.output<typeof placeRow>;
export type TypeName = z.output<typeof typeRow>;
export type RecapRow = Figures & { placeId: number; typeId: number };

/** What an account gets a recap of: its own place, or for the wider roles the one that was asked for. */
export function scopeFor(account: SignedInAccount, query: ReportQuery): Scope {
  const { kelurahan, kecamatan } = query;
  if (account.kelurahanId !== null) {
    if (kecamatan !== null) throw notFound();
    const id = kelurahan === null ? account.kelurahanId : null;
    return { level: 'kelurahan', code: kelurahan, id };
  }
  // Whoever chooses another kecamatan in the filter leaves the kelurahan of the former one behind.
  if (kelurahan !== null && (kecamatan === null || kelurahan.startsWith(`${kecamatan}.`)))
    return { level: 'kelurahan', code: kelurahan, id: null };
  if (kecamatan !== null) return { level: 'kecamatan', code: kecamatan, id: null };
  if (account.kecamatanId !== null)
    return { level: 'kecamatan', code: null, id: account.kecamatanId };
  return { level: 'city', code: null, id: null };
}

/** Everything a recap shows, in one round trip; a place outside the account's scope is not found. */
export async function readReport(
  { actor, account }: { actor: Actor; account: SignedInAccount },
  scope: Scope,
  today: string,
) {
  const [types, kecamatan, places, institutions, officers] = await readAs(
    actor,
    typeNames(),
    kecamatanNames(account.kecamatanId),
    placesOf(scope),
    ...recapReads(scope, today),
  );
  const own = places.find(({ isScope }) => isScope) ?? null;
  const isForeign =
    scope.level === 'kecamatan' && account.kecamatanId !== null && own?.id !== account.kecamatanId;
  if (isForeign || (own === null && scope.level !== 'city')) throw notFound();
  return { types, kecamatan, own, places, rows: joinRecap(institutions, officers) };
}
export type Report = Awaited<ReturnType<typeof readReport>>;

/** The two statements of a recap, for pages that know their place; `joinRecap` makes one of their answers. */
export const recapReads = (
  scope: Scope,
  today: string,
): [Read<InstitutionRow>, Read<OfficerRow>] =>
  scope.level === 'city'
    ? [institutionFigures.city(today), officerFigures.city(today)]
    : [
        institutionFigures[scope.level](today, scope.code, scope.id),
        officerFigures[scope.level](today, scope.code, scope.id),
      ];

/** Officers beside institutions: a chair is vacant where no officer in office today sits on it. */
export function joinRecap(
  institutions: readonly InstitutionRow[],
  officers: readonly OfficerRow[],
): RecapRow[] {
  const byKey = new Map(officers.map((row) => [keyOf(row), row]));
  return institutions.map((row) => {
    const found = byKey.get(keyOf(row));
    return {
      ...row,
      officers: found?.officers ?? 0,
      women: found?.women ?? 0,
      vacantChairs: row.institutions - (found?.chairs ?? 0),
    };
  });
}

const keyOf = (row: { placeId: number; typeId: number }) => `${row.placeId}:${row.typeId}`;

export const placesOf = (scope: Scope): Read<Place> =>
  scope.level === 'city' ? cityPlaces() : places[scope.level](scope.code, scope.id);

/** The trace of a file that leaves the portal: who, which list, which filter, how many rows. */
export async function recordExport(
  actor: Actor,
  details: { filter: string; rows: number; format?: 'pdf' },
): Promise<void> {
  await asActor(
    actor,
    (tx) => tx.$executeRaw`SELECT audit.record('export', 'reports', NULL, NULL, ${details}::jsonb)`,
  );
}

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
type InstitutionRow = z.output<typeof institutionRow>;
type OfficerRow = z.output<typeof officerRow>;
const isAlive = `i.status NOT IN ('dissolved', 'merged')`;

const institutionSql = (placeId: 'kecamatan_id' | 'id', inScope: string) => `
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
const officerSql = (placeId: 'kecamatan_id' | 'id', inScope: string) => `
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

/** A place is known by its code or its id; the other one is null. */
const inKecamatan = `SELECT k.id FROM kelurahan k
  WHERE k.kecamatan_id = (SELECT id FROM kecamatan WHERE code = $2 OR id = $3::int)`;
const inKelurahan = `SELECT k.id FROM kelurahan k WHERE k.code = $2 OR k.id = $3::int`;

type OfCity = [today: string];
type OfPlace = [today: string, code: string | null, id: number | null];

const institutionFigures = {
  city: statement<OfCity>()('recap_city', institutionRow, institutionSql('kecamatan_id', '')),
  kecamatan: statement<OfPlace>()(
    'recap_kecamatan',
    institutionRow,
    institutionSql('id', inKecamatan),
  ),
  kelurahan: statement<OfPlace>()(
    'recap_kelurahan',
    institutionRow,
    institutionSql('id', inKelurahan),
  ),
};

const officerFigures = {
  city: statement<OfCity>()('recap_officers_city', officerRow, officerSql('kecamatan_id', '')),
  kecamatan: statement<OfPlace>()(
    'recap_officers_kecamatan',
    officerRow,
    officerSql('id', inKecamatan),
  ),
  kelurahan: statement<OfPlace>()(
    'recap_officers_kelurahan',
    officerRow,
    officerSql('id', inKelurahan),
  ),
};

/** The place itself (isScope) with its letterhead, and the places that its rows are about. */
const placeRow = z.strictObject({
  id: z.number(),
  code: z.string(),
  name: z.string(),
  isScope: z.boolean(),
  kecamatanName: z.string(),
  kecamatanCode: z.string(),
  address: z.string().nullable(),
  headName: z.string().nullable(),
  headRank: z.string().nullable(),
  headNip: z.string().nullable(),
});

const letterhead = (table: 'c' | 'k') =>
  `${table}.address, ${table}.head_name AS "headName", ${table}.head_rank AS "headRank", ${table}.head_nip AS "headNip"`;
const noLetterhead = `NULL AS address, NULL AS "headName", NULL AS "headRank", NULL AS "headNip"`;

const cityPlaces = statement<[]>()(
  'report_places_city',
  placeRow,
  `SELECT id, code, name, false AS "isScope", name AS "kecamatanName", code AS "kecamatanCode", ${noLetterhead}
   FROM kecamatan ORDER BY code`,
);

type PlaceKey = [code: string | null, id: number | null];
const places = {
  kecamatan: statement<PlaceKey>()(
    'report_places_kecamatan',
    placeRow,
    `SELECT * FROM (
       SELECT c.id, c.code, c.name, true AS "isScope", c.name AS "kecamatanName", c.code AS "kecamatanCode", ${letterhead('c')}
       FROM kecamatan c WHERE c.code = $1 OR c.id = $2::int
       UNION ALL
       SELECT k.id, k.code, k.name, false, c.name, c.code, ${noLetterhead}
       FROM kecamatan c JOIN kelurahan k ON k.kecamatan_id = c.id WHERE c.code = $1 OR c.id = $2::int
     ) p ORDER BY code`,
  ),
  kelurahan: statement<PlaceKey>()(
    'report_places_kelurahan',
    placeRow,
    `SELECT k.id, k.code, k.name, (k.code = $1 OR k.id = $2::int) IS TRUE AS "isScope", c.name AS "kecamatanName",
       c.code AS "kecamatanCode", ${letterhead('k')}
     FROM kelurahan k JOIN kecamatan c ON c.id = k.kecamatan_id
     WHERE k.kecamatan_id = (SELECT kecamatan_id FROM kelurahan WHERE code = $1 OR id = $2::int)
     ORDER BY k.code`,
  ),
};

const typeRow = z.strictObject({
  id: z.number(),
  code: z.string(),
  name: z.string(),
  shortName: z.string(),
});

/** Every type of institution, in the order of the city's recaps. */
export const typeNames = statement<[]>()(
  'type_names',
  typeRow,
  `SELECT id, code, name, short_name AS "shortName" FROM institution_types ORDER BY sort_order, id`,
);

const kecamatanNameRow = z.strictObject({ code: z.string(), name: z.string() });

/** The kecamatan to choose from; for an account of one kecamatan only that one. */
export const kecamatanNames = statement<[own: number | null]>()(
  'kecamatan_names',
  kecamatanNameRow,
  `SELECT code, name FROM kecamatan WHERE $1::int IS NULL OR id = $1 ORDER BY code`,
);
