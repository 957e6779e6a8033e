import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import supertest from 'supertest';
import { beforeAll, expect, test } from 'vitest';
import { systemActor, type Role } from '#src/access.ts';
import { createApp } from '#src/app.ts';
import { config, configure } from '#src/config.ts';
import { disconnect } from '#src/connection.ts';
import { asActor } from '#src/database.ts';
import { demoAccounts, demoPassword } from '#src/demo-accounts.ts';
import { assetUrl } from '#src/http/assets.ts';
import { hashPassword } from '#src/sessions/passwords.ts';
import { hashToken } from '#src/sessions/repository.ts';
import { as, cookieFor, theApp } from '../support/app.ts';
import { configureForTests } from '../support/config.ts';
import { ownerUrl } from '../support/database.ts';
import {
  makeAccount,
  makeInstitution,
  makeKelurahan,
  makeOfficer,
  unique,
} from '../support/fixtures.ts';
import { inTransaction, superuser } from '../support/superuser.ts';

/** Tests come from many addresses, as through a proxy, so that only the limits under test are met. */
const behindProxy = { TRUSTED_PROXIES: '127.0.0.1' };
configureForTests(ownerUrl, behindProxy);

const password = 'kuda-lumping-naik-becak';
let passwordHash = '';

beforeAll(async () => {
  passwordHash = await hashPassword(password);
});

test('the sign-in page asks for user name and password and shows no demo account outside the demo', async () => {
  const stranger = await as();
  const page = await stranger.get('/masuk');
  expect(page.status).toBe(200);
  expect(page.text).toContain('Masuk ke Portal LKK');
  expect(page.text).toContain('autocomplete="current-password"');
  expect(page.text).not.toContain('bersolek-elok');
});

test('in demo mode the page lists the demo accounts and their password', async () => {
  const usual = config();
  configure({ ...usual, mode: 'demo' });
  const page = await (await as()).get('/masuk');
  configure(usual);
  for (const { username, description } of demoAccounts) {
    expect(page.text).toContain(username);
    expect(page.text).toContain(description);
  }
  expect(page.text).toContain(demoPassword);
});

test('signing in gives a new session, whose cookie scripts cannot read, and the old one is a stranger', async () => {
  const before = await makeSignIn('staff');
  const old = await cookieFor(before.id);
  const answer = await signIn(before.username).set('Cookie', old);

  expect(answer.status).toBe(303);
  expect(answer.headers.location).toBe('/beranda');
  const cookie = cookieOf(answer);
  expect(cookie).not.toBe(old);
  expect(String(answer.headers['set-cookie'])).toMatch(
    /^sid=.+; Path=\/; .*HttpOnly; SameSite=Lax$/,
  );
  expect((await getAs(cookie, '/akun')).status).toBe(200);
  expect((await getAs(old, '/akun')).status).toBe(401);
});

test('user names are known by any case and a space that a phone adds to either field does no harm', async () => {
  const { username } = await makeSignIn('auditor');
  const answer = await post('/masuk', {
    username: ` ${username.toUpperCase()} `,
    password: `${password} `,
  });
  expect(answer.status).toBe(303);
});

test.each([
  ['/lembaga?jenis=1', '/lembaga?jenis=1'],
  ['//evil.test', '/beranda'],
  ['/..//evil.test', '/beranda'],
  ['https://evil.test', '/beranda'],
  ['', '/beranda'],
])('after signing in, the way back %s leads to %s', async (returnTo, location) => {
  const { username } = await makeSignIn('auditor');
  const answer = await post('/masuk', { username, password, returnTo });
  expect(answer.headers.location).toBe(location);
});

test('whoever is signed in is sent on from the sign-in page', async () => {
  const browser = await as(await makeAccount('auditor'));
  const answer = await browser.get('/masuk?kembali=%2Flembaga');
  expect(answer.status).toBe(303);
  expect(answer.headers.location).toBe('/lembaga');
});

