import supertest from 'supertest';
import { expect, test } from 'vitest';
import { systemActor } from '#src/access.ts';
import { asActor, type Transaction } from '#src/database.ts';
import { addDays, prismaDate, today } from '#src/format.ts';
import { as, theApp } from '../support/app.ts';
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

const inCity = <Result>(work: (tx: Transaction) => Promise<Result>) =>
  asActor(systemActor('tests'), work);

test('a stranger reads what the portal is and finds the way in, and someone signed in starts at once', async () => {
  const page = await (await as()).get('/');
  expect(page.status).toBe(200);
  expect(page.text).toContain('href="/masuk"');
  expect(page.text).toContain('WCAG');

  const kelurahan = await makeKelurahan();
  const lurah = await as(await makeAccount('lurah', { kelurahanId: kelurahan.id }));
  const redirect = await lurah.get('/');
  expect([redirect.status, redirect.headers.location]).toEqual([303, '/beranda']);
});

test('the start page greets by the name of the account, and a stranger signs in first', async () => {
  const kelurahan = await makeKelurahan();
  const account = await makeAccount('lurah', { kelurahanId: kelurahan.id });
  const page = await (await as(account)).get('/beranda');
  expect(page.text).toMatch(
    new RegExp(`<h1>Selamat (pagi|siang|sore|malam), ${account.displayName}</h1>`),
  );
  expect(page.text).toContain(`Kelurahan ${kelurahan.name} · `);
  const stranger = await supertest(theApp()).get('/beranda').set('Host', 'localhost:3000');
  expect(stranger.headers.location).toBe('/masuk?kembali=%2Fberanda');
});

test('the lurah sees what waits, the longest waiting first, and nothing of another kelurahan', async () => {
  const here = await makeKelurahan();
  const there = await makeKelurahan();
  const [old, fresh, foreign] = [
    await makeWaiting(here.id, 'Pokmas Lama', 8),
    await makeWaiting(here.id, 'Pokmas <Baru>', 0),
    await makeWaiting(there.id, 'Pokmas Seberang', 1),
  ];
  const lurah = await as(await makeAccount('lurah', { kelurahanId: here.id }));
  const { text } = await lurah.get('/beranda');

  expect(text).toContain('Lihat 2 usulan');
  expect(text).toContain(`href="/usulan/${old.id}"`);
  expect(text).toContain('Pokmas Lama: ganti Ketua');
  expect(text).toContain('Sudah 8 hari');
  expect(text).toContain('Pokmas &lt;Baru&gt;: ganti Ketua');
  expect(text.indexOf(`/usulan/${old.id}`)).toBeLessThan(text.indexOf(`/usulan/${fresh.id}`));
  expect(text).not.toContain('Seberang');
  expect(text).not.toContain(`/usulan/${foreign.id}`);
});

test('the lurah sees decrees that end within 90 days and required seats that are empty', async () => {
  const kelurahan = await makeKelurahan();
  const [soon, later, over] = [
    await makeInstitution({ kelurahanId: kelurahan.id, name: 'Pokmas Segera' }),
    await makeInstitution({ kelurahanId: kelurahan.id, name: 'Pokmas Nanti' }),
    await makeInstitution({ kelurahanId: kelurahan.id, name: 'Pokmas Habis' }),
  ];
  await seat(soon.id, 'chair', addDays(today(), 90));
  await seat(later.id, 'secretary', addDays(today(), 91));
  await seat(over.id, 'chair', today());
  const lurah = await as(await makeAccount('lurah', { kelurahanId: kelurahan.id }));
  const { text } = await lurah.get('/beranda');

  expect(section(text, 'ending')).toContain('Pokmas Segera');
  expect(section(text, 'ending')).toContain('90 hari lagi');
  expect(section(text, 'ending')).not.toMatch(/Nanti|Habis/);
  expect(section(text, 'vacant')).toContain('Pokmas Nanti');
  expect(section(text, 'vacant')).toContain('Ketua kosong');
  expect(section(text, 'vacant')).not.toContain('Pokmas Habis');
  expect(section(text, 'score')).toMatch(/SK sudah berakhir<\/dt>\s*<dd><a[^>]*>1</);
});

test('staff see returned proposals with the note, and records with gaps', async () => {
  const kelurahan = await makeKelurahan();
  const change = await makeWaiting(kelurahan.id, 'Pokmas Kembali', 2);
  const lurah = await makeAccount('lurah', { kelurahanId: kelurahan.id });
  await returnChange(change, lurah.id, 'Lampirkan berita acara.');
  const staff = await as(await makeAccount('staff', { kelurahanId: kelurahan.id }));
  const { text } = await staff.get('/beranda');

  expect(section(text, 'changes')).toContain('Catatan lurah: Lampirkan berita acara.');
  expect(section(text, 'changes')).toContain('Perlu perbaikan');
  expect(section(text, 'incomplete')).toContain('Pokmas Kembali');
});

test('a chair sees the own institution, at most three things to complete, and the own proposals', async () => {
  const kelurahan = await makeKelurahan();
  const institution = await makeInstitution({
    kelurahanId: kelurahan.id,
    name: 'Pokmas Milik Saya',
  });
  await makeWaiting(kelurahan.id, 'Pokmas Tetangga', 1);
  const { account } = await makeOfficer(institution);
  const { text } = await (await as(account)).get('/beranda');

  expect(text).toContain('Pokmas Milik Saya');
  expect(text).not.toContain('Tetangga');
  expect(section(text, 'tasks').match(/<li>/g)?.length).toBe(3);
  expect(section(text, 'changes')).toContain('Belum ada usulan');
  expect(text).toContain(`href="/usulan/baru?lembaga=${institution.id}"`);
});

