import { beforeAll, expect, test } from 'vitest';
import { systemActor } from '#src/access.ts';
import { loadCity } from '#src/city.ts';
import { loadDemoCity } from '#src/commands/demo.ts';
import { asActor, type Transaction } from '#src/database.ts';
import { addDays, today } from '#src/format.ts';
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
import { binary, sheetsIn, tableIn } from '../support/workbook.ts';

const kanigaran = '35.74.04';
const inCity = <Result>(work: (tx: Transaction) => Promise<Result>) =>
  asActor(systemActor('tests'), work);

beforeAll(async () => {
  await loadDemoCity();
  await loadCity();
});

test('a kelurahan is counted by type: officers, women, decrees and vacant chairs', async () => {
  const { kelurahan, lurah } = await knownKelurahan();
  const page = await (await as(lurah)).get('/laporan');

  expect(page.status).toBe(200);
  expect(page.text).toContain(`Kelurahan ${kelurahan.name}`);
  expect(rowsOf(page.text)).toEqual(
    [
      ['Pokmas', 3, 3, 2, 1, 2, 1, 0, 1, 1],
      ['Posyandu', 1, 0, 0, 0, 0, 0, 1, 0, 1],
      ['Jumlah', 4, 3, 2, 1, 2, 1, 1, 1, 2],
    ].toSorted(byTypeOrder),
  );
});

test('every figure of a kelurahan leads to a list with as many rows', async () => {
  const { lurah } = await knownKelurahan();
  await expectRecounts(await as(lurah), '/laporan');
});

test('every figure of the recap of Kanigaran and of its kelurahan leads to a list with as many rows', async () => {
  const camat = await as(await accountNamed('camat.kanigaran'));
  await expectRecounts(camat, '/laporan');
  await expectRecounts(camat, '/laporan?kelurahan=35.74.04.1004');
}, 120_000);

test('every figure of the city leads to a list with as many rows', async () => {
  await expectRecounts(await as(await accountNamed('admin')), '/laporan');
}, 120_000);

test('the recap of Kanigaran equals a count of the rows themselves', async () => {
  const page = await (await as(await accountNamed('camat.kanigaran'))).get('/laporan');
  const [counted] = await inCity(
    (tx) => tx.$queryRaw<Record<string, number>[]>`
      WITH i AS (
        SELECT i.* FROM institutions i JOIN kelurahan k ON k.id = i.kelurahan_id JOIN kecamatan c ON c.id = k.kecamatan_id
        WHERE c.code = ${kanigaran} AND i.status NOT IN ('dissolved', 'merged')
      ), ends AS (
        SELECT i.id, (SELECT max(COALESCE(b.ends_on, 'infinity')) FROM boards b WHERE b.institution_id = i.id) AS term_end FROM i
      ), office AS (
        SELECT t.*, p.sex FROM tenures t JOIN i ON i.id = t.institution_id JOIN people p ON p.id = t.person_id
        WHERE t.voided_at IS NULL AND t.valid @> ${today()}::date
      )
      SELECT (SELECT count(*)::int FROM i) AS institutions, (SELECT count(*)::int FROM office) AS officers,
        (SELECT count(*)::int FROM office WHERE sex = 'female') AS women,
        (SELECT count(*)::int FROM ends WHERE term_end > ${today()}::date) AS valid,
        (SELECT count(*)::int FROM ends WHERE term_end > ${today()}::date AND term_end <= ${addDays(today(), 90)}::date) AS ending,
        (SELECT count(*)::int FROM ends WHERE term_end <= ${today()}::date) AS ended,
        (SELECT count(*)::int FROM ends WHERE term_end IS NULL) AS without_decree,
        (SELECT count(*)::int FROM i WHERE NOT EXISTS (SELECT FROM office o JOIN position_types p
          ON p.id = o.position_type_id AND p.is_chair WHERE o.institution_id = i.id)) AS vacant_chairs`,
  );
  const total = rowsOf(page.text).find(([name]) => name === 'Jumlah');
  const { officers = 0, women = 0, ...rest } = counted ?? {};
  expect(total).toEqual([
    'Jumlah',
    rest.institutions,
    officers,
    women,
    officers - women,
    rest.valid,
    rest.ending,
    rest.ended,
    rest.without_decree,
    rest.vacant_chairs,
  ]);
  expect(rest.institutions).toBe(390);
  expect(page.text.indexOf('Perlu perhatian')).toBeGreaterThan(0);
});

