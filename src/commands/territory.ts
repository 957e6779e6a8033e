import { StartError } from '#src/start-error.ts';
import type { Transaction } from '#src/database.ts';
import probolinggo from '../../prisma/reference/kota-probolinggo.json' with { type: 'json' };

type Kelurahan = { code: string; name: string; kind: 'kelurahan' | 'desa'; aliases: string[] };
export type Kecamatan = { code: string; name: string; kelurahan: Kelurahan[] };

/** A kota or kabupaten with its parts, by Kemendagri codes. */
export type Territory = { code: string; name: string; timeZone: string; kecamatan: Kecamatan[] };

/** The territory of the demo, with the other spellings that are in use. */
export const kotaProbolinggo: Territory = {
  code: probolinggo.code,
  name: probolinggo.name,
  timeZone: probolinggo.timeZone,
  kecamatan: probolinggo.kecamatan.map(({ kelurahan, ...kecamatan }) => ({
    ...kecamatan,
    kelurahan: kelurahan.map((one) => ({ ...one, kind: 'kelurahan' as const })),
  })),
};

/** Makes this the city that the portal serves; one database serves one kota or kabupaten. */
export async function insertCity(tx: Transaction, territory: Territory): Promise<void> {
  const { code, name, timeZone } = territory;
  const present = await tx.citySettings.findUnique({ where: { id: 1 } });
  if (present?.code === code) return;
  if (present) await removeUnusedCity(tx, present, name);
  await tx.citySettings.create({ data: { code, name, timeZone } });
  await setLocalLaw(tx, code);
}

/** A code that was typed wrong can be put right until something hangs on its kelurahan. */
async function removeUnusedCity(
  tx: Transaction,
  present: { code: string; name: string },
  wanted: string,
): Promise<void> {
  const used =
    (await tx.institution.count()) +
    (await tx.person.count({ where: { kelurahanId: { not: null } } })) +
    (await tx.account.count({
      where: { OR: [{ kelurahanId: { not: null } }, { kecamatanId: { not: null } }] },
    }));
  if (used > 0) {
    throw new StartError(
      `Portal ini sudah berisi data ${present.name} (${present.code}); satu basis data melayani satu kota atau kabupaten. Untuk ${wanted}, gunakan basis data yang lain.`,
    );
  }
  await tx.kelurahan.deleteMany();
  await tx.kecamatan.deleteMany();
  await tx.citySettings.deleteMany();
}

/** Adds the kecamatan and kelurahan that are missing. */
export async function insertTerritory(
  tx: Transaction,
  kecamatan: readonly Kecamatan[],
): Promise<void> {
  await tx.kecamatan.createMany({
    data: kecamatan.map(({ code, name }) => ({ code, name })),
    skipDuplicates: true,
  });
  const rows = await tx.kecamatan.findMany({ select: { id: true, code: true } });
  const ids = new Map(rows.map(({ code, id }) => [code, id]));
  await tx.kelurahan.createMany({
    data: kecamatan.flatMap(({ code, kelurahan }) => {
      const kecamatanId = ids.get(code);
      return kecamatanId === undefined ? [] : kelurahan.map((one) => ({ ...one, kecamatanId }));
    }),
    skipDuplicates: true,
  });
}

/** In Kota Probolinggo its own Perda and Perwali stand beside the national law of a type. */
async function setLocalLaw(tx: Transaction, cityCode: string): Promise<void> {
  const { types, items } = probolinggo.localLegalBasis;
  const own = cityCode === probolinggo.code ? items : [];
  const rows = await tx.institutionType.findMany({ where: { code: { in: types } } });
  for (const { id, legalBasis } of rows) {
    const wanted = [...legalBasis.filter((law) => !items.includes(law)), ...own];
    if (wanted.join() === legalBasis.join()) continue;
    await tx.institutionType.update({ where: { id }, data: { legalBasis: wanted } });
  }
}
