import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { systemActor } from '#src/access.ts';
import { asActor } from '#src/database.ts';
import { as } from '../support/app.ts';
import { type Day, keptOf, makeDay } from '../support/attendance.ts';
import { makeAccount, makeKelurahan, makePerson, makeTenure, seatOf } from '../support/fixtures.ts';

type Browser = Day['staff'];

/** Sends a form that is accepted, and follows it. */
async function send(browser: Browser, url: string, fields: Record<string, string | number> = {}) {
  const answer = await browser.post(url, fields);
  expect(answer.status, answer.text.slice(0, 1500)).toBe(303);
  return browser.get(String(answer.headers.location).replace(/#.*/, ''));
}

const [first, second, third] = ['Siti Aminah', "Ma'ruf", 'Budi Santoso'];
const makeThree = (options?: Parameters<typeof makeDay>[1]) =>
  makeDay([first ?? '', second ?? '', third ?? ''], options);
const idOf = (day: Day, index: number) => day.people[index]?.id ?? 0;

test('nobody is present by default; before the opening no tap is taken', async () => {
  const day = await makeThree();
  const page = await day.staff.get(`${day.url}/daftar-hadir`);
  expect(page.text).toContain('<span data-here>0</span> dari 3 hadir');
  expect(page.text).toContain('Sesi belum dibuka');
  expect(page.text).not.toContain('data-tap=');
  const early = await send(day.staff, `${day.url}/daftar-hadir`, { invitationId: idOf(day, 0) });
  expect(early.text).toContain('Sesi ini belum dibuka');
  expect((await keptOf(day, idOf(day, 0))).scans).toEqual([]);
});

test('staff open a session, tap who comes, and the counts follow', async () => {
  const day = await makeThree();
  const opened = await send(day.staff, `${day.url}/pembukaan`);
  expect(opened.text).toContain('Sesi dibuka. Catat yang datang');
  expect(opened.text.match(/data-tap="/g)).toHaveLength(3);
  expect(opened.text).toContain('aria-label="Hadir: Ma&#39;ruf"');
  expect((await day.staff.get(`/pelatihan/${day.training.id}`)).text).toContain('Berlangsung');

  const list = `${day.url}/daftar-hadir`;
  const tapped = await send(day.staff, list, { invitationId: idOf(day, 0), cari: '', catatan: '' });
  expect(tapped.text).toContain('<span data-here>1</span> dari 3 hadir');
  expect(tapped.text).toContain('2 belum dicatat');
  expect(tapped.text).toMatch(/\d\d\.\d\d WIB/);
  const overview = await day.lurah.get(`/pelatihan/${day.training.id}/daftar-hadir`);
  expect(overview.text).toContain('1 dari 3 hadir');
  // A second opening changes nothing.
  const again = await send(day.lurah, `${day.url}/pembukaan`);
  expect(again.text).toContain('sudah diubah petugas lain');
});

test('the list is searched and filtered, and a tap comes back to it', async () => {
  const day = await makeThree();
  await send(day.staff, `${day.url}/pembukaan`);
  const list = `${day.url}/daftar-hadir`;
  const searched = await day.staff.get(`${list}?cari=${encodeURIComponent("ma'r")}`);
  expect(searched.text).toContain('Ma&#39;ruf');
  expect(searched.text).not.toContain('Budi Santoso');
  expect((await day.staff.get(`${list}?cari=%25`)).text).toContain('Tidak ada orang yang cocok');
  expect((await day.staff.get(`${list}?cari=melati`)).text).toContain('Budi Santoso');
  const answer = await day.staff.post(list, {
    invitationId: idOf(day, 1),
    catatan: 'belum-dicatat',
  });
  expect(answer.headers.location).toBe(`${list}?catatan=belum-dicatat#orang-${idOf(day, 1)}`);
  const rest = await day.staff.get(`${list}?catatan=belum-dicatat`);
  expect(rest.text).not.toContain('Ma&#39;ruf');
  expect((await day.staff.get(`${list}?catatan=hadir`)).text).toContain('Ma&#39;ruf');
  expect((await day.staff.get(`${list}?catatan=apa`)).status).toBe(422);
  expect((await day.staff.get(`${list}?halaman=7`)).text).toContain('Ke halaman pertama');
  expect((await day.staff.get(`${list}?lain=1`)).status).toBe(400);
});

test('a tap is stored once however often it is sent', async () => {
  const day = await makeThree();
  await send(day.staff, `${day.url}/pembukaan`);
  const tap = { key: randomUUID(), invitationId: idOf(day, 0) };
  const list = `${day.url}/daftar-hadir`;
  await Promise.all([1, 2, 3, 4].map(() => day.staff.post(list, tap)));
  await send(day.staff, list, tap);
  const kept = await keptOf(day, idOf(day, 0));
  expect(kept.attendances).toHaveLength(1);
  expect(kept.scans).toHaveLength(1);
  // The same nonce for somebody else is a mistake, not a second person.
  const other = await send(day.staff, list, { ...tap, invitationId: idOf(day, 1) });
  expect(other.text).toContain('tidak ada pada daftar hadir');
  expect((await keptOf(day, idOf(day, 1))).attendances).toEqual([]);
});

test('two devices marking the same person make one attendance, and both scans are kept', async () => {
  const day = await makeThree();
  await send(day.staff, `${day.url}/pembukaan`);
  const tap = { invitationId: idOf(day, 0) };
  const answers = await Promise.all(
    [day.staff, day.lurah, day.staff, day.lurah].map((browser) =>
      browser.post(`${day.url}/daftar-hadir`, tap),
    ),
  );
  expect(answers.map(({ status }) => status)).toEqual([303, 303, 303, 303]);
  const kept = await keptOf(day, idOf(day, 0));
  expect(kept.attendances).toMatchObject([{ status: 'present', method: 'tap' }]);
  expect(kept.scans).toHaveLength(4);
  expect(new Set(kept.scans.map(({ recordedByName }) => recordedByName)).size).toBe(2);
});

test('more than fifteen minutes after the beginning is late', async () => {
  const late = await makeThree({ startedMinutesAgo: 16 });
  await send(late.staff, `${late.url}/pembukaan`);
  await send(late.staff, `${late.url}/daftar-hadir`, { invitationId: idOf(late, 0) });
  expect((await keptOf(late, idOf(late, 0))).attendances[0]?.status).toBe('late');
  const intime = await makeThree({ startedMinutesAgo: 14 });
  await send(intime.staff, `${intime.url}/pembukaan`);
  await send(intime.staff, `${intime.url}/daftar-hadir`, { invitationId: idOf(intime, 0) });
  expect((await keptOf(intime, idOf(intime, 0))).attendances[0]?.status).toBe('present');
});

test('closing turns who is not recorded into absent, and who had excused themselves into excused', async () => {
  const day = await makeThree();
  await asActor(systemActor('tests'), (tx) =>
    tx.trainingInvitation.update({
      where: { id: idOf(day, 1) },
      data: { answer: 'excused', answerNote: 'Sakit', answeredAt: new Date() },
    }),
  );
  await send(day.staff, `${day.url}/pembukaan`);
  await send(day.staff, `${day.url}/daftar-hadir`, { invitationId: idOf(day, 0) });
  expect((await day.staff.get(`${day.url}/penutupan`)).text).toContain('Tutup sesi ini?');
  const closed = await send(day.staff, `${day.url}/penutupan`);
  expect(closed.text).toContain('1 izin, 1 absen');
  const standing = async (index: number) =>
    (await keptOf(day, idOf(day, index))).attendances[0]?.status;
  expect([await standing(0), await standing(1), await standing(2)]).toEqual([
    'present',
    'excused',
    'absent',
  ]);
  const late = await send(day.staff, `${day.url}/daftar-hadir`, { invitationId: idOf(day, 2) });
  expect(late.text).toContain('Sesi ini sudah ditutup');
  expect(await standing(2)).toBe('absent');

  const silent = await day.staff.post(`${day.url}/pembukaan-kembali`, { reason: '' });
  expect(silent.status).toBe(422);
  expect(silent.text).toContain('Tulis alasan membuka kembali');
  const reopened = await send(day.staff, `${day.url}/pembukaan-kembali`, {
    reason: 'Rombongan <b>terlambat</b>',
  });
  expect(reopened.text).toContain('Rombongan &lt;b&gt;terlambat&lt;/b&gt;');
  expect(reopened.text).toContain('2 belum dicatat');
  expect(await standing(0)).toBe('present');
  expect(await standing(2)).toBeUndefined();
  const { scans } = await keptOf(day, idOf(day, 2));
  expect(scans.map(({ status }) => status)).toEqual(['absent', 'unrecorded']);
  await send(day.staff, `${day.url}/daftar-hadir`, { invitationId: idOf(day, 2) });
  expect(await standing(2)).toBe('present');
});

test('a correction has a reason, changes where it stands, and erases nothing', async () => {
  const day = await makeThree();
  const person = `${day.url}/peserta/${idOf(day, 0)}`;
  const early = await day.staff.post(person, { status: 'present', reason: 'Hadir dari pagi' });
  expect(early.status).toBe(422);
  expect(early.text).toContain('Sesi ini belum dibuka');
  await send(day.staff, `${day.url}/pembukaan`);
  await send(day.staff, `${day.url}/daftar-hadir`, { invitationId: idOf(day, 0) });
  const silent = await day.staff.post(person, { status: 'absent', reason: '' });
  expect(silent.status).toBe(422);
  expect(silent.text).toContain('Tulis alasan koreksi');
  expect(silent.text).toMatch(/value="absent" checked/);
  const wrong = await day.staff.post(person, { status: 'kaya', reason: 'Salah ketuk' });
  expect(wrong.text).toContain('Pilih catatan yang benar');

  await send(day.staff, person, { status: 'excused', reason: 'Salah ketuk, ia sakit' });
  const kept = await keptOf(day, idOf(day, 0));
  expect(kept.attendances).toMatchObject([{ status: 'excused', method: 'correction' }]);
  expect(kept.scans.map(({ method }) => method)).toEqual(['tap', 'correction']);
  const page = await day.lurah.get(person);
  expect(page.text).toContain('Salah ketuk, ia sakit');
  expect(page.text).toContain('Ketukan petugas');
  await send(day.staff, person, { status: 'unrecorded', reason: 'Orang lain' });
  expect((await keptOf(day, idOf(day, 0))).attendances).toEqual([]);
  await expect(
    asActor(systemActor('tests'), (tx) =>
      tx.checkIn.updateMany({ where: { invitationId: idOf(day, 0) }, data: { status: 'late' } }),
    ),
  ).rejects.toThrow();
  expect((await day.staff.get(`${day.url}/peserta/2147483000`)).status).toBe(404);
  expect(
    (await day.staff.post(`${day.url}/peserta/2147483000`, { status: 'late', reason: 'Ada' }))
      .status,
  ).toBe(404);
});

test('who comes without an invitation is found among the officers or written down, and present at once', async () => {
  const day = await makeThree();
  const walkIn = `${day.url}/peserta-tambahan`;
  const refused = await send(day.staff, walkIn, { name: 'Pak Lurah Lama' });
  expect(refused.text).toContain('Sesi ini belum dibuka');
  await send(day.staff, `${day.url}/pembukaan`);
  const institutionId = day.people[0]?.institutionId ?? 0;
  const seat = await seatOf(institutionId, 'secretary');
  const person = await makePerson({ name: 'Hartono Wijaya', phone: '+6281299998888' });
  const tenure = await makeTenure({
    institutionId,
    seatId: seat.id,
    personId: person.id,
    kind: 'acting',
  });

  expect((await day.staff.get(`${walkIn}?cari=ha`)).text).toContain('Tulis paling sedikit 3 huruf');
  const found = await day.staff.get(`${walkIn}?cari=harto`);
  expect(found.text).toContain('Hartono Wijaya');
  expect(found.text).toContain('Plt. Sekretaris');
  expect(found.text).not.toContain('99998888');
  const list = await send(day.staff, walkIn, { tenureId: tenure.id });
  expect(list.text).toContain('<span data-here>1</span> dari 4 hadir');
  expect(list.text).toContain('Plt. Sekretaris');
  // Once more finds them on the list.
  expect((await day.staff.get(`${walkIn}?cari=harto`)).text).toContain('Sudah ada pada daftar');
  expect((await send(day.staff, walkIn, { tenureId: tenure.id })).text).toContain('dari 4 hadir');

  const nameless = await day.staff.post(walkIn, { name: '', institutionName: 'Tokoh' });
  expect(nameless.status).toBe(422);
  expect(nameless.text).toContain('Isi nama, paling sedikit 2 huruf');
  expect(nameless.text).toContain('value="Tokoh"');
  const guest = { key: randomUUID(), name: 'H. Sodiq', sex: 'L', institutionName: 'Tokoh warga' };
  await Promise.all([day.staff.post(walkIn, guest), day.staff.post(walkIn, guest)]);
  const all = await day.staff.get(`${day.url}/daftar-hadir`);
  expect(all.text).toContain('Tokoh warga');
  expect(all.text).toContain('<span data-here>2</span> dari 5 hadir');

  await send(day.staff, `${day.url}/penutupan`);
  const shut = await send(day.staff, walkIn, { name: 'Datang sore' });
  expect(shut.text).toContain('Sesi ini sudah ditutup');
  const afternoon = day.url.replace(/\d+$/, String(day.afternoon.id));
  await send(day.staff, `${afternoon}/pembukaan`);
  await send(day.staff, `${afternoon}/peserta-tambahan`, { name: 'Datang sore' });
  // Not there in the morning, which is closed already.
  const morning = await day.staff.get(`${day.url}/daftar-hadir?catatan=absen`);
  expect(morning.text).toContain('Datang sore');
});

test('the camat and an auditor read and do not write; another kelurahan does not see', async () => {
  const day = await makeThree();
  await send(day.staff, `${day.url}/pembukaan`);
  const camat = await as(await makeAccount('kecamatan', { kecamatanId: day.kecamatan.id }));
  const auditor = await as(await makeAccount('auditor'));
  const beside = await makeKelurahan({ kecamatanId: day.kecamatan.id });
  const neighbour = await as(await makeAccount('staff', { kelurahanId: beside.id }));
  const list = `${day.url}/daftar-hadir`;
  const person = `${day.url}/peserta/${idOf(day, 0)}`;
  const acts: [string, Record<string, string | number>][] = [
    [list, { invitationId: idOf(day, 0) }],
    [person, { status: 'present', reason: 'Hadir juga' }],
    [`${day.url}/peserta-tambahan`, { name: 'Orang lain' }],
    [`${day.url}/penutupan`, {}],
    [`${day.url}/pembukaan-kembali`, { reason: 'Iseng saja' }],
  ];
  for (const [reader, refusal] of [
    [camat, 403],
    [auditor, 403],
    [neighbour, 404],
  ] as const) {
    const isReader = refusal === 403;
    for (const url of [list, person, `/pelatihan/${day.training.id}/daftar-hadir`])
      expect((await reader.get(url)).status).toBe(isReader ? 200 : 404);
    if (isReader) expect((await reader.get(list)).text).not.toContain('data-tap');
    for (const [url, fields] of acts)
      expect((await reader.post(url, fields)).status, url).toBe(refusal);
  }
  const kept = await keptOf(day, idOf(day, 0));
  expect(kept).toEqual({ attendances: [], scans: [] });
  // An id of another training's session is not found either.
  const other = await makeThree();
  const mixed = `/pelatihan/${day.training.id}/sesi/${other.session.id}/daftar-hadir`;
  expect((await day.staff.get(mixed)).status).toBe(404);
  const foreign = await send(day.staff, list, { invitationId: idOf(other, 0) });
  expect(foreign.text).toContain('tidak ada pada daftar hadir');
});

test('hostile taps are refused and break nothing', async () => {
  const day = await makeThree();
  await send(day.staff, `${day.url}/pembukaan`);
  const list = `${day.url}/daftar-hadir`;
  for (const invitationId of ['', '0', '-1', '1.5', '99999999999', "1' OR 1=1", 'NaN'])
    expect((await day.staff.post(list, { invitationId })).status, invitationId).toBe(400);
  expect((await day.staff.post(list, { invitationId: 1, status: 'present' })).status).toBe(400);
  expect((await day.staff.post(list, { key: 'x', invitationId: 1 })).status).toBe(400);
  expect((await day.staff.get(`${list}?cari=${'a'.repeat(101)}`)).status).toBe(422);
  expect((await day.staff.get(`${list}?cari=%00`)).status).toBe(400);
});
