import type { Transaction } from '#src/database.ts';
import { keysOf, type FileColumn } from '#src/imports/columns.ts';
import { fieldOfHead, type ColumnField } from '#src/imports/labels.ts';
import { rememberedColumns } from '#src/imports/repository.ts';

/**
 * What this kelurahan took a head for last time, else what the head says; two columns are never the same thing. All
 * is known where every column that holds something is, be it to be passed over.
 */
export async function guessMapping(
  tx: Transaction,
  kelurahanId: number,
  columns: readonly FileColumn[],
): Promise<{ mapping: ColumnField[]; isKnown: boolean }> {
  const remembered = await rememberedColumns(tx, kelurahanId);
  const keys = keysOf(columns);
  const known = columns.map(
    ({ label }, index) => remembered.get(keys[index] ?? '') ?? fieldOfHead(label),
  );
  const isTaken = (field: ColumnField, index: number) =>
    field !== 'ignore' && known.indexOf(field) < index;
  const mapping = known.map((field, index) =>
    field === null || isTaken(field, index) ? 'ignore' : field,
  );
  const isKnown = columns.every(
    ({ isFilled }, index) => !isFilled || known[index] === mapping[index],
  );
  return { mapping, isKnown };
}
