import { beforeAll, expect, test } from 'vitest';
import { systemActor } from '#src/access.ts';
import { asActor, type Transaction } from '#src/database.ts';
import { addDays, isoDate, prismaDate, today } from '#src/format.ts';
import { as } from '../support/app.ts';
import {
  makeAccount,
  makeInstitution,
  makeKecamatan,
  makeKelurahan,
  makeOfficer,
  makePerson,
  makeTenure,
  seatOf,
  syntheticNik,
} from '../support/fixtures.ts';
import { inTransaction, rowsOf } from '../support/superuser.ts';

const asTests = <Result>(work: (tx: Transaction) => Promise<Result>) =>
  asActor(systemActor('tests'), work);

let cycle: { id: number };
beforeAll(async () => {
  cycle = await makeCycle('Semester Uji', addDays(today(), -30), addDays(today(), 30));
});

const makeCycle = (name: string, startsOn: string, dueOn: string) =>
  asTests((tx) =>
    tx.attestationCycle.create({
      data: { name, startsOn: prismaDate(startsOn), dueOn: prismaDate(dueOn) },
    }),
  );

const nik = () => syntheticNik();

async function makeScene() {
  const kecamatan = await makeKecamatan();
  const kelurahan = await makeKelurahan({ kecamatanId: kecamatan.id });
  const institution = await makeInstitution({ kelurahanId: kelurahan.id });
  const chair = await makeOfficer(institution);
  const ownNik = nik();
  const person = await makePerson({ name: 'Sulastri', nik: ownNik, phone: '+6281234567890' });
  const seat = await seatOf(institution.id, 'secretary');
  await makeTenure({ institutionId: institution.id, seatId: seat.id, personId: person.id });
  const account = chair.account;
  const url = `/lembaga/${institution.id}/pernyataan`;
  const staff = await makeAccount('staff', { kelurahanId: kelurahan.id });
  const camat = await makeAccount('kecamatan', { kecamatanId: kecamatan.id });
  return { kelurahan, institution, person, nik: ownNik, account, staff, camat, url };
}

/** The form as the page gives it, every section ticked. */
function fieldsOf(html: string) {
  const ticks = [...html.matchAll(/type="checkbox" id="(\w+)" name="\w+" value="([0-9a-f]{64})"/g)];
  expect(ticks).toHaveLength(5);
  return {
    cycleId: /name="cycleId" value="(\d+)"/.exec(html)?.[1] ?? '',
    ...Object.fromEntries(ticks.map(([, name, value]) => [name, value])),
    activity: 'running',
    statement: 'on',
  };
}

async function attestAs(account: { id: number }, url: string) {
  const browser = await as(account);
  const page = await browser.get(url);
  expect(page.status).toBe(200);
  return browser.post(url, fieldsOf(page.text));
}

test('a chair sees the five sections as they stand and confirms them in one form', async () => {
  const { account, url, institution, person } = await makeScene();
  const browser = await as(account);
  const { text } = await browser.get(url);
  for (const title of ['Profil', 'Pengurus', 'Kontak pengurus', 'Sekretariat', 'Kegiatan'])
    expect(text).toContain(`-title">${title}</h2>`);
  expect(text).toContain('0812-3456-7890');
  for (const mend of ['officers', 'secretariat', `person-${person.id}`])
    expect(text).toContain(
      `/lembaga/${institution.id}/pernyataan/perbaikan" name="mend" value="${mend}"`,
    );
  expect(text).toContain('Perbaiki dulu lewat WhatsApp');
  const answer = await browser.post(url, fieldsOf(text));
  expect([answer.status, answer.headers.location]).toEqual([303, url]);
  const done = (await browser.get(url)).text;
  expect(done).toContain('Dinyatakan');
  expect(done).toContain('Kegiatan berjalan menurut catatan lembaga');
});

test('whoever stands in for the chair is called so, on the page and in the frozen copy', async () => {
  const { account, url, kelurahan, institution } = await makeScene();
  const person = await makePerson({ name: 'Wakil Sementara' });
  const seat = await seatOf(institution.id, 'treasurer');
  const personId = person.id;
  await makeTenure({ institutionId: institution.id, seatId: seat.id, personId, kind: 'acting' });
  const browser = await as(account);
  const open = (await browser.get(url)).text;
  expect((await browser.post(url, fieldsOf(open))).status).toBe(303);
  const frozen = (
    await (await as(await makeAccount('lurah', { kelurahanId: kelurahan.id }))).get(url)
  ).text;
  for (const text of [open, frozen]) {
    expect(text).toContain('>Plt. Bendahara');
    expect(text).toContain('>Wakil Sementara, Plt. Bendahara');
    expect(text).toContain('>Sulastri, Sekretaris');
  }
});