test('the camat sees the own kelurahan with sums and what asks for attention', async () => {
  const kecamatan = await makeKecamatan();
  const kelurahan = await makeKelurahan({ kecamatanId: kecamatan.id, name: 'Sumber Rejeki' });
  const institution = await makeInstitution({ kelurahanId: kelurahan.id });
  await seat(institution.id, 'chair', today());
  const foreign = await makeKelurahan({ name: 'Di Luar' });
  await makeInstitution({ kelurahanId: foreign.id });
  const { text } = await (
    await as(await makeAccount('kecamatan', { kecamatanId: kecamatan.id }))
  ).get('/beranda');

  expect(text).toContain(`href="/laporan?kelurahan=${kelurahan.code}"`);
  expect(section(text, 'findings')).toContain('1 SK sudah berakhir');
  expect(text).not.toContain('Di Luar');
});

test('the administrator sees accounts that nobody has signed in with, the auditor does not', async () => {
  const idle = await makeAccount('auditor', {}, `menganggur${unique()}`);
  const { text } = await (await as(await makeAccount('admin'))).get('/beranda');
  expect(section(text, 'accounts')).toContain(idle.username);
  expect(section(text, 'accounts')).toContain(`href="/pengguna/${idle.id}"`);
  const auditor = await (await as(await makeAccount('auditor'))).get('/beranda');
  expect(auditor.status).toBe(200);
  expect(auditor.text).not.toContain('accounts-title');
});

test('every role has a start page and a menu, also before anything is recorded', async () => {
  const kecamatan = await makeKecamatan();
  const kelurahan = await makeKelurahan({ kecamatanId: kecamatan.id });
  const accounts = [
    await makeAccount('kecamatan', { kecamatanId: kecamatan.id }),
    await makeAccount('lurah', { kelurahanId: kelurahan.id }),
    await makeAccount('staff', { kelurahanId: kelurahan.id }),
  ];
  for (const account of accounts) {
    const browser = await as(account);
    const start = await browser.get('/beranda');
    expect(start.status).toBe(200);
    expect(start.text).toMatch(/Belum ada lembaga tercatat/);
    const menu = await browser.get('/menu');
    expect(menu.text).toContain('action="/keluar"');
    expect(menu.text).toContain('href="/akun"');
    expect(menu.text).toContain('href="/laporan"');
  }
});

test('the many links of an office stand in named groups, the same beside each page and on the menu', async () => {
  const browser = await as(await makeAccount('admin'));
  const menu = (await browser.get('/menu')).text;
  const sideOf = (html: string) => /<nav class="side-nav".*?<\/nav>/s.exec(html)?.[0] ?? '';
  const side = sideOf(menu);
  const cards = /<nav class="stack" aria-label="Semua halaman">.*?<\/nav>/s.exec(menu)?.[0] ?? '';
  const linksIn = (html: string) =>
    [...html.matchAll(/<a href="([^"]+)"/g)].map(([, href]) => href);
  expect(linksIn(side)).toEqual(linksIn(cards));
  expect(new Set(linksIn(side)).size).toBe(linksIn(side).length);
  for (const name of ['Pembinaan', 'Mutu data', 'Pengelolaan']) {
    const [, id = ''] = new RegExp(`<p[^>]* id="(nav-\\d)">${name}</p>`).exec(side) ?? [];
    expect(side).toContain(`<ul aria-labelledby="${id}">`);
    expect(cards).toContain(`>${name}</h2>`);
  }
  const rules = (await browser.get('/pengaturan/pelanggaran')).text;
  expect(sideOf(rules).match(/aria-current="page"/g)).toHaveLength(1);
});

/** One section of a page by the id of its heading. */
const section = (html: string, name: string) =>
  new RegExp(`<section[^>]*aria-labelledby="${name}-title".*?</section>`, 's').exec(html)?.[0] ??
  '';

async function seat(institutionId: number, position: string, plannedEndOn: string) {
  const { id } = await seatOf(institutionId, position);
  const person = await makePerson();
  await makeTenure({
    institutionId,
    seatId: id,
    personId: person.id,
    startOn: '2024-01-02',
    plannedEndOn,
  });
}

/** A proposal to replace a chair, sent so many days ago. */
async function makeWaiting(kelurahanId: number, name: string, daysAgo: number) {
  const institution = await makeInstitution({ kelurahanId, name });
  const chair = await seatOf(institution.id);
  const maker = await makeAccount('staff', { kelurahanId });
  return inCity((tx) =>
    tx.rosterChange.create({
      data: {
        number: `U-UJI-${unique()}`,
        institutionId: institution.id,
        kelurahanId,
        kind: 'replace',
        subject: `seat:${chair.id}`,
        status: 'submitted',
        effectiveOn: prismaDate(today()),
        reason: 'Mengundurkan diri',
        baseVersion: 1,
        makerId: maker.id,
        makerName: maker.displayName,
        submittedAt: new Date(Date.now() - daysAgo * 86_400_000),
        lines: { create: { institutionId: institution.id, kelurahanId, seatId: chair.id } },
      },
    }),
  );
}

async function returnChange(
  change: { id: number; institutionId: number; kelurahanId: number; makerId: number },
  deciderId: number,
  note: string,
) {
  const { id: rosterChangeId, institutionId, kelurahanId, makerId } = change;
  await inCity(async (tx) => {
    const decision = {
      rosterChangeId,
      institutionId,
      kelurahanId,
      makerId,
      note,
      outcome: 'returned',
    };
    await tx.decision.create({
      data: { ...decision, decidedBy: deciderId, decidedByName: 'Lurah' },
    });
    await tx.rosterChange.update({ where: { id: rosterChangeId }, data: { status: 'returned' } });
  });
}
