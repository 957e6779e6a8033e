import { expect, test } from 'vitest';
import { phone, signedIn, watch } from '../support/browser.ts';
import { layoutFaults } from '../support/page-checks.ts';

test('a chair reads what changed and confirms the duties on a phone', async () => {
  const page = await signedIn('ketua.sinarmulia', { viewport: phone });
  const problems = watch(page);
  await page.goto('/beranda');
  await page.getByRole('link', { name: 'Baca dan konfirmasi' }).click();
  const office = page.getByRole('region', { name: 'Plt. Ketua' });
  expect(await office.innerText()).toContain('Memegang kunci gudang alat bersama');
  expect(await office.innerText()).toContain('Sebelumnya: Menyampaikan laporan berkala');
  await office.getByRole('button', { name: 'Konfirmasi' }).click();
  expect(await page.title()).toMatch(/^Galat: /);
  expect(await layoutFaults(page)).toEqual([]);
  // By keyboard: the summary leads to the box, space ticks it, enter sends.
  await page.setViewportSize(phone);
  await page.locator('.error-summary a').click();
  await page.keyboard.press('Space');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.getByText('Konfirmasi Anda tersimpan').waitFor();
  expect(await office.innerText()).toContain('Anda sudah mengonfirmasi tugas ini');
  await page.goto('/beranda');
  expect(await page.locator('.banner').first().innerText()).toContain('Sekretaris');
  expect(problems).toEqual([]);
});
