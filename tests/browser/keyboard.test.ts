import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { demoPassword } from '#src/demo-accounts.ts';
import { desk, phone, signedIn, visitor } from '../support/browser.ts';
import { heading, numberOf, today } from '../support/proposals.ts';

const widths = [
  ['phone', phone],
  ['desk', desk],
] as const;

test.each(widths)(
  'on a %s every focus is seen and none is behind the bars',
  async (_, viewport) => {
    const page = await signedIn('staf.kebonsariwetan', { viewport });
    await page.goto('/lembaga?cari=LPM');
    const institution = await page.locator('#results tbody a').first().getAttribute('href');
    const paths = ['/beranda', '/lembaga', '/usulan', '/laporan', '/usulan/baru', '/akun'];
    const unseen: string[] = [];
    for (const path of [...paths, institution ?? '', `${institution}/pengurus`]) {
      await page.goto(path);
      const { faults, stops } = await walk(page);
      expect(stops, path).toBeGreaterThan(5);
      unseen.push(...faults.map((fault) => `${path}: ${fault}`));
    }
    expect(unseen).toEqual([]);
  },
);

test('the first Tab offers to skip the menu, and Enter does', async () => {
  const page = await signedIn('staf.kebonsariwetan', { viewport: desk });
  await page.goto('/lembaga');
  await page.keyboard.press('Tab');
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Langsung ke isi');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  expect(
    await page.evaluate(() => document.activeElement?.closest('main') !== null),
    'focus inside the page',
  ).toBe(true);
});

test.each(widths)('on a %s one signs in and proposes by keyboard alone', async (_, viewport) => {
  const page = await visitor({ viewport });
  await page.goto('/masuk');
  await typeInto(page, 'username', 'staf.kebonsariwetan');
  await typeInto(page, 'password', demoPassword);
  await send(page);
  expect(new URL(page.url()).pathname).toBe('/beranda');

  await page.goto('/lembaga?cari=RT+006');
  await tabTo(page, '#results tbody a');
  await send(page);
  await tabTo(page, 'main a[href^="/usulan/baru"]');
  await send(page);
  await pick(page, 'kind', 'end');
  await send(page);
  await tabTo(page, '[name=seatId]');
  await page.keyboard.press('Space');
  await send(page);
  const [year = '', month = '', day = ''] = today.split('-');
  await typeInto(page, 'effectiveOnDay', day);
  await typeInto(page, 'effectiveOnMonth', month);
  await typeInto(page, 'effectiveOnYear', year);
  await tabTo(page, '[name=endReason]');
  await page.keyboard.press('ArrowDown');
  await typeInto(page, 'reason', `Diusulkan dengan papan ketik pada layar ${viewport.width}.`);
  await tabTo(page, '.form-actions button');
  await send(page);
  expect(await heading(page).innerText()).toBe('Periksa sebelum mengirim');
  await tabTo(page, '.form-actions button');
  await send(page);
  expect(await numberOf(page)).toMatch(/^U-\d{4}-\d{4}$/);

  await tabTo(page, 'main a[href$="/pembatalan"]');
  await send(page);
  await tabTo(page, '.form-actions button');
  await send(page);
});

/** Presses Tab from the top to the end of the page and tells where the focus could not be seen. */
async function walk(page: Page): Promise<{ faults: string[]; stops: number }> {
  const faults: string[] = [];
  for (let stops = 0; stops < 400; stops += 1) {
    await page.keyboard.press('Tab');
    const fault = await page.evaluate(faultOfFocus);
    if (fault === 'end') return { faults, stops };
    if (fault) faults.push(fault);
  }
  throw new Error(`Tab never leaves ${page.url()}`);
}

function faultOfFocus(): string | null {
  const focused = document.activeElement;
  if (!focused || focused === document.body) return 'end';
  const name = focused.outerHTML.slice(0, 100);
  const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(focused);
  const hasRing =
    (outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2) || boxShadow !== 'none';
  if (!hasRing) return `no ring: ${name}`;
  const { left, top, width, height } = focused.getBoundingClientRect();
  const x = Math.min(Math.max(left + width / 2, 0), innerWidth - 1);
  const y = top + height / 2;
  if (y < 0 || y >= innerHeight) return `outside the window: ${name}`;
  const shown = document.elementFromPoint(x, y);
  const isCovered =
    !shown || !(focused.contains(shown) || shown.contains(focused) || isItsLabel(shown));
  return isCovered ? `behind ${shown?.outerHTML.slice(0, 60)}: ${name}` : null;

  function isItsLabel(element: Element) {
    const label = element.closest('label');
    return label !== null && label.control === focused;
  }
}

async function tabTo(page: Page, selector: string): Promise<void> {
  for (let presses = 0; presses < 150; presses += 1) {
    if (await page.evaluate((css) => document.activeElement?.matches(css), selector)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab does not reach ${selector} on ${page.url()}`);
}

async function typeInto(page: Page, name: string, text: string): Promise<void> {
  await tabTo(page, `[name=${name}]`);
  await page.keyboard.type(text);
}

/** In a group of radios the arrows choose. */
async function pick(page: Page, name: string, value: string): Promise<void> {
  await tabTo(page, `[name=${name}]`);
  for (let presses = 0; presses < 10; presses += 1) {
    await page.keyboard.press('ArrowDown');
    if ((await page.locator(`[name=${name}]:checked`).getAttribute('value')) === value) return;
  }
  throw new Error(`The arrows do not reach ${value}`);
}

async function send(page: Page): Promise<void> {
  const answered = page.waitForEvent('load');
  await page.keyboard.press('Enter');
  await answered;
}
