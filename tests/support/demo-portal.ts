import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import type { TestProject } from 'vitest/node';
import { spawnPortal } from './process.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    demoDirectory: string;
  }
}

/** Loads the demo city once, for all browser tests to copy. */
export async function setup(project: TestProject) {
  const demoDirectory = await newDirectory();
  const portal = await startPortal(demoDirectory);
  await portal.stop();
  project.provide('demoDirectory', demoDirectory);
  return () => rm(demoDirectory, { recursive: true, force: true });
}

/** A real portal with the demo city as it was loaded: what one file of tests changes, no other meets. */
export async function startDemoPortal(demoDirectory: string) {
  const directory = await newDirectory();
  // Node's own copy forgets whose the files are, and PostgreSQL refuses those of others.
  await promisify(execFile)('cp', ['-a', `${demoDirectory}/.`, directory]);
  const portal = await startPortal(directory);
  return {
    origin: portal.origin,
    async stop() {
      const log = await portal.stop();
      await rm(directory, { recursive: true, force: true });
      if (log.includes('"level":50')) throw new Error(`The demo portal logged errors:\n${log}`);
    },
  };
}

const newDirectory = () => mkdtemp(path.join(os.tmpdir(), 'portal-browser-'));

async function startPortal(directory: string) {
  const portal = await spawnPortal({ PORTAL_DATA_DIR: directory, LOG_LEVEL: 'error' });
  const stop = async () => {
    portal.kill('SIGTERM');
    const { output, errors } = await portal.exit;
    return output + errors;
  };
  if (!(await portal.ready)) throw new Error(`The demo portal did not start:\n${await stop()}`);
  return { origin: portal.origin, stop };
}
