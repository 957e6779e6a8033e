import { expect, test } from 'vitest';
import { as } from '../support/app.ts';
import {
  makeAccount,
  makeInstitution,
  makeKecamatan,
  makeKelurahan,
  makeOfficer,
} from '../support/fixtures.ts';
import { inTests } from '../support/invitations.ts';
import { makeTraining } from '../support/trainings.ts';
import { binary, readWorkbook } from '../support/workbook.ts';

/** `/pelatihan` narrowed to a status, a year, an organiser or a pillar, on screen and as a file. */

async function makeScene() {
  const kecamatan = await makeKecamatan();
  const at = { kelurahanId: (await makeKelurahan({ kecamatanId: kecamatan.id })).id };
  const { account } = await makeOfficer(await makeInstitution(at));
  const old = await makeTraining({
    ...at,
    title: 'Kelas Lama',
    status: 'finished',
    day: '2024-05-02',
  });
  // Already the next year in Jakarta, not yet in Greenwich.
  const night = await makeTraining({
    ...at,
    title: 'Kelas Malam',
    status: 'finished',
    day: '2025-01-01',
  });
  const off = await makeTraining({
    ...at,
    title: 'Kelas Batal',
    status: 'scheduled',
    day: '2025-03-04',
  });
  const ahead = await makeTraining({ ...at, title: 'Kelas Depan', day: '2031-08-07' });
  const draft = await makeTraining({
    ...at,
    title: 'Kelas Draf',
    status: 'draft',
    day: '2031-09-01',
  });
  await inTests(async (tx) => {
    await tx.$executeRaw`UPDATE training_sessions SET starts_at = '2024-12-31T17:30Z', ends_at = '2024-12-31T19:00Z'
      WHERE id = ${night.sessions[0]?.id}`;
    await tx.training.update({
      where: { id: off.id },
      data: { status: 'cancelled', cancelReason: 'Hujan' },
    });
    await tx.training.update({
      where: { id: old.id },
      data: {
        pillars: ['lestari', 'bersih'],
        organiserName: 'Kecamatan Uji',
      },
    });
  });
  return {
    ids: { old: old.id, night: night.id, off: off.id, ahead: ahead.id, draft: draft.id },
    staff: await as(await makeAccount('staff', at)),
    officer: await as(account),
    neighbour: await as(
      await makeAccount('staff', {
        kelurahanId: (await makeKelurahan({ kecamatanId: kecamatan.id })).id,
      }),
    ),
  };
}

const titles = (html: string) =>
  [...html.matchAll(/<strong>(Kelas \w+)<\/strong>/g)].map(([, title]) => title);

test('each part of the filter narrows the list, and the parts go together', async () => {
  const { staff } = await makeScene();
  for (const [query, expected] of [
    ['', ['Kelas Depan']],
    ['daftar=semua', ['Kelas Draf', 'Kelas Depan', 'Kelas Batal', 'Kelas Malam', 'Kelas Lama']],
    ['daftar=selesai', ['Kelas Batal', 'Kelas Malam', 'Kelas Lama']],
    ['daftar=selesai&status=batal', ['Kelas Batal']],
    ['daftar=semua&status=draf', ['Kelas Draf']],
    ['daftar=selesai&tahun=2025', ['Kelas Batal', 'Kelas Malam']],
    ['daftar=semua&tahun=2024', ['Kelas Lama']],
    ['daftar=semua&pilar=bersih', ['Kelas Lama']],
    ['daftar=semua&penyelenggara=Kecamatan+Uji', ['Kelas Lama']],
    ['daftar=semua&penyelenggara=Kelurahan+Uji&tahun=2025&status=selesai', ['Kelas Malam']],
    ['daftar=semua&status=&tahun=&penyelenggara=&pilar=kreatif', []],
  ] as const) {
    const page = await staff.get(`/pelatihan?${query}`);
    expect(page.status, query).toBe(200);
    expect(titles(page.text), query).toEqual(expected);
  }
});

test('an empty answer leads back, a turned page and another list keep the filter', async () => {
  const { staff } = await makeScene();
  const none = await staff.get('/pelatihan?daftar=selesai&pilar=kreatif');
  expect(none.text).toContain('Tidak ada pelatihan yang cocok dengan saringan ini.');
  expect(none.text).toContain('href="/pelatihan?daftar=selesai"');
  const page = await staff.get('/pelatihan?daftar=selesai&tahun=2025&status=batal');
  expect(page.text).toContain('href="/pelatihan?daftar=semua&amp;tahun=2025"');
  expect(page.text).toContain(
    'href="/pelatihan.xlsx?daftar=selesai&amp;status=batal&amp;tahun=2025"',
  );
  expect(page.text).toMatch(/<option value="2025" selected>/);
});

test('what is not offered is refused at its field, on screen and as a file', async () => {
  const { staff, neighbour } = await makeScene();
  for (const [query, words] of [
    ['status=apa', 'Pilih status dari daftar'],
    ['tahun=1999', 'Pilih tahun dari daftar'],
    ['tahun=abcd', 'Pilih tahun dari daftar'],
    ['tahun=99999999999', 'Pilih tahun dari daftar'],
    ['pilar=kotor', 'Pilih pilar dari daftar'],
    ['penyelenggara=%27%20OR%201=1--', 'Pilih penyelenggara dari daftar'],
    [`penyelenggara=${'a'.repeat(121)}`, 'Paling panjang 120 huruf'],
  ] as const)
    for (const path of ['/pelatihan', '/pelatihan.xlsx']) {
      const refused = await staff.get(`${path}?${query}`);
      expect(refused.status, query).toBe(422);
      expect(refused.text, query).toContain(words);
    }
  expect((await staff.get('/pelatihan?apa=1')).status).toBe(400);
  // Whose trainings one does not see, those organisers and years are not offered either.
  const empty = await neighbour.get('/pelatihan?daftar=semua');
  expect(empty.text).toContain('Belum ada pelatihan');
  expect(empty.text).not.toContain('Kecamatan Uji');
  expect((await neighbour.get('/pelatihan?penyelenggara=Kecamatan+Uji')).status).toBe(422);
});

test('the file holds the rows of the filter with what the plan says; an officer gets no draft', async () => {
  const { staff, officer } = await makeScene();
  const rowsOf = async (browser: typeof staff, query: string) => {
    const file = await browser.get(`/pelatihan.xlsx?${query}`).buffer().parse(binary);
    expect(file.status).toBe(200);
    return readWorkbook(file.body).map((row) => row.map((cell) => String(cell ?? '')));
  };
  const rows = await rowsOf(staff, 'daftar=selesai&tahun=2024');
  expect(rows.map(([first]) => first)).toContain('Saringan: Selesai, 2024');
  expect(rows.at(-1)).toEqual(
    expect.arrayContaining(['Kelas Lama', 'Selesai', 'Kecamatan Uji', 'Bersih, Lestari']),
  );
  const seen = (await rowsOf(officer, 'daftar=semua')).map(([first]) => first);
  expect(seen).toContain('Kelas Depan');
  expect(seen).not.toContain('Kelas Draf');
});
