import { createHash } from 'node:crypto';
import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { config } from '#src/config.ts';
import { PrismaClient } from '#src/generated/prisma/client.ts';
import { appUrl } from '#src/migrations.ts';

/** The pools of the portal's two roles, made when first wanted. */

type Connection = { prisma: PrismaClient; reader: pg.Pool; door: pg.Pool };
let current: Connection | undefined;

export function connection(): Connection {
  current ??= connect();
  return current;
}

function connect(): Connection {
  const { databaseUrl, databaseAppPassword } = config();
  const options = (role: 'portal_app' | 'portal_session', max: number) => ({
    connectionString: appUrl(databaseUrl, role, databaseAppPassword),
    max,
    connectionTimeoutMillis: waits.pool,
    statement_timeout: waits.statement,
    query_timeout: waits.query,
    lock_timeout: waits.lock,
    idle_in_transaction_session_timeout: waits.idle,
    types,
  });
  const reader = new pg.Pool({ ...options('portal_app', 10), pipeline: true });
  const doorPool = new pg.Pool(options('portal_session', 10));
  // A connection that the server closes, idle or between two statements of a transaction, rejects what comes next and
  // is replaced by the pool; without a listener on it, it would end the process.
  const prismaPool = new pg.Pool({ ...options('portal_app', 10), types: undefined });
  for (const pool of [reader, doorPool, prismaPool]) {
    pool.on('error', () => {});
    pool.on('connect', (client) => client.on('error', () => {}));
  }
  const prisma = new PrismaClient({
    adapter: new PrismaPg(prismaPool, {
      disposeExternalPool: true,
      statementNameGenerator: ({ sql }) => statementNameOf(sql),
    }),
  });
  return { prisma, reader, door: doorPool };
}

export async function disconnect(): Promise<void> {
  const open = current;
  current = undefined;
  if (!open) return;
  await Promise.all([open.prisma.$disconnect(), open.reader.end(), open.door.end()]);
}

/** Milliseconds; every wait on the database ends (security.md, requirement 74). */
export const waits = {
  pool: 2000,
  statement: 5000,
  query: 6000,
  lock: 3000,
  transaction: 5000,
  /** A command, such as `demo`, loads a kelurahan at a time and keeps nobody waiting. */
  command: 60_000,
  idle: 10000,
};

/** Calendar dates stay the text that PostgreSQL sends: midnight UTC is not a date in Jakarta. */
const types: pg.CustomTypesConfig = {
  getTypeParser: (oid, format) =>
    oid === pg.types.builtins.DATE ? (value: string) => value : pg.types.getTypeParser(oid, format),
};

const statementNames = new Map<string, string>();

export function statementNameOf(text: string): string {
  const known = statementNames.get(text);
  if (known) return known;
  const name = createHash('sha256').update(text).digest('base64url').slice(0, 20);
  if (statementNames.size < 1000) statementNames.set(text, name);
  return name;
}
