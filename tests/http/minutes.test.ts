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
  makePerson,
  seatOf,
} from '../support/fixtures.ts';
import { readPdf } from '../support/pdf.ts';
import { makeFollowUp, makeTraining } from '../support/trainings.ts';
import { binary, unzip } from '../support/workbook.ts';

type Browser = Awaited<ReturnType<typeof as>>;

async function makeScene(given: { status?: 'draft' | 'scheduled' } = {}) {
  const kecamatan = await makeKecamatan();
  const kelurahan = await makeKelurahan({ kecamatanId: kecamatan.id, name: 'Kebon Notulen' });
  const institution = await makeInstitution({ kelurahanId: kelurahan.id });
  const chair = await makeOfficer(institution);
  const seat = await seatOf(institution.id, 'secretary');
  const other = await makePerson();
  const place = { kelurahanId: kelurahan.id, institutionId: institution.id };
  const training = await makeTraining({
    kelurahanId: kelurahan.id,
    day: '2025-08-07',
    title: 'Pelatihan Notulen',
    ...given,
    invitees: [
      { ...place, seatId: chair.seat.id, personId: chair.person.id, name: 'Budi' },
      { ...place, seatId: seat.id, personId: other.id, name: 'Siti' },
    ],
  });
  return {
    training,
    url: `/pelatihan/${training.id}/notulen`,
    staff: await as(await makeAccount('staff', { kelurahanId: kelurahan.id })),
    lurah: await as(await makeAccount('lurah', { kelurahanId: kelurahan.id })),
    camat: await as(await makeAccount('kecamatan', { kecamatanId: kecamatan.id })),
    admin: await as(await makeAccount('admin')),
    auditor: await as(await makeAccount('auditor')),
    officer: await as(chair.account),
    stranger: await as(await makeAccount('staff', { kelurahanId: (await makeKelurahan()).id })),
  };
}

/** Budi came to the first session, a walk-in too; Siti had asked to be excused. */
async function recordAttendance(training: Awaited<ReturnType<typeof makeTraining>>) {
  const [session] = training.sessions;
  const [budi, siti] = training.invitations;
  await asActor(systemActor('tests'), async (tx) => {
    const guest = await tx.trainingInvitation.create({
      data: {
        trainingId: training.id,
        kind: 'walk_in',
        name: 'Tamu',
        sortName: 'Tamu',
        tokenHash: crypto.getRandomValues(new Uint8Array(32)),
        code: 'ZZZZZZ',
      },
    });
    const row = (invitationId: number, status: string) => ({
      trainingId: training.id,
      sessionId: session?.id ?? 0,
      invitationId,
      status,
      method: 'tap',
    });
    await tx.attendance.createMany({
      data: [row(budi?.id ?? 0, 'late'), row(siti?.id ?? 0, 'excused'), row(guest.id, 'present')],
    });
  });
}

async function pdfOf(browser: Browser, url: string): Promise<string> {
  const answer = await browser.get(`${url}.pdf`).buffer(true).parse(binary);
  expect(answer.status).toBe(200);
  expect(answer.headers['content-disposition']).toContain('notulen-2025-08-07.pdf');
  return (await readPdf(answer.body as Buffer)).join(' ');
}

test('the minutes stand in the usual order, with attendance, dialogue and what was promised', async () => {
  const { training, staff, url } = await makeScene();
  await makeFollowUp(training, { text: 'Lampu diganti' });
  const before = await pdfOf(staff, url);
  expect(before).toContain('Hadir : Belum dicatat');
  await recordAttendance(training);
  const text = await pdfOf(staff, url);
  const order = [
    'KELURAHAN KEBON NOTULEN',
    'NOTULEN',
    'Kamis, 7 Agustus 2025',
    'Jam mulai : 08.00 WIB',
    'Tempat : Bale Hinggil',
    'Jenis rapat : Pelatihan dan pembinaan',
    'Pimpinan rapat : Hj. Sri Wahyuni, S.Sos., Lurah Kebon Notulen',
    'Diundang : 2 orang',
    'Hadir : 2 orang, 1 di antaranya tanpa undangan',
    'Tidak hadir : 1 orang, 1 di antaranya izin',
    'Susunan acara',
    '08.00–11.00 WIB: Tugas pengurus',
    'Uraian jalannya rapat',
    'Penanya Uji',
    'Kesimpulan',
    'tercatat 1 kendala dari peserta. Disepakati 1 tindak lanjut',
    'Lampu diganti',
    'Penutup',
    'Mengetahui,',
    'Lurah Kebon Notulen,',
  ];
  const places = order.map((words) => text.indexOf(words));
  expect(
    places.every((at) => at >= 0),
    `${order[places.indexOf(-1)]} in ${text}`,
  ).toBe(true);
  expect(places).toEqual(places.toSorted((one, other) => one - other));
  expect(text).toContain('Notulis,');
  expect(text).toContain('7 Agustus 2025');
});

