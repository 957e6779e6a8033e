import { getDistricts, getProvinces, getRegencies, getVillages } from 'idn-area-data';
import { systemActor } from '#src/access.ts';
import { loadReferenceData } from '#src/commands/reference-data.ts';
import { runCommand } from '#src/commands/run.ts';
import { insertCity, insertTerritory, type Territory } from '#src/commands/territory.ts';
import { StartError } from '#src/start-error.ts';
import { asActor } from '#src/database.ts';
import { migrate } from '#src/migrations.ts';

type Choice = { code: string; kinds: readonly Kind[] };
type Kind = 'kelurahan' | 'desa';

/** Puts a kota or kabupaten with its kecamatan and kelurahan into the database; answers what it did, for the screen. */
export async function loadTerritory(territory: Territory): Promise<string> {
  await asActor(systemActor('city'), async (tx) => {
    await insertCity(tx, territory);
    await insertTerritory(tx, territory.kecamatan);
  });
  return summaryOf(territory);
}

/** Reads `35.74` or `3574`, and `--dengan-desa`. */
export function readArguments(given: readonly string[]): Choice {
  const [code, ...others] = given.filter((argument) => !argument.startsWith('--'));
  const unknown = given.filter(
    (argument) => argument.startsWith('--') && argument !== '--dengan-desa',
  );
  if (code === undefined || others.length > 0 || unknown.length > 0) throw new StartError(usage);

  const parts = /^(\d{2})\.?(\d{2})$/.exec(code);
  if (!parts) throw new StartError(`“${code}” bukan kode kota atau kabupaten. ${usage}`);
  const kinds = given.includes('--dengan-desa')
    ? (['kelurahan', 'desa'] as const)
    : (['kelurahan'] as const);
  return { code: `${parts[1]}.${parts[2]}`, kinds };
}

const usage =
  'Tulis satu kode kota atau kabupaten menurut Kemendagri, misalnya: npm run city -- 35.74 (tambahkan --dengan-desa bila desa ikut dimuat).';

/** The kota or kabupaten of this code from idn-area-data. */
export async function findTerritory({ code, kinds }: Choice): Promise<Territory> {
  const regencies = await getRegencies();
  const regency = regencies.find((one) => one.code === code);
  if (!regency) throw new StartError(await unknownCode(code, regencies));

  const [districts, villages] = await Promise.all([getDistricts(), getVillages()]);
  const wanted = villages.filter(
    (village) => village.code.startsWith(`${code}.`) && kinds.includes(kindOf(village.code)),
  );
  return {
    code,
    name: regency.name,
    timeZone: timeZoneOf(code),
    kecamatan: districts
      .filter((district) => district.regency_code === code)
      .map((district) => ({
        code: district.code,
        name: district.name,
        kelurahan: wanted
          .filter((village) => village.district_code === district.code)
          .map((village) => ({
            code: village.code,
            name: village.name,
            kind: kindOf(village.code),
            aliases: [],
          })),
      })),
  };
}

/** The village part of a code begins with 1 for a kelurahan; 2 is a desa and 3 a desa adat. */
const kindOf = (code: string): Kind => (code[9] === '1' ? 'kelurahan' : 'desa');

async function unknownCode(
  code: string,
  regencies: { code: string; name: string }[],
): Promise<string> {
  const provinces = await getProvinces();
  const province = provinces.find((one) => one.code === code.slice(0, 2));
  if (!province) return `Tidak ada provinsi dengan kode ${code.slice(0, 2)}. ${usage}`;
  const own = regencies.filter((one) => one.code.startsWith(`${province.code}.`));
  const list = own.map((one) => `  ${one.code} ${one.name}`);
  return [
    `Tidak ada kota atau kabupaten dengan kode ${code}. Kode di ${province.name}:`,
    ...list,
  ].join('\n');
}

/** By province: WIT from Maluku eastward; WITA for Bali, Nusa Tenggara, Sulawesi and the east of Kalimantan; else WIB. */
function timeZoneOf(code: string): string {
  const province = Number(code.slice(0, 2));
  if (province > 80) return 'Asia/Jayapura';
  if ([51, 52, 53, 63, 64, 65].includes(province) || province > 70) return 'Asia/Makassar';
  return province === 61 || province === 62 ? 'Asia/Pontianak' : 'Asia/Jakarta';
}

function summaryOf({ code, name, kecamatan }: Territory): string {
  const kelurahan = kecamatan.flatMap((one) => one.kelurahan);
  const desa = kelurahan.filter(({ kind }) => kind === 'desa').length;
  const counts = [
    `${kecamatan.length} kecamatan`,
    `${kelurahan.length - desa} kelurahan`,
    ...(desa > 0 ? [`${desa} desa`] : []),
  ];
  return `${name} (${code}) dimuat: ${counts.join(', ')}.\n${attribution}`;
}

const attribution =
  'Data wilayah: idn-area-data (github.com/fityannugroho/idn-area-data), Open Database License (ODbL) 1.0.';

// Last, because it runs at once and everything above must be there.
if (import.meta.main) {
  await runCommand(async ({ databaseUrl, databaseAppPassword }) => {
    const choice = readArguments(process.argv.slice(2));
    const territory = await findTerritory(choice);
    await migrate(databaseUrl, { appPassword: databaseAppPassword });
    await loadReferenceData();
    return loadTerritory(territory);
  });
}
