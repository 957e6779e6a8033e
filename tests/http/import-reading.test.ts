import { expect, test } from 'vitest';
import { workDone } from '#src/imports/work.ts';
import {
  makeInstitution,
  makePerson,
  makeTenure,
  seatOf,
  syntheticNik,
} from '../support/fixtures.ts';
import { fileOf, sheetXml, workbookParts, zipOf } from '../support/hostile.ts';
import { makeImportScene, textOfPage, uploadWorkbook } from '../support/imports.ts';
import { rowsOf } from '../support/superuser.ts';
import { binary, readWorkbook } from '../support/workbook.ts';

/** No column of a file is passed over before somebody has seen it. */

const head = ['Nama', 'L/P', 'Jabatan', 'Jenis LKK', 'Nama LKK'];
const officer = ['Budi', 'L', 'Ketua', 'Pokmas', 'Pokmas Mawar'];

test('a head that is not known is asked for once, and "Tidak dipakai" is remembered', async () => {
  const scene = await makeImportScene();
  const file = () =>
    fileOf([
      [...head, 'Golongan Darah', 'Ukuran Baju'],
      [...officer, 'AB', null],
    ]);
  const address = await uploadWorkbook(scene.browser, file());
  expect(address).toMatch(/\/kolom$/);
  const page = await textOfPage(scene.browser, address);
  expect(page).toContain('Isi 1 kolom tidak dipakai: F (Golongan Darah)');
  expect(page).not.toContain('(Ukuran Baju)');
  const fields = Object.fromEntries(
    ['name', 'sex', 'position', 'institutionType', 'institution', 'ignore', 'ignore'].map(
      (field, index) => [`column${index}`, field],
    ),
  );
  const answer = await scene.browser.post(address, { version: 1, ...fields });
  expect(answer.status, answer.text).toBe(303);
  await workDone();
  expect(await uploadWorkbook(scene.browser, file())).not.toMatch(/\/kolom$/);
  const filled = fileOf([
    [...head, 'Golongan Darah', 'Ukuran Baju'],
    [...officer, 'AB', 'XL'],
  ]);
  expect(await uploadWorkbook(scene.browser, filled)).toMatch(/\/kolom$/);
});

test('a head that is not known over an empty column asks nothing', async () => {
  const scene = await makeImportScene();
  const file = fileOf([[...head, 'Golongan Darah'], officer]);
  expect(await uploadWorkbook(scene.browser, file)).not.toMatch(/\/kolom$/);
});

test('columns without a head are told apart by their sheet, and remembered', async () => {
  const scene = await makeImportScene();
  const sheet = (name: string, more: string) => sheetXml([head, [name, ...officer.slice(1), more]]);
  const file = () =>
    zipOf(workbookParts({ Satu: sheet('Budi', 'catatan'), Dua: sheet('Umar', 'lain') }));
  const address = await uploadWorkbook(scene.browser, file());
  expect(address).toMatch(/\/kolom$/);
  const page = await textOfPage(scene.browser, address);
  expect(page).toContain('Kolom F di lembar “Satu” (tanpa judul)');
  expect(page).toContain('Kolom F di lembar “Dua” (tanpa judul)');
  expect(page).toMatch(/Kolom A di lembar “(Satu|Dua)” dan 1 lembar lain: Nama/);
  const fields = ['name', 'sex', 'position', 'institutionType', 'institution', 'ignore', 'ignore'];
  const answer = await scene.browser.post(address, {
    version: 1,
    ...Object.fromEntries(fields.map((field, index) => [`column${index}`, field])),
  });
  expect(answer.status, answer.text).toBe(303);
  await workDone();
  expect(await uploadWorkbook(scene.browser, file())).not.toMatch(/\/kolom$/);
});

test('our own workbooks and templates go straight to the preview', async () => {
  const scene = await makeImportScene();
  const institution = await makeInstitution({ kelurahanId: scene.kelurahan.id });
  const person = await makePerson({ name: 'Budi Santoso', sex: 'male' });
  const seat = await seatOf(institution.id);
  await makeTenure({ institutionId: institution.id, seatId: seat.id, personId: person.id });
  const download = async (url: string): Promise<Buffer> =>
    (await scene.browser.get(url).buffer(true).parse(binary)).body;
  for (const url of [`/lembaga/${institution.id}/pengurus.xlsx`, '/pengurus.xlsx'])
    expect(await uploadWorkbook(scene.browser, await download(url)), url).not.toMatch(/\/kolom$/);
  for (const type of ['RT', 'POSYANDU']) {
    const rows = readWorkbook(await download(`/impor/templat.xlsx?jenis=${type}`));
    const heads = rows.find((row) => row.includes('Jenis LKK')) ?? [];
    const filled = fileOf(
      [heads, heads.map((_, index) => `x${index}`)].map((row) => row.map((cell) => cell ?? null)),
    );
    expect(await uploadWorkbook(scene.browser, filled), type).not.toMatch(/\/kolom$/);
  }
});

const problemsIn = async (address: string) =>
  (
    await rowsOf<{ problems: { field: string; level: string; message: string }[] }>(
      `SELECT details->'problems' AS problems FROM import_rows WHERE batch_id = $1 ORDER BY id`,
      [Number(address.split('/')[2])],
    )
  ).map(({ problems }) => problems.map((one) => `${one.field} ${one.level}: ${one.message}`));

