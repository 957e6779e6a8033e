import { expect, test } from 'vitest';
import { systemActor } from '#src/access.ts';
import { asActor, type Transaction } from '#src/database.ts';
import { addDays, prismaDate, today } from '#src/format.ts';
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

/** A kelurahan with one institution that has everything but a founding date, and one with nothing but a chair. */
async function makeScene() {
  const kecamatan = await makeKecamatan();
  const kelurahan = await makeKelurahan({ kecamatanId: kecamatan.id });
  const [tidy, bare] = [
    await makeInstitution({ kelurahanId: kelurahan.id, name: 'Pokmas Rapi' }),
    await makeInstitution({ kelurahanId: kelurahan.id, name: 'Pokmas Kosong' }),
  ];
  await asTests((tx) =>
    tx.institution.update({
      where: { id: tidy.id },
      data: { address: 'Balai RW', phone: '+6281234567890' },
    }),
  );
  for (const code of ['chair', 'secretary', 'treasurer']) {
    const person = await makePerson({ nik: syntheticNik(), phone: '+6281298765432', name: 'Sri' });
    const seat = await seatOf(tidy.id, code);
    await makeTenure({ institutionId: tidy.id, seatId: seat.id, personId: person.id });
  }
  const chair = await makeOfficer(bare);
  const staff = await makeAccount('staff', { kelurahanId: kelurahan.id });
  return { kecamatan, kelurahan, tidy, bare, chair, staff, browser: await as(staff) };
}

const summaryOf = async (id: number) =>
  (await rowsOf(`SELECT * FROM institution_summaries WHERE institution_id = $1`, [id]))[0] ?? {};
const touchedOn = async (id: number) =>
  (
    await rowsOf<{ on: string }>(
      `SELECT touched_on::text AS on FROM institution_summaries WHERE institution_id = $1`,
      [id],
    )
  )[0]?.on;
const makeOld = (id: number, days: number) =>
  inTransaction((client) =>
    client.query(
      `UPDATE institution_summaries SET touched_on = city_today() - $2::int WHERE institution_id = $1`,
      [id, days],
    ),
  );

test('each kind of gap is counted as it is, and all of them make up what the score misses', async () => {
  const { tidy, bare } = await makeScene();
  expect(await summaryOf(tidy.id)).toMatchObject({ no_founding: true, vacant_seats: 0 });
  const row = await summaryOf(bare.id);
  expect(row).toMatchObject({
    no_address: true,
    no_phone: true,
    no_founding: true,
    no_decree: false,
    people_without_nik: 1,
    people_without_phone: 1,
    people_without_birth_date: 0,
  });
  const [seats] = await rowsOf<{ vacant: number }>(
    `SELECT count(*)::int AS vacant FROM seats e JOIN position_types p ON p.id = e.position_type_id AND p.required
     WHERE e.institution_id = $1 AND NOT EXISTS (SELECT FROM tenures t WHERE t.seat_id = e.id)`,
    [bare.id],
  );
  expect(row.vacant_seats).toBe(seats?.vacant);
});

test('the page groups gaps by who mends them, and every figure leads to a list of as many', async () => {
  const { browser } = await makeScene();
  const { status, text } = await browser.get('/kelengkapan');
  expect(status).toBe(200);
  for (const who of ['Ketua lembaga', 'Staf kelurahan', 'Usulan kepada lurah'])
    expect(text).toContain(who);
  expect(text).toContain('Bobot setiap isian sama');
  const figures = [...text.matchAll(/<a href="(\/kelengkapan\?[^"]+)"[^>]*>(\d+)<\/a>/g)].map(
    ([, href = '', figure]) => [href.replaceAll('&amp;', '&'), Number(figure)] as const,
  );
  expect(figures.length).toBeGreaterThan(8);
  for (const [href, figure] of figures) {
    const list = await browser.get(href);
    const rows = list.text.match(/<th role="rowheader" scope="row"><a href="\/lembaga\/\d+">/g);
    expect(rows?.length ?? 0, href).toBe(figure);
  }
});

