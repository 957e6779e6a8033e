import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { systemActor } from '#src/access.ts';
import { asActor } from '#src/database.ts';
import { today } from '#src/format.ts';
import { workDone } from '#src/imports/work.ts';
import { as } from '../support/app.ts';
import { dateBoxes } from '../support/dates.ts';
import {
  makeAccount,
  makeInstitution,
  makeKelurahan,
  makePerson,
  makeTenure,
  seatOf,
  syntheticNik,
} from '../support/fixtures.ts';
import {
  fileOf,
  hostileFiles,
  sheetXml,
  workbookParts,
  zipOf,
  type RawCell,
} from '../support/hostile.ts';
import { rowsOf } from '../support/superuser.ts';
import { binary, readWorkbook } from '../support/workbook.ts';

const head = [
  'No',
  'Nama',
  'NIK',
  'L/P',
  'Tempat Lahir',
  'Tanggal Lahir',
  'Alamat',
  'RT',
  'RW',
  'Pendidikan',
  'Pekerjaan',
  'Jenis LKK',
  'Nama LKK',
  'Jabatan',
  'No HP',
  'No SK',
  'Tanggal SK',
  'Mulai',
  'Selesai',
  'Periode ke',
  'Status',
  'Keterangan',
];

type Line = Partial<Record<string, RawCell>>;
const rowOf = (line: Line): RawCell[] => head.map((label) => line[label] ?? null);
const decree = {
  'No SK': '188.45/7/425.504/2025',
  'Tanggal SK': '7 Mei 2025',
  Mulai: '7-5-2025',
  Selesai: '6-5-2030',
};
const officer = (line: Line): Line => ({
  'L/P': 'L',
  'Tanggal Lahir': '17-08-1980',
  Pendidikan: 'SMA',
  'Jenis LKK': 'Pokmas',
  'Nama LKK': 'Pokmas Sinar Mulia',
  ...decree,
  ...line,
});
const rosterFile = (lines: Line[]) => fileOf([['DAFTAR PENGURUS'], [], head, ...lines.map(rowOf)]);

async function makeScene() {
  const kelurahan = await makeKelurahan();
  const scope = { kelurahanId: kelurahan.id };
  const staff = await makeAccount('staff', scope);
  const lurah = await makeAccount('lurah', scope);
  return { kelurahan, staff, lurah, browser: await as(staff) };
}
type Scene = Awaited<ReturnType<typeof makeScene>>;

/** Uploads and waits for the check; answers the address of the import. */
async function upload({ browser }: Pick<Scene, 'browser'>, bytes: Buffer, name = 'pengurus.xlsx') {
  const answer = await browser.upload('/impor', { name, bytes });
  expect(answer.status, answer.text).toBe(303);
  await workDone();
  return String(answer.headers.location);
}

const textOf = (html: string) =>
  html
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll('&#34;', '"')
    .replaceAll(/\s+/g, ' ');
const outcomesOf = (address: string) =>
  rowsOf<{ row: number; outcome: string; result: string | null; problems: string }>(
    `SELECT row_number AS row, outcome, result, details->>'problems' AS problems FROM import_rows WHERE batch_id = $1 ORDER BY id`,
    [Number(address.split('/')[2])],
  );

test.each(Object.keys(hostileFiles))(
  '%s gets one sentence and leaves nothing',
  async (name) => {
    const { kelurahan, browser } = await makeScene();
    const bytes = hostileFiles[name]?.() ?? Buffer.alloc(0);
    const started = Date.now();
    const answer = await browser.upload('/impor', { name: 'pengurus.xlsx', bytes });
    expect(Date.now() - started).toBeLessThan(12_000);
    expect(answer.status, answer.text.slice(0, 400)).toBe(422);
    expect(answer.text.match(/id="file-error"/g)).toHaveLength(1);
    expect((await browser.get('/impor')).status).toBe(200);
    expect(
      await rowsOf('SELECT FROM import_batches WHERE kelurahan_id = $1', [kelurahan.id]),
    ).toEqual([]);
  },
  40_000,
);

