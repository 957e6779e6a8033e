import type { Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { send, signedIn, watch } from '../support/browser.ts';
import { faultsOf } from '../support/page-checks.ts';

/** A training of today with one open session, to which the chair of Pokmas Sinar Mulia is invited, and its tests. */
let training: string;
let session: string;

beforeAll(async () => {
  const page = await signedIn('staf.kebonsariwetan');
  training = await send(page, '/pelatihan', { version: 1, title: 'Pelatihan dengan tes' });
  const [year = '', month = '', day = ''] = new Intl.DateTimeFormat('en-CA', {
    timeZone: 'Asia/Jakarta',
  })
    .format(new Date())
    .split('-');
  await send(page, `${training}/sesi`, {
    ...{ version: 1, heldOnDay: day, heldOnMonth: month, heldOnYear: year, venue: 'Aula' },
    ...{ topic: 'Sehari penuh', startsAt: '23.00', endsAt: '23.59' },
  });
  await send(page, `${training}/penjadwalan`, { version: await versionOn(page, training) });
  await page.goto(`${training}/undangan/lembaga?cari=sinar mulia`);
  const chosen = await page.locator('main a[href*="lembaga="]').first().getAttribute('href');
  await page.goto(new URL(String(chosen), page.url()).href);
  await page.getByRole('button', { name: 'Tambahkan yang dicentang' }).click();
  const sending = `${training}/undangan/pengiriman`;
  await send(page, sending, { version: await versionOn(page, sending) });
  await page.goto(`${training}/daftar-hadir`);
  const href = await page.locator('.work-list a').first().getAttribute('href');
  session = String(href).replace(/\/daftar-hadir$/, '');
  await send(page, `${session}/pembukaan`, {});
}, 60_000);

async function versionOn(page: Page, url: string) {
  await page.goto(url);
  return page.locator('main form [name=version]').first().inputValue();
}

test('staff write questions without a mouse, an officer answers without JavaScript, staff see the score', async () => {
  const staff = await signedIn('staf.kebonsariwetan');
  const problems = watch(staff);
  for (const [text, good] of [
    ['Siapa menetapkan pengurus RT?', 'Lurah'],
    ['LKK mitra siapa?', 'Pemerintah kelurahan'],
  ] as const) {
    await staff.goto(`${training}/tes`);
    await staff.getByRole('link', { name: 'Tambah soal' }).focus();
    await staff.keyboard.press('Enter');
    await staff.getByRole('textbox', { name: 'Soal' }).focus();
    await staff.keyboard.type(text);
    await staff.keyboard.press('Tab');
    await staff.keyboard.type(good);
    await staff.keyboard.press('Tab');
    await staff.keyboard.type('Lainnya');
    for (let steps = 0; steps < 5; steps += 1) await staff.keyboard.press('Tab');
    await staff.keyboard.press('Space');
    expect(await staff.getByRole('radio', { name: 'A', exact: true }).isChecked()).toBe(true);
    await staff.keyboard.press('Enter');
    await staff.getByText('Soal tersimpan.').waitFor();
  }
  await staff.getByRole('button', { name: 'Buka tes bagi peserta' }).click();
  await staff.getByText('Dapat diisi', { exact: true }).waitFor();
  expect(problems).toEqual([]);

  const officer = await signedIn('ketua.sinarmulia', { javaScript: 'off' });
  await officer.goto(training);
  await officer.getByRole('link', { name: 'Tes saya' }).click();
  await officer.getByRole('link', { name: /Tes awal/ }).click();
  await officer.getByText('Lurah', { exact: true }).click();
  await officer.getByRole('button', { name: 'Kirim jawaban' }).click();
  expect(await officer.getByRole('alert').textContent()).toContain(
    'Pilih satu jawaban untuk soal 2',
  );
  expect(await officer.getByLabel('Lurah', { exact: true }).isChecked()).toBe(true);
  await officer.getByText('Lainnya', { exact: true }).last().click();
  await officer.getByRole('button', { name: 'Kirim jawaban' }).click();
  await officer.getByText('50 (1 dari 2 benar)').waitFor();

  await staff.goto(`${training}/tes/nilai`);
  expect(await staff.getByText('100%').count()).toBe(1);
});

test('a signed sheet is copied in without JavaScript', async () => {
  const page = await signedIn('staf.kebonsariwetan', { javaScript: 'off' });
  await page.goto(`${session}/daftar-hadir`);
  await page.getByRole('link', { name: 'Salin yang sudah ditandatangani' }).click();
  await page.getByText(/^1\. /).click();
  await page.getByLabel('Nama 1', { exact: true }).fill('Hasan Rekaan');
  await page.getByRole('button', { name: 'Catat hadir' }).click();
  await page.getByText('2 orang tercatat hadir menurut daftar hadir kertas.').waitFor();
  expect(await page.locator('[data-here]').textContent()).toBe('2');
});

test('the pages of the sheet and of the tests have no faults at 320, 390 and 1366 px', async () => {
  const faults: string[] = [];
  const staff = await signedIn('staf.kebonsariwetan');
  const problems = watch(staff);
  for (const url of [
    `${session}/daftar-hadir`,
    `${session}/daftar-hadir/salinan`,
    `${training}/tes`,
    `${training}/tes/soal/baru`,
    `${training}/tes/nilai`,
  ]) {
    await staff.goto(url);
    faults.push(...(await faultsOf(staff)));
  }
  await staff
    .getByRole('link', { name: /^Isi tes akhir/ })
    .first()
    .click();
  await staff.getByRole('button', { name: 'Simpan jawaban' }).waitFor();
  faults.push(...(await faultsOf(staff)));
  const officer = await signedIn('ketua.sinarmulia');
  for (const part of ['', '/pra', '/pasca']) {
    await officer.goto(`${training}/tes-saya${part}`);
    faults.push(...(await faultsOf(officer)));
  }
  expect(faults).toEqual([]);
  expect(problems).toEqual([]);
}, 90_000);
