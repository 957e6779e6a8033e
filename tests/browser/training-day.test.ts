import type { Page } from 'playwright-core';
import decodeQr from 'qr/decode.js';
import sharp from 'sharp';
import { beforeAll, expect, test } from 'vitest';
import { send, signedIn, visitor } from '../support/browser.ts';
import { readPdf } from '../support/pdf.ts';

/**
 * A whole day through the pages alone: who is invited comes in by QR, by the printed code, by a tap of staff or by the
 * signed sheet, and every page afterwards counts the same people.
 */

let training: string;
let session: string;
const guests = Array.from({ length: 15 }, (_, index) => `Tamu ${'ABCDEFGHIJKLMNO'[index]} Rekaan`);
const phoneOf = (index: number) => `0812-0099-${String(1001 + index)}`;

beforeAll(async () => {
  const page = await signedIn('staf.kebonsariwetan');
  await page.goto('/beranda');
  training = await send(page, '/pelatihan', { version: 1, title: 'Hari pelatihan penuh' });
  const [year = '', month = '', day = ''] = new Intl.DateTimeFormat('en-CA', {
    timeZone: 'Asia/Jakarta',
  })
    .format(new Date())
    .split('-');
  await send(page, `${training}/sesi`, {
    version: 1,
    heldOnDay: day,
    heldOnMonth: month,
    heldOnYear: year,
    venue: 'Bale Hinggil',
    topic: 'Tugas pengurus',
    startsAt: '0.01',
    endsAt: '23.59',
  });
  await invite(page);
  await page.goto(`${training}/daftar-hadir`);
  const link = page.locator('.work-list a').first();
  session = String(await link.getAttribute('href')).replace(/\/daftar-hadir$/, '');
  await send(page, `${session}/pembukaan`, {});
}, 90_000);

