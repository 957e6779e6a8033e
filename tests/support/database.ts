import pg from 'pg';
import { afterAll, inject } from 'vitest';
import { loadCity } from '#src/city.ts';
import { disconnect } from '#src/connection.ts';
import { configureForTests } from './config.ts';

/** Gives this test file its own copy of the migrated template database. */
const name = `test_${process.env.VITEST_POOL_ID}_${Date.now().toString(36)}`;

const superuser = new pg.Client({ connectionString: inject('superuserUrl') });
await superuser.connect();
await superuser.query(`CREATE DATABASE ${name} TEMPLATE portal_template OWNER ${ownerName()}`);
await superuser.end();

configureForTests(inDatabase(inject('ownerUrl')));
await loadCity();

afterAll(disconnect);

/** The address of this file's database for the superuser, who sees behind row-level security. */
export const superuserUrl = inDatabase(inject('superuserUrl'));
export const ownerUrl = inDatabase(inject('ownerUrl'));

function inDatabase(url: string): string {
  const own = new URL(url);
  own.pathname = `/${name}`;
  return own.href;
}

function ownerName(): string {
  return pg.escapeIdentifier(new URL(inject('ownerUrl')).username);
}