test('rows are sorted by completeness or freshness, and filtered by what is missing', async () => {
  const { browser, tidy, bare } = await makeScene();
  await makeOld(tidy.id, 200);
  const namesIn = async (query: string) =>
    [
      ...(await browser.get(`/kelengkapan?${query}`)).text.matchAll(
        /scope="row"><a href="\/lembaga\/(\d+)">/g,
      ),
    ].map(([, id]) => Number(id));
  expect(await namesIn('')).toEqual([bare.id, tidy.id]);
  expect(await namesIn('urut=-kelengkapan')).toEqual([tidy.id, bare.id]);
  expect(await namesIn('urut=kemutakhiran')).toEqual([tidy.id, bare.id]);
  expect(await namesIn('kemutakhiran=lama')).toEqual([tidy.id]);
  expect(await namesIn('celah=nik')).toEqual([bare.id]);
  expect(await namesIn('celah=tanggal-dibentuk&urut=nama')).toEqual([bare.id, tidy.id]);
  expect(await namesIn('jenis=POSYANDU')).toEqual([]);
});

test('freshness starts anew when profile, officers or contacts change, and by nothing else', async () => {
  const { tidy } = await makeScene();
  const old = async () => {
    await makeOld(tidy.id, 100);
    return touchedOn(tidy.id);
  };
  const changes: ((tx: Transaction) => Promise<unknown>)[] = [
    (tx: Transaction) =>
      tx.institution.update({ where: { id: tidy.id }, data: { scope: 'Kebersihan' } }),
    (tx: Transaction) =>
      tx.tenure.updateMany({
        where: { institutionId: tidy.id },
        data: { endedOn: prismaDate('2026-01-02'), endReason: 'resigned' },
      }),
    (tx: Transaction) =>
      tx.person.updateMany({
        where: { institutionIds: { has: tidy.id } },
        data: { phone: '+6281211112222' },
      }),
  ];
  const before = await old();
  await inTransaction((client) =>
    client.query(`SELECT refresh_institution_summaries(ARRAY[$1::int])`, [tidy.id]),
  );
  expect(await touchedOn(tidy.id)).toBe(before);
  for (const change of [changes[0], changes[2], changes[1]]) {
    await old();
    if (change) await asTests(change);
    expect(await touchedOn(tidy.id)).not.toBe(before);
  }
});

test('a chair sees the own institution, and the camat each kelurahan with its bar', async () => {
  const { kecamatan, kelurahan, tidy, bare, chair } = await makeScene();
  const beside = await makeKelurahan({ kecamatanId: kecamatan.id });
  await makeInstitution({ kelurahanId: beside.id });
  const own = (await (await as(chair.account)).get('/kelengkapan')).text;
  expect(own).toContain(`href="/lembaga/${bare.id}"`);
  expect(own).not.toContain(`href="/lembaga/${tidy.id}"`);
  expect(own).not.toContain('Ingatkan');
  const camat = await as(await makeAccount('kecamatan', { kecamatanId: kecamatan.id }));
  const wide = (await camat.get('/kelengkapan')).text;
  expect(wide).toContain('Menurut kelurahan');
  expect(wide).toContain(`href="/kelengkapan?kelurahan=${kelurahan.code}"`);
  expect(wide).not.toContain('/pengingat');
  const admin = (await (await as(await makeAccount('admin'))).get('/kelengkapan')).text;
  expect(admin).toContain('Menurut kecamatan');
});

