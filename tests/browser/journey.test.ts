import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { desk, signedIn, watch } from '../support/browser.ts';
import {
  approve,
  describeCandidate,
  explain,
  field,
  heading,
  numberOf,
  press,
  startProposal,
  today,
} from '../support/proposals.ts';

/**
 * The demo's Pokmas Sinar Mulia, led by its secretary as Pelaksana Ketua. Every test leaves another seat changed; the
 * last proposal ends the acting office, and with it what the account of the acting chair may see.
 */
const institution = 'Pokmas Sinar Mulia';

const chairwoman = {
  name: "Siti Ma'rufah",
  frontTitle: 'Hj.',
  backTitle: 'S.Pd., M.Si.',
  sex: 'Perempuan',
  nik: '3574045708809801',
  birth: '1980-08-17',
} as const;

test('a returned proposal is mended and sent again; a refused one is closed with its reason', async () => {
  const chair = await signedIn('ketua.sinarmulia');
  const problems = watch(chair);
  await openInstitution(chair);
  await startProposal(chair, 'Ganti orang', 'Anggota 2');
  await describeCandidate(chair, {
    name: 'Suparman',
    sex: 'Laki-laki',
    nik: '3574041203859802',
    birth: '1985-03-12',
  });
  await explain(chair, {
    legend: 'Tanggal mulai bertugas',
    day: today,
    reason: 'Anggota pindah kerja.',
  });
  await press(chair, 'Ajukan ke lurah');
  const number = await numberOf(chair);

  const lurah = await signedIn('lurah.kebonsariwetan');
  problems.push(...watch(lurah));
  await openProposal(lurah, number);
  await lurah.getByRole('link', { name: 'Kembalikan untuk perbaikan' }).click();
  await press(lurah, 'Kembalikan untuk perbaikan');
  await expectOneError(lurah, 'Tulis catatan untuk pengusul');
  await field(lurah, 'Catatan untuk pengusul').fill('Lampirkan nomor berita acara.');
  await press(lurah, 'Kembalikan untuk perbaikan');

  await openProposal(chair, number);
  expect(await chair.locator('main').innerText()).toContain('Lampirkan nomor berita acara.');
  await press(chair, 'Perbaiki usulan');
  await chair.getByRole('link', { name: 'Ubah waktu dan alasan' }).click();
  const reason = field(chair, 'Alasan perubahan');
  expect(await reason.inputValue()).toBe('Anggota pindah kerja.');
  await reason.fill('Anggota pindah kerja. Berita acara nomor 5.');
  await press(chair, 'Lanjut periksa');
  await press(chair, 'Ajukan ke lurah');
  expect(await numberOf(chair)).toBe(number);

  await openProposal(lurah, number);
  expect(await lurah.locator('main').innerText()).toContain('Berita acara nomor 5.');
  await lurah.getByRole('link', { name: 'Tolak', exact: true }).click();
  await field(lurah, 'Alasan penolakan').fill('Yang bersangkutan masih bertugas.');
  await press(lurah, 'Tolak usulan');

  await openProposal(chair, number);
  expect(await chair.locator('main').innerText()).toContain('Yang bersangkutan masih bertugas.');
  expect(problems).toEqual([]);
});

test('the same journey works without JavaScript', async () => {
  const before = await recapLine();
  const chair = await signedIn('ketua.sinarmulia', { javaScript: 'off' });
  await openInstitution(chair);
  await startProposal(chair, 'Berhenti tanpa pengganti', 'Anggota');
  await press(chair, 'Lanjut periksa');
  await expectErrors(chair, ['Isi tanggal mulai berlaku', 'Tulis alasan perubahan']);
  await explain(chair, { legend: 'Tanggal berhenti', day: today, reason: 'Mengundurkan diri.' });
  await press(chair, 'Ajukan ke lurah');
  const number = await numberOf(chair);

  const lurah = await signedIn('lurah.kebonsariwetan', { javaScript: 'off' });
  await openProposal(lurah, number);
  await approve(lurah, '188.45/902/425.504/2026');

  await openInstitution(chair);
  await section(chair, 'Pengurus').click();
  const roster = await chair.locator('table').first().innerText();
  expect(roster).toMatch(/Kosong\s+Anggota\b/);
  expect(changed(before, await recapLine())).toMatchObject({ Pengurus: -1 });
});

