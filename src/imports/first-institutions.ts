import type { Transaction } from '#src/database.ts';
import { planOf, type Apply, type GoodRow } from '#src/imports/applying.ts';
import { institutionGone, RowRefused } from '#src/imports/refused-rows.ts';
import type { Batch } from '#src/imports/repository.ts';
import { findParent, insertInstitution } from '#src/institutions/repository.ts';

/** Institutions that the file brings are registered at once; their officers wait for the lurah with the whole file. */
export const registerInstitutions =
  (batch: Batch): Apply =>
  async (tx, groups) => {
    const waiting = [];
    for (const rows of groups) {
      const { id: institutionId, isNew } = await institutionOf(tx, batch, rows);
      waiting.push(...rows.map(({ id }) => ({ id, institutionId, isNew })));
    }
    await tx.$executeRaw`
      UPDATE import_rows t SET result = 'waiting', institution_id = CASE WHEN r."isNew" THEN r."institutionId" ELSE t.institution_id END,
        details = jsonb_set(t.details, '{plan,institutionId}', to_jsonb(r."institutionId"))
      FROM jsonb_to_recordset(${JSON.stringify(waiting)}::jsonb) AS r (id int, "institutionId" int, "isNew" boolean)
      WHERE t.id = r.id AND t.id = ANY (${waiting.map(({ id }) => id)}::int[])`;
  };

async function institutionOf(tx: Transaction, batch: Batch, rows: GoodRow[]): Promise<Registered> {
  const plan = rows[0] && planOf(rows[0]);
  if (!plan) throw new Error(`A group of import ${batch.id} without rows`);
  return plan.institutionId === null
    ? register(tx, batch, plan.fresh)
    : getRegistered(tx, plan.institutionId);
}

type Registered = { id: number; isNew: boolean };

/** The import that registered it may have been withdrawn since the preview. */
async function getRegistered(tx: Transaction, id: number): Promise<Registered> {
  const institution = await tx.institution.findUnique({ where: { id }, select: { id: true } });
  if (!institution) throw new RowRefused(institutionGone);
  return { id, isNew: false };
}

async function register(
  tx: Transaction,
  { kelurahanId }: Batch,
  fresh: ReturnType<typeof planOf>['fresh'],
): Promise<Registered> {
  if (!fresh) throw new Error('A row without an institution');
  const type = await tx.institutionType.findUniqueOrThrow({ where: { id: fresh.typeId } });
  const known = await tx.institution.findFirst({
    where: {
      kelurahanId,
      institutionTypeId: type.id,
      name: fresh.name,
      status: { notIn: ['dissolved', 'merged'] },
    },
    select: { id: true },
  });
  if (known) return { id: known.id, isNew: false };
  const { rtNumber, rwNumber } = fresh;
  const parent =
    type.territory === 'rt' && type.parentTypeId !== null
      ? await findParent(tx, { parentTypeId: type.parentTypeId, kelurahanId, rwNumber })
      : null;
  if (type.territory === 'rt' && type.parentTypeId !== null && !parent)
    throw new RowRefused(
      `RW ${String(rwNumber).padStart(3, '0')} belum terdaftar di kelurahan ini. Daftarkan RW itu lebih dulu`,
    );
  const institution = await insertInstitution(tx, type, {
    ...emptyProfile,
    name: fresh.name,
    rtNumber,
    rwNumber,
    kelurahanId,
    parentId: parent?.id ?? null,
  });
  return { id: institution.id, isNew: true };
}

const emptyProfile = {
  address: null,
  phone: null,
  email: null,
  foundedOn: null,
  foundingDecree: null,
  registrationNumber: null,
  scope: null,
};
