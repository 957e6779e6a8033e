import { randomBytes, randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { systemActor } from '#src/access.ts';
import { asActor } from '#src/database.ts';
import { as } from '../support/app.ts';
import { addCrowd, type Day, keptOf, makeDay } from '../support/attendance.ts';
import { makeAccount, makeKelurahan } from '../support/fixtures.ts';

/** The signed sheet is copied in. */

const urlOf = (day: Day) => `${day.url}/daftar-hadir/salinan`;
const idOf = (day: Day, index: number) => day.people[index]?.id ?? 0;
const standingOf = async (day: Day, index: number) =>
  (await keptOf(day, idOf(day, index))).attendances[0]?.status;

async function copy(day: Day, fields: Record<string, string | number>, browser = day.staff) {
  const answer = await browser.post(urlOf(day), fields);
  expect(answer.status, answer.text.slice(0, 1500)).toBe(303);
  return browser.get(String(answer.headers.location));
}

test('the names stand in the order and with the numbers of the printed sheet', async () => {
  const day = await makeDay(['Citra', 'Ani', 'Budi']);
  expect((await day.staff.get(urlOf(day))).text).toContain('Sesi belum dibuka');
  await copy(day, { hadir1: idOf(day, 0) });
  expect(await standingOf(day, 0)).toBeUndefined();
  await day.staff.post(`${day.url}/pembukaan`);
  await day.staff.post(`${day.url}/peserta-tambahan`, { name: 'Aah' });
  const page = await day.staff.get(urlOf(day));
  expect(page.text).toMatch(/1\. Ani.*2\. Budi.*3\. Citra.*4\. Aah.*Hadir/s);
  expect(page.text.match(/type="checkbox"/g)).toHaveLength(3);
  expect((await day.staff.get(`${day.url}/daftar-hadir`)).text).toContain('/daftar-hadir/salinan');
});

test('ticks make who signed present, once however often the form is sent', async () => {
  const day = await makeDay(['Ani', 'Budi', 'Citra']);
  await day.staff.post(`${day.url}/pembukaan`);
  const none = await day.staff.post(urlOf(day), { halaman: 1 });
  expect(none.status).toBe(422);
  expect(none.text).toContain('Centang paling sedikit satu orang');
  const form = { key: randomUUID(), hadir1: idOf(day, 0), hadir3: idOf(day, 2) };
  await Promise.all([copy(day, form), copy(day, form)]);
  const done = await copy(day, { hadir1: idOf(day, 1) }, day.lurah);
  expect(done.text).toContain('1 orang tercatat hadir menurut daftar hadir kertas.');
  expect(done.text).toContain('<span data-here>3</span> dari 3 hadir');
  const { attendances, scans } = await keptOf(day, idOf(day, 0));
  expect(attendances).toMatchObject([{ status: 'present', method: 'paper' }]);
  expect(scans).toMatchObject([{ method: 'paper', recordedByName: expect.stringMatching(/./) }]);
});

test('after closing, paper says more than the closing and less than a correction', async () => {
  const day = await makeDay(['Ani', 'Budi', 'Citra', 'Dewi']);
  await day.staff.post(`${day.url}/pembukaan`);
  await day.staff.post(`${day.url}/daftar-hadir`, { invitationId: idOf(day, 0) });
  await day.staff.post(`${day.url}/peserta/${idOf(day, 1)}`, {
    status: 'excused',
    reason: 'Menandatangani untuk orang lain',
  });
  await day.staff.post(`${day.url}/penutupan`);
  expect((await day.staff.get(urlOf(day))).text).toContain('sekarang absen');
  const done = await copy(day, {
    hadir1: idOf(day, 0),
    hadir2: idOf(day, 1),
    hadir3: idOf(day, 2),
    name1: 'Eko <b>Baris</b>',
    unit1: 'Tokoh',
  });
  expect(done.text).toContain('3 orang tercatat hadir');
  expect(done.text).toContain('1 orang tetap seperti koreksi petugas sebelumnya.');
  expect(done.text).toContain('Eko &lt;b&gt;Baris&lt;/b&gt;');
  expect(await Promise.all([0, 1, 2, 3].map((index) => standingOf(day, index)))).toEqual([
    'present',
    'excused',
    'present',
    'absent',
  ]);
  expect((await keptOf(day, idOf(day, 0))).attendances[0]?.method).toBe('tap');
});

test('two who copy the same page at once make one attendance of each', async () => {
  const names = ['Ani', 'Budi', 'Citra', 'Dewi', 'Eko', 'Fitri'];
  const day = await makeDay(names);
  await day.staff.post(`${day.url}/pembukaan`);
  const ticked = (order: readonly number[]) =>
    Object.fromEntries(order.map((index, place) => [`hadir${place + 1}`, idOf(day, index)]));
  const answers = await Promise.all(
    [day.staff, day.lurah, day.staff, day.lurah].map((browser, turn) =>
      browser.post(urlOf(day), ticked(turn % 2 ? [5, 4, 3, 2, 1, 0] : [0, 1, 2, 3, 4, 5])),
    ),
  );
  expect(answers.map(({ status }) => status)).toEqual([303, 303, 303, 303]);
  for (const index of names.keys()) {
    const { attendances, scans } = await keptOf(day, idOf(day, index));
    expect(attendances).toHaveLength(1);
    expect(scans).toHaveLength(4);
  }
});

test('three hundred names come in pages of sixty, and saving one leads to the next', async () => {
  const day = await makeDay(['Ani']);
  await addCrowd(day.training.id, 299);
  await day.staff.post(`${day.url}/pembukaan`);
  let at = urlOf(day);
  for (let number = 1; number <= 5; number += 1) {
    const page = await day.staff.get(at);
    const ticks = [...page.text.matchAll(/name="(hadir\d+)" value="(\d+)"/g)].map(
      ([, name = '', value = '']) => [name, value],
    );
    expect(ticks).toHaveLength(60);
    expect(page.text.includes('name="name1"')).toBe(number === 5);
    const answer = await day.staff.post(urlOf(day), {
      halaman: number,
      ...Object.fromEntries(ticks),
    });
    at = String(answer.headers.location);
    expect(at).toBe(number < 5 ? `${urlOf(day)}?halaman=${number + 1}` : `${day.url}/daftar-hadir`);
  }
  expect((await day.staff.get(at)).text).toContain('<span data-here>300</span> dari 300 hadir');
  expect((await day.staff.get(`${urlOf(day)}?halaman=9`)).text).toContain('Ke halaman pertama');
}, 30_000);

test('a session that nobody opened on the day is opened and closed for its paper when the training is over', async () => {
  const day = await makeDay(['Ani', 'Budi'], { startedMinutesAgo: 600 });
  await asActor(systemActor('tests'), (tx) =>
    tx.training.update({ where: { id: day.training.id }, data: { status: 'finished' } }),
  );
  await day.staff.post(`${day.url}/pembukaan`);
  await day.staff.post(`${day.url}/daftar-hadir`, { invitationId: idOf(day, 1) });
  expect(await standingOf(day, 1)).toBeUndefined();
  await copy(day, { hadir1: idOf(day, 0) });
  await day.staff.post(`${day.url}/penutupan`);
  expect([await standingOf(day, 0), await standingOf(day, 1)]).toEqual(['present', 'absent']);
  const training = await asActor(systemActor('tests'), (tx) =>
    tx.training.findUnique({ where: { id: day.training.id } }),
  );
  expect(training?.status).toBe('finished');
  const reopened = await day.staff.post(`${day.url}/pembukaan-kembali`, { reason: 'Masih ada' });
  expect(reopened.status).toBe(409);
  // The afternoon of a training that is over has not begun by its clock: it stays shut.
  const afternoon = day.url.replace(/\d+$/, String(day.afternoon.id));
  await day.staff.post(`${afternoon}/pembukaan`);
  expect((await day.staff.get(`${afternoon}/daftar-hadir`)).text).toContain('Sesi belum dibuka');
});

test('a kelurahan copies its own people in a training of the kecamatan, and nobody else', async () => {
  const day = await makeDay(['Ani', 'Budi']);
  await day.staff.post(`${day.url}/pembukaan`);
  const beside = await makeKelurahan({ kecamatanId: day.kecamatan.id });
  const foreign = await asActor(systemActor('tests'), async (tx) => {
    await tx.training.update({
      where: { id: day.training.id },
      data: { organiserKind: 'kecamatan', kelurahanIds: [day.kelurahan.id, beside.id] },
    });
    const stranger = { name: 'Aan Sebelah', sortName: 'Aan Sebelah', kind: 'walk_in' };
    return tx.trainingInvitation.create({
      data: {
        ...{ ...stranger, trainingId: day.training.id, kelurahanId: beside.id },
        ...{ tokenHash: randomBytes(32), code: 'ZZZZZZ' },
      },
    });
  });
  const page = await day.staff.get(urlOf(day));
  expect(page.text).toMatch(/1\. Ani.*2\. Budi/s);
  expect(page.text).not.toContain('Sebelah');
  const done = await copy(day, { hadir1: foreign.id, hadir2: idOf(day, 1) });
  expect(done.text).toContain('1 orang tercatat hadir');
  expect((await keptOf(day, foreign.id)).attendances).toEqual([]);
  expect(await standingOf(day, 1)).toBe('present');
  const camat = await as(await makeAccount('kecamatan', { kecamatanId: day.kecamatan.id }));
  await copy(day, { hadir3: foreign.id }, camat);
  expect((await keptOf(day, foreign.id)).attendances).toMatchObject([{ method: 'paper' }]);
});

test('who may not record copies nothing, and hostile lines are refused', async () => {
  const day = await makeDay(['Ani', 'Budi']);
  const other = await makeDay(['Citra']);
  await day.staff.post(`${day.url}/pembukaan`);
  const camat = await as(await makeAccount('kecamatan', { kecamatanId: day.kecamatan.id }));
  const auditor = await as(await makeAccount('auditor'));
  const beside = await makeKelurahan({ kecamatanId: day.kecamatan.id });
  const neighbour = await as(await makeAccount('staff', { kelurahanId: beside.id }));
  const form = { hadir1: idOf(day, 0) };
  for (const [browser, refusal] of [
    [camat, 403],
    [auditor, 403],
    [neighbour, 404],
    [await as(), 401],
  ] as const) {
    expect((await browser.post(urlOf(day), form)).status).toBe(refusal);
    if (refusal !== 401) expect((await browser.get(urlOf(day))).status).toBe(refusal);
  }
  expect(await standingOf(day, 0)).toBeUndefined();

  // Somebody of another training is not of this sheet.
  const foreign = await copy(day, { hadir1: idOf(other, 0), hadir2: 999999999 });
  expect(foreign.text).toContain('0 orang tercatat hadir');
  for (const value of ['0', '-1', '1.5', '99999999999', "1' OR 1=1", 'NaN'])
    expect((await day.staff.post(urlOf(day), { hadir1: value })).status, value).toBe(422);
  expect((await day.staff.post(urlOf(day), { hadir61: 1 })).status).toBe(400);
  expect((await day.staff.post(urlOf(day), { ...form, halaman: '-1' })).status).toBe(422);
  expect((await day.staff.get(`${urlOf(day)}?halaman=0`)).status).toBe(422);
  const short = await day.staff.post(urlOf(day), { name1: 'A', unit2: 'Tokoh' });
  expect(short.status).toBe(422);
  expect(short.text).toContain('Nama paling sedikit 2 huruf');
  expect(short.text).toContain('Isi nama untuk unsur ini');
  expect(short.text).toContain('value="Tokoh"');
  const long = await day.staff.post(urlOf(day), { ...form, name1: 'a'.repeat(101) });
  expect(long.status).toBe(422);
  expect(long.text).toMatch(/name="hadir1" value="\d+" checked/);
});
