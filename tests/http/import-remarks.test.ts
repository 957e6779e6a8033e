import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { forgetOldFiles } from '#src/imports/files.ts';
import { workDone } from '#src/imports/work.ts';
import { as } from '../support/app.ts';
import { makeAccount } from '../support/fixtures.ts';
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
import { binary, readWorkbook, unzip } from '../support/workbook.ts';

const head = ['No', 'Nama', 'L/P', 'Nama LKK', 'Jabatan', 'No SK', 'Tanggal SK', 'Mulai'];
const day = 45784; // 7 May 2025 as Excel counts
const line = (name: string, position: string, institution = 'Pokmas Mawar'): RawCell[] => [
  1,
  name,
  'P',
  institution,
  position,
  '188.45/7/2025',
  day,
  day,
];
const styles = `<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>`;

/** Two sheets with rows, one with words only; titles, a signature, dates as Excel keeps them, a picture. */
function officeWorkbook() {
  const dated = (xml: string) =>
    xml.replaceAll(/<c r="([GH]\d+)"><v>45784/g, '<c r="$1" s="1"><v>45784');
  const first = dated(
    sheetXml(
      [
        ['DAFTAR PENGURUS LKK'],
        [],
        head,
        line('Lilis', 'Sekertaris'),
        line('Siti', 'Ketua'),
        [],
        [null, null, null, null, null, 'Lurah & perangkatnya'],
      ],
      '<mergeCells count="1"><mergeCell ref="A1:L1"/></mergeCells>',
    ),
  )
    .replace(
      '<sheetData>',
      '<dimension ref="A1:H7"/><cols><col min="2" max="40" width="9"/></cols><sheetData>',
    )
    .replace('<row r="4">', '<row r="4" spans="1:8" ht="30">')
    .replace('</row><row r="6">', '<c r="I5" s="1"/><c r="J5" s="1"/></row><row r="6">');
  const second = dated(sheetXml([head, line('Budi', 'Ketua', 'Pokmas Melati')]));
  return zipOf({
    ...workbookParts({ Satu: first, Catatan: sheetXml([['hanya catatan']]), Dua: second }),
    'xl/styles.xml': styles,
    'xl/media/image1.png': Buffer.from('89504e470d0a1a0a00ff', 'hex'),
  });
}

type Browser = Awaited<ReturnType<typeof as>>;
async function download(browser: Browser, address: string): Promise<Buffer> {
  const answer = await browser.get(`${address}/catatan.xlsx`).buffer(true).parse(binary);
  expect(answer.status).toBe(200);
  return answer.body as Buffer;
}
const fileRows = (address: string) =>
  rowsOf<{ sealed: Buffer }>('SELECT sealed FROM import_files WHERE batch_id = $1', [
    batchIdOf(address),
  ]);
async function apply(browser: Browser, address: string) {
  const version = await versionOf(address);
  const answer = await browser.post(`${address}/penerapan`, { key: randomUUID(), version });
  expect(answer.status, answer.text).toBe(303);
  await workDone();
}

test('the remarks come in the very workbook that was uploaded, in one more column of each sheet with rows', async () => {
  const { browser } = await makeImportScene();
  const original = officeWorkbook();
  const address = await uploadWorkbook(browser, original);
  const copy = await download(browser, address);
  const [before, after] = [unzip(original), unzip(copy)];
  expect([...after.keys()]).toEqual([...before.keys()]);
  for (const [name, content] of before)
    if (!/sheet[13]\.xml$/.test(name)) expect(after.get(name), name).toBe(content);

  const sheet = after.get('xl/worksheets/sheet1.xml') ?? '';
  const remark = (row: number) =>
    new RegExp(`<c r="I${row}"([^>]*)t="inlineStr"><is><t xml:space="preserve">([^<]*)<`).exec(
      sheet,
    );
  expect(remark(3)?.[2]).toBe('Catatan');
  expect(remark(4)?.[2]).toMatch(/^Perlu diperbaiki: Sel E4: Jabatan .*Sekertaris/);
  expect(remark(5)?.slice(1)).toEqual([' s="1" ', expect.stringMatching(/^Baru: /)]);
  expect(sheet).toContain('<dimension ref="A1:I7"/>');
  expect(sheet).toContain('<row r="4" ht="30">');
  expect(sheet).toContain(
    '<col min="2" max="8" width="9"/><col min="9" max="9" width="60" customWidth="1"/><col min="10" max="40" width="9"/>',
  );
  const bare = sheet
    .replaceAll(/<c r="I\d+"[^>]*t="inlineStr">.*?<\/c>/g, '')
    .replace(/<cols>.*<\/cols>/, '')
    .replace('I7', 'H7');
  const wanted = (before.get('xl/worksheets/sheet1.xml') ?? '')
    .replace('<c r="I5" s="1"/>', '')
    .replace(' spans="1:8"', '')
    .replace(/<cols>.*<\/cols>/, '');
  expect(bare).toBe(wanted);
  expect(after.get('xl/worksheets/sheet3.xml')).toMatch(/<c r="I2" t="inlineStr">.*Baru: /);
});

