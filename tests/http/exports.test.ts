import { beforeAll, expect, test } from 'vitest';
import { systemActor } from '#src/access.ts';
import { city } from '#src/city.ts';
import { asActor } from '#src/database.ts';
import { choices, date, prismaDate, today } from '#src/format.ts';
import { routes } from '#src/routes.ts';
import { as } from '../support/app.ts';
import { makeAccount, makeKecamatan } from '../support/fixtures.ts';
import { makeWard } from '../support/matrix.ts';
import { readPdf } from '../support/pdf.ts';
import { rowsOf } from '../support/superuser.ts';
import { binary, readWorkbook, unzip } from '../support/workbook.ts';

/** Every .xlsx of the portal keeps the same promises; a new one fails here until it has its line. */

type Ward = Awaited<ReturnType<typeof makeWard>>;
let ward: Ward;
let staff: Awaited<ReturnType<typeof as>>;
let admin: typeof staff;

const formula = '=HYPERLINK("http://x","y")';

beforeAll(async () => {
  ward = await makeWard({ kecamatanId: (await makeKecamatan()).id, canary: 'Formula' });
  await asActor(systemActor('tests'), async (tx) => {
    await tx.person.update({
      where: { id: ward.person.id },
      data: { address: formula, birthPlace: '+1+1', phone: '+6281234567890' },
    });
    await tx.institution.update({
      where: { id: ward.institution.id },
      data: { address: '@SUM(A1:A9)', phone: '+6281999888777', name: `-1+1 ${formula}` },
    });
  });
  await asActor(systemActor('tests'), async (tx) => {
    const ids = [ward.person.id, ward.otherPerson.id];
    const by = { decidedBy: ward.accounts.staff.id, decidedByName: formula };
    await tx.personDuplicate.create({
      data: { lowId: Math.min(...ids), highId: Math.max(...ids), ...by },
    });
    const days = { startsOn: prismaDate('2089-01-01'), dueOn: prismaDate('2089-02-01') };
    await tx.attestationCycle.create({ data: { name: formula, ...days } });
  });
  staff = await as(ward.accounts.staff);
  admin = await as(await makeAccount('admin'));
}, 60_000);

type Export = {
  url: string;
  by?: 'admin';
  /** The head of the table's first column, and what the filter line says. */
  first: string;
  filter: RegExp;
  count: RegExp;
};

