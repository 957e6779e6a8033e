import { expect, test } from 'vitest';
import { workDone } from '#src/imports/work.ts';
import { as } from '../support/app.ts';
import { makeInstitution } from '../support/fixtures.ts';
import { fileOf, sheetXml, workbookParts, zipOf, type RawCell } from '../support/hostile.ts';
import {
  batchIdOf,
  makeImportScene,
  rowsOfImport,
  uploadWorkbook,
  versionOf,
  wordsOf,
} from '../support/imports.ts';
import { rowsOf } from '../support/superuser.ts';

type Browser = Awaited<ReturnType<typeof as>>;
const decree = ['SK/1/2025', '7 Mei 2025', '7-5-2025'];
const decreeHead = ['No SK', 'Tanggal SK', 'Mulai'];
const usual = ['No', 'Nama', 'L/P', 'RT', 'RW', 'Jabatan', ...decreeHead];
const usualRow = (name: string, rt: string | null, rw: string | null, position: string) => [
  1,
  name,
  'L',
  rt,
  rw,
  position,
  ...decree,
];
const workbook = (sheets: Record<string, RawCell[][]>) =>
  zipOf(
    workbookParts(
      Object.fromEntries(Object.entries(sheets).map(([name, rows]) => [name, sheetXml(rows)])),
    ),
  );

async function placesOf(address: string) {
  const rows = await rowsOfImport(address);
  const types = await rowsOf<{ id: number; code: string }>(
    'SELECT id, code FROM institution_types',
  );
  return rows.map(({ outcome, details }) => {
    const type = types.find(({ id }) => id === details.plan?.fresh?.typeId)?.code ?? null;
    return [type, details.institution, outcome];
  });
}

/** The form of the columns as it is shown, sent with some other choices. */
async function choose(browser: Browser, address: string, choices: Record<string, string | number>) {
  const [batch] = await rowsOf<{ mapping: string[] }>(
    'SELECT mapping FROM import_batches WHERE id = $1',
    [batchIdOf(address)],
  );
  const columns = (batch?.mapping ?? []).map((field, index) => [`column${index}`, field]);
  const answer = await browser.post(`/impor/${batchIdOf(address)}/kolom`, {
    version: await versionOf(address),
    ...Object.fromEntries(columns),
    ...choices,
  });
  await workDone();
  return answer;
}
const typeId = async (code: string) => {
  const [type] = await rowsOf<{ id: number }>('SELECT id FROM institution_types WHERE code = $1', [
    code,
  ]);
  return type?.id ?? expect.fail(code);
};

test('the usual list of RT is imported: the sheet tells the type, RT and RW the institution', async () => {
  const { browser, kelurahan } = await makeImportScene();
  await makeInstitution({ kelurahanId: kelurahan.id, typeCode: 'RW', rwNumber: 5 });
  const address = await uploadWorkbook(
    browser,
    workbook({
      RT: [
        usual,
        usualRow('Budi', '001', '005', 'KETUA RT'),
        usualRow('Siti', '001', '005', 'Sekretaris'),
        usualRow('Rahmat', '2', '5', 'KETUA RT 002'),
      ],
    }),
  );
  expect(address).not.toContain('kolom');
  expect(await placesOf(address)).toEqual([
    ['RT', 'RT 001/RW 005', 'new'],
    ['RT', 'RT 001/RW 005', 'new'],
    ['RT', 'RT 002/RW 005', 'new'],
  ]);
});

test('the title above the heads tells the type, and two types in it tell none', async () => {
  const { browser, kelurahan } = await makeImportScene();
  await makeInstitution({ kelurahanId: kelurahan.id, typeCode: 'RW', rwNumber: 5 });
  const listed = (title: string) =>
    workbook({ Lembar1: [[title], [], usual, usualRow('Siti', '1', '5', 'Sekretaris')] });
  const told = await uploadWorkbook(browser, listed('DAFTAR PENGURUS RT KELURAHAN SUKOHARJO'));
  expect(await placesOf(told)).toEqual([['RT', 'RT 001/RW 005', 'new']]);
  const untold = await uploadWorkbook(browser, listed('DAFTAR PENGURUS RT DAN RW'));
  expect(untold).toContain('/kolom');
});

test('each sheet tells the type of its own rows', async () => {
  const { browser } = await makeImportScene();
  const address = await uploadWorkbook(
    browser,
    workbook({
      'Data RT': [usual, usualRow('Siti', '1', '5', 'Sekretaris')],
      'Data RW': [usual, usualRow('Budi', '1', '5', 'Sekretaris')],
    }),
  );
  expect(await placesOf(address)).toEqual([
    ['RT', 'RT 001/RW 005', 'new'],
    ['RW', 'RW 005', 'new'],
  ]);
});

