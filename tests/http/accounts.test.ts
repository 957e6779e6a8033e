import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { systemActor, type Role } from '#src/access.ts';
import { asActor } from '#src/database.ts';
import { prismaDate } from '#src/format.ts';
import { hashPassword } from '#src/sessions/passwords.ts';
import { as, cookieFor } from '../support/app.ts';
import {
  makeAccount,
  makeInstitution,
  makeKecamatan,
  makeKelurahan,
  makeOfficer,
  makePerson,
  makeTenure,
  seatOf,
  unique,
} from '../support/fixtures.ts';
import { superuser } from '../support/superuser.ts';

const password = 'kuda-lumping-naik-becak';

test.each(['kecamatan', 'lurah', 'staff', 'officer', 'auditor'] as const)(
  'the role %s manages no accounts',
  async (role) => {
    const browser = await as(await makeOne(role));
    const target = await makeAccount('auditor');
    const at = `/pengguna/${target.id}`;
    for (const path of ['/pengguna', '/pengguna/baru', at, `${at}/peran`])
      expect((await browser.get(path)).status).toBe(403);
    for (const path of ['/pengguna', `${at}/tautan`, `${at}/penangguhan`, `${at}/peran`])
      expect((await browser.post(path)).status).toBe(403);
    expect(await find(target.id)).toMatchObject({ suspendedAt: null, role: 'auditor' });
  },
);

test('the list finds by name and by user name, and takes wildcards for what they are', async () => {
  const browser = await admin();
  const tag = `cari${unique()}`;
  const account = await makeNamed(`H. Ma'ruf ${tag} 100%`, `u.${tag}`);
  for (const search of [tag, `ma'RUF ${tag}`, `u.${tag}`, `${tag} 100%`]) {
    const page = await browser.get(`/pengguna?cari=${encodeURIComponent(search)}`);
    expect(page.text).toContain(`href="/pengguna/${account.id}"`);
    expect(page.text).toContain('data-announce="1 pengguna ditemukan"');
  }
  for (const search of [`${tag}_100`, `${tag}\\`, `%${tag}%zzz`]) {
    const page = await browser.get(`/pengguna?cari=${encodeURIComponent(search)}`);
    expect(page.status).toBe(200);
    expect(page.text).toContain('Tidak ada pengguna yang cocok');
  }
});

test('the list filters by role and status, 25 a page, and keeps the filter while leafing', async () => {
  const browser = await admin();
  const tag = `saring${unique()}`;
  for (let count = 0; count < 30; count += 1) await makeNamed(`${tag} ${count}`, `${tag}.${count}`);
  const suspended = await makeNamed(`${tag} tangguh`, `${tag}.tangguh`, {
    suspendedAt: new Date(),
  });

  const first = await browser.get(`/pengguna?cari=${tag}&peran=auditor&status=belum-dipakai`);
  expect(first.text).toContain('1–25 dari 30 pengguna');
  expect(first.text).toContain(
    `/pengguna?cari=${tag}&amp;peran=auditor&amp;status=belum-dipakai&amp;halaman=2`,
  );
  const second = await browser.get(`/pengguna?cari=${tag}&halaman=2&status=belum-dipakai`);
  expect(second.text).toContain('26–30 dari 30 pengguna');
  expect((await browser.get(`/pengguna?cari=${tag}&peran=lurah`)).text).toContain(
    'Tidak ada pengguna',
  );
  const found = await browser.get(`/pengguna?cari=${tag}&status=ditangguhkan`);
  expect(found.text).toContain(`href="/pengguna/${suspended.id}"`);
  expect(found.text).toContain('data-announce="1 pengguna ditemukan"');
  expect((await browser.get(`/pengguna?cari=${tag}&halaman=9`)).text).toContain(
    'Daftar ini hanya sampai halaman 2',
  );
});

