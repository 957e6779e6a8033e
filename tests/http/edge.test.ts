import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { connect } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import supertest from 'supertest';
import { createApp } from '#src/app.ts';
import { roles, type Role } from '#src/access.ts';
import { assetUrl } from '#src/http/assets.ts';
import { routes } from '#src/routes.ts';
import { as, cookieFor, theApp } from '../support/app.ts';
import { configureForTests } from '../support/config.ts';
import { ownerUrl } from '../support/database.ts';
import { makeAccount, makeKecamatan } from '../support/fixtures.ts';
import { addressIn, makeWard, type Ward } from '../support/matrix.ts';
import { rowsOf } from '../support/superuser.ts';

/** What stands between the network and the pages, on a real server. */

let ward: Ward;
let server: Server;
let port = 0;
const accounts = new Map<Role, { id: number }>();
const cookies = new Map<Role, string>();

beforeAll(async () => {
  const kecamatan = await makeKecamatan();
  ward = await makeWard({ kecamatanId: kecamatan.id, canary: 'Tepi' });
  accounts.set('admin', await makeAccount('admin'));
  accounts.set('auditor', await makeAccount('auditor'));
  accounts.set('kecamatan', await makeAccount('kecamatan', { kecamatanId: kecamatan.id }));
  for (const role of ['lurah', 'staff', 'officer'] as const)
    accounts.set(role, ward.accounts[role]);
  for (const [role, { id }] of accounts) cookies.set(role, await cookieFor(id));
  server = createServer(theApp()).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  port = typeof address === 'object' && address ? address.port : 0;
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
});

const key = '0b9f4b8e-6d0c-4c1a-9f0e-7d6f5a4b3c2d';
const anonymous = (method: 'get' | 'post', url: string) =>
  supertest(theApp())[method](url).set('Host', 'localhost:3000');

const origins: [Record<string, string>, number][] = [
  [{ 'Sec-Fetch-Site': 'same-origin' }, 422],
  [{ 'Sec-Fetch-Site': 'same-origin', Origin: 'http://localhost:3000' }, 422],
  [{ Origin: 'http://localhost:3000' }, 422],
  [{ Origin: 'http://127.0.0.1:3000' }, 422],
  [{}, 403],
  [{ 'Sec-Fetch-Site': 'cross-site' }, 403],
  [{ 'Sec-Fetch-Site': 'same-site' }, 403],
  [{ 'Sec-Fetch-Site': 'none' }, 403],
  [{ 'Sec-Fetch-Site': '' }, 403],
  [{ 'Sec-Fetch-Site': 'cross-site', Origin: 'http://localhost:3000' }, 403],
  [{ Origin: 'http://evil.test' }, 403],
  [{ Origin: 'null' }, 403],
  [{ Origin: 'https://localhost:3000' }, 403],
  [{ Origin: 'http://localhost:3001' }, 403],
  [{ Origin: 'http://localhost:3000.evil.test' }, 403],
  [{ Origin: 'http://localhost.evil.test:3000' }, 403],
  [{ Referer: 'http://localhost:3000/masuk' }, 403],
];

test.each(origins)('a form with %j is answered with %i', async (headers, status) => {
  const answer = await anonymous('post', '/masuk')
    .set(headers)
    .type('form')
    .send({ key, username: '', password: '' });
  expect(answer.status).toBe(status);
  if (status === 403) expect((await anonymous('get', '/masuk').set(headers)).status).toBe(200);
});

test('the origin of a form counts for every act, whoever is signed in, and before anything is read', async () => {
  for (const { path } of routes.filter(({ method }) => method === 'post')) {
    const answer = await anonymous('post', addressIn(path, ward))
      .set('Cookie', cookies.get('staff') ?? '')
      .set('Sec-Fetch-Site', 'cross-site')
      .type('form')
      .send('x'.repeat(200_000));
    expect(answer.status, path).toBe(403);
  }
});