test('one type narrows the recap and its links', async () => {
  const camat = await as(await accountNamed('camat.kanigaran'));
  const page = await camat.get('/laporan?jenis=POKMAS');
  expect(rowsOf(page.text).at(-1)?.[1]).toBe(15);
  await expectRecounts(camat, '/laporan?jenis=POKMAS');
}, 60_000);

test('each account sees the recap of its own place and no other', async () => {
  const camat = await as(await accountNamed('camat.kanigaran'));
  const lurah = await as(await accountNamed('lurah.kebonsariwetan'));
  const chair = await as(await accountNamed('ketua.sinarmulia'));
  const elsewhere = await makeKelurahan();

  expect((await camat.get('/laporan?kecamatan=35.74.04')).status).toBe(200);
  expect((await camat.get('/laporan?kecamatan=35.74.01')).status).toBe(404);
  expect((await camat.get(`/laporan?kelurahan=${elsewhere.code}`)).status).toBe(404);
  expect((await camat.get('/laporan.xlsx?kecamatan=35.74.01')).status).toBe(404);
  expect((await lurah.get('/laporan')).text).toContain('Kelurahan Kebonsari Wetan');
  expect((await lurah.get('/laporan?kelurahan=35.74.04.1004')).status).toBe(200);
  expect((await lurah.get('/laporan?kelurahan=35.74.04.1002')).status).toBe(404);
  expect((await lurah.get('/laporan?kecamatan=35.74.04')).status).toBe(404);
  expect((await lurah.get('/laporan')).text).not.toContain('Sukoharjo');
  expect((await chair.get('/laporan')).status).toBe(403);
});

test('an account of the whole city chooses a kecamatan and from there a kelurahan', async () => {
  const auditor = await as(await accountNamed('auditor'));
  const city = await auditor.get('/laporan');
  expect(city.text).toContain('href="/laporan?kecamatan=35.74.04"');
  const kecamatan = await auditor.get('/laporan?kecamatan=35.74.04');
  expect(kecamatan.text).toContain('href="/laporan?kelurahan=35.74.04.1004"');
  const moved = await auditor.get('/laporan?kecamatan=35.74.01&kelurahan=35.74.04.1004');
  expect(moved.text).toContain('Kecamatan Kademangan · keadaan');
});

test('a place without institutions says so instead of showing zeros', async () => {
  const kecamatan = await makeKecamatan();
  const camat = await as(await makeAccount('kecamatan', { kecamatanId: kecamatan.id }));
  const page = await camat.get('/laporan');
  expect(page.status).toBe(200);
  expect(page.text).toContain(`Belum ada lembaga tercatat di Kecamatan ${kecamatan.name}.`);
  const filtered = await (
    await as(await accountNamed('camat.kanigaran'))
  ).get('/laporan?jenis=KIM');
  expect(filtered.text).toContain('Tidak ada lembaga jenis ini');
});

const sheetNames = [
  'Rekap',
  'Ketua kosong',
  'Rangkap jabatan',
  'SK segera habis',
  'Rekap per jenis',
];
const figureHeads =
  'Jml RW|Jml RT|Pengurus RT|Pengurus RW|LPM|PKK|Karang Taruna|Posyandu|Kader|Pokmas|LKL|L|P|Jumlah|SK berlaku|SK habis ≤ 90 hari|SK habis'.split(
    '|',
  );