test('the copy mended and uploaded again is read as before, and its remarks are replaced, not doubled', async () => {
  const { browser } = await makeImportScene();
  const address = await uploadWorkbook(browser, officeWorkbook());
  const copy = await download(browser, address);
  const mended = zipOf(
    [...unzip(copy)].map(([name, content]): [string, string] => [
      name,
      content.replace('Sekertaris<', 'Sekretaris<'),
    ]),
  );
  const again = await uploadWorkbook(browser, mended);
  expect((await rowsOfImport(again)).map(({ outcome }) => outcome)).toEqual(['new', 'new', 'new']);
  const [batch] = await rowsOf<{ mapping: string[]; columns: { label: string }[] }>(
    'SELECT mapping, columns FROM import_batches WHERE id = $1',
    [batchIdOf(again)],
  );
  const at = batch?.columns.findIndex(({ label }) => label === 'Catatan') ?? -1;
  expect(batch?.mapping[at]).toBe('ignore');
  const sheet = unzip(await download(browser, again)).get('xl/worksheets/sheet1.xml') ?? '';
  expect(sheet.match(/>Catatan</g)).toHaveLength(1);
  expect(sheet).toMatch(/<c r="I4"[^>]*>.*?Baru: /);
  expect(sheet).not.toContain('Perlu diperbaiki');
});

test("a column of the office's own that is called Catatan stays, and ours stands beside it", async () => {
  const { browser } = await makeImportScene();
  const rows = [
    [...head, 'Catatan'],
    [...line('Siti', 'Ketua'), 'sudah pindah'],
  ];
  const address = await uploadWorkbook(browser, fileOf(rows));
  const [heads, first] = readWorkbook(await download(browser, address));
  expect(heads?.slice(-2)).toEqual(['Catatan', 'Catatan']);
  expect(first?.at(-2)).toBe('sudah pindah');
  expect(first?.at(-1)).toMatch(/^(Baru|Perlu diperbaiki): /);
  const again = await uploadWorkbook(browser, await download(browser, address));
  const [twice] = readWorkbook(await download(browser, again));
  expect(twice).toEqual(heads);
});

const plain = () => sheetXml([head, line('Siti', 'Ketua'), line('Budi', 'Sekertaris')]);
/** Sheets as other programs write them. */
const shapes: Record<string, (xml: string) => string | Buffer> = {
  'rows and cells without a place': (xml) => xml.replaceAll(/ r="[A-Z]*\d+"/g, ''),
  'tags with a prefix': (xml) =>
    xml.replaceAll(/<(\/?)(\w)/g, '<$1x:$2').replace('xmlns=', 'xmlns:x='),
  'sixteen bits a letter': (xml) =>
    Buffer.from(`\uFEFF${xml.replace('UTF-8', 'UTF-16')}`, 'utf16le'),
  'rows that are empty': (xml) => xml.replace('<row r="3">', '<row r="3"/><row r="3">'),
  'apostrophes around values': (xml) => xml.replaceAll('"', "'"),
};

test.each(Object.keys(shapes))('remarks fit into a sheet with %s', async (name) => {
  const { browser } = await makeImportScene();
  const sheet = shapes[name]?.(plain()) ?? '';
  const parts: Record<string, string | Buffer> = workbookParts({ Pengurus: '' });
  const address = await uploadWorkbook(
    browser,
    zipOf({ ...parts, 'xl/worksheets/sheet1.xml': sheet }),
  );
  const before = await rowsOfImport(address);
  expect(before).toHaveLength(2);
  const copy = await download(browser, address);
  expect(copy.includes('Catatan impor')).toBe(false);
  const again = await uploadWorkbook(browser, copy);
  expect((await rowsOfImport(again)).map(({ outcome }) => outcome)).toEqual(
    before.map(({ outcome }) => outcome),
  );
  const [batch] = await rowsOf<{ columns: { label: string; letters: object }[] }>(
    'SELECT columns FROM import_batches WHERE id = $1',
    [batchIdOf(again)],
  );
  expect(batch?.columns.at(-1)).toMatchObject({ label: 'Catatan', letters: { Pengurus: 'I' } });
});

