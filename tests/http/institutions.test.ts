import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { describe, expect, test, vi } from 'vitest';
import { systemActor } from '#src/access.ts';
import { asActor } from '#src/database.ts';
import { addDays, prismaDate, today } from '#src/format.ts';
import { as } from '../support/app.ts';
import { superuserUrl } from '../support/database.ts';
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
import { binary, readWorkbook } from '../support/workbook.ts';

async function kelurahanWithStaff() {
  const kelurahan = await makeKelurahan();
  const account = await makeAccount('staff', { kelurahanId: kelurahan.id });
  return { kelurahan, account, browser: await as(account) };
}

const namesIn = (html: string) =>
  [...html.matchAll(/<a href="\/lembaga\/\d+">([^<]+)<\/a><\/th>/g)].map(([, name]) => name);
const countIn = (html: string) =>
  Number(/id="list-title">([\d.]+) lembaga/.exec(html)?.[1]?.replaceAll('.', '') ?? 0);
const query = (values: Record<string, string>) => new URLSearchParams(values).toString();

/** What is wrong with which field, as the error summary says it. */
const errorsIn = (html: string) =>
  Object.fromEntries(
    [...html.matchAll(/<li><a href="#([^"]+)">([^<]+)<\/a><\/li>/g)].map(([, field, text]) => [
      field,
      text,
    ]),
  );

const corpus = [
  "Ma'ruf",
  'H. Siti, S.Pd., M.Si.',
  'RT 001/RW 02',
  '<script>alert(1)</script>',
  '%',
  '_',
  '\\',
  'x'.repeat(10_000),
  '😀',
  '-1',
  '0',
  '2147483648',
  '1e9',
  '2024-02-30',
  '$1',
  "'; DROP TABLE people; --",
];

