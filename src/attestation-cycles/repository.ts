import { z } from 'zod';
import type { CycleInput } from '#src/attestation-cycles/form.ts';
import { statement, type Transaction } from '#src/database.ts';
import { isoDate, prismaDate } from '#src/format.ts';
import { notFound } from '#src/http/errors.ts';

const row = z.strictObject({
  id: z.number(),
  name: z.string(),
  startsOn: z.string(),
  dueOn: z.string(),
  attested: z.number(),
});
export type CycleRow = z.output<typeof row>;

/** Every cycle, the latest first, with how many institutions attested in it. */
export const listCycles = statement<[]>()(
  'attestation_cycles',
  row,
  `SELECT c.id, c.name, c.starts_on AS "startsOn", c.due_on AS "dueOn",
     (SELECT count(*)::int FROM attestations a WHERE a.cycle_id = c.id) AS attested
   FROM attestation_cycles c ORDER BY c.starts_on DESC`,
);

export async function getCycle(tx: Transaction, id: number) {
  const found = await tx.attestationCycle.findUnique({
    where: { id },
    select: { id: true, name: true, startsOn: true, dueOn: true, version: true },
  });
  if (!found) throw notFound();
  return { ...found, startsOn: isoDate(found.startsOn), dueOn: isoDate(found.dueOn) };
}
export type StoredCycle = Awaited<ReturnType<typeof getCycle>>;

/** A cycle that shares a day with these dates, to name it; the database refuses it in any case. */
export const findOverlapping = (tx: Transaction, { startsOn, dueOn }: CycleInput, not: number) =>
  tx.attestationCycle.findFirst({
    where: {
      id: { not },
      startsOn: { lte: prismaDate(dueOn) },
      dueOn: { gte: prismaDate(startsOn) },
    },
    select: { name: true, startsOn: true, dueOn: true },
  });

export async function insertCycle(tx: Transaction, input: CycleInput): Promise<void> {
  await tx.attestationCycle.create({ data: stored(input), select: { id: true } });
}

/** False when somebody else saved it since the form was opened. */
export async function saveCycle(tx: Transaction, id: number, input: CycleInput) {
  const { count } = await tx.attestationCycle.updateMany({
    where: { id, version: input.version },
    data: { ...stored(input), version: { increment: 1 } },
  });
  return count === 1;
}

const stored = ({ name, startsOn, dueOn }: CycleInput) => ({
  name,
  startsOn: prismaDate(startsOn),
  dueOn: prismaDate(dueOn),
});