test('no file, a file of more than 5 MB and another kind of file are told so at the field', async () => {
  const { browser } = await makeScene();
  const none = await browser.post('/impor');
  expect(none.status).toBe(422);
  expect(none.text).toContain('Pilih berkas Excel (.xlsx) yang akan diunggah');
  const big = await browser.upload('/impor', {
    name: 'a.xlsx',
    bytes: Buffer.alloc(6 * 1024 * 1024),
  });
  expect(big.status).toBe(422);
  expect(big.text).toContain('Berkas paling besar 5 MB. Berkas Anda 6 MB');
  for (const [name, sentence] of [
    ['a.xls', 'Berkas harus Excel (.xlsx)'],
    ['a.xlsm', 'Berkas berisi makro (.xlsm)'],
  ] as const) {
    const answer = await browser.upload('/impor', {
      name,
      bytes: rosterFile([officer({ Nama: 'Budi', Jabatan: 'Ketua' })]),
    });
    expect(answer.status).toBe(422);
    expect(answer.text).toContain(sentence);
  }
});

test('a form of nested or hostile fields is refused, and so is one from another site', async () => {
  const { browser } = await makeScene();
  const file = { name: 'a.xlsx', bytes: rosterFile([]) };
  for (const field of ['a[b][c]', '__proto__[x]', 'constructor'])
    expect((await browser.upload('/impor', file, { [field]: 'x' })).status, field).toBe(400);
  const foreign = await browser.upload('/impor', file).set('Sec-Fetch-Site', 'cross-site');
  expect(foreign.status).toBe(403);
});

test('heads named __proto__ and constructor are columns like others', async () => {
  const { browser } = await makeScene();
  const file = fileOf([
    ['__proto__', 'constructor', 'Nama', 'Jabatan', 'Nama LKK', 'L/P'],
    ['x', 'y', 'Budi', 'Ketua', 'Pokmas Mawar', 'L'],
  ]);
  const page = await browser.get(await upload({ browser }, file));
  expect(page.status).toBe(200);
  expect(Reflect.get({}, 'x')).toBeUndefined();
});

test('the preview says of each row what it is, and what is wrong in which cell', async () => {
  const scene = await makeScene();
  const address = await upload(
    scene,
    rosterFile([
      officer({
        Nama: 'H. AHMAD FAUZI, S.PD',
        Jabatan: 'KETUA',
        NIK: syntheticNik(),
        'L/P': 'L',
        'No HP': 81234567890,
      }),
      officer({ Nama: 'Lilis Suryani', Jabatan: 'Sekertaris', 'L/P': 'P' }),
      officer({
        Nama: 'Maman Abdurahman',
        Jabatan: 'Bendahara',
        NIK: 3574041708909001,
        'No HP': '8.12E+10',
      }),
      officer({ Nama: 'Oman Rohman', Jabatan: 'Anggota', 'Tanggal SK': '31-2-2025' }),
    ]),
  );
  const page = await scene.browser.get(address);
  expect(page.status).toBe(200);
  const text = textOf(page.text);
  expect(text).toContain('Periksa 4 baris sebelum disimpan');
  expect(text).toContain('H. Ahmad Fauzi, S.Pd.');
  expect(text).toContain('0812-3456-7890');
  expect(text).toContain('Sel N5: Jabatan “Sekertaris” tidak dikenal. Maksud Anda “Sekretaris”?');
  expect(text).toContain(
    'Sel C6: NIK terbaca sebagai angka Excel. Ubah kolom menjadi Teks lalu isi ulang ke-16 angkanya',
  );
  expect(text).toContain(
    'Sel O6: Nomor HP terbaca sebagai angka Excel. Ubah kolom menjadi Teks lalu isi ulang',
  );
  expect(text).toContain('Sel Q7: Tanggal SK “31-2-2025” tidak ada di kalender');
  expect((await outcomesOf(address)).map(({ outcome }) => outcome)).toEqual([
    'new',
    'wrong',
    'wrong',
    'wrong',
  ]);
  const wrongOnly = textOf((await scene.browser.get(`${address}?saring=bermasalah`)).text);
  expect(wrongOnly).not.toContain('H. Ahmad Fauzi');
  expect(wrongOnly).toContain('Lilis Suryani');
});

test('nothing is written to the roster by an upload', async () => {
  const scene = await makeScene();
  await upload(scene, rosterFile([officer({ Nama: 'Budi Santoso', Jabatan: 'Ketua' })]));
  const [counts] = await rowsOf<{ rows: number }>(
    `SELECT ((SELECT count(*) FROM institutions WHERE kelurahan_id = $1) + (SELECT count(*) FROM tenures WHERE kelurahan_id = $1)
       + (SELECT count(*) FROM decrees WHERE kelurahan_id = $1))::int AS rows`,
    [scene.kelurahan.id],
  );
  expect(counts?.rows).toBe(0);
});

