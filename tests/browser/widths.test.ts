import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { signedIn } from '../support/browser.ts';

/** From the widest phone to the office's screen, on both sides of where the side navigation appears. */
const widths = [390, 721, 800, 900, 959, 960, 1024, 1100, 1220, 1366];
const wide = ['/laporan', '/sk', '/lembaga', '/kelengkapan'];

test.each([
  ['admin', [...wide, '/pengguna']],
  ['camat.kanigaran', wide],
  ['lurah.kebonsariwetan', wide],
])('no list of %s is wider than its card at any width', async (name, paths) => {
  const page = await signedIn(name);
  const faults: string[] = [];
  for (const path of paths) {
    await page.goto(path);
    for (const width of widths) {
      await page.setViewportSize({ width, height: 800 });
      const found = await tooWide(page);
      faults.push(...found.map((fault) => `${path} at ${width} px: ${fault}`));
    }
  }
  expect(faults).toEqual([]);
});

test('the recap between phone and office names each figure', async () => {
  const page = await signedIn('camat.kanigaran', { viewport: { width: 1024, height: 768 } });
  await page.goto('/laporan');
  const cell = page.locator('.broad tbody td[data-label="Pengurus"]').first();
  const label = await cell.evaluate((td) => getComputedStyle(td, '::before').content);
  expect(label).toBe('"Pengurus"');
});

test('what makes a PDF of a list keeps its distance from the list', async () => {
  const page = await signedIn('lurah.kebonsariwetan');
  for (const path of ['/sk', '/orang/ganda', '/lembaga', '/tindak-lanjut']) {
    await page.goto(path);
    const form = await page.locator('main form:has(select[name=ttd])').last().boundingBox();
    const card = await page.locator('main .card').last().boundingBox();
    const gap = (form?.y ?? 0) - (card?.y ?? 0) - (card?.height ?? 0);
    expect(Math.round(gap), path).toBeGreaterThanOrEqual(16);
    expect(Math.round(gap), path).toBeLessThanOrEqual(32);
  }
});

/** The page or a table that reaches over the edge of what holds it. */
const tooWide = (page: Page) =>
  page.evaluate(() => {
    const { scrollWidth } = document.documentElement;
    const cards = [...document.querySelectorAll('main .card')].filter(
      (card) => card.scrollWidth > card.clientWidth,
    );
    return [
      ...(scrollWidth > innerWidth ? [`the page is ${scrollWidth} px`] : []),
      ...cards.map((card) => `${card.querySelector('h2')?.textContent}: ${card.scrollWidth} px`),
    ];
  });
