import sharp from 'sharp';
import { expect, test } from 'vitest';
import { makeFinished } from '../support/certificates.ts';
import { inTests } from '../support/invitations.ts';
import { readPdf } from '../support/pdf.ts';

/** Photos between the page that takes them and the report that prints them. */

const picture = () =>
  sharp({ create: { width: 1600, height: 900, channels: 3, background: '#0a489f' } })
    .jpeg()
    .toBuffer();

async function makeScene() {
  const scene = await makeFinished({ 'Ahmad Hadir': ['present', 'present'] });
  const url = `/pelatihan/${scene.training.id}`;
  const photo = { name: 'IMG_01.JPG', bytes: await picture() };
  return {
    ...scene,
    url,
    send: (title: string, browser = scene.staff, key: string = crypto.randomUUID()) =>
      browser.upload(`${url}/foto`, photo, { title, key }),
  };
}

const fill = (trainingId: number, purpose: 'photo' | 'material', count: number) =>
  inTests((tx) =>
    tx.trainingFile.createMany({
      data: Array.from({ length: count }, () => ({
        trainingId,
        purpose,
        title: 'Ada',
        ...(purpose === 'material'
          ? { link: 'https://contoh.id/' }
          : { name: 'a.jpg', type: 'image/jpeg', bytes: new Uint8Array([255]) }),
      })),
    }),
  );

const removeOne = (trainingId: number) =>
  inTests(async (tx) => {
    const { id } = await tx.trainingFile.findFirstOrThrow({ where: { trainingId } });
    await tx.trainingFile.delete({ where: { id } });
  });

const keyIn = (html: string) => /name="key" value="([^"]+)"/.exec(html)?.[1] ?? '';

test('the report leads to the photos and prints an uploaded one with its caption', async () => {
  const { staff, url, send } = await makeScene();
  expect((await send('Foto bersama di aula')).status).toBe(303);
  expect((await staff.get(`${url}/laporan`)).text).toContain(`href="${url}/foto"`);
  const text = (await readPdf((await staff.get(`${url}/laporan.pdf`)).body)).join(' ');
  expect(text.replaceAll(/\s+/g, ' ')).toContain('Foto bersama di aula');
});

test('a photo that is sent twice is kept once', async () => {
  const { staff, send, training } = await makeScene();
  const key = crypto.randomUUID();
  for (const _ of [1, 2]) expect((await send('Sekali', staff, key)).status).toBe(303);
  const count = await inTests((tx) =>
    tx.trainingFile.count({ where: { trainingId: training.id } }),
  );
  expect(count).toBe(1);
});

test('of two that come at once only the last that fits is kept, the other when there is room', async () => {
  const { staff, lurah, send, training } = await makeScene();
  await fill(training.id, 'photo', 79);
  const sent = await Promise.all([send('Satu', staff), send('Dua', lurah)]);
  expect(sent.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([303, 422]);
  const late = sent.findIndex(({ status }) => status === 422);
  const page = sent[late]?.text ?? '';
  expect(page).toContain('sudah mempunyai 80 foto');
  await removeOne(training.id);
  const again = await send('Lagi', late === 0 ? staff : lurah, keyIn(page));
  expect(again.status).toBe(303);
});

test('a material that did not fit is kept when it is sent again from the same page', async () => {
  const { staff, url, training } = await makeScene();
  await fill(training.id, 'material', 40);
  const given = { title: 'Rekaman', link: 'https://contoh.id/' };
  const full = await staff.post(`${url}/materi/tautan`, given);
  expect(full.status).toBe(422);
  await removeOne(training.id);
  const again = await staff.post(`${url}/materi/tautan`, { ...given, key: keyIn(full.text) });
  expect(again.status).toBe(303);
});
