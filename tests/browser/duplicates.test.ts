import { expect, test } from 'vitest';
import { desk, signedIn, watch } from '../support/browser.ts';
import { choose, field, fillDate, heading, optionalField, press } from '../support/proposals.ts';

test('staff merge a suspected pair, the old address still leads there, and undo it again', async () => {
  const page = await signedIn('staf.kebonsariwetan', { viewport: desk });
  const problems = watch(page);
  await page.goto('/beranda');
  await page
    .getByRole('navigation', { name: 'Menu utama' })
    .getByRole('link', { name: 'Data ganda' })
    .click();
  const pairs = await page.locator('main tbody tr').count();
  await page
    .getByRole('link', { name: /^Bandingkan/ })
    .first()
    .click();
  const other = new URL(page.url()).searchParams.get('dengan') ?? '';
  await page.locator('label[for=fullName-other]').click();
  await press(page, 'Gabungkan');
  const survivor = new URL(page.url()).pathname;
  await page.goto(`/orang/${other}`);
  expect(new URL(page.url()).pathname).toBe(survivor);
  await page.getByText('sudah digabung ke data orang ini').waitFor();

  await page.getByRole('link', { name: /^Batalkan penggabungan/ }).click();
  await press(page, 'Batalkan penggabungan');
  expect(new URL(page.url()).pathname).toBe(`/orang/${other}`);
  await page.goto('/orang/ganda');
  expect(await page.locator('main tbody tr').count()).toBe(pairs);
  expect(problems).toEqual([]);
});

test('without JavaScript a page between asks whether a candidate is somebody who is known', async () => {
  const page = await signedIn('staf.kebonsariwetan', { javaScript: 'off' });
  await page.goto('/lembaga?cari=RT+004%2FRW+002');
  await page.locator('#results tbody a').first().click();
  await page.getByRole('link', { name: 'Ajukan perubahan pengurus' }).click();
  await choose(page, 'Ganti orang');
  await press(page, 'Lanjut');
  await page.locator('.choice label').first().click();
  await press(page, 'Lanjut');
  await field(page, 'Nama lengkap').fill('Saiful Maruf Effendi');
  await choose(page, 'Laki-laki');
  await press(page, 'Lanjut');
  await optionalField(page, 'NIK').fill('3574041908849018');
  await fillDate(page, 'Tanggal lahir', '1984-08-19');
  await press(page, 'Lanjut');
  expect(await heading(page).innerText()).toContain('sudah tercatat?');
  expect(await page.locator('main').innerText()).toContain(
    "Pakai orang ini: Syaiful Ma'ruf Efendi, S.Sos.",
  );
  await press(page, 'Lanjut');
  expect(await page.title()).toMatch(/^Galat: /);
  await choose(page, 'Bukan orang yang sama');
  await press(page, 'Lanjut');
  expect(await heading(page).innerText()).toBe('Nomor HP dan alamat');
});
