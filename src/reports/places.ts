import { z } from 'zod';
import { statement, type Read } from '#src/database.ts';
import type { Scope } from '#src/reports/scope.ts';

/** Places and types that a recap names. */

export type Place = z.output<typeof placeRow>;
export type TypeName = z.output<typeof typeRow>;

export const placesOf = (scope: Scope): Read<Place> =>
  scope.level === 'city' ? cityPlaces() : places[scope.level](scope.code, scope.id);

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
