import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { TestProject } from 'vitest/node';
import { spawnPortal } from './process.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    portalOrigin: string;
  }
}

/** One real portal with the demo city, for all browser tests. */
export async function setup(project: TestProject) {
  const directory = await mkdtemp(path.join(os.tmpdir(), 'portal-browser-'));
  const portal = await spawnPortal({ PORTAL_DATA_DIR: directory, LOG_LEVEL: 'error' });
  const stop = async () => {
    portal.kill('SIGTERM');
    const { output, errors } = await portal.exit;
    await rm(directory, { recursive: true, force: true });
    return output + errors;
  };
  if (!(await portal.ready)) throw new Error(`The demo portal did not start:\n${await stop()}`);
  project.provide('portalOrigin', portal.origin);
  return async () => {
    const log = await stop();
    if (log.includes('"level":50')) throw new Error(`The demo portal logged errors:\n${log}`);
  };
}
