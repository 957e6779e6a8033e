import { expect, test } from 'vitest';
import { workDone } from '#src/imports/work.ts';
import { as } from '../support/app.ts';
import {
  makeAccount,
  makeInstitution,
  makeKelurahan,
  makePerson,
  makeTenure,
  seatOf,
} from '../support/fixtures.ts';
import { fileOf } from '../support/hostile.ts';
import { rowsOf } from '../support/superuser.ts';
import { binary } from '../support/workbook.ts';

/** A workbook of a kecamatan holds rows of many kelurahan; an import is for one. */

async function makeScene() {
  const kelurahan = await makeKelurahan({ name: 'Kebonsari Wetan' });
  const browser = await as(await makeAccount('staff', { kelurahanId: kelurahan.id }));
  return { kelurahan, browser };
}
type Scene = Awaited<ReturnType<typeof makeScene>>;

async function preview({ browser }: Pick<Scene, 'browser'>, bytes: Buffer) {
  const answer = await browser.upload('/impor', { name: 'pengurus.xlsx', bytes });
  expect(answer.status, answer.text).toBe(303);
  await workDone();
  const address = String(answer.headers.location);
  return { address, ...(await shown({ browser }, address)) };
}

async function shown({ browser }: Pick<Scene, 'browser'>, address: string) {
  const rows = await rowsOf<{ outcome: string }>(
    'SELECT outcome FROM import_rows WHERE batch_id = $1 ORDER BY id',
    [Number(address.split('/')[2])],
  );
  const { text } = await browser.get(address.replace(/\/kolom$/, ''));
  return {
    outcomes: rows.map(({ outcome }) => outcome),
    text: text.replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' '),
  };
}

const names = ['Budi', 'Dewi', 'Eko', 'Fajar', 'Gita', 'Hana', 'Iman'];
const posts = ['Ketua', 'Sekretaris', 'Bendahara'];
/** An officer of an institution of their own for each kelurahan that is named. */
const fileFor = (kelurahan: (string | null)[], head = 'Kelurahan') =>
  fileOf([
    [head, 'Nama', 'L/P', 'Jenis LKK', 'Nama LKK', 'Jabatan', 'No SK', 'Tanggal SK'],
    ...kelurahan.map((name, index) => [
      name,
      names[index] ?? '',
      'L',
      'RW',
      `RW 0${1 + Math.floor(index / 3)}`,
      posts[index % 3] ?? '',
      '188.45/7/2025',
      '7 Mei 2025',
    ]),
  ]);

test('a row of another kelurahan is refused in its cell, however its own is written', async () => {
  const scene = await makeScene();
  const { outcomes, text } = await preview(
    scene,
    fileFor([
      'Kel. Kebonsari Wetan',
      'KEBONSARI WETAN',
      'Kelurahan Kebonsari  Wetan',
      'KEL.KEBONSARI-WETAN',
      null,
      '-',
      'KEL. KANIGARAN',
    ]),
  );
  expect(outcomes, text).toEqual(['new', 'new', 'new', 'new', 'new', 'new', 'wrong']);
  expect(text).toContain(
    'Sel A8: Baris ini milik Kelurahan Kanigaran; impor ini untuk Kelurahan Kebonsari Wetan. Hapus barisnya atau impor dari kelurahannya',
  );
});

test('a row of another kelurahan takes no seat from a row of this one', async () => {
  const scene = await makeScene();
  const line = (kelurahan: string, name: string) => [kelurahan, name, 'L', 'RW', 'RW 01', 'Ketua'];
  const { outcomes } = await preview(
    scene,
    fileOf([
      ['Kelurahan', 'Nama', 'L/P', 'Jenis LKK', 'Nama LKK', 'Jabatan', 'No SK', 'Tanggal SK'],
      [...line('Kanigaran', 'Budi'), '188.45/6/2025', '7 Mei 2025'],
      [...line('Kebonsari Wetan', 'Eko'), '188.45/7/2025', '7 Mei 2025'],
    ]),
  );
  expect(outcomes).toEqual(['wrong', 'new']);
});

test('the column is chosen on the page of columns, and remembered', async () => {
  const scene = await makeScene();
  const file = fileFor(['Kanigaran'], 'Wilayah');
  const first = await preview(scene, file);
  expect(first.outcomes).toEqual(['new']);
  const page = await scene.browser.get(`${first.address}/kolom`);
  expect(page.text).toContain('Kolom A: Wilayah');
  const chosen = { column0: 'kelurahan', column1: 'name', column2: 'sex' };
  const more = { column3: 'institutionType', column4: 'institution', column5: 'position' };
  const decree = { column6: 'decreeNumber', column7: 'decreedOn' };
  const [batch] = await rowsOf<{ version: number }>(
    'SELECT version FROM import_batches WHERE id = $1',
    [Number(first.address.split('/')[2])],
  );
  const answer = await scene.browser.post(`${first.address}/kolom`, {
    version: batch?.version ?? 0,
    ...chosen,
    ...more,
    ...decree,
  });
  expect(answer.status, answer.text).toBe(303);
  await workDone();
  expect((await shown(scene, first.address)).outcomes).toEqual(['wrong']);
  expect((await preview(scene, file)).outcomes).toEqual(['wrong']);
});

test('the list of a kecamatan is imported again for one kelurahan: its own rows are the same', async () => {
  const { kelurahan } = await makeScene();
  const other = await makeKelurahan({ name: 'Kanigaran', kecamatanId: kelurahan.kecamatanId });
  for (const { id } of [kelurahan, other]) {
    const institution = await makeInstitution({ kelurahanId: id, typeCode: 'LPM' });
    const person = await makePerson({ name: 'Budi Santoso' });
    const seat = await seatOf(institution.id);
    await makeTenure({ institutionId: institution.id, seatId: seat.id, personId: person.id });
  }
  const camat = await as(await makeAccount('kecamatan', { kecamatanId: kelurahan.kecamatanId }));
  const list = await camat.get('/pengurus.xlsx').buffer(true).parse(binary);
  expect(list.status).toBe(200);
  const staff = await as(await makeAccount('staff', { kelurahanId: kelurahan.id }));
  const { outcomes, text } = await preview({ browser: staff }, list.body as Buffer);
  expect(outcomes.toSorted(), text).toEqual(['same', 'wrong']);
  expect(text).toContain('Baris ini milik Kelurahan Kanigaran');
});
