import { expect, test } from 'vitest';
import { phone, signedIn, watch } from '../support/browser.ts';

test('a chair attests five sections on a phone, mending one of them on the way', async () => {
  const page = await signedIn('ketua.sinarmulia', { viewport: phone });
  const problems = watch(page);
  await page.goto('/beranda');
  await page.getByRole('link', { name: 'Periksa sekarang' }).click();
  await page.getByText('Benar, profil sudah sesuai').click();
  await page.getByRole('button', { name: 'Perbaiki dulu: Sekretariat' }).click();
  await page.getByLabel('Surel').fill('sinarmulia@contoh.id');
  await page.getByRole('button', { name: 'Simpan' }).click();
  await page.waitForURL(/\/pernyataan$/);
  expect(await page.getByText('sinarmulia@contoh.id').isVisible()).toBe(true);
  expect(await page.getByLabel('Benar, profil sudah sesuai').isChecked()).toBe(true);
  for (const section of ['pengurus', 'kontak pengurus', 'sekretariat', 'kegiatan'])
    await page.getByText(`Benar, ${section} sudah sesuai`).click();
  await page.getByText('Kegiatan berjalan menurut catatan lembaga').click();
  await page.getByText(/^Saya menyatakan data/).click();
  const scrollWidth = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(scrollWidth).toBeLessThanOrEqual(phone.width);
  await page.getByRole('button', { name: 'Kirim pernyataan' }).click();
  await page.getByText('Pernyataan tersimpan.').waitFor();
  expect(await page.getByText(/^Dinyatakan$/).isVisible()).toBe(true);
  expect(problems).toEqual([]);
});
