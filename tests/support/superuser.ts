import pg from 'pg';
import { afterAll } from 'vitest';
import { superuserUrl } from './database.ts';

/** Looks behind row-level security, and does by hand what no role of the portal may. */
export const superuser = new pg.Pool({ connectionString: superuserUrl, max: 25 });
superuser.on('error', () => {});
afterAll(() => superuser.end());

export async function rowsOf<Row extends pg.QueryResultRow>(sql: string, values: unknown[] = []) {
  const { rows } = await superuser.query<Row>(sql, values);
  return rows;
}

/** Runs statements in one transaction under a name for the audit trail, and undoes them when one fails. */
export async function inTransaction<Result>(
  work: (client: pg.PoolClient) => Promise<Result>,
  { actor = 'system:tests', role = '' } = {},
): Promise<Result> {
  const client = await superuser.connect();
  try {
    await client.query('BEGIN');
    await client.query(`SELECT set_config('app.actor_id', $1, true)`, [actor]);
    if (role) await client.query(`SELECT set_config('role', $1, true)`, [role]);
    const result = await work(client);
    await client.query('COMMIT');
    return result;
  } catch (error) {
    await client.query('ROLLBACK');
    throw error;
  } finally {
    client.release();
  }
}
