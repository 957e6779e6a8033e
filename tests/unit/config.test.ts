import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { ConfigError, readConfig } from '#src/config.ts';
import { keepKeys, readSettings } from '#src/keys.ts';

const key = (byte: number) => Buffer.alloc(32, byte).toString('base64');

const production = {
  NODE_ENV: 'production',
  PUBLIC_URL: 'https://lkk.probolinggokota.go.id',
  DATABASE_URL: 'postgresql://pemilik:sandi@10.0.0.5:5432/portal',
  DATABASE_APP_PASSWORD: 'a'.repeat(24),
  SESSION_SECRET: 's'.repeat(32),
  NIK_KEYS: `k2:${key(2)},k1:${key(1)}`,
  NIK_INDEX_KEY: key(3),
};

test('a whole production environment is accepted', () => {
  const config = readConfig({ ...production, TRUSTED_PROXIES: '10.0.0.2, 10.1.0.0/16, ::1' });

  expect(config).toMatchObject({
    mode: 'server',
    production: true,
    port: 3000,
    host: '0.0.0.0',
    publicUrl: 'https://lkk.probolinggokota.go.id',
    trustedProxies: ['10.0.0.2', '10.1.0.0/16', '::1'],
    logLevel: 'info',
    checkRows: false,
  });
  expect(config.nikKeys.map(({ id }) => id)).toEqual(['k2', 'k1']);
  expect(config.nikKeys[0]?.key).toEqual(Buffer.alloc(32, 2));
});

test.each([
  ['PORT', '0'],
  ['PORT', '65536'],
  ['PORT', '30a0'],
  ['PORT', '80.5'],
  ['NODE_ENV', 'prod'],
  ['PUBLIC_URL', 'http://lkk.probolinggokota.go.id'],
  ['PUBLIC_URL', 'https://lkk.probolinggokota.go.id/portal'],
  ['PUBLIC_URL', 'lkk.probolinggokota.go.id'],
  ['DATABASE_URL', 'mysql://pemilik@10.0.0.5/portal'],
  ['DATABASE_URL', 'postgresql://pemilik@10.0.0.5'],
  ['DATABASE_URL', ''],
  ['DATABASE_APP_PASSWORD', 'a'.repeat(23)],
  ['DATABASE_APP_PASSWORD', `${'a'.repeat(24)} b`],
  ['SESSION_SECRET', 's'.repeat(31)],
  ['NIK_KEYS', key(1)],
  ['NIK_KEYS', `k1:${key(1).slice(4)}`],
  ['NIK_KEYS', `k1:${key(1)},k1:${key(2)}`],
  ['NIK_KEYS', `k1:${key(1)},`],
  ['NIK_INDEX_KEY', key(1)],
  ['NIK_INDEX_KEY', 'rahasia'],
  ['TRUSTED_PROXIES', '10.0.0.0/33'],
  ['TRUSTED_PROXIES', 'true'],
  ['LOG_LEVEL', 'verbose'],
])('%s=%s is refused by name, and nothing else is', (name, value) => {
  const message = errorOf({ ...production, [name]: value });

  expect(namesIn(message)).toEqual([name]);
});

test('without DATABASE_URL the portal is a demo for this machine only', () => {
  const keys = {
    databaseAppPassword: production.DATABASE_APP_PASSWORD,
    sessionSecret: production.SESSION_SECRET,
    nikKeys: production.NIK_KEYS,
    nikIndexKey: production.NIK_INDEX_KEY,
  };

  expect(readConfig({ PORT: '4100' }, keys)).toMatchObject({
    mode: 'demo',
    databaseUrl: null,
    host: '127.0.0.1',
    publicUrl: 'http://localhost:4100',
  });
});

test('production on the own machine may do without TLS', () => {
  const config = readConfig({ ...production, PUBLIC_URL: 'http://localhost:3000/' });

  expect(config.publicUrl).toBe('http://localhost:3000');
});

test('the keys of a demo are made once, whoever asks first, and only their owner reads them', async () => {
  const directory = await temporaryDirectory();

  const [first, ...others] = await Promise.all(
    Array.from({ length: 8 }, () => keepKeys(directory)),
  );

  for (const other of others) expect(other).toEqual(first);
  expect((await stat(path.join(directory, 'keys.json'))).mode & 0o777).toBe(0o600);
  const settings = await readSettings({ PORTAL_DATA_DIR: directory });
  expect(settings.sessionSecret).toBe(first?.sessionSecret);
});

test('keys that cannot be read stop the start instead of being made anew', async () => {
  const directory = await temporaryDirectory();
  await writeFile(path.join(directory, 'keys.json'), '{"sessionSecret": "');

  await expect(keepKeys(directory)).rejects.toThrow('kembalikan dari cadangan');
});

test('production makes no keys of its own', async () => {
  const directory = await temporaryDirectory();
  const environment = { ...production, NIK_KEYS: undefined, PORTAL_DATA_DIR: directory };

  await expect(readSettings(environment)).rejects.toThrow('NIK_KEYS');
  await expect(stat(path.join(directory, 'keys.json'))).rejects.toThrow('ENOENT');
});

function errorOf(environment: Record<string, string>): string {
  try {
    readConfig(environment);
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
  }
  return '';
}

function namesIn(message: string): string[] {
  return [...message.matchAll(/^ {2}([A-Z_]+): /gm)].map(([, name]) => name ?? '');
}

async function temporaryDirectory(): Promise<string> {
  const directory = await mkdtemp(path.join(os.tmpdir(), 'portal-keys-'));
  onTestFinished(() => rm(directory, { recursive: true }));
  return directory;
}
