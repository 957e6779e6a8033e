import { randomUUID } from 'node:crypto';
import type { Transaction } from '#src/database.ts';
import { moment } from '#src/format.ts';
import type { lists } from '#src/duplicates/form.ts';
import { listMerges } from '#src/duplicates/merges.ts';
import { listPublicOffices, namesOf, presentOrLast } from '#src/duplicates/repository.ts';
import {
  countSuspicions,
  listSuspicions,
  listVerdicts,
  type Slice,
} from '#src/duplicates/suspicions.ts';
import { isSeparable, likenessReasons, officeInWords } from '#src/duplicates/rules.ts';

/** `href` is null for somebody outside the actor's scope, who has no page there. */
type PersonInList = { id: number; name: string; office: string | null; href: string | null };
export type Pair = {
  own: PersonInList;
  other: PersonInList;
  note: string;
  /** Of the form in the row; each form has one of its own. */
  key?: string;
  bothVisible?: boolean;
  undone?: string | null;
  separable?: boolean;
};
type ListReader = (tx: Transaction, slice: Slice) => Promise<{ count: number; rows: Pair[] }>;

/** The three lists of pairs: suspected, told apart, merged. */
export const pairsOf: Record<(typeof lists)[number], ListReader> = {
  dugaan: async (tx, slice) => {
    const pairs = await listSuspicions(tx, slice);
    const describe = await describer(
      tx,
      pairs.flatMap(({ lowId, highId }) => [lowId, highId]),
    );
    const rows = pairs.map(({ lowId, highId, reason, lowIsVisible, highIsVisible }) => ({
      own: lowIsVisible ? describe(lowId) : { ...describe(lowId), href: null },
      other: highIsVisible ? describe(highId) : { ...describe(highId), href: null },
      note: likenessReasons[reason],
      key: randomUUID(),
      bothVisible: lowIsVisible && highIsVisible,
    }));
    return { count: await countSuspicions(tx), rows };
  },
  berbeda: async (tx, slice) => {
    const { count, rows } = await listVerdicts(tx, slice);
    const describe = await describer(
      tx,
      rows.flatMap(({ lowId, highId }) => [lowId, highId]),
    );
    return {
      count,
      rows: rows.map(({ lowId, highId, decidedAt, decidedByName }) => ({
        own: { ...describe(lowId), href: null },
        other: { ...describe(highId), href: null },
        note: `${decidedByName}, ${moment(decidedAt)}`,
        key: randomUUID(),
      })),
    };
  },
  digabung: async (tx, slice) => {
    const { count, rows } = await listMerges(tx, slice);
    const describe = await describer(
      tx,
      rows.flatMap(({ survivorId, absorbedId }) => [survivorId, absorbedId]),
    );
    return {
      count,
      rows: rows.map((merge) => ({
        own: describe(merge.survivorId),
        other: { ...describe(merge.absorbedId), href: null },
        note: `${merge.mergedByName}, ${moment(merge.mergedAt)}`,
        undone: merge.undoneAt && `${merge.undoneByName ?? ''}, ${moment(merge.undoneAt)}`,
        separable: isSeparable(merge),
      })),
    };
  },
};

/** How a list calls people: name and an office, in two queries however many they are. */
async function describer(tx: Transaction, personIds: number[]) {
  const names = await namesOf(tx, personIds);
  const offices = await listPublicOffices(tx, personIds);
  return (personId: number): PersonInList => {
    const office = presentOrLast(offices.filter((one) => one.personId === personId));
    return {
      id: personId,
      name: names.get(personId) ?? '',
      office: office && officeInWords(office),
      href: `/orang/${personId}`,
    };
  };
}
