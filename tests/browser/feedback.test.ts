import type { Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { phone, send, signedIn, visitor, watch } from '../support/browser.ts';
import { faultsOf } from '../support/page-checks.ts';

/** A training of today: who came says by the private link what they thought of it. */

const links = new Map<string, string>();
const names = ['Ani Rekaan', 'Budi Rekaan', 'Citra Rekaan'];
const linkOf = (name: string) => links.get(name) ?? expect.fail(name);

beforeAll(async () => {
  const page = await signedIn('staf.kebonsariwetan');
  const training = await send(page, '/pelatihan', { version: 1, title: 'Pelatihan hari ini' });
  await send(page, `${training}/sesi`, {
    version: 1,
    ...today(),
    startsAt: '0.01',
    endsAt: '23.59',
    venue: 'Aula',
    topic: 'Pagi',
  });
  await send(page, `${training}/penjadwalan`, { version: await versionOn(page, training) });
  for (const name of names)
    await send(page, `${training}/undangan/tamu`, { name, office: 'Tamu', phone: '' });
  const sending = `${training}/undangan/pengiriman`;
  await send(page, sending, { version: await versionOn(page, sending) });
  await readLinks(page, `${training}/undangan/kabar`);
  await record(page, training, names.slice(0, 2));
}, 60_000);

test('who came fills the form on a phone without JavaScript, and once only', async () => {
  const page = await visitor({ viewport: phone, javaScript: 'off' });
  const path = linkOf('Ani Rekaan');
  await page.goto(path);
  await press(page, 'Kirim umpan balik');
  expect(await page.title()).toMatch(/^Galat: /);
  await page.getByRole('link', { name: 'Pilih penilaian untuk narasumber' }).waitFor();
  for (const aspect of [
    'Manfaat materi bagi tugas Anda',
    'Narasumber',
    'Tempat dan penyelenggaraan',
  ])
    await page.getByRole('group', { name: aspect }).getByText('Baik', { exact: true }).click();
  await page.getByLabel('Kesan dan saran').fill('Materinya dapat langsung dipakai');
  await press(page, 'Kirim umpan balik');
  await page.getByText('Terima kasih.').waitFor();
  await page.goto(path);
  await page.getByText('Umpan balik Anda sudah diterima.').waitFor();
  expect(await page.getByRole('button', { name: 'Kirim umpan balik' }).count()).toBe(0);
});

test('the form, its faults, the thanks and the refusal are sound at 320, 390 and 1366 px', async () => {
  const page = await visitor();
  const problems = watch(page);
  const faults: string[] = [];
  await page.goto(linkOf('Budi Rekaan'));
  faults.push(...(await faultsOf(page)));
  await press(page, 'Kirim umpan balik');
  expect(await page.title()).toMatch(/^Galat: /);
  faults.push(...(await faultsOf(page)));
  await page.goto(linkOf('Ani Rekaan'));
  await page.getByText('Terima kasih.').waitFor();
  faults.push(...(await faultsOf(page)));
  await page.goto(linkOf('Citra Rekaan'));
  await page.getByText('diisi oleh yang tercatat hadir').waitFor();
  faults.push(...(await faultsOf(page)));
  expect(faults).toEqual([]);
  expect(problems).toEqual([]);
}, 60_000);

function today() {
  const [year = '', month = '', day = ''] = new Intl.DateTimeFormat('en-CA', {
    timeZone: 'Asia/Jakarta',
  })
    .format(new Date())
    .split('-');
  return { heldOnDay: day, heldOnMonth: month, heldOnYear: year };
}

async function versionOn(page: Page, path: string): Promise<string> {
  await page.goto(path);
  return page.locator('form [name=version]').first().inputValue();
}

/** The private links stand in the texts that are prepared for WhatsApp. */
async function readLinks(page: Page, path: string): Promise<void> {
  await page.goto(path);
  for (const name of names) {
    const button = page.locator('tr', { hasText: name }).locator('a[href^="https://wa.me/"]');
    const text = decodeURIComponent((await button.getAttribute('href')) ?? '');
    links.set(name, `${/\/u\/[\w-]{43}/.exec(text)?.[0] ?? expect.fail(text)}/umpan-balik`);
  }
}

async function record(page: Page, training: string, present: readonly string[]): Promise<void> {
  await page.goto(`${training}/daftar-hadir`);
  await page.locator('.work-list a').first().click();
  const list = new URL(page.url()).pathname;
  await send(page, list.replace(/daftar-hadir$/, 'pembukaan'), {});
  await page.goto(list);
  for (const [index, name] of present.entries()) {
    await page.getByRole('button', { name: `Hadir: ${name}` }).click();
    await page.locator('[data-here]', { hasText: String(index + 1) }).waitFor();
  }
}

const press = (page: Page, name: string) =>
  page.locator('main').getByRole('button', { name, exact: true }).click();
