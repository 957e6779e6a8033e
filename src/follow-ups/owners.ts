import type { Transaction } from '#src/database.ts';
import type { FollowUpInput } from '#src/follow-ups/form.ts';
import type { OwnerKind } from '#src/follow-ups/rules.ts';
import { roleName } from '#src/navigation.ts';
import type { Role } from '#src/access.ts';

/** Who keeps a promise: an office by name, with the institution or the account that it is. */
export type Owner = {
  ownerKind: OwnerKind;
  ownerName: string;
  ownerInstitutionId: number | null;
  ownerAccountId: number | null;
};
type Refusal = { field: 'ownerName' | 'institution' | 'account'; message: string };
type Entrusted = { id: number; name: string; role: Role };

/** The accounts of the offices that answer for a kelurahan, as far as the reader may entrust something to them. */
export const entrustable = (tx: Transaction, kelurahanId: number) =>
  tx.$queryRaw<Entrusted[]>`SELECT id, name, role FROM accounts_to_entrust(${kelurahanId}::int)`;

export const entrustedOption = ({ id, name, role }: Entrusted) => ({
  value: id,
  label: `${name} (${roleName(role)})`,
});

/** The owner that a form names, or what is wrong with it. */
export async function ownerOf(
  tx: Transaction,
  training: { kelurahanIds: number[] },
  { kelurahanId, input }: { kelurahanId: number; input: FollowUpInput },
): Promise<Owner | Refusal> {
  const { ownerKind } = input;
  const owner = { ownerKind, ownerInstitutionId: null, ownerAccountId: null };
  if (ownerKind === 'institution') return institutionOf(tx, training, input.institution);
  if (ownerKind === 'other' || ownerKind === 'city') {
    const ownerName = input.ownerName ?? '';
    if (ownerName.length < 2)
      return { field: 'ownerName', message: 'Isi nama kantor, contoh Dinas Perhubungan' };
    return withAccount(tx, { ...owner, ownerName }, { kelurahanId, account: input.account });
  }
  const place = await tx.kelurahan.findUniqueOrThrow({
    where: { id: kelurahanId },
    select: { name: true, kecamatan: { select: { name: true } } },
  });
  const ownerName =
    ownerKind === 'kelurahan' ? `Kelurahan ${place.name}` : `Kecamatan ${place.kecamatan.name}`;
  return withAccount(tx, { ...owner, ownerName }, { kelurahanId, account: input.account });
}

async function institutionOf(
  tx: Transaction,
  training: { kelurahanIds: number[] },
  id: number | null,
): Promise<Owner | Refusal> {
  const institution = await tx.institution.findFirst({
    where: { id: id ?? 0, kelurahanId: { in: training.kelurahanIds } },
    select: { id: true, name: true },
  });
  if (!institution) return { field: 'institution', message: 'Pilih lembaga dari daftar' };
  return {
    ownerKind: 'institution',
    ownerName: institution.name,
    ownerInstitutionId: institution.id,
    ownerAccountId: null,
  };
}

const rolesOf: Partial<Record<OwnerKind, readonly Role[]>> = {
  kelurahan: ['lurah', 'staff'],
  kecamatan: ['kecamatan'],
  city: ['admin'],
};

/** The name of the person stands with the office: a list shows it without reading accounts. */
async function withAccount(
  tx: Transaction,
  owner: Owner,
  { kelurahanId, account }: { kelurahanId: number; account: number | null },
): Promise<Owner | Refusal> {
  if (account === null) return owner;
  const chosen = (await entrustable(tx, kelurahanId)).find(({ id }) => id === account);
  if (!chosen || !rolesOf[owner.ownerKind]?.includes(chosen.role))
    return { field: 'account', message: 'Akun ini bukan dari penanggung jawab yang dipilih' };
  return {
    ...owner,
    ownerName: `${owner.ownerName}, ${chosen.name}`.slice(0, 160),
    ownerAccountId: chosen.id,
  };
}
