import { expect, test } from 'vitest';
import { addDays, date, today } from '#src/format.ts';
import { workDone } from '#src/imports/work.ts';
import { as } from '../support/app.ts';
import { makeAccount, makeKelurahan } from '../support/fixtures.ts';
import { fileOf, type RawCell } from '../support/hostile.ts';
import { inTransaction, rowsOf } from '../support/superuser.ts';

/** What the preview refuses because saving it, or the lurah's decision, would run into it later. */

type Line = Record<string, RawCell>;

async function makeScene() {
  const kelurahan = await makeKelurahan();
  const scope = { kelurahanId: kelurahan.id };
  const [staff, lurah] = [await makeAccount('staff', scope), await makeAccount('lurah', scope)];
  return { kelurahan, browser: await as(staff), lurah: await as(lurah) };
}
type Scene = Awaited<ReturnType<typeof makeScene>>;

const officer: Line = {
  Nama: 'Budi Santoso',
  'L/P': 'L',
  'Tanggal Lahir': '17-08-1980',
  'Jenis LKK': 'RW',
  'Nama LKK': 'RW 009',
  Jabatan: 'Ketua',
  'No SK': '188.45/7/425.504/2025',
  'Tanggal SK': '7 Mei 2025',
  Mulai: '7-5-2025',
  Selesai: '6-5-2030',
};
const sheetOf = (lines: Line[]) => {
  const head = [...new Set(lines.flatMap((line) => Object.keys(line)))];
  return fileOf([head, ...lines.map((line) => head.map((label) => line[label] ?? null))]);
};

/** The outcome of each row, and what the page says of the whole file. */
async function preview({ browser }: Pick<Scene, 'browser'>, lines: Line[]) {
  const answer = await browser.upload('/impor', { name: 'pengurus.xlsx', bytes: sheetOf(lines) });
  expect(answer.status, answer.text).toBe(303);
  await workDone();
  const address = String(answer.headers.location);
  const outcomes = await rowsOf<{ outcome: string }>(
    'SELECT outcome FROM import_rows WHERE batch_id = $1 ORDER BY id',
    [Number(address.split('/')[2])],
  );
  return {
    address,
    text: await textOf(browser, address),
    outcomes: outcomes.map(({ outcome }) => outcome),
  };
}

async function textOf(browser: Scene['browser'], address: string) {
  const page = await browser.get(address);
  expect(page.status).toBe(200);
  return page.text
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll('&lt;', '<')
    .replaceAll('&amp;', '&')
    .replaceAll('&#39;', "'")
    .replaceAll(/\s+/g, ' ');
}

const versionOf = async (browser: Scene['browser'], address: string) =>
  /name="version" value="(\d+)"/.exec((await browser.get(address)).text)?.[1] ?? '';

async function send(browser: Scene['browser'], address: string, part: string, fields: object = {}) {
  const version = await versionOf(browser, part === 'penerapan' ? address : `${address}/${part}`);
  const answer = await browser.post(`${address}/${part}`, { version, ...fields });
  expect(answer.status, answer.text).toBe(303);
  await workDone();
}

test.each([
  ['Mulai', '7-8-1926', 'I2', 'Tanggal mulai 7 Agustus 1926 sebelum 17 Agustus 1945'],
  ['Tanggal SK', '7-8-1926', 'H2', 'Tanggal SK 7 Agustus 1926 sebelum 17 Agustus 1945'],
  [
    'Tanggal SK',
    addDays(today(), 1),
    'H2',
    `Tanggal SK ${date(addDays(today(), 1))} tidak boleh sesudah hari ini`,
  ],
  ['No SK', '188.45/7*<b>', 'G2', 'Nomor SK berisi huruf, angka, titik, garis miring'],
])('%s “%s” is an error in its cell', async (head, value, cell, sentence) => {
  const { outcomes, text } = await preview(await makeScene(), [{ ...officer, [head]: value }]);
  expect(outcomes).toEqual(['wrong']);
  expect(text).toContain(`Sel ${cell}: ${sentence}`);
});

test.each([
  ['LPM Maju 🚀', 'tanda “🚀”'],
  ['LPM <Maju>', 'tanda “<”'],
  ['LPM Maju;', 'tanda “;”'],
  ['LPM Ma\u0085ju', 'tanda yang tidak terlihat'],
])('an institution called %s is refused and the odd character named', async (name, odd) => {
  const scene = await makeScene();
  const { outcomes, text } = await preview(scene, [
    { ...officer, 'Jenis LKK': 'LPM', 'Nama LKK': name },
  ]);
  expect(outcomes).toEqual(['wrong']);
  expect(text).toContain(`Sel E2: Nama lembaga memuat ${odd}`);
});

test('what the database refuses, for whatever reason, keeps back its row and nothing else', async () => {
  const scene = await makeScene();
  const { address, outcomes } = await preview(scene, [
    officer,
    { ...officer, 'Nama LKK': 'RW 010', Nama: 'Slamet Riyadi', 'Tanggal Lahir': '1-2-1970' },
  ]);
  expect(outcomes).toEqual(['new', 'new']);
  await send(scene.browser, address, 'penerapan');
  await inTransaction((client) =>
    client.query(
      `UPDATE seats SET life = daterange('2026-01-01', NULL) FROM institutions i
       WHERE i.id = institution_id AND i.name = 'RW 009' AND i.kelurahan_id = $1`,
      [scene.kelurahan.id],
    ),
  );
  await send(scene.lurah, address, 'persetujuan');
  const text = await textOf(scene.browser, address);
  expect(text).toContain('Baris ini ditolak basis data');
  expect(text).not.toContain('tenures_within_seat');
  const rows = await rowsOf(
    'SELECT outcome, result FROM import_rows WHERE batch_id = $1 ORDER BY id',
    [Number(address.split('/')[2])],
  );
  expect(rows).toEqual([
    { outcome: 'wrong', result: null },
    { outcome: 'new', result: 'done' },
  ]);
});

test('work that stopped does not claim that the portal was started again', async () => {
  const scene = await makeScene();
  const { address } = await preview(scene, [officer]);
  const stop = (work: string) =>
    inTransaction((client) =>
      client.query(
        `UPDATE import_batches SET work = $2, work_at = now() - interval '1 minute' WHERE id = $1`,
        [Number(address.split('/')[2]), work],
      ),
    );
  for (const work of ['checking', 'reading']) {
    await stop(work);
    const text = await textOf(scene.browser, address);
    expect(text).not.toContain('dimulai ulang');
    expect(text).toContain('berhenti sebelum selesai');
  }
});
