import { gzipSync } from 'node:zlib';
import type { Page, Response } from 'playwright-core';
import { expect, test } from 'vitest';
import { desk, phone, signedIn, visitor } from '../support/browser.ts';

/** The budgets of the design (ux.md, section 10), in bytes as they travel. */
const kilobyte = 1024;
const budgets = {
  firstVisit: 60 * kilobyte,
  list: 12 * kilobyte,
  report: 20 * kilobyte,
  stylesheet: 10 * kilobyte,
  script: 6 * kilobyte,
  font: 15 * kilobyte,
  sprite: 3 * kilobyte,
};

test('a first visit takes at most six requests and 60 KB, a second only the page', async () => {
  const page = await visitor();
  const first = await visit(page, '/masuk');
  expect(first.length).toBeLessThanOrEqual(6);
  expect(sum(first)).toBeLessThanOrEqual(budgets.firstVisit);
  const second = await visit(page, '/masuk');
  expect(second.map(({ path }) => path)).toEqual(['/masuk']);
});

test('every file stays within its budget', async () => {
  const page = await visitor();
  const files = await visit(page, '/masuk');
  const sizes = Object.fromEntries(
    files.map(({ path, bytes }) => [path.replace(/\.[\w-]+(?=\.\w+$)/, ''), bytes]),
  );
  expect(sizes['/aset/portal.css']).toBeLessThanOrEqual(budgets.stylesheet);
  expect(sizes['/aset/portal.js']).toBeLessThanOrEqual(budgets.script);
  expect(sizes['/aset/icons.svg']).toBeLessThanOrEqual(budgets.sprite);
  const font = Object.keys(sizes).find((path) => path.endsWith('.woff2')) ?? '';
  expect(sizes[font]).toBeLessThanOrEqual(budgets.font);
});

test.each([
  ['lurah.kebonsariwetan', '/beranda', budgets.list],
  ['lurah.kebonsariwetan', '/lembaga', budgets.list],
  ['lurah.kebonsariwetan', '/usulan', budgets.list],
  ['admin', '/lembaga', budgets.list],
  ['admin', '/pengguna', budgets.list],
  ['admin', '/laporan', budgets.report],
  ['camat.kanigaran', '/laporan', budgets.report],
])('the page of %s at %s stays within its budget and does not jump', async (name, path, budget) => {
  for (const viewport of [phone, desk]) {
    const page = await signedIn(name, { viewport });
    await visit(page, path);
    const [html] = await visit(page, path);
    expect(html?.bytes).toBeLessThanOrEqual(budget);
    expect(await layoutShift(page)).toBeLessThanOrEqual(0.05);
  }
});

/** What the network carries for a page: each path with its bytes. */
async function visit(page: Page, path: string) {
  const responses: Response[] = [];
  const note = (response: Response) => responses.push(response);
  page.on('response', note);
  await page.goto(path, { waitUntil: 'networkidle' });
  page.off('response', note);
  const carried = await Promise.all(responses.map(weigh));
  return carried.filter(({ bytes }) => bytes > 0);
}

/** Files come compressed from the portal; pages are compressed by whatever stands before it, so their gzip counts. */
async function weigh(response: Response) {
  const { pathname: path } = new URL(response.url());
  const isPage = (response.headers()['content-type'] ?? '').startsWith('text/html');
  if (isPage) return { path, bytes: gzipSync(await response.body()).length };
  return { path, bytes: (await response.request().sizes()).responseBodySize };
}

const sum = (carried: { bytes: number }[]) =>
  carried.reduce((total, { bytes }) => total + bytes, 0);

/** The cumulative layout shift since the page began to load. */
const layoutShift = (page: Page) =>
  page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        let total = 0;
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries()) total += Number(Reflect.get(entry, 'value'));
        }).observe({ type: 'layout-shift', buffered: true });
        setTimeout(() => resolve(total), 150);
      }),
  );
