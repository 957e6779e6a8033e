import { expect, test } from 'vitest';
import { addDays, date, today } from '#src/format.ts';
import { makeDecree, makeInstitution, makeOfficer, syntheticNik } from '../support/fixtures.ts';
import {
  makeImportScene,
  pressImport,
  previewLines,
  textOfPage,
  type Line,
} from '../support/imports.ts';
import { inTransaction, rowsOf } from '../support/superuser.ts';

/** What the preview refuses because saving it, or the lurah's decision, would run into it later. */

const officer: Line = {
  Nama: 'Budi Santoso',
  'L/P': 'L',
  'Tanggal Lahir': '17-08-1980',
  'Jenis LKK': 'RW',
  'Nama LKK': 'RW 009',
  Jabatan: 'Ketua',
  'No SK': '188.45/7/425.504/2025',
  'Tanggal SK': '7 Mei 2025',
  Mulai: '7-5-2025',
  Selesai: '6-5-2030',
};
test.each([
  ['Mulai', '7-8-1926', 'I2', 'Tanggal mulai 7 Agustus 1926 sebelum 17 Agustus 1945'],
  ['Tanggal SK', '7-8-1926', 'H2', 'Tanggal SK 7 Agustus 1926 sebelum 17 Agustus 1945'],
  [
    'Tanggal SK',
    addDays(today(), 1),
    'H2',
    `Tanggal SK ${date(addDays(today(), 1))} tidak boleh sesudah hari ini`,
  ],
  ['No SK', '188.45/7*<b>', 'G2', 'Nomor SK berisi huruf, angka, titik, garis miring'],
])('%s “%s” is an error in its cell', async (head, value, cell, sentence) => {
  const { outcomes, text } = await previewLines((await makeImportScene()).browser, [
    { ...officer, [head]: value },
  ]);
  expect(outcomes).toEqual(['wrong']);
  expect(text).toContain(`Sel ${cell}: ${sentence}`);
});

test.each([
  ['LPM Maju 🚀', 'tanda “🚀”'],
  ['LPM <Maju>', 'tanda “<”'],
  ['LPM Maju;', 'tanda “;”'],
  ['LPM Ma\u0085ju', 'tanda yang tidak terlihat'],
])('an institution called %s is refused and the odd character named', async (name, odd) => {
  const scene = await makeImportScene();
  const { outcomes, text } = await previewLines(scene.browser, [
    { ...officer, 'Jenis LKK': 'LPM', 'Nama LKK': name },
  ]);
  expect(outcomes).toEqual(['wrong']);
  expect(text).toContain(`Sel E2: Nama lembaga memuat ${odd}`);
});

test('what the database refuses, for whatever reason, keeps back its row and nothing else', async () => {
  const scene = await makeImportScene();
  const { address, outcomes } = await previewLines(scene.browser, [
    officer,
    { ...officer, 'Nama LKK': 'RW 010', Nama: 'Slamet Riyadi', 'Tanggal Lahir': '1-2-1970' },
  ]);
  expect(outcomes).toEqual(['new', 'new']);
  await pressImport(scene.browser, address, 'penerapan');
  await inTransaction((client) =>
    client.query(
      `UPDATE seats SET life = daterange('2026-01-01', NULL) FROM institutions i
       WHERE i.id = institution_id AND i.name = 'RW 009' AND i.kelurahan_id = $1`,
      [scene.kelurahan.id],
    ),
  );
  await pressImport(scene.lurahBrowser, address, 'persetujuan');
  const text = await textOfPage(scene.browser, address);
  expect(text).toContain('Baris ini ditolak basis data');
  expect(text).not.toContain('tenures_within_seat');
  const rows = await rowsOf(
    'SELECT outcome, result FROM import_rows WHERE batch_id = $1 ORDER BY id',
    [Number(address.split('/')[2])],
  );
  expect(rows).toEqual([
    { outcome: 'wrong', result: null },
    { outcome: 'new', result: 'done' },
  ]);
});

