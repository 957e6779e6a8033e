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
import { makeTraining } from '../support/trainings.ts';

type Browser = Awaited<ReturnType<typeof as>>;
type Fields = Record<string, string | number>;

async function makeScene(given: { day?: string; status?: 'draft' | 'scheduled' } = {}) {
  const kecamatan = await makeKecamatan();
  const kelurahan = await makeKelurahan({ kecamatanId: kecamatan.id });
  const institution = await makeInstitution({ kelurahanId: kelurahan.id, name: 'Pokmas Sinar' });
  const other = await makeInstitution({ kelurahanId: kelurahan.id, name: 'Pokmas Lain' });
  const chair = await makeOfficer(institution);
  const training = await makeTraining({
    kelurahanId: kelurahan.id,
    day: '2025-08-07',
    ...given,
    invitees: [
      {
        kelurahanId: kelurahan.id,
        institutionId: institution.id,
        seatId: chair.seat.id,
        personId: chair.person.id,
        name: 'Budi Santoso',
      },
    ],
  });
  const [invitation] = training.invitations;
  await asActor(systemActor('tests'), (tx) =>
    tx.trainingInvitation.update({
      where: { id: invitation?.id ?? 0 },
      data: { name: 'Budi Santoso, S.Pd.' },
    }),
  );
  const staffAccount = await makeAccount('staff', { kelurahanId: kelurahan.id });
  const far = await makeKelurahan();
  return {
    kelurahan,
    institution,
    other,
    training,
    invitee: invitation?.id ?? 0,
    url: `/pelatihan/${training.id}/dialog`,
    staff: await as(staffAccount),
    lurah: await as(await makeAccount('lurah', { kelurahanId: kelurahan.id })),
    camat: await as(await makeAccount('kecamatan', { kecamatanId: kecamatan.id })),
    auditor: await as(await makeAccount('auditor')),
    officer: await as(chair.account),
    neighbour: await as((await makeOfficer(other)).account),
    stranger: await as(await makeAccount('staff', { kelurahanId: far.id })),
  };
}

async function send(browser: Browser, url: string, fields: Fields) {
  const answer = await browser.post(url, fields);
  expect(answer.status, answer.text.slice(0, 1500)).toBe(303);
  return String(answer.headers.location);
}

const notesOf = (trainingId: number) =>
  asActor(systemActor('tests'), (tx) =>
    tx.dialogueNote.findMany({ where: { trainingId }, orderBy: { id: 'asc' } }),
  );

const hope = { version: 1, kind: 'hope', text: 'Jalan lingkungan\ndiperbaiki <b>segera</b>' };

test('what an invitee says is noted with who they are, and read by those who should', async () => {
  const scene = await makeScene();
  const { staff, url, training } = scene;
  expect((await staff.get(url)).text).toContain('Belum ada catatan dialog');
  const page = await staff.get(`${url}/baru`);
  expect(page.text).toContain('Budi Santoso, S.Pd.');

  const next = await send(staff, url, {
    ...hope,
    invitee: scene.invitee,
    session: training.sessions[1]?.id ?? 0,
    pillar: 'bersih',
    answer: 'Diusulkan pada Musrenbang',
    answeredBy: 'Camat Kanigaran',
  });
  const [note] = await notesOf(training.id);
  expect(next).toBe(`${url}#catatan-${note?.id}`);
  expect(note).toMatchObject({
    askerName: 'Budi Santoso, S.Pd.',
    institutionId: scene.institution.id,
    kelurahanId: scene.kelurahan.id,
    invitationId: scene.invitee,
  });
  for (const browser of [staff, scene.lurah, scene.camat, scene.auditor, scene.officer]) {
    const { text } = await browser.get(url);
    expect(text).toContain('Jalan lingkungan\ndiperbaiki &lt;b&gt;segera');
    expect(text).toContain('Jawaban Camat Kanigaran');
    expect(text).toContain('Pilar Bersih, Dialog');
  }
  const foreign = await scene.neighbour.get(url);
  expect(foreign.status).toBe(200);
  expect(foreign.text).not.toContain('Jalan lingkungan');
  expect((await scene.stranger.get(url)).status).toBe(404);
  expect((await scene.stranger.post(url, hope)).status).toBe(404);
  for (const browser of [scene.officer, scene.auditor])
    expect((await browser.post(url, hope)).status).toBe(403);
});