const policy = {
  'default-src': "'none'",
  'script-src': "'self'",
  'style-src': "'self'",
  'img-src': "'self'",
  'font-src': "'self'",
  'connect-src': "'self'",
  'form-action': "'self'",
  'base-uri': "'none'",
  'object-src': "'none'",
  'frame-ancestors': "'none'",
  'require-trusted-types-for': "'script'",
  'trusted-types': "'none'",
};

async function answersOfEveryKind() {
  const staff = cookies.get('staff') ?? '';
  return [
    [200, await anonymous('get', '/masuk')],
    [200, await anonymous('get', `/lembaga/${ward.institution.id}`).set('Cookie', staff)],
    [303, await anonymous('get', '/beranda')],
    [404, await anonymous('get', '/tidak-ada')],
    [403, await anonymous('get', '/pengguna').set('Cookie', staff)],
    [400, await anonymous('get', '/masuk?x=1')],
    [421, await supertest(theApp()).get('/masuk').set('Host', 'evil.test')],
    [200, await anonymous('get', assetUrl('portal.css'))],
    [200, await anonymous('get', '/sehat')],
    [500, await withBrokenPage()],
  ] as const;
}

/** A page that fails in a way nobody foresaw: the table it reads is gone for a moment. */
async function withBrokenPage() {
  await rowsOf('ALTER TABLE duties RENAME TO duties_gone');
  try {
    return await anonymous('get', `/lembaga/${ward.institution.id}/tugas`).set(
      'Cookie',
      cookies.get('staff') ?? '',
    );
  } finally {
    await rowsOf('ALTER TABLE duties_gone RENAME TO duties');
  }
}

test('every answer, of every kind, carries the same strict headers', async () => {
  for (const [status, { status: given, headers, text }] of await answersOfEveryKind()) {
    expect(given, text?.slice(0, 300)).toBe(status);
    const directives = String(headers['content-security-policy'])
      .split(';')
      .map((part) => part.trim());
    expect(
      Object.fromEntries(
        directives.map((part) => [part.split(' ')[0], part.split(' ').slice(1).join(' ')]),
      ),
    ).toEqual(policy);
    expect(headers['content-security-policy']).not.toMatch(/unsafe|data:|blob:|http|\*|nonce/);
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'same-origin',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
    });
    for (const absent of [
      'x-powered-by',
      'access-control-allow-origin',
      'access-control-allow-credentials',
      'server',
      'etag',
    ])
      expect(headers[absent], absent).toBeUndefined();
  }
});

