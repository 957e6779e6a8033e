import chromiumFromNpm from '@sparticuz/chromium';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { afterAll, afterEach, inject } from 'vitest';
import { demoPassword } from '#src/demo-accounts.ts';
import { startDemoPortal } from './demo-portal.ts';

/** The demo portal of this file of tests, in a real Chromium. */
const portal = await startDemoPortal(inject('demoDirectory'));
export const { origin } = portal;

export const phone = { width: 390, height: 844 };
export const smallest = { width: 320, height: 568 };
export const desk = { width: 1366, height: 768 };

type Visit = { viewport?: { width: number; height: number }; javaScript?: 'on' | 'off' };

let launched: Promise<Browser> | undefined;
const contexts = new Set<BrowserContext>();
const sessions = new Map<string, Awaited<ReturnType<BrowserContext['storageState']>>>();

afterEach(async () => {
  const open = [...contexts];
  contexts.clear();
  await Promise.all(open.map((context) => context.close()));
});
afterAll(async () => {
  await (await launched)?.close();
  await portal.stop();
});

/** A page of a browser that never was here. */
export async function visitor(visit: Visit = {}): Promise<Page> {
  return openPage(visit);
}

/** A page of somebody who has signed in: once a test file through the sign-in page, then with that session. */
export async function signedIn(username: string, visit: Visit = {}): Promise<Page> {
  const kept = sessions.get(username);
  if (kept) return openPage(visit, kept);
  const page = await openPage(visit);
  await page.goto('/masuk');
  await signIn(page, username);
  sessions.set(username, await page.context().storageState());
  return page;
}

/** Fills the sign-in page and waits for where it leads. */
export async function signIn(page: Page, username: string): Promise<void> {
  await page.getByLabel('Nama pengguna').fill(username);
  await page.getByRole('textbox', { name: 'Kata sandi' }).fill(demoPassword);
  await page.locator('main').getByRole('button', { name: 'Masuk' }).click();
  await page.waitForURL((url) => url.pathname !== '/masuk');
}

async function openPage(
  { viewport = phone, javaScript = 'on' }: Visit,
  session?: Awaited<ReturnType<BrowserContext['storageState']>>,
): Promise<Page> {
  launched ??= launch();
  const context = await (
    await launched
  ).newContext({
    baseURL: origin,
    viewport,
    javaScriptEnabled: javaScript === 'on',
    locale: 'id-ID',
    timezoneId: 'Asia/Jakarta',
    ...(session ? { storageState: session } : {}),
  });
  contexts.add(context);
  context.setDefaultTimeout(10_000);
  return context.newPage();
}

/** Chromium from npm on Linux. Its own arguments are left out: they switch the same-origin policy off. */
async function launch(): Promise<Browser> {
  const args = ['--disable-background-networking', '--font-render-hinting=none'];
  if (process.platform !== 'linux') return chromium.launch({ channel: 'chrome', args });
  return chromium.launch({
    executablePath: await chromiumFromNpm.executablePath(),
    args: [...args, '--no-sandbox', '--disable-gpu', '--use-angle=swiftshader'],
  });
}

/**
 * What goes wrong on a page while nobody looks: script errors, refusals of the content security policy, and requests
 * to other hosts. That a page itself answered 4xx is not an error of the page.
 */
export function watch(page: Page): string[] {
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(`${page.url()}: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() !== 'error' && message.type() !== 'warning') return;
    if (/^Failed to load resource: .+ status of 4\d\d/.test(message.text())) {
      if (message.location().url === page.url()) return;
    }
    problems.push(`${page.url()}: ${message.text()} (${message.location().url})`);
  });
  page.on('request', (request) => {
    const url = new URL(request.url());
    if (url.origin !== origin && url.protocol !== 'blob:') problems.push(`foreign: ${url.href}`);
  });
  return problems;
}

/** Sends a form as a page of this visit would, and answers the path that it leads to. */
export async function send(page: Page, url: string, fields: Record<string, string | number>) {
  if (page.url() === 'about:blank') await page.goto('/beranda');
  return page.evaluate(
    async ([address, values]) => {
      const body = new URLSearchParams({ key: crypto.randomUUID() });
      for (const [name, value] of Object.entries(values)) body.set(name, String(value));
      const answer = await fetch(address, { method: 'POST', body });
      if (!answer.ok) throw new Error(`${address}: ${answer.status} ${await answer.text()}`);
      return new URL(answer.url).pathname;
    },
    [url, fields] as const,
  );
}
