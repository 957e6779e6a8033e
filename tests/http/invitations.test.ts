import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { hashOfToken, invitationToken, takeCode } from '#src/invitations/tokens.ts';
import type { as } from '../support/app.ts';
import { makeInstitution, makeTenure, seatOf } from '../support/fixtures.ts';
import {
  inTests,
  type InvitationScene,
  invitationsOf,
  inviteeOf,
  makeInvitationScene,
  seatOfficer,
} from '../support/invitations.ts';
import { makeTraining, makeTrainingRecords } from '../support/trainings.ts';

type Browser = Awaited<ReturnType<typeof as>>;

async function send(browser: Browser, url: string, fields: Record<string, string | number>) {
  const answer = await browser.post(url, fields);
  expect(answer.status, answer.text.slice(0, 1200)).toBe(303);
  return String(answer.headers.location);
}

const versionIn = (html: string) => /name="version" value="(\d+)"/.exec(html)?.[1] ?? '';
const compose = (scene: InvitationScene) =>
  makeTraining({ kelurahanId: scene.kelurahan.id, isComposed: true });
const namesOf = async (training: { id: number }) =>
  (await invitationsOf(training.id)).map(({ name }) => name);

test('by position and by hand, each seat and each person comes on the list once', async () => {
  const scene = await makeInvitationScene();
  const training = await compose(scene);
  const url = `/pelatihan/${training.id}/undangan`;
  const rule = { jabatan1: scene.chair.seat.positionTypeId };

  const empty = await scene.staff.get(url);
  expect(empty.text).toContain('Belum ada yang diundang');
  const page = await scene.staff.get(`${url}/aturan?jabatan1=${rule.jabatan1}`);
  expect(page.text).toContain('2 orang akan ditambahkan');
  expect(page.text).toContain('Ketua RT (2)');
  expect(page.text).toContain('Budi Dua');
  await send(scene.staff, `${url}/aturan`, rule);
  expect(await namesOf(training)).toEqual(['Ahmad Satu', 'Budi Dua']);

  const again = await scene.staff.get(`${url}/aturan?jabatan1=${rule.jabatan1}`);
  expect(again.text).toContain('Semua yang cocok sudah ada di daftar undangan');
  await send(scene.staff, `${url}/aturan`, rule);
  const officers = await scene.staff.get(`${url}/pengurus?lembaga=${scene.pokmas.id}`);
  expect(officers.text).toMatch(/value="\d+" checked/);
  await send(scene.staff, `${url}/pengurus`, {
    lembaga: scene.pokmas.id,
    pengurus1: scene.secretary.tenure.id,
    pengurus2: scene.chair.tenure.id,
  });
  const rows = await invitationsOf(training.id);
  expect(rows.map(({ name }) => name)).toEqual(['Ahmad Satu', 'Budi Dua', 'Citra Tiga']);
  expect(rows[0]).toMatchObject({
    kind: 'officer',
    positionName: 'Ketua RT',
    institutionName: 'RT 001 Uji',
    kelurahanName: scene.kelurahan.name,
    phone: '+6281200000001',
    sex: 'P',
    answer: null,
  });
});

test('several positions and kelurahan choose together; a place that the training does not reach chooses nobody', async () => {
  const scene = await makeInvitationScene();
  const training = await compose(scene);
  const foreign = await makeInstitution({ kelurahanId: scene.other.id, typeCode: 'RT' });
  const { tenure } = await seatOfficer(foreign, 'chair', { name: 'Orang Luar' });
  const url = `/pelatihan/${training.id}/undangan`;
  const both = {
    jabatan3: scene.chair.seat.positionTypeId,
    jabatan9: scene.secretary.seat.positionTypeId,
  };
  await send(scene.staff, `${url}/aturan`, { ...both, kelurahan1: scene.other.id });
  expect(await namesOf(training)).toEqual([]);
  await send(scene.staff, `${url}/pengurus`, { pengurus1: tenure.id });
  expect(await namesOf(training)).toEqual([]);
  expect((await scene.staff.get(`${url}/pengurus?lembaga=${foreign.id}`)).text).not.toContain(
    'Orang Luar',
  );
  await send(scene.staff, `${url}/aturan`, both);
  expect(await namesOf(training)).toEqual(['Ahmad Satu', 'Budi Dua', 'Citra Tiga']);
});

