import type { z } from 'zod';
import { statement, type Read } from '#src/database.ts';
import type { Scope } from '#src/reports/scope.ts';

/** Statements of figures by place and type, one for each level that a recap may cover. */

/** `sqlFor` is told by which column of kelurahan to group, and below the city which kelurahan are meant. */
export function byPlace<Row>(
  name: string,
  row: z.ZodType<Row>,
  sqlFor: (placeId: 'kecamatan_id' | 'id', inScope: string) => string,
): (scope: Scope, today: string) => Read<Row> {
  const city = statement<[today: string]>()(`${name}_city`, row, sqlFor('kecamatan_id', ''));
  const places = {
    kecamatan: statement<OfPlace>()(`${name}_kecamatan`, row, sqlFor('id', inKecamatan)),
    kelurahan: statement<OfPlace>()(`${name}_kelurahan`, row, sqlFor('id', inKelurahan)),
  };
  return ({ level, code, id }, today) =>
    level === 'city' ? city(today) : places[level](today, code, id);
}

/** A place is known by its code or its id; the other one is null. */
export type OfPlace = [today: string, code: string | null, id: number | null];

const inKecamatan = `SELECT k.id FROM kelurahan k
  WHERE k.kecamatan_id = (SELECT id FROM kecamatan WHERE code = $2 OR id = $3::int)`;
export const inKelurahan = `SELECT k.id FROM kelurahan k WHERE k.code = $2 OR k.id = $3::int`;
