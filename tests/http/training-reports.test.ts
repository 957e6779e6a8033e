import sharp from 'sharp';
import { expect, test } from 'vitest';
import { as } from '../support/app.ts';
import { makeFinished } from '../support/certificates.ts';
import { makeAccount } from '../support/fixtures.ts';
import { inTests, linkOf } from '../support/invitations.ts';
import { readPdf } from '../support/pdf.ts';
import { makeFollowUp } from '../support/trainings.ts';
import { binary, unzip } from '../support/workbook.ts';

/** Laporan kegiatan: texts that staff write, tables that the record fills. */

async function makeHeld() {
  const scene = await makeFinished({
    'Ahmad Hadir': ['present', 'late'],
    'Budi Absen': ['absent', 'absent'],
  });
  await scene.staff.post(`${scene.base}/penerbitan`);
  await makeFollowUp(scene.training, { text: 'Lampu gang diganti' });
  const picture = await sharp({
    create: { width: 1600, height: 900, channels: 3, background: '#0a489f' },
  })
    .jpeg()
    .toBuffer();
  await inTests((tx) =>
    tx.trainingFile.create({
      data: {
        trainingId: scene.training.id,
        purpose: 'photo',
        title: 'Camat membuka acara',
        name: 'foto.jpg',
        type: 'image/jpeg',
        bytes: new Uint8Array(picture),
      },
    }),
  );
  return { ...scene, url: `/pelatihan/${scene.training.id}/laporan` };
}

const plain = (text: string) => text.replaceAll(/\s+/g, ' ');

test('the paper follows the order of the chapters, with tables from the record', async () => {
  const { staff, url, training } = await makeHeld();
  const file = await staff.get(`${url}.pdf`);
  expect(file.status).toBe(200);
  const text = plain((await readPdf(file.body)).join(' '));
  const chapters = [
    'LAPORAN KEGIATAN',
    'Kata pengantar',
    'I. PENDAHULUAN',
    'Dasar hukum',
    'II. PELAKSANAAN',
    'Peserta menurut unsur',
    'III. HASIL',
    'Kesepakatan dan tindak lanjut',
    'Kendala, masukan, dan harapan',
    'IV. ANGGARAN',
    'V. PENUTUP',
    'LAMPIRAN',
    'Daftar hadir dan nomor sertifikat',
    'Foto kegiatan',
    'Camat membuka acara',
  ];
  const places = chapters.map((chapter) => text.lastIndexOf(chapter));
  for (const [index, chapter] of chapters.entries())
    expect(places[index], chapter).toBeGreaterThanOrEqual(0);
  for (const words of [
    training.title,
    'Bale Hinggil',
    'Lampu gang diganti',
    'Ahmad Hadir',
    'Terlambat',
    'Budi Absen',
    '001/SERT/',
    '1 dari 2 orang',
  ])
    expect(text).toContain(words);
  expect(text).not.toContain('812555');
});

test('the same report comes as a Word file, with the photos in it', async () => {
  const { staff, url } = await makeHeld();
  const file = await staff.get(`${url}.docx`).buffer().parse(binary);
  expect(file.status).toBe(200);
  const parts = unzip(file.body);
  const text = parts.get('word/document.xml') ?? '';
  for (const words of ['I. PENDAHULUAN', 'Lampu gang diganti', 'Camat membuka acara'])
    expect(text).toContain(words);
  expect([...parts.keys()].some((name) => name.startsWith('word/media/'))).toBe(true);
});

test('texts are kept, an empty one is the usual again, and who was slower sees both', async () => {
  const { staff, lurah, url } = await makeHeld();
  const page = await staff.get(url);
  expect(page.text).toContain('1 dari 2 orang hadir');
  expect(page.text).toContain('1 foto');
  const fields = {
    version: 0,
    obstacles: 'Pengeras suara mati <b>sebentar</b>',
    budget: 'Konsumsi; 61; orang; 25.000; 1500000\nSpanduk; 1; lembar; Rp150000; 150000',
  };
  expect((await staff.post(url, fields)).status).toBe(303);
  expect((await staff.get(url)).text).toContain('mati &lt;b&gt;sebentar');
  const late = await lurah.post(url, { version: 0, obstacles: 'Hujan' });
  expect(late.status).toBe(409);
  expect(late.text).toContain('Hujan');
  expect(late.text).toContain('Pengeras suara');
  const text = plain((await readPdf((await staff.get(`${url}.pdf`)).body)).join(' '));
  for (const words of ['Pengeras suara', '1.525.000', '1.675.000', '1.650.000', '25.000'])
    expect(text).toContain(words);
  expect((await staff.post(url, { version: 1, obstacles: '', budget: fields.budget })).status).toBe(
    303,
  );
  expect((await staff.get(url)).text).toContain('Tidak ada hambatan yang berarti.');
});

test('a line of spending that is none is named, and what was typed stays', async () => {
  const { staff, url } = await makeHeld();
  for (const [budget, words] of [
    ['Konsumsi; 61; orang; 25000; 1500000\nSpanduk', 'Baris 2 belum lengkap'],
    ['Konsumsi; banyak; orang; 1; 1', 'Baris 1 belum lengkap'],
    ['Konsumsi; 1; orang; 1,5; 1', 'Baris 1 belum lengkap'],
    ['a'.repeat(6001), 'Paling panjang 6000 huruf'],
  ] as const) {
    const refused = await staff.post(url, { version: 0, budget, preface: 'Pengantar saya' });
    expect(refused.status, words).toBe(422);
    expect(refused.text).toContain(words);
    expect(refused.text).toContain('Pengantar saya');
  }
  expect((await staff.post(url, { version: 0, salah: '1' })).status).toBe(400);
});

test('the organiser writes it, an auditor reads it, whoever sees only a part does not', async () => {
  const { staff, camat, officer, stranger, url, training, invitations } = await makeHeld();
  const auditor = await as(await makeAccount('auditor'));
  expect((await auditor.get(url)).status).toBe(200);
  expect((await auditor.get(`${url}.pdf`)).status).toBe(200);
  expect((await auditor.post(url, { version: 0 })).status).toBe(403);
  expect((await camat.get(url)).status).toBe(403);
  expect((await camat.get(`/pelatihan/${training.id}`)).text).not.toContain(`href="${url}"`);
  expect((await officer.get(url)).status).toBe(403);
  const [invitation] = invitations;
  expect(
    (await stranger.get(`${linkOf(invitation ?? { trainingId: 0, code: '' })}/laporan`)).status,
  ).toBe(404);
  await inTests(
    (tx) => tx.$executeRaw`UPDATE trainings SET status = 'scheduled' WHERE id = ${training.id}`,
  );
  expect((await staff.get(url)).status).toBe(403);
});