test('a chair proposes, mends an error and sends; the lurah approves with a decree; the camat sees exactly that change', async () => {
  const before = await recapLine();
  const chair = await signedIn('ketua.sinarmulia');
  const problems = watch(chair);

  await openInstitution(chair);
  const actingChair = chair.getByRole('row', { name: 'Ketua Plt.' }).getByRole('link').first();
  const actingName = await actingChair.innerText();
  await startProposal(chair, 'Isi jabatan kosong', 'Ketua');
  await field(chair, 'Nama lengkap').fill(chairwoman.name);
  await press(chair, 'Lanjut');
  await expectOneError(chair, 'Pilih jenis kelamin');
  expect(await field(chair, 'Nama lengkap').inputValue()).toBe(chairwoman.name);
  await describeCandidate(chair, chairwoman);
  await explain(chair, {
    legend: 'Tanggal mulai bertugas',
    day: today,
    reason: 'Hasil musyawarah anggota, berita acara nomor 4.',
  });

  expect(await heading(chair).innerText()).toBe('Periksa sebelum mengirim');
  const answers = await chair.locator('main').innerText();
  expect(answers).toContain("Hj. Siti Ma'rufah, S.Pd., M.Si.");
  expect(answers).toContain('17 Agustus 1980');
  expect(answers).not.toContain(chairwoman.nik);
  await press(chair, 'Ajukan ke lurah');
  const number = await numberOf(chair);
  expect(await chair.locator('main').innerText()).toContain(
    `Usulan ${number} terkirim ke Lurah Kebonsari Wetan.`,
  );

  const lurah = await signedIn('lurah.kebonsariwetan');
  problems.push(...watch(lurah));
  await lurah.goto('/beranda');
  const waiting = lurah.locator('main').getByRole('link', { name: `${institution}: Isi jabatan` });
  expect(await waiting.getAttribute('href')).toBe(new URL(chair.url()).pathname);
  await openProposal(lurah, number);
  const difference = lurah.getByRole('row', { name: 'Ketua' }).getByRole('cell');
  expect(await difference.allInnerTexts()).toEqual([actingName, "Hj. Siti Ma'rufah, S.Pd., M.Si."]);
  expect(await lurah.locator('.checks').innerText()).toContain('Tidak rangkap jabatan');
  await approve(lurah, '188.45/901/425.504/2026');
  expect(await lurah.locator('main').innerText()).toContain(
    `Usulan ${number} disetujui dengan SK nomor 188.45/901/425.504/2026.`,
  );

  await lurah.getByRole('link', { name: 'Lihat pengurus' }).click();
  const row = await lurah.getByRole('row', { name: "Siti Ma'rufah" }).first().innerText();
  expect(row).toContain('188.45/901/425.504/2026');
  expect(row).not.toContain('Plt.');

  const after = await recapLine();
  // The definitive chair ends the acting one, a man: one post fewer, one more.
  expect(changed(before, after)).toEqual({ Perempuan: 1, 'Laki-laki': -1 });
  expect(problems).toEqual([]);
});

test('every figure of the recap leads to a list of that many', async () => {
  const camat = await signedIn('camat.kanigaran', { viewport: desk });
  await camat.goto('/laporan');
  const figures = await figuresOf(camat);
  expect(figures.length).toBeGreaterThan(5);
  for (const { label, count, href } of figures) {
    await camat.goto(href);
    const listed = await camat.locator('#list-title').or(camat.locator('.empty')).innerText();
    expect(`${label}: ${/^[\d.]+/.exec(listed)?.[0] ?? 0}`).toBe(`${label}: ${count}`);
  }
});

async function openInstitution(page: Page): Promise<void> {
  await page.goto('/lembaga');
  await page.locator('main').getByRole('link', { name: institution }).click();
}

async function openProposal(page: Page, number: string): Promise<void> {
  await page.goto('/usulan');
  await page.locator('main').getByRole('link', { name: number }).click();
}

const section = (page: Page, name: string) =>
  page.getByRole('navigation', { name: 'Bagian lembaga' }).getByRole('link', { name });

/** The line of Kebonsari Wetan as the camat of Kanigaran sees it now. */
async function recapLine(): Promise<Record<string, number>> {
  const camat = await signedIn('camat.kanigaran', { viewport: desk });
  await camat.goto('/laporan');
  const figures = await figuresOf(camat);
  return Object.fromEntries(figures.map(({ label, count }) => [label, Number(count)]));
}

async function figuresOf(page: Page) {
  const row = page.getByRole('row', { name: 'Kebonsari Wetan' });
  const cells = row.locator('td[data-label]');
  return cells.evaluateAll((all) =>
    all.map((cell) => ({
      label: cell.getAttribute('data-label') ?? '',
      count: cell.textContent?.trim() ?? '',
      href: cell.querySelector('a')?.getAttribute('href') ?? '',
    })),
  );
}

function changed(before: Record<string, number>, after: Record<string, number>) {
  const differences = Object.entries(after).map(([label, count]) => [
    label,
    count - (before[label] ?? 0),
  ]);
  return Object.fromEntries(differences.filter(([, difference]) => difference !== 0));
}

const expectOneError = (page: Page, sentence: string) => expectErrors(page, [sentence]);

/** The page says in its title, in a summary that leads to the fields, and at each field what is wrong. */
async function expectErrors(page: Page, sentences: string[]): Promise<void> {
  expect(await page.title()).toMatch(/^Galat: /);
  const summary = page.locator('.error-summary');
  expect(await summary.getAttribute('tabindex')).toBe('-1');
  for (const sentence of sentences) {
    const link = summary.getByRole('link', { name: sentence });
    const target = await link.getAttribute('href');
    await link.click();
    expect(await page.evaluate(() => `#${document.activeElement?.id}`)).toBe(target);
    expect(await page.locator('.field-error', { hasText: sentence }).count()).toBe(1);
  }
}
