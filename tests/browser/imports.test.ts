import path from 'node:path';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { desk, signedIn, watch } from '../support/browser.ts';
import { heading, press } from '../support/proposals.ts';

/** The file to try an import with, from its upload to its withdrawal: the demo city is afterwards as it was. */
const file = path.join(import.meta.dirname, '../../prisma/demo/impor-contoh.xlsx');

test('a file is uploaded, checked, mended, applied, approved and withdrawn', async () => {
  const staff = await signedIn('staf.kebonsariwetan', { viewport: desk });
  const problems = watch(staff);
  await staff.goto('/impor');
  await staff.getByLabel('Berkas Excel').setInputFiles(file);
  await press(staff, 'Unggah dan periksa');
  await shows(staff, 'Periksa 7 baris sebelum disimpan');
  const address = new URL(staff.url()).pathname;
  expect(await staff.locator('main').innerText()).toContain('Maksud Anda “Sekretaris”?');
  await press(staff, 'Ganti menjadi Sekretaris');
  await staff.waitForURL(/saring=bermasalah/);
  await shows(staff, 'Periksa 7 baris sebelum disimpan');
  await press(staff, 'Simpan 5 baris yang siap');
  await staff.getByText('Menunggu lurah').first().waitFor();

  const lurah = await signedIn('lurah.kebonsariwetan');
  problems.push(...watch(lurah));
  await lurah.goto('/usulan');
  await lurah.getByRole('link', { name: 'Lihat impor' }).click();
  await lurah.getByRole('link', { name: 'Setujui pengurus pertama' }).click();
  await press(lurah, 'Setujui impor');
  await lurah.getByText('Tersimpan').first().waitFor();

  await staff.goto(`${address}/penarikan`);
  await press(staff, 'Tarik impor');
  await staff.getByText('Ditarik').first().waitFor();
  expect(problems).toEqual([]);
});

test('progress and preview work without JavaScript, on a phone', async () => {
  const staff = await signedIn('staf.kebonsariwetan', { javaScript: 'off' });
  await staff.goto('/impor');
  await staff.getByLabel('Berkas Excel').setInputFiles(file);
  await press(staff, 'Unggah dan periksa');
  await shows(staff, 'Periksa 7 baris sebelum disimpan');
  await staff.getByRole('link', { name: 'Batalkan impor' }).click();
  await press(staff, 'Batalkan impor');
  expect(await staff.locator('.page-head').innerText()).toContain('Ditarik');
});

const shows = (page: Page, title: string) => heading(page).filter({ hasText: title }).waitFor();
