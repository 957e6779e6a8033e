import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { demoPassword } from '#src/demo-accounts.ts';
import { desk, signedIn, watch } from '../support/browser.ts';
import { choose, explain, field, fillDate, numberOf, press, today } from '../support/proposals.ts';

const attacks = [
  `<img src=x onerror="window.hit=1">`,
  `</textarea></script><script>window.hit=1</script>`,
  `" onfocus="window.hit=1" autofocus x="`,
  `javascript:window.hit=1`,
  `{{constructor.constructor('window.hit=1')()}} <%= 1 %>`,
];

test('what people type is shown as text wherever it appears and never runs', async () => {
  const staff = await signedIn('staf.kebonsariwetan');
  await openInstitution(staff, 'RT 001/RW 001');
  const institution = new URL(staff.url()).pathname;
  for (const attack of attacks) {
    await staff.goto(`${institution}/ubah`);
    await staff.locator('[name=address]').fill(attack);
    await press(staff, 'Simpan');
    expect(await staff.locator('main').innerText(), 'institution').toContain(attack);
    await expectNothingRan(staff);
  }

  await startEnding(staff);
  await fillDate(staff, 'Tanggal berhenti', today);
  for (const attack of attacks) {
    await staff.goto(staff.url());
    await fillDate(staff, 'Tanggal berhenti', '2026-02-31');
    await field(staff, 'Alasan perubahan').fill(attack);
    await press(staff, 'Lanjut periksa');
    expect(await staff.title()).toMatch(/^Galat: /);
    expect(await field(staff, 'Alasan perubahan').inputValue()).toBe(attack);
    await expectNothingRan(staff);
  }
  const [first = ''] = attacks;
  await explain(staff, { legend: 'Tanggal berhenti', day: today, reason: first });
  await press(staff, 'Ajukan ke lurah');
  const proposal = new URL(staff.url()).pathname;

  const lurah = await signedIn('lurah.kebonsariwetan');
  for (const path of ['/beranda', '/usulan', proposal, institution, `${institution}/riwayat`]) {
    await lurah.goto(path);
    await expectNothingRan(lurah);
  }
  await lurah.goto(proposal);
  expect(await lurah.locator('main').innerText()).toContain(first);
});

test('a name that is no name is refused with its words kept, and searching for it is harmless', async () => {
  const staff = await signedIn('staf.kebonsariwetan');
  await openInstitution(staff, 'RT 002/RW 001');
  await staff.getByRole('link', { name: 'Ajukan perubahan pengurus' }).click();
  await choose(staff, 'Ganti orang');
  await press(staff, 'Lanjut');
  await staff.locator('.choice label').first().click();
  await press(staff, 'Lanjut');
  for (const attack of attacks) {
    await field(staff, 'Nama lengkap').fill(attack.slice(0, 100));
    await press(staff, 'Lanjut');
    expect(await staff.title()).toMatch(/^Galat: /);
    expect(await field(staff, 'Nama lengkap').inputValue()).toBe(attack.slice(0, 100));
    await expectNothingRan(staff);
  }
  for (const attack of attacks) {
    await staff.goto(`/lembaga?${new URLSearchParams({ cari: attack })}`);
    expect(await staff.locator('[name=cari]').inputValue()).toBe(attack);
    await expectNothingRan(staff);
  }
});

test('the content security policy stops what gets past everything else', async () => {
  const page = await signedIn('staf.kebonsariwetan');
  await page.goto('/beranda');
  const refused = await page.evaluate(async () => {
    const violations: string[] = [];
    document.addEventListener('securitypolicyviolation', (event) =>
      violations.push(event.effectiveDirective),
    );
    const attempt = (act: () => void) => {
      try {
        act();
      } catch {
        /* Trusted Types refuse by throwing; the violation is what counts. */
      }
    };
    const image = document.createElement('img');
    attempt(() => image.setAttribute('onerror', 'window.hit = 1'));
    attempt(() =>
      (document.body.lastElementChild ?? document.body).insertAdjacentHTML('beforeend', '<b>x</b>'),
    );
    attempt(() => (image.src = 'https://example.org/x.png'));
    attempt(() => (document.body.append(document.createElement('style')), undefined));
    attempt(() => document.body.setAttribute('style', 'color: red'));
    document.body.append(image);
    await fetch('https://example.org/').catch(() => {});
    await new Promise((resolve) => setTimeout(resolve, 200));
    return [...new Set(violations)].toSorted((a, b) => a.localeCompare(b));
  });
  expect(refused).toEqual(
    expect.arrayContaining([
      'connect-src',
      'img-src',
      'require-trusted-types-for',
      'style-src-attr',
    ]),
  );
  await expectNothingRan(page);
});