test('unknown, wrong, suspended and without a password: the same status and the same bytes', async () => {
  const known = await makeSignIn('staff');
  const suspended = await makeSignIn('staff', { suspendedAt: new Date() });
  const unfinished = await makeAccount('auditor');
  const answers = await Promise.all([
    signIn(known.username, 'bukan kata sandi yang benar'),
    signIn(`tidak.ada${unique()}`),
    signIn(suspended.username),
    signIn(unfinished.username),
  ]);
  const bodies = answers.map(({ text }) =>
    text.replace(/value="[^"]*" autocomplete="username"/, '').replaceAll(/[0-9a-f-]{36}/g, 'key'),
  );
  expect(answers.map(({ status }) => status)).toEqual([422, 422, 422, 422]);
  expect(new Set(bodies).size).toBe(1);
  expect(bodies[0]).toContain('Nama pengguna atau kata sandi salah');
  for (const { text, headers } of answers) {
    expect(text).not.toContain(password);
    expect(headers['set-cookie']).toBeUndefined();
  }
});

test(
  'an unknown user name costs the same time as a wrong password',
  { timeout: 60_000 },
  async () => {
    const accounts = await Promise.all(Array.from({ length: 20 }, () => makeSignIn('auditor')));
    const known: number[] = [];
    const unknown: number[] = [];
    for (const [index, { username }] of [...accounts, ...accounts, ...accounts].entries()) {
      known.push(await timeOf(() => signIn(username, 'bukan kata sandi yang benar')));
      unknown.push(await timeOf(() => signIn(`tidak.ada.${index}`)));
    }
    const ratio = median(known) / median(unknown);
    expect(ratio).toBeGreaterThan(0.7);
    expect(ratio).toBeLessThan(1.3);
  },
);

test('of a hundred parallel tries at one account five are heard, and the answer says how long to wait', async () => {
  const { username } = await makeSignIn('staff');
  const answers = await Promise.all(
    Array.from({ length: 100 }, () => signIn(username, 'salah terus menerus')),
  );
  const heard = answers.filter(({ status }) => status === 422);
  const refused = answers.filter(({ status }) => status === 429);
  expect(heard).toHaveLength(5);
  expect(refused).toHaveLength(95);
  expect(refused[0]?.text).toContain('Coba lagi dalam 15 menit');
  expect(Number(refused[0]?.headers['retry-after'])).toBeLessThanOrEqual(900);
  expect((await signIn(username)).status).toBe(429);
});

test('a second block of the same account lasts twice as long, and none is for ever', async () => {
  const { username } = await makeSignIn('staff');
  const exhaust = async () => {
    for (let tries = 1; tries <= 5; tries += 1) await signIn(username, 'salah terus menerus');
    return Number((await signIn(username)).headers['retry-after']);
  };
  expect(await exhaust()).toBe(900);
  await superuser.query(`UPDATE rate_limits SET expire = 1 WHERE key = $1`, [
    `account:${username}`,
  ]);
  expect(await exhaust()).toBe(1800);
  await superuser.query(`UPDATE rate_limits SET expire = 1 WHERE key = $1`, [
    `account:${username}`,
  ]);
  expect((await signIn(username)).status).toBe(303);
});

test('an address has fifty failed tries, whatever the user names; successes give theirs back', async () => {
  const address = '203.0.113.9';
  const { username } = await makeSignIn('staff');
  for (let tries = 1; tries <= 3; tries += 1) {
    expect((await signIn(username).set('X-Forwarded-For', address)).status).toBe(303);
  }
  const tries = Array.from(
    { length: 60 },
    (_, index) => () => signIn(`penebak${index}`).set('X-Forwarded-For', address),
  );
  const statuses: number[] = [];
  for (const attempt of tries) statuses.push((await attempt()).status);
  expect(statuses.filter((status) => status === 422)).toHaveLength(50);
  expect(statuses.filter((status) => status === 429)).toHaveLength(10);
});