test('work that stopped does not claim that the portal was started again', async () => {
  const scene = await makeImportScene();
  const { address } = await previewLines(scene.browser, [officer]);
  const stop = (work: string) =>
    inTransaction((client) =>
      client.query(
        `UPDATE import_batches SET work = $2, work_at = now() - interval '1 minute' WHERE id = $1`,
        [Number(address.split('/')[2]), work],
      ),
    );
  for (const work of ['checking', 'reading']) {
    await stop(work);
    const text = await textOfPage(scene.browser, address);
    expect(text).not.toContain('dimulai ulang');
    expect(text).toContain('berhenti sebelum selesai');
  }
});

const nik = syntheticNik();
const rt: Line = { 'Jenis LKK': 'RT', 'Nama LKK': 'RT 008/RW 009' };
const other: Line = { Nama: 'Slamet Riyadi', 'Tanggal Lahir': '1-2-1970' };

test.each([
  ['by NIK', { NIK: nik }, { NIK: nik }],
  ['by name and birth date', {}, { NIK: nik }],
])('one person for two offices in one file is found %s', async (_, first, second) => {
  const { outcomes, text } = await previewLines((await makeImportScene()).browser, [
    { ...officer, ...rt, ...first },
    { ...officer, NIK: '', ...other, Jabatan: 'Sekretaris' },
    { ...officer, ...second },
  ]);
  expect(outcomes).toEqual(['new', 'new', 'wrong']);
  expect(text).toContain('Budi Santoso juga menjadi Ketua RT di RT 008/RW 009 menurut baris 2');
  expect(text).toContain('Larangan rangkap jabatan. Dasar: ');
});

test('two people of one name are told apart by birth date or NIK', async () => {
  const { outcomes } = await previewLines((await makeImportScene()).browser, [
    { ...officer, NIK: syntheticNik(), ...rt },
    { ...officer, NIK: syntheticNik() },
    { ...officer, NIK: '', 'Tanggal Lahir': '', Jabatan: 'Sekretaris' },
  ]);
  expect(outcomes).toEqual(['new', 'new', 'new']);
});

test('a decree number has one date in a file and in the kelurahan', async () => {
  const scene = await makeImportScene();
  const number = '188.45/8/425.504/2025';
  const decree = await makeDecree({
    kelurahanId: scene.kelurahan.id,
    number,
    decreedOn: '2025-06-01',
  });
  const secretary = { ...officer, ...other, Jabatan: 'Sekretaris' };
  const first = await previewLines(scene.browser, [
    officer,
    { ...secretary, 'Tanggal SK': '8 Mei 2025' },
  ]);
  expect(first.outcomes).toEqual(['new', 'wrong']);
  expect(first.text).toContain(
    'Sel H3: SK nomor 188.45/7/425.504/2025 bertanggal 7 Mei 2025 menurut baris 2',
  );
  const recorded = await previewLines(scene.browser, [{ ...officer, 'No SK': number }]);
  expect(recorded.outcomes).toEqual(['wrong']);
  expect(recorded.text).toContain(
    `Sel H2: SK nomor ${number} sudah tercatat bertanggal 1 Juni 2025`,
  );
  await inTransaction((client) =>
    client.query(`UPDATE decrees SET status = 'signed' WHERE id = $1`, [decree.id]),
  );
  const signed = await previewLines(scene.browser, [
    { ...officer, 'No SK': number, 'Tanggal SK': '1 Juni 2025' },
  ]);
  expect(signed.outcomes).toEqual(['wrong']);
  expect(signed.text).toContain(`Sel G2: SK nomor ${number} sudah ditandatangani`);
});

/** A registered RW whose chair is in office from 7 May 2025 to 6 May 2030. */
async function makeSeatedScene() {
  const scene = await makeImportScene();
  const institution = await makeInstitution({
    kelurahanId: scene.kelurahan.id,
    typeCode: 'RW',
    name: 'RW 009',
  });
  const chair = await makeOfficer(institution);
  return { ...scene, institution, chair };
}

