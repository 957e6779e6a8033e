import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { config } from '#src/config.ts';

/** Runs one of the repository's commands in a process of its own, on the database of this test file. */
export function runScript(file: string, ...given: string[]) {
  return promisify(execFile)(process.execPath, [file, ...given], {
    cwd: path.join(import.meta.dirname, '../..'),
    env: environment(),
  });
}

function environment() {
  const { databaseUrl, databaseAppPassword, sessionSecret, nikKeys, nikIndexKey } = config();
  return {
    ...process.env,
    NODE_ENV: 'development',
    DATABASE_URL: databaseUrl,
    DATABASE_APP_PASSWORD: databaseAppPassword,
    SESSION_SECRET: sessionSecret,
    NIK_KEYS: nikKeys.map(({ id, key }) => `${id}:${key.toString('base64')}`).join(','),
    NIK_INDEX_KEY: nikIndexKey.toString('base64'),
  };
}
