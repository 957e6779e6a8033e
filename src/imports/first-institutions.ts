import type { Transaction } from '#src/database.ts';
import { planOf, type GoodRow } from '#src/imports/applying.ts';
import { institutionGone, RowRefused } from '#src/imports/refused-rows.ts';
import type { Batch } from '#src/imports/repository.ts';
import { findParent, insertInstitution } from '#src/institutions/repository.ts';

/** An institution that the file brings is registered at once; its officers wait for the lurah with the whole file. */
export const registerInstitution =
  (batch: Batch) =>
  async (tx: Transaction, rows: GoodRow[]): Promise<void> => {
    const plan = rows[0] && planOf(rows[0]);
    if (!plan) return;
    const { id: institutionId, isNew } =
      plan.institutionId === null
        ? await register(tx, batch, plan.fresh)
        : await getRegistered(tx, plan.institutionId);
    await tx.$executeRaw`
      UPDATE import_rows SET result = 'waiting', institution_id = COALESCE(${isNew ? institutionId : null}::int, institution_id),
        details = jsonb_set(details, '{plan,institutionId}', to_jsonb(${institutionId}::int))
      WHERE id = ANY (${rows.map(({ id }) => id)}::int[])`;
  };

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
