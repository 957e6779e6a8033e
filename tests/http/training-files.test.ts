import sharp from 'sharp';
import { expect, test } from 'vitest';
import { hashOfToken, invitationToken } from '#src/invitations/tokens.ts';
import { as } from '../support/app.ts';
import {
  makeAccount,
  makeInstitution,
  makeKecamatan,
  makeKelurahan,
  makeOfficer,
} from '../support/fixtures.ts';
import { zipOf } from '../support/hostile.ts';
import { inTests } from '../support/invitations.ts';
import { makeTraining, makeTrainingFiles } from '../support/trainings.ts';
import { binary } from '../support/workbook.ts';

const aPdf = Buffer.from('%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n');
const slides = zipOf({
  '[Content_Types].xml':
    '<Types><Override ContentType="application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"/></Types>',
  'ppt/presentation.xml': '<p/>',
});
const camera = (size = { width: 3000, height: 2000 }) =>
  sharp({ create: { ...size, channels: 3, background: '#336699' } })
    .withExif({ IFD0: { Make: 'Kamera' }, IFD3: { GPSLatitude: '7/1 45/1 0/1' } })
    .jpeg()
    .toBuffer();

async function makeScene(given: { status?: 'draft' | 'finished' } = {}) {
  const kecamatan = await makeKecamatan();
  const kelurahan = await makeKelurahan({ kecamatanId: kecamatan.id });
  const officer = await makeOfficer(await makeInstitution({ kelurahanId: kelurahan.id }));
  const training = await makeTraining({ kelurahanId: kelurahan.id, day: '2025-08-07', ...given });
  const at = { kelurahanId: kelurahan.id };
  return {
    training,
    kelurahan,
    url: `/pelatihan/${training.id}`,
    staff: await as(await makeAccount('staff', at)),
    lurah: await as(await makeAccount('lurah', at)),
    camat: await as(await makeAccount('kecamatan', { kecamatanId: kecamatan.id })),
    auditor: await as(await makeAccount('auditor')),
    officer: await as(officer.account),
    stranger: await as(await makeAccount('staff', { kelurahanId: (await makeKelurahan()).id })),
  };
}

const filesOf = (trainingId: number) =>
  inTests((tx) => tx.trainingFile.findMany({ where: { trainingId }, orderBy: { id: 'asc' } }));

/** A guest of the training, and the private link that they were sent. */
async function linkTo(trainingId: number) {
  const code = '345678';
  const token = invitationToken({ trainingId, code });
  await inTests((tx) =>
    tx.trainingInvitation.create({
      data: {
        trainingId,
        kind: 'walk_in',
        name: 'Tamu Uji',
        sortName: 'Tamu Uji',
        tokenHash: hashOfToken(token),
        code,
      },
    }),
  );
  return `/u/${token}`;
}

test('staff hand out a file and a link, and every officer of the place opens them', async () => {
  const { training, url, staff, officer } = await makeScene();
  const file = await staff.upload(
    `${url}/materi/berkas`,
    { name: 'tugas.pdf', bytes: aPdf },
    { title: 'Tugas & fungsi LKK', isShared: 'on' },
  );
  expect(file.headers.location).toBe(`${url}#materi`);
  const link = await staff.post(`${url}/materi/tautan`, {
    title: 'Rekaman',
    link: 'https://contoh.id/rekaman?x=1',
    isShared: 'on',
  });
  expect(link.status).toBe(303);
  const slide = await staff.upload(
    `${url}/materi/berkas`,
    { name: 'Paparan.PPTX', bytes: slides },
    { title: 'Paparan' },
  );
  expect(slide.status).toBe(303);

  const [pdf] = await filesOf(training.id);
  const page = (await officer.get(url)).text;
  expect(page).toContain('Tugas &amp; fungsi LKK');
  expect(page).toContain('PDF, 1 KB');
  expect(page).toContain('href="https://contoh.id/rekaman?x=1"');
  expect(page).not.toContain('Paparan');
  expect(page).not.toContain('Tambah berkas');
  const answer = await officer.get(`${url}/materi/${pdf?.id}/unduh`).buffer(true).parse(binary);
  expect(answer.body).toEqual(aPdf);
  expect(answer.headers).toMatchObject({
    'content-type': 'application/pdf',
    'content-disposition': expect.stringMatching(
      /^attachment; filename=.?tugas-fungsi-lkk\.pdf.?$/,
    ),
    'content-security-policy': "sandbox; default-src 'none'",
    'x-content-type-options': 'nosniff',
  });
  const own = (await staff.get(url)).text;
  expect(own).toContain('PowerPoint, 1 KB, hanya untuk petugas');
  expect(own).toContain(`href="${url}/materi/${pdf?.id}"`);
});

