import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { systemActor } from '#src/access.ts';
import { asActor, type Transaction } from '#src/database.ts';
import { prismaDate } from '#src/format.ts';
import { as } from '../support/app.ts';
import {
  makeInstitution,
  makeKelurahan,
  makeOfficer,
  makePerson,
  makeTenure,
  seatOf,
} from '../support/fixtures.ts';
import { inTransaction, rowsOf } from '../support/superuser.ts';

const asTests = <Result>(work: (tx: Transaction) => Promise<Result>) =>
  asActor(systemActor('tests'), work);

async function makeScene() {
  const kelurahan = await makeKelurahan();
  const institution = await makeInstitution({ kelurahanId: kelurahan.id });
  const chair = await makeOfficer(institution);
  const seat = await seatOf(institution.id, 'secretary');
  const person = await makePerson({ name: 'Sulastri' });
  const tenure = await makeTenure({
    institutionId: institution.id,
    seatId: seat.id,
    personId: person.id,
  });
  return { institution, person, tenure, account: chair.account, browser: await as(chair.account) };
}

const contactOf = (id: number) => asTests((tx) => tx.person.findUniqueOrThrow({ where: { id } }));
const institutionOf = (id: number) =>
  asTests((tx) => tx.institution.findUniqueOrThrow({ where: { id } }));

test('a chair changes the contact of the institution at once, and the audit trail says so', async () => {
  const { institution, account, browser } = await makeScene();
  const overview = await browser.get(`/lembaga/${institution.id}`);
  expect(overview.text).toContain(`href="/lembaga/${institution.id}/kontak"`);
  const answer = await browser.post(`/lembaga/${institution.id}/kontak`, {
    version: 1,
    address: 'Balai RW, Jl. Melati No. 3',
    phone: '0812 3456 7890',
    email: 'pokmas@contoh.id',
  });
  expect([answer.status, answer.headers.location]).toEqual([303, `/lembaga/${institution.id}`]);
  expect((await browser.get(`/lembaga/${institution.id}`)).text).toContain(
    `Kontak ${institution.name} tersimpan.`,
  );
  expect(await institutionOf(institution.id)).toMatchObject({
    address: 'Balai RW, Jl. Melati No. 3',
    phone: '+6281234567890',
    email: 'pokmas@contoh.id',
    version: 2,
  });
  const events = await rowsOf(
    `SELECT action, table_name FROM audit.events WHERE actor_id = $1 AND table_name = 'institutions'`,
    [String(account.id)],
  );
  expect(events).toEqual([{ action: 'update', table_name: 'institutions' }]);
});

test('the forms say before saving what holds at once and what waits for the lurah', async () => {
  const { institution, person, browser } = await makeScene();
  for (const url of [`/lembaga/${institution.id}/kontak`, `/orang/${person.id}/kontak`]) {
    const { status, text } = await browser.get(url);
    expect(status, url).toBe(200);
    expect(text).toMatch(/Langsung berlaku<\/strong> begitu Anda simpan/);
    expect(text).toMatch(/Menunggu keputusan lurah<\/strong>: /);
    expect(text).toContain(`href="/usulan/baru?lembaga=${institution.id}"`);
  }
});

test('a chair changes phone and address of an officer at once', async () => {
  const { institution, person, browser } = await makeScene();
  expect((await browser.get(`/orang/${person.id}`)).text).toContain('Ubah kontak');
  const answer = await browser.post(`/orang/${person.id}/kontak`, {
    version: 1,
    kembali: 'pernyataan',
    phone: '+62 812-3456-7890',
    address: 'Gg. Kenanga 4',
    rtNumber: '2',
    rwNumber: '05',
  });
  expect([answer.status, answer.headers.location]).toEqual([
    303,
    `/lembaga/${institution.id}/pernyataan`,
  ]);
  expect(await contactOf(person.id)).toMatchObject({
    phone: '+6281234567890',
    address: 'Gg. Kenanga 4',
    rtNumber: 2,
    rwNumber: 5,
    name: 'Sulastri',
    version: 2,
  });
});

test('a field that waits for the kelurahan is no part of the form', async () => {
  const { institution, person, browser } = await makeScene();
  const sent = [
    browser.post(`/orang/${person.id}/kontak`, { version: 1, name: 'Orang Lain' }),
    browser.post(`/lembaga/${institution.id}/kontak`, { version: 1, name: 'Lembaga Lain' }),
  ];
  expect((await Promise.all(sent)).map(({ status }) => status)).toEqual([400, 400]);
});

