import { createHash, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { Client, DatabaseError, escapeIdentifier, escapeLiteral } from 'pg';
import { codeOf, StartError } from '#src/start-error.ts';

/** The roles the portal signs in with; the migrations create them. */
const loginRoles = ['portal_app', 'portal_session'] as const;
export type LoginRole = (typeof loginRoles)[number];

/** Brings the database up to date and lets the portal's roles sign in; answers the names of what it applied. */
export async function migrate(
  ownerUrl: string,
  { appPassword }: { appPassword: string },
): Promise<string[]> {
  const owner = await connectAsOwner(ownerUrl);
  try {
    await requirePostgres18(owner);
    // Freed with the session, so a killed process never leaves it behind.
    await owner.query(`SELECT pg_advisory_lock(hashtext('portal migrations'))`);
    const applied = (await isUpToDate(owner)) ? [] : await applyFiles(owner);
    for (const role of loginRoles) await letSignIn(owner, appUrl(ownerUrl, role, appPassword));
    return applied;
  } finally {
    await owner.end();
  }
}

/** The address of the same database for another role. */
export function appUrl(ownerUrl: string, role: LoginRole, password: string): string {
  const url = new URL(ownerUrl);
  url.username = role;
  url.password = encodeURIComponent(password);
  return url.href;
}

async function connectAsOwner(ownerUrl: string): Promise<Client> {
  const owner = new Client({
    connectionString: ownerUrl,
    connectionTimeoutMillis: 10_000,
    application_name: 'portal migrations',
  });
  // A connection that breaks later rejects the query in hand; without a listener it would end the process.
  owner.on('error', () => {});
  try {
    await owner.connect();
    return owner;
  } catch (error) {
    const { host, pathname, username } = new URL(ownerUrl);
    throw new StartError(
      `Basis data ${pathname.slice(1)} di ${host} tidak dapat dibuka sebagai ${username} (${reasonOf(error)}); periksa DATABASE_URL dan pastikan PostgreSQL berjalan.`,
    );
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error && error.message ? error.message : codeOf(error);
}

async function requirePostgres18(owner: Client): Promise<void> {
  const { rows } = await owner.query<{ number: number; version: string }>(
    `SELECT current_setting('server_version_num')::int AS number, current_setting('server_version') AS version`,
  );
  const server = rows[0];
  if (server && server.number >= 180_000) return;
  throw new StartError(
    `Portal memerlukan PostgreSQL 18 atau lebih baru, sedangkan server di DATABASE_URL menjalankan PostgreSQL ${server?.version}.`,
  );
}

const directory = path.join(import.meta.dirname, '../prisma/migrations');

/** Every file is applied, which is so at most starts; the library that applies them takes 24 MB. */
async function isUpToDate(owner: Client): Promise<boolean> {
  const { rows } = await owner.query<{ isThere: boolean }>(
    `SELECT to_regclass('migrations.applied') IS NOT NULL AS "isThere"`,
  );
  if (!rows[0]?.isThere) return false;
  const applied = await owner.query<{ name: string }>('SELECT name FROM migrations.applied');
  const names = new Set(applied.rows.map(({ name }) => `${name}.sql`));
  const files = (await readdir(directory)).filter((name) => name.endsWith('.sql'));
  return files.length === names.size && files.every((name) => names.has(name));
}

async function applyFiles(owner: Client): Promise<string[]> {
  const { runner } = await import('node-pg-migrate');
  let current = '';
  const note = (line: string) => (current = /### MIGRATION (\S+) /.exec(line)?.[1] ?? current);
  try {
    const applied = await runner({
      dbClient: owner,
      dir: directory,
      ignorePattern: String.raw`(?!.*\.sql$).*`,
      direction: 'up',
      migrationsSchema: 'migrations',
      createMigrationsSchema: true,
      migrationsTable: 'applied',
      noLock: true,
      singleTransaction: true,
      logger: { info: note, warn: ignore, error: ignore },
    });
    return applied.map(({ name }) => name);
  } catch (error) {
    throw new Error(`migration ${current || 'files'} failed: ${await placeOf(current, error)}`, {
      cause: error,
    });
  }
}

/** What the library would print goes into the error instead. */
function ignore(): void {}

async function placeOf(migration: string, error: unknown): Promise<string> {
  const reason = reasonOf(error);
  if (!(error instanceof DatabaseError) || !error.position) return reason;
  const sql = await readFile(path.join(directory, `${migration}.sql`), 'utf8');
  return `${reason} (line ${sql.slice(0, Number(error.position)).split('\n').length})`;
}

/** Sets the password only when it does not work yet: a start must not touch a role that other processes use. */
async function letSignIn(owner: Client, url: string): Promise<void> {
  if (await canSignIn(url)) return;
  const { username, password } = new URL(url);
  const verifier = scramVerifier(decodeURIComponent(password));
  await owner.query(`ALTER ROLE ${escapeIdentifier(username)} PASSWORD ${escapeLiteral(verifier)}`);
}

async function canSignIn(url: string): Promise<boolean> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 5000 });
  try {
    await client.connect();
    return true;
  } catch (error) {
    // 28P01: wrong password, or none set yet; 28000: the role may not sign in from here.
    if (error instanceof DatabaseError && error.code?.startsWith('28')) return false;
    throw error;
  } finally {
    await client.end().catch(() => {});
  }
}

/** What PostgreSQL stores for a password (RFC 5803), made here so that the password never stands in a server's log. */
function scramVerifier(password: string): string {
  const iterations = 4096;
  const salt = randomBytes(16);
  const salted = pbkdf2Sync(password, salt, iterations, 32, 'sha256');
  const hmac = (text: string) => createHmac('sha256', salted).update(text).digest();
  const storedKey = createHash('sha256').update(hmac('Client Key')).digest('base64');
  const serverKey = hmac('Server Key').toString('base64');
  return `SCRAM-SHA-256$${iterations}:${salt.toString('base64')}$${storedKey}:${serverKey}`;
}