describe('the list', () => {
  test('shows the institutions of the own kelurahan and nobody else’s', async () => {
    const { kelurahan, browser } = await kelurahanWithStaff();
    const other = await makeKelurahan();
    await makeInstitution({ kelurahanId: kelurahan.id, name: 'Pokmas Milik Sendiri' });
    await makeInstitution({ kelurahanId: other.id, name: 'Pokmas Milik Orang' });

    const { status, text } = await browser.get('/lembaga');

    expect(status).toBe(200);
    expect(namesIn(text)).toEqual(['Pokmas Milik Sendiri']);
    expect(countIn(text)).toBe(1);
  });

  test('a chair sees their one institution', async () => {
    const { kelurahan } = await kelurahanWithStaff();
    const own = await makeInstitution({ kelurahanId: kelurahan.id, name: 'Pokmas Ketua' });
    await makeInstitution({ kelurahanId: kelurahan.id, name: 'Pokmas Tetangga' });
    const { account } = await makeOfficer(own);

    const { text } = await (await as(account)).get('/lembaga');

    expect(namesIn(text)).toEqual(['Pokmas Ketua']);
  });

  test('an empty kelurahan says so and offers to register', async () => {
    const { browser } = await kelurahanWithStaff();
    const { text } = await browser.get('/lembaga');
    expect(text).toContain('Belum ada lembaga tercatat');
    expect(text).toContain('href="/lembaga/baru"');
  });

  test('each status finds exactly the institutions in it', async () => {
    const { kelurahan, browser } = await kelurahanWithStaff();
    const make = async (name: string, term?: { startOn: string; plannedEndOn: string }) => {
      const institution = await makeInstitution({ kelurahanId: kelurahan.id, name });
      const seat = await seatOf(institution.id);
      const person = await makePerson();
      if (term)
        await makeTenure({
          institutionId: institution.id,
          seatId: seat.id,
          personId: person.id,
          ...term,
        });
      return institution;
    };
    const startOn = addDays(today(), -1000);
    await make('Pokmas A Lama', { startOn, plannedEndOn: addDays(today(), 91) });
    await make('Pokmas B Segera', { startOn, plannedEndOn: addDays(today(), 90) });
    await make('Pokmas C Berakhir', { startOn, plannedEndOn: today() });
    await make('Pokmas D Baru');
    const dormant = await make('Pokmas E Beku');
    await asActor(systemActor('tests'), (tx) =>
      tx.institution.update({ where: { id: dormant.id }, data: { status: 'dormant' } }),
    );

    const found = async (status: string) =>
      namesIn((await browser.get(`/lembaga?status=${status}`)).text);

    expect(await found('sk-berlaku')).toEqual(['Pokmas A Lama', 'Pokmas B Segera']);
    expect(await found('sk-segera')).toEqual(['Pokmas B Segera']);
    expect(await found('sk-berakhir')).toEqual(['Pokmas C Berakhir']);
    expect(await found('belum-ada-sk')).toEqual(['Pokmas D Baru', 'Pokmas E Beku']);
    expect(await found('ketua-kosong')).toEqual([
      'Pokmas C Berakhir',
      'Pokmas D Baru',
      'Pokmas E Beku',
    ]);
    expect(await found('tidak-aktif')).toEqual(['Pokmas E Beku']);
  });

  test('an acting chair holds the chair and is marked Plt.', async () => {
    const { kelurahan, browser } = await kelurahanWithStaff();
    const institution = await makeInstitution({ kelurahanId: kelurahan.id });
    const seat = await seatOf(institution.id);
    const person = await makePerson({ name: "Ma'ruf" });
    await makeTenure({
      institutionId: institution.id,
      seatId: seat.id,
      personId: person.id,
      kind: 'acting',
    });

    const { text } = await browser.get('/lembaga');

    expect(text).toContain('Plt. Ma&#39;ruf');
    expect(namesIn((await browser.get('/lembaga?status=ketua-kosong')).text)).toEqual([]);
  });

  test('searches by a part of the name, and % and _ mean themselves', async () => {
    const { kelurahan, browser } = await kelurahanWithStaff();
    for (const name of ['Pokmas 100% Maju', 'Pokmas Sinar_Mulia', 'Pokmas Ma\\ruf']) {
      await makeInstitution({ kelurahanId: kelurahan.id, name });
    }
    const found = async (cari: string) =>
      namesIn((await browser.get(`/lembaga?${query({ cari })}`)).text);

    expect(await found('maju')).toEqual(['Pokmas 100% Maju']);
    expect(await found('%')).toEqual(['Pokmas 100% Maju']);
    expect(await found('_')).toEqual(['Pokmas Sinar_Mulia']);
    expect(await found('a\\r')).toEqual(['Pokmas Ma\\ruf']);
  });

  test('sorts by every head in both directions and keeps all rows', async () => {
    const { kelurahan, browser } = await kelurahanWithStaff();
    for (const name of ['Pokmas B', 'Pokmas A', 'Pokmas C'])
      await makeInstitution({ kelurahanId: kelurahan.id, name });
    for (const order of ['nama', 'jenis', 'kelurahan', 'masa-bakti', 'kelengkapan']) {
      const up = namesIn((await browser.get(`/lembaga?urut=${order}`)).text);
      const down = namesIn((await browser.get(`/lembaga?urut=-${order}`)).text);
      expect(up).toHaveLength(3);
      expect(down).toEqual(up.toReversed());
    }
    expect(namesIn((await browser.get('/lembaga')).text)).toEqual([
      'Pokmas A',
      'Pokmas B',
      'Pokmas C',
    ]);
  });

  test('a kecamatan filter and a type filter narrow the city’s list', async () => {
    const kecamatan = await makeKecamatan();
    const kelurahan = await makeKelurahan({ kecamatanId: kecamatan.id });
    await makeInstitution({ kelurahanId: kelurahan.id, name: 'Pokmas Kota' });
    await makeInstitution({ kelurahanId: kelurahan.id, typeCode: 'RW', name: 'RW 001' });
    const browser = await as(await makeAccount('admin'));

    const whole = await browser.get(`/lembaga?${query({ kecamatan: kecamatan.code })}`);
    const typed = await browser.get(
      `/lembaga?${query({ kecamatan: kecamatan.code, jenis: 'RW', kelurahan: kelurahan.code })}`,
    );

    expect(namesIn(whole.text)).toEqual(['Pokmas Kota', 'RW 001']);
    expect(namesIn(typed.text)).toEqual(['RW 001']);
  });

  test('a month finds the terms whose last day lies in it', async () => {
    const { kelurahan, browser } = await kelurahanWithStaff();
    const institution = await makeInstitution({
      kelurahanId: kelurahan.id,
      name: 'Pokmas Akhir Agustus',
    });
    const seat = await seatOf(institution.id);
    const person = await makePerson();
    await makeTenure({
      institutionId: institution.id,
      seatId: seat.id,
      personId: person.id,
      startOn: '2026-09-01',
      plannedEndOn: '2031-09-01',
    });

    expect(namesIn((await browser.get('/lembaga?bulan=2031-08')).text)).toEqual([
      'Pokmas Akhir Agustus',
    ]);
    expect(namesIn((await browser.get('/lembaga?bulan=2031-09')).text)).toEqual([]);
  });

  test.each([
    ['jenis', 'TIDAK_ADA'],
    ['kelurahan', '99.99.99.9999'],
    ['kecamatan', '99.99.99'],
    ['status', 'entah'],
    ['cari', 'x'.repeat(101)],
  ])('a wrong %s is said at the filter and the rest is kept', async (name, value) => {
    const { browser } = await kelurahanWithStaff();
    const other = name === 'cari' ? { status: 'sk-segera' } : { cari: 'Mulia' };
    const { status, text } = await browser.get(`/lembaga?${query({ [name]: value, ...other })}`);
    expect(status).toBe(422);
    expect(errorsIn(text)[`filter-${name}`]).toBeTruthy();
    expect(text).toContain(name === 'cari' ? 'value="sk-segera" selected' : 'value="Mulia"');
  });

  test('a kelurahan outside the scope is refused like one that does not exist', async () => {
    const { browser } = await kelurahanWithStaff();
    const foreign = await makeKelurahan();
    expect((await browser.get(`/lembaga?kelurahan=${foreign.code}`)).status).toBe(422);
    expect((await browser.get(`/lembaga.xlsx?kelurahan=${foreign.code}`)).status).toBe(422);
  });

  test.each(['cari', 'jenis', 'kecamatan', 'kelurahan', 'status', 'bulan', 'urut', 'halaman'])(
    'no value of %s breaks the list or its workbook',
    async (name) => {
      const { browser } = await kelurahanWithStaff();
      for (const value of corpus) {
        for (const path of ['/lembaga', '/lembaga.xlsx']) {
          const { status } = await browser.get(`${path}?${query({ [name]: value })}`);
          expect([200, 422], `${path} ${name}=${value.slice(0, 20)}`).toContain(status);
        }
      }
    },
  );

  test.each(['cari=%00', 'cari=%ED%A0%80', 'cari=a&cari=b', 'entah=1', 'cari[]=x'])(
    'refuses %s without an error of ours',
    async (search) => {
      const { browser } = await kelurahanWithStaff();
      expect([200, 400, 422]).toContain((await browser.get(`/lembaga?${search}`)).status);
    },
  );

  test('25 to a page, and a page beyond the last says so', async () => {
    const { kelurahan, browser } = await kelurahanWithStaff();
    for (let number = 0; number < 26; number += 1)
      await makeInstitution({ kelurahanId: kelurahan.id });

    const [first, second, third] = await Promise.all(
      ['', '?halaman=2', '?halaman=3'].map((page) => browser.get(`/lembaga${page}`)),
    );

    expect(namesIn(first?.text ?? '')).toHaveLength(25);
    expect(namesIn(second?.text ?? '')).toHaveLength(1);
    expect(second?.text).toContain('<title>Lembaga, halaman 2');
    expect(third?.text).toContain('Halaman 3 tidak ada');
  });

  test('the number of queries does not grow with the rows', async () => {
    const { kelurahan, browser } = await kelurahanWithStaff();
    const queries = vi.spyOn(pg.Client.prototype, 'query');
    const counted = async (path: string) => {
      queries.mockClear();
      expect((await browser.get(path)).status).toBe(200);
      return queries.mock.calls.length;
    };
    await makeInstitution({ kelurahanId: kelurahan.id });
    const before = await counted('/lembaga');
    for (let number = 0; number < 12; number += 1) {
      const institution = await makeInstitution({ kelurahanId: kelurahan.id });
      const seat = await seatOf(institution.id);
      const person = await makePerson();
      await makeTenure({ institutionId: institution.id, seatId: seat.id, personId: person.id });
    }
    expect(await counted('/lembaga')).toBe(before);
    queries.mockRestore();
  });
});