test('what is not shared stays among staff, signed in as by link', async () => {
  const { training, url, staff, officer } = await makeScene();
  const { material } = await makeTrainingFiles(training.id);
  const link = await linkTo(training.id);
  const stranger = await as();
  expect((await stranger.get(link)).text).toContain(`href="${link}/materi/${material.id}"`);
  const got = await stranger.get(`${link}/materi/${material.id}`).buffer(true).parse(binary);
  expect(got.body).toEqual(Buffer.from([255, 216, 255]));
  expect(got.headers['x-robots-tag']).toBe('noindex, nofollow');

  expect(
    (await staff.post(`${url}/materi/${material.id}`, { version: 1, title: 'Naskah pembicara' }))
      .status,
  ).toBe(303);
  for (const browser of [officer, stranger]) {
    const own =
      browser === officer ? `${url}/materi/${material.id}/unduh` : `${link}/materi/${material.id}`;
    expect((await browser.get(own)).status).toBe(404);
    expect((await browser.get(browser === officer ? url : link)).text).not.toContain(
      'Naskah pembicara',
    );
  }
  expect((await staff.get(`${url}/materi/${material.id}/unduh`)).status).toBe(200);
});

test('a link reaches the materials of its own training only, and no photo', async () => {
  const { training } = await makeScene();
  const link = await linkTo(training.id);
  const { photo } = await makeTrainingFiles(training.id);
  const { material } = await makeTrainingFiles((await makeScene()).training.id);
  const stranger = await as();
  for (const id of [photo.id, material.id, 2_147_483_000])
    expect((await stranger.get(`${link}/materi/${id}`)).status).toBe(404);
  expect((await stranger.get(`/u/${'A'.repeat(43)}/materi/${material.id}`)).status).toBe(404);
});

test('a photo of a camera is turned upright, shrunk, stripped of the place, and shown small with its caption', async () => {
  const { training, url, staff, officer, auditor } = await makeScene();
  const upright = await sharp(await camera())
    .withMetadata({ orientation: 6 })
    .jpeg()
    .toBuffer();
  const answer = await staff.upload(
    `${url}/foto`,
    { name: 'IMG_1.JPG', bytes: upright },
    { title: 'Camat <membuka> pelatihan' },
  );
  expect(answer.headers.location).toBe(`${url}/foto`);
  const [photo] = await filesOf(training.id);
  for (const browser of [staff, officer, auditor]) {
    const page = (await browser.get(`${url}/foto`)).text;
    expect(page).toContain('Camat &lt;membuka&gt; pelatihan');
    expect(page).toContain(`src="${url}/foto/${photo?.id}/kecil"`);
    expect(page.includes('Unggah foto')).toBe(browser === staff);
  }
  for (const [path, side] of [
    ['', 1600],
    ['/kecil', 480],
  ] as const) {
    const { body, headers } = await officer
      .get(`${url}/foto/${photo?.id}${path}`)
      .buffer(true)
      .parse(binary);
    expect(headers['content-type']).toBe('image/jpeg');
    const about = await sharp(body as Buffer).metadata();
    expect([about.height, about.exif, about.orientation]).toEqual([side, undefined, undefined]);
  }
});

