import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { today } from '#src/format.ts';
import { as } from '../support/app.ts';
import { certificatesIn, makeFinished } from '../support/certificates.ts';
import { makeAccount, makeKelurahan } from '../support/fixtures.ts';
import { inTests, linkOf } from '../support/invitations.ts';
import { readPdf } from '../support/pdf.ts';

const year = today().slice(0, 4);

test('the list explains of each person whether they came often enough', async () => {
  const { staff, base } = await makeFinished({
    'Ahmad Penuh': ['present', 'late'],
    'Budi Separuh': ['present', 'absent'],
    'Citra Belum': [null, null],
  });
  const page = await staff.get(base);
  expect(page.status).toBe(200);
  for (const words of [
    'Hadir 2 dari 2 sesi, perlu 2',
    'Hadir 1 dari 2 sesi, perlu 2',
    'Hadir 0 dari 2 sesi, perlu 2',
    '80% dari 2 sesi ialah 1,6, dibulatkan ke atas menjadi 2 sesi.',
    'Terbitkan 1 sertifikat',
  ])
    expect(page.text).toContain(words);
  const eligible = await staff.get(`${base}?status=berhak`);
  expect(eligible.text).toContain('Ahmad Penuh');
  expect(eligible.text).not.toContain('Budi Separuh');
  const found = await staff.get(`${base}?cari=budi`);
  expect(found.text).toContain('Budi Separuh');
  expect(found.text).not.toContain('Citra Belum');
  expect((await staff.get(`${base}?status=lain`)).status).toBe(422);
});

test('the share of the settings decides, and a merged twin adds to the line that stayed', async () => {
  const scene = await makeFinished({ Ahmad: ['present', null], Budi: [null, 'present'] });
  const [ahmad, budi] = scene.invitations;
  await inTests(
    (tx) =>
      tx.$executeRaw`UPDATE training_invitations SET person_id = ${ahmad?.personId} WHERE id = ${budi?.id}`,
  );
  const page = await scene.staff.get(scene.base);
  expect(page.text).toContain('Hadir 2 dari 2 sesi, perlu 2');
  expect(page.text).not.toContain('Budi');
});

test('all who are eligible get a certificate, each its own number and code, from a frozen copy', async () => {
  const scene = await makeFinished({
    'Drs. Ahmad Fauzi, M.Si.': ['present', 'present'],
    'Budi Absen': ['absent', 'absent'],
    'Yanti Hadir': ['late', 'present'],
  });
  const answer = await scene.staff.post(`${scene.base}/penerbitan`);
  expect(answer.status).toBe(303);
  expect(answer.headers.location).toBe(scene.base);
  const issued = await certificatesIn(scene.training.id);
  expect(issued.map(({ number }) => number)).toEqual([`001/SERT/${year}`, `002/SERT/${year}`]);
  expect(new Set(issued.map(({ code }) => code)).size).toBe(2);
  for (const { code } of issued) expect(code).toMatch(/^[2-9A-HJ-NP-Z]{26}$/);
  expect(issued[0]?.content).toMatchObject({
    name: 'Drs. Ahmad Fauzi, M.Si.',
    office: 'Ketua',
    title: scene.training.title,
    days: 'Kamis, 7 Agustus 2025',
    venue: 'Bale Hinggil',
    lessons: 7,
    organiser: 'Kelurahan Uji',
    issuedOn: today(),
  });
  expect(JSON.stringify(issued)).not.toContain('812555');
  await inTests((tx) =>
    tx.training.update({ where: { id: scene.training.id }, data: { title: 'Diubah Kemudian' } }),
  );
  const file = await scene.staff.get(`${scene.base}/${issued[0]?.id}.pdf`);
  const [text = ''] = await readPdf(file.body);
  expect(text).toContain(scene.training.title);
  expect(text).not.toContain('Diubah Kemudian');
});