describe('the workbook', () => {
  test('holds the same rows as the list, typed, and the same bytes twice', async () => {
    const { kelurahan, browser, account } = await kelurahanWithStaff();
    const institution = await makeInstitution({
      kelurahanId: kelurahan.id,
      name: '=HYPERLINK("http://x")',
    });
    const seat = await seatOf(institution.id);
    const person = await makePerson({ name: "Ma'ruf & <Siti>" });
    await makeTenure({ institutionId: institution.id, seatId: seat.id, personId: person.id });
    await asActor(systemActor('tests'), (tx) =>
      tx.institution.update({ where: { id: institution.id }, data: { phone: '+6281234567890' } }),
    );

    const download = () => browser.get('/lembaga.xlsx?jenis=POKMAS').buffer(true).parse(binary);
    const [first, second] = [await download(), await download()];

    expect(first.headers['content-disposition']).toBe(
      `attachment; filename=lembaga-${today()}.xlsx`,
    );
    expect(Buffer.compare(first.body, second.body)).toBe(0);
    const rows = readWorkbook(first.body);
    expect(rows.flat()).toContain(
      `Diunduh oleh ${account.displayName}, Staf kelurahan, Kelurahan ${kelurahan.name}`,
    );
    expect(rows.flat()).toContain('1 lembaga');
    const [row] = rows.slice(-1);
    expect(row).toContain('=HYPERLINK("http://x")');
    expect(row).toContain("Ma'ruf & <Siti>");
    expect(row).toContain('0812-3456-7890');
    expect(typeof row?.at(-1)).toBe('number');
  });

  test('leaves one entry in the audit trail', async () => {
    const { browser, account } = await kelurahanWithStaff();
    await browser.get('/lembaga.xlsx?cari=sinar');
    const rows = await asActor(
      systemActor('tests'),
      (tx) =>
        tx.$queryRaw<{ details: { filter: string } }[]>`
        SELECT new_row AS details FROM audit.events WHERE action = 'export' AND actor_id = ${String(account.id)}`,
    );
    expect(rows).toHaveLength(1);
    expect(rows[0]?.details.filter).toContain('“sinar”');
  });

  test('of many rows is written by a worker and is whole', async () => {
    const { kelurahan, browser } = await kelurahanWithStaff();
    const superuser = new pg.Client({ connectionString: superuserUrl });
    await superuser.connect();
    await superuser.query(`SELECT set_config('app.actor_id', 'tests', false)`);
    await superuser.query(
      `INSERT INTO institutions (kelurahan_id, institution_type_id, name)
       SELECT $1, (SELECT id FROM institution_types WHERE code = 'POKMAS'), 'Pokmas Massal ' || n FROM generate_series(1, 700) n`,
      [kelurahan.id],
    );
    await superuser.end();

    const { body } = await browser.get('/lembaga.xlsx').buffer(true).parse(binary);

    expect(
      readWorkbook(body).filter(([name]) => String(name).startsWith('Pokmas Massal')),
    ).toHaveLength(700);
    expect(countIn((await browser.get('/lembaga')).text)).toBe(700);
  });

  test('has no phones for the auditor', async () => {
    const { kelurahan } = await kelurahanWithStaff();
    await makeInstitution({ kelurahanId: kelurahan.id });
    const browser = await as(await makeAccount('auditor'));
    const { body } = await browser
      .get(`/lembaga.xlsx?kelurahan=${kelurahan.code}`)
      .buffer(true)
      .parse(binary);
    expect(readWorkbook(body).flat()).not.toContain('Nomor HP lembaga');
  });
});

