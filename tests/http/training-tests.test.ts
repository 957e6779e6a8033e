import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { systemActor } from '#src/access.ts';
import { asActor } from '#src/database.ts';
import { as } from '../support/app.ts';
import { makeAccount, makeKelurahan } from '../support/fixtures.ts';
import { endIn, makeTest, resultsOf } from '../support/training-tests.ts';

/** Staff write the tests, open them, type what was answered on paper and read the scores. */

const question = {
  version: 1,
  text: 'Apa itu LKK?',
  choice1: 'Mitra',
  choice2: 'Partai',
  correct: 1,
};

test('staff write questions, change them, order them and remove them', async () => {
  const day = await makeTest(['Ani'], { questions: 3, isOpened: false });
  const [first, second, third] = day.asked;
  const list = await day.staff.get(day.base);
  expect(list.text).toMatch(/1\. Soal nomor 1.*2\. Soal nomor 2.*3\. Soal nomor 3/s);
  expect(list.text).toContain('3 soal');
  const url = `${day.base}/soal/${second?.id}`;
  expect((await day.staff.get(url)).text).toContain('value="Ragu"');
  await day.staff.post(url, { ...question, text: 'Apa <b>itu</b>?', correct: 2 });
  await day.staff.post(`${url}/urutan`, { direction: 'up' });
  const key = randomUUID();
  await day.staff.post(`${url}/urutan`, { direction: 'up', key });
  const changed = await day.staff.get(day.base);
  expect(changed.text).toMatch(
    /1\. Apa &lt;b&gt;itu&lt;\/b&gt;\?.*2\. Soal nomor 1.*3\. Soal nomor 3/s,
  );
  expect(changed.text).toMatch(/B\. Partai.*Benar/s);
  await day.staff.post(`${day.base}/soal/${first?.id}/penghapusan`, { version: 1 });
  await day.staff.post(`${day.base}/soal/${third?.id}/urutan`, { direction: 'down' });
  expect((await day.staff.get(day.base)).text).toMatch(/1\. Apa.*2\. Soal nomor 3/s);
  expect((await day.staff.get(`${day.base}/soal/${first?.id}`)).status).toBe(404);
});

test('what is wrong with a question is said at its field, and what was typed stays', async () => {
  const day = await makeTest(['Ani'], { questions: 0, isOpened: false });
  const refused = async (fields: Record<string, string | number>, sentence: string) => {
    const answer = await day.staff.post(`${day.base}/soal`, { ...question, ...fields });
    expect(answer.status).toBe(422);
    expect(answer.text).toContain(sentence);
    return answer;
  };
  await refused({ text: '' }, 'Tulis soalnya');
  await refused({ choice2: '' }, 'Isi paling sedikit dua pilihan');
  await refused({ choice2: 'Mitra' }, 'Pilihan ini sama dengan yang di atas');
  const kept = await refused({ correct: 5 }, 'Pilihan E kosong, jadi tidak mungkin benar');
  expect(kept.text).toContain('value="Partai"');
  await refused({ correct: 7 }, 'Pilih jawaban yang benar');
  await refused({ choice3: 'a'.repeat(201) }, 'Paling panjang 200 huruf');
  expect((await day.staff.post(`${day.base}/soal`, { ...question, choice7: 'x' })).status).toBe(
    400,
  );
  // Empty choices in between are left out, and the right one is still the right one.
  await day.staff.post(`${day.base}/soal`, {
    ...question,
    choice2: '',
    choice4: 'Partai',
    correct: 4,
  });
  const [stored] = await asActor(systemActor('tests'), (tx) =>
    tx.trainingQuestion.findMany({ where: { trainingId: day.training.id } }),
  );
  expect(stored).toMatchObject({ choices: ['Mitra', 'Partai'], correct: 2, number: 1 });
  expect((await day.staff.post(`${day.base}/pembukaan`)).status).toBe(303);
});

test('two who change the same question at once are shown both; fifty questions are enough', async () => {
  const day = await makeTest(['Ani'], { questions: 1, isOpened: false });
  const url = `${day.base}/soal/${day.asked[0]?.id}`;
  const answers = await Promise.all([
    day.staff.post(url, { ...question, text: 'Versi staf' }),
    day.lurah.post(url, { ...question, text: 'Versi lurah' }),
  ]);
  expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([303, 409]);
  const conflict = answers.find(({ status }) => status === 409)?.text;
  expect(conflict).toContain('Versi staf');
  expect(conflict).toContain('Versi lurah');
  await asActor(
    systemActor('tests'),
    (tx) => tx.$executeRaw`
    INSERT INTO training_questions (training_id, number, text, choices, correct)
    SELECT ${day.training.id}::int, n, 'Soal ' || n, '{a,b}', 1 FROM generate_series(2, 50) n`,
  );
  await day.staff.post(`${day.base}/soal`, question);
  expect((await day.staff.get(day.base)).text).toContain('sudah berisi 50 soal');
});

