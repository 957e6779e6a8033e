import { expect, test } from 'vitest';
import { systemActor } from '#src/access.ts';
import { asActor } from '#src/database.ts';
import * as format from '#src/format.ts';
import { as } from '../support/app.ts';
import {
  makeAccount,
  makeInstitution,
  makeKecamatan,
  makeKelurahan,
  makeOfficer,
} from '../support/fixtures.ts';
import { readPdf } from '../support/pdf.ts';
import { makeFollowUp, makeTraining } from '../support/trainings.ts';
import { binary, readWorkbook } from '../support/workbook.ts';

type Browser = Awaited<ReturnType<typeof as>>;
type Fields = Record<string, string | number>;

async function makeScene() {
  const kecamatan = await makeKecamatan('Kecamatan Uji Kanigaran');
  const kelurahan = await makeKelurahan({ kecamatanId: kecamatan.id, name: 'Kebon Uji' });
  const asking = await makeInstitution({ kelurahanId: kelurahan.id, name: 'Pokmas Penanya' });
  const owning = await makeInstitution({ kelurahanId: kelurahan.id, name: 'Pokmas Pelaksana' });
  const staff = await makeAccount('staff', { kelurahanId: kelurahan.id });
  const lurah = await makeAccount('lurah', { kelurahanId: kelurahan.id });
  const camat = await makeAccount('kecamatan', { kecamatanId: kecamatan.id });
  const training = await makeTraining({ kelurahanId: kelurahan.id, day: '2025-08-07' });
  return {
    kelurahan,
    asking,
    owning,
    training,
    accounts: { staff, lurah, camat },
    staff: await as(staff),
    lurah: await as(lurah),
    camat: await as(camat),
    admin: await as(await makeAccount('admin')),
    auditor: await as(await makeAccount('auditor')),
    asker: await as((await makeOfficer(asking)).account),
    owner: await as((await makeOfficer(owning)).account),
    stranger: await as(await makeAccount('staff', { kelurahanId: (await makeKelurahan()).id })),
  };
}

async function send(browser: Browser, url: string, fields: Fields) {
  const answer = await browser.post(url, fields);
  expect(answer.status, answer.text.slice(0, 1500)).toBe(303);
  return String(answer.headers.location);
}

const stored = (id: number) =>
  asActor(systemActor('tests'), (tx) =>
    tx.followUp.findUniqueOrThrow({
      where: { id },
      include: { steps: { orderBy: { id: 'asc' } } },
    }),
  );

const dueOn = (year: number) => ({ dueOnDay: '30', dueOnMonth: '9', dueOnYear: String(year) });

test('a note gets a follow-up with owner and due date, which the asker reads', async () => {
  const scene = await makeScene();
  const { staff, training } = scene;
  const dialogue = `/pelatihan/${training.id}/dialog`;
  await send(staff, dialogue, {
    version: 1,
    kind: 'obstacle',
    askerName: 'Bu Siti',
    institution: scene.asking.id,
    text: 'Lampu jalan mati',
  });
  const note = await asActor(systemActor('tests'), (tx) =>
    tx.dialogueNote.findFirstOrThrow({ where: { trainingId: training.id } }),
  );
  const url = `${dialogue}/${note.id}/tindak-lanjut`;
  const page = await staff.get(`${url}/baru`);
  expect(page.text).toContain('Kelurahan Kebon Uji');
  expect(page.text).toContain('Kecamatan Uji Kanigaran');
  expect(page.text).toContain('(Lurah)');

  await send(staff, url, {
    text: 'Lampu diganti',
    ownerKind: 'kelurahan',
    account: scene.accounts.lurah.id,
    ...dueOn(2031),
  });
  const [created] = await asActor(systemActor('tests'), (tx) =>
    tx.followUp.findMany({ where: { noteId: note.id } }),
  );
  const followUp = await stored(created?.id ?? 0);
  expect(followUp).toMatchObject({
    ownerKind: 'kelurahan',
    ownerName: `Kelurahan Kebon Uji, ${scene.accounts.lurah.displayName}`,
    ownerAccountId: scene.accounts.lurah.id,
    institutionId: scene.asking.id,
    status: 'open',
  });
  expect(followUp.steps).toMatchObject([{ status: 'open' }]);
  for (const browser of [staff, scene.camat, scene.asker, scene.auditor, scene.admin]) {
    expect((await browser.get(dialogue)).text).toContain('Lampu diganti');
    const detail = await browser.get(`/tindak-lanjut/${followUp.id}`);
    expect(detail.text).toContain('Menunggu dikerjakan Kelurahan Kebon Uji');
    expect((await browser.get('/tindak-lanjut')).text).toContain('Lampu diganti');
  }
  for (const browser of [scene.stranger, scene.owner])
    expect((await browser.get(`/tindak-lanjut/${followUp.id}`)).status).toBe(404);
  expect((await scene.asker.post(url, { text: 'Janji' })).status).toBe(403);
  expect((await scene.stranger.post(url, { text: 'Janji' })).status).toBe(404);

  // Who promised what was promised to this asker.
  const edit = await staff.get(`${dialogue}/${note.id}`);
  expect(edit.text).toContain('Tidak dapat diubah karena sudah ada tindak lanjutnya');
  await send(staff, `${dialogue}/${note.id}`, {
    version: 1,
    kind: 'obstacle',
    askerName: 'Orang Lain',
    text: 'Lampu jalan mati total',
  });
  const kept = await asActor(systemActor('tests'), (tx) =>
    tx.dialogueNote.findUniqueOrThrow({ where: { id: note.id } }),
  );
  expect(kept).toMatchObject({ askerName: 'Bu Siti', text: 'Lampu jalan mati total' });
});

