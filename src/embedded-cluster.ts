import { randomBytes } from 'node:crypto';
import { chown, mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { runProgram, type Programs } from '#src/embedded-programs.ts';

/** The files of an embedded server and how it keeps them. */
export type Cluster = {
  /** Holds the lock, the password and, in `files`, what PostgreSQL calls its data directory. */
  home: string;
  files: string;
  programs: Programs;
  /** false only in tests: faster, and a crash of the machine may lose everything. */
  durable: boolean;
};

export type Addresses = {
  /** As the owner of the schema, who may create roles and databases and is no superuser. */
  url: string;
  /** In the maintenance database, for those who make, rename and clone databases. */
  superuserUrl: string;
};

/** Makes the cluster beside its place and moves it there when it is whole: a killed start leaves no half cluster. */
export async function createCluster(cluster: Cluster): Promise<void> {
  const { home, files, programs, durable } = cluster;
  if (await exists(files)) return;
  await removeDrafts(home);
  const draft = `${files}.${randomBytes(4).toString('hex')}`;
  const passwordFile = `${draft}.password`;
  await writeFile(passwordFile, await keepPassword(home), { mode: 0o600 });
  await giveTo(programs, passwordFile);
  try {
    await initdb(programs, draft, [
      '--encoding=UTF8',
      '--username=postgres',
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
      '--data-checksums',
      ...(durable ? [] : ['--no-sync']),
    ]);
  } finally {
    await rm(passwordFile);
  }
  await rename(draft, files);
}

/** What killed starts left; their initdb may still run, so a new draft has a name of its own. */
async function removeDrafts(home: string): Promise<void> {
  const left = (await readdir(home)).filter((name) => name.startsWith('cluster.'));
  for (const name of left)
    await rm(path.join(home, name), { recursive: true, force: true, maxRetries: 3 });
}

/** The addresses on this port, with the password that is kept in `home`. */
export async function addressesAt(port: number, home: string): Promise<Addresses> {
  const password = await keepPassword(home);
  const server = (role: string) => `postgresql://${role}:${password}@127.0.0.1:${port}`;
  return {
    url: `${server('portal_owner')}/portal`,
    superuserUrl: `${server('postgres')}/postgres`,
  };
}

async function keepPassword(home: string): Promise<string> {
  const file = path.join(home, 'password');
  if (await exists(file)) return readFile(file, 'utf8');
  const password = randomBytes(24).toString('base64url');
  await writeFile(file, password, { mode: 0o600, flush: true });
  return password;
}

/** Indonesian order where the build has ICU, else the plain order of characters. */
const locales = [
  ['--locale-provider=icu', '--icu-locale=id', '--locale=C.UTF-8'],
  ['--locale-provider=icu', '--icu-locale=id', '--locale=C'],
  ['--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C'],
];

async function initdb(programs: Programs, files: string, parameters: string[]): Promise<void> {
  let reason: unknown;
  for (const locale of locales) {
    await rm(files, { recursive: true, force: true });
    await mkdir(files, { mode: 0o700 });
    await giveTo(programs, files);
    try {
      return await runProgram(programs, 'initdb', [`--pgdata=${files}`, ...locale, ...parameters]);
    } catch (error) {
      reason = error;
    }
  }
  throw new Error('initdb failed', { cause: reason });
}

async function giveTo({ user }: Programs, file: string): Promise<void> {
  if (user) await chown(file, user.uid, user.gid);
}

async function exists(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    () => false,
  );
}