test('the offered word is put into every row that has the mistake', async () => {
  const scene = await makeScene();
  const address = await upload(
    scene,
    rosterFile([
      officer({ Nama: 'Lilis', Jabatan: 'Sekertaris', 'L/P': 'P' }),
      officer({ Nama: 'Maman', Jabatan: 'Sekertaris', 'Nama LKK': 'Pokmas Melati' }),
    ]),
  );
  const [row] = await rowsOf<{ id: number; version: number }>(
    `SELECT r.id, b.version FROM import_rows r JOIN import_batches b ON b.id = r.batch_id WHERE b.id = $1 ORDER BY r.id`,
    [Number(address.split('/')[2])],
  );
  const answer = await scene.browser.post(`${address}/saran`, {
    version: row?.version ?? 0,
    rowId: row?.id ?? 0,
    field: 'position',
    word: 'Sekretaris',
  });
  expect(answer.status, answer.text).toBe(303);
  await workDone();
  expect((await outcomesOf(address)).map(({ outcome }) => outcome)).toEqual(['new', 'new']);
});

test('what offices really have is understood: titles, merged cells, ticks, signatures, several sheets', async () => {
  const scene = await makeScene();
  const rows: RawCell[][] = [
    ['PEMERINTAH KOTA PROBOLINGGO'],
    ['DAFTAR PENGURUS RT DAN RW'],
    [
      'NO',
      'NAMA LENGKAP',
      'JENIS KELAMIN',
      null,
      'TEMPAT/TGL LAHIR',
      'PENDIDIKAN',
      null,
      null,
      'JABATAN',
      'LEMBAGA',
      'NOMOR & TANGGAL SK',
      'TMT',
    ],
    [null, null, 'L', 'P', null, 'SD', 'SMP', 'SMA', null, null, null, null],
    [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12],
    [
      1,
      ' SITI   AMINAH ',
      null,
      'V',
      'Probolinggo, 7 Agustus 1975',
      null,
      null,
      '√',
      'KETUA RT',
      'RT 01 / RW 05',
      '188.45/3/2025 tanggal 7 Mei 2025',
      45784,
    ],
    [
      2,
      'Budi',
      'x',
      null,
      'Malang, 1-2-1970',
      null,
      'v',
      null,
      'SEKRETARIS RT',
      null,
      '188.45/3/2025 tanggal 7 Mei 2025',
      45784,
    ],
    [],
    [null, null, null, null, null, null, null, null, 'Probolinggo, 1 Juni 2025'],
    [null, null, null, null, null, null, null, null, 'LURAH KEBONSARI WETAN'],
    [null, null, null, null, null, null, null, null, 'Hj. Sri Wahyuni, S.Sos.'],
  ];
  const merges = `<mergeCells><mergeCell ref="A1:L1"/><mergeCell ref="C3:D3"/><mergeCell ref="F3:H3"/><mergeCell ref="A3:A4"/><mergeCell ref="B3:B4"/><mergeCell ref="J6:J7"/><mergeCell ref="E3:E4"/><mergeCell ref="I3:I4"/><mergeCell ref="J3:J4"/><mergeCell ref="K3:K4"/><mergeCell ref="L3:L4"/></mergeCells>`;
  const other = sheetXml([
    ['Nama', 'Jabatan', 'Nama LKK', 'JK', 'No SK', 'Tgl SK', 'Mulai'],
    ['Rahmat', 'Ketua', 'RW 005', 'Laki-laki', 'SK/1', '7/5/2025', '2025-05-07'],
  ]);
  const address = await upload(
    scene,
    zipOf(
      workbookParts({
        RT: sheetXml(rows, merges),
        RW: other,
        Catatan: sheetXml([['hanya catatan']]),
      }),
    ),
  );
  const details = await rowsOf<{
    details: {
      name: string;
      institution: string;
      problems: unknown[];
      plan: {
        facts: Record<string, unknown>;
        startOn: string;
        decreeNumber: string;
        decreedOn: string;
      };
    };
    outcome: string;
  }>(`SELECT details, outcome FROM import_rows WHERE batch_id = $1 ORDER BY id`, [
    Number(address.split('/')[2]),
  ]);
  expect(
    details.map(({ details: { name, institution }, outcome }) => [name, institution, outcome]),
    JSON.stringify(details),
  ).toEqual([
    ['Siti Aminah', 'RT 001/RW 005', 'new'],
    ['Budi', 'RT 001/RW 005', 'new'],
    ['Rahmat', 'RW 005', 'new'],
  ]);
  expect(details[0]?.details.plan).toMatchObject({
    startOn: '2025-05-07',
    decreeNumber: '188.45/3/2025',
    decreedOn: '2025-05-07',
    facts: { sex: 'female', educationLevel: 5, birthPlace: 'Probolinggo', birthDate: '1975-08-07' },
  });
  expect(details[1]?.details.plan.facts).toMatchObject({
    sex: 'male',
    educationLevel: 4,
    birthDate: '1970-02-01',
  });
});

