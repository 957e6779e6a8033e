import type { Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { send, signedIn, visitor, watch } from '../support/browser.ts';
import { faultsOf } from '../support/page-checks.ts';

/** A training of today with two sessions and some people on its list; the demo has none that is going on. */
let session: string;
let afternoon: string;

beforeAll(async () => {
  const page = await signedIn('staf.kebonsariwetan');
  const training = await send(page, '/pelatihan', { version: 1, title: 'Pelatihan hari ini' });
  const [year = '', month = '', day = ''] = new Intl.DateTimeFormat('en-CA', {
    timeZone: 'Asia/Jakarta',
  })
    .format(new Date())
    .split('-');
  const held = { version: 1, heldOnDay: day, heldOnMonth: month, heldOnYear: year, venue: 'Aula' };
  await send(page, `${training}/sesi`, {
    ...held,
    topic: 'Pagi',
    startsAt: '0.01',
    endsAt: '0.02',
  });
  await send(page, `${training}/sesi`, {
    ...held,
    topic: 'Sore',
    startsAt: '0.03',
    endsAt: '23.59',
  });
  await page.goto(training);
  const version = await page.locator('form [name=version]').first().inputValue();
  await send(page, `${training}/penjadwalan`, { version });
  await page.goto(`${training}/daftar-hadir`);
  const links = await page
    .locator('.work-list a')
    .evaluateAll((found) =>
      found.map((link) => new URL((link as HTMLAnchorElement).href).pathname),
    );
  [session = '', afternoon = ''] = links.map((link) => link.replace(/\/daftar-hadir$/, ''));
  await send(page, `${session}/pembukaan`, {});
  for (const name of ['Ani', 'Budi', 'Citra', 'Dewi', 'Eko', 'Fitri'])
    await send(page, `${session}/peserta-tambahan`, { name: `${name} Rekaan` });
  await send(page, `${afternoon}/pembukaan`, {});
}, 60_000);

const hadir = (page: Page, name: string) =>
  page.getByRole('button', { name: `Hadir: ${name} Rekaan` });
const here = (page: Page) => page.locator('[data-here]').textContent();

test('one of two devices loses the network, keeps its taps, and the totals agree when it is back', async () => {
  const [first, second] = [
    await signedIn('staf.kebonsariwetan'),
    await signedIn('lurah.kebonsariwetan'),
  ];
  const problems = [watch(first), watch(second)];
  await first.goto(`${afternoon}/daftar-hadir`);
  await second.goto(`${afternoon}/daftar-hadir`);
  await first.context().setOffline(true);
  for (const name of ['Ani', 'Budi', 'Citra']) await hadir(first, name).click();
  await first.getByText('3 belum terkirim').waitFor();
  expect(await here(first)).toBe('3');
  // Without network the list is searched on the device.
  await first.getByLabel('Cari nama atau lembaga').fill('dewi');
  expect(await first.locator('.tasks li:visible').count()).toBe(1);
  await first.getByLabel('Cari nama atau lembaga').fill('');

  for (const name of ['Citra', 'Dewi']) await hadir(second, name).click();
  await expect.poll(() => second.getByText('belum terkirim').count()).toBe(0);
  expect(await here(second)).toBe('2');

  await first.context().setOffline(false);
  await expect.poll(() => here(first), { timeout: 15_000 }).toBe('4');
  expect(await first.getByText('belum terkirim').count()).toBe(0);
  for (const page of [first, second]) {
    await page.reload();
    expect(await here(page)).toBe('4');
  }
  await first.getByRole('link', { name: 'Citra Rekaan' }).click();
  expect(await first.getByText('Ketukan petugas').count()).toBe(2);
  const unexpected = problems.flat().filter((problem) => !problem.includes('DISCONNECTED'));
  expect(unexpected).toEqual([]);
});

test('taps survive that the page is closed before the network comes back', async () => {
  const page = await signedIn('staf.kebonsariwetan');
  await page.goto(`${afternoon}/daftar-hadir`);
  await page.context().setOffline(true);
  await hadir(page, 'Eko').click();
  await page.getByText('1 belum terkirim').waitFor();
  const context = page.context();
  await page.close();
  await context.setOffline(false);
  const later = await context.newPage();
  await later.goto(`${afternoon}/daftar-hadir`);
  await expect.poll(() => hadir(later, 'Eko').count()).toBe(0);
  await expect.poll(() => later.getByText('belum terkirim').count(), { timeout: 15_000 }).toBe(0);
  await later.reload();
  expect(await hadir(later, 'Eko').count()).toBe(0);
  expect(await here(later)).toBe('5');
});

test('without JavaScript every tap is a form, and the search a page', async () => {
  const page = await signedIn('staf.kebonsariwetan', { javaScript: 'off' });
  await page.goto(`${afternoon}/daftar-hadir?cari=fitri`);
  await hadir(page, 'Fitri').click();
  await page.waitForURL(/cari=fitri/);
  expect(await hadir(page, 'Fitri').count()).toBe(0);
  expect(await here(page)).toBe('6');
});

test('a phone opens the code of the door, finds a name and is told that staff know better', async () => {
  const staff = await signedIn('staf.kebonsariwetan');
  await staff.goto(`${session}/pintu`);
  const code = await staff.locator('.score b').textContent();
  const phone = await visitor({ javaScript: 'off' });
  await phone.goto('/h');
  await phone.getByLabel('Kode').fill(String(code));
  await phone.getByRole('button', { name: 'Lanjut' }).click();
  await phone.getByLabel('Nama Anda').fill('ani');
  await phone.getByRole('button', { name: 'Cari nama' }).click();
  await phone.getByRole('link', { name: 'Ani Rekaan' }).click();
  await phone.getByLabel('Empat angka terakhir nomor HP').fill('1234');
  await phone.getByRole('button', { name: 'Saya hadir' }).click();
  expect(await phone.getByRole('alert').textContent()).toContain('Tidak cocok dengan catatan kami');
});

test('the pages of the day have no faults at 320, 390 and 1366 px', async () => {
  const page = await signedIn('staf.kebonsariwetan');
  const problems = watch(page);
  const training = session.replace(/\/sesi.*/, '');
  const urls = [
    `${training}/daftar-hadir`,
    `${session}/daftar-hadir`,
    `${afternoon}/pintu`,
    `${afternoon}/penutupan`,
    `${afternoon}/peserta-tambahan?cari=siti`,
    '/h',
  ];
  const faults = [];
  for (const url of urls) {
    await page.goto(url);
    faults.push(...(await faultsOf(page)));
  }
  await page.goto(`${session}/daftar-hadir`);
  await page.getByRole('link', { name: 'Ani Rekaan' }).click();
  faults.push(...(await faultsOf(page)));
  const code = (await staffCode(page)) ?? '';
  await page.goto(`/h/${code.replace(' ', '')}`);
  await page.goto('/h/nama?cari=ani');
  faults.push(...(await faultsOf(page)));
  await page.getByRole('link', { name: 'Ani Rekaan' }).click();
  faults.push(...(await faultsOf(page)));
  await page.goto('/h/222222');
  faults.push(...(await faultsOf(page)));
  expect(faults).toEqual([]);
  expect(problems.filter((problem) => !problem.includes('404'))).toEqual([]);
}, 60_000);

async function staffCode(page: Page) {
  await page.goto(`${afternoon}/pintu`);
  return page.locator('.score b').textContent();
}