test('after the first answer no question changes, whoever tries and however', async () => {
  const day = await makeTest();
  await day.phone.post(`${day.links[0]}/tes/pra`, { daftar: day.daftar, soal1: 1, soal2: 2 });
  expect(await resultsOf(day)).toMatchObject([{ score: 1, means: 'phone', answers: [1, 2] }]);
  const url = `${day.base}/soal/${day.asked[0]?.id}`;
  expect((await day.staff.get(url)).text).toContain('Soal tidak dapat diubah lagi');
  for (const [address, fields] of [
    [url, question],
    [`${day.base}/soal`, question],
    [`${url}/penghapusan`, { version: 1 }],
    [`${url}/urutan`, { direction: 'down' }],
  ] as const) {
    expect((await day.staff.post(address, fields)).status).toBe(303);
    expect((await day.staff.get(day.base)).text).toContain(
      'Soal tidak dapat diubah lagi: sudah ada peserta yang menjawab.',
    );
  }
  await day.staff.post(`${day.base}/penarikan`);
  expect((await day.staff.get(day.base)).text).toContain('Tes tetap terbuka');
  expect((await day.staff.get(day.base)).text).toMatch(/1\. Soal nomor 1.*2\. Soal nomor 2/s);
  await expect(
    asActor(systemActor('tests'), (tx) =>
      tx.trainingQuestion.updateMany({
        where: { trainingId: day.training.id },
        data: { correct: 2 },
      }),
    ),
  ).rejects.toThrow('training_questions_stay');
});

test('answers from paper are typed, and typed again when they were wrong', async () => {
  const day = await makeTest(['Ani', 'Budi'], { isOpened: false });
  const url = `${day.base}/kertas/${day.people[0]?.id}/pra`;
  const page = await day.staff.get(url);
  expect(page.text).toContain('A. Betul sekali');
  expect(page.text).toContain('Tidak dijawab');
  const paper = { daftar: day.daftar, seen: 0, soal1: 1, soal2: 0 };
  const sent = { ...paper, key: randomUUID() };
  await Promise.all([day.staff.post(url, sent), day.staff.post(url, sent)]);
  const [stored, ...more] = await resultsOf(day);
  expect(more).toEqual([]);
  expect(stored).toMatchObject({ score: 1, means: 'paper', answers: [1, 0], phase: 'pre' });
  // Whoever did not see what is stored does not overwrite it.
  const blind = await day.lurah.post(url, { ...paper, soal2: 3 });
  expect(blind.status).toBe(409);
  expect(blind.text).toContain('Yang tersimpan tidak diubah');
  expect((await day.staff.get(url)).text).toContain(`name="seen" value="${stored?.id}"`);
  expect((await day.staff.post(url, { ...paper, seen: stored?.id ?? 0, soal2: 1 })).status).toBe(
    303,
  );
  expect(await resultsOf(day)).toMatchObject([{ score: 2, answers: [1, 1] }]);
});

test('what somebody sent from their phone is not typed over', async () => {
  const day = await makeTest();
  await day.phone.post(`${day.links[0]}/tes/pra`, { daftar: day.daftar, soal1: 2, soal2: 2 });
  const url = `${day.base}/kertas/${day.people[0]?.id}/pra`;
  expect((await day.staff.get(url)).text).toContain('sudah menjawab sendiri lewat HP');
  const [stored] = await resultsOf(day);
  const over = { daftar: day.daftar, seen: stored?.id ?? 0, soal1: 1, soal2: 1 };
  expect((await day.staff.post(url, over)).status).toBe(409);
  expect(await resultsOf(day)).toMatchObject([{ score: 0, means: 'phone' }]);
});

test('scores and gain stand per participant, and the share of right answers per question', async () => {
  const day = await makeTest(['Ani', 'Budi', 'Citra']);
  const typed = (index: number, phase: string, one: number, two: number) =>
    day.staff.post(`${day.base}/kertas/${day.people[index]?.id}/${phase}`, {
      daftar: day.daftar,
      seen: 0,
      soal1: one,
      soal2: two,
    });
  await typed(0, 'pra', 1, 2);
  await typed(0, 'pasca', 1, 1);
  await typed(1, 'pra', 2, 2);
  await typed(1, 'pasca', 1, 3);
  await typed(2, 'pra', 1, 1);
  const page = (await day.staff.get(`${day.base}/nilai`)).text
    .replaceAll(/<[^>]*>|\s+/g, ' ')
    .replaceAll(/ +/g, ' ');
  expect(page).toMatch(/Tes awal 50 3 orang Tes akhir 75 2 orang Selisih \+50/);
  expect(page).toMatch(/Ani .*? 50 100 \+50 Budi .*? 0 50 \+50 Citra .*? 100 Isi –/);
  expect(page).toMatch(/1\. Soal nomor 1 67% 100% 2\. Soal nomor 2 33% 50%/);
  expect((await day.staff.get(`${day.base}/nilai?halaman=3`)).status).toBe(200);
  expect((await day.staff.get(`${day.base}/nilai?halaman=x`)).status).toBe(422);
});