test('a page that fails tells a number and nothing of the error', async () => {
  const { status, text } = await withBrokenPage();
  expect(status).toBe(500);
  expect(text).toMatch(/[0-9a-f]{8}-[0-9a-f-]{27}/);
  expect(text).not.toMatch(/duties|42P01|prisma|postgres|node_modules|\bat \w+ \(/i);
});

test('pages are for this moment, files of ours for ever', async () => {
  const staff = cookies.get('staff') ?? '';
  for (const url of [
    '/beranda',
    '/lembaga',
    `/lembaga/${ward.institution.id}`,
    '/lembaga.xlsx',
    '/sk.pdf',
    '/orang/ganda.xlsx',
    '/masuk',
    '/tidak-ada',
  ]) {
    const answer = await anonymous('get', url).set('Cookie', staff);
    expect(answer.headers['cache-control'], url).toBe('no-store');
  }
  const file = await anonymous('get', assetUrl('portal.css')).set('Cookie', staff);
  expect(file.headers['cache-control']).toBe('public, max-age=31536000, immutable');
  expect(file.headers['set-cookie']).toBeUndefined();
  expect(file.headers.vary).toBe('Accept-Encoding');
});

test('a stranger gets no cookie from a page that needs none', async () => {
  for (const url of ['/', '/masuk', '/beranda', '/tidak-ada'])
    expect((await anonymous('get', url)).headers['set-cookie'], url).toBeUndefined();
});

test.each([
  ['evil.test', 421],
  ['localhost', 421],
  ['localhost:3001', 421],
  ['localhost:3000.evil.test', 421],
  ['localhost:3000@evil.test', 421],
  ['evil.test:3000', 421],
  ['LOCALHOST:3000', 200],
  ['127.0.0.1:3000', 200],
  ['[::1]:3000', 200],
])('a request for the host %s is answered with %i', async (host, status) => {
  const answer = await supertest(theApp()).get('/masuk').set('Host', host);
  expect(answer.status).toBe(status);
});

/** What the server answers to bytes as they are; the status of the first answer, and everything it said. */
function raw(text: string): Promise<{ status: number; text: string; answers: number }> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(text));
    let answer = '';
    socket.setEncoding('utf8').setTimeout(1500, () => socket.end());
    socket.on('data', (part: string) => (answer += part));
    socket.on('error', reject);
    socket.on('close', () =>
      resolve({
        status: Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1] ?? 0),
        text: answer,
        answers: answer.match(/^HTTP\/1\.1 \d{3}/gm)?.length ?? 0,
      }),
    );
  });
}
const head = (first: string, ...lines: string[]) =>
  [first, ...lines, 'Connection: close', '', ''].join('\r\n');
const host = 'Host: localhost:3000';
const smuggled = 'GET /smuggled HTTP/1.1\r\nHost: localhost:3000\r\n\r\n';
const form = ['Sec-Fetch-Site: same-origin', 'Content-Type: application/x-www-form-urlencoded'];

test.each<[string, string]>([
  [
    'both a length and chunks',
    `${head('POST /masuk HTTP/1.1', host, ...form, 'Content-Length: 5', 'Transfer-Encoding: chunked')}0\r\n\r\n${smuggled}`,
  ],
  [
    'two lengths',
    `${head('POST /masuk HTTP/1.1', host, ...form, 'Content-Length: 0', `Content-Length: ${smuggled.length}`)}${smuggled}`,
  ],
  [
    'an unknown encoding',
    `${head('POST /masuk HTTP/1.1', host, ...form, 'Transfer-Encoding: xchunked')}0\r\n\r\n${smuggled}`,
  ],
  [
    'an encoding behind another',
    `${head('POST /masuk HTTP/1.1', host, ...form, 'Transfer-Encoding: gzip, chunked')}0\r\n\r\n`,
  ],
  ['lines that end in LF alone', `GET /masuk HTTP/1.1\n${host}\n\n`],
  ['a header broken by LF', `GET /masuk HTTP/1.1\r\n${host}\nX: y\r\n\r\n`],
  ['no host', head('GET /masuk HTTP/1.1')],
  ['two hosts', head('GET /masuk HTTP/1.1', host, 'Host: evil.test')],
  ['the same host twice', head('GET /masuk HTTP/1.1', host, host)],
  ['a space before the colon', head('GET /masuk HTTP/1.1', host, 'Transfer-Encoding : chunked')],
  ['a folded header', head('GET /masuk HTTP/1.1', host, 'X: a', ' b')],
  ['NUL in a header', head('GET /masuk HTTP/1.1', host, 'X: a\0b')],
  [
    'a length that is no number',
    head('POST /masuk HTTP/1.1', host, ...form, 'Content-Length: 1e1'),
  ],
  ['a negative length', head('POST /masuk HTTP/1.1', host, ...form, 'Content-Length: -1')],
])('a request with %s is refused, and nothing behind it is answered', async (_name, bytes) => {
  const { status, answers, text } = await raw(bytes);
  expect(status, text.slice(0, 300)).toBe(400);
  expect(answers).toBe(1);
  expect(text).not.toContain('/smuggled');
});

