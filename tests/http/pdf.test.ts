import { expect, test } from 'vitest';
import { systemActor } from '#src/access.ts';
import { asActor } from '#src/database.ts';
import { city } from '#src/city.ts';
import { as } from '../support/app.ts';
import {
  makeAccount,
  makeInstitution,
  makeKecamatan,
  makeKelurahan,
  makePerson,
  makeTenure,
  seatOf,
} from '../support/fixtures.ts';
import { readPdf } from '../support/pdf.ts';
import { rowsOf } from '../support/superuser.ts';
import { binary, readWorkbook } from '../support/workbook.ts';

async function ward(people = 1) {
  const kecamatan = await makeKecamatan();
  const kelurahan = await makeKelurahan({ kecamatanId: kecamatan.id });
  const institution = await makeInstitution({ kelurahanId: kelurahan.id, typeCode: 'RW' });
  for (const [index, position] of ['chair', 'secretary', 'treasurer'].slice(0, people).entries()) {
    const seat = await seatOf(institution.id, position);
    const person = await makePerson({ name: `=Warga ${index} Şükrü`, phone: '+6281234567890' });
    await makeTenure({ institutionId: institution.id, seatId: seat.id, personId: person.id });
  }
  const lurah = await makeAccount('lurah', { kelurahanId: kelurahan.id });
  const camat = await makeAccount('kecamatan', { kecamatanId: kecamatan.id });
  return {
    kecamatan,
    kelurahan,
    institution,
    lurah,
    browser: await as(lurah),
    camat: await as(camat),
  };
}

type Browser = Awaited<ReturnType<typeof as>>;
const download = async (browser: Browser, url: string) => {
  const answer = await browser.get(url).buffer(true).parse(binary);
  expect(answer.status, url).toBe(200);
  expect(answer.headers['content-disposition']).toMatch(
    /^attachment; filename=[a-z0-9-]+\.(pdf|xlsx)$/,
  );
  return answer.body as Buffer;
};
const textOf = async (browser: Browser, url: string) =>
  (await readPdf(await download(browser, url))).join(' ');

test('the roster on paper names its place, day, exporter and page, and who chose to sign', async () => {
  const { browser, institution, kelurahan } = await ward();
  const url = `/lembaga/${institution.id}/pengurus.pdf`;
  const text = await textOf(browser, `${url}?tanggal=17-08-2026&ttd=ketua-lurah`);
  expect(text).toContain(`KELURAHAN ${kelurahan.name.toUpperCase()}`);
  expect(text).toContain('=Warga 0 Şükrü');
  expect(text).toContain('Keadaan 17 Agustus 2026');
  expect(text).toContain('1 pengurus, 2 jabatan kosong');
  expect(text).toContain('Halaman 1 dari 1');
  expect(text).toContain('Mengetahui,');
  expect(text).toContain('Hj. Sri Wahyuni, S.Sos.');
  expect(text).toContain('0812-3456-7890');
  expect(text).toMatch(/Diunduh dari Portal LKK oleh Akun lurah\d+, Lurah/);
  expect(text).toContain('Data diri pengurus');
  expect(text).toContain('Tempat, tanggal lahir');
  expect(await textOf(browser, `${url}?ttd=tanpa`)).not.toContain('Hj. Sri Wahyuni');
});

test('whoever stands in for the chair signs as such', async () => {
  const { browser, institution } = await ward(0);
  const seat = await seatOf(institution.id);
  const person = await makePerson({ name: 'Pengganti Sementara' });
  await makeTenure({
    institutionId: institution.id,
    seatId: seat.id,
    personId: person.id,
    kind: 'acting',
  });
  const text = await textOf(browser, `/lembaga/${institution.id}/pengurus.pdf?ttd=ketua-lurah`);
  expect(text).toContain(`Plt. Ketua ${institution.name}`);
});

test('a kecamatan reads the same roster without phones', async () => {
  const { camat, institution } = await ward();
  const text = await textOf(camat, `/lembaga/${institution.id}/pengurus.pdf`);
  expect(text).toContain('=Warga 0');
  expect(text).not.toContain('0812');
  expect(text).toContain('Data diri pengurus');
  expect(text).not.toMatch(/tanggal lahir|RT\/RW|Alamat/);
});

test('the same list twice is the same file, byte for byte', async () => {
  const { browser, institution } = await ward();
  for (const url of [
    `/lembaga/${institution.id}/pengurus.pdf`,
    '/lembaga.pdf?jenis=RW',
    '/laporan.pdf?ttd=lurah',
    '/sk.pdf',
    '/kelengkapan.pdf',
    '/laporan/buku-e1.pdf',
    '/laporan/buku-e1.xlsx',
  ])
    expect((await download(browser, url)).equals(await download(browser, url)), url).toBe(true);
});

test('the list follows the filter of the page and says so', async () => {
  const { browser, institution, kelurahan } = await ward();
  await makeInstitution({ kelurahanId: kelurahan.id, typeCode: 'POKMAS', name: 'Pokmas Lain' });
  const text = await textOf(browser, '/lembaga.pdf?jenis=RW&ttd=lurah-camat');
  expect(text).toContain(institution.name);
  expect(text).not.toContain('Pokmas Lain');
  expect(text).toMatch(/saringan: Rukun Warga, .* 1 lembaga/);
  const wrong = await browser.get('/lembaga.pdf?jenis=RW&ttd=presiden');
  expect(wrong.status).toBe(422);
});