test('many are issued in steps that show how far they came, and two people at once leave no gap and no double', async () => {
  const people = Object.fromEntries(
    Array.from({ length: 60 }, (_, index) => [
      `Warga ${String(index).padStart(2, '0')}`,
      ['present', 'present'] as ['present', 'present'],
    ]),
  );
  const scene = await makeFinished(people);
  const url = `${scene.base}/penerbitan`;
  expect((await scene.staff.get(url)).text).toContain('Terbitkan 60 sertifikat?');
  const first = await scene.staff.post(url);
  expect(first.headers.location).toBe(url);
  const progress = await scene.staff.get(url);
  expect(progress.text).toContain('25 dari 60 sertifikat terbit');
  expect(progress.text).toContain('data-continue');
  // Opening the page again is no step: nothing goes on by itself.
  const reopened = await scene.staff.get(url);
  expect(reopened.text).not.toContain('data-continue');
  expect(reopened.text).toContain('Terbitkan 35 sertifikat?');
  const answers = await Promise.all([
    scene.staff.post(url),
    scene.lurah.post(url),
    scene.staff.post(url),
    scene.lurah.post(url),
  ]);
  expect(answers.map(({ status }) => status)).toEqual([303, 303, 303, 303]);
  const issued = await certificatesIn(scene.training.id);
  expect(issued.map(({ number }) => number).toSorted()).toEqual(
    Array.from({ length: 60 }, (_, index) => `${String(index + 1).padStart(3, '0')}/SERT/${year}`),
  );
  expect(new Set(issued.map(({ invitationId }) => invitationId)).size).toBe(60);
  const file = await scene.staff.get(`${scene.base}.pdf`);
  expect(await readPdf(file.body)).toHaveLength(60);
}, 60_000);

test('the same form sent twice issues once, and one person can be issued alone', async () => {
  const scene = await makeFinished({
    Ahmad: ['present', 'present'],
    Budi: ['present', 'absent'],
  });
  const [ahmad, budi] = scene.invitations;
  const url = `${scene.base}/peserta/${ahmad?.id}`;
  expect((await scene.staff.get(url)).text).toContain('Terbitkan sertifikat');
  const key = randomUUID();
  expect((await scene.staff.post(url, { key })).headers.location).toBe(url);
  expect((await scene.staff.post(url, { key })).headers.location).toBe(url);
  expect((await scene.staff.post(url)).status).toBe(409);
  expect((await scene.staff.post(`${scene.base}/peserta/${budi?.id}`)).status).toBe(409);
  expect(await certificatesIn(scene.training.id)).toHaveLength(1);
  const page = await scene.staff.get(url);
  expect(page.text).toContain('Berlaku');
  expect(page.text).toContain(`Nomor 001/SERT/${year}`);
});

test('nothing is issued before the training is over', async () => {
  const scene = await makeFinished({ Ahmad: ['present', 'present'] }, { status: 'running' });
  expect((await scene.staff.get(scene.base)).text).toContain('setelah pelatihan ditandai selesai');
  expect((await scene.staff.post(`${scene.base}/penerbitan`)).status).toBe(409);
  expect((await scene.staff.get(`${scene.base}.pdf`)).status).toBe(404);
});

test('a delegate gets the certificate in their own name, and not on the page of whom they came for', async () => {
  const scene = await makeFinished({ 'Ahmad Ketua': ['present', 'present'] });
  await inTests((tx) =>
    tx.trainingInvitation.update({
      where: { id: scene.invitations[0]?.id ?? 0 },
      data: { answer: 'delegated', delegateName: 'Sunarto Wakil', answeredAt: new Date() },
    }),
  );
  await scene.staff.post(`${scene.base}/penerbitan`);
  const [certificate] = await certificatesIn(scene.training.id);
  expect(certificate?.personId).toBeNull();
  expect(certificate?.content).toMatchObject({
    name: 'Sunarto Wakil',
    office: 'mewakili Ketua Ahmad Ketua',
  });
  expect((await scene.staff.get(scene.base)).text).toContain('Sunarto Wakil');
});

test('a corrected name gives a new certificate, and the old one stays as replaced', async () => {
  const scene = await makeFinished({ 'Siti Mariam': ['present', 'present'] });
  await scene.staff.post(`${scene.base}/penerbitan`);
  const [old] = await certificatesIn(scene.training.id);
  const url = `${scene.base}/${old?.id}/pembetulan`;
  expect((await scene.staff.get(url)).text).toContain('value="Siti Mariam"');
  for (const [fields, words] of [
    [{ name: '', reason: 'x' }, 'Isi nama seperti yang dicetak'],
    [{ name: 'Siti Mariam', reason: 'Sama saja' }, 'Nama ini sama dengan yang tercetak'],
    [{ name: 'Siti Maryam', reason: '' }, 'Tulis apa yang dibetulkan'],
    [{ name: '<b>Siti', reason: 'Ejaan' }, 'Tulis nama dengan huruf saja'],
    [{ name: 'S'.repeat(161), reason: 'Ejaan' }, 'Paling panjang 160 huruf'],
  ] as const) {
    const refused = await scene.staff.post(url, fields);
    expect(refused.status, words).toBe(422);
    expect(refused.text).toContain(words);
  }
  const right = { name: 'Hj. Siti Maryam, S.Pd.', reason: 'Ejaan nama' };
  const answers = await Promise.all([scene.staff.post(url, right), scene.lurah.post(url, right)]);
  expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([303, 409]);
  const [before, after, ...more] = await certificatesIn(scene.training.id);
  expect(more).toEqual([]);
  expect(before).toMatchObject({ id: old?.id, content: { name: 'Siti Mariam' } });
  expect(after).toMatchObject({
    supersedesId: old?.id,
    number: `002/SERT/${year}`,
    content: { name: 'Hj. Siti Maryam, S.Pd.', correction: 'Ejaan nama' },
  });
  expect(after?.code).not.toBe(before?.code);
  expect((await scene.staff.get(`${scene.base}/${old?.id}.pdf`)).status).toBe(409);
  const page = await scene.staff.get(`${scene.base}/peserta/${after?.invitationId}`);
  expect(page.text).toContain('Digantikan');
  expect(page.text).toContain('Hj. Siti Maryam, S.Pd.');
  expect(await readPdf((await scene.staff.get(`${scene.base}.pdf`)).body)).toHaveLength(1);
});