test('a caption is mended, and a photo removed, by who uploaded it or the organiser', async () => {
  const { training, url, staff, lurah, camat, officer, auditor } = await makeScene();
  const jpeg = await camera({ width: 40, height: 30 });
  await camat.upload(`${url}/foto`, { name: 'camat.jpg', bytes: jpeg }, { title: 'Dari camat' });
  await staff.upload(`${url}/foto`, { name: 'staf.jpg', bytes: jpeg }, { title: 'Dari staf' });
  const [ofCamat, ofStaff] = await filesOf(training.id);
  const [first, second] = [`${url}/foto/${ofCamat?.id}`, `${url}/foto/${ofStaff?.id}`];
  expect((await camat.get(`${first}/ubah`)).status).toBe(200);
  for (const browser of [camat, officer, auditor]) {
    expect((await browser.get(`${second}/ubah`)).status).toBe(403);
    expect((await browser.post(second, { version: 1, title: 'Direbut' })).status).toBe(403);
    expect((await browser.post(`${second}/penghapusan`, { version: 1 })).status).toBe(403);
  }
  expect((await lurah.post(first, { version: 1, title: 'Pembukaan oleh Camat' })).status).toBe(303);
  const late = await camat.post(first, { version: 1, title: 'Dari camat lagi' });
  expect(late.status).toBe(409);
  expect(late.text).toContain('Pembukaan oleh Camat');
  expect(late.text).toContain('Dari camat lagi');
  const empty = await camat.post(first, { version: 2, title: '' });
  expect(empty.status).toBe(422);
  expect(empty.text).toContain('Tulis keterangan foto');
  expect((await camat.post(`${first}/penghapusan`, { version: 1 })).status).toBe(409);
  expect((await camat.get(`${first}/penghapusan`)).text).toContain('Hapus foto ini?');
  expect((await camat.post(`${first}/penghapusan`, { version: 2 })).status).toBe(303);
  expect((await filesOf(training.id)).map(({ title }) => title)).toEqual(['Dari staf']);
  expect((await camat.get(`${first}/ubah`)).status).toBe(404);
});

test('only the organiser adds and changes materials', async () => {
  const { training, url, staff, camat, officer, auditor, stranger } = await makeScene();
  const { material } = await makeTrainingFiles(training.id);
  const refused = [
    [camat, 403],
    [officer, 403],
    [auditor, 403],
    [stranger, 404],
  ] as const;
  for (const [browser, status] of refused) {
    for (const path of ['berkas', 'tautan', material.id])
      expect((await browser.get(`${url}/materi/${path}`)).status).toBe(status);
    const link = { title: 'Rekaman', link: 'https://contoh.id/' };
    expect((await browser.post(`${url}/materi/tautan`, link)).status).toBe(status);
    const given = { version: 1, title: 'Direbut' };
    expect((await browser.post(`${url}/materi/${material.id}`, given)).status).toBe(status);
  }
  for (const path of [url, `${url}/foto`, `${url}/materi/${material.id}/unduh`])
    expect((await stranger.get(path)).status).toBe(404);
  expect((await staff.get(`${url}/materi/${material.id}/penghapusan`)).text).toContain(
    'juga bagi peserta',
  );
  expect(
    (await staff.post(`${url}/materi/${material.id}/penghapusan`, { version: 1 })).status,
  ).toBe(303);
});

test('photos are of a day that is planned at least; a draft has none', async () => {
  const { url, staff } = await makeScene({ status: 'draft' });
  expect((await staff.get(`${url}/foto`)).text).not.toContain('Unggah foto');
  const photo = { name: 'a.jpg', bytes: await camera({ width: 9, height: 9 }) };
  expect((await staff.upload(`${url}/foto`, photo, { title: 'Awal' })).status).toBe(403);
  expect((await staff.get(`${url}/materi/berkas`)).status).toBe(200);
});

