import { z } from 'zod';

/** Boxes to tick for rows of the database: fields `prefix1`, `prefix2` and so on, each with the id of its row. */

const box = z
  .string()
  .regex(/^[1-9]\d{0,8}$/, 'Muat ulang halaman ini')
  .optional()
  .transform((text) => (text === undefined ? null : Number(text)));

type Boxes<Prefix extends string> = Record<`${Prefix}${number}`, typeof box>;

export const ticks = <Prefix extends string>(prefix: Prefix, atMost: number): Boxes<Prefix> =>
  Object.fromEntries(
    Array.from({ length: atMost }, (_, index) => [`${prefix}${index + 1}`, box]),
  ) as Boxes<Prefix>;

/** The ids that were ticked. */
export const tickedIn = (prefix: string, input: Record<string, unknown>): number[] =>
  Object.entries(input).flatMap(([name, id]) =>
    name.startsWith(prefix) && typeof id === 'number' && /^\d+$/.test(name.slice(prefix.length))
      ? [id]
      : [],
  );

/** What a form with boxes starts from: the ids of the rows that are ticked, at the places where the page shows them. */
export const tickValues = (prefix: string, rows: readonly { id: number; isTicked: boolean }[]) =>
  Object.fromEntries(
    rows.flatMap(({ id, isTicked }, index) => (isTicked ? [[`${prefix}${index + 1}`, id]] : [])),
  );
