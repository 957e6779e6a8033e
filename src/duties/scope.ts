import type { Filter } from '#src/duties/standing.ts';
import { Prisma } from '#src/generated/prisma/client.ts';
import { ofTypeAndPlace } from '#src/queries.ts';
import type { Scope } from '#src/reports/scope.ts';

/** The officers of a place, by its code from the URL or by the id of the account's own scope. */
export function scopeFilter({ level, code, id }: Scope): Filter {
  if (level === 'city') return { name: 'city', where: Prisma.sql`true` };
  const key = code === null ? Prisma.sql`id = ${id}` : Prisma.sql`code = ${code}`;
  const name = `${level} ${code === null ? 'id' : 'code'}`;
  return level === 'kelurahan'
    ? { name, where: Prisma.sql`t.kelurahan_id = (SELECT id FROM kelurahan WHERE ${key})` }
    : {
        name,
        where: Prisma.sql`t.kelurahan_id = ANY (ARRAY(SELECT id FROM kelurahan
          WHERE kecamatan_id = (SELECT id FROM kecamatan WHERE ${key})))`,
      };
}

export type Narrowing = { lembaga: number | null; jenis: string | null };

/** A place narrowed to one institution or one type. */
export function narrowed(filter: Filter, { lembaga, jenis }: Narrowing): Filter {
  const parts = [
    ...(lembaga === null
      ? []
      : [{ name: 'lembaga', where: Prisma.sql`t.institution_id = ${lembaga}` }]),
    ...ofTypeAndPlace('t', { jenis, kecamatan: null, kelurahan: null }).map((where) => ({
      name: 'jenis',
      where,
    })),
  ];
  return {
    name: [filter, ...parts].map(({ name }) => name).join(' '),
    where: Prisma.join(
      [filter, ...parts].map(({ where }) => where),
      ' AND ',
    ),
  };
}