test('of a cell that cannot be read nothing else is told, such as that it is empty', async () => {
  const scene = await makeImportScene();
  const rowsFor = (institution: string) => [
    ['Budi', 'L', 'Ketua', institution, 'kursus', 'Malang, 31-02-1990'],
    ['Umar', 'L', 'Sekretaris', institution, null, null],
  ];
  const address = await uploadWorkbook(
    scene.browser,
    fileOf([
      ['Nama', 'L/P', 'Jabatan', 'Nama LKK', 'Pendidikan', 'Tempat/Tgl Lahir'],
      ...rowsFor('RT 01/RW 02'),
      ...rowsFor('Karang Taruna Melati'),
    ]),
  );
  const told = (await problemsIn(address)).map((problems) => problems.join('\n'));
  for (const unread of [told[0], told[2]]) {
    expect(unread).toContain('“kursus” tidak dikenal');
    expect(unread).toContain('“31-02-1990” tidak ada di kalender');
    expect(unread).not.toMatch(/(Pendidikan|Tanggal lahir) Budi belum diisi/);
  }
  expect(told[1]).toContain('Pendidikan Umar belum diisi');
  expect(told[3]).toContain('Tanggal lahir Umar belum diisi');
});

test('whoever has no sex in columns of ticks is told to tick, in the cell', async () => {
  const scene = await makeImportScene();
  const address = await uploadWorkbook(
    scene.browser,
    fileOf([
      ['Nama', 'L', 'P', 'Jabatan', 'Nama LKK'],
      ['Budi', null, null, 'Ketua', 'RT 01/RW 02'],
      ['Umar', 'v', 'v', 'Sekretaris', 'RT 01/RW 02'],
      ['Siti', 'FALSE', 'TRUE', 'Bendahara', 'RT 01/RW 02'],
    ]),
  );
  const [none = [], both = [], one = []] = (await problemsIn(address)).map((problems) =>
    problems.filter((problem) => problem.startsWith('sex')),
  );
  expect(none).toEqual(['sexMale error: Beri tanda di kolom L atau P']);
  expect(both).toEqual([
    'sexFemale error: Laki-laki dan perempuan dicentang bersamaan. Centang satu saja',
  ]);
  expect(one).toEqual([]);
  expect(await textOfPage(scene.browser, address)).toContain(
    'Sel B2: Beri tanda di kolom L atau P',
  );
});

const termHead = ['Nama', 'NIK', 'L/P', 'Jabatan', 'Nama LKK', 'No SK', 'Tanggal SK', 'Periode ke'];
const termsIn = async (address: string) => ({
  told: (await problemsIn(address)).map((problems) =>
    problems.filter((problem) => problem.startsWith('termNumber')),
  ),
  outcomes: (
    await rowsOf<{ outcome: string }>(
      'SELECT outcome FROM import_rows WHERE batch_id = $1 ORDER BY id',
      [Number(address.split('/')[2])],
    )
  ).map(({ outcome }) => outcome),
});
const count = (given: number, counted: number) =>
  `Berkas menulis masa bakti ke-${given}, portal menghitung ke-${counted} dari jabatan yang dikenalnya`;

test('the number of a term is compared with what the portal counts, and with the limit', async () => {
  const scene = await makeImportScene();
  await makeInstitution({ kelurahanId: scene.kelurahan.id, typeCode: 'RW', rwNumber: 2 });
  const line = (name: string, institution: string, term: string | null) => [
    ...[name, syntheticNik(), 'L', 'Ketua', institution],
    ...['188/1', '7 Mei 2025', term],
  ];
  const address = await uploadWorkbook(
    scene.browser,
    fileOf([
      termHead,
      line('Budi', 'RT 01/RW 02', '1'),
      line('Umar', 'RT 02/RW 02', '2'),
      line('Karim', 'RT 03/RW 02', '3'),
      line('Rahmat', 'RT 04/RW 02', null),
      line('Salim', 'Pokmas Mawar', '2'),
    ]),
  );
  expect(await termsIn(address)).toEqual({
    told: [
      [],
      [
        `termNumber note: ${count(2, 1)}. Catat masa bakti sebelumnya lebih dulu supaya batas masa bakti dapat diperiksa`,
      ],
      [
        'termNumber error: Karim sudah masa bakti ke-3; paling banyak 2. Periksa angkanya. Bila lurah memberi pengecualian, ajukan di halaman Usulan',
      ],
      [],
      [
        'termNumber note: Angka 2 tidak dicatat, karena portal tidak menghitung masa bakti untuk jabatan ini',
      ],
    ],
    outcomes: ['new', 'new', 'wrong', 'new', 'new'],
  });
});

test('of whoever is in office the recorded number is told where the file has another', async () => {
  const scene = await makeImportScene();
  const institution = await makeInstitution({
    kelurahanId: scene.kelurahan.id,
    typeCode: 'RW',
    name: 'RW 007',
  });
  const nik = syntheticNik();
  const person = await makePerson({ name: 'Budi', sex: 'male', nik });
  const seat = await seatOf(institution.id);
  await makeTenure({ institutionId: institution.id, seatId: seat.id, personId: person.id });
  const told = async (term: string) =>
    termsIn(
      await uploadWorkbook(
        scene.browser,
        fileOf([termHead, ['Budi', nik, 'L', 'Ketua', 'RW 007', null, null, term]]),
      ),
    );
  expect(await told('1')).toEqual({ told: [[]], outcomes: ['same'] });
  expect(await told('2')).toEqual({
    told: [
      [
        `termNumber note: ${count(2, 1)}. Catat masa bakti sebelumnya lebih dulu supaya batas masa bakti dapat diperiksa`,
      ],
    ],
    outcomes: ['same'],
  });
});
