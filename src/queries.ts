import type { z } from 'zod';
import type { Actor } from '#src/access.ts';
import type { Read } from '#src/database.ts';
import { Prisma } from '#src/generated/prisma/client.ts';

/** A statement put together of fixed fragments; its name says of which, because each combination is prepared by itself. */
export const readOf = <Row>(
  name: string,
  row: z.ZodType<Row>,
  { text, values }: Prisma.Sql,
): Read<Row> => ({ name, text, values, row });

export type Narrowed = { jenis: string | null; kecamatan: string | null; kelurahan: string | null };

/** Conditions on a table of institutions, their summaries or their tenures: of a type, in a place, all by their codes. */
export function ofTypeAndPlace(
  table: 'i' | 's' | 't',
  { jenis, kecamatan, kelurahan }: Narrowed,
): Prisma.Sql[] {
  const type = Prisma.raw(`${table}.institution_type_id`);
  const place = Prisma.raw(`${table}.kelurahan_id`);
  return [
    ...(jenis === null
      ? []
      : [Prisma.sql`${type} = (SELECT id FROM institution_types WHERE code = ${jenis})`]),
    ...(kelurahan === null
      ? []
      : [Prisma.sql`${place} = (SELECT id FROM kelurahan WHERE code = ${kelurahan})`]),
    ...(kecamatan === null
      ? []
      : [
          Prisma.sql`${place} = ANY (ARRAY(SELECT kk.id FROM kelurahan kk JOIN kecamatan kc ON kc.id = kk.kecamatan_id WHERE kc.code = ${kecamatan}))`,
        ]),
  ];
}

/**
 * Whether a list is of some kelurahan only, by its filter or by what its reader sees. Its rows are sorted then: an index
 * in the list's order holds them among those of the city, and a planner that takes them for spread evenly walks it almost
 * to its end when they stand together, as the RT of a kelurahan do by their names.
 */
export const isLocal = (actor: Actor, { kecamatan, kelurahan }: Narrowed) =>
  actor.kelurahanIds.length > 0 || kecamatan !== null || kelurahan !== null;

/** Which of those conditions a statement has, for its name. */
export const typeAndPlaceIn = ({ jenis, kecamatan, kelurahan }: Narrowed) => [
  jenis && 'type',
  kecamatan && 'kecamatan',
  kelurahan && 'kelurahan',
];

/** What was typed, for LIKE to take as it stands. */
export const escapeLike = (text: string) => text.replaceAll(/[\\%_]/g, String.raw`\$&`);

/** Prisma leaves the wildcards of LIKE as they are. */
export const containing = (text: string) => ({
  contains: escapeLike(text),
  mode: 'insensitive' as const,
});
