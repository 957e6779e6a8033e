import type { Transaction } from '#src/database.ts';
import { prismaDate } from '#src/format.ts';
import { finishRows, planOf, type GoodRow } from '#src/imports/applying.ts';
import { RowRefused } from '#src/imports/refused-rows.ts';
import type { Facts } from '#src/imports/fields.ts';
import { openImportNik, sealNik } from '#src/people/nik.ts';

/** Facts of people in office need no decree: they change at once, and what they were is kept for taking them back. */
export async function applyFacts(tx: Transaction, rows: GoodRow[]) {
  for (const row of rows) {
    const { holder, facts } = planOf(row);
    if (!holder) throw new Error(`Row ${row.id} is about nobody`);
    const person = await tx.person.findUnique({ where: { id: holder.personId } });
    if (person?.version !== holder.version)
      throw new RowRefused(
        'Data orang ini berubah sejak diperiksa. Unggah lagi berkasnya untuk memeriksa dari awal',
      );
    const changed = Object.entries(stored(facts)).filter(
      ([field, value]) =>
        value !== null && comparable(value) !== comparable(Reflect.get(person, field)),
    );
    const nik =
      row.nikSealed && person.nikIndex === null ? openImportNik(row.nikSealed, row.id) : null;
    await tx.person.update({
      where: { id: person.id },
      data: {
        ...Object.fromEntries(changed),
        ...(nik === null ? {} : { nikSealed: sealNik(nik, person.id), nikIndex: row.nikIndex }),
        version: { increment: 1 },
        updatedAt: new Date(),
      },
      select: { id: true },
    });
    const before = Object.fromEntries(
      changed.map(([field]) => [field, comparable(Reflect.get(person, field))]),
    );
    await finishRows(tx, [
      {
        id: row.id,
        result: 'done',
        personId: person.id,
        before: { ...before, ...(nik === null ? {} : { nik: null }) },
        version: person.version + 1,
      },
    ]);
  }
}

/** Facts as the table of people holds them. */
const stored = ({ birthDate, ...facts }: Facts) => ({
  ...facts,
  birthDate: birthDate === null ? null : prismaDate(birthDate),
});

const comparable = (value: unknown) =>
  value instanceof Date ? value.toISOString().slice(0, 10) : (value ?? null);
