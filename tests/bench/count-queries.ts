import { readFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import type pg from 'pg';

/** How many statements PostgreSQL executes for one piece of work, read from its own log; nobody else may be asking. */
export async function countQueries(
  client: pg.Client,
  serverLog: string,
  work: () => Promise<unknown>,
): Promise<number> {
  await logStatements(client, 'all');
  const before = await countedIn(serverLog);
  await work();
  await logStatements(client, 'none');
  return (await countedIn(serverLog)) - before;
}

async function logStatements(client: pg.Client, which: 'all' | 'none') {
  await client.query(`ALTER SYSTEM SET log_line_prefix = '%u '`);
  await client.query(`ALTER SYSTEM SET log_statement = '${which}'`);
  await client.query('SELECT pg_reload_conf()');
  // The servers' connections take the setting over at their next command after the reload has reached them.
  await pause(300);
}

/** Statements of the portal's own roles and, for the minimal server, nothing: it is counted by its code. */
async function countedIn(serverLog: string): Promise<number> {
  const log = await readFile(serverLog, 'utf8');
  return log.match(/^portal_(app|session) LOG: {2}(execute|statement)/gm)?.length ?? 0;
}
