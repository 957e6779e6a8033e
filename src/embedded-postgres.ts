import { chmod, mkdir, realpath } from 'node:fs/promises';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Client } from 'pg';
import type { Settings } from '#src/config.ts';
import { addressesAt, createCluster, type Addresses } from '#src/embedded-cluster.ts';
import { findPrograms } from '#src/embedded-programs.ts';
import {
  portOf,
  restartWhenKilled,
  startOnFreePort,
  stopOnExit,
  stopOrphan,
  stopServer,
} from '#src/embedded-server.ts';
import { StartError } from '#src/start-error.ts';

export type EmbeddedPostgres = Addresses & { stop: () => Promise<void> };

/** A database as the owner of its schema, until `stop`. */
export type OwnerDatabase = Pick<EmbeddedPostgres, 'url' | 'stop'>;

/** DATABASE_URL, or the embedded server, which is started. */
export async function openOwnerDatabase(settings: Settings): Promise<OwnerDatabase> {
  if (settings.databaseUrl !== null) return { url: settings.databaseUrl, stop: leaveRunning };
  return startEmbeddedPostgres(embeddedDirectoryOf(settings));
}

/** The same for a command, which works beside a portal that runs on the embedded server. */
export async function joinOwnerDatabase(settings: Settings): Promise<OwnerDatabase> {
  try {
    return await openOwnerDatabase(settings);
  } catch (error) {
    if (!(error instanceof AlreadyRunningError)) throw error;
    const home = embeddedDirectoryOf(settings);
    const port = await portOf({ files: filesIn(home) });
    return { ...(await addressesAt(port, home)), stop: leaveRunning };
  }
}

/**
 * Starts the PostgreSQL that npm installed, on this directory and for this process alone.
 * `durable: false` is for tests: faster, and a crash of the machine may lose everything.
 */
export async function startEmbeddedPostgres(
  directory: string,
  { durable = true } = {},
): Promise<EmbeddedPostgres> {
  const home = await makeHome(directory);
  const letGo = hold(home);
  try {
    const cluster = { home, files: filesIn(home), programs: await findPrograms(home), durable };
    await createCluster(cluster);
    await stopOrphan(cluster);
    const port = await startOnFreePort(cluster);
    const addresses = await addressesAt(port, home);
    await createDatabase(addresses);
    const endWatch = restartWhenKilled(cluster, port);
    const forgetExit = stopOnExit(cluster);
    const stop = () => endWatch().then(() => stopServer(cluster));
    return { ...addresses, stop: () => stop().then(forgetExit).finally(letGo) };
  } catch (error) {
    letGo();
    throw error;
  }
}

/** Creates, where they are missing, the database and the role that owns it. */
async function createDatabase({ superuserUrl, url }: Addresses): Promise<void> {
  const { username, password, pathname } = new URL(url);
  const name = pathname.slice(1);
  const superuser = new Client({ connectionString: superuserUrl });
  await superuser.connect();
  try {
    const roles = await superuser.query('SELECT FROM pg_roles WHERE rolname = $1', [username]);
    if (roles.rowCount === 0)
      await superuser.query(
        `CREATE ROLE ${username} LOGIN CREATEROLE CREATEDB PASSWORD '${password}'`,
      );
    const databases = await superuser.query('SELECT FROM pg_database WHERE datname = $1', [name]);
    if (databases.rowCount === 0)
      await superuser.query(`CREATE DATABASE ${name} OWNER ${username}`);
  } finally {
    await superuser.end();
  }
}

/** Another process holds the directory. */
class AlreadyRunningError extends StartError {}

async function makeHome(directory: string): Promise<string> {
  await mkdir(directory, { recursive: true });
  // The server may run as another user, who passes through here; each file says who may read it.
  await chmod(directory, 0o711);
  return realpath(directory);
}

/** An exclusive lock of the operating system: free again the moment its process ends, however it ends. */
function hold(home: string): () => void {
  const lock = new DatabaseSync(path.join(home, 'lock'), { timeout: 0 });
  try {
    lock.exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE');
  } catch {
    lock.close();
    throw new AlreadyRunningError(
      `Portal sudah berjalan dengan data di ${home}; hentikan dulu yang sedang berjalan, atau pilih folder lain lewat PORTAL_DATA_DIR.`,
    );
  }
  return () => {
    if (lock.isOpen) lock.close();
  };
}

function embeddedDirectoryOf({ dataDirectory }: Settings): string {
  return path.join(dataDirectory, 'postgres');
}

function filesIn(home: string): string {
  return path.join(home, 'cluster');
}

async function leaveRunning(): Promise<void> {}
