import { expect, test } from 'vitest';
import { desk, signedIn, watch } from '../support/browser.ts';
import { field, heading, press } from '../support/proposals.ts';

test('the lurah takes a proposal from its draft decree to the signed scan, which locks it', async () => {
  const lurah = await signedIn('lurah.sukoharjo', { viewport: desk });
  const problems = watch(lurah);
  await lurah.goto('/sk');
  await lurah.locator('.work-list a').filter({ hasText: 'Konsep' }).first().click();
  const [draft] = await Promise.all([
    lurah.waitForEvent('download'),
    lurah.getByRole('link', { name: 'Konsep SK (PDF)' }).click(),
  ]);
  expect(draft.suggestedFilename()).toMatch(/^Konsep SK .*\.pdf$/);

  await lurah.getByRole('link', { name: 'Setujui', exact: true }).click();
  const number = await field(lurah, 'Nomor SK').inputValue();
  expect(number).toMatch(/^188\.45\/\d+\/.*\/20\d{2}$/);
  await press(lurah, 'Setujui usulan');
  await lurah.getByRole('link', { name: 'Lihat SK' }).click();
  expect(await heading(lurah).innerText()).toBe(`SK nomor ${number}`);

  await press(lurah, 'Unggah SK');
  expect(await lurah.locator('.error-summary').innerText()).toContain(
    'Pilih pindaian atau foto SK',
  );
  await field(lurah, 'Pindaian atau foto SK').setInputFiles({
    name: 'sk bertanda tangan.pdf',
    mimeType: 'application/pdf',
    buffer: Buffer.from('%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n'),
  });
  await press(lurah, 'Unggah SK');
  expect(await lurah.locator('main').innerText()).toContain('Ditandatangani');
  expect(await lurah.getByRole('button', { name: 'Unggah SK' }).count()).toBe(0);
  const [scan] = await Promise.all([
    lurah.waitForEvent('download'),
    lurah.getByRole('link', { name: 'Unduh pindaian' }).click(),
  ]);
  expect(scan.suggestedFilename()).toMatch(/^SK 188\.45-.*\.pdf$/);
  expect(problems).toEqual([]);
});
