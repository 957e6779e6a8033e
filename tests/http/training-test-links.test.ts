import { expect, test } from 'vitest';
import { actorFor } from '#src/access.ts';
import { asActor } from '#src/database.ts';
import { as } from '../support/app.ts';
import { makeAccount, makePerson, makeTenure, seatOf } from '../support/fixtures.ts';
import {
  endIn,
  makeTest,
  officerOf,
  resultsOf,
  type TestedDay,
} from '../support/training-tests.ts';

/** Participants answer by their private link or signed in, once, in time, and see their own score only. */

const right = (day: TestedDay) => ({ daftar: day.daftar, soal1: 1, soal2: 1 });

test('a participant answers on the phone by the private link, once, and sees the own score', async () => {
  const day = await makeTest();
  const [link = '', other = ''] = day.links;
  expect((await day.phone.get(link)).text).toContain(`${link}/tes/pra`);
  const page = await day.phone.get(`${link}/tes/pra`);
  expect(page.status).toBe(200);
  expect(page.headers['x-robots-tag']).toContain('noindex');
  expect(page.text).toContain('1. Soal nomor 1');
  expect(page.text).not.toMatch(/correct|Benar/);
  const missing = await day.phone.post(`${link}/tes/pra`, { daftar: day.daftar, soal1: 2 });
  expect(missing.status).toBe(422);
  expect(missing.text).toContain('Pilih satu jawaban untuk soal 2');
  expect(missing.text).toMatch(/name="soal1" value="2" checked/);
  // Sent twice, by two taps at once.
  const answers = await Promise.all(
    [1, 2, 3].map(() => day.phone.post(`${link}/tes/pra`, right(day))),
  );
  expect(answers.map(({ status }) => status)).toEqual([303, 303, 303]);
  const done = await day.phone.get(`${link}/tes/pra`);
  expect(done.text).toContain('100 (2 dari 2 benar)');
  expect(done.text).not.toContain('Soal nomor 1');
  await day.phone.post(`${link}/tes/pra`, { ...right(day), soal1: 3 });
  expect(await resultsOf(day)).toMatchObject([{ score: 2, phase: 'pre', means: 'phone' }]);
  // Nobody else sees it.
  const theirs = await day.phone.get(`${other}/tes/pra`);
  expect(theirs.text).not.toContain('Nilai Anda');
  expect(theirs.text).toContain('Soal nomor 1');
});

test('a test is open only in its time: before the end of the first session, and about the end of the last', async () => {
  const day = await makeTest();
  const [link = ''] = day.links;
  const send = (phase: string) => day.phone.post(`${link}/tes/${phase}`, right(day));
  expect((await day.phone.get(`${link}/tes/pasca`)).text).toContain('Tes belum dibuka');
  await send('pasca');
  expect(await resultsOf(day)).toEqual([]);
  await endIn(day, 25);
  expect((await day.phone.get(`${link}/tes/pra`)).text).toContain('Waktu tes sudah lewat');
  await send('pra');
  expect(await resultsOf(day)).toEqual([]);
  expect((await day.phone.get(`${link}/tes/pasca`)).text).toContain('Soal nomor 1');
  await endIn(day, -8 * 24 * 60);
  await send('pasca');
  expect(await resultsOf(day)).toEqual([]);
  await endIn(day, -6 * 24 * 60);
  await send('pasca');
  expect(await resultsOf(day)).toMatchObject([{ phase: 'post' }]);
});

test('until staff open the tests nobody reads a question, and after taking that back neither', async () => {
  const day = await makeTest(['Ani'], { isOpened: false });
  const [link = ''] = day.links;
  expect((await day.phone.get(link)).text).not.toContain('/tes/');
  const page = await day.phone.get(`${link}/tes/pra`);
  expect(page.text).toContain('Belum ada tes');
  expect(page.text).not.toContain('Soal nomor 1');
  await day.phone.post(`${link}/tes/pra`, right(day));
  expect(await resultsOf(day)).toEqual([]);
  await day.staff.post(`${day.base}/pembukaan`);
  expect((await day.phone.get(`${link}/tes/pra`)).text).toContain('Soal nomor 1');
  await day.staff.post(`${day.base}/penarikan`);
  expect((await day.phone.get(`${link}/tes/pra`)).text).not.toContain('Soal nomor 1');
});

test('an invited officer who is signed in answers the same, and a colleague sees nothing of it', async () => {
  const day = await makeTest();
  const account = await officerOf(day, 0);
  const officer = await as(account);
  const own = `/pelatihan/${day.training.id}/tes-saya`;
  expect((await officer.get(own)).text).toContain('Dapat diisi');
  expect((await officer.get(`${own}/pra`)).text).toContain('Soal nomor 1');
  expect((await officer.post(`${own}/pra`, right(day))).status).toBe(303);
  expect((await officer.get(own)).text).toContain('100 (2 dari 2 benar)');
  expect((await day.phone.get(`${day.links[0]}/tes/pra`)).text).toContain('100 (2 dari 2 benar)');
  expect((await officer.get(day.base)).status).toBe(403);
  expect((await officer.get(`${day.base}/nilai`)).status).toBe(403);

  const institutionId = day.people[0]?.institutionId ?? 0;
  const seat = await seatOf(institutionId, 'secretary');
  const tenure = await makeTenure({
    institutionId,
    seatId: seat.id,
    personId: (await makePerson()).id,
  });
  const beside = await makeAccount('officer', {
    kelurahanId: day.kelurahan.id,
    institutionId,
    tenureId: tenure.id,
  });
  const colleague = await as(beside);
  expect((await colleague.get(own)).text).toContain('Belum ada tes untuk Anda');
  expect((await colleague.get(`${own}/pra`)).status).toBe(404);
  expect((await colleague.post(`${own}/pra`, right(day))).status).toBe(404);
  for (const [reader, count] of [
    [beside, 0],
    [account, 1],
  ] as const) {
    const signedIn = {
      ...{ id: reader.id, username: '', displayName: '', role: 'officer' as const },
      ...{ kecamatanId: null, kelurahanId: day.kelurahan.id, institutionId, scopeName: '' },
      kelurahanIds: [day.kelurahan.id],
    };
    expect(await asActor(actorFor(signedIn, ''), (tx) => tx.testResult.count())).toBe(count);
  }
});

test('guessed links, foreign questions and nonsense get nothing', async () => {
  const day = await makeTest();
  const [link = ''] = day.links;
  const unknown = `/u/${'A'.repeat(43)}/tes/pra`;
  expect((await day.phone.get(unknown)).status).toBe(404);
  expect((await day.phone.post(unknown, right(day))).status).toBe(404);
  expect((await day.phone.get(`${link}/tes/lain`)).status).toBe(404);
  for (const fields of [{ daftar: 'x' }, { daftar: day.daftar, soal1: 9 }, {}])
    expect((await day.phone.post(`${link}/tes/pra`, fields)).status).toBe(422);
  expect((await day.phone.post(`${link}/tes/pra`, { ...right(day), nilai: 1 })).status).toBe(400);
  for (const fields of [
    { daftar: '1,2', soal1: 1, soal2: 1 },
    { daftar: day.daftar, soal1: 4, soal2: 1 },
    { daftar: `${day.daftar},1`, soal1: 1, soal2: 1, soal3: 1 },
  ]) {
    const answer = await day.phone.post(`${link}/tes/pra`, fields);
    expect(answer.status).toBe(409);
    expect(answer.text).toContain('Soal tes ini baru saja diubah');
  }
  expect(await resultsOf(day)).toEqual([]);
});