test('an absolute address of another host is for another host', async () => {
  const { status } = await raw(head('GET http://evil.test/masuk HTTP/1.1', 'Host: evil.test'));
  expect(status).toBe(421);
});

test.each([
  '/lembaga?cari=a&cari=b',
  '/lembaga?nobody=asked',
  '/lembaga?cari[not]=x',
  '/lembaga?cari[]=x',
  '/lembaga?__proto__[x]=1',
  '/lembaga?constructor=1',
  '/lembaga?cari=%00',
  '/usulan?status=submitted&status=draft',
  '/usulan/baru?lembaga=1&x=1',
  '/beranda?x=1',
  '/laporan?x=1',
  '/akun?x=1',
  '/lembaga/%E0%A4%A',
])('%s is no address of ours', async (url) => {
  const answer = await anonymous('get', url).set('Cookie', cookies.get('staff') ?? '');
  expect(answer.status).toBe(400);
  expect(answer.text).toContain('<h1');
  expect(Reflect.get({}, 'x')).toBeUndefined();
});

test('half a surrogate pair or a broken byte in a query is replaced or refused, never a failure', async () => {
  for (const text of ['%ED%A0%80', '%FF', '%C3%28', '%EF%BF%BF', '%F0%9F%98%80'])
    expect([200, 400, 422]).toContain(
      (await anonymous('get', `/lembaga?cari=${text}`).set('Cookie', cookies.get('staff') ?? ''))
        .status,
    );
});

const id = encodeURIComponent(key);
test.each([
  `key=${id}&username=a&username=b&password=x`,
  `key=${id}&username[not]=&password=x`,
  `key=${id}&username=a&password=x&role=admin`,
  `key=${id}&username=a&password=x&__proto__[admin]=1`,
  `key=${id}&username=a%00b&password=x`,
  `username=a&password=x`,
  `key=1&username=a&password=x`,
  `key=${id}&key=${id}&username=a&password=x`,
])('the form %s is refused', async (body) => {
  const answer = await anonymous('post', '/masuk')
    .set('Sec-Fetch-Site', 'same-origin')
    .type('form')
    .send(body);
  expect(answer.status).toBe(400);
  expect(Reflect.get({}, 'admin')).toBeUndefined();
});

test('a field called __proto__ changes nothing', async () => {
  const answer = await anonymous('post', '/masuk')
    .set('Sec-Fetch-Site', 'same-origin')
    .type('form')
    .send(`key=${id}&username=&password=&__proto__=polluted`);
  expect([400, 422]).toContain(answer.status);
  expect(Object.getPrototypeOf({})).toBe(Object.prototype);
});

test('other kinds of body are not read', async () => {
  for (const [type, body] of [
    ['application/json', `{"key":"${key}","username":{"not":""},"password":"x"}`],
    [
      'multipart/form-data; boundary=b',
      `--b\r\nContent-Disposition: form-data; name="username"\r\n\r\na\r\n--b--\r\n`,
    ],
    ['text/plain', `key=${key}&username=a&password=x`],
    ['application/xml', '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>'],
  ] as const) {
    const answer = await anonymous('post', '/masuk')
      .set('Sec-Fetch-Site', 'same-origin')
      .set('Content-Type', type)
      .send(body);
    expect(answer.status, type).toBe(400);
  }
});

test('a body of 200 KB, or of more fields than any form has, is too much', async () => {
  const post = (body: string) =>
    anonymous('post', '/masuk').set('Sec-Fetch-Site', 'same-origin').type('form').send(body);
  const large = await post(`key=${id}&username=${'a'.repeat(200_000)}&password=x`);
  expect(large.status).toBe(413);
  expect(large.text).toContain('<h1');
  const many = await post(Array.from({ length: 500 }, (_, index) => `a${index}=1`).join('&'));
  expect([400, 413]).toContain(many.status);
});

