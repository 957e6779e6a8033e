import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { workDone } from '#src/imports/work.ts';
import { fileOf } from '../support/hostile.ts';
import {
  makeImportScene,
  rowsOfImport,
  uploadWorkbook,
  versionOf,
  wordsOf,
} from '../support/imports.ts';

const head = ['Nama', 'L/P', 'Pendidikan', 'Nama LKK', 'Jabatan', 'No SK', 'Tanggal SK', 'Mulai'];
const line = (name: string, education: string, position: string, institution = 'Pokmas Mawar') => [
  name,
  'P',
  education,
  institution,
  position,
  '188.45/7/2025',
  '7 Mei 2025',
  '7-5-2025',
];

/** One row with two words that nobody knows: its education and its position. */
async function makeMistakes() {
  const { browser } = await makeImportScene();
  const address = await uploadWorkbook(
    browser,
    fileOf([
      head,
      line('Lilis', 'Stratta II', 'Sekertaris'),
      line('Maman', 'DIPLOMA I / II', 'Sekertaris', 'Pokmas Melati'),
    ]),
  );
  const rows = await rowsOfImport(address);
  const row = rows.find(({ details }) => offersOf(details).length === 2);
  if (!row) return expect.fail(JSON.stringify(rows));
  const offers = offersOf(row.details);
  return { browser, address, row, offers };
}
type Details = Awaited<ReturnType<typeof rowsOfImport>>[number]['details'];
const offersOf = ({ problems }: Details) => problems.filter(({ suggestion }) => suggestion);

/** The hidden fields of the form whose button reads so. */
function formOf(page: string, button: string): Record<string, string> {
  const form = [...page.matchAll(/<form[^>]*\/saran">(.*?)<\/form>/gs)].find(([, fields = '']) =>
    fields.includes(`>Ganti menjadi ${button}<`),
  );
  return Object.fromEntries(
    [...(form?.[1] ?? '').matchAll(/name="(\w+)" value="([^"]*)"/g)].map(
      ([, name = '', value = '']) => [name, value],
    ),
  );
}

test('each button mends the cell that it stands under', async () => {
  const { browser, address, row } = await makeMistakes();
  const form = formOf((await browser.get(address)).text, 'Sekretaris');
  expect(form).toMatchObject({ field: 'position', word: 'Sekretaris' });
  const answer = await browser.post(`${address}/saran`, form);
  expect(answer.status, answer.text).toBe(303);
  await workDone();
  const mended = (await rowsOfImport(address)).find(({ id }) => id === row.id);
  expect(mended?.details.position).toBe('Sekretaris');
  expect(mended?.details.problems.filter(({ suggestion }) => suggestion)).toEqual([
    expect.objectContaining({ field: 'education' }),
  ]);
});

test('two buttons of one row are two acts, and one of them sent twice is one', async () => {
  const { browser, address } = await makeMistakes();
  const page = (await browser.get(address)).text;
  const keys = [...page.matchAll(/\/saran"><input type="hidden" name="key" value="([^"]+)"/g)];
  expect(new Set(keys.map(([, key]) => key)).size).toBe(keys.length);
  const form = formOf(page, 'Sekretaris');
  await browser.post(`${address}/saran`, form);
  await workDone();
  const version = await versionOf(address);
  expect((await browser.post(`${address}/saran`, form)).status).toBe(303);
  await workDone();
  expect(await versionOf(address)).toBe(version);
});

test('a word that is offered no more is refused with a sentence and changes nothing', async () => {
  const { browser, address, row } = await makeMistakes();
  const before = await rowsOfImport(address);
  const version = await versionOf(address);
  const asked = { version, rowId: row.id, field: 'position', word: 'Sekretaris' };
  const stale = [
    { ...asked, version: version - 1 },
    { ...asked, word: 'Bendahara' },
    { ...asked, field: 'phone' },
    { ...asked, rowId: row.id + 1_000_000 },
  ];
  for (const form of stale) {
    const answer = await browser.post(`${address}/saran`, { key: randomUUID(), ...form });
    expect(answer.status).toBe(409);
    expect(wordsOf(answer.text)).toContain('Usulan kata ini sudah tidak berlaku');
  }
  await workDone();
  expect(await rowsOfImport(address)).toEqual(before);
  expect(await versionOf(address)).toBe(version);
});

test('a word without its cell is no form of ours', async () => {
  const { browser, address, row } = await makeMistakes();
  const answer = await browser.post(`${address}/saran`, { version: 1, rowId: row.id });
  expect(answer.status).toBe(400);
});
