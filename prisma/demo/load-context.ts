import type { Transaction } from '#src/database.ts';
import type { PlannedKelurahan } from './plan-types.ts';

/** What every step of writing a kelurahan needs, and the ids that the database gave so far. */
type Types = Awaited<ReturnType<typeof typesByCode>>;
export type Context = {
  tx: Transaction;
  plan: PlannedKelurahan;
  types: Types;
  kelurahanId: number;
};
export type Ids<Planned> = Map<Planned, number>;

export async function typesByCode(tx: Transaction) {
  const types = await tx.institutionType.findMany({
    select: { id: true, code: true, positionTypes: { select: { id: true, code: true } } },
  });
  const entries = types.map(({ id, code, positionTypes }) => {
    const positions = new Map(positionTypes.map((position) => [position.code, position.id]));
    return [code, { id, positions }] as const;
  });
  return new Map(entries);
}

export function get<Key, Value>(map: Map<Key, Value>, key: Key): Value {
  const value = map.get(key);
  if (value === undefined)
    throw new Error(`The demo points at something it does not hold: ${String(key)}`);
  return value;
}
