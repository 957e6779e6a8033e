import { expect, test } from 'vitest';
import { systemActor } from '#src/access.ts';
import { asActor } from '#src/database.ts';
import { as } from '../support/app.ts';
import {
  makeAccount,
  makeInstitution,
  makeKecamatan,
  makeKelurahan,
  makeOfficer,
} from '../support/fixtures.ts';
import { inTests } from '../support/invitations.ts';
import { makeTraining } from '../support/trainings.ts';
import { binary, readWorkbook } from '../support/workbook.ts';

type Browser = Awaited<ReturnType<typeof as>>;

const session = {
  version: 1,
  topic: 'Tugas dan fungsi',
  heldOnDay: '7',
  heldOnMonth: '8',
  heldOnYear: '2031',
  startsAt: '8.00',
  endsAt: '11.30',
  venue: 'Bale Hinggil',
  speakers: 'Camat',
};

async function makeScene() {
  const kecamatan = await makeKecamatan();
  const kelurahan = await makeKelurahan({ kecamatanId: kecamatan.id });
  const other = await makeKelurahan({ kecamatanId: kecamatan.id });
  const institution = await makeInstitution({ kelurahanId: kelurahan.id });
  const { account } = await makeOfficer(institution);
  return {
    kelurahan,
    other,
    staff: await as(await makeAccount('staff', { kelurahanId: kelurahan.id })),
    lurah: await as(await makeAccount('lurah', { kelurahanId: kelurahan.id })),
    neighbour: await as(await makeAccount('staff', { kelurahanId: other.id })),
    camat: await as(await makeAccount('kecamatan', { kecamatanId: kecamatan.id })),
    officer: await as(account),
  };
}

async function send(browser: Browser, url: string, fields: Record<string, string | number>) {
  const answer = await browser.post(url, fields);
  expect(answer.status, answer.text.slice(0, 1200)).toBe(303);
  return String(answer.headers.location);
}

const versionIn = (html: string) => /name="version" value="(\d+)"/.exec(html)?.[1] ?? '';

test('staff keep a draft that nobody else sees, give it a session and schedule it', async () => {
  const { staff, lurah, officer, neighbour, camat } = await makeScene();
  const empty = await staff.post('/pelatihan', { version: 1, title: '', capacity: 'banyak' });
  expect(empty.status).toBe(422);
  expect(empty.text).toContain('Isi judul pelatihan');
  expect(empty.text).toContain('value="banyak"');

  const url = await send(staff, '/pelatihan', {
    version: 1,
    title: "Pelatihan <b>Ma'ruf</b>",
    aims: 'Memahami tugas',
    pillar_edukatif: 'on',
    capacity: '60',
  });
  const draft = await staff.get(url);
  expect(draft.text).toContain('Draf');
  expect(draft.text).not.toContain('<b>Ma');
  expect(draft.text).not.toContain('Jadwalkan pelatihan');
  expect((await staff.post(`${url}/penjadwalan`, { version: 1 })).status).toBe(409);
  expect((await officer.get(url)).status).toBe(404);
  expect((await neighbour.get(url)).status).toBe(404);
  expect((await staff.get('/pelatihan?daftar=draf')).text).toContain(`href="${url}"`);

  await send(staff, `${url}/sesi`, session);
  const ready = await staff.get(url);
  expect(ready.text).toContain('Kamis, 7 Agustus 2031 pukul 08.00–11.30 WIB');
  await send(staff, `${url}/penjadwalan`, { version: versionIn(ready.text) });
  for (const browser of [lurah, officer, camat]) {
    expect((await browser.get(url)).text).toContain('Dijadwalkan');
    expect((await browser.get('/pelatihan')).text).toContain(`href="${url}"`);
  }
  expect((await officer.get(url)).text).not.toContain('Tambah sesi');
  expect((await officer.get(url)).text).toContain('Simpan ke kalender');
  expect((await neighbour.get('/pelatihan')).text).not.toContain(`href="${url}"`);
});