test('who does not organise writes no question; who does not record types nothing', async () => {
  const day = await makeTest();
  const camat = await as(await makeAccount('kecamatan', { kecamatanId: day.kecamatan.id }));
  const auditor = await as(await makeAccount('auditor'));
  const beside = await makeKelurahan({ kecamatanId: day.kecamatan.id });
  const neighbour = await as(await makeAccount('staff', { kelurahanId: beside.id }));
  const url = `${day.base}/soal/${day.asked[0]?.id}`;
  const paper = `${day.base}/kertas/${day.people[0]?.id}/pra`;
  const acts: [string, Record<string, string | number>][] = [
    [`${day.base}/soal`, question],
    [url, question],
    [`${url}/penghapusan`, { version: 1 }],
    [`${url}/urutan`, { direction: 'down' }],
    [`${day.base}/penarikan`, {}],
    [paper, { daftar: day.daftar, seen: 0, soal1: 1, soal2: 1 }],
  ];
  for (const [browser, refusal] of [
    [camat, 403],
    [auditor, 403],
    [neighbour, 404],
    [await as(), 401],
  ] as const)
    for (const [address, fields] of acts)
      expect((await browser.post(address, fields)).status, address).toBe(refusal);
  for (const part of ['', '/nilai', '/nilai.xlsx']) {
    expect((await camat.get(day.base + part)).status).toBe(200);
    expect((await neighbour.get(day.base + part)).status).toBe(404);
  }
  expect((await camat.get(day.base)).text).not.toContain('/urutan');
  expect(await resultsOf(day)).toEqual([]);
  // A question or participant of another training is not found under this one.
  const other = await makeTest();
  expect((await day.staff.get(`${day.base}/soal/${other.asked[0]?.id}`)).status).toBe(404);
  const foreign = `${day.base}/kertas/${other.people[0]?.id}/pra`;
  expect((await day.staff.post(foreign, { daftar: day.daftar, seen: 0 })).status).toBe(404);
});

test('a kelurahan types the papers of its own people in a training of the kecamatan and writes no question', async () => {
  const day = await makeTest();
  const beside = await makeKelurahan({ kecamatanId: day.kecamatan.id });
  await asActor(systemActor('tests'), (tx) =>
    tx.training.update({
      where: { id: day.training.id },
      data: { organiserKind: 'kecamatan', kelurahanIds: [day.kelurahan.id, beside.id] },
    }),
  );
  const neighbour = await as(await makeAccount('staff', { kelurahanId: beside.id }));
  const url = `${day.base}/kertas/${day.people[0]?.id}/pra`;
  const paper = { daftar: day.daftar, seen: 0, soal1: 1, soal2: 2 };
  expect((await neighbour.get(`${day.base}/nilai`)).text).not.toContain('Ani');
  expect((await neighbour.post(url, paper)).status).toBe(404);
  expect((await day.staff.post(`${day.base}/soal`, question)).status).toBe(403);
  expect((await day.staff.post(url, paper)).status).toBe(303);
  expect(await resultsOf(day)).toMatchObject([{ score: 1 }]);
  expect((await neighbour.get(`${day.base}/nilai`)).text).toContain('0 orang');
});

test('an answer and taking the test back at once do not cross', async () => {
  for (let round = 0; round < 4; round += 1) {
    const day = await makeTest();
    await Promise.all([
      day.phone.post(`${day.links[0]}/tes/pra`, { daftar: day.daftar, soal1: 1, soal2: 1 }),
      day.staff.post(`${day.base}/penarikan`),
    ]);
    const training = await asActor(systemActor('tests'), (tx) =>
      tx.training.findUnique({ where: { id: day.training.id } }),
    );
    expect((await resultsOf(day)).length).toBe(training?.testOpenedAt ? 1 : 0);
  }
});

test('hostile answers are refused and break nothing', async () => {
  const day = await makeTest();
  const url = `${day.base}/kertas/${day.people[0]?.id}/pra`;
  const paper = { daftar: day.daftar, seen: 0 };
  for (const daftar of ['', 'x', '1,', '1,,2', '1;DROP', '9999999999', '1,'.repeat(60)])
    expect((await day.staff.post(url, { ...paper, daftar })).status, daftar).toBe(422);
  for (const soal1 of ['7', '-1', '1.5', 'A', '{}'])
    expect((await day.staff.post(url, { ...paper, soal1 })).status, soal1).toBe(422);
  expect((await day.staff.post(url, { ...paper, soal51: 1 })).status).toBe(400);
  expect((await day.staff.post(url, { ...paper, score: 2 })).status).toBe(400);
  // The questions of somewhere else, too few of them, or a choice that this question does not have.
  for (const fields of [
    { daftar: '1,2' },
    { daftar: String(day.asked[0]?.id) },
    { daftar: day.daftar.split(',').toReversed().join(',') },
    { daftar: day.daftar, soal1: 6 },
  ])
    expect((await day.staff.post(url, { ...paper, ...fields })).status).toBe(409);
  expect((await day.staff.get(url.replace('pra', 'tengah'))).status).toBe(404);
  expect(await resultsOf(day)).toEqual([]);
  await endIn(day, 10);
  expect((await day.staff.get(day.base)).text).toContain('Sudah lewat');
});