test('the list sorts on the bare name: titles do not count, an initial does', async () => {
  const tag = `Urut${unique()}`;
  for (const name of [
    `Hj. Ana ${tag}`,
    `Budi ${tag}, S.Sos.`,
    `Drs. H. Candra ${tag}, M.Si.`,
    `M. Yusuf ${tag}`,
  ])
    await asTests((tx) =>
      tx.account.create({
        data: { username: `urut${unique()}`, displayName: name, role: 'auditor' },
      }),
    );
  const { text } = await (await admin()).get(`/pengguna?cari=${tag}`);
  const shown = [...text.matchAll(new RegExp(`>([^<>]*${tag}[^<>]*)</a>`, 'g'))].map(
    ([, name = '']) => name,
  );
  expect(shown.map((name) => name.replace(` ${tag}`, ''))).toEqual([
    'Hj. Ana',
    'Budi, S.Sos.',
    'Drs. H. Candra, M.Si.',
    'M. Yusuf',
  ]);
});

test.each([
  ['peran=raja', 422],
  ['status=hidup', 422],
  ['halaman=0', 422],
  ['halaman=-1', 422],
  ['halaman=1e9', 422],
  ['halaman=2147483648', 422],
  [`cari=${'x'.repeat(10_000)}`, 422],
  ['cari=%00', 400],
  ['cari=a&cari=b', 400],
  ['asing=1', 400],
])('the list answers the query %.30s with a sentence', async (query, status) => {
  const answer = await (await admin()).get(`/pengguna?${query}`);
  expect(answer.status).toBe(status);
  expect(answer.text).toContain('<h1');
});

test('a new account gets its role, its scope and a link that is shown once and built from the configuration', async () => {
  const browser = await admin();
  const { id: kelurahanId } = await makeKelurahan();
  const username = `staf.baru${unique()}`;
  const fields = {
    key: randomUUID(),
    role: 'staff',
    kelurahanId,
    username,
    displayName: "Siti Ma'rufah, S.Pd.",
  };
  const evil = {
    'X-Forwarded-Host': 'evil.test',
    'X-Forwarded-Proto': 'https',
    Forwarded: 'host=evil.test',
  };
  const answer = await browser.post('/pengguna', fields).set(evil);

  expect(answer.status).toBe(200);
  expect(answer.headers['cache-control']).toBe('no-store');
  const link = linkIn(answer.text);
  expect(link).toMatch(/^http:\/\/localhost:3000\/masuk\/tautan\/[\w-]{43}$/);
  expect(answer.text).not.toContain('evil.test');
  const account = await asTests((tx) => tx.account.findUniqueOrThrow({ where: { username } }));
  expect(account).toMatchObject({
    role: 'staff',
    kelurahanId,
    kecamatanId: null,
    passwordHash: null,
  });

  const again = await browser.post('/pengguna', fields);
  expect(again.status).toBe(303);
  expect(again.headers.location).toBe(`/pengguna/${account.id}`);
  const detail = await browser.get(`/pengguna/${account.id}`);
  expect(detail.text).not.toContain('/masuk/tautan/');
  expect(detail.text).toContain('Belum membuat kata sandi');

  const stranger = await as();
  const done = await stranger.post(new URL(link).pathname, { password });
  expect(done.status).toBe(303);
  expect((await stranger.post('/masuk', { username, password })).headers.location).toBe('/beranda');
});

test('of the link only the SHA-256 is kept, anywhere in the database', async () => {
  const browser = await admin();
  const answer = await browser.post('/pengguna', {
    role: 'auditor',
    username: `auditor.baru${unique()}`,
    displayName: 'Auditor',
  });
  const token = linkIn(answer.text).split('/').at(-1) ?? '';
  expect(token).toHaveLength(43);
  for (const table of [
    'accounts',
    'account_links',
    'sessions',
    'idempotency_keys',
    'audit.events',
  ]) {
    const { rowCount } = await superuser.query(
      `SELECT FROM ${table} t WHERE t::text LIKE '%' || $1 || '%'`,
      [token],
    );
    expect(rowCount, table).toBe(0);
  }
  const { rows } = await superuser.query<{ minutes: number; bytes: number }>(
    `SELECT extract(epoch FROM expires_at - created_at)::float8 / 60 AS minutes, length(token_hash) AS bytes FROM account_links WHERE token_hash = sha256($1)`,
    [Buffer.from(token)],
  );
  expect(rows).toHaveLength(1);
  expect(rows[0]?.minutes).toBeCloseTo(30, 1);
});