test('a session that overlaps, ends before it begins or has no such day is refused at its field', async () => {
  const { staff, kelurahan } = await makeScene();
  const training = await makeTraining({ kelurahanId: kelurahan.id, day: '2031-08-07' });
  const url = `/pelatihan/${training.id}/sesi`;
  const refused = async (wrong: Record<string, string>, words: string) => {
    const answer = await staff.post(url, { ...session, ...wrong });
    expect(answer.status).toBe(422);
    expect(answer.text).toContain(words);
    expect(answer.text).toContain('value="Bale Hinggil"');
  };
  await refused({ startsAt: '10.00', endsAt: '12.00' }, 'bertumpang tindih dengan sesi lain');
  await refused({ startsAt: '12.00', endsAt: '11.00' }, 'Jam selesai harus sesudah jam mulai');
  await refused({ startsAt: '25.00' }, 'Isi jam mulai, contoh 08.00');
  await refused({ heldOnDay: '31', heldOnMonth: '2' }, 'Tanggal ini tidak ada');

  const own = `${url}/${training.sessions[0]?.id}`;
  const page = await staff.get(own);
  expect(page.text).toContain('value="08.00"');
  await send(staff, own, { ...session, startsAt: '07.30', venue: 'Aula' });
  expect((await staff.get(`/pelatihan/${training.id}`)).text).toContain('07.30–11.30');
  expect((await staff.post(own, { ...session, venue: 'Terlambat' })).status).toBe(409);
  expect((await staff.post(`${own}/penghapusan`, { version: 2 })).status).toBe(409);
});

test('a draft loses a session; what is announced is cancelled with a reason that all read', async () => {
  const { staff, officer, kelurahan } = await makeScene();
  const draft = await makeTraining({ kelurahanId: kelurahan.id, status: 'draft' });
  const first = draft.sessions[0]?.id;
  await send(staff, `/pelatihan/${draft.id}/sesi/${first}/penghapusan`, { version: 1 });
  expect((await staff.get(`/pelatihan/${draft.id}/sesi/${first}`)).status).toBe(404);

  const training = await makeTraining({ kelurahanId: kelurahan.id, day: '2031-08-07' });
  const url = `/pelatihan/${training.id}`;
  expect((await staff.post(`${url}/penyelesaian`, { version: 1 })).status).toBe(409);
  const silent = await staff.post(`${url}/pembatalan`, { version: 1, reason: '' });
  expect(silent.status).toBe(422);
  expect(silent.text).toContain('Tulis alasan pembatalan');
  await send(staff, `${url}/pembatalan`, { version: 1, reason: 'Bentrok dengan Musrenbang' });
  const page = await officer.get(url);
  expect(page.text).toContain('Bentrok dengan Musrenbang');
  expect((await officer.get('/pelatihan?daftar=selesai')).text).toContain(`href="${url}"`);
  expect((await staff.get(`${url}/ubah`)).status).toBe(403);
});

test('only the organiser plans; a kecamatan chooses among its own kelurahan', async () => {
  const { staff, camat, kelurahan } = await makeScene();
  const none = await camat.post('/pelatihan', { version: 1, title: 'Tanpa wilayah' });
  expect(none.status).toBe(422);
  expect(none.text).toContain('Pilih paling sedikit satu kelurahan');
  const foreign = await makeKelurahan();
  const far = await camat.post('/pelatihan', {
    version: 1,
    title: 'Wilayah lain',
    kelurahan1: foreign.id,
  });
  expect(far.status).toBe(422);
  expect(far.text).toContain('Pilih kelurahan dari daftar');
  const url = await send(camat, '/pelatihan', {
    version: 1,
    title: 'Pelatihan kecamatan',
    kelurahan1: kelurahan.id,
  });
  await send(camat, `${url}/sesi`, session);
  expect((await staff.get(url)).text).toContain('Pelatihan kecamatan');
  expect((await staff.get(`${url}/ubah`)).status).toBe(403);
  expect(
    (await staff.post(`${url}/sesi`, { ...session, startsAt: '13.00', endsAt: '14.00' })).status,
  ).toBe(403);
  const own = await makeTraining({ kelurahanId: kelurahan.id });
  expect((await camat.get(`/pelatihan/${own.id}/ubah`)).status).toBe(403);
});

test('two who change the plan at once see both texts, and nothing is lost', async () => {
  const { staff, lurah, kelurahan } = await makeScene();
  const training = await makeTraining({ kelurahanId: kelurahan.id, title: 'Semula' });
  const url = `/pelatihan/${training.id}`;
  await send(lurah, url, { version: 1, title: 'Dari lurah' });
  const late = await staff.post(url, { version: 1, title: 'Dari staf' });
  expect(late.status).toBe(409);
  expect(late.text).toContain('Dari lurah');
  expect(late.text).toContain('Dari staf');
  await send(staff, url, { version: versionIn(late.text), title: 'Dari staf' });
  expect((await lurah.get(url)).text).toContain('Dari staf');
});