/** Officers by their position, guests by hand, and the list is sent. */
async function invite(page: Page) {
  await page.goto(`${training}/undangan/aturan`);
  for (const position of [/^Ketua RT \(/, /^Ketua RW \(/, /^Bendahara RW \(/])
    await page.getByLabel(position).press('Space');
  await page.getByRole('button', { name: 'Lihat siapa saja' }).click();
  await page.getByRole('button', { name: /^Tambahkan \d+ orang$/ }).click();
  await page.waitForURL(/\/undangan$/);
  for (const [index, name] of guests.entries())
    await send(page, `${training}/undangan/tamu`, {
      name,
      office: 'Babinsa',
      phone: phoneOf(index),
    });
  await page.goto(training);
  await page.getByRole('button', { name: 'Jadwalkan pelatihan' }).click();
  await page.goto(`${training}/undangan/pengiriman`);
  await page.getByRole('button', { name: /^Kirim/ }).click();
  await page.waitForURL(/\/undangan$/);
}

/** Codes by name as the letters of invitation print them. */
async function printedCodes(page: Page): Promise<Map<string, string>> {
  const query = 'bentuk=perorangan&sifat=Biasa&hal=Undangan&jabatan=Lurah';
  const date = 'tanggalDay=1&tanggalMonth=8&tanggalYear=2025';
  const answer = await page
    .context()
    .request.get(`${training}/undangan/surat.pdf?${query}&${date}`);
  expect(answer.status()).toBe(200);
  const pages = await readPdf(await answer.body());
  return new Map(
    pages.flatMap((text) => {
      const name = /Yth\. (.+?) (?:Ketua|Sekretaris|Bendahara|Babinsa)\b/.exec(text)?.[1];
      const code = /Kode kehadiran (\w{6})\b/.exec(text)?.[1];
      return name && code ? [[name, code]] : [];
    }),
  );
}

const doorCode = async (door: Page) => {
  await door.goto(`${session}/pintu`);
  return String(await door.locator('.score b').textContent()).replaceAll(/\s/g, '');
};

/** What a camera reads from the door's picture; another code than the one beside it only if a step of 30 seconds ended between the two looks. */
async function doorInPicture(door: Page): Promise<string> {
  const code = await doorCode(door);
  const picture = await door.locator('img[alt^="QR"]').screenshot();
  const { data, info } = await sharp(picture)
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const address = decodeQr({ width: info.width, height: info.height, data: new Uint8Array(data) });
  const { pathname } = new URL(address);
  return pathname === `/h/${code}` ? 'the code beside it' : pathname;
}

/** A participant's own phone, from the door to the sentence with the time. */
async function checkIn(
  phone: Page,
  door: string,
  { name, proof }: Record<'name' | 'proof', string>,
) {
  await phone.context().clearCookies();
  await phone.goto(door);
  await phone.getByLabel('Nama Anda').fill(name);
  await phone.getByRole('button', { name: 'Cari nama' }).click();
  await phone.getByRole('link', { name }).first().click();
  await phone.getByLabel('Empat angka terakhir nomor HP').fill(proof);
  await phone.getByRole('button', { name: 'Saya hadir' }).click();
}
const isIn = (phone: Page) => phone.getByText('Anda tercatat hadir pukul').waitFor();
const here = async (page: Page) => Number(await page.locator('[data-here]').textContent());
const waiting = (page: Page) =>
  page
    .locator('form[data-tap] button')
    .evaluateAll((buttons) =>
      buttons.map((button) => String(button.getAttribute('aria-label')).replace('Hadir: ', '')),
    );
const tap = (page: Page, name: string) =>
  page
    .getByRole('button', { name: `Hadir: ${name}`, exact: true })
    .first()
    .click();

test('sixty and more come by QR, code, tap and paper, and the totals agree', async () => {
  const staff = await signedIn('staf.kebonsariwetan');
  const second = await signedIn('lurah.kebonsariwetan');
  const phone = await visitor({ javaScript: 'off' });
  const codes = await printedCodes(staff);
  const started = Date.now();
  const photograph = await doorCode(staff);

  // By QR: the address that the picture holds, and four digits of the phone on record.
  await expect.poll(() => doorInPicture(staff), { timeout: 60_000 }).toBe('the code beside it');
  for (const [index, name] of guests.entries()) {
    const proof = phoneOf(index).slice(-4);
    await checkIn(phone, `/h/${await doorCode(staff)}`, { name, proof });
    await isIn(phone);
  }

  // By the code on the letter. Another's code opens nothing.
  await staff.goto(`${session}/daftar-hadir`);
  const invited = Number(
    /dari (\d+) hadir/.exec(String(await staff.locator('#people-title').textContent()))?.[1],
  );
  expect(invited).toBeGreaterThanOrEqual(60);
  expect(await here(staff)).toBe(15);
  const officers = (await waiting(staff)).filter((name) => codes.has(name));
  const [stranger = '', ...byCode] = officers.slice(0, 16);
  await checkIn(phone, `/h/${await doorCode(staff)}`, {
    name: byCode[0] ?? '',
    proof: codes.get(stranger) ?? '',
  });
  expect(await phone.getByRole('alert').textContent()).toContain('Tidak cocok');
  for (const name of byCode) {
    await checkIn(phone, `/h/${await doorCode(staff)}`, { name, proof: codes.get(name) ?? '' });
    await isIn(phone);
  }

  // By taps of two devices, one of them without network for a while; two people are tapped on both.
  await staff.goto(`${session}/daftar-hadir`);
  await second.goto(`${session}/daftar-hadir`);
  expect(await here(staff)).toBe(30);
  const left = await waiting(staff);
  await staff.context().setOffline(true);
  for (const name of left.slice(0, 10)) await tap(staff, name);
  await staff.getByText('10 belum terkirim').waitFor();
  for (const name of left.slice(8, 18)) await tap(second, name);
  await expect.poll(() => second.getByText('belum terkirim').count()).toBe(0);
  await staff.context().setOffline(false);
  await expect.poll(() => here(staff), { timeout: 15_000 }).toBe(48);
  expect(await staff.getByText('belum terkirim').count()).toBe(0);

  // By the signed sheet: all but two of those who are left.
  const absent = 2;
  await copyPaper(staff, absent);
  await staff.goto(`${session}/daftar-hadir`);
  expect(await here(staff)).toBe(invited - absent);

  // What a guesser, a photograph and a second press of the same form come to.
  expect((await phone.goto('/h/222222'))?.status()).toBe(404);
  expect(await phone.getByText('Kode ini tidak dikenal').count()).toBe(1);
  await staff.waitForTimeout(Math.max(0, 91_000 - (Date.now() - started)));
  await phone.context().clearCookies();
  await phone.goto(`/h/${photograph}`);
  expect(await phone.locator('main').textContent()).toContain(
    'foto atau kiriman kode tidak berlaku',
  );
  await phone.goto('/h/nama');
  expect(await phone.getByLabel('Nama Anda').count()).toBe(0);

  await agree(staff, { invited, present: invited - absent });
}, 240_000);

async function copyPaper(page: Page, leaving: number) {
  let unticked = Number.NaN;
  for (let number = 1; ; number += 1) {
    await page.goto(`${session}/daftar-hadir/salinan?halaman=${number}`);
    const boxes = await page.locator('input[type=checkbox]').all();
    const isLast = (await page.getByLabel('Nama 1').count()) > 0;
    const wanted = isLast ? boxes.slice(0, Math.max(0, boxes.length - leaving)) : boxes;
    for (const box of wanted) await box.press('Space');
    if (wanted.length > 0) await page.getByRole('button', { name: /^Catat hadir/ }).click();
    if (!isLast) continue;
    unticked = boxes.length - wanted.length;
    break;
  }
  expect(unticked).toBe(leaving);
}

/** Closing turns who did not come into absen; sheet, minutes and certificates count alike. */
async function agree(page: Page, { invited, present }: { invited: number; present: number }) {
  await page.goto(`${session}/penutupan`);
  await page.getByRole('button', { name: 'Tutup sesi' }).click();
  await page.waitForURL(/\/daftar-hadir$/);
  const heading = page.locator('section:has(#people-title) header');
  expect(await heading.textContent()).toContain(`${present} dari ${invited} hadir`);
  expect(await heading.textContent()).toContain(`${invited - present} absen`);

  const sheet = await page.context().request.get(`${session}/daftar-hadir.pdf?isi=terisi`);
  const words = (await readPdf(await sheet.body())).join(' ');
  expect(words.match(/Absen\b/g)?.length).toBeGreaterThanOrEqual(invited - present);

  await page.goto(`${training}/notulen`);
  const facts = await page.locator('main').textContent();
  expect(facts?.replaceAll(/\s+/g, ' ')).toContain(`Hadir ${present} orang`);

  await page.goto(`${training}/sertifikat`);
  const figures = (await page.locator('main').textContent())?.replaceAll(/\s+/g, ' ');
  expect(figures).toContain(`Memenuhi syarat ${present} dari ${invited} orang`);
}