test('a promise without owner, day or known institution is refused at its field', async () => {
  const scene = await makeScene();
  const { staff, training } = scene;
  const { noteId } = await makeFollowUp(training);
  const url = `/pelatihan/${training.id}/dialog/${noteId}/tindak-lanjut`;
  const good = { text: 'Lampu diganti', ownerKind: 'other', ownerName: 'PLN', ...dueOn(2031) };
  const elsewhere = await makeScene();
  const wrong: [Fields, string][] = [
    [{ text: '' }, 'Tulis apa yang akan dikerjakan'],
    [{ ownerKind: 'gubernur' }, 'Pilih penanggung jawab'],
    [{ ownerKind: 'city', ownerName: '' }, 'Isi nama kantor, contoh Dinas Perhubungan'],
    [{ ownerKind: 'institution' }, 'Pilih lembaga dari daftar'],
    [{ ownerKind: 'institution', institution: elsewhere.owning.id }, 'Pilih lembaga dari daftar'],
    [{ account: scene.accounts.lurah.id }, 'bukan dari penanggung jawab yang dipilih'],
    [
      { ownerKind: 'kelurahan', account: elsewhere.accounts.lurah.id },
      'bukan dari penanggung jawab yang dipilih',
    ],
    [{ dueOnDay: '31' }, 'Tanggal ini tidak ada'],
    [dueOn(2024), 'Tenggat tidak boleh sebelum pelatihan, 7 Agustus 2025'],
    [{ text: 'x'.repeat(601) }, 'Paling panjang 600 huruf'],
  ];
  for (const [fields, words] of wrong) {
    const answer = await staff.post(url, { ...good, ...fields });
    expect(answer.status, words).toBe(422);
    expect(answer.text).toContain(words);
    expect(answer.text).toContain('value="9"');
  }
  const found = await staff.post(url, { search: 'pelaksana', find: 'on' });
  expect(found.text).toContain('Ditemukan 1 lembaga');
  await send(staff, url, { ...good, ownerKind: 'institution', institution: scene.owning.id });
  expect((await scene.owner.get('/tindak-lanjut?daftar=milik-saya')).text).toContain(
    'Lampu diganti',
  );
});

