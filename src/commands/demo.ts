import { systemActor } from '#src/access.ts';
import { loadReferenceData } from '#src/commands/reference-data.ts';
import { runCommand } from '#src/commands/run.ts';
import { insertCity, insertTerritory, kotaProbolinggo } from '#src/commands/territory.ts';
import { asActor, type Transaction } from '#src/database.ts';
import { demoAccounts, demoPassword } from '#src/demo-accounts.ts';
import { today } from '#src/format.ts';
import { migrate } from '#src/migrations.ts';
import { hashPassword } from '#src/sessions/passwords.ts';
import { StartError } from '#src/start-error.ts';
import { insertAccounts } from '../../prisma/demo/accounts.ts';
import { loadDecrees } from '../../prisma/demo/decrees.ts';
import { loadAttestations } from '../../prisma/demo/attestations.ts';
import { kecamatanOffice } from '../../prisma/demo/kanigaran.ts';
import { loadChanges } from '../../prisma/demo/load-changes.ts';
import { loadException } from '../../prisma/demo/load-exception.ts';
import { loadDuties } from '../../prisma/demo/load-duties.ts';
import { loadDuplicates } from '../../prisma/demo/load-duplicates.ts';
import { loadKelurahan } from '../../prisma/demo/load.ts';
import { loadAttendance } from '../../prisma/demo/load-attendance.ts';
import { loadDialogue } from '../../prisma/demo/load-dialogue.ts';
import { loadTrainings } from '../../prisma/demo/load-trainings.ts';
import { planKanigaran } from '../../prisma/demo/plan.ts';

const asDemo = <Result>(work: (tx: Transaction) => Promise<Result>) =>
  asActor(systemActor('demo'), work);

/**
 * Fills an empty database with Kota Probolinggo, in a transaction for each kelurahan: one for all would outlast its
 * time. The city itself comes last, so that a load that was cut short is taken up again by the next.
 */
export async function loadDemoCity(): Promise<void> {
  await asDemo(refuseOtherData);
  const plans = planKanigaran(today());
  const [passwordHashes] = await Promise.all([hashPasswords(), asDemo(loadTerritory)]);
  for (const plan of plans) await asDemo((tx) => loadKelurahan(tx, plan));
  await asDemo(async (tx) => {
    await insertAccounts(tx, plans, passwordHashes);
    await loadChanges(tx, plans);
    await loadException(tx, today());
    await loadDuties(tx, today());
    await loadDecrees(tx);
    await loadDuplicates(tx);
    await loadAttestations(tx, today());
    await loadTrainings(tx, today());
    await insertCity(tx, kotaProbolinggo);
    // Certificates name the city.
    await loadAttendance(tx);
    await loadDialogue(tx, today());
  });
}

async function refuseOtherData(tx: Transaction): Promise<void> {
  const city = await tx.citySettings.findUnique({ where: { id: 1 } });
  if (!city) return;
  if (city.code !== kotaProbolinggo.code || (await tx.institution.count()) > 0) {
    throw new StartError(
      `Basis data ini sudah berisi ${city.name}; kota contoh hanya dapat dimuat ke basis data yang masih kosong.`,
    );
  }
}

async function loadTerritory(tx: Transaction): Promise<void> {
  await insertTerritory(tx, kotaProbolinggo.kecamatan);
  const { code, ...office } = kecamatanOffice;
  await tx.kecamatan.update({ where: { code }, data: office });
}

async function hashPasswords(): Promise<Map<string, string>> {
  const hashes = demoAccounts.map(
    async ({ username }) => [username, await hashPassword(demoPassword)] as const,
  );
  return new Map(await Promise.all(hashes));
}

// Last, because it runs at once and everything above must be there.
if (import.meta.main) {
  await runCommand(async ({ databaseUrl, databaseAppPassword }) => {
    await migrate(databaseUrl, { appPassword: databaseAppPassword });
    await loadReferenceData();
    await loadDemoCity();
    return 'Kota contoh dimuat: Kota Probolinggo, dengan Kecamatan Kanigaran yang terisi.';
  });
}