test('texts are written over the usual ones, and an emptied one is as usual again', async () => {
  const { staff, lurah, url, training } = await makeScene();
  const page = await staff.get(url);
  expect(page.text).toContain('Demikian notulen ini dibuat');
  expect(page.text).toContain('value="Lurah Kebon Notulen"');
  const answer = await staff.post(url, {
    version: 0,
    noteTaker: 'Rina <Puspita>',
    closing: 'Ditutup dengan doa.\r\nTerima kasih.',
    agenda: '',
  });
  expect(answer.status).toBe(303);
  const stored = await asActor(systemActor('tests'), (tx) =>
    tx.training.findUniqueOrThrow({ where: { id: training.id } }),
  );
  expect(stored.minutesTexts).toEqual({
    version: 1,
    noteTaker: 'Rina <Puspita>',
    closing: 'Ditutup dengan doa.\nTerima kasih.',
  });
  // The plan is none of the minutes' business.
  expect(stored.version).toBe(training.version);
  const text = await pdfOf(staff, url);
  expect(text).toContain('Rina <Puspita>');
  expect(text).toContain('Ditutup dengan doa. Terima kasih.');
  expect(text).toContain('08.00–11.00 WIB: Tugas pengurus');
  expect((await staff.get(url)).text).toContain('Rina &lt;Puspita&gt;');

  const long = await staff.post(url, { version: 1, kind: 'x'.repeat(201) });
  expect(long.status).toBe(422);
  expect(long.text).toContain('Paling panjang 200 huruf');
  const late = await lurah.post(url, { version: 0, closing: 'Dari lurah' });
  expect(late.status).toBe(409);
  expect(late.text).toContain('Dari lurah');
  expect(late.text).toContain('Ditutup dengan doa');
  expect((await lurah.post(url, { version: 1, closing: 'Dari lurah' })).status).toBe(303);
});

test('the Word file says the same, signed by both', async () => {
  const { staff, url } = await makeScene();
  const answer = await staff.get(`${url}.docx`).buffer(true).parse(binary);
  expect(answer.status).toBe(200);
  const words = unzip(answer.body as Buffer).get('word/document.xml') ?? '';
  for (const text of ['NOTULEN', 'Tidak ada pertanyaan', 'Mengetahui,', 'Notulis,'])
    expect(words).toContain(text);
});

test('the organiser and the auditor read the minutes; only the organiser writes them', async () => {
  const scene = await makeScene();
  const { url } = scene;
  for (const browser of [scene.staff, scene.lurah, scene.admin, scene.auditor]) {
    expect((await browser.get(url)).status).toBe(200);
    expect((await browser.get(`${url}.pdf`)).status).toBe(200);
    expect((await browser.get(`/pelatihan/${scene.training.id}/dialog`)).text).toContain(
      `href="${url}"`,
    );
  }
  expect((await scene.auditor.get(url)).text).not.toContain('Simpan naskah');
  expect((await scene.auditor.post(url, { version: 0 })).status).toBe(403);
  for (const browser of [scene.camat, scene.officer])
    for (const path of [url, `${url}.pdf`, `${url}.docx`])
      expect((await browser.get(path)).status).toBe(403);
  expect((await scene.camat.post(url, { version: 0 })).status).toBe(403);
  const dialogue = await scene.officer.get(`/pelatihan/${scene.training.id}/dialog`);
  expect(dialogue.text).not.toContain(`href="${url}"`);
  for (const path of [url, `${url}.pdf`, `${url}.docx`])
    expect((await scene.stranger.get(path)).status).toBe(404);
  const draft = await makeScene({ status: 'draft' });
  expect((await draft.staff.get(draft.url)).status).toBe(403);
});

test('a dialogue of many long notes still makes minutes', async () => {
  const { training, staff, url } = await makeScene();
  await asActor(systemActor('tests'), (tx) =>
    tx.dialogueNote.createMany({
      data: Array.from({ length: 60 }, (_, index) => ({
        trainingId: training.id,
        kind: 'hope',
        kelurahanId: training.kelurahanIds[0] ?? 0,
        askerName: `Penanya ${index}`,
        text: 'Harapan panjang sekali. '.repeat(80),
        answer: 'Jawaban panjang sekali. '.repeat(80),
        recordedByName: 'Pencatat',
      })),
    }),
  );
  const text = await pdfOf(staff, url);
  expect(text).toContain('Penanya 59');
});