test('signing out destroys the session, tells the browser to forget, and the cookie cannot be replayed', async () => {
  const account = await makeSignIn('staff');
  const cookie = cookieOf(await signIn(account.username));
  const answer = await post('/keluar', {}).set('Cookie', cookie);
  expect(answer.status).toBe(303);
  expect(answer.headers['clear-site-data']).toBe('"cache", "cookies", "storage"');
  expect((await getAs(cookie, '/akun')).status).toBe(401);
  expect(await sessionsOf(account.id)).toBe(0);
});

test('a session ends after half an hour without use', async () => {
  const account = await makeAccount('auditor');
  const cookie = await cookieFor(account.id);
  expect((await getAs(cookie, '/akun')).status).toBe(200);
  await superuser.query(
    `UPDATE sessions SET expire = now() AT TIME ZONE 'UTC' - interval '1 second' WHERE account_id = $1`,
    [account.id],
  );
  expect((await getAs(cookie, '/akun')).status).toBe(401);
});

test('use moves the half hour on', async () => {
  const account = await makeAccount('auditor');
  const cookie = await cookieFor(account.id);
  await superuser.query(
    `UPDATE sessions SET expire = now() AT TIME ZONE 'UTC' + interval '1 minute', sess = jsonb_set(sess, '{seenAt}', to_jsonb($2::float8)) WHERE account_id = $1`,
    [account.id, Date.now() - 29 * 60_000],
  );
  await getAs(cookie, '/akun');
  const { rows } = await superuser.query<{ minutes: number }>(
    `SELECT extract(epoch FROM expire - now() AT TIME ZONE 'UTC')::int / 60 AS minutes FROM sessions WHERE account_id = $1`,
    [account.id],
  );
  expect(rows[0]?.minutes).toBeGreaterThanOrEqual(29);
});

test('a session ends twelve hours after signing in, however busy it is', async () => {
  const account = await makeAccount('auditor');
  const cookie = await cookieFor(account.id);
  await superuser.query(
    `UPDATE sessions SET sess = jsonb_set(sess, '{startedAt}', to_jsonb($2::float8)) WHERE account_id = $1`,
    [account.id, Date.now() - 12 * 3_600_000 - 1000],
  );
  expect((await getAs(cookie, '/akun')).status).toBe(401);
  expect(await sessionsOf(account.id)).toBe(0);
});

test('an officer is out with the request after their tenure ends', async () => {
  const { id: kelurahanId } = await makeKelurahan();
  const { account, tenure } = await makeOfficer(await makeInstitution({ kelurahanId }));
  const browser = await as(account);
  expect((await browser.get('/akun')).status).toBe(200);
  await inTransaction((client) =>
    client.query(
      `UPDATE tenures SET ended_on = CURRENT_DATE, end_reason = 'resigned' WHERE id = $1`,
      [tenure.id],
    ),
  );
  expect((await browser.get('/akun')).status).toBe(401);
});