test('unknown heads are asked for, and remembered for the next file of the office', async () => {
  const scene = await makeScene();
  await makeInstitution({ kelurahanId: scene.kelurahan.id, name: 'Pokmas Mawar' });
  const file = () =>
    fileOf([
      ['No. Anggota', 'Nama', 'Kelamin', 'Posisi', 'Tempat'],
      ['A1', 'Budi', 'L', 'Ketua', 'Pokmas Mawar'],
    ]);
  const address = await upload(scene, file());
  expect(address).toMatch(/\/kolom$/);
  const page = await scene.browser.get(address);
  expect(page.text).toContain('Kolom D: Posisi');
  const twice = await scene.browser.post(address, { version: 1, column1: 'name', column3: 'name' });
  expect(twice.status).toBe(422);
  expect(twice.text).toContain('Dua kolom dipilih sebagai Nama lengkap');
  const answer = await scene.browser.post(address, {
    version: 1,
    column0: 'ignore',
    column1: 'name',
    column2: 'sex',
    column3: 'position',
    column4: 'institution',
  });
  expect(answer.status, answer.text).toBe(303);
  await workDone();
  expect(await upload(scene, file())).not.toMatch(/\/kolom$/);
});

test('the template of each type is a file that can be imported once it is filled', async () => {
  const scene = await makeScene();
  const answer = await scene.browser.get('/impor/templat.xlsx?jenis=RT').buffer(true).parse(binary);
  expect(answer.status).toBe(200);
  const rows = readWorkbook(answer.body as Buffer);
  expect(rows.some((row) => JSON.stringify(row) === JSON.stringify(head))).toBe(true);
  expect((await scene.browser.get('/impor/templat.xlsx?jenis=NONE')).status).toBe(404);
  const empty = await scene.browser.upload('/impor', {
    name: 't.xlsx',
    bytes: answer.body as Buffer,
  });
  expect(empty.status).toBe(422);
});

test('no NIK of a file stands in the database in the clear, whatever column it is in', async () => {
  const scene = await makeScene();
  const [nik, misplaced] = [syntheticNik(), syntheticNik()];
  await upload(
    scene,
    rosterFile([
      officer({ Nama: 'Budi', Jabatan: 'Ketua', NIK: nik }),
      officer({
        Nama: misplaced,
        Jabatan: misplaced,
        Alamat: misplaced,
        'No SK': misplaced,
        Pendidikan: misplaced,
        'Nama LKK': misplaced,
      }),
    ]),
  );
  const tables = await rowsOf<{ name: string }>(
    `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables WHERE schemaname IN ('public', 'audit')`,
  );
  for (const secret of [nik, misplaced])
    for (const { name } of tables)
      expect(
        await rowsOf(
          `SELECT FROM ${name} t WHERE t::text LIKE '%' || $1 || '%' OR t::text LIKE '%' || encode($2, 'hex') || '%'`,
          [secret, Buffer.from(secret)],
        ),
        name,
      ).toEqual([]);
});

test('the same file again finds nothing to change, and a changed phone is a change', async () => {
  const scene = await makeScene();
  const institution = await makeInstitution({
    kelurahanId: scene.kelurahan.id,
    name: 'Pokmas Sinar Mulia',
  });
  const nik = syntheticNik();
  const person = await makePerson({
    name: 'Budi Santoso',
    nik,
    sex: 'male',
    birthDate: '1980-08-17',
    phone: '+6281234567890',
  });
  await makeTenure({
    institutionId: institution.id,
    seatId: (await seatOf(institution.id)).id,
    personId: person.id,
  });
  const line = {
    ...officer({ Nama: 'BUDI SANTOSO', Jabatan: 'Ketua', NIK: nik, 'No HP': '0812-3456-7890' }),
    Pendidikan: null,
    'No SK': null,
    Selesai: null,
  };
  expect(
    (await outcomesOf(await upload(scene, rosterFile([line])))).map(({ outcome }) => outcome),
  ).toEqual(['same']);
  const changed = await upload(scene, rosterFile([{ ...line, 'No HP': '0813-1111-2222' }]));
  expect((await outcomesOf(changed)).map(({ outcome }) => outcome)).toEqual(['changed']);
  expect(textOf((await scene.browser.get(changed)).text)).toContain(
    'Nomor HP: 0812-3456-7890 menjadi 0813-1111-2222',
  );
});

