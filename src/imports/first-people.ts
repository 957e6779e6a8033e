import type { Transaction } from '#src/database.ts';
import { stored } from '#src/imports/apply-facts.ts';
import { planOf, RowRefused, type GoodRow } from '#src/imports/applying.ts';
import { openImportNik, sealNik } from '#src/people/nik.ts';
import { findPeopleByNik, hex } from '#src/roster-changes/nominees.ts';

export type Person = { id: number; made: boolean; version: number };

/** People who are known in the city by their NIK, and new ones for the rest, in two statements. */
export async function peopleOf(
  tx: Transaction,
  institution: { id: number; kelurahanId: number },
  rows: GoodRow[],
): Promise<Person[]> {
  const known = await findPeopleByNik(
    tx,
    rows.flatMap(({ nikIndex }) => nikIndex ?? []),
  );
  const ids = await tx.$queryRaw<{ id: number }[]>`
    SELECT nextval('people_id_seq')::int AS id FROM generate_series(1, ${rows.length}::int)`;
  const people = rows.map((row, index): Person => {
    const id = row.nikIndex ? known.get(hex(row.nikIndex)) : undefined;
    return id === undefined
      ? { id: ids[index]?.id ?? 0, made: true, version: 1 }
      : { id, made: false, version: 0 };
  });
  await tx.person.createMany({
    data: rows.flatMap((row, index) => {
      const person = people[index];
      const facts = planOf(row).facts;
      if (!person?.made) return [];
      if (facts.sex === null) throw new RowRefused('Isi L atau P di kolom L/P');
      const nik = row.nikSealed ? openImportNik(row.nikSealed, row.id) : null;
      return [
        {
          ...stored(facts),
          sex: facts.sex,
          id: person.id,
          nikSealed: nik === null ? null : sealNik(nik, person.id),
          nikIndex: row.nikIndex,
          kelurahanId: institution.kelurahanId,
          kelurahanIds: [institution.kelurahanId],
          institutionIds: [institution.id],
        },
      ];
    }),
  });
  return people;
}