test.each([
  ['Mulai', '7-5-2024', 'I2', 'Tanggal mulai 7 Mei 2024'],
  ['Mulai', '7-5-2030', 'I2', 'Tanggal mulai 7 Mei 2030'],
  ['Selesai', '6-6-2030', 'J2', 'Tanggal selesai 6 Juni 2030'],
])('%s %s is outside the term of the board', async (head, value, cell, sentence) => {
  const scene = await makeSeatedScene();
  const { outcomes, text } = await previewLines(scene.browser, [
    { ...officer, ...other, Jabatan: 'Sekretaris', Selesai: '', [head]: value },
  ]);
  expect(outcomes).toEqual(['wrong']);
  expect(text).toContain(
    `Sel ${cell}: ${sentence} di luar masa bakti kepengurusan RW 009, 7 Mei 2025 sampai 6 Mei 2030`,
  );
});

test('years alone begin with the board', async () => {
  const scene = await makeSeatedScene();
  const { address, outcomes } = await previewLines(scene.browser, [
    {
      ...officer,
      ...other,
      Jabatan: 'Sekretaris',
      Mulai: '',
      Selesai: '',
      'Masa bakti': '2025-2030',
    },
  ]);
  expect(outcomes).toEqual(['new']);
  expect(
    await rowsOf(
      `SELECT details->'plan'->>'startOn' AS "startOn" FROM import_rows WHERE batch_id = $1`,
      [Number(address.split('/')[2])],
    ),
  ).toEqual([{ startOn: '2025-05-07' }]);
});

test('rows of a first roster that do not fit into one term are refused by what most rows say', async () => {
  const early = { Mulai: '1-1-2024', Selesai: '31-12-2028' };
  const { outcomes, text } = await previewLines((await makeImportScene()).browser, [
    { ...officer, ...early },
    { ...officer, ...other, Jabatan: 'Sekretaris' },
    {
      ...officer,
      Nama: 'Dewi Lestari',
      'L/P': 'P',
      'Tanggal Lahir': '1-3-1981',
      Jabatan: 'Bendahara',
    },
  ]);
  expect(outcomes).toEqual(['wrong', 'new', 'new']);
  expect(text).toContain(
    'Sel I2: Tanggal mulai 1 Januari 2024 di luar masa bakti kepengurusan RW 009 menurut baris 3, 7 Mei 2025 sampai 6 Mei 2030',
  );
});

test('an RT needs its RW, registered or in the same file', async () => {
  const scene = await makeImportScene();
  const rtRow = { ...officer, ...rt, ...other };
  const alone = await previewLines(scene.browser, [rtRow]);
  expect(alone.outcomes).toEqual(['wrong']);
  expect(alone.text).toContain('Sel E2: RW 009 belum terdaftar di kelurahan ini');
  expect((await previewLines(scene.browser, [rtRow, officer])).outcomes).toEqual(['new', 'new']);
  const broken = await previewLines(scene.browser, [rtRow, { ...officer, 'No SK': '' }]);
  expect(broken.outcomes).toEqual(['wrong', 'wrong']);
  expect(broken.text).toContain('RW 009 belum terdaftar di kelurahan ini, dan baris 3');
});

test('a seat that an open proposal is about is not proposed again by a file', async () => {
  const scene = await makeSeatedScene();
  const secretary = { ...officer, ...other, Jabatan: 'Sekretaris' };
  const { address, outcomes } = await previewLines(scene.browser, [
    secretary,
    {
      ...officer,
      Nama: 'Dewi Lestari',
      'L/P': 'P',
      'Tanggal Lahir': '1-3-1981',
      Jabatan: 'Bendahara',
    },
  ]);
  expect(outcomes).toEqual(['new', 'new']);
  await pressImport(scene.browser, address, 'penerapan');
  const again = await previewLines(scene.browser, [{ ...secretary, Nama: 'Agus Wijaya' }]);
  expect(again.outcomes).toEqual(['wrong']);
  expect(again.text).toMatch(
    /Sel F2: Jabatan ini sudah ada dalam usulan U-\d{4}-\d{4} \(Menunggu persetujuan\)/,
  );
});
