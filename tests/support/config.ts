import { configure, readConfig } from '#src/config.ts';

export const testAppPassword = 'only-for-tests-on-this-machine';

/** The configuration of the app under test: as in production, but on plain http and with keys of its own. */
export function configureForTests(databaseUrl: string, overrides: Record<string, string> = {}) {
  const settings = readConfig({
    NODE_ENV: 'test',
    DATABASE_URL: databaseUrl,
    DATABASE_APP_PASSWORD: testAppPassword,
    SESSION_SECRET: 'a session secret that is only for tests',
    NIK_KEYS: `k1:${Buffer.alloc(32, 1).toString('base64')}`,
    NIK_INDEX_KEY: Buffer.alloc(32, 2).toString('base64'),
    PUBLIC_URL: 'http://localhost:3000',
    LOG_LEVEL: process.env.TEST_LOG ?? 'silent',
    ...overrides,
  });
  configure({ ...settings, databaseUrl });
}