test('a one-time link sets a password once and ends what was open', async () => {
  const account = await makeSignIn('staff');
  const cookie = await cookieFor(account.id);
  const path = await makeLink(account.id);
  const page = await (await as()).get(path);
  expect(page.status).toBe(200);
  expect(page.text).toContain(account.username);

  const weak = await post(path, { password: 'pendek' });
  expect(weak.status).toBe(422);
  expect(weak.text).toContain('Kata sandi paling sedikit 15 huruf');
  expect(weak.text).not.toContain('pendek"');

  const next = 'empat kata acak hujan';
  const done = await Promise.all([post(path, { password: next }), post(path, { password: next })]);
  expect(done.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([303, 404]);
  expect((await getAs(cookie, '/akun')).status).toBe(401);
  expect((await signIn(account.username)).status).toBe(422);
  expect((await signIn(account.username, next)).status).toBe(303);
  expect((await (await as()).get(path)).text).toContain('Tautan ini tidak berlaku lagi');
});

test('whoever sets a password by link in the browser of an open session is signed out of it', async () => {
  const account = await makeSignIn('staff');
  const cookie = await cookieFor(account.id);
  const path = await makeLink(account.id);
  const answer = await post(path, { password: 'empat kata acak hujan' }).set('Cookie', cookie);
  expect(answer.status).toBe(303);
  expect(await sessionsOf(account.id)).toBe(0);
  expect((await getAs(cookie, '/akun')).status).toBe(401);
  expect((await getAs(cookieOf(answer), '/masuk')).text).toContain('Kata sandi baru tersimpan');
});

test('a link that is old, unknown or of a suspended account answers 404, all alike', async () => {
  const suspended = await makeSignIn('staff', { suspendedAt: new Date() });
  const account = await makeAccount('auditor');
  const paths = [
    await makeLink(account.id, '-1 second'),
    await makeLink(suspended.id),
    `/masuk/tautan/${'A'.repeat(43)}`,
  ];
  const answers = await Promise.all(paths.map(async (path) => (await as()).get(path)));
  expect(answers.map(({ status }) => status)).toEqual([404, 404, 404]);
  expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
});

test.each([
  ['an apostrophe', "Ma'ruf", 422],
  ['markup', '<script>alert(1)</script>', 422],
  ['a wildcard', '%', 422],
  ['a backslash', '\\', 422],
  ['an emoji', '😀', 422],
  ['ten thousand letters', 'x'.repeat(10_000), 422],
  ['a NUL', '\0', 400],
])('a user name of %s is answered, not tripped over', async (_kind, username, status) => {
  const answer = await post('/masuk', { username, password });
  expect(answer.status).toBe(status);
  expect(answer.text).not.toContain('<script>alert');
});

test('a repeated, missing or unknown field is refused', async () => {
  const { username } = await makeSignIn('staff');
  const bodies = [
    `key=${randomUUID()}&username=${username}&username=x&password=${password}`,
    `username=${username}&password=${password}`,
    `key=${randomUUID()}&username=${username}&password=${password}&role=admin`,
  ];
  const answers = await Promise.all(
    bodies.map((body) => prepared(supertest(theApp()).post('/masuk')).type('form').send(body)),
  );
  expect(answers.map(({ status }) => status)).toEqual([400, 400, 400]);
  expect((await prepared(supertest(theApp()).get('/masuk?kembali=%2Fa&kembali=%2Fb'))).status).toBe(
    400,
  );
});

test('two hundred sign-ins at once: static files stay fast, the queue is short, nothing breaks', async () => {
  const server = createServer(theApp()).listen(0, '127.0.0.1');
  const people = Array.from({ length: 200 }, (_, index) =>
    request(server)
      .post('/masuk')
      .type('form')
      .send({ key: randomUUID(), username: `ramai${index}`, password }),
  ).map((sent) => prepared(sent).then(({ status }) => status));
  const times: number[] = [];
  for (let count = 0; count < 40; count += 1) {
    times.push(
      await timeOf(() => prepared(request(server).get(assetUrl('portal.css'))).expect(200)),
    );
  }
  const statuses = await Promise.all(people);
  server.close();
  expect(statuses.every((status) => status === 422 || status === 503)).toBe(true);
  expect(statuses).toContain(422);
  expect(statuses).toContain(503);
  expect(times.toSorted((a, b) => a - b)[Math.floor(times.length * 0.95)]).toBeLessThan(200);
});

test('behind TLS the cookie is __Host-, Secure and for this host alone; over plain http there is none', async () => {
  const { username } = await makeSignIn('staff');
  configureForTests(ownerUrl, { ...behindProxy, PUBLIC_URL: 'https://lkk.test' });
  const app = createApp();
  configureForTests(ownerUrl, behindProxy);
  const send = (headers: Record<string, string>) =>
    supertest(app)
      .post('/masuk')
      .set({ Host: 'lkk.test', 'Sec-Fetch-Site': 'same-origin', ...headers })
      .type('form')
      .send({ key: randomUUID(), username, password });

  const [cookie = ''] = (await send({ 'X-Forwarded-Proto': 'https' })).headers['set-cookie'] ?? [];
  expect(cookie).toMatch(
    /^__Host-sid=[^;]+; Path=\/; Expires=[^;]+; HttpOnly; Secure; SameSite=Lax$/,
  );
  expect((await send({})).headers['set-cookie']).toBeUndefined();
});

test('while the database is away signing in fails with 503 and public pages still answer', async () => {
  const account = await makeSignIn('staff');
  const cookie = await cookieFor(account.id);
  const away = new URL(ownerUrl);
  away.port = '1';
  await disconnect();
  configureForTests(away.href, behindProxy);
  try {
    const answer = await signIn(account.username);
    expect(answer.status).toBe(503);
    expect(answer.headers['retry-after']).toBe('5');
    expect(answer.headers['set-cookie']).toBeUndefined();
    expect(
      (await post('/masuk', { username: account.username, password }).set('Cookie', cookie)).status,
    ).toBe(503);
    expect((await post('/keluar', {}).set('Cookie', cookie)).status).toBe(503);
    expect((await getAs(cookie, '/masuk')).status).toBe(200);
    expect((await getAs(cookie, '/akun')).status).toBe(503);
  } finally {
    await disconnect();
    configureForTests(ownerUrl, behindProxy);
  }
  expect((await getAs(cookie, '/akun')).status).toBe(200);
});

async function makeSignIn(role: Role, data: { suspendedAt?: Date } = {}) {
  const scope = role === 'staff' ? { kelurahanId: (await makeKelurahan()).id } : {};
  const account = await makeAccount(role, scope);
  await asActor(systemActor('tests'), (tx) =>
    tx.account.update({ where: { id: account.id }, data: { passwordHash, ...data } }),
  );
  return account;
}

async function makeLink(accountId: number, life = '30 minutes'): Promise<string> {
  const token = `${randomUUID()}${randomUUID()}`.replaceAll('-', '').slice(0, 43);
  await inTransaction((client) =>
    client.query(
      `INSERT INTO account_links (account_id, token_hash, expires_at) VALUES ($1, $2, now() + $3::interval)`,
      [accountId, Buffer.from(hashToken(token)), life],
    ),
  );
  return `/masuk/tautan/${token}`;
}

async function sessionsOf(accountId: number): Promise<number> {
  const { rowCount } = await superuser.query(`SELECT FROM sessions WHERE account_id = $1`, [
    accountId,
  ]);
  return rowCount ?? 0;
}

let lastAddress = 0;
/** As from a browser of its own, at an address of its own. */
function prepared(sent: supertest.Test): supertest.Test {
  lastAddress += 1;
  return sent
    .set('Host', 'localhost:3000')
    .set('Sec-Fetch-Site', 'same-origin')
    .set(
      'X-Forwarded-For',
      `10.${(lastAddress >> 16) & 255}.${(lastAddress >> 8) & 255}.${lastAddress & 255}`,
    );
}

const request = (server: Parameters<typeof supertest>[0]) => supertest(server);
const post = (path: string, fields: Record<string, string>) =>
  prepared(supertest(theApp()).post(path))
    .type('form')
    .send({ key: randomUUID(), ...fields });
const signIn = (username: string, given = password) =>
  post('/masuk', { username, password: given });
const getAs = (cookie: string, path: string) =>
  prepared(supertest(theApp()).get(path)).set('Cookie', cookie);
const cookieOf = (answer: supertest.Response) =>
  String(answer.headers['set-cookie']?.[0]).split(';')[0] ?? '';

async function timeOf(work: () => PromiseLike<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

const median = (values: number[]) =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