test('what was attested is kept with its hash, without a NIK and without a whole phone', async () => {
  const { account, url, institution, nik: number } = await makeScene();
  expect((await attestAs(account, url)).status).toBe(303);
  const rows = await rowsOf<{ section: string; hash: string; facts: object }>(
    `SELECT section, hash, facts FROM attestation_sections WHERE institution_id = $1 ORDER BY section`,
    [institution.id],
  );
  expect(rows.map(({ section }) => section)).toEqual([
    'activities',
    'contacts',
    'officers',
    'profile',
    'secretariat',
  ]);
  const kept = JSON.stringify(rows);
  expect(kept).toContain('Sulastri');
  expect(kept).toContain('****7890');
  expect(kept).not.toContain('81234567890');
  expect(kept).not.toContain(number);
  for (const { hash } of rows) expect(hash).toMatch(/^[0-9a-f]{64}$/);
});

test('a later change shows "berubah sejak dinyatakan" at its section, and its return takes that back', async () => {
  const { account, url, institution, person, camat } = await makeScene();
  await asTests((tx) =>
    tx.person.updateMany({
      where: { institutionIds: { has: institution.id }, id: { not: person.id } },
      data: { address: 'Gang Rahasia 7' },
    }),
  );
  await attestAs(account, url);
  const browser = await as(account);
  const kontak = (phone: string) => ({ phone, address: '', rtNumber: '', rwNumber: '' });
  await browser.post(`/orang/${person.id}/kontak`, { version: 1, ...kontak('081234560890') });
  const page = (await browser.get(url)).text;
  expect(page.match(/class="badge warn"[^>]*>Berubah sejak dinyatakan/g)).toHaveLength(2);
  expect(page).toContain('0812-3456-0890');
  const wide = await as(camat);
  expect((await wide.get(url)).text).not.toContain('Gang Rahasia');
  expect((await wide.get(url)).text).not.toContain('0812-3456-0890');
  expect((await wide.get(`/lembaga/${institution.id}`)).text).toContain('Berubah sejak dinyatakan');
  const idsIn = async (state: string) =>
    (await wide.get(`/kelengkapan?pernyataan=${state}`)).text.includes(
      `/lembaga/${institution.id}"`,
    );
  expect([await idsIn('sudah'), await idsIn('berubah'), await idsIn('belum')]).toEqual([
    false,
    true,
    false,
  ]);
  await browser.post(`/orang/${person.id}/kontak`, { version: 2, ...kontak('081234567890') });
  expect((await browser.get(url)).text).not.toContain('Berubah sejak dinyatakan');
  expect(await idsIn('sudah')).toBe(true);
});

test('a section that is not ticked is asked for, and the others stay ticked', async () => {
  const { account, url, institution } = await makeScene();
  const browser = await as(account);
  const { contacts: _left, ...fields } = fieldsOf((await browser.get(url)).text) as Record<
    string,
    string
  >;
  const answer = await browser.post(url, fields);
  expect(answer.status).toBe(422);
  expect(answer.text).toContain('Periksa kontak pengurus, lalu tandai Benar');
  expect(answer.text.match(/ checked/g)?.length).toBe(6);
  expect(await attestationsOf(institution.id)).toEqual([]);
});