describe('one institution', () => {
  const pages = ['', '/pengurus', '/tugas', '/riwayat'];

  test('outside the scope does not exist', async () => {
    const other = await makeKelurahan();
    const foreign = await makeInstitution({ kelurahanId: other.id });
    const { browser, kelurahan } = await kelurahanWithStaff();
    const neighbour = await makeInstitution({ kelurahanId: kelurahan.id });
    const { account } = await makeOfficer(neighbour);
    const chair = await as(account);
    const sibling = await makeInstitution({ kelurahanId: kelurahan.id });
    for (const page of [...pages, '/pengurus.xlsx', '/ubah']) {
      expect((await browser.get(`/lembaga/${foreign.id}${page}`)).status).toBe(404);
      if (page !== '/ubah')
        expect((await chair.get(`/lembaga/${sibling.id}${page}`)).status).toBe(404);
    }
    expect(
      (await browser.post(`/lembaga/${foreign.id}`, { version: 1, name: 'Milik saya' })).status,
    ).toBe(404);
    expect(
      (await browser.post(`/lembaga/${foreign.id}/kursi`, { positionTypeId: 1, label: 'Seksi' }))
        .status,
    ).toBe(404);
  });

  test('every page renders for every role that may read it', async () => {
    const { kelurahan } = await kelurahanWithStaff();
    const institution = await makeInstitution({ kelurahanId: kelurahan.id });
    const { account: officer } = await makeOfficer(institution);
    const accounts = await Promise.all([
      makeAccount('admin'),
      makeAccount('auditor'),
      makeAccount('lurah', { kelurahanId: kelurahan.id }),
      makeAccount('kecamatan', { kecamatanId: kelurahan.kecamatanId }),
    ]);
    for (const account of [...accounts, officer]) {
      const browser = await as(account);
      for (const page of pages)
        expect((await browser.get(`/lembaga/${institution.id}${page}`)).status).toBe(200);
    }
  });

  test('shows phones to those who work with the officers and to nobody else', async () => {
    const { kelurahan, browser } = await kelurahanWithStaff();
    const institution = await makeInstitution({ kelurahanId: kelurahan.id });
    const seat = await seatOf(institution.id);
    const person = await makePerson({ phone: '+6281234567890' });
    await makeTenure({ institutionId: institution.id, seatId: seat.id, personId: person.id });
    const auditor = await as(await makeAccount('auditor'));
    const camat = await as(await makeAccount('kecamatan', { kecamatanId: kelurahan.kecamatanId }));

    expect((await browser.get(`/lembaga/${institution.id}`)).text).toContain('wa.me/6281234567890');
    for (const reader of [auditor, camat]) {
      expect((await reader.get(`/lembaga/${institution.id}`)).text).not.toContain('81234567890');
    }
  });

  test('the list of what is missing has one entry for each point the score lacks', async () => {
    const { kelurahan, browser } = await kelurahanWithStaff();
    const institution = await makeInstitution({ kelurahanId: kelurahan.id });
    const seat = await seatOf(institution.id);
    const person = await makePerson({ name: 'Siti Maryam' });
    await makeTenure({ institutionId: institution.id, seatId: seat.id, personId: person.id });

    const { text } = await browser.get(`/lembaga/${institution.id}`);

    const [, filled, expected] = /(\d+) dari (\d+) isian/.exec(text) ?? [];
    const own =
      text.match(/(Alamat sekretariat|Nomor HP lembaga|Tanggal dibentuk|SK kepengurusan) belum/g) ??
      [];
    const seats = new Set(text.match(/(Sekretaris|Bendahara) kosong/g));
    expect(text).toContain('NIK dan nomor HP Siti Maryam belum diisi');
    expect(Number(expected) - Number(filled)).toBe(new Set(own).size + seats.size + 2);
  });

  test('vacant seats are rows with a way to fill them for those who propose', async () => {
    const { kelurahan, browser } = await kelurahanWithStaff();
    const institution = await makeInstitution({ kelurahanId: kelurahan.id });
    const seat = await seatOf(institution.id, 'treasurer');
    const auditor = await as(await makeAccount('auditor'));
    const href = `/usulan/baru?lembaga=${institution.id}&amp;kursi=${seat.id}`;
    expect((await browser.get(`/lembaga/${institution.id}`)).text).toContain(href);
    expect((await auditor.get(`/lembaga/${institution.id}`)).text).not.toContain('/usulan/baru');
  });

  test('tells what happened, newest first', async () => {
    const { kelurahan, browser } = await kelurahanWithStaff();
    const institution = await makeInstitution({ kelurahanId: kelurahan.id });
    await asActor(systemActor('tests'), (tx) =>
      tx.institution.update({
        where: { id: institution.id },
        data: { foundedOn: prismaDate('1998-03-12') },
      }),
    );
    const seat = await seatOf(institution.id);
    const person = await makePerson({ name: 'Suparman' });
    await makeTenure({
      institutionId: institution.id,
      seatId: seat.id,
      personId: person.id,
      startOn: '2020-05-07',
      plannedEndOn: '2025-05-07',
    });

    const { text } = await browser.get(`/lembaga/${institution.id}/riwayat`);

    const titles = [...text.matchAll(/<h3>(.+?)<\/h3>/g)].map(([, title]) => title);
    expect(titles).toEqual([
      'Masa bakti 2020–2025 berakhir',
      'Masa bakti 2020–2025 dimulai',
      'Mulai menjabat: Suparman – Ketua',
      'Lembaga dibentuk',
    ]);
  });

  test('the number of queries does not grow with its officers', async () => {
    const { kelurahan, browser } = await kelurahanWithStaff();
    const institution = await makeInstitution({ kelurahanId: kelurahan.id, typeCode: 'PKK' });
    const queries = vi.spyOn(pg.Client.prototype, 'query');
    const counted = async (page: string) => {
      queries.mockClear();
      await browser.get(`/lembaga/${institution.id}${page}`);
      return queries.mock.calls.length;
    };
    const before = [];
    for (const page of pages) before.push(await counted(page));
    for (const code of [
      'chair',
      'deputy_chair',
      'secretary',
      'treasurer',
      'pokja_1_head',
      'pokja_2_head',
      'pokja_3_head',
      'pokja_4_head',
    ]) {
      const seat = await seatOf(institution.id, code);
      const person = await makePerson();
      await makeTenure({ institutionId: institution.id, seatId: seat.id, personId: person.id });
    }
    const after = [];
    for (const page of pages) after.push(await counted(page));
    expect(after).toEqual(before);
    queries.mockRestore();
  });
});