test('a certificate is revoked once, with a date and a reason', async () => {
  const scene = await makeFinished({ Ahmad: ['present', 'present'] });
  await scene.staff.post(`${scene.base}/penerbitan`);
  const [certificate] = await certificatesIn(scene.training.id);
  const url = `${scene.base}/${certificate?.id}/pencabutan`;
  expect((await scene.staff.get(url)).status).toBe(200);
  const on = (day: string) => {
    const [y = '', m = '', d = ''] = day.split('-');
    return { revokedOnYear: y, revokedOnMonth: m, revokedOnDay: d };
  };
  const refuse = async (fields: Record<string, string>, words: string) => {
    const answer = await scene.staff.post(url, fields);
    expect(answer.status, words).toBe(422);
    expect(answer.text).toContain(words);
  };
  await refuse({ ...on(today()), reason: '' }, 'Tulis alasan pencabutan');
  await refuse({ ...on('2025-02-30'), reason: 'Keliru' }, 'Tanggal ini tidak ada');
  await refuse({ ...on('2099-01-01'), reason: 'Keliru' }, 'tidak boleh sesudah hari ini');
  await refuse({ ...on('2020-01-01'), reason: 'Keliru' }, 'tidak boleh sebelum tanggal terbit');
  const fields = { ...on(today()), reason: 'Daftar hadir keliru' };
  const answers = await Promise.all([scene.staff.post(url, fields), scene.lurah.post(url, fields)]);
  expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([303, 409]);
  expect((await certificatesIn(scene.training.id))[0]?.revocation?.reason).toBe(
    'Daftar hadir keliru',
  );
  expect((await scene.staff.get(`${scene.base}/${certificate?.id}.pdf`)).status).toBe(409);
  expect((await scene.staff.get(scene.base)).text).toContain('Dicabut');
  const anew = await scene.staff.post(`${scene.base}/${certificate?.id}/pembetulan`, {
    name: 'Ahmad',
    reason: 'Pencabutan keliru',
  });
  expect(anew.status).toBe(303);
});

test('the settings keep a pattern that can number, and tell who was faster', async () => {
  const scene = await makeFinished({ Ahmad: ['present', 'present'] });
  const url = `${scene.base}/pengaturan`;
  const fields = {
    version: 1,
    minimumShare: '50',
    certificatePattern: '{urut}/LKK-KW/{bulan romawi}/{tahun}',
    signatoryTitle: 'Lurah Uji',
    signatoryName: 'Bambang, S.Sos.',
    signatoryRank: 'Penata',
    signatoryNip: '19750817 200003 1 001',
  };
  for (const [wrong, words] of [
    [{ minimumShare: '0' }, 'Isi dengan angka 1 sampai 100'],
    [{ minimumShare: '8e1' }, 'Isi dengan angka 1 sampai 100'],
    [{ certificatePattern: 'SERT/2025' }, 'Tulis {urut} satu kali'],
    [{ certificatePattern: '{urut}/{urut}' }, 'Tulis {urut} satu kali'],
    [{ certificatePattern: '{urut}/{hari}' }, 'Dalam kurung kurawal'],
    [{ certificatePattern: `{urut}/${'x'.repeat(74)}` }, 'paling panjang 80 huruf'],
    [{ signatoryNip: 'abc' }, 'Isi NIP dengan angka'],
  ] as const) {
    const refused = await scene.staff.post(url, { ...fields, ...wrong });
    expect(refused.status, words).toBe(422);
    expect(refused.text.toLowerCase()).toContain(words.toLowerCase());
  }
  expect((await scene.staff.post(url, fields)).status).toBe(303);
  const late = await scene.lurah.post(url, { ...fields, signatoryName: 'Orang Lain' });
  expect(late.status).toBe(409);
  expect(late.text).toContain('Bambang, S.Sos.');
  expect(late.text).toContain('Orang Lain');
  await scene.staff.post(`${scene.base}/penerbitan`);
  const [certificate] = await certificatesIn(scene.training.id);
  expect(certificate?.number).toMatch(new RegExp(`^001/LKK-KW/[IVX]+/${year}$`));
  const settled = await scene.staff.post(url, {
    ...fields,
    version: 2,
    certificatePattern: '{urut}/LAIN/{tahun}',
  });
  expect(settled.status).toBe(422);
  expect(settled.text).toContain('karena sudah ada sertifikat yang terbit');
});

