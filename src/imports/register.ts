import type { Transaction } from '#src/database.ts';
import { isoDate } from '#src/format.ts';
import { listOpenProposals, type OpenProposal } from '#src/roster-changes/open-proposals.ts';

/** What the kelurahan has recorded beside its roster, read once for a file. */
export type Register = {
  /** By number and year, as `decreeKey` writes them. */
  decrees: Map<string, { decreedOn: string; isClosed: boolean }>;
  /** By institution. */
  proposals: Map<number, OpenProposal[]>;
};

export async function readRegister(tx: Transaction, kelurahanId: number): Promise<Register> {
  const decrees = await tx.decree.findMany({
    where: { kelurahanId },
    select: { number: true, decreedOn: true, status: true },
  });
  return {
    decrees: new Map(
      decrees.map(({ number, decreedOn, status }) => {
        const day = isoDate(decreedOn);
        return [decreeKey(number, day), { decreedOn: day, isClosed: status !== 'numbered' }];
      }),
    ),
    proposals: Map.groupBy(
      await listOpenProposals(tx, { kelurahanId }),
      ({ institutionId }) => institutionId,
    ),
  };
}

/** Of one number there is one decree a year. */
export const decreeKey = (number: string, decreedOn: string) =>
  `${decreedOn.slice(0, 4)} ${number}`;
