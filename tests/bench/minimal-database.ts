import pg from 'pg';
import type { Actor } from '#src/access.ts';
import type * as database from '../../src/database.ts';

/** The statements of the pages without transaction, role, settings and policies, by the superuser. */
export { asActor, door, pingDatabase, statement } from '../../src/database.ts';

pg.types.setTypeParser(pg.types.builtins.DATE, (value) => value);

const pools = new Map<string, pg.Pool>();

function poolFor(actor: Actor): pg.Pool {
  const known = pools.get(actor.databaseRole);
  if (known) return known;
  const pool = new pg.Pool({
    connectionString: process.env.BENCH_SUPERUSER_URL,
    max: 10,
    pipeline: true,
    // What a policy keeps from the lurah, a view here does: see scopeViews in servers.ts.
    options: actor.databaseRole === 'portal_kelurahan' ? '-c search_path=bench_lurah,public' : '',
  });
  pools.set(actor.databaseRole, pool);
  return pool;
}

export const readAs = (async (actor, ...reads) => {
  const client = await poolFor(actor).connect();
  try {
    client.connection.stream.cork();
    const asked = reads.map(({ name, text, values }) => client.query({ name, text, values }));
    client.connection.stream.uncork();
    return (await Promise.all(asked)).map(({ rows }) => rows);
  } finally {
    client.release();
  }
}) as typeof database.readAs;
