import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Client } from 'pg';
import { addressesAt } from '#src/embedded-cluster.ts';
import { portOf } from '#src/embedded-server.ts';
import { spawnPortal, type PortalProcess } from './process.ts';

export type Installation = ReturnType<typeof installationIn>;

/** One portal with its own embedded PostgreSQL in this directory, to be started, stopped and killed from outside. */
export function installationIn(dataDirectory: string) {
  const home = path.join(dataDirectory, 'postgres');
  const files = path.join(home, 'cluster');
  const running = new Set<PortalProcess>();

  async function spawn(environment: Record<string, string> = {}): Promise<PortalProcess> {
    const portal = await spawnPortal({ PORTAL_DATA_DIR: dataDirectory, ...environment });
    running.add(portal);
    return portal;
  }
  return {
    files,
    spawn,
    async start(): Promise<PortalProcess> {
      const portal = await spawn();
      if (!(await portal.ready)) throw new Error((await portal.exit).errors);
      return portal;
    },
    async stopAll(): Promise<void> {
      for (const portal of running) portal.kill('SIGTERM');
      await Promise.all([...running].map(({ exit }) => exit));
      running.clear();
    },
    /** The number of PostgreSQL's first process, 0 while there is none. */
    async databaseProcess(): Promise<number> {
      const note = await readFile(path.join(files, 'postmaster.pid'), 'utf8').catch(() => '0');
      return Number.parseInt(note, 10);
    },
    async asSuperuser<Result>(work: (client: Client) => Promise<Result>): Promise<Result> {
      const { superuserUrl } = await addressesAt(await portOf({ files }), home);
      const superuser = new Client({ connectionString: new URL('/portal', superuserUrl).href });
      // The portal's stop ends this connection too.
      superuser.on('error', () => {});
      await superuser.connect();
      try {
        return await work(superuser);
      } finally {
        await superuser.end().catch(() => {});
      }
    },
  };
}

export async function until(isSo: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + 20_000;
  while (!(await isSo())) {
    if (Date.now() > end) throw new Error('waited 20 seconds in vain');
    await pause(50);
  }
}

/** The status of the answer, or 'refused' when nobody listens. */
export async function statusOf(url: string): Promise<number | 'refused'> {
  return fetch(url).then(
    ({ status }) => status,
    () => 'refused' as const,
  );
}
