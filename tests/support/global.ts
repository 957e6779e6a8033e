import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { loadReferenceData } from '#src/commands/reference-data.ts';
import { disconnect } from '#src/connection.ts';
import { startEmbeddedPostgres } from '#src/embedded-postgres.ts';
import { migrate } from '#src/migrations.ts';
import { configureForTests, testAppPassword } from './config.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    superuserUrl: string;
    ownerUrl: string;
  }
}

/** One PostgreSQL for all tests, with a migrated template that each worker clones. */
export async function setup(project: TestProject) {
  const directory = await mkdtemp(path.join(os.tmpdir(), 'portal-test-'));
  const postgres = await startEmbeddedPostgres(directory, { durable: false });
  try {
    await makeTemplate(postgres);
  } catch (error) {
    await postgres.stop();
    throw error;
  }
  project.provide('superuserUrl', postgres.superuserUrl);
  project.provide('ownerUrl', postgres.url);
  return async () => {
    await postgres.stop();
    await rm(directory, { recursive: true, force: true });
  };
}

async function makeTemplate({ url, superuserUrl }: { url: string; superuserUrl: string }) {
  await migrate(url, { appPassword: testAppPassword });
  configureForTests(url);
  await loadReferenceData();
  await disconnect();
  const superuser = new pg.Client({ connectionString: superuserUrl });
  await superuser.connect();
  await superuser.query(`ALTER DATABASE portal RENAME TO portal_template`);
  await superuser.end();
}
