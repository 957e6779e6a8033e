import { randomUUID } from 'node:crypto';
import { beforeAll, expect, test } from 'vitest';
import { systemActor } from '#src/access.ts';
import { asActor } from '#src/database.ts';
import { hashPassword } from '#src/sessions/passwords.ts';
import { as, cookieFor } from '../support/app.ts';
import { makeAccount, makeInstitution, makeKelurahan, makeOfficer } from '../support/fixtures.ts';
import { rowsOf } from '../support/superuser.ts';

const password = 'kuda-lumping-naik-becak';
const next = 'empat kata acak hujan';
let passwordHash = '';
beforeAll(async () => {
  passwordHash = await hashPassword(password);
});

test('everyone sees who they are, in which role and for what', async () => {
  const kelurahan = await makeKelurahan();
  const institution = await makeInstitution({ kelurahanId: kelurahan.id });
  const { account } = await makeOfficer(institution);
  const officer = await (await as(account)).get('/akun');
  expect(officer.text).toContain(account.username);
  expect(officer.text).toContain('Pengurus');
  expect(officer.text).toContain(institution.name);
  const lurah = await (
    await as(await makeAccount('lurah', { kelurahanId: kelurahan.id }))
  ).get('/akun');
  expect(lurah.text).toContain(`Kelurahan ${kelurahan.name}`);
  expect((await (await as(await makeAccount('admin'))).get('/akun')).text).toContain(
    'Seluruh kota',
  );
  expect((await (await as()).get('/akun')).status).toBe(303);
});

test.each(['admin', 'auditor', 'kecamatan', 'lurah', 'staff', 'officer'] as const)(
  'the role %s changes its password: a new session here, none elsewhere',
  async (role) => {
    const account = await makeSignIn(role);
    const [cookie, elsewhere] = [await cookieFor(account.id), await cookieFor(account.id)];
    const answer = await change(cookie, { currentPassword: password, newPassword: next });
    expect(answer.status).toBe(303);
    const renewed = String(answer.headers['set-cookie']?.[0]).split(';')[0] ?? '';
    expect(renewed).not.toBe(cookie);
    expect((await get(renewed)).text).toContain('Kata sandi baru tersimpan');
    expect((await get(cookie)).status).toBe(401);
    expect((await get(elsewhere)).status).toBe(401);

    const stranger = await as();
    expect((await stranger.post('/masuk', { username: account.username, password })).status).toBe(
      422,
    );
    expect(
      (await stranger.post('/masuk', { username: account.username, password: next })).status,
    ).toBe(303);
  },
);

test.each([
  [{ currentPassword: '', newPassword: next }, 'Isi kata sandi yang sekarang'],
  [
    { currentPassword: 'bukan yang ini sama sekali', newPassword: next },
    'Kata sandi yang sekarang salah',
  ],
  [{ currentPassword: password, newPassword: '' }, 'Isi kata sandi baru'],
  [{ currentPassword: password, newPassword: 'terlalu pendek' }, 'paling sedikit 15 huruf'],
  [{ currentPassword: password, newPassword: 'x'.repeat(10_000) }, 'paling panjang 128 huruf'],
  [{ currentPassword: password, newPassword: password }, 'Pilih kata sandi yang berbeda'],
  [{ currentPassword: password, newPassword: 'bersolek-elok-2025' }, 'dikenal banyak orang'],
])('the change is refused with a sentence and shows no password: %#', async (fields, sentence) => {
  const account = await makeSignIn('auditor');
  const cookie = await cookieFor(account.id);
  const answer = await change(cookie, fields);
  expect(answer.status).toBe(422);
  expect(answer.text).toContain(sentence);
  for (const typed of [next, password]) expect(answer.text).not.toContain(typed);
  expect((await get(cookie)).status).toBe(200);
});

test('whoever sits at an open session cannot guess the password by the dozen', async () => {
  const account = await makeSignIn('auditor');
  const cookie = await cookieFor(account.id);
  const statuses: number[] = [];
  for (let tries = 1; tries <= 7; tries += 1) {
    statuses.push(
      (await change(cookie, { currentPassword: 'tebakan sembarangan', newPassword: next })).status,
    );
  }
  expect(statuses).toEqual([422, 422, 422, 422, 422, 429, 429]);
});