const exports: Record<string, () => Export> = {
  '/lembaga.xlsx': () => ({
    url: '/lembaga.xlsx?jenis=POKMAS',
    first: 'Lembaga',
    filter: /Kelompok Masyarakat, Kel Formula/,
    count: /^\d+ lembaga$/,
  }),
  '/lembaga/:id/pengurus.xlsx': () => ({
    url: `/lembaga/${ward.institution.id}/pengurus.xlsx`,
    first: 'No',
    filter: /HYPERLINK/,
    count: /^\d+ baris: \d+ pengurus, \d+ jabatan kosong$/,
  }),
  '/pengurus.xlsx': () => ({
    url: '/pengurus.xlsx?jenis=POKMAS',
    first: 'No',
    filter: /Kelompok Masyarakat/,
    count: /^\d+ pengurus$/,
  }),
  '/kelengkapan.xlsx': () => ({
    url: '/kelengkapan.xlsx',
    first: 'Lembaga',
    filter: /./,
    count: /^\d+ lembaga$/,
  }),
  '/laporan.xlsx': () => ({
    url: '/laporan.xlsx',
    first: 'No',
    filter: /./,
    count: /^\d+ baris dan jumlahnya$/,
  }),
  '/laporan/pelatihan.xlsx': () => ({
    url: '/laporan/pelatihan.xlsx',
    first: 'Lembaga',
    filter: /Kelurahan Kel Formula, semua jenis/,
    count: /^\d+ baris dan jumlahnya$/,
  }),
  '/laporan/buku-e1.xlsx': () => ({
    url: '/laporan/buku-e1.xlsx',
    first: 'Nomor',
    filter: /Kelurahan Kel Formula/,
    count: /^\d+ pengurus$/,
  }),
  '/tugas/konfirmasi.xlsx': () => ({
    url: '/tugas/konfirmasi.xlsx',
    first: 'Lembaga',
    filter: /./,
    count: /^\d+ baris dan jumlahnya$/,
  }),
  '/tugas/pengurus.xlsx': () => ({
    url: '/tugas/pengurus.xlsx?jenis=POKMAS',
    first: 'Nama',
    filter: /./,
    count: /^\d+ pengurus$/,
  }),
  '/usulan.xlsx': () => ({
    url: '/usulan.xlsx?status=submitted',
    first: 'Nomor usulan',
    filter: /Menunggu persetujuan/,
    count: /^\d+ usulan$/,
  }),
  '/sk.xlsx': () => ({
    url: '/sk.xlsx?cari=tentang',
    first: 'Nomor SK',
    filter: /, semua tahun, “tentang”/,
    count: /^\d+ SK$/,
  }),
  '/pelatihan/:id/sesi/:sessionId/daftar-hadir.xlsx': () => ({
    url: `/pelatihan/${ward.training.id}/sesi/${ward.training.sessions[0]?.id}/daftar-hadir.xlsx`,
    first: 'No',
    filter: /Tugas pengurus, .*Bale Hinggil/,
    count: /^\d+ orang$/,
  }),
  '/pelatihan/:id/tes/nilai.xlsx': () => ({
    url: `/pelatihan/${ward.training.id}/tes/nilai.xlsx`,
    first: 'No',
    filter: /Semua peserta, 1 soal/,
    count: /^\d+ orang$/,
  }),
  '/pelatihan/:id/undangan.xlsx': () => ({
    url: `/pelatihan/${ward.training.id}/undangan.xlsx?jawaban=belum`,
    first: 'No',
    filter: /Belum menjawab, semua unsur/,
    count: /^\d+ undangan$/,
  }),
  '/pelatihan.xlsx': () => ({
    url: '/pelatihan.xlsx?daftar=semua&status=dijadwalkan&tahun=2026',
    first: 'Pelatihan',
    filter: /Semua, Dijadwalkan, 2026/,
    count: /^\d+ pelatihan$/,
  }),
  '/tindak-lanjut.xlsx': () => ({
    url: '/tindak-lanjut.xlsx?daftar=terlambat&pemilik=kelurahan',
    first: 'Tindak lanjut',
    filter: /Terlambat, Kelurahan/,
    count: /^\d+ tindak lanjut$/,
  }),
  '/pengguna.xlsx': () => ({
    url: '/pengguna.xlsx?peran=lurah',
    by: 'admin',
    first: 'Nama',
    filter: /Lurah, semua status/,
    count: /^\d+ pengguna$/,
  }),
  '/pengaturan/pelanggaran.xlsx': () => ({
    url: '/pengaturan/pelanggaran.xlsx?jenis=POKMAS',
    first: 'Nama',
    filter: /Kelurahan Kel Formula, Kelompok Masyarakat.*, semua aturan/,
    count: /^\d+ pelanggaran$/,
  }),
  '/orang/ganda.xlsx': () => ({
    url: '/orang/ganda.xlsx?daftar=berbeda',
    first: 'Orang pertama',
    filter: /yang dinyatakan bukan orang yang sama/,
    count: /^\d+ pasangan$/,
  }),
  '/pernyataan.xlsx': () => ({
    url: '/pernyataan.xlsx',
    by: 'admin',
    first: 'Nama',
    filter: /Semua masa pernyataan/,
    count: /^\d+ masa pernyataan$/,
  }),
  '/impor.xlsx': () => ({
    url: '/impor.xlsx',
    first: 'Berkas',
    filter: /Kel Formula, semua berkas/,
    count: /^\d+ berkas$/,
  }),
  '/impor/:id/catatan.xlsx': () => ({
    url: `/impor/${ward.imported.id}/catatan.xlsx`,
    first: 'Nama',
    filter: /Formula\.xlsx/,
    count: /^\d+ baris$/,
  }),
};

/** It is no list of the portal, but somebody's own file with remarks. */
const withoutPaper = new Set(['/impor/:id/catatan.xlsx']);
/** Their papers are looked at where they belong: they say other things of themselves. */
const withOwnPaper = new Set([
  '/laporan.xlsx',
  '/lembaga/:id/pengurus.xlsx',
  '/pelatihan/:id/sesi/:sessionId/daftar-hadir.xlsx',
]);
const paperOf = (path: string) => path.replace('.xlsx', '.pdf');