test('who attended within twelve months is left out when only the untrained are asked for', async () => {
  const scene = await makeInvitationScene();
  const day = new Date(Date.now() - 40 * 86_400_000).toISOString().slice(0, 10);
  const earlier = await makeTraining({
    kelurahanId: scene.kelurahan.id,
    status: 'finished',
    day,
    invitees: [inviteeOf(scene, scene.one, scene.chair)],
  });
  await makeTrainingRecords(earlier, 'Lama');
  const training = await compose(scene);
  const url = `/pelatihan/${training.id}/undangan/aturan`;
  const position = scene.chair.seat.positionTypeId;
  expect((await scene.staff.get(`${url}?jabatan1=${position}`)).text).toContain('2 orang akan');
  const page = await scene.staff.get(`${url}?jabatan1=${position}&belum=on`);
  expect(page.text).toContain('1 orang akan ditambahkan');
  expect(page.text).not.toContain('Ahmad Satu');
  const officers = `/pelatihan/${training.id}/undangan/pengurus`;
  const one = await scene.staff.get(`${officers}?lembaga=${scene.one.id}&belum=on`);
  expect(one.text).toContain('sudah dilatih dalam 12 bulan terakhir');
  expect((await scene.staff.get(`${officers}?lembaga=${scene.two.id}&belum=on`)).text).toContain(
    'Budi Dua',
  );
  expect((await scene.staff.get(`${officers}?cari=ahmad&belum=on`)).text).not.toContain('Satu');
  expect((await scene.staff.get(`${officers}?cari=ahmad&belum=`)).text).toContain('Ahmad Satu');
  expect((await scene.staff.get(`${officers}?cari=ahmad&belum=x`)).status).toBe(422);
});

test('a session attended more than twelve months ago, or only as absent, leaves one untrained', async () => {
  const scene = await makeInvitationScene();
  const attended = async (daysAgo: number, status: 'late' | 'absent' | 'excused') => {
    const earlier = await makeTraining({
      kelurahanId: scene.kelurahan.id,
      status: 'finished',
      day: new Date(Date.now() - daysAgo * 86_400_000).toISOString().slice(0, 10),
      invitees: [inviteeOf(scene, scene.one, scene.chair)],
    });
    await inTests((tx) =>
      tx.attendance.create({
        data: {
          trainingId: earlier.id,
          sessionId: earlier.sessions[0]?.id ?? 0,
          invitationId: earlier.invitations[0]?.id ?? 0,
          status,
          method: 'tap',
        },
      }),
    );
  };
  const training = await compose(scene);
  const url = `/pelatihan/${training.id}/undangan/aturan?jabatan1=${scene.chair.seat.positionTypeId}&belum=on`;
  await attended(400, 'late');
  await attended(30, 'absent');
  await attended(20, 'excused');
  expect((await scene.staff.get(url)).text).toContain('Ahmad Satu');
  await attended(10, 'late');
  expect((await scene.staff.get(url)).text).not.toContain('Ahmad Satu');
});

test('somebody who acts in a seat is invited for it, and whoever holds two offices once', async () => {
  const scene = await makeInvitationScene();
  const training = await compose(scene);
  const acting = await seatOfficer(scene.pokmas, 'treasurer', { name: 'Dewi Empat' });
  const chair = await seatOf(scene.pokmas.id, 'chair');
  await makeTenure({
    institutionId: scene.pokmas.id,
    seatId: chair.id,
    personId: acting.person.id,
    kind: 'acting',
  });
  await send(scene.staff, `/pelatihan/${training.id}/undangan/aturan`, {
    jabatan1: chair.positionTypeId,
    jabatan2: acting.seat.positionTypeId,
  });
  const rows = await invitationsOf(training.id);
  expect(rows.map(({ name, positionName }) => [name, positionName])).toEqual([
    ['Dewi Empat', 'Plt. Ketua'],
  ]);
});

test('institutions and officers are found by a part of their name, and a wildcard is only a letter', async () => {
  const scene = await makeInvitationScene();
  const url = `/pelatihan/${(await compose(scene)).id}/undangan`;
  expect((await scene.staff.get(`${url}/lembaga?cari=mulia`)).text).toContain(
    `${url}/pengurus?lembaga=${scene.pokmas.id}`,
  );
  expect((await scene.staff.get(`${url}/lembaga?cari=%25`)).text).toContain('Tidak ada lembaga');
  expect((await scene.staff.get(`${url}/pengurus?cari=citra`)).text).toContain('Citra Tiga');
  expect((await scene.staff.get(`${url}/pengurus?cari=%25`)).text).toContain('Tidak ada pengurus');
  expect(
    (await scene.staff.get(`${url}/pengurus?cari=citra&lembaga=${scene.one.id}`)).text,
  ).toContain('Citra Tiga');
  const none = await scene.staff.post(`${url}/pengurus`, { cari: 'citra', lembaga: '' });
  expect(none.status).toBe(422);
  expect(none.text).toContain('Pilih paling sedikit satu pengurus');
  expect(none.text).toContain('Citra Tiga');
});

