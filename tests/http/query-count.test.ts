import pg from 'pg';
import { beforeAll, expect, test } from 'vitest';
import { systemActor } from '#src/access.ts';
import { loadCity } from '#src/city.ts';
import { asActor } from '#src/database.ts';
import type { Place } from '../bench/generate.ts';
import { as } from '../support/app.ts';
import { addKecamatan, typesOf } from '../support/data-set.ts';
import { makeTraining } from '../support/trainings.ts';

/** Every page that shows rows, by who opens it. */
const pagesByAccount = (
  place: Place,
  trainingId: number,
): Record<keyof Place['accounts'], string[]> => {
  const institution = `/lembaga/${place.institutionId}`;
  const ofInstitution = ['', '/pengurus', '/tugas', '/tugas/kartu', '/riwayat', '/pernyataan'].map(
    (part) => institution + part,
  );
  const lists = [
    '/beranda',
    '/lembaga',
    '/lembaga?cari=melati',
    '/lembaga?urut=-kelengkapan&status=ketua-kosong',
    '/pengurus',
    '/tugas/konfirmasi',
    '/tugas/pengurus?status=missing',
    '/kelengkapan',
    '/pelatihan',
    '/pelatihan?daftar=semua&tahun=2026&pilar=bersih',
    ...['', '/undangan', '/daftar-hadir', '/sertifikat', '/foto'].map(
      (part) => `/pelatihan/${trainingId}${part}`,
    ),
    '/tindak-lanjut',
    '/kelengkapan?celah=nik&urut=kemutakhiran',
  ];
  const files = ['/lembaga', '/pengurus', '/kelengkapan', '/pelatihan', '/tindak-lanjut'].flatMap(
    (list) => [`${list}.xlsx`, `${list}.pdf`],
  );
  const readersFiles = ['/tugas/konfirmasi', '/tugas/pengurus', '/sk', '/pengaturan/pelanggaran'];
  const tests = ['/tes', '/tes/nilai', '/tes/nilai.pdf', '/undangan.pdf'].map(
    (part) => `/pelatihan/${trainingId}${part}`,
  );
  const person = `/orang/${place.personId}`;
  return {
    admin: [
      ...lists,
      ...ofInstitution,
      person,
      '/pengaturan',
      '/pernyataan',
      '/pengaturan/pelanggaran',
      '/laporan',
      '/pengguna',
      '/pengguna?cari=ketua',
      '/pengguna.pdf',
      '/pernyataan.pdf',
    ],
    camat: [
      ...lists,
      ...ofInstitution,
      person,
      '/laporan',
      '/laporan.xlsx',
      '/laporan/pelatihan',
      '/laporan/pelatihan.pdf',
      `/laporan?kelurahan=${place.kelurahanCode}`,
      `/laporan/pelatihan?kelurahan=${place.kelurahanCode}`,
    ],
    lurah: [
      ...lists,
      ...ofInstitution,
      person,
      '/pengaturan/pelanggaran',
      '/laporan',
      '/usulan',
      '/akun',
    ],
    staff: [
      ...lists,
      ...files,
      ...[...readersFiles, '/usulan', '/orang/ganda', '/impor'].flatMap((list) => [
        `${list}.xlsx`,
        `${list}.pdf`,
      ]),
      '/orang/ganda.pdf?daftar=berbeda',
      '/orang/ganda.pdf?daftar=digabung',
      ...tests,
      ...ofInstitution,
      person,
      '/orang/ganda',
      `${institution}/ubah`,
      `${institution}/pengingat?salam=pagi`,
      `/pelatihan/${trainingId}/undangan/kabar`,
      `/pelatihan/${trainingId}/undangan/surat`,
      ...['lampiran', 'perorangan'].map(
        (kind) =>
          `/pelatihan/${trainingId}/undangan/surat.pdf?bentuk=${kind}&sifat=Biasa&hal=Undangan&tanggal=2026-12-01&jabatan=Lurah`,
      ),
      '/laporan',
      '/usulan',
      `/usulan/baru?lembaga=${place.institutionId}`,
    ],
    officer: [
      '/beranda',
      `/pelatihan/${trainingId}/undangan`,
      `/pelatihan/${trainingId}/tes-saya`,
      '/tindak-lanjut',
      '/tugas-saya',
      '/lembaga',
      '/usulan',
      '/kelengkapan',
      ...ofInstitution,
    ],
  };
};

const counts: { name: string; few: number; many: number }[] = [];

beforeAll(async () => {
  const few = await addKecamatan(
    '98.01.01',
    1,
    typesOf({ rt: [3, 1], rw: [1, 1], posyandu: 1, pokmas: [1, 1] }),
  );
  await loadCity();
  const small = await countAll(few);
  const many = await addKecamatan(
    '98.01.02',
    3,
    typesOf({ rt: [40, 3], rw: [10, 4], posyandu: 10, pokmas: [8, 10] }),
  );
  const large = await countAll(many);
  for (const [index, { name, count }] of small.entries())
    counts.push({ name, few: count, many: large[index]?.count ?? -1 });
}, 180_000);

test('the number of queries of a page does not grow with its rows', () => {
  expect(counts.length).toBeGreaterThan(40);
  expect(counts.filter(({ few, many }) => few !== many)).toEqual([]);
});

test('the pages that are open all day and the recap take one transaction at the door and one round trip', () => {
  const allDay = counts.filter(({ name }) => /^\w+ \/(lembaga(\/ID)?|laporan)$/.test(name));
  expect(allDay.length).toBeGreaterThan(5);
  // Session, account, BEGIN, settings and COMMIT beside at most eight statements of the page.
  expect(allDay.filter(({ many }) => many > 13)).toEqual([]);
});

/** Opened twice: what a page reads only the first time, such as the prepared catalogue of a client, is not its cost. */
async function countAll(place: Place) {
  const found: { name: string; count: number }[] = [];
  const training = await trainingOf(place);
  for (const [account, urls] of Object.entries(pagesByAccount(place, training.id))) {
    const browser = await as({ id: place.accounts[account as keyof Place['accounts']] });
    for (const url of urls) {
      expect((await browser.get(url)).status, `${account} ${url}`).toBe(200);
      const count = await countQueries(() => browser.get(url));
      found.push({ name: `${account} ${withoutIds(url)}`, count });
    }
  }
  return found;
}

/** A training that as many are invited to as hold office in the kelurahan, forty at most. */
async function trainingOf({ kelurahanId }: Place) {
  const tenures = await asActor(systemActor('tests'), (tx) =>
    tx.tenure.findMany({ where: { kelurahanId }, distinct: ['seatId', 'personId'], take: 40 }),
  );
  const invitees = [...new Map(tenures.map((tenure) => [tenure.personId, tenure])).values()].map(
    ({ institutionId, seatId, personId }) => ({
      ...{ kelurahanId, institutionId, seatId, personId },
      name: `Warga ${personId}`,
    }),
  );
  return makeTraining({ kelurahanId, invitees });
}

const withoutIds = (url: string) => url.replaceAll(/\d[\d.]*/g, 'ID');

/** Counts what really goes to PostgreSQL, whoever sends it: Prisma, the readers and the door. */
async function countQueries(work: () => PromiseLike<unknown>): Promise<number> {
  const { prototype } = pg.Client;
  const { query } = prototype;
  let count = 0;
  prototype.query = function counted(this: pg.Client, ...given: unknown[]) {
    count += 1;
    return Reflect.apply(query, this, given);
  } as typeof query;
  try {
    await work();
    return count;
  } finally {
    prototype.query = query;
  }
}
