import { expect, test } from 'vitest';
import type { Role } from '#src/access.ts';
import { as } from '../support/app.ts';
import {
  freeBirthDate,
  makeAccount,
  makeInstitution,
  makeKelurahan,
  makePerson,
  makeTenure,
  seatOf,
  syntheticNik,
} from '../support/fixtures.ts';
import { inTransaction, rowsOf } from '../support/superuser.ts';
import { binary, tableIn } from '../support/workbook.ts';

async function makeScene() {
  const kelurahan = await makeKelurahan();
  const institution = await makeInstitution({ kelurahanId: kelurahan.id, typeCode: 'POKMAS' });
  const niks = [syntheticNik(), null, syntheticNik()];
  const people = [];
  for (const [index, code] of ['chair', 'secretary', 'treasurer'].entries()) {
    const nik = niks[index];
    const person = await makePerson({ birthDate: freeBirthDate(), ...(nik ? { nik } : {}) });
    const seat = await seatOf(institution.id, code);
    const place = { institutionId: institution.id, seatId: seat.id };
    const tenure = await makeTenure({ ...place, personId: person.id });
    people.push({ ...person, tenureId: tenure.id });
  }
  const scopes: Record<Role, object> = {
    admin: {},
    auditor: {},
    kecamatan: { kecamatanId: kelurahan.kecamatanId },
    lurah: { kelurahanId: kelurahan.id },
    staff: { kelurahanId: kelurahan.id },
    officer: {
      kelurahanId: kelurahan.id,
      institutionId: institution.id,
      tenureId: people[0]?.tenureId,
    },
  };
  const reader = (role: Role) => makeAccount(role, scopes[role]);
  return { institution, niks, people, reader, url: `/lembaga/${institution.id}/pengurus` };
}
type Browser = Awaited<ReturnType<typeof as>>;

const ask = (browser: Browser, url: string, reason: string) =>
  browser.post(`${url}/nik`, { reason }).buffer(true).parse(binary);

const eventsOf = (accountId: number) =>
  rowsOf<{ action: string; row_id: string; reason: string }>(
    `SELECT action, row_id, reason FROM audit.events WHERE actor_id = $1 AND action IN ('reveal_nik', 'export') ORDER BY action, row_id::int`,
    [String(accountId)],
  );

test('a roster with NIK needs a reason, and every person in it is recorded', async () => {
  const { url, niks, people, institution, reader } = await makeScene();
  const staff = await reader('staff');
  const browser = await as(staff);
  expect((await browser.get(url)).text).toContain(`href="${url}/nik"`);
  expect((await browser.get(`${url}/nik`)).text).toContain('Alasan mengunduh NIK');

  const file = await ask(browser, url, 'Mencocokkan daftar dengan KTP');
  expect(file.status).toBe(200);
  expect(file.headers['cache-control']).toBe('no-store');
  expect(tableIn(file.body).map(({ NIK }) => NIK)).toEqual(niks);
  const reason = 'Mencocokkan daftar dengan KTP';
  expect(await eventsOf(staff.id)).toEqual([
    { action: 'export', row_id: String(institution.id), reason },
    { action: 'reveal_nik', row_id: String(people[0]?.id), reason },
    { action: 'reveal_nik', row_id: String(people[2]?.id), reason },
  ]);
  const plain = await browser.get(`${url}.xlsx`).buffer(true).parse(binary);
  expect(Object.keys(tableIn(plain.body)[0] ?? {})).not.toContain('NIK');
});

test.each([
  ['nothing', ''],
  ['digits', '3574 0417 0890 9001'],
  ['a letter', 'a'],
])('with %s as the reason there is no file and no record', async (_kind, reason) => {
  const { url, niks, reader } = await makeScene();
  const lurah = await reader('lurah');
  const answer = await (await as(lurah)).post(`${url}/nik`, { reason, tanggal: '' });
  expect(answer.status).toBe(422);
  expect(answer.text).toContain('id="reason-error"');
  expect(answer.text).not.toContain(niks[0] ?? '');
  expect(await eventsOf(lurah.id)).toEqual([]);
});

test('nobody else gets NIK in a file', async () => {
  const { url, reader } = await makeScene();
  for (const role of ['admin', 'kecamatan', 'officer', 'auditor'] as const) {
    const browser = await as(await reader(role));
    expect((await browser.get(url)).text, role).not.toContain(`${url}/nik`);
    expect((await browser.get(`${url}/nik`)).status, role).toBe(403);
    expect((await ask(browser, url, 'Mencocokkan dengan KTP')).status, role).toBe(403);
    const file = await browser.get(`${url}.xlsx`).buffer(true).parse(binary);
    expect(Object.keys(tableIn(file.body)[0] ?? {}), role).not.toContain('NIK');
  }
  const foreign = await (await makeScene()).reader('staff');
  expect((await ask(await as(foreign), url, 'Mencocokkan dengan KTP')).status).toBe(404);
});

test('a file counts towards the reveals of an hour, and without a record there is none', async () => {
  const { url, niks, reader } = await makeScene();
  const staff = await reader('staff');
  const browser = await as(staff);
  await inTransaction((client) =>
    client.query(`REVOKE INSERT ON audit.events FROM portal_definer`),
  );
  try {
    const answer = await browser.post(`${url}/nik`, { reason: 'Mencocokkan KTP' });
    expect(answer.status).toBeGreaterThanOrEqual(500);
    expect(answer.text).not.toContain(niks[0] ?? '');
  } finally {
    await inTransaction((client) => client.query(`GRANT INSERT ON audit.events TO portal_definer`));
  }
  for (let files = 0; files < 15; files += 1)
    expect((await ask(browser, url, 'Mencocokkan dengan KTP')).status).toBe(200);
  const refused = await browser.post(`${url}/nik`, { reason: 'Mencocokkan dengan KTP' });
  expect(refused.status).toBe(429);
});
