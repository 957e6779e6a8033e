import type { Actor, SignedInAccount } from '#src/access.ts';
import { asActor, type Transaction } from '#src/database.ts';
import * as format from '#src/format.ts';
import { roleLabel } from '#src/navigation.ts';
import { countInWords, type Sheet } from '#src/spreadsheets.ts';

/** What every file says of itself when it leaves the portal, and the trace that it leaves behind. */

type Exported = {
  table: string;
  /** The one row that the file is about. */
  id?: number;
  reason?: string;
  /** The filter and how many rows, at least. */
  details: Record<string, string | number>;
};

export async function recordExport(
  tx: Transaction,
  { table, id, reason, details }: Exported,
): Promise<void> {
  const row = id === undefined ? null : String(id);
  await tx.$executeRaw`SELECT audit.record('export', ${table}, ${row}, ${reason ?? null}, ${details}::jsonb)`;
}

/** For rows that were read before. */
export const recordExportAs = (actor: Actor, exported: Exported): Promise<void> =>
  asActor(actor, (tx) => recordExport(tx, exported));

export const exporterOf = (account: SignedInAccount) =>
  `${account.displayName}, ${roleLabel(account)}`;

/** The lines above the table of a list: the day of the data, the filter, who took it along, and how many rows. */
export const sheetHead = (
  account: SignedInAccount,
  { filter, total, what }: { filter: string; total: number; what: string },
): Pick<Sheet, 'asOf' | 'about'> => ({
  asOf: format.today(),
  about: { filter, exporter: exporterOf(account), count: countInWords(total, what) },
});