test('an officer’s account is made step by step and tied to an office that lasts', async () => {
  const browser = await admin();
  const { id: kelurahanId } = await makeKelurahan();
  const institution = await makeInstitution({ kelurahanId, name: `Pokmas Langkah ${unique()}` });
  const seat = await seatOf(institution.id);
  const person = await makePerson({ name: "Luqman Ma'ruf" });
  const tenure = await makeTenure({
    institutionId: institution.id,
    seatId: seat.id,
    personId: person.id,
  });

  expect((await browser.get('/pengguna/baru')).text).toContain('value="pengurus"');
  const search = await browser.get(
    `/pengguna/baru?peran=pengurus&cari=${encodeURIComponent(institution.name)}`,
  );
  expect(search.text).toContain(`/pengguna/baru?peran=pengurus&amp;lembaga=${institution.id}`);
  const officers = await browser.get(`/pengguna/baru?peran=pengurus&lembaga=${institution.id}`);
  expect(officers.text).toContain(`jabatan=${tenure.id}`);
  expect(officers.text).toContain('Luqman Ma&#39;ruf');
  const form = await browser.get(
    `/pengguna/baru?peran=pengurus&lembaga=${institution.id}&jabatan=${tenure.id}`,
  );
  expect(form.text).toContain('value="luqman.maruf"');

  const username = `ketua${unique()}`;
  const fields = { role: 'officer', tenureId: tenure.id, username, displayName: "Luqman Ma'ruf" };
  expect((await browser.post('/pengguna', fields)).status).toBe(200);
  const account = await asTests((tx) => tx.account.findUniqueOrThrow({ where: { username } }));
  expect(account).toMatchObject({
    tenureId: tenure.id,
    institutionId: institution.id,
    kelurahanId,
  });
});

test('nobody whose office has ended or not begun gets an officer’s account', async () => {
  const browser = await admin();
  const { id: kelurahanId } = await makeKelurahan();
  const institution = await makeInstitution({ kelurahanId });
  const { tenure } = await makeOfficer(institution);
  await asTests((tx) =>
    tx.tenure.update({
      where: { id: tenure.id },
      data: { endedOn: prismaDate('2025-09-01'), endReason: 'resigned' },
    }),
  );
  for (const tenureId of [String(tenure.id), '2147483647', '2147483648', '-1', '']) {
    const answer = await browser.post('/pengguna', {
      role: 'officer',
      tenureId,
      username: `gagal${unique()}`,
      displayName: 'Gagal',
    });
    expect(answer.status).toBe(422);
    expect(answer.text).toMatch(/Pilih pengurus/);
  }
});

test.each([
  [{ role: 'kecamatan' }, 'Pilih kecamatan dari daftar'],
  [{ role: 'lurah', kelurahanId: '2147483647' }, 'Pilih kelurahan dari daftar'],
  [{ role: 'auditor', username: 'ab' }, 'paling sedikit 3 huruf'],
  [{ role: 'auditor', username: 'dengan spasi' }, 'huruf kecil'],
  [{ role: 'auditor', username: '.titik' }, 'huruf kecil'],
  [{ role: 'auditor', username: 'x'.repeat(61) }, 'paling panjang 60'],
  [{ role: 'auditor', username: '' }, 'Isi nama pengguna'],
  [{ role: 'auditor', displayName: '' }, 'Isi nama yang tampil'],
  [{ role: 'auditor', displayName: '<script>alert(1)</script>' }, 'Tulis nama dengan huruf'],
  [{ role: 'auditor', displayName: 'x'.repeat(10_000) }, 'Paling panjang 100 huruf'],
  [{ role: 'raja' }, 'Pilih peran dari daftar'],
])('the new account %j is refused with a sentence and what was typed', async (given, sentence) => {
  const typed = { username: `cadangan${unique()}`, displayName: 'Cadangan', ...given };
  const answer = await (await admin()).post('/pengguna', typed);
  expect(answer.status).toBe(422);
  expect(answer.text).toContain(sentence);
  expect(answer.text).toContain('Galat: ');
  expect(answer.text).not.toContain('<script>alert');
});

test('a user name exists once, in any case', async () => {
  const browser = await admin();
  const { username } = await makeAccount('auditor');
  const answer = await browser.post('/pengguna', {
    role: 'auditor',
    username: username.toUpperCase(),
    displayName: 'Kedua',
  });
  expect(answer.status).toBe(422);
  expect(answer.text).toContain('Nama pengguna ini sudah dipakai');
});

