import sharp from 'sharp';
import { expect, test } from 'vitest';
import { desk, signedIn, watch } from '../support/browser.ts';
import { faultsOf } from '../support/page-checks.ts';

/** The demo's training of August 2025: something is said, promised, called done and not done after all. */

test('a camat notes an obstacle on the phone and a promise, and the asker opens it again', async () => {
  const camat = await signedIn('camat.kanigaran');
  const lurah = await signedIn('lurah.kebonsariwetan');
  const asker = await signedIn('ketua.sinarmulia');
  const problems = [camat, lurah, asker].flatMap((page) => watch(page));
  const faults: string[] = [];

  await camat.goto('/pelatihan/1/dialog');
  faults.push(...(await faultsOf(camat)));
  await camat.setViewportSize({ width: 390, height: 844 });
  await camat.getByRole('link', { name: 'Catat dialog' }).click();
  faults.push(...(await faultsOf(camat)));
  await camat.getByText('Kendala', { exact: true }).click();
  await camat.getByLabel('Cari di daftar undangan dan lembaga').fill('Syaiful');
  await camat.getByRole('button', { name: 'Cari penanya' }).click();
  await camat.getByLabel('Dari daftar undangan').selectOption({ index: 1 });
  await camat.getByLabel('Yang disampaikan').fill('Papan nama Pokmas belum terpasang');
  await camat.locator('main').getByRole('button', { name: 'Simpan', exact: true }).last().click();
  await camat.getByText('Kendala dari Syaiful').waitFor();

  const note = camat.locator('article', { hasText: 'Papan nama Pokmas belum terpasang' }).last();
  await note.getByRole('link', { name: 'Tambah tindak lanjut' }).click();
  faults.push(...(await faultsOf(camat)));
  await camat.locator('main').getByRole('button', { name: 'Simpan', exact: true }).last().click();
  expect(await camat.title()).toMatch(/^Galat: /);
  faults.push(...(await faultsOf(camat)));
  await camat.getByLabel('Yang akan dikerjakan').fill('Papan nama Pokmas dipasang');
  await camat.getByLabel('Tanggal', { exact: true }).fill('30');
  await camat.getByLabel('Bulan', { exact: true }).fill('12');
  await camat.getByLabel('Tahun', { exact: true }).fill('2099');
  await camat.getByText('Kelurahan Kebonsari Wetan', { exact: true }).click();
  await camat.locator('main').getByRole('button', { name: 'Simpan', exact: true }).last().click();
  await camat.getByText('Tindak lanjut tersimpan, tenggat 30 Desember 2099.').waitFor();

  await lurah.goto('/tindak-lanjut?daftar=milik-saya');
  faults.push(...(await faultsOf(lurah)));
  await lurah.getByRole('link', { name: 'Papan nama Pokmas dipasang' }).click();
  faults.push(...(await faultsOf(lurah)));
  await lurah.getByRole('link', { name: 'Nyatakan selesai' }).click();
  faults.push(...(await faultsOf(lurah)));
  await lurah.getByLabel('Apa yang sudah dikerjakan').fill('Terpasang di gapura');
  await lurah.getByRole('button', { name: 'Nyatakan selesai' }).click();
  await lurah.getByText('Menunggu konfirmasi', { exact: true }).first().waitFor();

  await asker.goto('/beranda');
  faults.push(...(await faultsOf(asker)));
  await asker.getByRole('link', { name: 'Belum selesai: Papan nama Pokmas dipasang' }).click();
  faults.push(...(await faultsOf(asker)));
  await asker.getByLabel('Apa yang belum selesai').fill('Papan masih di balai kelurahan');
  await asker.getByRole('button', { name: 'Buka lagi' }).click();
  await asker.getByText('Dibuka lagi', { exact: true }).first().waitFor();
  faults.push(...(await faultsOf(asker)));

  await lurah.reload();
  await lurah.getByText('Papan masih di balai kelurahan').waitFor();
  await lurah.getByRole('link', { name: 'Nyatakan selesai' }).waitFor();
  expect(faults).toEqual([]);
  expect(problems).toEqual([]);
}, 300_000);

test('a camat writes the minutes, hands out a material and adds a photo', async () => {
  const page = await signedIn('camat.kanigaran', { viewport: desk });
  const problems = watch(page);
  const faults: string[] = [];
  await page.goto('/pelatihan/1/notulen');
  faults.push(...(await faultsOf(page)));
  await page.getByLabel('Nama notulis').fill('Sekretaris Kecamatan');
  await page.getByRole('button', { name: 'Simpan naskah' }).click();
  await page.getByText('Naskah notulen tersimpan.').waitFor();

  await page.goto('/pelatihan/1');
  faults.push(...(await faultsOf(page)));
  await page.getByRole('link', { name: 'Tambah tautan' }).click();
  faults.push(...(await faultsOf(page)));
  await page.getByLabel('Judul materi').fill('Paparan Camat');
  await page.getByLabel('Tautan').fill('https://contoh.id/paparan');
  await page.getByRole('button', { name: 'Simpan materi' }).click();
  await page.getByRole('link', { name: 'Ubah materi Paparan Camat' }).click();
  faults.push(...(await faultsOf(page)));

  await page.goto('/pelatihan/1/materi/berkas');
  faults.push(...(await faultsOf(page)));
  await page.goto('/pelatihan/1/foto');
  faults.push(...(await faultsOf(page)));
  const bytes = await sharp({
    create: { width: 1200, height: 900, channels: 3, background: '#7aa6c2' },
  })
    .jpeg()
    .toBuffer();
  await page.getByLabel('Keterangan').fill('Camat membuka pelatihan');
  const file = { name: 'IMG_1.jpg', mimeType: 'image/jpeg', buffer: bytes };
  await page.getByLabel('Foto', { exact: true }).setInputFiles(file);
  await page.getByRole('button', { name: 'Unggah foto' }).click();
  await page.getByText('Foto tersimpan.').waitFor();
  const image = page.locator('.photos img');
  await image.scrollIntoViewIfNeeded();
  await expect.poll(() => image.evaluate((one: HTMLImageElement) => one.naturalWidth)).toBe(480);
  faults.push(...(await faultsOf(page)));
  await page.getByRole('link', { name: 'Ubah atau hapus foto: Camat membuka pelatihan' }).click();
  faults.push(...(await faultsOf(page)));
  await page.getByRole('link', { name: 'Hapus foto' }).click();
  await page.getByRole('button', { name: 'Hapus foto' }).click();
  await page.getByText('Foto dihapus.').waitFor();

  for (const path of ['/pelatihan?daftar=semua', '/tindak-lanjut', '/beranda']) {
    expect((await page.goto(path))?.status()).toBe(200);
    faults.push(...(await faultsOf(page)));
  }
  await page.goto('/lembaga?cari=sinar+mulia');
  await page.getByRole('link', { name: 'Pokmas Sinar Mulia' }).first().click();
  await page.getByRole('heading', { name: 'Dialog dan tindak lanjut' }).waitFor();
  faults.push(...(await faultsOf(page)));
  expect(faults).toEqual([]);
  expect(problems).toEqual([]);
}, 300_000);