test('the owner says it is done, the asker opens it again with a reason and confirms at last', async () => {
  const scene = await makeScene();
  const { training, staff, asker } = scene;
  const { id } = await makeFollowUp(training, { institutionId: scene.asking.id });
  const url = `/tindak-lanjut/${id}`;
  await send(staff, `${url}/pengerjaan`, { version: 1 });
  expect((await staff.post(`${url}/pengerjaan`, { version: 2 })).status).toBe(403);
  const silent = await staff.post(`${url}/penyelesaian`, { version: 2, note: '' });
  expect(silent.status).toBe(422);
  expect(silent.text).toContain('Tulis apa yang sudah dikerjakan');
  await send(staff, `${url}/penyelesaian`, { version: 2, note: 'Lampu dipasang' });

  const start = await asker.get('/beranda');
  expect(start.text).toContain('Sudah selesai?');
  expect(start.text).toContain(`action="${url}/konfirmasi"`);
  expect((await asker.get(url)).text).toContain('Ya, sudah selesai');
  for (const browser of [staff, scene.lurah, scene.camat, scene.admin]) {
    expect((await browser.get(url)).text).not.toContain('Ya, sudah selesai');
    expect((await browser.post(`${url}/konfirmasi`, { version: 3 })).status).toBe(403);
    expect((await browser.get(`${url}/pembukaan`)).status).toBe(403);
  }
  const without = await asker.post(`${url}/pembukaan`, { version: 3, note: ' ' });
  expect(without.status).toBe(422);
  expect(without.text).toContain('Tulis apa yang belum selesai');
  await send(asker, `${url}/pembukaan`, { version: 3, note: 'Masih <mati> malam hari' });
  expect((await staff.get(url)).text).toContain('Masih &lt;mati&gt; malam hari');
  expect((await asker.post(`${url}/penyelesaian`, { version: 4, note: 'Kami' })).status).toBe(403);

  await send(staff, `${url}/penyelesaian`, { version: 4, note: 'Diganti lagi' });
  await send(asker, `${url}/konfirmasi`, { version: 5 });
  const done = await stored(id);
  expect(done.status).toBe('confirmed');
  expect(done.steps.map(({ status }) => status)).toEqual([
    'open',
    'in_progress',
    'claimed',
    'reopened',
    'claimed',
    'confirmed',
  ]);
  expect((await asker.get('/beranda')).text).not.toContain('Sudah selesai?');
  expect((await staff.post(`${url}/penyelesaian`, { version: 6, note: 'Lagi' })).status).toBe(403);
  await send(asker, `${url}/pembukaan`, { version: 6, note: 'Mati lagi' });
});

test('without an asking institution the organiser confirms, never who promised or claimed it', async () => {
  const scene = await makeScene();
  const { training, staff, lurah, camat } = scene;
  const other = await makeFollowUp(training, { ownerKind: 'other' });
  const url = `/tindak-lanjut/${other.id}`;
  await send(staff, `${url}/penyelesaian`, { version: 1, note: 'PLN sudah datang' });
  expect((await staff.post(`${url}/konfirmasi`, { version: 2 })).status).toBe(403);
  expect((await camat.post(`${url}/konfirmasi`, { version: 2 })).status).toBe(403);
  await send(lurah, `${url}/konfirmasi`, { version: 2 });

  // The organiser promised it itself: another office that sees it judges.
  const own = await makeFollowUp(training, { ownerKind: 'kelurahan' });
  const ownUrl = `/tindak-lanjut/${own.id}`;
  expect((await camat.post(`${ownUrl}/penyelesaian`, { version: 1, note: 'Sudah' })).status).toBe(
    403,
  );
  await send(lurah, `${ownUrl}/penyelesaian`, { version: 1, note: 'Sudah' });
  for (const browser of [staff, lurah])
    expect((await browser.post(`${ownUrl}/konfirmasi`, { version: 2 })).status).toBe(403);
  await send(camat, `${ownUrl}/konfirmasi`, { version: 2 });

  const entrusted = await makeFollowUp(training, {
    ownerKind: 'kecamatan',
    ownerAccountId: scene.accounts.camat.id,
    status: 'claimed',
  });
  expect(
    (await camat.post(`/tindak-lanjut/${entrusted.id}/konfirmasi`, { version: 1 })).status,
  ).toBe(403);
  await send(staff, `/tindak-lanjut/${entrusted.id}/konfirmasi`, { version: 1 });
});

test('an institution works on its own promise, and the database holds that it does not confirm it', async () => {
  const scene = await makeScene();
  const { training, owner, asker } = scene;
  const { id } = await makeFollowUp(training, {
    institutionId: scene.asking.id,
    ownerKind: 'institution',
    ownerInstitutionId: scene.owning.id,
  });
  const url = `/tindak-lanjut/${id}`;
  expect((await asker.post(`${url}/pengerjaan`, { version: 1 })).status).toBe(403);
  await send(owner, `${url}/pengerjaan`, { version: 1 });
  await send(owner, `${url}/penyelesaian`, { version: 2, note: 'Sudah dikerjakan bersama' });
  expect((await owner.post(`${url}/konfirmasi`, { version: 3 })).status).toBe(403);

  const actor = (institutionId: number) => ({
    ...systemActor('tests'),
    databaseRole: 'portal_officer' as const,
    kelurahanIds: [scene.kelurahan.id],
    institutionId,
  });
  const move = (institutionId: number, status: string) =>
    asActor(actor(institutionId), (tx) =>
      tx.followUp.updateMany({ where: { id }, data: { status } }),
    );
  await expect(move(scene.owning.id, 'confirmed')).rejects.toThrow('follow_ups_not_own_promise');
  await expect(move(scene.owning.id, 'open')).rejects.toThrow('follow_ups_step');
  await send(asker, `${url}/pembukaan`, { version: 3, note: 'Belum' });
  await expect(move(scene.asking.id, 'claimed')).rejects.toThrow('follow_ups_not_own_promise');
});