test('the workbook of the camat holds the columns of domain.md 5.4 for each kelurahan and their sum', async () => {
  const camat = await as(await accountNamed('camat.kanigaran'));
  const file = await camat.get('/laporan.xlsx').buffer(true).parse(binary);
  expect(file.headers['content-disposition']).toContain(`rekap-lembaga-${today()}.xlsx`);
  expect([...sheetsIn(file.body).keys()]).toEqual(sheetNames);
  const lines = linesIn(file.body, 'Rekap');
  expect(Object.keys(lines[0] ?? {})).toEqual([
    'No',
    'Kelurahan',
    ...figureHeads,
    'Data diperbarui',
  ]);
  expect(lines.map(({ Kelurahan }) => Kelurahan)).toHaveLength(7);
  expect(lines.at(-1)?.Kelurahan).toBe('Jumlah');
  for (const head of figureHeads) {
    const sum = lines.slice(0, -1).reduce((total, line) => total + Number(line[head]), 0);
    expect(lines.at(-1)?.[head], head).toBe(sum);
  }
  for (const line of lines) {
    const ofTypes = figureHeads.slice(2, 11).reduce((sum, head) => sum + Number(line[head]), 0);
    expect([ofTypes, Number(line.L) + Number(line.P)]).toEqual([line.Jumlah, line.Jumlah]);
    expect(line['Data diperbarui']).toMatch(/^\d\d-\d\d-\d{4}$/);
  }
  const again = await camat.get('/laporan.xlsx').buffer(true).parse(binary);
  expect(again.body.equals(file.body)).toBe(true);
});

test.each([
  ['camat.kanigaran', '', ''],
  ['camat.kanigaran', '?jenis=POSYANDU', '&jenis=POSYANDU'],
  ['camat.kanigaran', '?kelurahan=35.74.04.1004', '&kelurahan=35.74.04.1004'],
  ['admin', '?kecamatan=35.74.04', '&kecamatan=35.74.04'],
  ['lurah.kebonsariwetan', '', ''],
])(
  'the sum of the workbook of %s%s equals the lists filtered the same way',
  async (username, query, narrowing) => {
    const browser = await as(await accountNamed(username));
    const file = await browser.get(`/laporan.xlsx${query}`).buffer(true).parse(binary);
    const total = linesIn(file.body, 'Rekap').at(-1) ?? {};
    const listed = async (url: string) => countIn((await browser.get(url + narrowing)).text);
    const only = /jenis=(\w+)/.exec(narrowing)?.[1];
    const ofType = async (list: string, type: string) => {
      if (only === undefined) return listed(`${list}?jenis=${type}`);
      return only === type ? listed(`${list}?`) : 0;
    };

    expect(total.Jumlah).toBe(await listed('/pengurus?'));
    expect(total.L).toBe(await listed('/pengurus?jenis-kelamin=l'));
    expect(total.P).toBe(await listed('/pengurus?jenis-kelamin=p'));
    expect(total['Jml RT']).toBe(await ofType('/lembaga', 'RT'));
    expect(total['Jml RW']).toBe(await ofType('/lembaga', 'RW'));
    expect(total['Pengurus RT']).toBe(await ofType('/pengurus', 'RT'));
    expect(total.PKK).toBe(await ofType('/pengurus', 'PKK'));
    expect(Number(total.Posyandu) + Number(total.Kader)).toBe(
      await ofType('/pengurus', 'POSYANDU'),
    );
    expect(total['SK berlaku']).toBe(await listed('/lembaga?status=sk-berlaku'));
    expect(total['SK habis ≤ 90 hari']).toBe(await listed('/lembaga?status=sk-segera'));
    expect(total['SK habis']).toBe(await listed('/lembaga?status=sk-berakhir'));

    for (const [name, status] of [
      ['Ketua kosong', 'ketua-kosong'],
      ['SK segera habis', 'sk-segera'],
    ] as const)
      expect(linesIn(file.body, name), name).toHaveLength(
        Math.max(0, await listed(`/lembaga?status=${status}`)),
      );
    expect(sheetsIn(file.body).get('Rekap per jenis')?.at(-1)?.[0]).toBe('Jumlah');
  },
  60_000,
);

