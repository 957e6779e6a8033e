import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { phone, signedIn, smallest, watch } from '../support/browser.ts';
import { faultsOf, layoutFaults } from '../support/page-checks.ts';

/** Photos of the demo's training of August 2025: sent from a phone without JavaScript, seen on every width. */

const photos = '/pelatihan/1/foto';
const captions = ['Camat membuka pelatihan', 'Diskusi kelompok', `Foto bersama ${'a'.repeat(120)}`];

const photograph = (width: number, height: number, background: string) =>
  sharp({ create: { width, height, channels: 3, background } })
    .jpeg()
    .toBuffer();

test('staff send photos from a phone without JavaScript, describe one anew and remove one', async () => {
  const page = await signedIn('staf.kebonsariwetan', { viewport: phone, javaScript: 'off' });
  await page.goto(photos);
  await page.getByText('Belum ada foto').waitFor();
  await press(page, 'Unggah foto');
  await page.locator('.error-summary').waitFor();

  const colours = ['#0a489f', '#1b561a', '#6b4c00'];
  for (const [index, caption] of captions.entries()) {
    const [width, height] = index === 1 ? [1200, 1600] : [1600, 1200];
    await page.getByLabel('Keterangan').fill(caption);
    await page.getByLabel('Foto', { exact: true }).setInputFiles({
      name: `IMG_${index}.JPG`,
      mimeType: 'image/jpeg',
      buffer: await photograph(width, height, colours[index] ?? ''),
    });
    await press(page, 'Unggah foto');
    await page.getByText(caption, { exact: true }).waitFor();
  }
  await expectPictures(page, 3);
  for (const viewport of [smallest, phone]) {
    await page.setViewportSize(viewport);
    expect(await layoutFaults(page)).toEqual([]);
  }

  await page.getByRole('link', { name: 'Ubah atau hapus foto: Diskusi kelompok' }).click();
  await page.getByLabel('Keterangan').fill('Diskusi kelompok RT');
  await press(page, 'Simpan');
  await page.getByRole('link', { name: 'Ubah atau hapus foto: Diskusi kelompok RT' }).click();
  await page.getByRole('link', { name: 'Hapus foto' }).click();
  await press(page, 'Hapus foto');
  await expectPictures(page, 2);
}, 120_000);

test('the pages of photos have no faults at 320, 390 and 1366 px', async () => {
  const page = await signedIn('staf.kebonsariwetan');
  const problems = watch(page);
  const faults: string[] = [];
  await page.goto(photos);
  await expectPictures(page, 2);
  faults.push(...(await faultsOf(page)));
  await page.getByRole('link', { name: /^Ubah atau hapus foto: Camat/ }).click();
  faults.push(...(await faultsOf(page)));
  const removal = await page.getByRole('link', { name: 'Hapus foto' }).getAttribute('href');
  await page.goto(removal ?? '');
  faults.push(...(await faultsOf(page)));
  await page.goto(photos);
  await press(page, 'Unggah foto');
  await page.locator('.error-summary').waitFor();
  faults.push(...(await faultsOf(page)));

  const reader = await signedIn('camat.kanigaran');
  problems.push(...watch(reader));
  await reader.goto(photos);
  await expectPictures(reader, 2);
  faults.push(...(await faultsOf(reader)));
  expect(faults).toEqual([]);
  expect(problems).toEqual([]);
}, 120_000);

const press = (page: Page, name: string) =>
  page.locator('main').getByRole('button', { name, exact: true }).click();

/** Every small picture is there, drawn and named by the link around it. */
async function expectPictures(page: Page, count: number): Promise<void> {
  const links = page.getByRole('link', { name: /^Buka foto: / });
  await expect.poll(() => links.count()).toBe(count);
  for (const link of await links.all()) {
    await link.scrollIntoViewIfNeeded();
    const image = link.locator('img');
    await expect
      .poll(() => image.evaluate((shown) => (shown as HTMLImageElement).naturalWidth))
      .toBeGreaterThan(0);
    const box = await image.boundingBox();
    expect(box && box.width / box.height).toBeCloseTo(4 / 3, 1);
  }
}