test('a guest is invited by name and office, and taken off again', async () => {
  const scene = await makeInvitationScene();
  const training = await compose(scene);
  const url = `/pelatihan/${training.id}/undangan`;
  const wrong = await scene.staff.post(`${url}/tamu`, { name: 'Bambang', office: '', phone: '12' });
  expect(wrong.status).toBe(422);
  expect(wrong.text).toContain('Isi jabatan atau unsurnya');
  expect(wrong.text).toContain('value="Bambang"');
  const key = randomUUID();
  const guest = { key, name: "Bambang Ma'ruf", office: 'Babinsa <b>', phone: '0812 3456 7890' };
  await send(scene.staff, `${url}/tamu`, guest);
  await send(scene.staff, `${url}/tamu`, guest);
  const [row, ...more] = await invitationsOf(training.id);
  expect(more).toEqual([]);
  expect(row).toMatchObject({ kind: 'guest', phone: '+6281234567890', personId: null });
  const page = await scene.staff.get(url);
  expect(page.text).toContain('Tamu');
  expect(page.text).not.toContain('<b>');
  expect((await scene.staff.get(`${url}?jenis=tamu`)).text).toContain('Bambang');
  const removal = `${url}/${row?.id}/penghapusan`;
  expect((await scene.camat.post(removal)).status).toBe(403);
  await send(scene.staff, removal, {});
  expect(await namesOf(training)).toEqual([]);
  expect((await scene.staff.post(removal)).status).toBe(404);
});

test('a draft is not sent, an empty list neither; once sent the list stays and takes the phone of that moment', async () => {
  const scene = await makeInvitationScene();
  const draft = await makeTraining({ kelurahanId: scene.kelurahan.id, status: 'draft' });
  expect((await scene.staff.get(`/pelatihan/${draft.id}/undangan/pengiriman`)).status).toBe(409);
  expect(
    (await scene.staff.post(`/pelatihan/${draft.id}/undangan/pengiriman`, { version: 1 })).status,
  ).toBe(409);

  const training = await compose(scene);
  const url = `/pelatihan/${training.id}/undangan`;
  const none = await scene.staff.post(`${url}/pengiriman`, { version: 1 });
  expect(none.status).toBe(422);
  expect(none.text).toContain('Belum ada yang diundang');
  await send(scene.staff, `${url}/aturan`, { jabatan1: scene.chair.seat.positionTypeId });
  await inTests((tx) =>
    tx.person.update({ where: { id: scene.second.person.id }, data: { phone: '+6281299999999' } }),
  );
  const page = await scene.staff.get(`${url}/pengiriman`);
  expect(page.text).toContain('Kirim undangan kepada 2 orang?');
  const version = versionIn(page.text);
  expect((await scene.staff.post(`${url}/pengiriman`, { version: 99 })).status).toBe(409);
  await send(scene.staff, `${url}/pengiriman`, { version });
  const rows = await invitationsOf(training.id);
  expect(rows[1]).toMatchObject({ name: 'Budi Dua', phone: '+6281299999999' });
  for (const [path, fields] of [
    ['aturan', { jabatan1: scene.secretary.seat.positionTypeId }],
    ['tamu', { name: 'Terlambat', office: 'Tamu' }],
    ['pengurus', { pengurus1: scene.secretary.tenure.id }],
    [`${rows[0]?.id}/penghapusan`, {}],
    ['pengiriman', { version: 2 }],
  ] as const)
    expect((await scene.staff.post(`${url}/${path}`, fields)).status, path).toBe(409);
  expect((await invitationsOf(training.id)).length).toBe(2);
  expect((await scene.staff.get(url)).text).not.toContain('Susun daftar undangan');
});

test('the confirmation tells who left office since and that there is no room', async () => {
  const scene = await makeInvitationScene();
  const training = await compose(scene);
  const url = `/pelatihan/${training.id}/undangan`;
  await inTests((tx) => tx.training.update({ where: { id: training.id }, data: { capacity: 1 } }));
  const rule = { jabatan1: scene.chair.seat.positionTypeId };
  const preview = await scene.staff.get(`${url}/aturan?jabatan1=${rule.jabatan1}`);
  expect(preview.text).toContain('melebihi daya tampung, lebih 1');
  await send(scene.staff, `${url}/aturan`, rule);
  await inTests((tx) =>
    tx.tenure.update({
      where: { id: scene.chair.tenure.id },
      data: { endedOn: new Date('2026-01-01T00:00:00Z'), endReason: 'resigned' },
    }),
  );
  expect((await scene.staff.get(url)).text).toContain('Melebihi daya tampung');
  const page = await scene.staff.get(`${url}/pengiriman`);
  expect(page.text).toContain('Daya tampung 1 orang terlampaui 1.');
  expect(page.text).toContain('Tidak lagi menjabat');
  expect(page.text).toContain('Ahmad Satu, Ketua RT, RT 001 Uji');
});

