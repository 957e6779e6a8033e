import { fork, spawn, type ChildProcess } from 'node:child_process';
import { createHmac, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import path from 'node:path';
import type pg from 'pg';
import { environment, type DataSet } from './data-set.ts';
import manifest from '../../package.json' with { type: 'json' };
import type { Place } from './generate.ts';
import type { Measured, Order } from './load.ts';

export type Server = {
  name: 'app' | 'minimal';
  origin: string;
  pid: number;
  stop: () => Promise<void>;
};

const here = import.meta.dirname;
const programs = { app: '../../src/server.ts', minimal: 'minimal.ts' };

/** How `npm start` keeps memory small; the app is measured as it is started. */
const { start } = manifest.scripts;
const heapFlags = start.match(/--(max-semi-space-size|heap-growing-percent)=\d+/g);
const memoryVariables = Object.fromEntries(
  [...start.matchAll(/\b([A-Z_]+)=(\S+)/g)].map(([, name = '', value = '']) => [name, value]),
);

/** The real app, or the minimal server, in a process of its own. */
export async function startServer(
  name: Server['name'],
  { ownerUrl, superuserUrl, place }: DataSet,
  flags: string[] = name === 'app' ? [...(heapFlags ?? [])] : [],
) {
  const port = await freePort();
  const child = spawn(
    process.execPath,
    [...flags, '--disable-warning=DeprecationWarning', path.join(here, programs[name])],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: {
        ...environment,
        ...(name === 'app' ? memoryVariables : {}),
        PATH: process.env.PATH,
        PORT: String(port),
        PUBLIC_URL: `http://localhost:${port}`,
        DATABASE_URL: ownerUrl,
        BENCH_SUPERUSER_URL: superuserUrl,
        BENCH_PLACE: JSON.stringify(place),
      },
    },
  );
  await ready(child, name);
  const server: Server = {
    name,
    origin: `http://localhost:${port}`,
    pid: child.pid ?? 0,
    stop: () => stop(child),
  };
  return server;
}

/** Measures one server at a time, one order after the other. */
export function startLoad() {
  const child = fork(path.join(here, 'load.ts'));
  return {
    measure: async (order: Order): Promise<Measured> => {
      child.send(order);
      const [measured] = (await once(child, 'message')) as [Measured];
      if (measured.failed > 0)
        throw new Error(`${measured.failed} requests for ${order.url} failed`);
      return measured;
    },
    stop: () => stop(child),
  };
}

/** A session as a sign-in leaves it; answers the cookie that the browser would send. */
export async function signIn(client: pg.Client, accountId: number): Promise<string> {
  const sid = randomBytes(24).toString('base64url');
  const now = Date.now();
  const cookie = {
    originalMaxAge: 30 * 60_000,
    httpOnly: true,
    sameSite: 'lax',
    path: '/',
    secure: false,
  };
  const session = {
    cookie,
    passport: { user: accountId },
    startedAt: now,
    seenAt: now,
    userAgent: 'bench',
  };
  await client.query(
    `INSERT INTO sessions (sid, sess, expire) VALUES ($1, $2, now() AT TIME ZONE 'UTC' + interval '12 hours')`,
    [sid, session],
  );
  const signature = createHmac('sha256', environment.SESSION_SECRET)
    .update(sid)
    .digest('base64')
    .replace(/=+$/, '');
  return `sid=${encodeURIComponent(`s:${sid}.${signature}`)}`;
}

/** The lurah's scope for the minimal server, written into views as a hand-made query would have it. */
export async function scopeViews(client: pg.Client, { kelurahanId }: Place): Promise<void> {
  await client.query(`DROP SCHEMA IF EXISTS bench_lurah CASCADE; CREATE SCHEMA bench_lurah;
    CREATE VIEW bench_lurah.kelurahan AS SELECT * FROM public.kelurahan WHERE id = ${kelurahanId};
    CREATE VIEW bench_lurah.institutions AS SELECT * FROM public.institutions WHERE kelurahan_id = ${kelurahanId}`);
}

/** Megabytes in memory, where the system tells. */
export async function memoryOf({ pid }: Server): Promise<number | null> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  const kilobytes = /^VmRSS:\s+(\d+)/m.exec(status)?.[1];
  return kilobytes ? Math.round(Number(kilobytes) / 1024) : null;
}

async function ready(child: ChildProcess, name: string): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    child.stdout
      ?.setEncoding('utf8')
      .on('data', (text: string) => text.includes('siap di') && resolve());
    child.once('exit', (code) =>
      reject(new Error(`${name} ended with ${code} before it was ready`)),
    );
  });
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, 'exit');
  child.kill('SIGTERM');
  await exit;
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  if (address === null || typeof address === 'string') throw new Error('no port was given');
  return address.port;
}
