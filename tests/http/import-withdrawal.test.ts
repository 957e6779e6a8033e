import { expect, test } from 'vitest';
import { as } from '../support/app.ts';
import {
  makeAccount,
  makeInstitution,
  makePerson,
  makeTenure,
  seatOf,
} from '../support/fixtures.ts';
import {
  batchIdOf,
  makeImportScene,
  pressImport,
  previewLines,
  type ImportScene,
  type Line,
  uploadWorkbook,
  versionOf,
  wordsOf,
  workbookOf,
} from '../support/imports.ts';
import { inTransaction, rowsOf } from '../support/superuser.ts';

/** Institutions that an import registered, when it is withdrawn. */

const officer = (name: string, more: Line = {}): Line => ({
  Nama: name,
  'L/P': 'L',
  'Tanggal Lahir': '17-08-1980',
  'Jenis LKK': 'RW',
  'Nama LKK': 'RW 009',
  Jabatan: 'Ketua',
  'No SK': '188.45/7/425.504/2025',
  'Tanggal SK': '7 Mei 2025',
  Mulai: '7-5-2025',
  Selesai: '6-5-2030',
  ...more,
});
const rt = { 'Jenis LKK': 'RT', 'Nama LKK': 'RT 008/RW 009' };
const lines = [
  officer('Slamet Riyadi', rt),
  officer('Budi Santoso'),
  officer('Eko Wijaya', { Jabatan: 'Seksi Keamanan' }),
];

async function takeIn({ browser, lurahBrowser }: ImportScene, file: readonly Line[]) {
  const { address, outcomes, text } = await previewLines(browser, file);
  expect(outcomes, text).not.toContain('wrong');
  await pressImport(browser, address, 'penerapan');
  await pressImport(lurahBrowser, address, 'persetujuan');
  return address;
}

const institutionsIn = ({ kelurahan }: ImportScene) =>
  rowsOf<{ id: number; name: string }>(
    'SELECT id, name FROM institutions WHERE kelurahan_id = $1 ORDER BY name',
    [kelurahan.id],
  );
const namesIn = async (scene: ImportScene) => (await institutionsIn(scene)).map(({ name }) => name);
const idOf = async (scene: ImportScene, name: string) =>
  (await institutionsIn(scene)).find((one) => one.name === name)?.id ?? expect.fail(name);

const byHand = (sql: string, id: number) => inTransaction((client) => client.query(sql, [id]));

async function whatBlocks(scene: ImportScene, address: string) {
  await pressImport(scene.browser, address, 'penarikan');
  const [batch] = await rowsOf<{ status: string }>(
    'SELECT status FROM import_batches WHERE id = $1',
    [batchIdOf(address)],
  );
  expect(batch?.status).toBe('applied');
  return wordsOf((await scene.browser.get(`${address}/penarikan`)).text);
}

test('a withdrawn import takes back what it registered, and nothing that was there before', async () => {
  const scene = await makeImportScene();
  await makeInstitution({
    kelurahanId: scene.kelurahan.id,
    typeCode: 'LPM',
    name: 'LPM Maju',
  });
  const address = await takeIn(scene, [
    ...lines,
    officer('Gita', { 'Jenis LKK': 'LPM', 'Nama LKK': 'LPM Maju' }),
  ]);
  expect(await namesIn(scene)).toEqual(['LPM Maju', 'RT 008/RW 009', 'RW 009']);
  const page = wordsOf((await scene.browser.get(`${address}/penarikan`)).text);
  expect(page).toContain('lembaga yang baru didaftarkan dihapus');
  await pressImport(scene.browser, address, 'penarikan');
  expect(await namesIn(scene)).toEqual(['LPM Maju']);
  expect(
    await rowsOf(
      `SELECT count(*)::int AS count FROM audit.events
       WHERE table_name = 'institutions' AND action = 'delete' AND kelurahan_id = $1`,
      [scene.kelurahan.id],
    ),
  ).toEqual([{ count: 2 }]);
  expect((await scene.browser.get(address)).status).toBe(200);

  const again = await takeIn(scene, lines);
  expect(await namesIn(scene)).toEqual(['LPM Maju', 'RT 008/RW 009', 'RW 009']);
  expect(again).not.toBe(address);
});

test('what waits for the lurah is taken back too, pressed twice and by two people at once', async () => {
  const scene = await makeImportScene();
  const { address } = await previewLines(scene.browser, lines);
  await pressImport(scene.browser, address, 'penerapan');
  expect(await namesIn(scene)).toEqual(['RT 008/RW 009', 'RW 009']);
  const colleague = await as(await makeAccount('staff', { kelurahanId: scene.kelurahan.id }));
  const version = await versionOf(address);
  const answers = await Promise.all(
    [scene.browser, colleague, scene.browser].map((browser) =>
      browser.post(`${address}/penarikan`, { version }),
    ),
  );
  expect(answers.filter(({ status }) => status === 303)).toHaveLength(1);
  expect(answers.filter(({ status }) => status === 409)).toHaveLength(2);
  await uploadWorkbook(scene.browser, workbookOf(lines));
  expect(await namesIn(scene)).toEqual([]);
});

/** A process that ended right after the press: whatever is done now comes before the work. */
const stopAtWithdrawal = (address: string) =>
  byHand(
    `UPDATE import_batches SET status = 'withdrawn', withdrawn_at = now(), work = 'withdrawing', work_done = 0,
       work_at = now() - interval '1 minute' WHERE id = $1`,
    batchIdOf(address),
  );

const editPhone = (name: string, phone: string, { kelurahan }: ImportScene) =>
  inTransaction((client) =>
    client.query(
      'UPDATE people SET phone = $2, version = version + 1 WHERE name = $1 AND $3 = ANY (kelurahan_ids)',
      [name, phone, kelurahan.id],
    ),
  );