test('pressing a button twice sends once, and going back lets one send again', async () => {
  const page = await signedIn('staf.kebonsariwetan');
  await openInstitution(page, 'RT 003/RW 001');
  await startEnding(page);
  await explain(page, { legend: 'Tanggal berhenti', day: today, reason: 'Diketuk dua kali.' });
  const sent: string[] = [];
  page.on('request', (request) => {
    if (request.method() === 'POST') sent.push(request.url());
  });
  const answered = page.waitForEvent('load');
  await page.getByRole('button', { name: 'Ajukan ke lurah' }).dblclick();
  await answered;
  expect(sent).toHaveLength(1);
  const number = await numberOf(page);
  expect(number).not.toBe('');

  await page.goto('/usulan/baru');
  await press(page, 'Lanjut');
  await page.goBack();
  const button = page.getByRole('button', { name: 'Lanjut', exact: true });
  expect(await button.isEnabled()).toBe(true);
  await press(page, 'Lanjut');
  expect(await page.title()).toMatch(/^Galat: /);
});

test('the filter that works while one types shows what the form without JavaScript shows, at the same address', async () => {
  const live = await signedIn('lurah.kebonsariwetan', { viewport: desk });
  const problems = watch(live);
  await live.goto('/lembaga');
  await live.locator('[name=cari]').fill('melati');
  await live.waitForURL(/cari=melati/);
  await live.locator('select[name=jenis]').selectOption('POSYANDU');
  await live.waitForURL(/jenis=POSYANDU/);
  expect(await live.locator('#announcement').innerText()).toMatch(/^\d+ lembaga ditemukan$/);

  const plain = await signedIn('lurah.kebonsariwetan', { viewport: desk, javaScript: 'off' });
  await plain.goto('/lembaga');
  await plain.locator('[name=cari]').fill('melati');
  await plain.locator('select[name=jenis]').selectOption('POSYANDU');
  await press(plain, 'Tampilkan');

  expect(await plain.locator('#results').innerText()).toBe(
    await live.locator('#results').innerText(),
  );
  expect(askedFor(plain)).toEqual(askedFor(live));
  const reloaded = await live.locator('#results').innerText();
  await live.reload();
  expect(await live.locator('#results').innerText()).toBe(reloaded);
  expect(problems).toEqual([]);
});

test('a session that ends while somebody types loses nothing: sign in elsewhere, send again', async () => {
  const page = await signedIn('staf.kebonsariwetan');
  await openInstitution(page, 'RT 004/RW 001');
  await startEnding(page);
  const proposal = /\/usulan\/\d+/.exec(page.url())?.[0] ?? '';
  await fillDate(page, 'Tanggal berhenti', today);
  await page.getByLabel('Sebab berhenti').selectOption('Pindah domisili');
  await field(page, 'Alasan perubahan').fill(`Pindah, kata Ma'ruf & "istri" <semalam>.`);
  await page.context().clearCookies({ name: 'sid' });
  await press(page, 'Lanjut periksa');
  expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('Sesi Anda berakhir');

  const [tab] = await Promise.all([
    page.context().waitForEvent('page'),
    page.getByRole('link', { name: 'Masuk di tab baru' }).click(),
  ]);
  await tab.getByLabel('Nama pengguna').fill('staf.kebonsariwetan');
  await tab.getByRole('textbox', { name: 'Kata sandi' }).fill(demoPassword);
  await press(tab, 'Masuk');
  await press(page, 'Kirim ulang isian');
  expect(new URL(page.url()).pathname).toBe(`${proposal}/periksa`);
  expect(await page.locator('main').innerText()).toContain(
    `Pindah, kata Ma'ruf & "istri" <semalam>.`,
  );
});

async function openInstitution(page: Page, name: string): Promise<void> {
  await page.goto(`/lembaga?${new URLSearchParams({ cari: name })}`);
  await page.locator('#results tbody').getByRole('link', { name, exact: true }).click();
  await page.getByRole('heading', { level: 1, name }).waitFor();
}

/** A proposal that the first officer of the list ends their office, up to its date and reason. */
async function startEnding(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Ajukan perubahan pengurus' }).click();
  await choose(page, 'Berhenti tanpa pengganti');
  await press(page, 'Lanjut');
  await page.locator('.choice label').first().click();
  await press(page, 'Lanjut');
}

async function expectNothingRan(page: Page): Promise<void> {
  expect(await page.evaluate(() => 'hit' in globalThis)).toBe(false);
}

/** The filter in the address, without the fields that were left empty. */
function askedFor(page: Page): string[] {
  const { pathname, searchParams } = new URL(page.url());
  const asked = [...searchParams].filter(([, value]) => value !== '').map(String);
  return [pathname, ...asked.toSorted((a, b) => a.localeCompare(b))];
}