test('only the organiser issues; a holder sees and downloads their own, others what they reach', async () => {
  const scene = await makeFinished({
    'Ahmad Sendiri': ['present', 'present'],
    'Budi Tetangga': ['present', 'present'],
  });
  await scene.staff.post(`${scene.base}/penerbitan`);
  const [own, other] = await certificatesIn(scene.training.id);
  const neighbour = await as(
    await makeAccount('staff', { kelurahanId: (await makeKelurahan()).id }),
  );
  expect((await neighbour.get(scene.base)).status).toBe(404);
  expect((await neighbour.get(`${scene.base}/${own?.id}.pdf`)).status).toBe(404);
  expect((await scene.camat.get(scene.base)).status).toBe(200);
  for (const path of ['penerbitan', `${own?.id}/pembetulan`, `${own?.id}/pencabutan`])
    expect((await scene.camat.post(`${scene.base}/${path}`)).status, path).toBe(403);
  expect((await scene.camat.get(`${scene.base}/pengaturan`)).status).toBe(403);
  const list = await scene.officer.get(scene.base);
  expect(list.text).toContain('Ahmad Sendiri');
  expect(list.text).not.toContain('Budi Tetangga');
  expect(list.text).not.toContain('Pengaturan');
  const file = await scene.officer.get(`${scene.base}/${own?.id}.pdf`);
  expect(file.status).toBe(200);
  expect(file.headers['content-type']).toBe('application/pdf');
  expect((await scene.officer.get(`${scene.base}/${other?.id}.pdf`)).status).toBe(404);
  expect((await scene.officer.post(`${scene.base}/penerbitan`)).status).toBe(403);
});

test('the private link of the invitation downloads the certificate that holds', async () => {
  const scene = await makeFinished({ Ahmad: ['present', 'present'] });
  const [invitation] = scene.invitations;
  const link = `${linkOf(invitation ?? { trainingId: 0, code: '' })}/sertifikat.pdf`;
  expect((await scene.stranger.get(link)).status).toBe(404);
  await scene.staff.post(`${scene.base}/penerbitan`);
  const file = await scene.stranger.get(link);
  expect(file.status).toBe(200);
  expect(file.headers['x-robots-tag']).toContain('noindex');
  expect((await readPdf(file.body))[0]).toContain('Ahmad');
  const [certificate] = await certificatesIn(scene.training.id);
  await inTests((tx) =>
    tx.certificateRevocation.create({
      data: {
        certificateId: certificate?.id ?? 0,
        trainingId: scene.training.id,
        reason: 'Keliru',
        revokedOn: new Date('2026-01-01'),
        revokedByName: 'Uji',
      },
    }),
  );
  expect((await scene.stranger.get(link)).status).toBe(404);
  expect((await scene.stranger.get(`/u/${'A'.repeat(43)}/sertifikat.pdf`)).status).toBe(404);
});

test('long names and titles of 160 letters stay on one page', async () => {
  const name = `Prof. Dr. ${'Raden Mas Kusumawardhana '.repeat(7)}`.slice(0, 160).trim();
  const scene = await makeFinished({ Raden: ['present', 'present'] });
  await inTests((tx) =>
    tx.trainingInvitation.updateMany({ where: { trainingId: scene.training.id }, data: { name } }),
  );
  await inTests((tx) =>
    tx.training.update({
      where: { id: scene.training.id },
      data: { title: 'Pelatihan penguatan kapasitas '.repeat(6).slice(0, 160).trim() },
    }),
  );
  await scene.staff.post(`${scene.base}/penerbitan`);
  const file = await scene.staff.get(`${scene.base}.pdf`);
  const pages = await readPdf(file.body);
  expect(pages).toHaveLength(1);
  expect(pages[0]?.replaceAll(' ', '')).toContain(name.replaceAll(' ', ''));
});
