import { rm, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import path from 'node:path';
import pg from 'pg';
import { loadReferenceData } from '#src/commands/reference-data.ts';
import { configure, readConfig } from '#src/config.ts';
import { disconnect } from '#src/connection.ts';
import { startEmbeddedPostgres } from '#src/embedded-postgres.ts';
import { migrate } from '#src/migrations.ts';
import { findPlace, generateDataSet, type Place } from './generate.ts';
import { planOf, type Size } from './sizes.ts';

export type DataSet = {
  place: Place;
  /** As the owner of the schema, and as the superuser, both in the data set's database. */
  ownerUrl: string;
  superuserUrl: string;
  serverLog: string;
  stop: () => Promise<void>;
};

const root = path.join(import.meta.dirname, '../..');
export const dataDirectory = path.join(root, 'data');

/** What the app of the bench is configured with; the keys guard invented people on this machine. */
export const environment = {
  NODE_ENV: 'production',
  LOG_LEVEL: 'error',
  HOST: '127.0.0.1',
  DATABASE_APP_PASSWORD: 'only-for-the-bench-on-this-machine',
  SESSION_SECRET: 'a session secret that is only for the bench',
  NIK_KEYS: `k1:${Buffer.alloc(32, 1).toString('base64')}`,
  NIK_INDEX_KEY: Buffer.alloc(32, 2).toString('base64'),
};

/** Starts PostgreSQL on data/bench-<size>, filling it the first time. */
export async function openDataSet(size: Size, { fresh }: { fresh: boolean }): Promise<DataSet> {
  const directory = path.join(dataDirectory, `bench-${size}`);
  const complete = path.join(directory, 'complete');
  if (fresh || !existsSync(complete)) await rm(directory, { recursive: true, force: true });
  const postgres = await startEmbeddedPostgres(directory, { durable: false });
  try {
    const superuserUrl = databaseUrl(postgres.superuserUrl, postgres.url);
    await migrate(postgres.url, { appPassword: environment.DATABASE_APP_PASSWORD });
    if (!existsSync(complete)) {
      await build(size, { ownerUrl: postgres.url, superuserUrl });
      await writeFile(complete, new Date().toISOString());
    }
    const place = await withClient(superuserUrl, async (client) => {
      await printCounts(client, size);
      return findPlace(client);
    });
    const serverLog = path.join(directory, 'cluster', 'server.log');
    return { place, ownerUrl: postgres.url, superuserUrl, serverLog, stop: postgres.stop };
  } catch (error) {
    await postgres.stop();
    throw error;
  }
}

/** Gives the work a copy of the data to write in, so that the next bench finds the data as they were. */
export async function inCopy(dataSet: DataSet, work: (copy: DataSet) => Promise<void>) {
  const { pathname, username } = new URL(dataSet.ownerUrl);
  const named = (url: string, name: string) => Object.assign(new URL(url), { pathname: name }).href;
  const drop = `DROP DATABASE IF EXISTS bench_copy WITH (FORCE)`;
  const server = named(dataSet.superuserUrl, 'postgres');
  await withClient(server, async (client) => {
    await client.query(drop);
    const [own, owner] = [pathname.slice(1), username].map(pg.escapeIdentifier);
    await client.query(`CREATE DATABASE bench_copy TEMPLATE ${own} OWNER ${owner}`);
  });
  try {
    await work({
      ...dataSet,
      ownerUrl: named(dataSet.ownerUrl, 'bench_copy'),
      superuserUrl: named(dataSet.superuserUrl, 'bench_copy'),
    });
  } finally {
    await withClient(server, (client) => client.query(drop));
  }
}

export async function withClient<Result>(
  connectionString: string,
  work: (client: pg.Client) => Promise<Result>,
): Promise<Result> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

async function build(size: Size, urls: { ownerUrl: string; superuserUrl: string }) {
  const started = performance.now();
  configure({
    ...readConfig({
      ...environment,
      DATABASE_URL: urls.ownerUrl,
      PUBLIC_URL: 'http://localhost:1',
    }),
    databaseUrl: urls.ownerUrl,
  });
  await loadReferenceData();
  await disconnect();
  let last = started;
  const note = (step: string) => {
    const now = performance.now();
    console.log(`  ${step}: ${seconds(now - last)}`);
    last = now;
  };
  const withoutWriteConstraints = size === 'N';
  if (withoutWriteConstraints)
    console.log('  left out, because only writing needs them: exclusion and temporal constraints');
  const plan = await planOf(size);
  await withClient(urls.superuserUrl, (client) =>
    generateDataSet(client, plan, { withoutWriteConstraints, note }),
  );
  console.log(`  built in ${seconds(performance.now() - started)}`);
}

async function printCounts(client: pg.Client, size: Size) {
  const { rows } = await client.query<
    Record<'kecamatan' | 'kelurahan' | 'institutions' | 'officers', string>
  >(
    `SELECT (SELECT count(*) FROM kecamatan) AS kecamatan, (SELECT count(*) FROM kelurahan) AS kelurahan,
       (SELECT count(*) FROM institutions) AS institutions, (SELECT count(*) FROM tenures) AS officers`,
  );
  const counts = Object.entries(rows[0] ?? {}).map(
    ([name, count]) => `${Number(count).toLocaleString('en')} ${name}`,
  );
  console.log(`Size ${size}: ${counts.join(', ')}`);
}

const seconds = (milliseconds: number) => `${(milliseconds / 1000).toFixed(1)} s`;

function databaseUrl(serverUrl: string, ownerUrl: string): string {
  const url = new URL(serverUrl);
  url.pathname = new URL(ownerUrl).pathname;
  return url.href;
}
