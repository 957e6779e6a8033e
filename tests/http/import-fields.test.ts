import { expect, test } from 'vitest';
import { serviceField } from '#src/roster-changes/office-checks.ts';
import {
  makeInstitution,
  makePerson,
  makeTenure,
  seatOf,
  syntheticNik,
} from '../support/fixtures.ts';
import { makeImportScene, previewLines, type Line } from '../support/imports.ts';
import { inTransaction, rowsOf } from '../support/superuser.ts';

/** A cadre of a Posyandu serves in one field only. */

const cadre = (name: string, position: string, more: Line = {}): Line => ({
  Nama: name,
  'L/P': 'P',
  'Tanggal Lahir': '17-08-1980',
  'Jenis LKK': 'Posyandu',
  'Nama LKK': 'Posyandu Mawar',
  Jabatan: position,
  'No SK': '188.45/7/425.504/2025',
  'Tanggal SK': '7 Mei 2025',
  Mulai: '7-5-2025',
  Selesai: '6-5-2030',
  ...more,
});
const melati = { 'Nama LKK': 'Posyandu Melati' };
const nik = syntheticNik();

test.each<[string, Line, Line]>([
  ['by name and birth date', {}, {}],
  ['by NIK', { NIK: nik }, { NIK: nik, Nama: 'Dewi L.', 'Tanggal Lahir': '1-1-1981' }],
  ['in two Posyandu', {}, melati],
])('two fields for one person in one file are found %s', async (_what, first, second) => {
  const { browser } = await makeImportScene();
  const { outcomes, text } = await previewLines(browser, [
    cadre('Dewi Lestari', 'Kader Kesehatan', first),
    cadre('Dewi Lestari', 'Plt. Koordinator Pendidikan', { ...second, Selesai: '' }),
  ]);
  expect(outcomes, text).toEqual(['new', 'wrong']);
  expect(text).toContain('juga menjadi Kader Kesehatan di Posyandu Mawar menurut baris 2');
  expect(text).toContain('Kader hanya pada satu bidang');
});

test('one field twice, another person, and days that do not meet are no mistake', async () => {
  const { browser } = await makeImportScene();
  const { outcomes, text } = await previewLines(browser, [
    cadre('Dewi Lestari', 'Kader Kesehatan'),
    cadre('Dewi Lestari', 'Plt. Koordinator Bidang Kesehatan'),
    cadre('Siti Aminah', 'Kader Sosial', { NIK: syntheticNik() }),
    cadre('Siti Aminah', 'Plt. Koordinator Pendidikan', { ...melati, NIK: syntheticNik() }),
    cadre('Gita', 'Kader Sosial', { 'Tanggal Lahir': '1-2-1979', Selesai: '6-5-2027' }),
    cadre('Gita', 'Plt. Koordinator Pendidikan', {
      'Tanggal Lahir': '1-2-1979',
      Mulai: '7-5-2027',
    }),
  ]);
  expect(outcomes, text).toEqual(['new', 'new', 'new', 'new', 'new', 'new']);
});

test('a seat that the file brings has its field too', async () => {
  const { browser, kelurahan } = await makeImportScene();
  const other = await makeInstitution({
    kelurahanId: kelurahan.id,
    typeCode: 'POSYANDU',
    name: 'Posyandu Anggrek',
  });
  const seat = await seatOf(other.id, 'field_coordinator');
  await inTransaction((client) =>
    client.query(`UPDATE seats SET label = 'Koordinator Sosial' WHERE id = $1`, [seat.id]),
  );
  const person = await makePerson({ nik, birthDate: '1980-08-17' });
  await makeTenure({
    institutionId: other.id,
    seatId: seat.id,
    personId: person.id,
    kind: 'acting',
  });
  const { outcomes, text } = await previewLines(browser, [
    cadre('Dewi Lestari', 'Kader Kesehatan', { NIK: nik }),
  ]);
  expect(outcomes, text).toEqual(['wrong']);
  expect(text).toContain('sudah bertugas sebagai Koordinator Sosial di Posyandu Anggrek');
});

test('a label tells its field as the database reads it', async () => {
  const labels = [
    'Kader Bidang Kesehatan 2',
    'KOORDINATOR  Pendidikan',
    'kader',
    'Koordinator Bidang',
    ' Bidang Sosial ',
    'Kaderisasi 3 ',
    'Trantibumlinmas',
    '12',
  ];
  const rows = await rowsOf<{ field: string | null }>(
    'SELECT service_field(label) AS field FROM unnest($1::text[]) WITH ORDINALITY AS l (label, place) ORDER BY place',
    [labels],
  );
  expect(labels.map(serviceField)).toEqual(rows.map(({ field }) => field));
  expect(serviceField(null)).toBeNull();
});

test('a file that names one person a thousand times is checked in time, with few words a row', async () => {
  const { browser } = await makeImportScene();
  const lines = Array.from({ length: 1000 }, (_, index) =>
    cadre('Dewi Lestari', 'Ketua', { 'Nama LKK': `Posyandu Nomor ${index + 1}A`, NIK: nik }),
  );
  const { address } = await previewLines(browser, lines);
  const [most] = await rowsOf<{ count: number }>(
    `SELECT max(jsonb_array_length(details->'problems')) AS count FROM import_rows WHERE batch_id = $1`,
    [Number(address.split('/')[2])],
  );
  expect(most?.count).toBeLessThan(25);
});