test('a workbook of the portal itself, with shared strings, comes back with remarks', async () => {
  const { browser } = await makeImportScene();
  const original = readFileSync(
    path.join(import.meta.dirname, '../../prisma/demo/impor-contoh.xlsx'),
  );
  const address = await uploadWorkbook(browser, original);
  const copy = await download(browser, address);
  const [before, after] = [unzip(original), unzip(copy)];
  expect(after.get('xl/sharedStrings.xml')).toBe(before.get('xl/sharedStrings.xml'));
  const rows = readWorkbook(copy);
  const headRow = rows.findIndex((row) => row.at(-1) === 'Catatan');
  expect(rows.map((row) => row.slice(0, 15))).toEqual(
    readWorkbook(original).map((row) => row.slice(0, 15)),
  );
  for (const { row, sheet } of await rowsOfImport(address))
    expect(rows[row - 1]?.at(-1), `${sheet} ${row}`).toMatch(/^[A-Z][a-z ]+: /);
  expect(headRow).toBeGreaterThanOrEqual(0);
});

test('the file is sealed in the database and no copy of it is in the trail', async () => {
  const { browser } = await makeImportScene();
  const original = officeWorkbook();
  const address = await uploadWorkbook(browser, original);
  const [kept] = await fileRows(address);
  expect(kept?.sealed.includes(original.subarray(0, 64))).toBe(false);
  const trail = await rowsOf<{ new_row: Record<string, unknown> }>(
    `SELECT new_row FROM audit.events WHERE table_name = 'import_files' AND (new_row->>'batch_id')::int = $1`,
    [batchIdOf(address)],
  );
  expect(trail).toHaveLength(1);
  expect(Object.keys(trail[0]?.new_row ?? {}).toSorted()).toEqual([
    'batch_id',
    'created_at',
    'id',
    'kelurahan_id',
  ]);
});

test('a withdrawn import keeps no file, and its remarks come in a list that says so', async () => {
  const { browser } = await makeImportScene();
  const address = await uploadWorkbook(browser, officeWorkbook());
  expect(await fileRows(address)).toHaveLength(1);
  await browser.post(`${address}/penarikan`, { version: await versionOf(address) });
  await workDone();
  expect(await fileRows(address)).toEqual([]);
  const rows = readWorkbook(await download(browser, address));
  expect(rows.flat().join(' ')).toContain('Berkas aslinya tidak dapat diberikan lagi');
  expect(rows.some((row) => row.at(-1) === 'Catatan impor')).toBe(true);
});

test('an applied import keeps its file while a row is still to be mended or decided, and no longer', async () => {
  const { browser, lurah } = await makeImportScene();
  const mixed = await uploadWorkbook(browser, officeWorkbook());
  await apply(browser, mixed);
  const chair = await as(lurah);
  const approve = async (address: string) => {
    const answer = await chair.post(`${address}/persetujuan`, {
      version: await versionOf(address),
    });
    expect(answer.status, answer.text).toBe(303);
    await workDone();
  };
  await approve(mixed);
  expect(await fileRows(mixed)).toHaveLength(1);
  const good = await uploadWorkbook(
    browser,
    fileOf([head, line('Rini', 'Ketua', 'Pokmas Kenanga')].map(withDates)),
  );
  await apply(browser, good);
  expect(await fileRows(good)).toHaveLength(1);
  await approve(good);
  expect((await rowsOfImport(good)).map(({ result }) => result)).toEqual(['done']);
  expect(await fileRows(good)).toEqual([]);
});
const withDates = (cells: RawCell[]) => cells.map((cell) => (cell === day ? '7-5-2025' : cell));

test('after 30 days nobody gets the file, and the portal forgets it', async () => {
  const { browser } = await makeImportScene();
  const [old, recent] = [
    await uploadWorkbook(browser, officeWorkbook()),
    await uploadWorkbook(browser, officeWorkbook()),
  ];
  await rowsOf(
    `UPDATE import_files SET created_at = now() - interval '30 days 1 minute'
     FROM (SELECT set_config('app.actor_id', 'tests', true)) AS actor WHERE batch_id = $1`,
    [batchIdOf(old)],
  );
  expect(readWorkbook(await download(browser, old)).flat()).toContain('Catatan impor');
  await forgetOldFiles();
  expect(await fileRows(old)).toEqual([]);
  expect(await fileRows(recent)).toHaveLength(1);
});

test('whoever may not see NIK gets the rows with the long numbers hidden', async () => {
  const { browser } = await makeImportScene();
  const nik = '3574041708800001';
  const address = await uploadWorkbook(
    browser,
    fileOf([
      [...head, 'NIK'],
      [...line('Siti', 'Ketua'), nik],
    ]),
  );
  const admin = await as(await makeAccount('admin'));
  const theirs = [...unzip(await download(admin, address)).values()].join('');
  expect(theirs).not.toContain(nik);
  expect([...unzip(await download(browser, address)).values()].join('')).toContain(nik);
});

test('the upload page says how long the file stays', async () => {
  const { browser } = await makeImportScene();
  expect(wordsOf((await browser.get('/impor')).text)).toContain('paling lama 30 hari');
});