/** Every row of every table but sessions, counts of tries and the trail, in one word. */
async function digestOfEverything(): Promise<Record<string, string | null>> {
  const tables = await rowsOf<{ name: string }>(
    `SELECT c.oid::regclass::text AS name FROM pg_class c WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace
       AND c.relname NOT IN ('sessions', 'rate_limits') ORDER BY 1`,
  );
  const digests: [string, string | null][] = [];
  for (const { name } of tables) {
    const [row] = await rowsOf<{ digest: string | null }>(
      `SELECT md5(string_agg(t::text, '' ORDER BY t::text)) AS digest FROM ${name} t`,
    );
    digests.push([name, row?.digest ?? null]);
  }
  return Object.fromEntries(digests);
}

test('opening every page as every role changes nothing, and no page reaches out to another host', async () => {
  const before = await digestOfEverything();
  // The ways out are links that start a chat, and a material that stands elsewhere; nothing is loaded from there.
  const allowed = ['https://wa.me', 'https://contoh.id'];
  let pages = 0;
  for (const role of [...roles, null]) {
    for (const { path } of routes.filter(({ method }) => method === 'get')) {
      const request = anonymous('get', addressIn(path, ward));
      const answer = await (role ? request.set('Cookie', cookies.get(role) ?? '') : request);
      expect(answer.status, `${role} ${path}`).toBeLessThan(500);
      if (!String(answer.headers['content-type']).startsWith('text/html')) continue;
      pages += 1;
      for (const [, address] of answer.text.matchAll(
        /(?:href|src|srcset|action|formaction|poster)="((?:https?:)?\/\/[\w.:-]+)/g,
      ))
        expect(allowed, `${path}: ${address}`).toContain(address);
      for (const [, loaded = ''] of answer.text.matchAll(
        /<(?:script|img|link|use|source|iframe)\b[^>]*?(?:src|href)="([^"]*)"/g,
      ))
        expect(loaded, path).toMatch(/^\/(?!\/)/);
      expect(answer.text, path).not.toMatch(/\son[a-z]+="|<style|\sstyle="|javascript:/i);
    }
  }
  expect(pages).toBeGreaterThan(80);
  expect(await digestOfEverything()).toEqual(before);
}, 60_000);

test('a HEAD request is answered like its GET, without a body', async () => {
  const answer = await supertest(theApp()).head('/masuk').set('Host', 'localhost:3000');
  expect(answer.status).toBe(200);
  expect(answer.text ?? '').toBe('');
});

/** An app with other settings; the usual ones are set again afterwards. */
async function withSettings(
  overrides: Record<string, string>,
  work: (app: ReturnType<typeof createApp>) => Promise<void>,
) {
  configureForTests(ownerUrl, overrides);
  try {
    await work(createApp());
  } finally {
    configureForTests(ownerUrl);
  }
}

const addressesTried = async () =>
  (await rowsOf<{ key: string }>(`SELECT key FROM rate_limits WHERE key LIKE 'address:%'`)).map(
    ({ key }) => key.replace('address:', ''),
  );

test.each<[string, Record<string, string>, string, string]>([
  ['nobody is trusted', {}, '203.0.113.1', 'own'],
  ['another proxy is trusted', { TRUSTED_PROXIES: '10.9.8.7' }, '203.0.113.2', 'own'],
  [
    'this proxy is trusted',
    { TRUSTED_PROXIES: '127.0.0.1,::1,::ffff:127.0.0.1' },
    '203.0.113.3',
    '203.0.113.3',
  ],
  [
    'this proxy is trusted, the client made up a hop',
    { TRUSTED_PROXIES: '127.0.0.1' },
    '198.51.100.9, 203.0.113.4',
    '203.0.113.4',
  ],
  [
    'two proxies are trusted',
    { TRUSTED_PROXIES: '127.0.0.1,203.0.113.0/24' },
    '198.51.100.5, 203.0.113.5',
    '198.51.100.5',
  ],
])('the address that limits count, when %s', async (_name, settings, forwarded, expected) => {
  await rowsOf('DELETE FROM rate_limits');
  await withSettings(settings, async (app) => {
    await supertest(app)
      .post('/masuk')
      .set({
        Host: 'localhost:3000',
        'Sec-Fetch-Site': 'same-origin',
        'X-Forwarded-For': forwarded,
      })
      .type('form')
      .send({ key, username: 'tidak.ada', password: 'salah sama sekali' });
  });
  const [counted] = await addressesTried();
  if (expected === 'own') expect(counted).toMatch(/^(::ffff:)?127\.0\.0\.1$|^::1$/);
  else expect(counted).toBe(expected);
});