test('a new link ends the old password, the old link and the sessions at once', async () => {
  const browser = await admin();
  const account = await makeAccount('auditor');
  await setPassword(account.id);
  const open = await as(account);
  const at = `/pengguna/${account.id}/tautan`;
  expect((await browser.get(at)).text).toContain('langsung tidak berlaku');

  const first = linkIn((await browser.post(at)).text);
  expect((await open.get('/akun')).status).toBe(401);
  const stranger = await as();
  expect((await stranger.post('/masuk', { username: account.username, password })).status).toBe(
    422,
  );
  const second = linkIn((await browser.post(at)).text);
  expect((await stranger.get(new URL(first).pathname)).status).toBe(404);
  expect((await stranger.get(new URL(second).pathname)).status).toBe(200);
});

test('suspension takes hold with the next request and restoring gives no session back', async () => {
  const browser = await admin();
  const account = await makeAccount('auditor');
  const cookie = await cookieFor(account.id);
  const open = await as();
  expect((await open.get('/akun').set('Cookie', cookie)).status).toBe(200);

  expect((await browser.get(`/pengguna/${account.id}/penangguhan`)).text).toContain('data-confirm');
  expect((await browser.post(`/pengguna/${account.id}/penangguhan`)).status).toBe(303);
  expect((await open.get('/akun').set('Cookie', cookie)).status).toBe(401);
  expect((await open.post('/akun/kata-sandi').set('Cookie', cookie)).status).toBe(401);
  expect((await browser.post(`/pengguna/${account.id}/tautan`)).status).toBe(409);
  expect((await browser.post(`/pengguna/${account.id}/penangguhan`)).status).toBe(409);

  expect((await browser.post(`/pengguna/${account.id}/pemulihan`)).status).toBe(303);
  expect((await open.get('/akun').set('Cookie', cookie)).status).toBe(401);
  expect((await (await as(account)).get('/akun')).status).toBe(200);
  const { rows } = await superuser.query(
    `SELECT count(*)::int AS count FROM audit.events WHERE table_name = 'accounts' AND row_id = $1 AND action = 'update' AND actor_id ~ '^\\d+$'`,
    [String(account.id)],
  );
  expect(rows).toEqual([{ count: 2 }]);
});

test('a suspended row alone, with the session left, is enough to be out', async () => {
  const account = await makeAccount('auditor');
  const browser = await as(account);
  await asTests((tx) =>
    tx.account.update({ where: { id: account.id }, data: { suspendedAt: new Date() } }),
  );
  expect((await browser.get('/akun')).status).toBe(401);
});

test('an admin cannot suspend or change themselves', async () => {
  const account = await makeAccount('admin');
  const browser = await as(account);
  const suspended = await browser.post(`/pengguna/${account.id}/penangguhan`);
  expect(suspended.status).toBe(422);
  expect(suspended.text).toContain('Anda tidak dapat menangguhkan');
  const changed = await browser.post(`/pengguna/${account.id}/peran`, {
    role: 'auditor',
    version: 1,
  });
  expect(changed.status).toBe(422);
  expect(await find(account.id)).toMatchObject({ suspendedAt: null, role: 'admin' });
});

test('of two admins who suspend each other at the same moment one is left', async () => {
  const [one, two] = [await makeAccount('admin'), await makeAccount('admin')];
  const [first, second] = [await as(one), await as(two)];
  const answers = await Promise.all([
    first.post(`/pengguna/${two.id}/penangguhan`),
    second.post(`/pengguna/${one.id}/penangguhan`),
  ]);
  expect(answers.filter(({ status }) => status === 303)).toHaveLength(1);
  const left = [await find(one.id), await find(two.id)].filter(
    ({ suspendedAt }) => suspendedAt === null,
  );
  expect(left).toHaveLength(1);
});