test('somebody who was not invited is found by the search or typed by name', async () => {
  const scene = await makeScene();
  const { staff, url, training } = scene;
  const found = await staff.post(url, {
    version: 1,
    text: 'Sudah diketik',
    search: 'lain',
    find: 'on',
  });
  expect(found.status).toBe(200);
  expect(found.text).toContain('Ditemukan 0 undangan dan 1 lembaga');
  expect(found.text).toContain('Pokmas Lain');
  expect(found.text).toContain('Sudah diketik');
  expect(found.text).not.toContain('perlu diperbaiki');
  expect((await staff.post(url, { version: 1, search: '%', find: 'on' })).text).toContain(
    'Tidak ditemukan',
  );
  expect(await notesOf(training.id)).toEqual([]);

  await send(staff, url, { ...hope, askerName: 'Siti', institution: scene.other.id });
  await send(staff, url, { ...hope, askerName: 'Tamu' });
  expect(await notesOf(training.id)).toMatchObject([
    { askerName: 'Siti', institutionName: 'Pokmas Lain', institutionId: scene.other.id },
    {
      askerName: 'Tamu',
      institutionName: '',
      institutionId: null,
      kelurahanId: scene.kelurahan.id,
    },
  ]);
  expect((await scene.neighbour.get(url)).text).toContain('Siti');
  expect((await scene.neighbour.get(url)).text).not.toContain('Tamu');
});

test('a note without kind, words or asker is refused at each field and keeps what was typed', async () => {
  const { staff, url, training } = await makeScene();
  const empty = await staff.post(url, { version: 1, text: '', answer: 'Jawaban diketik' });
  expect(empty.status).toBe(422);
  expect(empty.text).toContain('Pilih kendala, masukan, atau harapan');
  expect(empty.text).toContain('Tulis apa yang disampaikan');
  expect(empty.text).toContain('Pilih penanya dari daftar, atau tulis namanya');
  expect(empty.text).toContain('Jawaban diketik');
  const elsewhere = await makeScene();
  const wrong: [Fields, string][] = [
    [{ invitee: elsewhere.invitee }, 'Pilih penanya dari daftar'],
    [{ askerName: 'Siti', institution: elsewhere.institution.id }, 'Pilih lembaga dari daftar'],
    [
      { askerName: 'Siti', session: elsewhere.training.sessions[0]?.id ?? 0 },
      'Pilih sesi dari daftar',
    ],
    [{ askerName: 'Siti', pillar: 'megah' }, 'Pilih pilar dari daftar'],
    [{ askerName: 'x'.repeat(161) }, 'Paling panjang 160 huruf'],
    [{ askerName: 'Siti', text: 'x'.repeat(2001) }, 'Paling panjang 2000 huruf'],
  ];
  for (const [fields, words] of wrong) {
    const answer = await staff.post(url, { ...hope, ...fields });
    expect(answer.status, words).toBe(422);
    expect(answer.text).toContain(words);
  }
  expect((await staff.post(url, { ...hope, askerName: 'Siti', recordedBy: 1 })).status).toBe(400);
  expect(await notesOf(training.id)).toEqual([]);
});

test('several notes are written in a row, with kind and session carried over', async () => {
  const { staff, url, training } = await makeScene();
  const session = training.sessions[0]?.id ?? 0;
  const next = await send(staff, url, { ...hope, askerName: 'Siti', session, next: 'on' });
  expect(next).toBe(`${url}/baru?jenis=harapan&sesi=${session}`);
  const page = await staff.get(next);
  expect(page.text).toContain('Harapan dari Siti tersimpan.');
  expect(page.text).toMatch(/value="hope" checked/);
  expect(page.text).toContain(`<option value="${session}" selected>`);
  expect((await staff.get(`${url}/baru?jenis=keluhan`)).status).toBe(400);
});