test('a long list repeats its head on every page', async () => {
  const { browser, kelurahan } = await ward();
  for (let number = 1; number <= 45; number += 1)
    await makeInstitution({ kelurahanId: kelurahan.id, name: `Pokmas Panjang ${number}` });
  const pages = await readPdf(await download(browser, '/lembaga.pdf'));
  expect(pages.length).toBeGreaterThan(1);
  for (const [index, page] of pages.entries()) {
    // The signature may stand on a page of its own, never torn.
    if (index < pages.length - 1 || page.includes('Pokmas')) expect(page).toContain('Ketua');
    expect(page).toContain(`Halaman ${index + 1} dari ${pages.length}`);
  }
});

test('book E.1 has the columns of Permendagri 34/2007, with Agama empty', async () => {
  const { browser, kelurahan } = await ward(2);
  const text = await textOf(browser, '/laporan/buku-e1.pdf');
  for (const word of ['Keputusan', 'Tanggal Lahir', 'Pendidikan', 'Agama', 'Jabatan', 'Keterangan'])
    expect(text).toContain(word);
  expect(text).toContain('17-05-1980');
  const rows = readWorkbook(await download(browser, '/laporan/buku-e1.xlsx'));
  const at = rows.findIndex(([first]) => first === 'Nomor');
  expect(rows[at]?.[7]).toBe('Pengurus: Agama');
  expect(rows.slice(at + 1)).toHaveLength(2);
  expect(rows[at + 1]?.slice(4, 9)).toEqual([
    '=Warga 0 Şükrü',
    '17-05-1980',
    null,
    null,
    'Ketua RW',
  ]);
  expect(rows.flat()).toContain(`Saringan: Kelurahan ${kelurahan.name}`);
});

test('the recap of a kecamatan is one page with the signature of its camat', async () => {
  const { camat, kecamatan, kelurahan } = await ward(3);
  await asActor(systemActor('tests'), (tx) =>
    tx.kecamatan.update({ where: { id: kecamatan.id }, data: { headName: 'Dra. Endah' } }),
  );
  const pages = await readPdf(await download(camat, '/laporan.pdf?ttd=camat'));
  expect(pages).toHaveLength(1);
  expect(pages[0]).toContain(`Camat ${kecamatan.name}`);
  expect(pages[0]).toContain('Dra. Endah');
  expect(pages[0]).toContain(kelurahan.name);
  expect(pages[0]).toContain(`PEMERINTAH ${city().name}`.toUpperCase());
});

test('the heads of the recap are whole words, and say which days they count', async () => {
  const { camat } = await ward(3);
  const text = await textOf(camat, '/laporan.pdf');
  expect(text).toContain('No. Kelurahan');
  expect(text).toMatch(/SK\s+habis\s+≤/);
  expect(text).toContain('Perempuan Laki-laki');
});

test('every file that leaves is in the audit trail, with its format, filter and number of rows', async () => {
  const { browser, lurah, institution } = await ward();
  await download(browser, `/lembaga/${institution.id}/pengurus.pdf`);
  await download(browser, '/lembaga.pdf?jenis=RW');
  await download(browser, '/laporan.pdf');
  await download(browser, '/laporan/buku-e1.pdf');
  const events = await rowsOf<{ table_name: string; new_row: { format: string; rows: number } }>(
    `SELECT table_name, new_row FROM audit.events WHERE actor_id = $1 AND action = 'export' ORDER BY id`,
    [String(lurah.id)],
  );
  expect(
    events.map(({ table_name, new_row }) => [table_name, new_row.format, new_row.rows]),
  ).toEqual([
    ['tenures', 'pdf', 3],
    ['institutions', 'pdf', 1],
    ['reports', 'pdf', 1],
    ['tenures', 'pdf', 1],
  ]);
});

test('officers in office print with the filter, pages counted and a signatory of choice', async () => {
  const { browser, kelurahan } = await ward();
  const text = await textOf(browser, '/pengurus.pdf?jenis=RW&ttd=lurah-camat');
  expect(text).toContain('DAFTAR PENGURUS LEMBAGA');
  expect(text).toMatch(/saringan: .*Rukun Warga/);
  expect(text).toContain(`Kelurahan ${kelurahan.name}`);
  expect(text).toContain('=Warga 0');
  expect(text).toContain('Halaman 1 dari 1');
  expect(text).toContain('Mengetahui,');
  expect(text).toContain('Hj. Sri Wahyuni, S.Sos.');
  expect(await textOf(browser, '/pengurus.pdf?ttd=tanpa')).not.toContain('Hj. Sri Wahyuni');
  expect((await browser.get('/pengurus.pdf?ttd=x')).status).toBe(422);
  expect((await browser.get('/pengurus.pdf?jenis=x')).status).toBe(422);
});

test('the recap of the city is signed by whom the city chooses, with a line for the name', async () => {
  const admin = await as(await makeAccount('admin'));
  expect((await admin.get('/laporan')).text).toContain('Sekretaris daerah');
  expect(await textOf(admin, '/laporan.pdf?ttd=sekda')).toContain('Sekretaris Daerah,');
  expect(await textOf(admin, '/laporan.pdf?ttd=kepala-daerah')).toMatch(/Wali Kota|Bupati/);
  expect(await textOf(admin, '/laporan.pdf')).not.toContain('Sekretaris Daerah,');
  const { browser } = await ward();
  expect(await textOf(browser, '/laporan.pdf?ttd=sekda')).not.toContain('Sekretaris Daerah,');
});
