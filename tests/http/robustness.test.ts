import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, connect, type Server, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import supertest from 'supertest';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createApp } from '#src/app.ts';
import { disconnect } from '#src/connection.ts';
import { as, cookieFor } from '../support/app.ts';
import { configureForTests } from '../support/config.ts';
import { ownerUrl } from '../support/database.ts';
import { makeAccount, makeInstitution, makeKelurahan, seatOf } from '../support/fixtures.ts';
import { rowsOf, superuser } from '../support/superuser.ts';

const failures: unknown[] = [];
const note = (error: unknown, origin: unknown) =>
  failures.push([error, String(origin), new Error('x').stack]);
beforeAll(() => {
  process.on('unhandledRejection', note);
  process.on('uncaughtException', note);
});
afterAll(() => {
  process.off('unhandledRejection', note);
  process.off('uncaughtException', note);
  expect(failures).toEqual([]);
});

async function makeStaff() {
  const kelurahan = await makeKelurahan();
  const institution = await makeInstitution({ kelurahanId: kelurahan.id });
  const staff = await makeAccount('staff', { kelurahanId: kelurahan.id });
  return { kelurahan, institution, staff, browser: await as(staff) };
}

test('a form sent forty times at once makes one row, and every sender gets the same answer', async () => {
  const { institution, staff, browser } = await makeStaff();
  const seat = await seatOf(institution.id, 'secretary');
  const form = { key: randomUUID(), institutionId: institution.id, kind: 'fill', seatId: seat.id };
  const answers = await Promise.all(
    Array.from({ length: 40 }, () => browser.post('/usulan', form)),
  );

  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([303]));
  expect(new Set(answers.map(({ headers }) => String(headers.location))).size).toBe(1);
  expect(
    await rowsOf('SELECT id FROM roster_changes WHERE maker_id = $1', [staff.id]),
  ).toHaveLength(1);

  const again = await browser.post('/usulan', form);
  expect(again.headers.location).toBe(answers[0]?.headers.location);
  const another = await browser.post('/usulan', { ...form, key: randomUUID() });
  expect(another.headers.location).not.toBe(answers[0]?.headers.location);
});

test('the key of one account is no key of another', async () => {
  const [one, two] = [await makeStaff(), await makeStaff()];
  const key = randomUUID();
  const first = await one.browser.post('/usulan', {
    key,
    institutionId: one.institution.id,
    kind: 'new_board',
  });
  const second = await two.browser.post('/usulan', {
    key,
    institutionId: two.institution.id,
    kind: 'new_board',
  });
  expect([first.status, second.status]).toEqual([303, 303]);
  expect(second.headers.location).not.toBe(first.headers.location);
});

test('of fifty who save from the same version one wins, and the others see both', async () => {
  const { institution, browser } = await makeStaff();
  const form = (number: number) => ({
    version: institution.version,
    name: institution.name,
    scope: `Lingkup ${number}`,
  });
  const answers = await Promise.all(
    Array.from({ length: 50 }, (_, number) =>
      browser.post(`/lembaga/${institution.id}`, form(number)),
    ),
  );

  const winners = answers.flatMap(({ status }, number) => (status === 303 ? [number] : []));
  expect(winners).toHaveLength(1);
  const [row] = await rowsOf<{ scope: string; version: number }>(
    'SELECT scope, version FROM institutions WHERE id = $1',
    [institution.id],
  );
  expect(row).toEqual({ scope: `Lingkup ${winners[0]}`, version: institution.version + 1 });
  for (const [number, { status, text }] of answers.entries()) {
    if (status === 303) continue;
    expect(status).toBe(409);
    expect(text).toContain(`Lingkup ${number}`);
    expect(text).toContain(`Lingkup ${winners[0]}`);
  }
});

