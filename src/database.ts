import type pg from 'pg';
import type { z } from 'zod';
import { isCommand, type Actor } from '#src/access.ts';
import { config } from '#src/config.ts';
import { connection, statementNameOf, waits } from '#src/connection.ts';
import type { Prisma } from '#src/generated/prisma/client.ts';

/** A table as one transaction of one actor sees it. */
export type Transaction = Prisma.TransactionClient;

/** The only way to change data, and the ordinary way to read it: one transaction under the actor's role and scope. */
export async function asActor<Result>(
  actor: Actor,
  work: (tx: Transaction) => Promise<Result>,
): Promise<Result> {
  return connection().prisma.$transaction(
    async (tx) => {
      const [role, id, account, kelurahan, institution, request] = settingsOf(actor);
      await tx.$queryRaw`SELECT set_config('role', ${role}, true), set_config('app.actor_id', ${id}, true),
        set_config('app.account_id', ${account}, true), set_config('app.kelurahan_ids', ${kelurahan}, true),
        set_config('app.institution_id', ${institution}, true), set_config('app.request_id', ${request}, true)`;
      return work(tx);
    },
    { maxWait: waits.pool, timeout: isCommand(actor) ? waits.command : waits.transaction },
  );
}

/** A named SQL statement and the shape of its rows; called with its values it becomes a read for `readAs`. */
export type Statement<Row, Values extends unknown[]> = ((...values: Values) => Read<Row>) & {
  statementName: string;
  text: string;
};
export type Read<Row> = { name: string; text: string; values: unknown[]; row: z.ZodType<Row> };

/** Every declared statement by its name; a test reads their plans. */
export const statements = new Map<string, string>();

/** Declares a prepared statement; the name is unique in the product, `row` is checked on every row in tests. */
export function statement<Values extends unknown[]>() {
  return <Row>(name: string, row: z.ZodType<Row>, text: string): Statement<Row, Values> => {
    const read = (...values: Values): Read<Row> => ({ name, text, values, row });
    statements.set(name, text);
    return Object.assign(read, { statementName: name, text });
  };
}

type RowsOf<Reads extends readonly Read<unknown>[]> = {
  [Index in keyof Reads]: Reads[Index] extends Read<infer Row> ? Row[] : never;
};

/** Answers prepared read-only statements under the actor's role and scope in a single round trip. */
export async function readAs<const Reads extends readonly Read<unknown>[]>(
  actor: Actor,
  ...reads: Reads
): Promise<RowsOf<Reads>> {
  const client = await connection().reader.connect();
  let broken: Error | undefined;
  try {
    const answers = await inOneWrite(client, () =>
      Promise.all([
        client.query('BEGIN READ ONLY'),
        client.query({ ...setActor, values: settingsOf(actor) }),
        ...reads.map(({ name, text, values }) => client.query({ name, text, values })),
        client.query('COMMIT'),
      ]),
    );
    const rows = reads.map((read, index) => checked(read, answers[index + 2]?.rows ?? []));
    return rows as RowsOf<Reads>;
  } catch (error) {
    // The pipeline may still hold answers of this request: this connection serves nobody else.
    broken = error instanceof Error ? error : new Error(String(error));
    throw error;
  } finally {
    client.release(broken);
  }
}

/** pg hands every statement to the system by itself, a quarter of a page's time; corked, the pipeline leaves at once. */
function inOneWrite<Result>({ connection: { stream } }: pg.PoolClient, send: () => Result): Result {
  stream.cork();
  try {
    return send();
  } finally {
    stream.uncork();
  }
}

/**
 * The door: sessions, limits on tries and the look-up of the account that signs in, before there is an actor.
 * Its role reaches those tables and nothing else. Statements are prepared under the hash of their text.
 */
export const door = {
  query<Row extends pg.QueryResultRow>(
    query: string | { text: string; values?: unknown[] },
    values: unknown[] = [],
  ): Promise<pg.QueryResult<Row>> {
    const text = typeof query === 'string' ? query : query.text;
    const given = typeof query === 'string' ? values : (query.values ?? []);
    return connection().door.query<Row>({ name: statementNameOf(text), text, values: given });
  },

  /** One transaction at the door in the name of the account that is about to sign in or to set its password. */
  async transaction<Result>(
    accountId: number,
    requestId: string,
    work: (client: pg.PoolClient) => Promise<Result>,
  ): Promise<Result> {
    const client = await connection().door.connect();
    let broken: Error | undefined;
    try {
      await client.query('BEGIN');
      await client.query(
        `SELECT set_config('app.actor_id', $1, true), set_config('app.request_id', $2, true)`,
        [String(accountId), requestId],
      );
      const result = await work(client);
      await client.query('COMMIT');
      return result;
    } catch (error) {
      broken = error instanceof Error ? error : new Error(String(error));
      throw error;
    } finally {
      client.release(broken);
    }
  },
};

/** Whether the database answers; never waits longer than the pool and statement limits. */
export async function pingDatabase(): Promise<void> {
  await door.query('SELECT 1');
}

const setActor = {
  name: 'set_actor',
  text: `SELECT set_config('role', $1, true), set_config('app.actor_id', $2, true), set_config('app.account_id', $3, true),
    set_config('app.kelurahan_ids', $4, true), set_config('app.institution_id', $5, true), set_config('app.request_id', $6, true)`,
};

function settingsOf(actor: Actor): [string, string, string, string, string, string] {
  return [
    actor.databaseRole,
    actor.id,
    actor.accountId === null ? '' : String(actor.accountId),
    actor.kelurahanIds.join(','),
    actor.institutionId === null ? '' : String(actor.institutionId),
    actor.requestId,
  ];
}

function checked<Row>(read: Read<Row>, rows: Row[]): Row[] {
  if (config().checkRows) for (const row of rows) read.row.parse(row);
  return rows;
}