const asTests: <Result>(work: Parameters<typeof asActor<Result>>[1]) => Promise<Result> = (work) =>
  asActor(systemActor('tests'), work);

const versionOf = async (address: string) =>
  (
    await rowsOf<{ version: number }>('SELECT version FROM import_batches WHERE id = $1', [
      Number(address.split('/')[2]),
    ])
  )[0]?.version ?? 0;

async function apply({ browser }: Pick<Scene, 'browser'>, address: string) {
  const answer = await browser.post(`${address}/penerapan`, { version: await versionOf(address) });
  expect(answer.status, answer.text).toBe(303);
  await workDone();
}

async function approve({ lurah }: Scene, address: string) {
  const browser = await as(lurah);
  expect((await browser.get(`${address}/persetujuan`)).status).toBe(200);
  const answer = await browser.post(`${address}/persetujuan`, {
    version: await versionOf(address),
  });
  expect(answer.status, answer.text).toBe(303);
  await workDone();
}

const tenuresIn = (kelurahanId: number) =>
  rowsOf<{ name: string; position: string; number: string; start: string; end: string }>(
    `SELECT q.name, i.name || ' ' || COALESCE(s.label, p.name) AS position, d.number, t.start_on::text AS start, t.planned_end_on::text AS end
     FROM tenures t JOIN people q ON q.id = t.person_id JOIN institutions i ON i.id = t.institution_id JOIN seats s ON s.id = t.seat_id
     JOIN position_types p ON p.id = t.position_type_id JOIN decrees d ON d.id = t.appointing_decree_id
     WHERE t.kelurahan_id = $1 AND t.voided_at IS NULL ORDER BY t.id`,
    [kelurahanId],
  );

const firstRosters = () => [
  officer({
    Nama: 'Budi Santoso',
    Jabatan: 'Ketua',
    NIK: syntheticNik(),
    'No HP': '0812-3456-7890',
  }),
  officer({ Nama: 'Lilis Suryani', Jabatan: 'Sekretaris', NIK: syntheticNik(), 'L/P': 'P' }),
  officer({
    Nama: 'Rahmat',
    Jabatan: 'Ketua',
    NIK: syntheticNik(),
    'Jenis LKK': 'RW',
    'Nama LKK': 'RW 05',
  }),
  officer({
    Nama: 'Karim',
    Jabatan: 'Seksi Keamanan',
    NIK: syntheticNik(),
    'Jenis LKK': 'RT',
    'Nama LKK': 'RT 1 RW 5',
  }),
  officer({ Nama: 'Salah', Jabatan: 'Sekertaris', 'Jenis LKK': 'RT', 'Nama LKK': 'RT 1 RW 5' }),
];

test('first rosters are seated by one decision of the lurah, and the same file then changes nothing', async () => {
  const scene = await makeScene();
  const file = rosterFile(firstRosters());
  const address = await upload(scene, file);
  await apply(scene, address);
  expect(await tenuresIn(scene.kelurahan.id)).toEqual([]);
  expect(
    (await scene.browser.post(`${address}/persetujuan`, { version: await versionOf(address) }))
      .status,
  ).toBe(403);
  await approve(scene, address);
  expect(await tenuresIn(scene.kelurahan.id), JSON.stringify(await outcomesOf(address))).toEqual([
    {
      name: 'Budi Santoso',
      position: 'Pokmas Sinar Mulia Ketua',
      number: '188.45/7/425.504/2025',
      start: '2025-05-07',
      end: '2030-05-07',
    },
    {
      name: 'Lilis Suryani',
      position: 'Pokmas Sinar Mulia Sekretaris',
      number: '188.45/7/425.504/2025',
      start: '2025-05-07',
      end: '2030-05-07',
    },
    {
      name: 'Rahmat',
      position: 'RW 005 Ketua RW',
      number: '188.45/7/425.504/2025',
      start: '2025-05-07',
      end: '2030-05-07',
    },
    {
      name: 'Karim',
      position: 'RT 001/RW 005 Seksi Keamanan',
      number: '188.45/7/425.504/2025',
      start: '2025-05-07',
      end: '2030-05-07',
    },
  ]);
  const page = textOf((await scene.browser.get(address)).text);
  expect(page).toContain('Tersimpan');
  const again = await upload(scene, file);
  expect((await outcomesOf(again)).map(({ outcome }) => outcome)).toEqual([
    'same',
    'same',
    'same',
    'same',
    'wrong',
  ]);
});