test('ticks are kept while something is mended, and every page on the way leads back', async () => {
  const { account, url, institution, person } = await makeScene();
  const browser = await as(account);
  const fields = fieldsOf((await browser.get(url)).text) as Record<string, string>;
  const { secretariat: _left, activities: _too, statement: _unsent, ...ticks } = fields;
  const left = await browser.post(`${url}/perbaikan`, {
    ...ticks,
    ...{ activity: 'none', mend: 'officers' },
  });
  expect([left.status, left.headers.location]).toEqual([
    303,
    `/usulan/baru?lembaga=${institution.id}`,
  ]);
  const proposal = await browser.get(`/usulan/baru?lembaga=${institution.id}`);
  expect(proposal.text).toContain(`href="${url}">Kembali ke pernyataan`);
  await browser.post(`/orang/${person.id}/kontak`, {
    version: 1,
    ...{ phone: '081234560890', address: '', rtNumber: '', rwNumber: '' },
  });
  const back = (await browser.get(url)).text;
  expect(back).not.toContain('Kembali ke pernyataan');
  const ticked = (name: string) => new RegExp(`id="${name}"[^>]* checked`).test(back);
  // The contacts changed since they were ticked.
  expect(['profile', 'officers', 'contacts', 'secretariat'].map(ticked)).toEqual([
    true,
    true,
    false,
    false,
  ]);
  expect(back).toMatch(/value="none"[^>]* checked/);
  expect((await browser.post(url, fieldsOf(back))).status).toBe(303);
  expect((await browser.get('/usulan')).text).not.toContain('Kembali ke pernyataan');
});

test('"Perbaiki dulu" leads only to what this person may mend of this institution', async () => {
  const { account, url, staff } = await makeScene();
  const other = await makeScene();
  const browser = await as(account);
  const send = async (to: string, mend: string) =>
    (await browser.post(`${to}/perbaikan`, { cycleId: cycle.id, mend })).status;
  expect(await send(url, 'profile')).toBe(404);
  expect(await send(other.url, 'officers')).toBe(404);
  expect(await send(url, '//evil.example')).toBe(422);
  const answer = await (
    await as(staff)
  ).post(`${url}/perbaikan`, { cycleId: cycle.id, mend: 'profile' });
  expect(answer.headers.location).toBe(url.replace('pernyataan', 'ubah'));
});

test('the frozen copy shows where officers live to the kelurahan and the institution, in the database too', async () => {
  const { account, url, person, staff, camat } = await makeScene();
  await asTests((tx) =>
    tx.person.update({
      where: { id: person.id },
      data: { address: 'Gang Rahasia 9', rtNumber: 3 },
    }),
  );
  await attestAs(account, url);
  for (const reader of [account, staff])
    expect((await (await as(reader)).get(url)).text).toContain('Gang Rahasia 9');
  for (const reader of [camat, await makeAccount('admin'), await makeAccount('auditor')]) {
    const page = await (await as(reader)).get(url);
    expect(page.text).toContain('Sulastri');
    expect(page.text).not.toContain('Gang Rahasia 9');
  }
  for (const role of ['portal_city', 'portal_auditor', 'portal_kecamatan'])
    await expect(
      inTransaction((client) => client.query('SELECT facts FROM attestation_sections'), { role }),
    ).rejects.toMatchObject({ code: '42501' });
  const [row] = await rowsOf<{ open: string; trail: boolean }>(
    `SELECT s.open_facts::text AS open, e.new_row ?| ARRAY['facts', 'open_facts'] AS trail
     FROM attestation_sections s JOIN audit.events e ON e.table_name = 'attestation_sections' AND e.row_id = s.id::text
     WHERE s.section = 'contacts' AND s.facts::text LIKE '%Gang Rahasia 9%'`,
  );
  expect(row?.open).toContain('Sulastri');
  expect(row?.open).not.toMatch(/Rahasia|"rt": 3/);
  expect(row?.trail).toBe(false);
});

test('the start pages of camat and city say how many institutions have attested, by place', async () => {
  const { account, url, camat, kelurahan } = await makeScene();
  await makeInstitution({ kelurahanId: kelurahan.id });
  await attestAs(account, url);
  const { text } = await (await as(camat)).get('/beranda');
  expect(text).toContain('Pernyataan data Semester Uji');
  expect(text).toMatch(
    new RegExp(`href="/kelengkapan\\?kelurahan=${kelurahan.code}">1 dari 2 lembaga menyatakan`),
  );
  for (const role of ['admin', 'auditor'] as const) {
    const city = await (await as(await makeAccount(role))).get('/beranda');
    expect(city.text).toMatch(/href="\/kelengkapan\?kecamatan=[^"]+">1 dari 2 lembaga menyatakan/);
  }
});

test('data that changed while the page was open are not confirmed unseen', async () => {
  const { account, url, institution } = await makeScene();
  const browser = await as(account);
  const fields = fieldsOf((await browser.get(url)).text);
  await asTests((tx) =>
    tx.institution.update({ where: { id: institution.id }, data: { address: 'Balai Baru' } }),
  );
  const answer = await browser.post(url, fields);
  expect(answer.status).toBe(409);
  expect(answer.text).toContain('Sekretariat baru saja diubah');
  expect(answer.text).toContain('Balai Baru');
  expect(await attestationsOf(institution.id)).toEqual([]);
  expect((await browser.post(url, fieldsOf(answer.text))).status).toBe(303);
});