test('another role takes hold with the next request, in scope and rights', async () => {
  const browser = await admin();
  const [old, next] = [await makeKelurahan(), await makeKelurahan()];
  const account = await makeAccount('staff', { kelurahanId: old.id });
  const open = await as(account);
  expect((await open.get('/akun')).text).toContain(`Kelurahan ${old.name}`);
  expect((await browser.get(`/pengguna/${account.id}/peran?peran=lurah`)).status).toBe(200);

  const fields = { role: 'lurah', kelurahanId: next.id, version: 1 };
  expect((await browser.post(`/pengguna/${account.id}/peran`, fields)).status).toBe(303);
  expect((await open.get('/akun')).status).toBe(401);
  expect((await (await as(account)).get('/akun')).text).toContain(`Kelurahan ${next.name}`);
  expect(
    (await browser.post(`/pengguna/${account.id}/peran`, { ...fields, role: 'staff' })).status,
  ).toBe(409);
  expect((await find(account.id)).role).toBe('lurah');
});

test('every role can be given and leaves no scope of the one before', async () => {
  const browser = await admin();
  const kelurahan = await makeKelurahan();
  const { tenure } = await makeOfficer(await makeInstitution({ kelurahanId: kelurahan.id }));
  const account = await makeAccount('auditor');
  const steps: Record<string, string | number>[] = [
    { role: 'kecamatan', kecamatanId: kelurahan.kecamatanId },
    { role: 'officer', tenureId: tenure.id },
    { role: 'staff', kelurahanId: kelurahan.id },
    { role: 'admin' },
    { role: 'auditor', kelurahanId: kelurahan.id },
  ];
  for (const [index, step] of steps.entries()) {
    const answer = await browser.post(`/pengguna/${account.id}/peran`, {
      ...step,
      version: index + 1,
    });
    expect(answer.status).toBe(303);
  }
  expect(await find(account.id)).toMatchObject({
    role: 'auditor',
    kecamatanId: null,
    kelurahanId: null,
    tenureId: null,
  });
});

test('an account that does not exist is 404 at every address', async () => {
  const browser = await admin();
  for (const id of ['2147483647', '2147483648', '0', '-1', '1e9', 'abc']) {
    for (const page of ['', '/tautan', '/penangguhan', '/pemulihan', '/peran'])
      expect((await browser.get(`/pengguna/${id}${page}`)).status, `${id}${page}`).toBe(404);
    for (const act of ['/tautan', '/penangguhan', '/pemulihan', '/sesi/pengakhiran'])
      expect((await browser.post(`/pengguna/${id}${act}`)).status, `${id}${act}`).toBe(404);
  }
});

test('an admin ends all sessions of an account, of their own all but this one', async () => {
  const account = await makeAccount('admin');
  const [here, there, other] = [await as(account), await as(account), await makeAccount('auditor')];
  const open = await as(other);
  expect((await here.post(`/pengguna/${other.id}/sesi/pengakhiran`)).status).toBe(303);
  expect((await open.get('/akun')).status).toBe(401);
  await here.post(`/pengguna/${account.id}/sesi/pengakhiran`);
  expect((await there.get('/akun')).status).toBe(401);
  expect((await here.get('/akun')).status).toBe(200);
});

const asTests: <Result>(work: Parameters<typeof asActor<Result>>[1]) => Promise<Result> = (work) =>
  asActor(systemActor('tests'), work);
const admin = async () => as(await makeAccount('admin'));
const find = (id: number) => asTests((tx) => tx.account.findUniqueOrThrow({ where: { id } }));

async function makeOne(role: Role) {
  if (role === 'kecamatan') return makeAccount(role, { kecamatanId: (await makeKecamatan()).id });
  if (role === 'auditor') return makeAccount(role);
  const { id: kelurahanId } = await makeKelurahan();
  if (role === 'officer')
    return (await makeOfficer(await makeInstitution({ kelurahanId }))).account;
  return makeAccount(role, { kelurahanId });
}

const makeNamed = (displayName: string, username: string, data: { suspendedAt?: Date } = {}) =>
  asTests((tx) => tx.account.create({ data: { displayName, username, role: 'auditor', ...data } }));

async function setPassword(id: number) {
  const passwordHash = await hashPassword(password);
  await asTests((tx) => tx.account.update({ where: { id }, data: { passwordHash } }));
}

const linkIn = (html: string) => z.string().parse(/id="link" value="([^"]+)"/.exec(html)?.[1]);