describe('registering and editing', () => {
  test('a Pokmas gets the seats of its type', async () => {
    const { browser } = await kelurahanWithStaff();
    const { status, headers } = await browser.post('/lembaga', {
      typeCode: 'POKMAS',
      name: "Pokmas Ma'ruf",
      phone: '0812 3456 7890',
    });
    expect(status).toBe(303);
    const { text } = await browser.get(String(headers.location));
    expect(text).toContain('Pokmas Ma&#39;ruf');
    expect(text).toContain('0812-3456-7890');
    expect(text.match(/<span class="missing">Kosong<\/span>/g)).toHaveLength(3);
  });

  test('the same form sent twice registers once', async () => {
    const { browser } = await kelurahanWithStaff();
    const fields = { key: randomUUID(), typeCode: 'POKMAS', name: 'Pokmas Sekali' };
    const [first, second] = [
      await browser.post('/lembaga', fields),
      await browser.post('/lembaga', fields),
    ];
    expect(second.headers.location).toBe(first.headers.location);
    expect(countIn((await browser.get('/lembaga')).text)).toBe(1);
  });

  test('an RT is named by its numbers and belongs to its RW', async () => {
    const { browser } = await kelurahanWithStaff();
    const orphan = await browser.post('/lembaga', {
      typeCode: 'RT',
      rtNumber: '1',
      rwNumber: '03',
    });
    expect(orphan.status).toBe(422);
    expect(errorsIn(orphan.text).rwNumber).toContain('RW 003 belum terdaftar');

    expect((await browser.post('/lembaga', { typeCode: 'RW', rwNumber: '3' })).status).toBe(303);
    const { headers } = await browser.post('/lembaga', {
      typeCode: 'RT',
      rtNumber: '1',
      rwNumber: '03',
    });
    const { text } = await browser.get(String(headers.location));
    expect(text).toContain('RT 001/RW 003');
    expect(text).toMatch(/Bagian dari<\/dt>\s*<dd><a href="\/lembaga\/\d+">RW 003/);

    const again = await browser.post('/lembaga', {
      typeCode: 'RT',
      rtNumber: '001',
      rwNumber: '3',
    });
    expect(again.status).toBe(422);
    expect(errorsIn(again.text).rtNumber).toContain('sudah terdaftar');
  });

  test('a name in use is refused at the field whatever its case', async () => {
    const { browser } = await kelurahanWithStaff();
    await browser.post('/lembaga', { typeCode: 'POKMAS', name: 'Pokmas Kembar' });
    const { status, text } = await browser.post('/lembaga', {
      typeCode: 'POKMAS',
      name: 'POKMAS kembar',
      address: 'Jl. Melati 3',
    });
    expect(status).toBe(422);
    expect(errorsIn(text).name).toContain('sudah terdaftar');
    expect(text).toContain('value="Jl. Melati 3"');
  });

  test.each([
    'name',
    'address',
    'phone',
    'email',
    'foundingDecree',
    'registrationNumber',
    'scope',
    'rtNumber',
    'rwNumber',
  ])('no value of %s breaks the form, and what was typed is kept', async (field) => {
    const { browser } = await kelurahanWithStaff();
    for (const value of corpus) {
      const typed = { name: `Pokmas ${unique()}`, [field]: value };
      const { status, text } = await browser.post('/lembaga', { typeCode: 'POKMAS', ...typed });
      expect([303, 422], `${field}=${value.slice(0, 20)}`).toContain(status);
      if (status !== 422) continue;
      expect(Object.keys(errorsIn(text)).length).toBeGreaterThan(0);
      if (field !== 'name') expect(text).toContain(`value="${typed.name}"`);
    }
  });

  test('a founding date that does not exist is refused at the field', async () => {
    const { browser } = await kelurahanWithStaff();
    const date = { foundedOnDay: '30', foundedOnMonth: '2', foundedOnYear: '2024' };
    const { status, text } = await browser.post('/lembaga', {
      typeCode: 'POKMAS',
      name: 'Pokmas Tanggal',
      ...date,
    });
    expect(status).toBe(422);
    expect(errorsIn(text).foundedOn).toContain('Tanggal ini tidak ada');
    expect(text).toContain('value="30"');
  });

  test('an unknown type or field is refused', async () => {
    const { browser } = await kelurahanWithStaff();
    expect((await browser.post('/lembaga', { typeCode: 'ENTAH', name: 'Pokmas' })).status).toBe(
      422,
    );
    expect((await browser.post('/lembaga', { typeCode: '', name: 'Pokmas' })).status).toBe(422);
    expect(
      (await browser.post('/lembaga', { typeCode: 'POKMAS', name: 'Pokmas X', status: 'active' }))
        .status,
    ).toBe(400);
    expect((await browser.get('/lembaga/baru?jenis=ENTAH')).status).toBe(422);
    expect((await browser.get('/lembaga/baru')).status).toBe(200);
    expect((await browser.get('/lembaga/baru?jenis=RT')).text).toContain('name="rtNumber"');
  });

  test('the profile is saved and audited', async () => {
    const { kelurahan, browser, account } = await kelurahanWithStaff();
    const institution = await makeInstitution({ kelurahanId: kelurahan.id, name: 'Pokmas Lama' });
    expect((await browser.get(`/lembaga/${institution.id}/ubah`)).text).toContain(
      'value="Pokmas Lama"',
    );

    const { status } = await browser.post(`/lembaga/${institution.id}`, {
      version: 1,
      name: 'Pokmas Baru',
      address: 'Balai RW',
    });

    expect(status).toBe(303);
    const rows = await asActor(
      systemActor('tests'),
      (tx) =>
        tx.$queryRaw<{ name: string }[]>`SELECT new_row ->> 'name' AS name FROM audit.events
        WHERE table_name = 'institutions' AND action = 'update' AND row_id = ${String(institution.id)} AND actor_id = ${String(account.id)}`,
    );
    expect(rows).toEqual([{ name: 'Pokmas Baru' }]);
  });

  test('of two who edit at once the second sees both values and can take over', async () => {
    const { kelurahan, browser } = await kelurahanWithStaff();
    const institution = await makeInstitution({
      kelurahanId: kelurahan.id,
      name: 'Pokmas Rebutan',
    });
    const save = (address: string, version: number) =>
      browser.post(`/lembaga/${institution.id}`, { version, name: 'Pokmas Rebutan', address });
    const answers = await Promise.all([save('Jl. Satu', 1), save('Jl. Dua', 1)]);

    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([303, 409]);
    const lost = answers.find(({ status }) => status === 409)?.text ?? '';
    expect(lost).toContain('Jl. Satu');
    expect(lost).toContain('Jl. Dua');
    const version = Number(/name="version" value="(\d+)"/.exec(lost)?.[1]);
    expect((await save('Jl. Tiga', version)).status).toBe(303);
  });

  test('a seat with a name of its own is added once', async () => {
    const { kelurahan, browser } = await kelurahanWithStaff();
    const institution = await makeInstitution({
      kelurahanId: kelurahan.id,
      typeCode: 'RW',
      name: 'RW 009',
    });
    const section = await asActor(systemActor('tests'), (tx) =>
      tx.positionType.findFirstOrThrow({
        where: { code: 'section', institutionType: { code: 'RW' } },
      }),
    );
    const add = (label: string, positionTypeId: number | string = section.id) =>
      browser.post(`/lembaga/${institution.id}/kursi`, { positionTypeId, label });

    expect((await add('Seksi Keamanan')).status).toBe(303);
    expect((await add('Seksi Kebersihan')).status).toBe(303);
    const twice = await add('seksi keamanan');
    expect(twice.status).toBe(422);
    expect(errorsIn(twice.text).label).toContain('sudah ada');
    const chair = await seatOf(institution.id);
    for (const wrong of [chair.positionTypeId, '2147483648', '-1', 'x'])
      expect((await add('Seksi Lain', wrong)).status).toBe(422);
    expect((await browser.get(`/lembaga/${institution.id}`)).text).toContain('Seksi Kebersihan');
  });

  test('only the kelurahan may write', async () => {
    const { kelurahan } = await kelurahanWithStaff();
    const institution = await makeInstitution({ kelurahanId: kelurahan.id });
    const { account } = await makeOfficer(institution);
    const others = [
      account,
      await makeAccount('admin'),
      await makeAccount('auditor'),
      await makeAccount('kecamatan', { kecamatanId: kelurahan.kecamatanId }),
    ];
    for (const other of others) {
      const browser = await as(other);
      expect((await browser.get('/lembaga/baru')).status).toBe(403);
      expect((await browser.get(`/lembaga/${institution.id}/ubah`)).status).toBe(403);
      expect(
        (await browser.post(`/lembaga/${institution.id}`, { version: 1, name: 'Pokmas Rebut' }))
          .status,
      ).toBe(403);
    }
  });
});

