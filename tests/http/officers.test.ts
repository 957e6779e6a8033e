import { describe, expect, test } from 'vitest';
import { systemActor } from '#src/access.ts';
import { asActor } from '#src/database.ts';
import { prismaDate } from '#src/format.ts';
import { as } from '../support/app.ts';
import {
  makeAccount,
  makeDecree,
  makeInstitution,
  makeKelurahan,
  makePerson,
  makeTenure,
  seatOf,
} from '../support/fixtures.ts';
import { binary, readWorkbook, tableIn } from '../support/workbook.ts';

/**
 * One RW over two terms, read in 2026 or later: Suparman was chair 2020–2025; Ahmad from 2025 until he resigned on
 * 30 June 2025, then Luqman acted for him; Siti was secretary 2020–2025 and nobody followed her.
 */
async function twoTerms() {
  const kelurahan = await makeKelurahan();
  const institution = await makeInstitution({
    kelurahanId: kelurahan.id,
    typeCode: 'RW',
    name: 'RW 005',
  });
  const [chair, secretary] = [
    await seatOf(institution.id),
    await seatOf(institution.id, 'secretary'),
  ];
  const [suparman, ahmad, luqman, siti] = await Promise.all(
    ['Suparman', 'Ahmad Fauzi', "Luqman Ma'ruf", 'Siti Maryam'].map((name) =>
      makePerson({ name, phone: '+6281234567890' }),
    ),
  );
  if (!suparman || !ahmad || !luqman || !siti) throw new Error('four people were made');
  const first = {
    institutionId: institution.id,
    startOn: '2020-05-07',
    plannedEndOn: '2025-05-07',
  };
  const second = {
    institutionId: institution.id,
    startOn: '2025-05-07',
    plannedEndOn: '2030-05-07',
  };
  await makeTenure({ ...first, seatId: chair.id, personId: suparman.id });
  await makeTenure({ ...first, seatId: secretary.id, personId: siti.id });
  const tenure = await makeTenure({ ...second, seatId: chair.id, personId: ahmad.id });
  const decree = await makeDecree({
    kelurahanId: kelurahan.id,
    number: '188.45/48/2025',
    decreedOn: '2025-07-01',
  });
  await asActor(systemActor('tests'), (tx) =>
    tx.tenure.update({
      where: { id: tenure.id },
      data: { endedOn: prismaDate('2025-07-01'), endReason: 'resigned', endingDecreeId: decree.id },
    }),
  );
  await makeTenure({
    ...second,
    startOn: '2025-07-01',
    seatId: chair.id,
    personId: luqman.id,
    kind: 'acting',
  });
  const account = await makeAccount('staff', { kelurahanId: kelurahan.id });
  return {
    kelurahan,
    institution,
    browser: await as(account),
    url: `/lembaga/${institution.id}/pengurus`,
  };
}

/** Names, positions and badges of the roster itself, not of the replacements below it. */
const rosterIn = (html: string) => {
  const [, table = ''] = /id="roster-title".*?<tbody[^>]*>(.*?)<\/tbody>/s.exec(html) ?? [];
  return table
    .split('<tr ')
    .slice(1)
    .map((row) => {
      const cells = row.split('</td>').map((cell) =>
        cell
          .replaceAll(/<[^>]+>/g, ' ')
          .replace('role="row">', '')
          .replaceAll('&#39;', "'")
          .replaceAll(/\s+/g, ' ')
          .trim(),
      );
      const [, name] = /<th[^>]*>(.*?)<\/th>/s.exec(row) ?? [];
      const shown = (name ?? '')
        .replaceAll(/<[^>]+>/g, '')
        .replaceAll('&#39;', "'")
        .trim();
      return `${shown}: ${cells[0]?.slice(shown.length).trim()}`;
    });
};