test('the third sheet names whoever holds two offices, as the list of standing violations does', async () => {
  const camat = await as(await accountNamed('camat.kanigaran'));
  const file = await camat.get('/laporan.xlsx').buffer(true).parse(binary);
  const lines = linesIn(file.body, 'Rangkap jabatan');
  const pages = await Promise.all(
    [1, 2, 3].map((page) =>
      camat.get(`/pengaturan/pelanggaran?aturan=concurrent_office&halaman=${page}`),
    ),
  );
  const listed = pages.flatMap(({ text }) =>
    [...text.matchAll(/href="\/orang\/\d+">([^<]+)</g)].map(([, name = '']) =>
      name.replaceAll('&#39;', "'"),
    ),
  );
  expect(lines.length).toBeGreaterThan(0);
  expect(new Set(lines.map(({ Nama }) => Nama))).toEqual(new Set(listed));
  expect(lines[0]?.['Jabatan lain']).toContain('Kelurahan ');
});

test('the last sheet keeps the lines for each kelurahan and type, whose sum is that of the page', async () => {
  const camat = await as(await accountNamed('camat.kanigaran'));
  const file = await camat.get('/laporan.xlsx').buffer(true).parse(binary);
  const rows = sheetsIn(file.body).get('Rekap per jenis') ?? [];
  const head = rows.findIndex((row) => row[0] === 'Kelurahan');
  const body = rows.slice(head + 1, -1);
  const last = rows.at(-1) ?? [];
  expect(last[0]).toBe('Jumlah');
  expect(last.slice(2, 11)).toEqual(
    last.slice(2, 11).map((_, index) => body.reduce((sum, row) => sum + Number(row[index + 2]), 0)),
  );
  expect(last.slice(2, 11)).toEqual(
    rowsOf((await camat.get('/laporan')).text)
      .find(([name]) => name === 'Jumlah')
      ?.slice(1),
  );
});

test('the workbook of the city says of which kecamatan each kelurahan is', async () => {
  const admin = await as(await accountNamed('admin'));
  const file = await admin.get('/laporan.xlsx').buffer(true).parse(binary);
  const line = linesIn(file.body, 'Rekap').find(({ Kelurahan }) => Kelurahan === 'Kebonsari Wetan');
  expect(line?.Kecamatan).toBe('Kanigaran');
});

test('every workbook leaves a trace of who took it', async () => {
  const account = await accountNamed('camat.kanigaran');
  const camat = await as(account);
  const before = await exportsBy(account.id);
  await camat.get('/laporan.xlsx');
  await camat.get('/pengurus.xlsx?jenis=LPM');
  expect((await exportsBy(account.id)) - before).toBe(2);
});

test('the list of officers searches by name, knows acting officers and pages', async () => {
  const camat = await as(await accountNamed('camat.kanigaran'));
  const first = await camat.get('/pengurus?kelurahan=35.74.04.1004');
  const second = await camat.get('/pengurus?kelurahan=35.74.04.1004&halaman=2');
  const [one, two] = [first, second].map(({ text }) =>
    [...text.matchAll(/href="\/orang\/(\d+)"/g)].map(([, id]) => id),
  );
  expect(one).toHaveLength(25);
  expect(new Set([...(one ?? []), ...(two ?? [])]).size).toBe(50);
  expect((await camat.get('/pengurus?kelurahan=35.74.04.1004&halaman=9999')).text).toContain(
    'Halaman 9999 tidak ada',
  );

  const acting = await camat.get('/pengurus?kelurahan=35.74.04.1004&jenis=POKMAS');
  expect(acting.text).toContain('Plt. Ketua');
  const found = await camat.get("/pengurus?cari=ma'ruf");
  expect(found.text).toContain('Ma&#39;ruf');
  expect((await camat.get('/pengurus?cari=%25')).text).toContain('Tidak ada pengurus yang cocok');
  expect((await camat.get('/pengurus?cari=zzzz')).text).toContain('Tidak ada pengurus yang cocok');
});

