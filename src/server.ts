import { createApp } from '#src/app.ts';
import { city, loadCity } from '#src/city.ts';
import { loadReferenceData } from '#src/commands/reference-data.ts';
import { configure, type Config } from '#src/config.ts';
import { disconnect } from '#src/connection.ts';
import { demoAccounts, demoPassword } from '#src/demo-accounts.ts';
import { openOwnerDatabase } from '#src/embedded-postgres.ts';
import { listen } from '#src/http/listen.ts';
import { forgetOldFiles } from '#src/imports/files.ts';
import { inBackground } from '#src/imports/work.ts';
import { readSettings } from '#src/keys.ts';
import { migrate } from '#src/migrations.ts';
import { withoutValues } from '#src/http/log.ts';
import { StartError } from '#src/start-error.ts';

/** What a stop has to end, the last first. */
const opened: (() => Promise<void>)[] = [];
let stoppingSince = 0;

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.on(signal, () => void stop(0));
for (const failure of ['uncaughtException', 'unhandledRejection'] as const)
  process.on(failure, (error: unknown) => {
    console.error(textOf(error));
    void stop(1);
  });

const started = start();
started.catch((error: unknown) => {
  console.error(textOf(error));
  void stop(1);
});

async function start(): Promise<void> {
  const settings = await readSettings(process.env);
  const database = await openOwnerDatabase(settings);
  opened.push(database.stop);
  const config = { ...settings, databaseUrl: database.url };
  configure(config);
  await migrate(config.databaseUrl, { appPassword: config.databaseAppPassword });

  opened.push(disconnect);
  await loadReferenceData();
  await loadCity();
  if (config.mode === 'demo' && !city().code) await loadDemo();
  if (stoppingSince) return;

  const server = await listen(createApp(), config);
  opened.push(server.close);
  console.log(greeting(config));
  forgetFiles();
  setInterval(forgetFiles, twelveHours).unref();
}

const twelveHours = 12 * 3_600_000;
const forgetFiles = () => inBackground(forgetOldFiles);

async function loadDemo(): Promise<void> {
  console.log('Mengisi kota contoh untuk pertama kali …');
  const { loadDemoCity } = await import('#src/commands/demo.ts');
  await loadDemoCity();
  await loadCity();
}

/** Ends what was opened and then the process; a second signal does not wait. */
async function stop(exitCode: number): Promise<void> {
  if (stoppingSince) return insist();
  stoppingSince = Date.now();
  await started.catch(() => {});
  let failed = false;
  for (const close of opened.toReversed())
    await close().catch((error: unknown) => {
      failed = true;
      console.error(textOf(error));
    });
  process.exit(failed ? 1 : exitCode);
}

/** npm passes Ctrl-C on to a process that the terminal already told, so the same signal comes twice. */
function insist(): void {
  if (Date.now() - stoppingSince > 500) process.exit(1);
}

function greeting({ mode, publicUrl }: Config): string {
  const ready = `Portal LKK ${city().name} siap di ${publicUrl} (Ctrl+C untuk berhenti)`;
  if (mode === 'demo') return `${ready}\n\n${accountList()}\n`;
  if (city().code) return ready;
  return `${ready}\nBelum ada wilayah: jalankan npm run city -- <kode kota atau kabupaten>, lalu npm run create-admin.`;
}

function accountList(): string {
  const width = Math.max(...demoAccounts.map(({ username }) => username.length));
  const lines = demoAccounts.map(
    ({ username, description }) => `  ${username.padEnd(width)}  ${description}`,
  );
  return [`Akun contoh, semuanya dengan kata sandi ${demoPassword}:`, ...lines].join('\n');
}

function textOf(error: unknown): string {
  if (error instanceof StartError) return error.message;
  return withoutValues(error instanceof Error ? (error.stack ?? error.message) : String(error));
}