describe('the roster of a day', () => {
  test('before the first term every seat is vacant', async () => {
    const { browser, url } = await twoTerms();
    const { text } = await browser.get(`${url}?tanggal=2019-01-01`);
    expect(rosterIn(text)).toEqual([
      'Kosong: Ketua RW',
      'Kosong: Sekretaris RW',
      'Kosong: Bendahara RW',
    ]);
    expect(text).toContain('Belum ada masa bakti');
  });

  test('within the first term shows its officers', async () => {
    const { browser, url } = await twoTerms();
    const { text } = await browser.get(`${url}?tanggal=2024-08-17`);
    expect(rosterIn(text)).toEqual([
      'Suparman: Ketua RW',
      'Siti Maryam: Sekretaris RW',
      'Kosong: Bendahara RW',
    ]);
    expect(text).toContain('Pengurus keadaan 17 Agustus 2024');
    expect(text).toContain('Masa bakti 2020–2025');
  });

  test('the last day of a term still belongs to it and the day after does not', async () => {
    const { browser, url } = await twoTerms();
    expect(rosterIn((await browser.get(`${url}?tanggal=2025-05-06`)).text)[0]).toBe(
      'Suparman: Ketua RW',
    );
    expect(rosterIn((await browser.get(`${url}?tanggal=2025-05-07`)).text)[0]).toBe(
      'Ahmad Fauzi: Ketua RW',
    );
  });

  test('whoever was replaced is there until their last day', async () => {
    const { browser, url } = await twoTerms();
    expect(rosterIn((await browser.get(`${url}?tanggal=2025-06-30`)).text)[0]).toBe(
      'Ahmad Fauzi: Ketua RW',
    );
    expect(rosterIn((await browser.get(`${url}?tanggal=2025-07-01`)).text)[0]).toBe(
      "Luqman Ma'ruf: Ketua RW Plt.",
    );
  });

  test('a term that ran out without a successor is shown as such', async () => {
    const { browser, url } = await twoTerms();
    const [, secretary] = rosterIn((await browser.get(`${url}?tanggal=2025-08-01`)).text);
    expect(secretary).toBe('Siti Maryam: Sekretaris RW Habis, belum diganti');
  });

  test('without a date it is today, and the running term leads there', async () => {
    const { browser, url } = await twoTerms();
    const { text } = await browser.get(url);
    expect(rosterIn(text)[0]).toBe("Luqman Ma'ruf: Ketua RW Plt.");
    expect(text).toMatch(new RegExp(`href="${url}" aria-current="page">2025–2030 \\(berjalan\\)`));
    expect(text).toContain(`href="${url}?tanggal=2025-05-06"`);
  });

  test('tells who left and who stood in during the term, with the decrees', async () => {
    const { browser, url } = await twoTerms();
    const { text } = await browser.get(url);
    const [, replacements = ''] = /id="replacements-title"(.*?)<\/table>/s.exec(text) ?? [];
    expect(replacements).toContain('Mengundurkan diri');
    expect(replacements).toContain('188.45/48/2025');
    expect(replacements).toContain('Pelaksana tugas');
    expect(replacements).not.toContain('Suparman');
  });

  test('a voided tenure never was', async () => {
    const { browser, url, institution } = await twoTerms();
    await asActor(systemActor('tests'), (tx) =>
      tx.tenure.updateMany({
        where: { institutionId: institution.id, kind: 'acting' },
        data: { voidedAt: new Date(), voidReason: 'Salah catat' },
      }),
    );
    expect(rosterIn((await browser.get(url)).text)[0]).toBe('Kosong: Ketua RW');
  });

  test('prints as a letter of the kelurahan with room for the lurah’s signature', async () => {
    const { browser, url, kelurahan } = await twoTerms();
    const { text } = await browser.get(url);
    expect(text).toContain('class="letterhead"');
    expect(text).toContain(`Lurah ${kelurahan.name}`);
    expect(text).toContain('Hj. Sri Wahyuni, S.Sos.');
  });

  test.each([
    '2024-02-30',
    '30-02-2024',
    'besok',
    '-1',
    '1e9',
    '2147483648',
    '<script>',
    '%',
    '😀',
    'x'.repeat(10_000),
  ])('the date %.20s is refused at the field and kept', async (tanggal) => {
    const { browser, url } = await twoTerms();
    const { status, text } = await browser.get(`${url}?${new URLSearchParams({ tanggal })}`);
    expect(status).toBe(422);
    expect(text).toContain('href="#tanggal">Tanggal ini tidak ada');
    expect(text).not.toContain('<script>alert');
    expect((await browser.get(`${url}.xlsx?${new URLSearchParams({ tanggal })}`)).status).toBe(422);
  });

  test('a date typed as Indonesians write it works', async () => {
    const { browser, url } = await twoTerms();
    expect((await browser.get(`${url}?tanggal=17-08-2024`)).text).toContain(
      'Pengurus keadaan 17 Agustus 2024',
    );
  });
});

describe('the roster’s workbook', () => {
  test('holds the day’s roster, the vacant seats too, and the same bytes twice', async () => {
    const { browser, url } = await twoTerms();
    const download = () => browser.get(`${url}.xlsx?tanggal=2024-08-17`).buffer(true).parse(binary);
    const [first, second] = [await download(), await download()];

    expect(Buffer.compare(first.body, second.body)).toBe(0);
    const rows = readWorkbook(first.body);
    expect(rows.flat()).toContain('Keadaan 17 Agustus 2024');
    expect(rows.flat()).toContain('3 baris: 2 pengurus, 1 jabatan kosong');
    const table = tableIn(first.body);
    expect(
      table.map(({ No, Nama, Jabatan, Status, Mulai, Selesai }) => [
        No,
        Nama,
        Jabatan,
        Status,
        Mulai,
        Selesai,
      ]),
    ).toEqual([
      [1, 'Suparman', 'Ketua RW', 'Definitif', '07-05-2020', '06-05-2025'],
      [2, 'Siti Maryam', 'Sekretaris RW', 'Definitif', '07-05-2020', '06-05-2025'],
      [3, null, 'Bendahara RW', 'Kosong', null, null],
    ]);
    expect(table[0]?.['No HP']).toBe('0812-3456-7890');
  });

  test('carries no phones for the auditor and is audited', async () => {
    const { url, institution } = await twoTerms();
    const auditor = await makeAccount('auditor');
    const { body } = await (await as(auditor)).get(`${url}.xlsx`).buffer(true).parse(binary);
    expect(readWorkbook(body).flat()).not.toContain('0812-3456-7890');
    const events = await asActor(
      systemActor('tests'),
      (tx) =>
        tx.$queryRaw<
          { row_id: string }[]
        >`SELECT row_id FROM audit.events WHERE action = 'export' AND actor_id = ${String(auditor.id)}`,
    );
    expect(events).toEqual([{ row_id: String(institution.id) }]);
  });
});