test('a chair sees the officers of the own institution and no others', async () => {
  const chair = await as(await accountNamed('ketua.sinarmulia'));
  const page = await chair.get('/pengurus');
  const institutions = new Set(
    [...page.text.matchAll(/href="\/lembaga\/(\d+)"/g)].map(([, id]) => id),
  );
  expect(institutions.size).toBe(1);
});

test('the workbook of officers holds the rows of the list', async () => {
  const camat = await as(await accountNamed('camat.kanigaran'));
  const page = await camat.get('/pengurus?jenis=LPM&jenis-kelamin=p');
  const file = await camat
    .get('/pengurus.xlsx?jenis=LPM&jenis-kelamin=p')
    .buffer(true)
    .parse(binary);
  const body = tableIn(file.body);
  expect(body).toHaveLength(countIn(page.text));
  expect(new Set(body.map((row) => row['L/P']))).toEqual(new Set(['P']));
  expect(Object.keys(body[0] ?? {})).not.toContain('NIK');
  expect(Object.keys(body[0] ?? {})).not.toContain('Tanggal Lahir');
});

const long = 'a'.repeat(5000);
test.each([
  [
    '/laporan',
    'kecamatan',
    ['x', '0', '35.74', "'; DROP TABLE people; --", '<script>alert(1)</script>', long],
  ],
  ['/laporan', 'kelurahan', ['-1', '1e9', '2147483648', '%', '_', '\\']],
  ['/laporan', 'jenis', ['rt', 'TIDAK_ADA', '<b>', long]],
  ['/laporan.xlsx', 'jenis', ['TIDAK_ADA']],
  ['/pengurus', 'jenis', ['rt', 'TIDAK_ADA', '<script>']],
  ['/pengurus', 'jenis-kelamin', ['x', 'L', '1']],
  ['/pengurus', 'kelurahan', ['35.74.01.1001', '99.99.99.9999', 'abc']],
  ['/pengurus', 'halaman', ['0', '-1', '1e9', '2147483648', 'dua']],
  ['/pengurus', 'cari', ['a'.repeat(101)]],
  ['/pengurus.xlsx', 'jenis-kelamin', ['x']],
])(
  '%s refuses a %s that is not offered with a sentence and keeps it unharmed',
  async (path, name, values) => {
    const camat = await as(await accountNamed('camat.kanigaran'));
    for (const value of values) {
      const page = await camat.get(`${path}?${new URLSearchParams({ [name]: value })}`);
      expect([name, value.slice(0, 20), page.status]).toEqual([name, value.slice(0, 20), 422]);
      expect(page.text).toContain('<title>Galat: ');
      expect(page.text).toContain(`href="#filter-${name}"`);
      expect(page.text).not.toContain('<script>alert');
    }
  },
);

test.each([
  '?kelurahan=35.74.04.1004&kelurahan=35.74.04.1002',
  '?apa=1',
  '?jenis=%00',
  '?jenis=%ED%A0%80',
])('a query that no page of ours sends is refused: %s', async (query) => {
  const camat = await as(await accountNamed('camat.kanigaran'));
  for (const path of ['/laporan', '/pengurus', '/laporan.xlsx', '/pengurus.xlsx']) {
    expect([400, 422]).toContain((await camat.get(path + query)).status);
  }
});