test('the kelurahan attests only for an institution whose chair has no account, and it is marked', async () => {
  const { url, staff, account, institution, kelurahan } = await makeScene();
  expect((await (await as(staff)).get(url)).text).toContain('menyatakan sendiri');
  const place = { institutionId: institution.id, kelurahanId: kelurahan.id };
  await expect(
    inTransaction(
      async (client) => {
        await client.query(
          `SELECT set_config('app.kelurahan_ids', $1, true), set_config('app.account_id', $2, true)`,
          [String(place.kelurahanId), String(staff.id)],
        );
        return client.query(
          `INSERT INTO attestations (institution_id, cycle_id, kelurahan_id, activities, attested_by_name) VALUES ($1, $2, $3, 'none', 'S')`,
          [place.institutionId, cycle.id, place.kelurahanId],
        );
      },
      { role: 'portal_kelurahan' },
    ),
  ).rejects.toThrow('attestations_by_own_chair');
  await asTests((tx) =>
    tx.account.update({ where: { id: account.id }, data: { suspendedAt: new Date() } }),
  );
  expect((await attestAs(staff, url)).status).toBe(303);
  const [row] = await attestationsOf(institution.id);
  expect(row).toMatchObject({ by_kelurahan: true, account_id: staff.id });
  expect((await (await as(staff)).get(url)).text).toContain('(kelurahan)');
});

test('there is one attestation per institution and cycle, and it never changes', async () => {
  const { account, url, institution } = await makeScene();
  const browser = await as(account);
  const fields = fieldsOf((await browser.get(url)).text);
  const statuses = (await Promise.all([browser.post(url, fields), browser.post(url, fields)])).map(
    ({ status }) => status,
  );
  expect(statuses.toSorted((a, b) => a - b)).toEqual([303, 409]);
  expect(await attestationsOf(institution.id)).toHaveLength(1);
  for (const sql of [
    `UPDATE attestations SET attested_by_name = 'X' WHERE institution_id = $1`,
    `UPDATE attestation_sections SET facts = '{}' WHERE institution_id = $1`,
    `DELETE FROM attestation_sections WHERE institution_id = $1`,
    `DELETE FROM attestations WHERE institution_id = $1`,
  ])
    await expect(inTransaction((client) => client.query(sql, [institution.id]))).rejects.toThrow(
      'attestations_stay',
    );
});

test('cycles do not overlap, end after they begin, and cannot be attested before they begin', async () => {
  const { institution, kelurahan } = await makeScene();
  const later = addDays(today(), 100);
  await expect(makeCycle('Tumpang Tindih', today(), later)).rejects.toThrow();
  await expect(makeCycle('Terbalik', later, later)).rejects.toThrow();
  const next = await makeCycle('Semester Depan', later, addDays(later, 10));
  await expect(
    asTests((tx) =>
      tx.attestation.create({
        data: {
          institutionId: institution.id,
          kelurahanId: kelurahan.id,
          cycleId: next.id,
          activities: 'none',
          attestedByName: 'A',
        },
      }),
    ),
  ).rejects.toThrow('attestations_in_open_cycle');
});

test('attesting makes the record fresh, and the start page asks for it until then', async () => {
  const { account, url, institution } = await makeScene();
  await inTransaction((client) =>
    client.query(
      `UPDATE institution_summaries SET touched_on = '2026-01-02' WHERE institution_id = $1`,
      [institution.id],
    ),
  );
  const browser = await as(account);
  expect((await browser.get('/beranda')).text).toContain(`href="${url}"`);
  await attestAs(account, url);
  const [row] = await rowsOf<{ touched_on: Date; today: Date }>(
    `SELECT touched_on, city_today() AS today FROM institution_summaries WHERE institution_id = $1`,
    [institution.id],
  );
  expect(row && isoDate(row.touched_on)).toBe(row && isoDate(row.today));
  expect((await browser.get('/beranda')).text).not.toContain(
    'Pernyataan data Semester Uji menunggu',
  );
});

const attestationsOf = (id: number) =>
  rowsOf(`SELECT * FROM attestations WHERE institution_id = $1`, [id]);