test('a phone changes at once, another officer becomes a proposal for the lurah', async () => {
  const scene = await makeScene();
  const [chair, secretary, ...others] = firstRosters();
  const address = await upload(scene, rosterFile([chair ?? {}, secretary ?? {}, ...others]));
  await apply(scene, address);
  await approve(scene, address);

  const second = await upload(
    scene,
    rosterFile([
      { ...chair, 'No HP': '0813-1111-2222' },
      officer({
        Nama: 'Dewi Anggraini',
        Jabatan: 'Sekretaris',
        NIK: syntheticNik(),
        'L/P': 'P',
        Mulai: '1-6-2026',
      }),
      officer({ Nama: 'Eko', Jabatan: 'Bendahara', NIK: syntheticNik(), Mulai: '1-6-2026' }),
    ]),
  );
  expect((await outcomesOf(second)).map(({ outcome }) => outcome)).toEqual([
    'changed',
    'changed',
    'new',
  ]);
  await apply(scene, second);
  expect(
    (await outcomesOf(second)).map(({ result }) => result),
    JSON.stringify(await outcomesOf(second)),
  ).toEqual(['done', 'proposed', 'proposed']);
  const [person] = await rowsOf<{ phone: string }>(
    `SELECT phone FROM people WHERE name = 'Budi Santoso' AND $1 = ANY (kelurahan_ids)`,
    [scene.kelurahan.id],
  );
  expect(person?.phone).toBe('+6281311112222');
  const [change] = await rowsOf<{ id: number; status: string; version: number }>(
    `SELECT id, status, version FROM roster_changes WHERE kelurahan_id = $1`,
    [scene.kelurahan.id],
  );
  expect(change?.status).toBe('submitted');

  const lurah = await as(scene.lurah);
  expect(textOf((await lurah.get('/usulan')).text)).toContain('dan 1 jabatan lain');
  const answer = await lurah.post(`/usulan/${change?.id}/persetujuan`, {
    version: change?.version ?? 0,
    decreeNumber: '188.45/9',
    ...dateBoxes('decreedOn', today()),
  });
  expect(answer.status, textOf(answer.text)).toBe(303);
  const seated = await rowsOf<{ name: string }>(
    `SELECT q.name FROM tenures t JOIN people q ON q.id = t.person_id WHERE t.kelurahan_id = $1 AND t.ended_on IS NULL ORDER BY t.id`,
    [scene.kelurahan.id],
  );
  expect(seated.map(({ name }) => name)).toEqual([
    'Budi Santoso',
    'Rahmat',
    'Karim',
    'Dewi Anggraini',
    'Eko',
  ]);
});

test('the lurah may refuse, with a reason that the maker reads', async () => {
  const scene = await makeScene();
  const address = await upload(scene, rosterFile(firstRosters()));
  await apply(scene, address);
  const lurah = await as(scene.lurah);
  const empty = await lurah.post(`${address}/penolakan`, {
    version: await versionOf(address),
    note: '',
  });
  expect(empty.status).toBe(422);
  const answer = await lurah.post(`${address}/penolakan`, {
    version: await versionOf(address),
    note: 'SK belum ditandatangani',
  });
  expect(answer.status).toBe(303);
  expect(textOf((await scene.browser.get(address)).text)).toContain('SK belum ditandatangani');
  expect(await tenuresIn(scene.kelurahan.id)).toEqual([]);
});

test('who is not the lurah of somebody else cannot decide, in the database either', async () => {
  const scene = await makeScene();
  const address = await upload(scene, rosterFile(firstRosters()));
  await apply(scene, address);
  const id = Number(address.split('/')[2]);
  const decision = (decidedBy: number) =>
    asTests((tx) =>
      tx.importDecision.create({
        data: {
          batchId: id,
          kelurahanId: scene.kelurahan.id,
          makerId: scene.staff.id,
          decidedBy,
          decidedByName: 'x',
          outcome: 'approved',
        },
      }),
    );
  await expect(decision(scene.staff.id)).rejects.toThrow('import_decisions_maker_is_not_checker');
  await expect(
    asTests((tx) => tx.importBatch.update({ where: { id }, data: { decision: 'approved' } })),
  ).rejects.toThrow('import_batches_step');
});