test('the list names own devices, marks this one, and shows no session id', async () => {
  const account = await makeSignIn('auditor');
  const stranger = await as();
  const phone =
    'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 Chrome/131.0.0.0 Mobile Safari/537.36';
  await stranger.post('/masuk', { username: account.username, password }).set('User-Agent', phone);
  await stranger
    .post('/masuk', { username: account.username, password })
    .set('User-Agent', '<script>alert(1)</script>');
  const cookie = await cookieFor(account.id);
  const page = await get(cookie);
  expect(page.text).toContain('Chrome di Android');
  expect(page.text).not.toContain('<script>alert');
  expect(page.text.match(/Perangkat ini/g)).toHaveLength(1);
  expect(page.text.match(/\/akun\/sesi\/[0-9a-f]{32}\/pengakhiran/g)).toHaveLength(2);
  for (const { sid } of await rowsOf<{ sid: string }>(
    'SELECT sid FROM sessions WHERE account_id = $1',
    [account.id],
  ))
    expect(page.text).not.toContain(sid);
});

test('a session is ended by its owner and by nobody else', async () => {
  const [account, other] = [await makeAccount('auditor'), await makeAccount('auditor')];
  const [here, there] = [await cookieFor(account.id), await cookieFor(account.id)];
  const path = /\/akun\/sesi\/[0-9a-f]{32}\/pengakhiran/.exec((await get(here)).text)?.[0] ?? '';

  const foreign = await (await as(other)).post(path);
  const missing = await (await as(other)).post(`/akun/sesi/${'0'.repeat(32)}/pengakhiran`);
  expect([foreign.status, missing.status]).toEqual([404, 404]);
  expect((await get(there)).status).toBe(200);

  const browser = await as();
  expect((await browser.post(path).set('Cookie', here)).status).toBe(303);
  expect((await get(there)).status).toBe(401);
  expect((await get(here)).status).toBe(200);
});

test.each(['admin', 'auditor'] as const)(
  'the role %s ends all its other sessions, and only its own',
  async (role) => {
    const [account, other] = [await makeAccount(role), await makeAccount(role)];
    const [here, there, foreign] = [
      await cookieFor(account.id),
      await cookieFor(account.id),
      await cookieFor(other.id),
    ];
    const browser = await as();
    expect((await browser.post('/akun/sesi/pengakhiran').set('Cookie', here)).status).toBe(303);
    expect((await get(there)).status).toBe(401);
    expect((await get(here)).status).toBe(200);
    expect((await get(foreign)).status).toBe(200);
  },
);

test('the same form sent twice at once changes the password once and brings no ended session back', async () => {
  const account = await makeSignIn('auditor');
  const cookie = await cookieFor(account.id);
  const fields = { key: randomUUID(), currentPassword: password, newPassword: next };
  await Promise.all([change(cookie, fields), change(cookie, fields)]);
  expect((await get(cookie)).status).toBe(401);
  const sessions = await rowsOf('SELECT FROM sessions WHERE account_id = $1', [account.id]);
  expect(sessions.length).toBeLessThanOrEqual(1);
});

async function makeSignIn(role: 'admin' | 'auditor' | 'kecamatan' | 'lurah' | 'staff' | 'officer') {
  const kelurahan = await makeKelurahan();
  const account = await makeFor(role, kelurahan);
  await asActor(systemActor('tests'), (tx) =>
    tx.account.update({ where: { id: account.id }, data: { passwordHash } }),
  );
  return account;
}

async function makeFor(
  role: Parameters<typeof makeSignIn>[0],
  kelurahan: { id: number; kecamatanId: number },
) {
  if (role === 'admin' || role === 'auditor') return makeAccount(role);
  if (role === 'kecamatan') return makeAccount(role, { kecamatanId: kelurahan.kecamatanId });
  if (role === 'officer')
    return (await makeOfficer(await makeInstitution({ kelurahanId: kelurahan.id }))).account;
  return makeAccount(role, { kelurahanId: kelurahan.id });
}

const get = async (cookie: string) => (await as()).get('/akun').set('Cookie', cookie);
const change = async (cookie: string, fields: Record<string, string>) =>
  (await as()).post('/akun/kata-sandi', fields).set('Cookie', cookie);