test('two steps from one page: the second is told that it changed', async () => {
  const { training, staff, lurah } = await makeScene();
  const { id } = await makeFollowUp(training);
  const url = `/tindak-lanjut/${id}`;
  const answers = await Promise.all([
    staff.post(`${url}/pengerjaan`, { version: 1 }),
    lurah.post(`${url}/pengerjaan`, { version: 1 }),
    staff.post(`${url}/penyelesaian`, { version: 1, note: 'Sudah' }),
  ]);
  expect(answers.filter(({ status }) => status === 303)).toHaveLength(1);
  expect(answers.filter(({ status }) => status === 409)).toHaveLength(2);
  expect((await stored(id)).steps).toHaveLength(2);
  expect((await staff.post(`${url}/pengerjaan`, {})).status).toBe(400);
  expect((await staff.post(`${url}/pengerjaan`, { version: 2, status: 'confirmed' })).status).toBe(
    400,
  );
});

test('what is late stands on the start pages of its owner, the lurah and the camat', async () => {
  const scene = await makeScene();
  const { training } = scene;
  const yesterday = format.addDays(format.today(), -1);
  await makeFollowUp(training, { text: 'Terlambat kelurahan', dueOn: yesterday });
  await makeFollowUp(training, { text: 'Terlambat kota', ownerKind: 'city', dueOn: yesterday });
  await makeFollowUp(training, {
    text: 'Terlambat lembaga',
    ownerKind: 'institution',
    ownerInstitutionId: scene.owning.id,
    dueOn: yesterday,
  });
  await makeFollowUp(training, { text: 'Tenggat hari ini', dueOn: format.today() });
  await makeFollowUp(training, { text: 'Sudah diklaim', dueOn: yesterday, status: 'claimed' });
  const start = async (browser: Browser) => (await browser.get('/beranda')).text;
  for (const browser of [scene.lurah, scene.camat]) {
    const text = await start(browser);
    for (const late of ['kelurahan', 'kota', 'lembaga'])
      expect(text).toContain(`Terlambat ${late}`);
    expect(text).toContain('Terlambat 1 hari');
    expect(text).not.toContain('Tenggat hari ini');
    expect(text).not.toContain('Sudah diklaim');
  }
  const staff = await start(scene.staff);
  expect(staff).toContain('Terlambat kelurahan');
  expect(staff).not.toContain('Terlambat kota');
  const owner = await start(scene.owner);
  expect(owner).toContain('Terlambat lembaga');
  expect(owner).not.toContain('Terlambat kelurahan');
  expect(await start(scene.admin)).toContain('Terlambat kota');
  for (const browser of [scene.auditor, scene.asker, scene.stranger])
    expect(await start(browser)).not.toContain('Tindak lanjut yang terlambat');
});