test('the same press twice applies once', async () => {
  const scene = await makeScene();
  const address = await upload(scene, rosterFile(firstRosters()));
  const fields = { key: randomUUID(), version: await versionOf(address) };
  const answers = await Promise.all(
    [1, 2, 3].map(() => scene.browser.post(`${address}/penerapan`, fields)),
  );
  for (const { status } of answers) expect(status).toBe(303);
  await workDone();
  const late = await scene.browser.post(`${address}/penerapan`, {
    version: await versionOf(address),
  });
  expect(late.status).toBe(409);
});

test('a row whose person another row names for another office says so, and the others are seated', async () => {
  const scene = await makeScene();
  const nik = syntheticNik();
  const address = await upload(
    scene,
    rosterFile([
      officer({ Nama: 'Budi', Jabatan: 'Ketua', NIK: nik, 'Jenis LKK': 'RW', 'Nama LKK': 'RW 01' }),
      officer({ Nama: 'Budi', Jabatan: 'Ketua', NIK: nik, 'Jenis LKK': 'RW', 'Nama LKK': 'RW 02' }),
      officer({
        Nama: 'Umar',
        Jabatan: 'Sekretaris',
        NIK: syntheticNik(),
        'Jenis LKK': 'RW',
        'Nama LKK': 'RW 02',
      }),
    ]),
  );
  await apply(scene, address);
  await approve(scene, address);
  expect(
    (await tenuresIn(scene.kelurahan.id)).map(({ name, position }) => `${name} ${position}`),
  ).toEqual(['Budi RW 001 Ketua RW', 'Umar RW 002 Sekretaris RW']);
  const rows = await outcomesOf(address);
  expect(rows.map(({ outcome }) => outcome)).toEqual(['new', 'wrong', 'new']);
  expect(rows[1]?.problems).toContain('Larangan rangkap jabatan');
});

test('whoever serves in two institutions of one file is one person, seated in both', async () => {
  const scene = await makeScene();
  const of = (institution: string, position: string) =>
    ({ Jabatan: position, 'Jenis LKK': 'Pokmas', 'Nama LKK': institution }) as const;
  const [one, two] = [syntheticNik(), syntheticNik()];
  const address = await upload(
    scene,
    rosterFile([
      officer({ ...of('Pokmas Melati', 'Ketua'), Nama: 'Sri Rahayu', NIK: one }),
      officer({ ...of('Pokmas Mawar', 'Sekretaris'), Nama: 'Sri Rahayu', NIK: one }),
      officer({ ...of('Pokmas Mawar', 'Ketua'), Nama: 'Umar Said', NIK: two }),
    ]),
  );
  await apply(scene, address);
  await approve(scene, address);
  expect(
    (await tenuresIn(scene.kelurahan.id)).map(({ name, position }) => `${name} ${position}`),
  ).toEqual([
    'Sri Rahayu Pokmas Melati Ketua',
    'Sri Rahayu Pokmas Mawar Sekretaris',
    'Umar Said Pokmas Mawar Ketua',
  ]);
  const people = await rowsOf<{ made: boolean[]; offices: number; seen: number }>(
    `SELECT array_agg(r.person_made ORDER BY r.id) AS made, count(*)::int AS offices,
       max(cardinality(p.institution_ids)) AS seen
     FROM import_rows r JOIN people p ON p.id = r.person_id WHERE r.kelurahan_id = $1 GROUP BY p.id ORDER BY p.id`,
    [scene.kelurahan.id],
  );
  expect(people).toEqual([
    { made: [true, false], offices: 2, seen: 2 },
    { made: [true], offices: 1, seen: 1 },
  ]);
});

/** Everything about the roster of a kelurahan that an import may touch, without versions and times. */
const digestOf = (kelurahanId: number) =>
  rowsOf(
    `SELECT 'tenure' AS what, t.id::text, t.person_id::text AS more FROM tenures t WHERE kelurahan_id = $1
     UNION ALL SELECT 'board', id::text, starts_on::text FROM boards WHERE kelurahan_id = $1
     UNION ALL SELECT 'person', id::text, concat_ws('|', name, phone, address, birth_date, encode(nik_index, 'hex')) FROM people WHERE $1 = ANY (kelurahan_ids)
     UNION ALL SELECT 'proposal', id::text, status FROM roster_changes WHERE kelurahan_id = $1 AND status <> 'cancelled'
     ORDER BY 1, 2`,
    [kelurahanId],
  );