test('the plan is over when its last session is, and then stays as it was', async () => {
  const { staff, kelurahan } = await makeScene();
  const training = await makeTraining({ kelurahanId: kelurahan.id, day: '2025-08-07' });
  const url = `/pelatihan/${training.id}`;
  await send(staff, `${url}/penyelesaian`, { version: 1 });
  const over = await staff.get(url);
  expect(over.text).toContain('Selesai');
  expect(over.text).toContain('Tidak dibatasi');
  expect(over.text).not.toContain('Simpan ke kalender');
  expect((await staff.post(`${url}/pembatalan`, { version: 2, reason: 'Batal' })).status).toBe(403);
  const stored = await asActor(systemActor('tests'), (tx) =>
    tx.training.findUniqueOrThrow({ where: { id: training.id } }),
  );
  expect(stored.status).toBe('finished');
});

test('lists say so when they are empty, refuse what makes no sense, and turn pages', async () => {
  const { neighbour, other } = await makeScene();
  const none = await neighbour.get('/pelatihan');
  expect(none.text).toContain('Belum ada pelatihan yang akan datang');
  expect((await neighbour.get('/pelatihan?daftar=apa')).status).toBe(422);
  for (let count = 0; count < 26; count += 1)
    await makeTraining({ kelurahanId: other.id, status: 'finished', day: '2025-08-07' });
  expect((await neighbour.get('/pelatihan?daftar=selesai')).text).toContain('26 pelatihan');
  expect((await neighbour.get('/pelatihan?daftar=selesai&halaman=2')).text).toContain(
    'Pelatihan Uji',
  );
  expect((await neighbour.get('/pelatihan?daftar=selesai&halaman=9')).text).toContain(
    'Ke halaman pertama',
  );
});

test('the list is narrowed by status, year, organiser and pillar, and leaves as a workbook', async () => {
  const { kelurahan, staff, officer } = await makeScene();
  const past = await makeTraining({
    kelurahanId: kelurahan.id,
    title: 'Pelatihan Lampau',
    status: 'finished',
    day: '2024-12-31',
  });
  await inTests((tx) =>
    tx.training.update({
      where: { id: past.id },
      data: { pillars: ['elok'], organiserName: 'Kelurahan Lampau' },
    }),
  );
  await makeTraining({ kelurahanId: kelurahan.id, title: 'Pelatihan Depan', day: '2031-01-01' });
  await makeTraining({ kelurahanId: kelurahan.id, title: 'Pelatihan Draf', status: 'draft' });
  const seen = async (query: string, browser = staff) => {
    const answer = await browser.get(`/pelatihan?${query}`);
    expect(answer.status, query).toBe(200);
    return ['Lampau', 'Depan', 'Draf'].filter((name) =>
      answer.text.includes(`<strong>Pelatihan ${name}`),
    );
  };
  expect(await seen('daftar=semua')).toEqual(['Lampau', 'Depan', 'Draf']);
  expect(await seen('daftar=semua', officer)).toEqual(['Lampau', 'Depan']);
  expect(await seen('daftar=semua&status=draf')).toEqual(['Draf']);
  expect(await seen('daftar=semua&tahun=2024')).toEqual(['Lampau']);
  expect(await seen('tahun=2031&status=dijadwalkan&pilar=')).toEqual(['Depan']);
  expect(await seen('daftar=semua&pilar=elok')).toEqual(['Lampau']);
  expect(await seen('daftar=selesai&penyelenggara=Kelurahan+Lampau')).toEqual(['Lampau']);
  const none = await staff.get('/pelatihan?daftar=selesai&pilar=bersih');
  expect(none.text).toContain('Tidak ada pelatihan yang cocok dengan saringan ini');
  expect(none.text).toContain('href="/pelatihan?daftar=selesai"');

  const wrong = [
    'status=selesai',
    'status=apa',
    'tahun=1999',
    'tahun=dua',
    'penyelenggara=Lain',
    'pilar=hijau',
  ];
  for (const query of wrong)
    for (const path of ['/pelatihan', '/pelatihan.xlsx']) {
      const answer = await staff.get(`${path}?${query}`);
      expect(answer.status, query).toBe(422);
      expect(answer.text).toContain('dari daftar');
    }

  const answer = await staff
    .get('/pelatihan.xlsx?daftar=semua&tahun=2024')
    .buffer(true)
    .parse(binary);
  const cells = readWorkbook(answer.body as Buffer).flat();
  for (const text of ['Semua, 2024', 'Pelatihan Lampau', 'Kelurahan Lampau', 'Elok', '1 pelatihan'])
    expect(cells.join('|')).toContain(text);
  expect(cells.join('|')).not.toContain('Depan');
});
