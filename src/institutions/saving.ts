import type { Transaction } from '#src/database.ts';
import * as format from '#src/format.ts';
import { violates } from '#src/http/database-errors.ts';
import { withError, type Form } from '#src/http/forms.ts';
import { findParent, type InstitutionType } from '#src/institutions/repository.ts';

class NoParent extends Error {}

/** An RT belongs to the RW of its number; other types stand on their own. */
export async function parentOf(
  tx: Transaction,
  type: InstitutionType,
  place: { kelurahanId: number; rwNumber: number | null },
) {
  if (type.territory !== 'rt' || type.parentTypeId === null) return null;
  const parent = await findParent(tx, { parentTypeId: type.parentTypeId, ...place });
  if (!parent) throw new NoParent();
  return parent.id;
}

export function refusedByDatabase<Input>(
  error: unknown,
  form: Form<Input>,
  type: InstitutionType,
  rwNumber: number | null,
) {
  if (error instanceof NoParent) {
    return withError(
      form,
      'rwNumber',
      `${format.territory(null, rwNumber)} belum terdaftar di kelurahan ini. Daftarkan RW itu lebih dulu`,
    );
  }
  if (violates(error, 'institutions_one_per_territory')) {
    const [field, name] = type.territory === 'rt' ? ['rtNumber', 'RT'] : ['rwNumber', 'RW'];
    return withError(form, field, `${name} dengan nomor ini sudah terdaftar di kelurahan ini`);
  }
  if (violates(error, 'institutions_one_per_name')) {
    const field =
      type.territory === 'kelurahan' ? 'name' : type.territory === 'rt' ? 'rtNumber' : 'rwNumber';
    return withError(form, field, `${type.name} dengan nama ini sudah terdaftar di kelurahan ini`);
  }
  return null;
}