test('while connections are killed under it the portal answers 200 or 503, and recovers by itself', async () => {
  const { institution, browser } = await makeStaff();
  let going = true;
  const killing = (async () => {
    for (; going; await pause(40))
      await superuser.query(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND usename LIKE 'portal\\_%'`,
      );
  })();
  const seen = new Map<number, number>();
  const until = Date.now() + 3000;
  const reader = async () => {
    while (Date.now() < until) {
      const answer = await browser.get(`/lembaga/${institution.id}`);
      seen.set(answer.status, (seen.get(answer.status) ?? 0) + 1);
      if (answer.status === 503) expect(answer.headers['retry-after']).toBe('5');
      if (answer.status === 503) expect(answer.text).toContain('<h1');
    }
  };
  const writer = async () => {
    while (Date.now() < until) {
      const answer = await browser.post('/usulan', {
        institutionId: institution.id,
        kind: 'new_board',
      });
      seen.set(answer.status, (seen.get(answer.status) ?? 0) + 1);
    }
  };
  await Promise.all([reader(), reader(), reader(), writer(), writer()]);
  going = false;
  await killing;

  expect(
    [...seen.keys()].filter((status) => ![200, 303, 503].includes(status)),
    JSON.stringify([...seen]),
  ).toEqual([]);
  expect(seen.get(503)).toBeGreaterThan(0);
  // Each dead connection that is still in a pool fails one request; there are at most thirty.
  const settled = [];
  for (let attempt = 0; attempt < 60; attempt += 1)
    settled.push((await browser.get(`/lembaga/${institution.id}`)).status);
  expect(settled.slice(-20)).toEqual(Array.from({ length: 20 }, () => 200));
}, 30_000);

test('a row that somebody else holds for long is waited for three seconds, then the answer is 503', async () => {
  const { institution, browser } = await makeStaff();
  const client = await superuser.connect();
  await client.query('BEGIN');
  await client.query('SELECT FROM institutions WHERE id = $1 FOR UPDATE', [institution.id]);
  const start = Date.now();
  const answer = await browser.post(`/lembaga/${institution.id}`, {
    version: institution.version,
    name: institution.name,
  });
  const waited = Date.now() - start;
  await client.query('ROLLBACK');
  client.release();
  expect(answer.status).toBe(503);
  expect(answer.headers['retry-after']).toBe('5');
  expect(waited).toBeGreaterThan(2500);
  expect(waited).toBeLessThan(5500);
  expect(
    (
      await browser.post(`/lembaga/${institution.id}`, {
        version: institution.version,
        name: institution.name,
      })
    ).status,
  ).toBe(303);
});

/** Stands between the portal and its database; while it is dark it takes bytes and passes none on. */
async function startProxy(target: URL) {
  const sockets = new Set<Socket>();
  let dark = false;
  const server: Server = createServer((inward) => {
    const outward = connect(Number(target.port), target.hostname);
    for (const socket of [inward, outward]) {
      sockets.add(socket);
      socket.on('close', () => sockets.delete(socket));
      socket.on('error', () => {});
    }
    inward.on('data', (bytes) => void (dark || outward.write(bytes)));
    outward.on('data', (bytes) => void (dark || inward.write(bytes)));
    inward.on('close', () => outward.destroy());
    outward.on('close', () => inward.destroy());
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return {
    port: typeof address === 'object' && address ? address.port : 0,
    darken: () => void (dark = true),
    lighten: () => void (dark = false),
    close: () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}

test('a database that takes everything and answers nothing is given up after seconds, and found again', async () => {
  const { institution, staff } = await makeStaff();
  const cookie = await cookieFor(staff.id);
  const url = new URL(ownerUrl);
  const proxy = await startProxy(new URL(ownerUrl));
  url.port = String(proxy.port);
  await disconnect();
  configureForTests(url.href);
  const app = createApp();
  const get = (path: string) =>
    supertest(app).get(path).set({ Host: 'localhost:3000', Cookie: cookie });
  try {
    expect((await get(`/lembaga/${institution.id}`)).status).toBe(200);
    expect((await get('/siap')).status).toBe(200);
    await pause(1100);

    proxy.darken();
    const start = Date.now();
    const [page, write, ready, alive, publicPage] = await Promise.all([
      get(`/lembaga/${institution.id}`),
      supertest(app)
        .post('/usulan')
        .set({ Host: 'localhost:3000', Cookie: cookie, 'Sec-Fetch-Site': 'same-origin' })
        .type('form')
        .send({ key: randomUUID(), institutionId: institution.id, kind: 'new_board' }),
      get('/siap'),
      get('/sehat'),
      supertest(app).get('/masuk').set('Host', 'localhost:3000'),
    ]);
    expect(Date.now() - start).toBeLessThan(7500);
    for (const answer of [page, write]) {
      expect(answer.status).toBe(503);
      expect(answer.headers['retry-after']).toBe('5');
      expect(answer.text).toContain('<h1');
    }
    expect(ready.status).toBe(503);
    expect(alive.status).toBe(200);
    expect(publicPage.status).toBe(200);

    proxy.lighten();
    let recovered = 0;
    for (const until = Date.now() + 8000; Date.now() < until && recovered !== 200; await pause(100))
      recovered = (await get(`/lembaga/${institution.id}`)).status;
    expect(recovered).toBe(200);
    await pause(1100);
    expect((await get('/siap')).status).toBe(200);
  } finally {
    proxy.lighten();
    await disconnect();
    proxy.close();
    configureForTests(ownerUrl);
  }
}, 40_000);

test('a database that is not there at once means 503 for pages, and the sign-in page still opens', async () => {
  const { staff } = await makeStaff();
  const cookie = await cookieFor(staff.id);
  const url = new URL(ownerUrl);
  url.port = '1';
  await disconnect();
  configureForTests(url.href);
  const app = createApp();
  try {
    const get = (path: string) => supertest(app).get(path).set('Host', 'localhost:3000');
    expect((await get('/lembaga').set('Cookie', cookie)).status).toBe(503);
    expect((await get('/masuk')).status).toBe(200);
    expect((await get('/sehat')).text).toBe('sehat\n');
    const signIn = await supertest(app)
      .post('/masuk')
      .set({ Host: 'localhost:3000', 'Sec-Fetch-Site': 'same-origin' })
      .type('form')
      .send({ key: randomUUID(), username: 'seseorang', password: 'kata sandi yang panjang' });
    expect(signIn.status).toBe(503);
    expect(signIn.headers['set-cookie']).toBeUndefined();
  } finally {
    await disconnect();
    configureForTests(ownerUrl);
  }
});