/** The empty template holds none of the portal's data. */
const withoutData = new Set(['/impor/templat.xlsx']);

test('every .xlsx route is looked at here', () => {
  const paths = routes
    .filter(({ method, path }) => method === 'get' && path.endsWith('.xlsx'))
    .map(({ path }) => path)
    .filter((path) => !withoutData.has(path));
  expect(paths.toSorted()).toEqual(Object.keys(exports).toSorted());
});

test.each(Object.keys(exports))(
  '%s says what it is, holds text as text, and is the same twice',
  async (path) => {
    const { url, by, first, filter, count } = exports[path]?.() ?? expect.fail(path);
    const browser = by === 'admin' ? admin : staff;
    const download = async () => {
      const answer = await browser.get(url).buffer(true).parse(binary);
      expect(answer.status, url).toBe(200);
      return answer.body as Buffer;
    };
    const [bytes, again] = [await download(), await download()];
    expect(bytes.equals(again)).toBe(true);

    const rows = readWorkbook(bytes);
    const at = rows.findIndex((row) => row[0] === first && row.length > 1);
    const above = rows.slice(0, at).map(([text]) => String(text ?? ''));
    expect(above[1]).toBe(`Keadaan ${date(today())}`);
    expect(above[2]).toMatch(/^Saringan: /);
    expect(above[2]).toMatch(filter);
    expect(above[3]).toMatch(/^Diunduh oleh Akun /);
    expect(above[4]).toMatch(count);
    const body = rows.slice(at + 1);
    expect(body.length).toBeGreaterThan(0);
    const counted = Number(/\d+/.exec(above[4] ?? '')?.[0]);
    expect(body.length - (above[4]?.includes('jumlahnya') ? 1 : 0)).toBe(counted);

    expect(body.flat().filter((cell) => /^\d{4}-\d{2}-\d{2}$/.test(String(cell)))).toEqual([]);

    expectSafe(bytes, at + 1);
    const [event] = await rowsOf<{ rows: number | null }>(
      `SELECT (new_row->>'rows')::int AS rows FROM audit.events WHERE action = 'export' ORDER BY id DESC LIMIT 1`,
    );
    expect(event?.rows).toBe(counted);
  },
);

test('every list has a PDF beside its workbook', () => {
  const paths = new Set(routes.map(({ path }) => path));
  const missing = Object.keys(exports).filter((path) => !paths.has(paperOf(path)));
  expect(missing.toSorted()).toEqual([...withoutPaper].toSorted());
});

const isList = (path: string) => !withoutPaper.has(path) && !withOwnPaper.has(path);

test.each(Object.keys(exports).filter(isList))(
  '%s has its PDF, with the same filter and number of rows, signed by whom one chooses',
  async (path) => {
    const { url, by, filter, count } = exports[path]?.() ?? expect.fail(path);
    const browser = by === 'admin' ? admin : staff;
    const address = paperOf(url);
    const download = async (choice: string) => {
      const sign = address.includes('?') ? '&' : '?';
      const answer = await browser
        .get(choice ? `${address}${sign}ttd=${choice}` : address)
        .buffer(true)
        .parse(binary);
      expect(answer.status, address).toBe(200);
      expect(answer.type).toBe('application/pdf');
      return answer.body as Buffer;
    };
    const [bytes, again] = [await download(''), await download('')];
    expect(bytes.equals(again)).toBe(true);
    const text = (await readPdf(bytes)).join(' ');
    expect(text).toContain('PEMERINTAH');
    expect(text).toMatch(new RegExp(`keadaan ${date(today())}`, 'i'));
    expect(text).toMatch(filter);
    expect(text).toMatch(new RegExp(count.source.replace('^', '').replace('$', '')));
    expect(text).toContain('Halaman 1 dari ');
    expect(text).toMatch(/Diunduh dari Portal LKK oleh Akun /);
    expect(text).not.toMatch(/\d{4}-\d{2}-\d{2}/);
    const signed = by === 'admin' ? 'Sekretaris Daerah,' : 'Hj. Sri Wahyuni, S.Sos.';
    const chosen = (await readPdf(await download(by === 'admin' ? 'sekda' : 'lurah'))).join(' ');
    expect(chosen).toContain(signed);
    expect((await readPdf(await download('tanpa'))).join(' ')).not.toContain(signed);
    const [event] = await rowsOf<{ format: string }>(
      `SELECT new_row->>'format' AS format FROM audit.events WHERE action = 'export' ORDER BY id DESC LIMIT 1`,
    );
    expect(event?.format).toBe('pdf');
  },
);

