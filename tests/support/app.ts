import { createHmac, randomBytes, randomUUID } from 'node:crypto';
import type { Express } from 'express';
import supertest from 'supertest';
import { createApp } from '#src/app.ts';
import { config } from '#src/config.ts';
import { door } from '#src/database.ts';
import { sessionLimits } from '#src/http/session.ts';

let app: Express | undefined;

/** The one real application. */
export function theApp(): Express {
  app ??= createApp();
  return app;
}

type Account = { id: number };
type Fields = Record<string, string | number>;

/** Requests as a browser of this account sends them; without an account, as a stranger's. */
export async function as(account?: Account) {
  const cookie = account ? await cookieFor(account.id) : '';
  const prepared = (request: supertest.Test) => {
    request.set('Host', 'localhost:3000').set('Sec-Fetch-Site', 'same-origin');
    return cookie ? request.set('Cookie', cookie) : request;
  };
  return {
    get: (url: string) => prepared(supertest(theApp()).get(url)),
    post: (url: string, fields: Fields = {}) =>
      prepared(supertest(theApp()).post(url))
        .type('form')
        .send({ key: randomUUID(), ...fields }),
    /** A multipart form with a file. */
    upload: (url: string, file: { name: string; bytes: Buffer }, fields: Fields = {}) => {
      const request = prepared(supertest(theApp()).post(url)).field({
        key: randomUUID(),
        ...fields,
      });
      return request.attach('file', file.bytes, file.name);
    },
  };
}

/** A real session in the store, as a sign-in leaves it (tests/http/sessions.test.ts signs in for real). */
export async function cookieFor(accountId: number): Promise<string> {
  const sid = randomBytes(24).toString('base64url');
  const now = Date.now();
  const session = {
    cookie: {
      originalMaxAge: sessionLimits.idle,
      httpOnly: true,
      sameSite: 'lax',
      path: '/',
      secure: false,
    },
    passport: { user: accountId },
    startedAt: now,
    seenAt: now,
    userAgent: 'tests',
  };
  await door.query(
    `INSERT INTO sessions (sid, sess, expire) VALUES ($1, $2, now() AT TIME ZONE 'UTC' + interval '30 minutes')`,
    [sid, session],
  );
  const signature = createHmac('sha256', config().sessionSecret)
    .update(sid)
    .digest('base64')
    .replace(/=+$/, '');
  return `sid=${encodeURIComponent(`s:${sid}.${signature}`)}`;
}