test('nothing is noted of a draft, of what was cancelled, or before the day', async () => {
  const draft = await makeScene({ status: 'draft' });
  const ahead = await makeScene({ day: '2031-08-07' });
  const cancelled = await makeScene();
  await asActor(systemActor('tests'), (tx) =>
    tx.training.update({
      where: { id: cancelled.training.id },
      data: { status: 'cancelled', cancelReason: 'Bentrok' },
    }),
  );
  for (const { staff, url } of [draft, ahead, cancelled]) {
    expect((await staff.get(url)).text).not.toContain('Catat dialog');
    expect((await staff.get(`${url}/baru`)).status).toBe(403);
    expect((await staff.post(url, { ...hope, askerName: 'Siti' })).status).toBe(403);
  }
  expect((await draft.officer.get(draft.url)).status).toBe(404);
});

test('an answer is added later; two who write at once see both texts', async () => {
  const scene = await makeScene();
  const { staff, lurah, url, training } = scene;
  await send(staff, url, { ...hope, invitee: scene.invitee });
  const [note] = await notesOf(training.id);
  const own = `${url}/${note?.id}`;
  const form = await staff.get(own);
  expect(form.text).toContain(`<option value="${scene.invitee}" selected>`);
  const edited = { ...hope, invitee: scene.invitee };
  await send(lurah, own, { ...edited, answer: 'Dari lurah' });
  const late = await staff.post(own, { ...edited, answer: 'Dari staf' });
  expect(late.status).toBe(409);
  expect(late.text).toContain('Dari lurah');
  expect(late.text).toContain('Dari staf');
  await send(staff, own, { ...edited, version: 2, answer: 'Dari staf' });
  expect((await notesOf(training.id))[0]).toMatchObject({ answer: 'Dari staf', version: 3 });
  for (const browser of [scene.officer, scene.auditor])
    expect((await browser.get(own)).status).toBe(403);
  expect((await scene.stranger.get(own)).status).toBe(404);
  expect((await staff.get(`${url}/2147483646`)).status).toBe(404);
});

test('the list filters by kind and pillar, says so when nothing fits, and refuses other words', async () => {
  const { staff, url } = await makeScene();
  await send(staff, url, { ...hope, askerName: 'Siti', pillar: 'bersih' });
  await send(staff, url, { ...hope, kind: 'obstacle', askerName: 'Ahmad', text: 'Lampu mati' });
  const hopes = await staff.get(`${url}?jenis=harapan&pilar=bersih`);
  expect(hopes.text).toContain('Siti');
  expect(hopes.text).not.toContain('Lampu mati');
  expect((await staff.get(`${url}?jenis=kendala&pilar=`)).text).toContain('Lampu mati');
  expect((await staff.get(`${url}?pilar=lestari`)).text).toContain('Hapus saringan');
  const wrong = await staff.get(`${url}?jenis=keluhan`);
  expect(wrong.status).toBe(422);
  expect(wrong.text).toContain('Pilih kendala, masukan, atau harapan');
});

test('in a training of several kelurahan each records its own, and somebody of no institution a place', async () => {
  const { kelurahan, staff, camat } = await makeScene();
  const beside = await makeKelurahan({ kecamatanId: kelurahan.kecamatanId });
  const training = await makeTraining({ kelurahanId: kelurahan.id, day: '2025-08-07' });
  await asActor(systemActor('tests'), (tx) =>
    tx.training.update({
      where: { id: training.id },
      data: { organiserKind: 'kecamatan', kelurahanIds: [kelurahan.id, beside.id] },
    }),
  );
  const url = `/pelatihan/${training.id}/dialog`;
  const nowhere = await camat.post(url, { ...hope, askerName: 'Tamu' });
  expect(nowhere.status).toBe(422);
  expect(nowhere.text).toContain('Pilih kelurahan yang dibicarakan');
  await send(camat, url, { ...hope, askerName: 'Tamu', kelurahan: beside.id });
  await send(staff, url, { ...hope, askerName: 'Warga' });
  expect(await notesOf(training.id)).toMatchObject([
    { askerName: 'Tamu', kelurahanId: beside.id },
    { askerName: 'Warga', kelurahanId: kelurahan.id },
  ]);
  expect((await staff.get(url)).text).not.toContain('Tamu');
  expect((await camat.get(url)).text).toContain('Warga');
});