test('the positions alone tell the type', async () => {
  const { browser } = await makeImportScene();
  const address = await uploadWorkbook(
    browser,
    workbook({
      Lembar1: [
        usual,
        usualRow('Budi', null, '005', 'KETUA RT 003'),
        usualRow('Siti', null, '005', 'Ketua RW'),
        usualRow('Rini', '3', '005', 'Bendahara'),
      ],
    }),
  );
  expect((await placesOf(address)).slice(0, 2)).toEqual([
    ['RT', 'RT 003/RW 005', 'new'],
    ['RW', 'RW 005', 'new'],
  ]);
  const page = wordsOf((await browser.get(`${address}?saring=bermasalah`)).text);
  expect(page).toContain(
    'Jenis LKK baris ini tidak diketahui. Pilih “Ubah isi kolom”, lalu pilih Jenis LKK untuk seluruh berkas',
  );
});

test('a file without any way to tell is refused with both ways out, and either of them helps', async () => {
  const { browser, kelurahan } = await makeImportScene();
  await makeInstitution({ kelurahanId: kelurahan.id, typeCode: 'RW', rwNumber: 5 });
  const institution = await makeInstitution({ kelurahanId: kelurahan.id });
  const address = await uploadWorkbook(
    browser,
    fileOf([usual, usualRow('Siti', '1', '5', 'Sekretaris')]),
  );
  expect(address).toContain('/kolom');
  const page = await browser.get(address);
  expect(page.text).toContain('Jenis LKK untuk seluruh berkas');
  const refused = await choose(browser, address, {});
  expect(refused.status).toBe(422);
  expect(wordsOf(refused.text)).toContain(
    'Pilih kolom Nama LKK, atau pilih satu lembaga atau satu Jenis LKK untuk seluruh berkas',
  );
  const unknown = await choose(browser, address, { institutionTypeId: 999_999 });
  expect(unknown.status).toBe(422);
  expect(wordsOf(unknown.text)).toContain('Pilih jenis dari daftar');

  const chosen = await choose(browser, address, { institutionTypeId: await typeId('RT') });
  expect(chosen.status, chosen.text).toBe(303);
  expect(await placesOf(address)).toEqual([['RT', 'RT 001/RW 005', 'new']]);
  expect((await browser.get(`/impor/${batchIdOf(address)}/kolom`)).text).toMatch(
    new RegExp(`<option value="${await typeId('RT')}" selected`),
  );
  const one = await choose(browser, address, { institutionId: institution.id });
  expect(one.status, one.text).toBe(303);
  expect((await rowsOfImport(address))[0]?.details.institution).toBe(institution.name);
});

test('the row comes before the choice, the choice before the position, the position before the sheet', async () => {
  const { browser } = await makeImportScene();
  const address = await uploadWorkbook(
    browser,
    workbook({
      RW: [
        [...usual, 'Jenis LKK'],
        [...usualRow('Budi', '1', '5', 'Ketua'), 'RW'],
        [...usualRow('Siti', '2', '5', 'Ketua RT'), null],
        [...usualRow('Rini', '3', '5', 'Bendahara'), null],
      ],
    }),
  );
  const types = async () => (await placesOf(address)).map(([type]) => type);
  expect(await types()).toEqual(['RW', 'RT', 'RW']);
  await choose(browser, address, { institutionTypeId: await typeId('RT') });
  expect(await types()).toEqual(['RW', 'RT', 'RT']);
});

test('where institutions are named, the columns RT and RW are the home of the officer', async () => {
  const { browser } = await makeImportScene();
  const address = await uploadWorkbook(
    browser,
    workbook({
      RT: [
        [...usual, 'Nama LKK'],
        [...usualRow('Budi', '9', '8', 'Ketua'), 'RT 001/RW 005'],
        [...usualRow('Siti', '9', '8', 'Sekretaris'), null],
      ],
    }),
  );
  const [named, silent] = await rowsOfImport(address);
  expect(named?.details.institution).toBe('RT 001/RW 005');
  expect(silent?.outcome).toBe('wrong');
  expect(silent?.details.problems.map(({ message }) => message)).toContainEqual(
    expect.stringContaining('Nomor RT dan RW belum terbaca. Isi Nama LKK'),
  );
});

test('a list without names of institutions that has a row without numbers says which cells to fill', async () => {
  const { browser } = await makeImportScene();
  const address = await uploadWorkbook(
    browser,
    workbook({ RT: [usual, usualRow('Budi', '1', null, 'Ketua')] }),
  );
  const page = wordsOf((await browser.get(address)).text);
  expect(page).toContain('Sel E2: Nomor RT dan RW lembaga belum terbaca. Isi kolom RT dan RW');
});