test('a name with an odd character is refused when registering and editing, and the character named', async () => {
  const { kelurahan, browser } = await kelurahanWithStaff();
  for (const [name = '', odd = ''] of [
    ['Pokmas 🚀 Maju', 'tanda “🚀”'],
    ['Pokmas <b>', 'tanda “&lt;”'],
    ['Pokmas\u0007 Maju', 'tanda yang tidak terlihat'],
  ]) {
    const answer = await browser.post('/lembaga', { typeCode: 'POKMAS', name });
    expect(answer.status, name).toBe(422);
    expect(errorsIn(answer.text).name, name).toContain(`Nama lembaga memuat ${odd}`);
  }
  const institution = await makeInstitution({ kelurahanId: kelurahan.id });
  const answer = await browser.post(`/lembaga/${institution.id}`, {
    name: 'Pokmas >Maju',
    version: 1,
  });
  expect(answer.status).toBe(422);
  expect(errorsIn(answer.text).name).toContain('Nama lembaga memuat tanda “&gt;”');
  const allowed = `Pokmas "Maju & Jaya": Ma'ruf, No. 1/2 (A+)`;
  const saved = await browser.post(`/lembaga/${institution.id}`, {
    name: allowed,
    version: 1,
  });
  expect(saved.status, saved.text.slice(0, 2000)).toBe(303);
});
