import { createHmac } from 'node:crypto';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { installationIn, statusOf, until } from '../support/installation.ts';
import { spawnPortal } from '../support/process.ts';

/** One installation, which the tests start, stop and kill one after the other. */
const dataDirectory = await mkdtemp(path.join(os.tmpdir(), 'portal-start-'));
const installation = installationIn(dataDirectory);
const { files, databaseProcess } = installation;

/** The most that wait in PostgreSQL at a time; the other requests wait in the portal. */
const connectionsAtTheDoor = 10;

afterEach(() => installation.stopAll());
afterAll(() => rm(dataDirectory, { recursive: true }));

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

test('of two processes that start at once on an empty directory one serves and the other says so and ends', async () => {
  const portals = await Promise.all([installation.spawn(), installation.spawn()]);
  const ready = await Promise.all(portals.map((portal) => portal.ready));

  expect(ready.filter(Boolean)).toHaveLength(1);
  const [winner, loser] = ready[0] ? portals : portals.toReversed();
  const { code, errors } = (await loser?.exit) ?? {};
  expect(code).toBe(1);
  expect(errors).toMatch(/^Portal sudah berjalan dengan data di \S+; .+ PORTAL_DATA_DIR\.\n$/);
  expect(await statusOf(`${winner?.origin}/siap`)).toBe(200);
  expect(winner?.output()).toContain('ketua.sinarmulia');
});

test('SIGTERM finishes twenty requests in flight, stops the database and exits 0', async () => {
  const portal = await installation.start();
  const cookie = await signedCookie();
  const database = await databaseProcess();
  const answers = await installation.asSuperuser(async (superuser) => {
    await superuser.query('BEGIN; LOCK TABLE sessions');
    const asked = Array.from({ length: 20 }, () =>
      fetch(`${portal.origin}/masuk`, { headers: { Cookie: cookie } }),
    );
    await until(async () => {
      const waiting = await superuser.query('SELECT FROM pg_locks WHERE NOT granted');
      return waiting.rowCount === connectionsAtTheDoor;
    });
    portal.kill('SIGTERM');
    await until(async () => (await statusOf(`${portal.origin}/sehat`)) === 'refused');
    await superuser.query('COMMIT');
    return asked;
  });

  for (const { status, headers } of await Promise.all(answers)) {
    expect(status).toBe(200);
    expect(headers.get('connection')).toBe('close');
  }
  expect(await portal.exit).toMatchObject({ code: 0, errors: '' });
  await expect(stat(path.join(files, 'postmaster.pid'))).rejects.toThrow('ENOENT');
  await until(async () => !(await isAlive(database)));
});

test('after kill -9 of the portal the next start ends the orphaned database and serves the same data', async () => {
  const killed = await installation.start();
  const institutions = await countInstitutions();
  const orphan = await databaseProcess();
  killed.kill('SIGKILL');
  await killed.exit;
  expect(await countInstitutions()).toBe(institutions);

  const portal = await installation.start();

  expect(await databaseProcess()).not.toBe(orphan);
  expect(await countInstitutions()).toBe(institutions);
  expect(await statusOf(`${portal.origin}/siap`)).toBe(200);
});

test('after kill -9 of the portal and the database the next start recovers', async () => {
  const killed = await installation.start();
  const institutions = await countInstitutions();
  killed.kill('SIGKILL');
  process.kill(await databaseProcess(), 'SIGKILL');
  await killed.exit;

  const portal = await installation.start();

  expect(await countInstitutions()).toBe(institutions);
  expect(await statusOf(`${portal.origin}/siap`)).toBe(200);
});

test('a killed database comes back under the running portal', async () => {
  const portal = await installation.start();
  const killed = await databaseProcess();
  process.kill(killed, 'SIGKILL');

  await until(async () => (await databaseProcess()) !== killed);
  await until(async () => (await statusOf(`${portal.origin}/siap`)) === 200);
});

test('a process number that another program has got does not keep the database from starting', async () => {
  const stopped = await installation.start();
  const note = await readFile(path.join(files, 'postmaster.pid'), 'utf8');
  stopped.kill('SIGTERM');
  await stopped.exit;
  await writeFile(path.join(files, 'postmaster.pid'), note.replace(/^\d+/, String(process.pid)));

  const portal = await installation.start();

  expect(await statusOf(`${portal.origin}/siap`)).toBe(200);
});

test('a port in use is one sentence, and no database stays behind', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await until(async () => other.listening);
  const address = other.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const portal = await installation.spawn({ PORT: String(port) });
  const { code, errors } = await portal.exit;
  other.close();

  expect(code).toBe(1);
  expect(errors).toMatch(
    new RegExp(`^Port ${port} sudah dipakai program lain; .+ npm start\\.\n$`),
  );
  await expect(stat(path.join(files, 'postmaster.pid'))).rejects.toThrow('ENOENT');
});

test('a production start without configuration names every variable and shows no stack', async () => {
  const portal = await spawnPortal({ NODE_ENV: 'production' });
  const { code, errors } = await portal.exit;

  expect(code).toBe(1);
  const named = [...errors.matchAll(/^ {2}([A-Z_]+): isi dengan/gm)].map(([, name]) => name);
  expect(named).toEqual([
    'PUBLIC_URL',
    'DATABASE_URL',
    'DATABASE_APP_PASSWORD',
    'SESSION_SECRET',
    'NIK_KEYS',
    'NIK_INDEX_KEY',
  ]);
  expect(errors).not.toContain('    at ');
});

test('a database that does not answer is one sentence without its password', async () => {
  const url = 'postgresql://pemilik:rahasia@127.0.0.1:1/portal';
  const portal = await installation.spawn({ DATABASE_URL: url });
  const { code, errors } = await portal.exit;

  expect(code).toBe(1);
  expect(errors).toMatch(/^Basis data portal di 127\.0\.0\.1:1 tidak dapat dibuka .+\n$/);
  expect(errors).not.toContain('rahasia');
});

/** The server's own line of /proc, empty for a process that only waits to be counted as ended. */
async function isAlive(processId: number): Promise<boolean> {
  const command = await readFile(`/proc/${processId}/cmdline`, 'utf8').catch(() => '');
  return command !== '';
}

async function countInstitutions(): Promise<number> {
  return installation.asSuperuser(async (superuser) => {
    const { rows } = await superuser.query<{ count: number }>(
      'SELECT count(*)::int AS count FROM institutions',
    );
    return rows[0]?.count ?? 0;
  });
}

/** A cookie with a good signature, so that the portal looks for its session. */
async function signedCookie(): Promise<string> {
  const keys: unknown = JSON.parse(await readFile(path.join(dataDirectory, 'keys.json'), 'utf8'));
  const { sessionSecret } = z.looseObject({ sessionSecret: z.string() }).parse(keys);
  const signature = createHmac('sha256', sessionSecret).update('unknown').digest('base64');
  return `sid=${encodeURIComponent(`s:unknown.${signature.replace(/=+$/, '')}`)}`;
}