test('the list has its own parts, filters, sorts, turns pages and refuses other words', async () => {
  const scene = await makeScene();
  const { training, staff, asker } = scene;
  await makeFollowUp(training, { text: 'Janji terang', pillar: 'bersih', dueOn: '2031-01-01' });
  await makeFollowUp(training, { text: 'Janji kota', ownerKind: 'city', dueOn: '2025-08-30' });
  await makeFollowUp(training, {
    text: 'Janji diklaim',
    institutionId: scene.asking.id,
    status: 'claimed',
  });
  const shown = async (browser: Browser, query: string) => {
    const { status, text } = await browser.get(`/tindak-lanjut${query}`);
    expect(status, query).toBe(200);
    return ['Janji terang', 'Janji kota', 'Janji diklaim'].filter((words) => text.includes(words));
  };
  expect(await shown(staff, '')).toHaveLength(3);
  expect(await shown(staff, '?daftar=milik-saya')).toEqual(['Janji terang', 'Janji diklaim']);
  expect(await shown(staff, '?daftar=terlambat')).toEqual(['Janji kota']);
  expect(await shown(staff, '?daftar=menunggu-konfirmasi')).toEqual(['Janji diklaim']);
  expect(await shown(asker, '')).toEqual(['Janji diklaim']);
  expect(await shown(asker, '?daftar=menunggu-konfirmasi')).toEqual(['Janji diklaim']);
  expect(await shown(scene.owner, '')).toEqual([]);
  expect(await shown(staff, '?status=menunggu-konfirmasi&pemilik=')).toEqual(['Janji diklaim']);
  expect(await shown(staff, '?pemilik=kota')).toEqual(['Janji kota']);
  expect(await shown(staff, '?pilar=bersih')).toEqual(['Janji terang']);
  expect(await shown(staff, `?pelatihan=${training.id}`)).toHaveLength(3);
  expect(await shown(scene.camat, `?kelurahan=${scene.kelurahan.code}`)).toHaveLength(3);
  const order = async (query: string) => {
    const { text } = await staff.get(`/tindak-lanjut?urut=${query}`);
    return text.indexOf('Janji terang') < text.indexOf('Janji kota');
  };
  expect(await order('tenggat')).toBe(false);
  expect(await order('-tenggat')).toBe(true);
  for (const key of ['status', 'pemilik', 'kelurahan'])
    expect(await shown(staff, `?urut=${key}`)).toHaveLength(3);

  const elsewhere = await makeScene();
  for (const [query, words] of [
    ['status=baru', 'Pilih status dari daftar'],
    [`pelatihan=${elsewhere.training.id}`, 'Pilih pelatihan dari daftar'],
    [`kelurahan=${elsewhere.kelurahan.code}`, 'Pilih kelurahan dari daftar'],
    ['urut=nama', 'Pilih urutan dari kepala tabel'],
    ['daftar=apa', 'Pilih daftar dari tautan di atas'],
  ]) {
    for (const path of ['/tindak-lanjut', '/tindak-lanjut.xlsx', '/tindak-lanjut.pdf']) {
      const answer = await staff.get(`${path}?${query}`);
      expect(answer.status, `${path}?${query}`).toBe(422);
      expect(answer.text).toContain(words);
    }
  }
  for (let count = 0; count < 23; count += 1) await makeFollowUp(training);
  expect((await staff.get('/tindak-lanjut')).text).toContain('26 tindak lanjut');
  expect((await staff.get('/tindak-lanjut?halaman=2')).text).toContain('aria-current="page"');
  expect((await staff.get('/tindak-lanjut?halaman=3')).text).toContain('Ke halaman pertama');
});

test('the files hold what the list shows', async () => {
  const scene = await makeScene();
  const { training, staff } = scene;
  await makeFollowUp(training, { text: '=1+1 Janji', institutionId: scene.asking.id });
  await makeFollowUp(training, { text: 'Janji kota', ownerKind: 'city' });
  const book = await staff.get('/tindak-lanjut.xlsx?pemilik=kelurahan').buffer(true).parse(binary);
  const text = JSON.stringify(readWorkbook(book.body));
  expect(text).toContain('=1+1 Janji');
  expect(text).not.toContain('Janji kota');
  const paper = await staff.get('/tindak-lanjut.pdf?ttd=lurah').buffer(true).parse(binary);
  expect(paper.headers['content-type']).toBe('application/pdf');
  const [page = ''] = await readPdf(paper.body as Buffer);
  expect(page).toContain('KEBON UJI');
  expect(page).toContain('Janji kota');
  expect(page).toContain('Lurah Kebon Uji');
  expect((await scene.asker.get('/tindak-lanjut.pdf')).status).toBe(200);
});

test('the page of an institution shows what it said, asked for and promised, to whoever may read it', async () => {
  const { training, asking, owning, asker, owner, staff, auditor } = await makeScene();
  const asked = await makeFollowUp(training, {
    institutionId: asking.id,
    text: 'Lampu gang diganti',
    dueOn: '2025-09-30',
  });
  const promised = await makeFollowUp(training, {
    institutionId: null,
    text: 'Jadwal ronda disusun',
    ownerKind: 'institution',
    ownerInstitutionId: owning.id,
    dueOn: '2099-01-31',
  });
  for (const browser of [asker, staff, auditor]) {
    const page = (await browser.get(`/lembaga/${asking.id}`)).text;
    expect(page).toContain('Dialog dan tindak lanjut');
    expect(page).toMatch(/Lampu gang diganti[\s\S]*Terlambat \d/);
    expect(page).toContain(`href="/tindak-lanjut/${asked.id}"`);
    expect(page).toMatch(new RegExp(`href="/pelatihan/${training.id}/dialog"[^>]*>1 catatan`));
    expect(page).not.toContain('Jadwal ronda disusun');
  }
  for (const browser of [owner, staff]) {
    const page = (await browser.get(`/lembaga/${owning.id}`)).text;
    expect(page).toMatch(
      /Jadwal ronda disusun[\s\S]*Dikerjakan lembaga ini, tenggat 31 Januari 2099/,
    );
    expect(page).toContain(`href="/tindak-lanjut/${promised.id}"`);
  }
  // A neighbour reads nothing of it.
  expect((await owner.get(`/lembaga/${asking.id}`)).status).toBe(404);
});