test.each<[string, { name: string; bytes: Buffer }, string]>([
  [
    'an HTML page as PDF',
    { name: 'a.pdf', bytes: Buffer.from('<script>1</script>') },
    'bukan salah satunya',
  ],
  [
    'a picture with script',
    { name: 'a.svg', bytes: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>') },
    'bukan salah satunya',
  ],
  ['a PDF by another name', { name: 'a.exe', bytes: aPdf }, 'bukan salah satunya'],
  ['a PDF cut short', { name: 'a.pdf', bytes: aPdf.subarray(0, 20) }, 'terpotong'],
  ['nothing', { name: 'a.pdf', bytes: Buffer.alloc(0) }, 'Pilih berkas materi'],
  ['too much', { name: 'a.pdf', bytes: Buffer.alloc(5 * 1024 * 1024 + 1) }, 'paling besar 5 MB'],
])('%s is refused as material, and what was typed stays', async (_, file, sentence) => {
  const { url, staff, training } = await makeScene();
  const answer = await staff.upload(`${url}/materi/berkas`, file, { title: 'Judul Tetap' });
  expect(answer.status).toBe(422);
  expect(answer.text).toContain(sentence);
  expect(answer.text).toContain('Judul Tetap');
  expect(await filesOf(training.id)).toEqual([]);
});

test('what is no photo is refused as photo', async () => {
  const { url, staff, training } = await makeScene();
  const files = [
    { name: 'a.jpg', bytes: aPdf },
    { name: 'a.jpg', bytes: (await camera()).subarray(0, 700) },
    { name: 'a.gif', bytes: Buffer.from('GIF89a') },
  ];
  for (const file of files) {
    const answer = await staff.upload(`${url}/foto`, file, { title: 'Bukan foto' });
    expect(answer.status).toBe(422);
    expect(answer.text).toContain('Bukan foto');
  }
  expect(await filesOf(training.id)).toEqual([]);
});

test('a link leads to a place on the web and nowhere else', async () => {
  const { url, staff, training } = await makeScene();
  for (const link of [
    '',
    'http://contoh.id/',
    'javascript:alert(1)',
    'https://',
    'https://x',
    'https://a b.id',
    'https://petugas@contoh.id/',
    'data:text/html,x',
  ]) {
    const answer = await staff.post(`${url}/materi/tautan`, { title: 'Rekaman', link });
    expect(answer.status, link).toBe(422);
    expect(answer.text).toContain('diawali https://');
  }
  expect(await filesOf(training.id)).toEqual([]);
  await staff.post(`${url}/materi/tautan`, { title: 'Rekaman', link: 'https://contoh.id/' });
  const [file] = await filesOf(training.id);
  const emptied = await staff.post(`${url}/materi/${file?.id}`, { version: 1, title: 'Rekaman' });
  expect(emptied.status).toBe(422);
  expect(
    (
      await staff.post(`${url}/materi/${file?.id}`, {
        version: 1,
        title: 'Rekaman',
        link: 'https://contoh.id/2',
      })
    ).status,
  ).toBe(303);
});

test('a training holds so many materials and no more, and one sent twice is kept once', async () => {
  const { url, staff, training } = await makeScene();
  const given = { title: 'Satu', link: 'https://contoh.id/', key: crypto.randomUUID() };
  for (const _ of [1, 2])
    expect((await staff.post(`${url}/materi/tautan`, given)).status).toBe(303);
  expect(await filesOf(training.id)).toHaveLength(1);
  await inTests((tx) =>
    tx.trainingFile.createMany({
      data: Array.from({ length: 39 }, (_, index) => ({
        trainingId: training.id,
        purpose: 'material',
        title: `Materi ${index}`,
        link: 'https://contoh.id/',
      })),
    }),
  );
  const full = await staff.post(`${url}/materi/tautan`, {
    title: 'Lebih',
    link: 'https://contoh.id/',
  });
  expect(full.status).toBe(422);
  expect(full.text).toContain('sudah mempunyai 40 materi');
});
