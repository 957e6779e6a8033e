import { Client } from 'pg';
import { expect, inject, onTestFinished, test } from 'vitest';
import { appUrl, migrate } from '#src/migrations.ts';
import { testAppPassword } from '../support/config.ts';

test('of six processes that migrate an empty database at once one applies everything, the others nothing', async () => {
  const url = await emptyDatabase();
  const runs = await Promise.all(
    Array.from({ length: 6 }, () => migrate(url, { appPassword: testAppPassword })),
  );

  const applied = runs.filter((names) => names.length > 0);
  expect(applied).toHaveLength(1);
  expect(applied[0]?.[0]).toBe('0001_roles');
});

test('the owner who migrates is no superuser, and the portal signs in without being owner of anything', async () => {
  const url = await emptyDatabase();
  await migrate(url, { appPassword: testAppPassword });
  const app = await connect(appUrl(url, 'portal_app', testAppPassword));
  const { rows } = await app.query<{ name: string; rolsuper: boolean; owned: number }>(
    `SELECT current_user AS name, rolsuper,
       (SELECT count(*)::int FROM pg_class WHERE relowner = current_user::regrole) AS owned
     FROM pg_roles WHERE rolname IN (current_user, $1) ORDER BY rolsuper`,
    [new URL(url).username],
  );

  expect(rows).toHaveLength(2);
  for (const row of rows) expect(row).toEqual({ name: 'portal_app', rolsuper: false, owned: 0 });
});

let last = 0;

/** The address, for the owner, of a new database that is gone after the test. */
async function emptyDatabase(): Promise<string> {
  const name = `migrations_${process.pid}_${(last += 1)}`;
  const superuser = await connect(inject('superuserUrl'));
  await superuser.query(`CREATE DATABASE ${name} OWNER portal_owner`);
  onTestFinished(async () => {
    await superuser.query(`DROP DATABASE ${name} WITH (FORCE)`);
  });
  const url = new URL(inject('ownerUrl'));
  url.pathname = `/${name}`;
  return url.href;
}

async function connect(connectionString: string): Promise<Client> {
  const client = new Client({ connectionString });
  client.on('error', () => {});
  await client.connect();
  onTestFinished(() => client.end());
  return client;
}
