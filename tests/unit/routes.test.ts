import { expect, test } from 'vitest';
import { z } from 'zod';
import { configure, readConfig } from '#src/config.ts';
import { badRequest } from '#src/http/errors.ts';
import { emptyInput } from '#src/http/forms.ts';
import { buildRouter, get } from '#src/http/routes.ts';
import { routes } from '#src/routes.ts';

const settings = readConfig({
  NODE_ENV: 'test',
  DATABASE_APP_PASSWORD: 'only-for-tests-on-this-machine',
  SESSION_SECRET: 'a session secret that is only for tests',
  NIK_KEYS: `k1:${Buffer.alloc(32, 1).toString('base64')}`,
  NIK_INDEX_KEY: Buffer.alloc(32, 2).toString('base64'),
});
configure({ ...settings, databaseUrl: 'postgres://nobody@127.0.0.1:1/none' });

const named = routes.map(
  (route) => [`${route.method.toUpperCase()} ${route.path}`, route] as const,
);

test.each(named)('%s has a schema that refuses a field nobody asked for', (_name, { schema }) => {
  const result = schema.safeParse({ nobodyAskedForThis: 'x' });
  expect(result.success).toBe(false);
  const codes = result.error?.issues.map(({ code }) => code);
  expect(codes).toContain('unrecognized_keys');
});

test.each(named)('%s names who may use it', (_name, { access }) => {
  expect(access).toMatch(/^(public|signed-in|[a-z-]+:[a-z-]+)$/);
});

test.each(named)('%s takes text, never an object or a list, in any field', (_name, { schema }) => {
  if (!(schema instanceof z.ZodObject)) throw new Error('the schema is no object');
  for (const field of Object.keys(schema.shape)) {
    for (const value of [{ not: '' }, ['a', 'b'], { increment: 5 }, 7, true, null])
      expect(
        schema.safeParse({ [field]: value }).success,
        `${field} took ${JSON.stringify(value)}`,
      ).toBe(false);
  }
});

test('a URL is a route once, and no id can stand for a fixed word', () => {
  const before = (later: string, earlier: string) =>
    named.findIndex(([name]) => name === earlier) < named.findIndex(([name]) => name === later);
  expect(new Set(named.map(([name]) => name)).size).toBe(named.length);
  for (const [, { path }] of named) expect(path).toMatch(/^\/[a-z0-9/:.A-Z-]*$/);
  expect(before('GET /usulan/:id', 'GET /usulan/baru')).toBe(true);
});

test('a page without a schema refuses every query key', () => {
  const route = get('/x', 'public', () => {});
  expect(route.schema).toBe(emptyInput);
  expect(route.schema.safeParse({}).success).toBe(true);
  expect(route.schema.safeParse({ a: '1' }).success).toBe(false);
});

test('a route with a parameter of no known shape does not start', () => {
  expect(() => buildRouter([get('/x/:anything', 'public', () => {})])).toThrow(
    'no shape for :anything',
  );
  expect(badRequest('x').status).toBe(400);
});
