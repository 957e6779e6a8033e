import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { demoAccounts } from '#src/demo-accounts.ts';
import { origin, phone, signedIn, visitor, watch } from '../support/browser.ts';
import { faultsOf, layoutFaults } from '../support/page-checks.ts';
import { choose, press } from '../support/proposals.ts';

/** One page of each kind that somebody met already, so that axe looks at each kind once and not once a role. */
const seen = new Set<string>();

test.each(demoAccounts)(
  '$username: every page that links lead to is sound',
  async ({ username }) => {
    // Two at a time, one for each core.
    const pages = [await signedIn(username), await signedIn(username)];
    const problems = pages.map(watch);
    const waiting = ['/beranda', '/menu', '/akun'];
    const kinds = new Set(waiting);
    const faults: string[] = [];
    const crawl = async (page: Page) => {
      for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
        const response = await page.goto(path);
        if (response?.status() !== 200) faults.push(`${path}: ${response?.status()}`);
        for (const link of await linksOf(page)) {
          if (kinds.has(kindOf(link))) continue;
          kinds.add(kindOf(link));
          waiting.push(link);
        }
        faults.push(...(await faultsOnce(page, kindOf(path))));
      }
    };
    await Promise.all(pages.map(crawl));
    expect(kinds.size).toBeGreaterThan(5);
    expect(faults).toEqual([]);
    expect(problems.flat()).toEqual([]);
  },
  900_000,
);

test('the pages of strangers are sound', async () => {
  const page = await visitor();
  const problems = watch(page);
  const faults: string[] = [];
  for (const path of ['/', '/masuk', '/tidak-ada', `/masuk/tautan/${'a'.repeat(43)}`]) {
    await page.goto(path);
    faults.push(...(await faultsOf(page)));
  }
  await page.goto('/masuk');
  await press(page, 'Masuk');
  expect(await page.title()).toMatch(/^Galat: /);
  faults.push(...(await faultsOf(page)));
  expect(faults).toEqual([]);
  expect(problems).toEqual([]);
});

test('pages that refuse are sound: 401, 403, 404 and filters that make no sense', async () => {
  const page = await signedIn('staf.kebonsariwetan');
  const problems = watch(page);
  const faults: string[] = [];
  const refused = [
    ['/pengguna', 403],
    ['/usulan/999999', 404],
    ['/lembaga/999999', 404],
    ['/lembaga?kelurahan=di+mana', 422],
    [`${await firstInstitution(page)}/pengurus?tanggal=2024-02-30`, 422],
    ['/usulan?status=apa', 422],
  ] as const;
  for (const [path, status] of refused) {
    const response = await page.goto(path);
    expect(`${path} ${response?.status()}`).toBe(`${path} ${status}`);
    faults.push(...(await faultsOf(page)));
  }
  await page.context().clearCookies();
  await page.context().addCookies([{ name: 'sid', value: 's%3Aold.old', url: origin }]);
  expect((await page.goto('/lembaga'))?.status()).toBe(401);
  faults.push(...(await faultsOf(page)));
  expect(faults).toEqual([]);
  expect(problems).toEqual([]);
});

test('empty lists and lists that a filter empties say so and offer one way out', async () => {
  const page = await signedIn('lurah.kebonsariwetan');
  const problems = watch(page);
  const faults: string[] = [];
  const empty = [
    '/lembaga?cari=tidak-ada-yang-bernama-ini',
    '/lembaga?halaman=90',
    '/usulan?status=expired',
    '/laporan?jenis=TIDAK_ADA',
  ];
  for (const path of empty) {
    await page.goto(path);
    expect(await page.locator('.empty').count(), path).toBe(1);
    expect(await page.locator('.empty').getByRole('link').count(), path).toBe(1);
    faults.push(...(await faultsOf(page)));
  }
  expect(faults).toEqual([]);
  expect(problems).toEqual([]);
});

test('the pages of a proposal are sound, empty and with errors', async () => {
  const page = await signedIn('staf.kebonsariwetan');
  const problems = watch(page);
  const faults: string[] = [];
  const look = async () => faults.push(...(await faultsOf(page)));
  const meetErrors = async (button: string) => {
    await look();
    await press(page, button);
    expect(await page.title()).toMatch(/^Galat: /);
    await look();
  };
  await page.goto('/lembaga?cari=RT+005');
  await page.locator('#results tbody a').first().click();
  await page.getByRole('link', { name: 'Ajukan perubahan pengurus' }).click();
  await meetErrors('Lanjut');
  await choose(page, 'Ganti orang');
  await press(page, 'Lanjut');
  await meetErrors('Lanjut');
  await page.locator('.choice label').first().click();
  await press(page, 'Lanjut');
  await meetErrors('Lanjut');
  await page.getByLabel('Nama lengkap').fill('Sukarni');
  await choose(page, 'Perempuan');
  await press(page, 'Lanjut');
  await page.locator('[name=nik]').fill('123');
  await meetErrors('Lanjut');
  await page.locator('[name=nik]').fill('');
  await press(page, 'Lanjut');
  await page.locator('[name=phone]').fill('1');
  await meetErrors('Lanjut');
  await page.locator('[name=phone]').fill('');
  await press(page, 'Lanjut');
  await meetErrors('Lanjut periksa');
  await page.getByRole('link', { name: 'Batalkan usulan' }).click();
  await look();
  await press(page, 'Batalkan usulan');
  await look();
  expect(faults).toEqual([]);
  expect(problems).toEqual([]);
});

async function firstInstitution(page: Page): Promise<string> {
  await page.goto('/lembaga');
  return (await page.locator('#results tbody a').first().getAttribute('href')) ?? '';
}

/** The whole look for the first page of a kind; the layout on a phone for its filtered views and other roles' pages. */
async function faultsOnce(page: Page, kind: string): Promise<string[]> {
  const whole = kind.replace('?', '');
  if (!seen.has(whole)) {
    seen.add(whole);
    return faultsOf(page);
  }
  await page.setViewportSize(phone);
  const faults = await layoutFaults(page);
  return faults.map((fault) => `${kind}: ${fault}`);
}

/** Links into the portal, without files and parts of pages. */
async function linksOf(page: Page): Promise<string[]> {
  const links = await page
    .locator('a[href^="/"]')
    .evaluateAll((all) => all.map((link) => link.getAttribute('href') ?? ''));
  return links.filter(
    (link) => !/\.(xlsx|pdf|docx|ics)(\?|$)|\/(pindaian|unduh)$|\/foto\/\d|#/.test(link),
  );
}

/** The path without its numbers, and whether anything is asked for: /lembaga/:n/pengurus?. */
function kindOf(link: string): string {
  const { pathname, search } = new URL(link, origin);
  return pathname.replaceAll(/\d+/g, ':n') + (search ? '?' : '');
}