/** No cell is a formula; below the heads every text has the format "@", and digits that are no amount are text. */
function expectSafe(bytes: Buffer, headRow: number) {
  const files = unzip(bytes);
  const sheet = [...files].find(([name]) => name.startsWith('xl/worksheets/'))?.[1] ?? '';
  expect(sheet).not.toContain('<f');
  const styles = files.get('xl/styles.xml') ?? '';
  const [, asText = '49'] = /numFmtId="(\d+)" formatCode="@"/.exec(styles) ?? [];
  const formats = [...(styles.split('<cellXfs')[1] ?? '').matchAll(/<xf([^>]*)>/g)].map(
    ([, attributes = '']) => /numFmtId="(\d+)"/.exec(attributes)?.[1],
  );
  for (const [, attributes = '', content = ''] of sheet.matchAll(/<c ([^>]*?)>(.*?)<\/c>/gs)) {
    const [, row = '0'] = / ?r="[A-Z]+(\d+)"/.exec(attributes) ?? [];
    if (Number(row) <= headRow) continue;
    if (/t="(s|inlineStr)"/.test(attributes))
      expect(formats[Number(/\bs="(\d+)"/.exec(attributes)?.[1])], attributes).toBe(asText);
    // A bare number is an amount to be added up, never long enough to be a NIK or a phone.
    else expect(content).toMatch(/^<v>-?\d{1,7}(\.\d+)?<\/v>$/);
  }
}

test.each(['/usulan.xlsx?status=x', '/sk.xlsx?tahun=x', '/sk.xlsx?kelurahan=x'])(
  '%s is refused as its page is',
  async (url) => {
    const answer = await staff.get(url);
    expect(answer.status).toBe(422);
    expect(answer.type).toBe('text/html');
    expect((await admin.get('/pengguna.xlsx?peran=x')).status).toBe(422);
  },
);

test.each(['/sk.xlsx', '/laporan.xlsx', '/pengaturan/pelanggaran.xlsx', '/tugas/pengurus.xlsx'])(
  'what %s chose is one phrase, with one capital letter',
  async (url) => {
    const { body } = await admin.get(url).buffer(true).parse(binary);
    const cells = readWorkbook(body).flat();
    const chosen = cells.find((cell) => String(cell).startsWith('Saringan: '));
    expect(chosen).toMatch(/ semua /i);
    expect(chosen).not.toContain(', Semua ');
  },
);

test('a list of the whole city says so, and one that finds nothing too', async () => {
  const download = async (url: string) => (await admin.get(url).buffer(true).parse(binary)).body;
  const rows = readWorkbook(await download('/sk.xlsx'));
  expect(rows.flat()).toContain(`Saringan: ${choices([city().name, 'Semua tahun'])}`);
  const text = (await readPdf(await download('/sk.pdf?cari=xyzzy'))).join(' ');
  expect(text).toContain(`saringan: ${choices([city().name, 'Semua tahun', '“xyzzy”'])}`);
  expect(text).toContain('Tidak ada yang cocok dengan saringan ini.');
});

test('the files of the lists hold what the list shows, and drafts only for their maker', async () => {
  const rows = async (browser: typeof staff, url: string) => {
    const answer = await browser.get(url).buffer(true).parse(binary);
    return JSON.stringify(readWorkbook(answer.body));
  };
  const mine = await rows(staff, '/usulan.xlsx');
  const lurahs = await rows(await as(ward.accounts.lurah), '/usulan.xlsx');
  expect(mine).toContain('"Draf"');
  expect(lurahs).not.toContain('"Draf"');
  expect(lurahs).toContain('Menunggu persetujuan');
  expect(await rows(staff, '/sk.xlsx')).toContain('Tentang Formula');
  const stranger = await makeWard({ kecamatanId: (await makeKecamatan()).id, canary: 'Lain' });
  const foreign = await as(stranger.accounts.staff);
  for (const url of ['/usulan.xlsx', '/sk.xlsx', '/pengurus.xlsx'])
    expect(await rows(foreign, url)).not.toContain('Formula');
});
