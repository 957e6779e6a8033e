import type { Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { phone, send, signedIn, smallest, visitor, watch } from '../support/browser.ts';
import { axeViolations, faultsOf, layoutFaults } from '../support/page-checks.ts';

/** From the rule that chooses invitees to their answers: staff and officers on phones, without JavaScript. */

const staffName = 'staf.kebonsariwetan';
let training: string;
let composed: string;

beforeAll(async () => {
  const page = await signedIn(staffName);
  training = await planTraining(page, 'Pelatihan undangan');
  composed = await planTraining(page, 'Pelatihan yang disusun');
}, 60_000);

async function planTraining(page: Page, title: string): Promise<string> {
  const url = await send(page, '/pelatihan', { version: 1, title });
  await send(page, `${url}/sesi`, {
    version: 1,
    heldOnDay: 7,
    heldOnMonth: 8,
    heldOnYear: new Date().getFullYear() + 2,
    startsAt: '08.00',
    endsAt: '11.30',
    venue: 'Bale Hinggil',
    topic: 'Tugas pengurus',
  });
  await page.goto(url);
  const version = await page.locator('form [name=version]').first().inputValue();
  await send(page, `${url}/penjadwalan`, { version });
  return url;
}

/** The private link in the text that a row prepares for WhatsApp. */
async function linkFor(page: Page, name: string): Promise<string> {
  const button = page.locator('tr', { hasText: name }).locator('a[href^="https://wa.me/"]');
  const text = decodeURIComponent((await button.getAttribute('href')) ?? '');
  return /\/u\/[\w-]{43}/.exec(text)?.[0] ?? expect.fail(text);
}

/** The label lies over its box, as large as a finger. */
const tick = (page: Page, label: string | RegExp) =>
  page.locator('.choice label').getByText(label, { exact: true }).click();

const figure = (page: Page, label: string) =>
  page.locator('.key-figures div', { hasText: label }).locator('.figure').textContent();

test('staff invite by rule and send, an officer answers by link without signing in, staff see it and tell of a change', async () => {
  const staff = await signedIn(staffName, { viewport: phone, javaScript: 'off' });
  await staff.goto(`${training}/undangan`);
  await staff.getByRole('link', { name: 'Menurut jabatan' }).click();
  await tick(staff, /^Ketua RW \(/);
  await tick(staff, /^Bendahara RW \(/);
  await staff.getByRole('button', { name: 'Lihat siapa saja' }).click();
  await staff.getByRole('button', { name: /^Tambahkan \d+ orang$/ }).click();
  const invited = Number(await figure(staff, 'Diundang'));
  expect(invited).toBeGreaterThan(10);
  await staff.getByRole('link', { name: 'Kirim undangan' }).click();
  await staff.getByRole('button', { name: 'Kirim undangan' }).click();
  await staff.getByText(`${invited} orang belum dikirimi undangan.`).waitFor();

  await staff.getByRole('link', { name: 'Beri tahu' }).click();
  const name = (await staff.locator('tbody .choice label').first().textContent()) ?? '';
  const link = await linkFor(staff, name);
  await tick(staff, name);
  await staff.getByRole('button', { name: 'Tandai sudah diberi tahu' }).click();
  await staff.getByText('1 orang ditandai sudah diberi tahu.').waitFor();
  expect(await staff.locator('tr', { hasText: name }).count()).toBe(0);

  const officer = await visitor({ viewport: phone, javaScript: 'off' });
  await officer.goto(link);
  await officer.getByText('Bale Hinggil').waitFor();
  await officer.getByRole('button', { name: 'Kirim jawaban' }).click();
  await officer.getByText('Pilih Hadir, Diwakilkan, atau Izin').first().waitFor();
  await tick(officer, 'Diwakilkan');
  await officer.getByLabel('Nama yang mewakili').fill('Sunarto');
  await officer.getByRole('button', { name: 'Kirim jawaban' }).click();
  await officer.getByText('Diwakilkan oleh Sunarto').waitFor();

  await staff.goto(`${training}/undangan?jawaban=diwakilkan`);
  expect(await staff.locator('tbody tr').count()).toBe(1);
  expect(await staff.locator('tbody tr').textContent()).toContain('oleh Sunarto');

  await staff.goto(training);
  await staff.getByRole('link', { name: 'Tugas pengurus' }).click();
  await staff.getByLabel('Tempat').fill('Aula Kecamatan Kanigaran');
  await staff.getByRole('button', { name: /^Simpan/ }).click();
  await staff.goto(`${training}/undangan`);
  await staff.getByText('1 orang perlu diberi tahu lagi.').waitFor();
  await officer.goto(link);
  await officer.getByText('Semula di Bale Hinggil').waitFor();
}, 60_000);

test('every page of inviting fits the smallest phone and is clean', async () => {
  const page = await signedIn(staffName);
  const problems = watch(page);
  await page.goto(`${composed}/undangan/aturan`);
  const position = await page.getByLabel(/^Ketua RW \(/).inputValue();
  await send(page, `${composed}/undangan/aturan`, { jabatan1: position });
  const faults: string[] = [];
  for (const path of [
    '',
    '/aturan',
    `/aturan?jabatan1=${position}&belum=on`,
    '/lembaga',
    '/pengurus?cari=a',
    '/tamu',
    '/pengiriman',
  ]) {
    await page.goto(`${composed}/undangan${path}`);
    faults.push(...(await faultsOf(page)));
  }
  for (const path of [
    '',
    '/kabar?kabar=belum',
    '/kabar?kabar=lagi',
    '/kabar?kabar=sudah',
    '/surat',
  ]) {
    await page.goto(`${training}/undangan${path}`);
    faults.push(...(await faultsOf(page)));
  }
  expect(faults).toEqual([]);
  expect(problems).toEqual([]);
}, 120_000);

test('the private link fits the smallest phone, also when the time has changed', async () => {
  const staff = await signedIn(staffName);
  await staff.goto(`${training}/undangan/kabar?kabar=belum`);
  const name = (await staff.locator('tbody .choice label').first().textContent()) ?? '';
  const page = await visitor({ viewport: smallest });
  const problems = watch(page);
  await page.goto(await linkFor(staff, name));
  expect([...(await layoutFaults(page)), ...(await axeViolations(page))]).toEqual([]);
  expect(problems).toEqual([]);
}, 60_000);

test('the list prints on white paper without its buttons', async () => {
  const page = await signedIn(staffName);
  await page.goto(`${training}/undangan`);
  await page.emulateMedia({ media: 'print' });
  expect(await page.getByRole('link', { name: 'Excel' }).isVisible()).toBe(false);
  expect(await page.locator('form.filter:visible').count()).toBe(0);
  expect(await page.locator('tbody tr').first().isVisible()).toBe(true);
});