async function withdraw({ browser }: Pick<Scene, 'browser'>, address: string) {
  expect((await browser.get(`${address}/penarikan`)).status).toBe(200);
  const answer = await browser.post(`${address}/penarikan`, { version: await versionOf(address) });
  expect(answer.status, answer.text).toBe(303);
  await workDone();
  return String(answer.headers.location);
}

test('a withdrawn import leaves people, offices and proposals as they were', async () => {
  const scene = await makeScene();
  const lines = firstRosters();
  const empty = await digestOf(scene.kelurahan.id);
  const first = await upload(scene, rosterFile(lines));
  await apply(scene, first);
  await approve(scene, first);
  const seated = await digestOf(scene.kelurahan.id);
  expect(seated.length).toBeGreaterThan(empty.length);

  const second = await upload(
    scene,
    rosterFile([
      { ...lines[0], 'No HP': '0813-1111-2222', Alamat: 'Jl. Baru 1' },
      officer({ Nama: 'Dewi', Jabatan: 'Bendahara', NIK: syntheticNik(), 'L/P': 'P' }),
    ]),
  );
  await apply(scene, second);
  expect(await digestOf(scene.kelurahan.id)).not.toEqual(seated);
  await withdraw(scene, second);
  expect(await digestOf(scene.kelurahan.id)).toEqual(seated);
  expect(textOf((await scene.browser.get(second)).text)).toContain('Ditarik');

  // The first import's rows have the version they left; what the second put back counts as an edit of one of them.
  const blocked = await scene.browser.get(`${first}/penarikan`);
  expect(textOf(blocked.text)).toContain('Data orangnya sudah diubah sesudah impor');
});

test('a first roster is withdrawn whole and can be imported again; an edited row is named and keeps it', async () => {
  const scene = await makeScene();
  const lines = firstRosters();
  const first = await upload(scene, rosterFile(lines));
  const empty = await digestOf(scene.kelurahan.id);
  await apply(scene, first);
  await approve(scene, first);
  await withdraw(scene, first);
  expect(await digestOf(scene.kelurahan.id)).toEqual(empty);

  const again = await upload(scene, rosterFile(lines));
  expect((await outcomesOf(again)).map(({ outcome }) => outcome)).toEqual([
    'new',
    'new',
    'new',
    'new',
    'wrong',
  ]);
  await apply(scene, again);
  await approve(scene, again);
  const seated = await digestOf(scene.kelurahan.id);
  await asTests((tx) =>
    tx.person.updateMany({
      where: { name: 'Rahmat', kelurahanIds: { has: scene.kelurahan.id } },
      data: { version: { increment: 1 } },
    }),
  );
  expect(await withdraw(scene, again)).toMatch(/penarikan$/);
  expect(await digestOf(scene.kelurahan.id)).toEqual(seated);
  const page = textOf((await scene.browser.get(`${again}/penarikan`)).text);
  expect(page).toContain('Impor ini tidak dapat ditarik lagi');
  expect(page).toContain('Baris 6: Rahmat, Ketua RW 005');
});

test('the workbook of remarks has a last column, and can be uploaded again', async () => {
  const scene = await makeScene();
  const address = await upload(scene, rosterFile(firstRosters()));
  const answer = await scene.browser.get(`${address}/catatan.xlsx`).buffer(true).parse(binary);
  expect(answer.status).toBe(200);
  const rows = readWorkbook(answer.body as Buffer);
  const at = rows.findIndex((row) => row.includes('Nama'));
  expect(rows[at]).toEqual([...head, 'Catatan']);
  expect(rows[at + 5]?.at(-1)).toMatch(/Jabatan .*Sekertaris.* tidak dikenal/);
  const again = await upload(scene, answer.body as Buffer);
  expect((await outcomesOf(again)).map(({ outcome }) => outcome)).toEqual(
    (await outcomesOf(address)).map(({ outcome }) => outcome),
  );
});

test('the lurah of another kelurahan and a foreign staff do not find the import', async () => {
  const scene = await makeScene();
  const other = await makeScene();
  const address = await upload(scene, rosterFile(firstRosters()));
  for (const path of ['', '/kolom', '/penarikan', '/catatan.xlsx'])
    expect((await other.browser.get(address + path)).status, path).toBe(404);
});
