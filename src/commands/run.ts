import { configure, type Config } from '#src/config.ts';
import { disconnect } from '#src/connection.ts';
import { joinOwnerDatabase } from '#src/embedded-postgres.ts';
import { readSettings } from '#src/keys.ts';
import { StartError } from '#src/start-error.ts';

/** Runs one command on the configured database, beside a running portal or alone, and prints what it answers. */
export async function runCommand(work: (config: Config) => Promise<string>): Promise<void> {
  try {
    console.log(await withDatabase(work));
  } catch (error) {
    console.error(error instanceof StartError ? error.message : error);
    process.exitCode = 1;
  }
}

async function withDatabase(work: (config: Config) => Promise<string>): Promise<string> {
  const settings = await readSettings(process.env);
  const database = await joinOwnerDatabase(settings);
  try {
    const config = { ...settings, databaseUrl: database.url };
    configure(config);
    return await work(config);
  } finally {
    await disconnect();
    await database.stop();
  }
}