test.each([
  ['phone', '12', 'Isi nomor HP dengan 10–13 angka, contoh 0812-3456-7890'],
  ['email', 'bukan surel', 'Isi alamat surel yang lengkap, contoh rw05@contoh.id'],
  ['address', 'x'.repeat(201), 'Paling panjang 200 huruf'],
])('a wrong %s is explained at its field and what was typed is kept', async (field, value, why) => {
  const { institution, browser } = await makeScene();
  const answer = await browser.post(`/lembaga/${institution.id}/kontak`, {
    version: 1,
    address: 'Balai RW',
    [field]: value,
  });
  expect(answer.status).toBe(422);
  expect(answer.text).toContain(why);
  expect(answer.text).toContain(`value="${value}"`);
  expect((await institutionOf(institution.id)).version).toBe(1);
});

test('who saves second sees both values and may keep either', async () => {
  const { institution, person, browser } = await makeScene();
  const cases = [
    [`/lembaga/${institution.id}/kontak`, { address: 'Balai Lama' }, { address: 'Balai Baru' }],
    [`/orang/${person.id}/kontak`, { address: 'Gang Lama' }, { address: 'Gang Baru' }],
  ] as const;
  for (const [url, first, second] of cases) {
    expect((await browser.post(url, { version: 1, ...first })).status).toBe(303);
    const late = await browser.post(url, { version: 1, ...second });
    expect(late.status).toBe(409);
    expect(late.text).toContain(first.address);
    expect(late.text).toContain(second.address);
    expect(late.text).toContain('name="version" value="2"');
    expect((await browser.post(url, { version: 2, ...second })).status).toBe(303);
  }
  expect((await contactOf(person.id)).address).toBe('Gang Baru');
});

test('the same form sent twice changes once', async () => {
  const { institution, browser } = await makeScene();
  const fields = { key: randomUUID(), version: 1, address: 'Balai RW' };
  const send = () => browser.post(`/lembaga/${institution.id}/kontak`, fields);
  const answers = await Promise.all([send(), send(), send()]);
  expect(answers.map(({ status }) => status)).toEqual([303, 303, 303]);
  expect((await institutionOf(institution.id)).version).toBe(2);
});

test('people of another institution and officers who left are out of reach, in the database too', async () => {
  const { institution, person, tenure, account, browser } = await makeScene();
  const other = await makeScene();
  expect((await browser.get(`/orang/${other.person.id}/kontak`)).status).toBe(404);
  expect((await browser.get(`/lembaga/${other.institution.id}/kontak`)).status).toBe(404);
  await asTests((tx) =>
    tx.tenure.update({
      where: { id: tenure.id },
      data: { endedOn: prismaDate('2026-01-02'), endReason: 'resigned' },
    }),
  );
  expect((await browser.get(`/orang/${person.id}/kontak`)).status).toBe(404);
  expect((await browser.get(`/orang/${person.id}`)).text).not.toContain('Ubah kontak');
  const changed = await asOfficer(account.id, institution.id, (client) =>
    client.query(`UPDATE people SET phone = NULL WHERE id = ANY ($1)`, [
      [person.id, other.person.id],
    ]),
  );
  expect(changed.rowCount).toBe(0);
});

test.each([
  ['people', ['name', 'birth_date', 'sex', 'nik_sealed', 'nik_index', 'merged_into']],
  ['institutions', ['name', 'founded_on', 'status', 'roster_version', 'scope']],
] as const)('an officer has no right to other columns of %s', async (table, columns) => {
  const { institution, account } = await makeScene();
  for (const column of columns)
    await expect(
      asOfficer(account.id, institution.id, (client) =>
        client.query(`UPDATE ${table} SET ${column} = NULL WHERE false`),
      ),
      column,
    ).rejects.toMatchObject({ code: '42501' });
});

type Work<Result> = Parameters<typeof inTransaction<Result>>[0];

const asOfficer = <Result>(accountId: number, institutionId: number, work: Work<Result>) =>
  inTransaction(
    async (client) => {
      await client.query(`SELECT set_config('app.institution_id', $1, true)`, [
        String(institutionId),
      ]);
      return work(client);
    },
    { actor: String(accountId), role: 'portal_officer' },
  );