/** Three Pokmas (one ends soon, one without a decree) and a Posyandu whose decree has ended. */
async function knownKelurahan() {
  const kelurahan = await makeKelurahan();
  const [pokmas, ending] = [
    await makeInstitution({ kelurahanId: kelurahan.id }),
    await makeInstitution({ kelurahanId: kelurahan.id }),
  ];
  await makeInstitution({ kelurahanId: kelurahan.id });
  const ended = await makeInstitution({ kelurahanId: kelurahan.id, typeCode: 'POSYANDU' });
  const dissolved = await makeInstitution({ kelurahanId: kelurahan.id, typeCode: 'POSYANDU' });

  await seated(pokmas.id, 'chair', 'female');
  await seated(pokmas.id, 'secretary', 'male');
  await seated(ending.id, 'chair', 'female', {
    plannedEndOn: addDays(today(), 90),
    kind: 'acting',
  });
  await seated(ended.id, 'chair', 'male', { plannedEndOn: today() });
  await seated(dissolved.id, 'chair', 'male');
  await inCity((tx) =>
    tx.institution.update({ where: { id: dissolved.id }, data: { status: 'dissolved' } }),
  );
  return { kelurahan, lurah: await makeAccount('lurah', { kelurahanId: kelurahan.id }) };
}

async function seated(
  institutionId: number,
  position: string,
  sex: 'male' | 'female',
  term: { plannedEndOn?: string; kind?: 'acting' } = {},
) {
  const seat = await seatOf(institutionId, position);
  const person = await makePerson({ sex });
  await makeTenure({ institutionId, seatId: seat.id, personId: person.id, ...term });
}

/** The lines of one sheet by their heads, the sum last where it has one. */
function linesIn(file: Buffer, name: string): Record<string, string | number | null>[] {
  const rows = sheetsIn(file).get(name) ?? [];
  const at = rows.findIndex((row) => row[0] === 'No');
  const heads = rows[at] ?? [];
  return rows
    .slice(at + 1)
    .map((row) => Object.fromEntries(heads.map((head, index) => [head, row[index] ?? null])));
}

const accountNamed = (username: string) =>
  inCity((tx) => tx.account.findUniqueOrThrow({ where: { username }, select: { id: true } }));

const exportsBy = async (accountId: number) => {
  const rows = await inCity(
    (tx) => tx.$queryRaw<{ count: number }[]>`
      SELECT count(*)::int AS count FROM audit.events WHERE actor_id = ${String(accountId)} AND action = 'export'`,
  );
  return rows[0]?.count ?? 0;
};

/** The first table of a recap: name and figures, the sum last. */
function rowsOf(html: string): (string | number)[][] {
  const table = /<table class="table figures broad".*?<\/table>/s.exec(html)?.[0] ?? '';
  return [...table.matchAll(/<tr role="row"><th role="rowheader".*?<\/tr>/gs)].map(([row]) => [
    /<th[^>]*>(?:<a[^>]*>)?([^<]*)/.exec(row)?.[1] ?? '',
    ...[...row.matchAll(/<td role="cell" class="number"[^>]*><a[^>]*>([^<]*)/g)].map(
      ([, text = '']) => numberIn(text),
    ),
  ]);
}

const byTypeOrder = (a: (string | number)[], b: (string | number)[]) =>
  ['Posyandu', 'Pokmas', 'Jumlah'].indexOf(String(a[0])) -
  ['Posyandu', 'Pokmas', 'Jumlah'].indexOf(String(b[0]));

/** Follows every link of every figure and compares the number with the list's own count. */
async function expectRecounts(browser: Awaited<ReturnType<typeof as>>, url: string) {
  const { text } = await browser.get(url);
  const figures = [
    ...text.matchAll(/<td role="cell" class="number"[^>]*><a href="([^"]+)">([^<]+)</g),
  ];
  expect(figures.length).toBeGreaterThan(9);
  const wrong: string[] = [];
  for (const [, href = '', shown = ''] of figures) {
    const list = await browser.get(href.replaceAll('&amp;', '&'));
    const count = list.status === 200 ? countIn(list.text) : list.status * -1;
    if (count !== numberIn(shown)) wrong.push(`${href} shows ${shown}, lists ${count}`);
  }
  expect(wrong).toEqual([]);
}

const countIn = (html: string) =>
  numberIn(/data-announce="([\d.]+) (?:lembaga|pengurus) ditemukan"/.exec(html)?.[1] ?? '-1');
const numberIn = (text: string) => Number(text.replaceAll('.', ''));
