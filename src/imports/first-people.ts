import type { Transaction } from '#src/database.ts';
import { planOf, type GoodRow } from '#src/imports/applying.ts';
import { RowRefused } from '#src/imports/refused-rows.ts';
import { openImportNik, sealNik } from '#src/people/nik.ts';
import { findPeopleByNik, hex } from '#src/roster-changes/nominees.ts';

export type Person = { id: number; made: boolean; version: number };

/** People who are known in the city by their NIK, and new ones for the rest, in two statements; one NIK is one person. */
export async function peopleOf(
  tx: Transaction,
  appointed: { row: GoodRow; institution: { id: number; kelurahanId: number } }[],
): Promise<Person[]> {
  const known = await findPeopleByNik(
    tx,
    appointed.flatMap(({ row }) => row.nikIndex ?? []),
  );
  const ids = await tx.$queryRaw<{ id: number }[]>`
    SELECT nextval('people_id_seq')::int AS id FROM generate_series(1, ${appointed.length}::int)`;
  const people = appointed.map(({ row }, index): Person => {
    const nik = row.nikIndex && hex(row.nikIndex);
    const id = nik === null ? undefined : known.get(nik);
    if (id !== undefined) return { id, made: false, version: 0 };
    const made = { id: ids[index]?.id ?? 0, made: true, version: 1 };
    if (nik !== null) known.set(nik, made.id);
    return made;
  });
  const made = appointed.flatMap(({ row, institution }, index) => {
    const person = people[index];
    const { facts } = planOf(row);
    if (!person?.made) return [];
    if (facts.sex === null) throw new RowRefused('Isi L atau P di kolom L/P');
    const nik = row.nikSealed ? openImportNik(row.nikSealed, row.id) : null;
    return [
      {
        ...facts,
        id: person.id,
        nik: nik === null ? null : hex(sealNik(nik, person.id)),
        nikIndex: row.nikIndex && hex(row.nikIndex),
        kelurahanId: institution.kelurahanId,
        institutionId: institution.id,
      },
    ];
  });
  await tx.$executeRaw`
    INSERT INTO people (id, front_title, name, back_title, sex, birth_place, birth_date, address, rt_number, rw_number,
      phone, education_level, occupation, nik_sealed, nik_index, kelurahan_id, kelurahan_ids, institution_ids)
    SELECT id, "frontTitle", name, "backTitle", sex, "birthPlace", "birthDate", address, "rtNumber", "rwNumber",
      phone, "educationLevel", occupation, decode(nik, 'hex'), decode("nikIndex", 'hex'),
      "kelurahanId", ARRAY["kelurahanId"], ARRAY["institutionId"]
    FROM jsonb_to_recordset(${JSON.stringify(made)}::jsonb) AS p (id int, "frontTitle" text, name text, "backTitle" text,
      sex text, "birthPlace" text, "birthDate" date, address text, "rtNumber" smallint, "rwNumber" smallint, phone text,
      "educationLevel" smallint, occupation smallint, nik text, "nikIndex" text, "kelurahanId" int, "institutionId" int)`;
  return people;
}