test('a forwarded host or protocol changes no link, redirect or check, whoever sends it', async () => {
  const spoof = {
    'X-Forwarded-Host': 'evil.test',
    'X-Forwarded-Proto': 'https',
    Forwarded: 'host=evil.test;proto=https',
    'X-Original-URL': '/pengguna',
    'X-Rewrite-URL': '/pengguna',
  };
  for (const settings of [{}, { TRUSTED_PROXIES: '127.0.0.1' }])
    await withSettings(settings, async (app) => {
      const page = await supertest(app)
        .get('/masuk')
        .set({ Host: 'localhost:3000', ...spoof });
      expect(page.status).toBe(200);
      expect(page.text).not.toContain('evil.test');
      expect(page.headers['strict-transport-security']).toBeUndefined();
      const redirect = await supertest(app)
        .get('/beranda')
        .set({ Host: 'localhost:3000', ...spoof });
      expect(redirect.headers.location).toBe('/masuk?kembali=%2Fberanda');
      const other = await supertest(app)
        .get('/masuk')
        .set({ Host: 'evil.test', 'X-Forwarded-Host': 'localhost:3000' });
      expect(other.status).toBe(421);
      const siap = await supertest(app)
        .get('/siap')
        .set({ Host: 'localhost:3000', 'X-Forwarded-For': '203.0.113.7' });
      expect(siap.status).toBe(404);
    });
});

test('behind TLS the browser is told to stay there for a year', async () => {
  await withSettings({ PUBLIC_URL: 'https://lkk.example.go.id' }, async (app) => {
    for (const url of ['/masuk', '/beranda', '/tidak-ada', assetUrl('portal.css')]) {
      const answer = await supertest(app)
        .get(url)
        .set({ Host: 'lkk.example.go.id', 'X-Forwarded-Proto': 'https' });
      expect(answer.headers['strict-transport-security'], url).toBe(
        'max-age=31536000; includeSubDomains',
      );
    }
    const local = await supertest(app).get('/masuk').set('Host', 'localhost:3000');
    expect(local.status).toBe(421);
    const origin = (value: string) =>
      supertest(app)
        .post('/masuk')
        .set({ Host: 'lkk.example.go.id', Origin: value })
        .type('form')
        .send({ key, username: '', password: '' });
    expect((await origin('https://lkk.example.go.id')).status).toBe(422);
    expect((await origin('http://lkk.example.go.id')).status).toBe(403);
    expect((await origin('https://lkk.example.go.id.evil.test')).status).toBe(403);
  });
});

test('signing in leads only to places of ours', async () => {
  const browser = await as();
  for (const place of [
    '//evil.test',
    '/\\evil.test',
    'https://evil.test',
    '/..//evil.test',
    'javascript:alert(1)',
  ]) {
    const page = await browser.get(`/masuk?kembali=${encodeURIComponent(place)}`);
    expect(page.status).toBe(200);
    expect(page.text).toContain('name="returnTo" value="/beranda"');
    const signedIn = await anonymous('get', `/masuk?kembali=${encodeURIComponent(place)}`).set(
      'Cookie',
      cookies.get('staff') ?? '',
    );
    expect(signedIn.headers.location).toBe('/beranda');
  }
});
