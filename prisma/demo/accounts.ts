import type { Transaction } from '#src/database.ts';
import { personName } from '#src/format.ts';
import { getInstitution, getTenure } from './find.ts';
import { kecamatanOffice, offices } from './kanigaran.ts';
import type { PlannedKelurahan } from './plan-types.ts';

/** Everybody who signs in or has proposed something. Only the accounts that the demo shows have a password. */
export async function insertAccounts(
  tx: Transaction,
  plans: readonly PlannedKelurahan[],
  passwordHashes: Map<string, string>,
): Promise<void> {
  const accounts = [...(await staffAccounts(tx)), ...(await officerAccounts(tx, plans))];
  await tx.account.createMany({
    data: accounts.map((account) => {
      const passwordHash = passwordHashes.get(account.username) ?? null;
      return {
        ...account,
        passwordHash,
        passwordChangedAt: passwordHash === null ? null : new Date(),
      };
    }),
    skipDuplicates: true,
  });
}

async function staffAccounts(tx: Transaction) {
  const kecamatan = await tx.kecamatan.findUniqueOrThrow({ where: { code: kecamatanOffice.code } });
  const kelurahan = await tx.kelurahan.findMany({ where: { kecamatanId: kecamatan.id } });
  const inKelurahan = (name: string) => kelurahan.find((one) => one.name === name)?.id ?? null;
  const everywhere = { kecamatanId: null, kelurahanId: null };
  return [
    { username: 'admin', displayName: 'Rahmat Hidayatullah, S.Kom.', role: 'admin', ...everywhere },
    {
      username: 'auditor',
      displayName: 'Yustina Dwi Astari, S.E.',
      role: 'auditor',
      ...everywhere,
    },
    {
      username: 'camat.kanigaran',
      displayName: kecamatanOffice.headName,
      role: 'kecamatan',
      kecamatanId: kecamatan.id,
      kelurahanId: null,
    },
    ...['Kebonsari Wetan', 'Sukoharjo'].flatMap((name) => {
      const scope = { kecamatanId: null, kelurahanId: inKelurahan(name) };
      const place = name.toLowerCase().replaceAll(' ', '');
      return [
        { username: `lurah.${place}`, displayName: headOf(name), role: 'lurah', ...scope },
        { username: `staf.${place}`, displayName: staff[name] ?? '', role: 'staff', ...scope },
      ];
    }),
  ];
}

const headOf = (name: string) => offices.find((office) => office.name === name)?.headName ?? '';

const staff: Record<string, string> = {
  'Kebonsari Wetan': 'Rina Puspitaningrum, A.Md.',
  Sukoharjo: 'Moh. Ilyas Firdaus',
};

async function officerAccounts(tx: Transaction, plans: readonly PlannedKelurahan[]) {
  const accounts = [];
  for (const { office, officers } of plans) {
    for (const [username, { institution, tenure }] of officers) {
      const { id: institutionId, kelurahanId } = await getInstitution(tx, office, institution);
      const { id: tenureId } = await getTenure(tx, institutionId, tenure);
      const displayName = personName(tenure.person);
      accounts.push({
        username,
        displayName,
        role: 'officer',
        kecamatanId: null,
        kelurahanId,
        institutionId,
        tenureId,
      });
    }
  }
  return accounts;
}
