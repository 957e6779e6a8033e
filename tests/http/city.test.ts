import { expect, test } from 'vitest';
import { systemActor } from '#src/access.ts';
import { findTerritory, loadTerritory, readArguments } from '#src/commands/city.ts';
import { asActor } from '#src/database.ts';
import { makeKelurahan } from '../support/fixtures.ts';
import { runScript } from '../support/script.ts';

const load = async (...given: string[]) => loadTerritory(await findTerritory(readArguments(given)));

const territory = () =>
  asActor(systemActor('tests'), async (tx) => ({
    city: await tx.citySettings.findUnique({ where: { id: 1 } }),
    kecamatan: await tx.kecamatan.findMany({ orderBy: { code: 'asc' } }),
    kelurahan: await tx.kelurahan.findMany({ orderBy: { code: 'asc' } }),
  }));

const localLaw = () =>
  asActor(systemActor('tests'), async (tx) => {
    const type = await tx.institutionType.findUniqueOrThrow({ where: { code: 'RT' } });
    return type.legalBasis.filter((law) => law.includes('Probolinggo'));
  });

test('a code that is no kota or kabupaten is answered with what can be typed', async () => {
  expect(() => readArguments([])).toThrow('Tulis satu kode kota atau kabupaten');
  expect(() => readArguments(['Surabaya'])).toThrow('“Surabaya” bukan kode kota atau kabupaten');
  expect(() => readArguments(['35.74', '--semua'])).toThrow('npm run city -- 35.74');
  await expect(load('35.99')).rejects.toThrow(
    /Tidak ada kota atau kabupaten dengan kode 35\.99.*Jawa Timur.*35\.74 Kota Probolinggo/s,
  );
  await expect(load('99.01')).rejects.toThrow('Tidak ada provinsi dengan kode 99');
});

test('the command prints one sentence for a bad code and exits 1', async () => {
  await expect(runScript('src/commands/city.ts', '99.01')).rejects.toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/^Tidak ada provinsi dengan kode 99\..*\n$/),
  });
});

test('a kota is loaded with its kecamatan and kelurahan, and twice is once', async () => {
  const answer = await load('35.78');
  expect(answer).toContain('Kota Surabaya (35.78) dimuat: 31 kecamatan, 153 kelurahan.');
  expect(answer).toContain('Open Database License');
  await load('3578');
  const { city, kecamatan, kelurahan } = await territory();
  expect(city).toMatchObject({ code: '35.78', name: 'Kota Surabaya', timeZone: 'Asia/Jakarta' });
  expect([kecamatan.length, kelurahan.length]).toEqual([31, 153]);
  expect(await localLaw()).toEqual([]);
});

test('a code typed wrong can be put right while nothing hangs on it; a kabupaten brings its desa when asked', async () => {
  expect(await load('35.13')).toContain(
    'Kabupaten Probolinggo (35.13) dimuat: 24 kecamatan, 5 kelurahan.',
  );
  expect(await load('35.13', '--dengan-desa')).toContain('24 kecamatan, 5 kelurahan, 325 desa.');
  const { city, kelurahan } = await territory();
  expect(city?.name).toBe('Kabupaten Probolinggo');
  expect(kelurahan.filter(({ kind }) => kind === 'desa').length).toBe(325);
});

test('the time zone follows the province', async () => {
  const zones = await Promise.all(
    ['61.71', '64.72', '73.71', '91.71'].map(
      async (code) => (await findTerritory(readArguments([code]))).timeZone,
    ),
  );
  expect(zones).toEqual(['Asia/Pontianak', 'Asia/Makassar', 'Asia/Makassar', 'Asia/Jayapura']);
});

test('Kota Probolinggo comes with its own Perda and Perwali', async () => {
  expect(await load('35.74')).toContain(
    'Kota Probolinggo (35.74) dimuat: 5 kecamatan, 29 kelurahan.',
  );
  expect(await localLaw()).toEqual([
    'Perda Kota Probolinggo 1/2018 jo. 4/2020 tentang LKK',
    'Perwali Probolinggo 31/2019',
  ]);
});

test('another city is refused once the first one is in use', async () => {
  const { id: kelurahanId } = await makeKelurahan();
  await asActor(systemActor('tests'), (tx) =>
    tx.account.create({
      data: { username: 'lurah.uji', displayName: 'Lurah Uji', role: 'lurah', kelurahanId },
    }),
  );
  await expect(load('35.78')).rejects.toThrow('sudah berisi data Kota Probolinggo (35.74)');
  expect((await territory()).city?.code).toBe('35.74');
});