test('only the organiser composes; each reader sees the invitees of their own scope', async () => {
  const scene = await makeInvitationScene();
  const training = await makeTraining({
    kelurahanId: scene.kelurahan.id,
    invitees: [
      inviteeOf(scene, scene.one, scene.chair),
      inviteeOf(scene, scene.pokmas, scene.secretary),
    ],
  });
  const url = `/pelatihan/${training.id}/undangan`;
  for (const browser of [scene.staff, scene.lurah, scene.camat])
    expect((await browser.get(url)).text).toContain('Citra Tiga');
  const own = await scene.officer.get(url);
  expect(own.text).toContain('Ahmad Satu');
  expect(own.text).not.toContain('Citra Tiga');
  expect((await scene.neighbour.get(url)).status).toBe(404);
  const composing = await compose(scene);
  for (const path of ['aturan', 'lembaga', 'pengurus', 'tamu', 'pengiriman']) {
    const page = `/pelatihan/${composing.id}/undangan/${path}`;
    expect((await scene.camat.get(page)).status, path).toBe(403);
    expect((await scene.officer.get(page)).status, path).toBe(403);
    expect((await scene.neighbour.get(page)).status, path).toBe(404);
  }
});

test('the list is searched and filtered, and says what it does not know', async () => {
  const scene = await makeInvitationScene();
  const training = await makeTraining({
    kelurahanId: scene.kelurahan.id,
    invitees: [
      inviteeOf(scene, scene.one, scene.chair),
      inviteeOf(scene, scene.pokmas, scene.secretary),
    ],
  });
  const [first] = training.invitations;
  await inTests((tx) =>
    tx.trainingInvitation.update({
      where: { id: first?.id ?? 0 },
      data: { answer: 'excused', answerNote: 'Sakit gigi', answeredAt: new Date() },
    }),
  );
  const url = `/pelatihan/${training.id}/undangan`;
  const excused = await scene.staff.get(`${url}?jawaban=izin`);
  expect(excused.text).toContain('Sakit gigi');
  expect(excused.text).not.toContain('Citra Tiga');
  const pokmas = await scene.staff.get(`${url}?jenis=POKMAS&cari=tiga`);
  expect(pokmas.text).toContain('Citra Tiga');
  expect(pokmas.text).not.toContain('Ahmad Satu');
  expect((await scene.staff.get(`${url}?cari=%25`)).text).toContain('Tidak ada undangan');
  expect((await scene.staff.get(`${url}?halaman=7`)).text).toContain('Ke halaman pertama');
  expect((await scene.staff.get(`${url}?jawaban=apa`)).status).toBe(422);
  expect((await scene.staff.get(`${url}?jenis=';--`)).status).toBe(422);
  expect((await scene.staff.get(`${url}?lain=1`)).status).toBe(400);
  const composing = `/pelatihan/${(await compose(scene)).id}/undangan`;
  for (const bad of ['jabatan1=x', 'belum=on', 'kelurahan1=99999999999'])
    expect((await scene.staff.get(`${composing}/aturan?${bad}`)).status, bad).toBe(422);
  expect((await scene.staff.post(`${composing}/aturan`, { jabatan1: '' })).status).toBe(422);
  expect((await scene.staff.post(`${composing}/aturan`, { jabatan151: 1 })).status).toBe(400);
});

test('two who add the same officers at once make one invitation each', async () => {
  const scene = await makeInvitationScene();
  const training = await compose(scene);
  const url = `/pelatihan/${training.id}/undangan/aturan`;
  const rule = { jabatan1: scene.chair.seat.positionTypeId };
  const answers = await Promise.all(
    [scene.staff, scene.lurah, scene.staff, scene.lurah].map((browser) => browser.post(url, rule)),
  );
  expect(answers.map(({ status }) => status)).toEqual([303, 303, 303, 303]);
  expect((await invitationsOf(training.id)).length).toBe(2);
});

test('a link is the same whenever it is asked for, differs for each, and only its hash is kept', async () => {
  const scene = await makeInvitationScene();
  const training = await compose(scene);
  await send(scene.staff, `/pelatihan/${training.id}/undangan/aturan`, {
    jabatan1: scene.chair.seat.positionTypeId,
  });
  const rows = await invitationsOf(training.id);
  const tokens = rows.map((row) => invitationToken(row));
  expect(new Set(tokens).size).toBe(2);
  for (const [index, row] of rows.entries()) {
    expect(tokens[index]).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(Buffer.from(row.tokenHash)).toEqual(Buffer.from(hashOfToken(tokens[index] ?? '')));
    expect(row.code).toMatch(/^[2-9A-HJ-NP-Z]{6}$/);
  }
  const taken = new Set<string>();
  for (let count = 0; count < 500; count += 1) takeCode(taken);
  expect(taken.size).toBe(500);
});