const phonesIn = ({ kelurahan }: ImportScene) =>
  rowsOf<{ name: string; phone: string | null }>(
    'SELECT name, phone FROM people WHERE $1 = ANY (kelurahan_ids) ORDER BY name',
    [kelurahan.id],
  );

test('who was edited between the press and the work stays in office, and the rest goes', async () => {
  const scene = await makeImportScene();
  const address = await takeIn(scene, lines);
  await stopAtWithdrawal(address);
  await editPhone('Slamet Riyadi', '+628123450001', scene);
  await pressImport(scene.browser, address, 'lanjutan');
  expect(await phonesIn(scene)).toEqual([{ name: 'Slamet Riyadi', phone: '+628123450001' }]);
  expect(await namesIn(scene)).toEqual(['RT 008/RW 009', 'RW 009']);
  const page = wordsOf((await scene.browser.get(address)).text);
  expect(page).toContain('1 baris tidak ditarik');
  expect(page).toContain('Ditarik');
});

test('a fact that was edited between the press and the work is not put back', async () => {
  const scene = await makeImportScene();
  await takeIn(scene, lines);
  const phones = ['0812-3450-0001', '0812-3450-0002', '0812-3450-0003'];
  const { address, outcomes } = await previewLines(
    scene.browser,
    lines.map((line, index) => ({ ...line, 'No HP': phones[index] ?? '' })),
  );
  expect(outcomes).toEqual(['changed', 'changed', 'changed']);
  await pressImport(scene.browser, address, 'penerapan');
  await stopAtWithdrawal(address);
  await editPhone('Eko Wijaya', '+6281999900003', scene);
  await pressImport(scene.browser, address, 'lanjutan');
  expect(await phonesIn(scene)).toEqual([
    { name: 'Budi Santoso', phone: null },
    { name: 'Eko Wijaya', phone: '+6281999900003' },
    { name: 'Slamet Riyadi', phone: null },
  ]);
});

test.each<[string, (scene: ImportScene, id: number) => Promise<unknown>, string]>([
  [
    'its profile was edited',
    (_, id) => byHand('UPDATE institutions SET version = version + 1 WHERE id = $1', id),
    'Data lembaganya sudah diubah sesudah impor',
  ],
  [
    'it has another officer',
    async (_, id) =>
      makeTenure({
        institutionId: id,
        seatId: (await seatOf(id, 'secretary')).id,
        personId: (await makePerson()).id,
      }),
    'Lembaganya sudah punya pengurus lain',
  ],
  [
    'a seat was added',
    (_, id) =>
      byHand(
        `INSERT INTO seats (institution_id, kelurahan_id, institution_type_id, position_type_id, number, label)
         SELECT institution_id, kelurahan_id, institution_type_id, position_type_id, 70, 'Seksi Seni'
         FROM seats WHERE institution_id = $1 LIMIT 1`,
        id,
      ),
    'Jabatan sudah ditambahkan di lembaga ini',
  ],
])('an institution stays with its import once %s', async (_what, use, reason) => {
  const scene = await makeImportScene();
  const address = await takeIn(scene, lines);
  await use(scene, await idOf(scene, 'RW 009'));
  const page = await whatBlocks(scene, address);
  expect(page).toContain('Impor ini tidak dapat ditarik lagi');
  expect(page).toContain(`Baris 3: RW 009 didaftarkan ${reason}`);
  expect(await namesIn(scene)).toEqual(['RT 008/RW 009', 'RW 009']);
});

test('an RW stays while an RT of another import, or its waiting rows, belong to it', async () => {
  const scene = await makeImportScene();
  const first = await takeIn(scene, lines.slice(1, 2));
  const second = await takeIn(scene, lines.slice(0, 1));
  expect(await whatBlocks(scene, first)).toContain('Sudah ada lembaga lain di bawah lembaga ini');
  await pressImport(scene.browser, second, 'penarikan');
  await pressImport(scene.browser, first, 'penarikan');
  expect(await namesIn(scene)).toEqual([]);
});

test('of two imports that wait with one institution the one that registered it goes last', async () => {
  const scene = await makeImportScene();
  const first = await previewLines(scene.browser, lines.slice(1));
  const second = await previewLines(scene.browser, lines.slice(1));
  await pressImport(scene.browser, first.address, 'penerapan');
  await pressImport(scene.browser, second.address, 'penerapan');
  expect(await whatBlocks(scene, first.address)).toContain('Impor lain memakai lembaga ini');
  await pressImport(scene.browser, second.address, 'penarikan');
  expect(await namesIn(scene)).toEqual(['RW 009']);
  await pressImport(scene.browser, first.address, 'penarikan');
  expect(await namesIn(scene)).toEqual([]);
});

test('rows about an institution that is gone since the preview say so and do not stop the work', async () => {
  const scene = await makeImportScene();
  const first = await previewLines(scene.browser, lines.slice(1));
  await pressImport(scene.browser, first.address, 'penerapan');
  const second = await previewLines(scene.browser, [
    ...lines.slice(1),
    officer('Gita', { 'Jenis LKK': 'LPM', 'Nama LKK': 'LPM Maju' }),
  ]);
  await pressImport(scene.browser, first.address, 'penarikan');
  await pressImport(scene.browser, second.address, 'penerapan');
  const page = wordsOf((await scene.browser.get(second.address)).text);
  expect(page).toContain('Lembaga ini tidak terdaftar lagi. Unggah lagi berkasnya');
  expect(await namesIn(scene)).toEqual(['LPM Maju']);
});
