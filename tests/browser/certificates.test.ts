import { expect, test } from 'vitest';
import { signedIn, visitor, watch } from '../support/browser.ts';
import { faultsOf } from '../support/page-checks.ts';

/** The demo's training of August 2025: more become eligible, get their certificates, and anybody checks one. */

test('a camat lowers the share, issues what is missing and corrects a name; a stranger checks the codes', async () => {
  const page = await signedIn('camat.kanigaran');
  const problems = watch(page);
  const faults: string[] = [];
  await page.goto('/pelatihan?daftar=selesai');
  await page.getByRole('link', { name: /Pelatihan pengurus LKK/ }).click();
  await page.getByRole('link', { name: 'Sertifikat', exact: true }).click();
  const list = page.url();
  faults.push(...(await faultsOf(page)));

  await page.getByRole('link', { name: 'Pengaturan' }).click();
  await page.getByLabel('Syarat kehadiran (persen)').fill('0');
  await page.getByRole('button', { name: 'Simpan' }).click();
  expect(await page.title()).toMatch(/^Galat: /);
  faults.push(...(await faultsOf(page)));
  await page.getByLabel('Syarat kehadiran (persen)').fill('50');
  await page.getByRole('button', { name: 'Simpan' }).click();
  await page.getByText('50% dari 2 sesi ialah 1 sesi.').waitFor();

  await page.getByRole('link', { name: /^Terbitkan \d+ sertifikat$/ }).click();
  faults.push(...(await faultsOf(page)));
  await page.getByRole('button', { name: /^Terbitkan \d+ sertifikat$/ }).click();
  await page.getByText('Semua yang memenuhi syarat sudah mempunyai sertifikat.').waitFor();
  expect(page.url()).toBe(list);

  await page.getByLabel('Cari nama atau lembaga').fill('Abdul Hasan');
  await page.getByRole('button', { name: 'Tampilkan' }).click();
  await page.locator('.work-list a').first().click();
  faults.push(...(await faultsOf(page)));
  const old = await codeOn(page);
  await page.getByRole('link', { name: 'Betulkan nama' }).click();
  faults.push(...(await faultsOf(page)));
  await page.getByLabel('Nama yang benar').fill('H. Abdul Hasan, A.Md.');
  await page.getByLabel('Yang dibetulkan').fill('Gelar depan tertinggal');
  await page.getByRole('button', { name: 'Terbitkan pengganti' }).click();
  await page.getByText('Sertifikat pengganti terbit.').waitFor();
  const held = await codeOn(page);
  await page.getByRole('link', { name: 'Cabut' }).click();
  faults.push(...(await faultsOf(page)));

  const stranger = await visitor();
  problems.push(...watch(stranger));
  await stranger.goto('/cek');
  faults.push(...(await faultsOf(stranger)));
  await stranger.getByLabel('Kode sertifikat').fill(held.toLowerCase().replaceAll('-', ' '));
  await stranger.getByRole('button', { name: 'Periksa' }).click();
  await stranger.getByRole('heading', { name: 'Sertifikat sah' }).waitFor();
  await stranger.getByText('H. Abdul Hasan, A.Md.').waitFor();
  faults.push(...(await faultsOf(stranger)));
  await stranger.goto(`/cek/${old}`);
  await stranger.getByRole('heading', { name: 'Sertifikat digantikan' }).waitFor();
  faults.push(...(await faultsOf(stranger)));
  await stranger.goto('/cek/tidak-ada');
  await stranger.getByRole('heading', { name: 'Sertifikat tidak dikenal' }).waitFor();
  faults.push(...(await faultsOf(stranger)));

  expect(faults).toEqual([]);
  expect(problems).toEqual([]);
}, 300_000);

test('with JavaScript the pages of feedback, report and coverage are sound', async () => {
  const page = await signedIn('camat.kanigaran');
  const problems = watch(page);
  const faults: string[] = [];
  for (const path of [
    '/pelatihan/1/umpan-balik',
    '/pelatihan/1/laporan',
    '/laporan/pelatihan',
    '/beranda',
  ]) {
    expect((await page.goto(path))?.status()).toBe(200);
    faults.push(...(await faultsOf(page)));
  }
  expect(faults).toEqual([]);
  expect(problems).toEqual([]);
}, 300_000);

async function codeOn(page: Awaited<ReturnType<typeof visitor>>): Promise<string> {
  const link = page.locator('a[href^="/cek/"]').first();
  return (await link.textContent())?.trim() ?? '';
}
