import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { desk, phone, signedIn } from '../support/browser.ts';

test('the roster of an institution prints on one A4 page with the letterhead', async () => {
  const page = await signedIn('lurah.kebonsariwetan', { viewport: desk });
  for (const name of ['Pokmas Sinar Mulia', 'RW 005']) {
    await page.goto(`/lembaga?cari=${encodeURIComponent(name)}`);
    const link = page.locator('#results tbody').getByRole('link', { name, exact: true });
    await page.goto(`${await link.getAttribute('href')}/pengurus`);
    await expectPaper(page);
    expect(await paperText(page)).toContain(name);
    expect(await paperText(page)).toContain('Lurah Kebonsari Wetan,');
    expect(await sheets(page)).toEqual(['A4']);
  }
});

test('the recap of a kecamatan prints on exactly one A4 page with letterhead and room to sign', async () => {
  const page = await signedIn('camat.kanigaran', { viewport: desk });
  await page.goto('/laporan');
  await expectPaper(page);
  expect(await paperText(page)).toMatch(/Pemerintah Kota Probolinggo\s+Kecamatan Kanigaran/i);
  const room = await page.locator('.signature-room').boundingBox();
  expect(room?.height).toBeGreaterThan(40);
  expect(await paperText(page)).toContain('Camat Kanigaran,');
  expect(await sheets(page)).toEqual(['A4']);
});

test('on a phone without JavaScript the signed PDF has its button', async () => {
  const page = await signedIn('camat.kanigaran', { viewport: phone, javaScript: 'off' });
  for (const path of ['/laporan', '/pengurus', '/lembaga']) {
    await page.goto(path);
    expect(await page.getByRole('button', { name: 'Unduh PDF' }).isVisible(), path).toBe(true);
  }
});

/** On paper there is a letterhead and nothing to press. */
async function expectPaper(page: Page): Promise<void> {
  await page.emulateMedia({ media: 'print' });
  expect(await page.locator('.letterhead').isVisible()).toBe(true);
  expect(await page.locator('.signature').isVisible()).toBe(true);
  const shown = await page
    .locator('nav, .top-bar, .demo-strip, .btn, button, form, .skip')
    .evaluateAll((all) => all.filter((element) => element.checkVisibility()).map(String));
  expect(shown).toEqual([]);
}

const paperText = (page: Page) => page.locator('body').innerText();

/** The size of every page of the document, from the page objects that Chromium writes uncompressed. */
async function sheets(page: Page): Promise<string[]> {
  const file = await page.pdf({ preferCSSPageSize: true });
  const pages = file.toString('latin1').match(/\/Type \/Page\b[^]*?\/MediaBox \[[^\]]+\]/g) ?? [];
  return pages.map((text) => {
    const [width = 0, height = 0] = (/MediaBox \[0 0 ([\d.]+) ([\d.]+)/.exec(text) ?? [])
      .slice(1)
      .map((size) => Math.round(Number(size)));
    return width === 595 && height === 842 ? 'A4' : `${width}×${height}`;
  });
}