test('camat and city remind a kelurahan with a text that counts and names nobody', async () => {
  const { kecamatan, kelurahan, chair } = await makeScene();
  const beside = await makeKelurahan({ kecamatanId: kecamatan.id });
  await makeInstitution({ kelurahanId: beside.id });
  const camat = await as(await makeAccount('kecamatan', { kecamatanId: kecamatan.id }));
  const admin = await as(await makeAccount('admin'));
  const auditor = await as(await makeAccount('auditor'));
  const cycle = await asTests((tx) =>
    tx.attestationCycle.create({
      data: {
        name: 'Semester Pengingat',
        startsOn: prismaDate(addDays(today(), -30)),
        dueOn: prismaDate(addDays(today(), 30)),
      },
    }),
  );
  const place = `?kecamatan=${kecamatan.code}`;
  for (const page of [
    (await camat.get('/kelengkapan')).text,
    (await admin.get(`/kelengkapan${place}`)).text,
  ]) {
    const messages = [...page.matchAll(/href="https:\/\/wa\.me\/\?text=([^"]+)"/g)].map(
      ([, text = '']) => decodeURIComponent(text),
    );
    expect(messages).toHaveLength(2);
    const message = messages.find((text) => text.includes(`Kelurahan ${kelurahan.name}`)) ?? '';
    expect(message).toContain('2 lembaga belum lengkap');
    expect(message).toContain('2 belum dinyatakan untuk Semester Pengingat');
    expect(message).toContain(`/kelengkapan?kelurahan=${kelurahan.code}`);
    for (const name of ['Sri', chair.person.name, chair.account.displayName])
      expect(message).not.toContain(name);
  }
  expect((await auditor.get(`/kelengkapan${place}`)).text).not.toContain('wa.me');
  await inTransaction((client) =>
    client.query('DELETE FROM attestation_cycles WHERE id = $1', [cycle.id]),
  );
});

test('a reminder greets as the sender chooses, says what is missing and holds no number', async () => {
  const { browser, bare, chair, kelurahan, staff } = await makeScene();
  await asTests((tx) =>
    tx.person.update({ where: { id: chair.person.id }, data: { phone: '+6281377778888' } }),
  );
  const ask = (await browser.get(`/lembaga/${bare.id}/pengingat`)).text;
  expect(ask).toContain('Pilih salam');
  expect(ask).toMatch(/Yang ditunggu<\/dt>\s*<dd>\s*Alamat sekretariat/);
  expect(ask).not.toContain('wa.me');
  const { text } = await browser.get(`/lembaga/${bare.id}/pengingat?salam=pagi`);
  const [, number = '', encoded = ''] =
    /href="https:\/\/wa\.me\/(\d+)\?text=([^"]+)"/.exec(text) ?? [];
  expect(number).toBe('6281377778888');
  const message = decodeURIComponent(encoded);
  expect(message).toContain(`Selamat pagi, Bapak/Ibu Ketua Pokmas Kosong. `);
  expect(message).toMatch(new RegExp(`— Kelurahan ${kelurahan.name}$`));
  for (const name of [chair.person.name, staff.displayName]) expect(message).not.toContain(name);
  expect(message).toContain('Pokmas Kosong');
  expect(message).toContain('alamat sekretariat');
  expect(message).toContain(`/lembaga/${bare.id}`);
  expect(message.replaceAll(/https?:\S+/g, '')).not.toMatch(/\d{8,}|08\d\d-/);
  expect(text).toContain('id="message"');
  expect((await browser.get(`/lembaga/${bare.id}/pengingat?salam=halo`)).status).toBe(422);
});

test('an unknown filter is explained and counts nothing', async () => {
  const { browser } = await makeScene();
  for (const query of ['celah=semua', 'urut=abc', 'kelurahan=99.99.99.9999', 'halaman=0'])
    expect((await browser.get(`/kelengkapan?${query}`)).status, query).toBe(422);
  expect((await browser.get('/kelengkapan?celah=nik&celah=sk')).status).toBe(400);
  expect((await browser.get('/kelengkapan?halaman=7')).text).toContain('Halaman 7 tidak ada');
});

test('the workbook holds the rows of the filter, and its download is recorded', async () => {
  const { kelurahan } = await makeScene();
  const staff = await makeAccount('staff', { kelurahanId: kelurahan.id });
  const answer = await (await as(staff)).get('/kelengkapan.xlsx?celah=nik');
  expect(answer.status).toBe(200);
  expect(answer.headers['content-disposition']).toMatch(/kelengkapan-\d{4}-\d\d-\d\d\.xlsx/);
  const [event] = await rowsOf<{ new_row: object }>(
    `SELECT new_row FROM audit.events WHERE actor_id = $1 AND action = 'export'`,
    [String(staff.id)],
  );
  expect(event?.new_row).toMatchObject({ rows: 1 });
});
