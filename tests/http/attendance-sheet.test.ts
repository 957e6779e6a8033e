import { expect, test } from 'vitest';
import { systemActor } from '#src/access.ts';
import { asActor } from '#src/database.ts';
import { as } from '../support/app.ts';
import { addCrowd, type Day, makeDay } from '../support/attendance.ts';
import { makeAccount, makeKelurahan, makeOfficer } from '../support/fixtures.ts';
import { readPdf } from '../support/pdf.ts';
import { rowsOf } from '../support/superuser.ts';
import { binary, readWorkbook } from '../support/workbook.ts';

/** The attendance sheet on paper and as a file; attendance-copy.test.ts copies it back in. */

const pdfOf = async (day: Day, query = '', browser = day.staff) => {
  const answer = await browser
    .get(`${day.url}/daftar-hadir.pdf${query}`)
    .buffer(true)
    .parse(binary);
  expect(answer.status).toBe(200);
  expect(answer.headers['content-disposition']).toMatch(
    /filename=daftar-hadir-\d{4}-\d\d-\d\d\.pdf$/,
  );
  return readPdf(answer.body as Buffer);
};

const update = (day: Day, index: number, data: Record<string, unknown>) =>
  asActor(systemActor('tests'), (tx) =>
    tx.trainingInvitation.update({ where: { id: day.people[index]?.id ?? 0 }, data }),
  );

test('the empty sheet names the session and everybody in order, with lines for more', async () => {
  const day = await makeDay(['Siti Aminah', "Ma'ruf", 'Budi Şükrü']);
  await update(day, 0, { sex: 'P' });
  await update(day, 2, {
    answer: 'delegated',
    delegateName: 'Wakil Budi',
    answeredAt: new Date(),
  });
  const [page = '', ...more] = await pdfOf(day);
  expect(more).toEqual([]);
  expect(page).toContain(`KELURAHAN ${day.kelurahan.name.toUpperCase()}`);
  expect(page).toContain(day.training.title);
  expect(page).toContain('Tugas pengurus');
  expect(page).toContain('Bale Hinggil');
  expect(page).toMatch(/No\..*Nama.*L\/P.*Unsur\/LKK.*Jabatan.*Alamat\/ ?Kelurahan.*No\. HP/);
  expect(page).toMatch(/1 Budi Şükrü Diwakili Wakil Budi.*2 Ma'ruf.*3 Siti Aminah P/);
  for (const number of [1, 2, 3, 4, 8]) expect(page).toMatch(new RegExp(`\\b${number}\\. `));
  expect(page).not.toMatch(/\b9\. /);
  expect(page).toContain(`Lurah ${day.kelurahan.name}`);
  expect(page).toContain('Halaman 1 dari 1');
  // The sheet goes through the room: no phone, and nobody's excuse.
  expect(page).not.toMatch(/0812|6281/);
});

test('the filled sheet and the file say what is recorded, and who took them along is kept', async () => {
  const day = await makeDay(['Ani', 'Budi', 'Citra', 'Dewi']);
  await day.staff.post(`${day.url}/pembukaan`);
  await day.staff.post(`${day.url}/daftar-hadir`, { invitationId: day.people[0]?.id ?? 0 });
  await day.staff.post(`${day.url}/peserta-tambahan`, { name: 'Aah Tanpa Undangan' });
  await day.staff.post(`${day.url}/peserta/${day.people[1]?.id}`, {
    status: 'excused',
    reason: 'Sakit',
  });
  const [page = ''] = await pdfOf(day, '?isi=terisi');
  expect(page).toMatch(/1 Ani.*Hadir, \d\d\.\d\d WIB.*2 Budi.*Izin.*3 Citra.*Belum dicatat/);
  expect(page).toMatch(/5 Aah Tanpa Undangan/);
  expect(page).toContain('Pada daftar: 5 orang. Hadir: 2 (terlambat 0). Izin: 1.');
  expect(page).not.toContain('Tanda tangan');
  expect(page).not.toContain('Sakit');

  const answer = await day.staff.get(`${day.url}/daftar-hadir.xlsx`).buffer(true).parse(binary);
  const rows = readWorkbook(answer.body as Buffer);
  const text = JSON.stringify(rows);
  expect(text).toContain('"Aah Tanpa Undangan"');
  expect(text).toContain('"Tanpa undangan"');
  expect(text).not.toMatch(/0812|6281|Sakit/);
  const events = await rowsOf<{ new_row: Record<string, unknown> }>(
    `SELECT new_row FROM audit.events WHERE action = 'export' AND (new_row->>'session')::int = ${day.session.id} ORDER BY id`,
  );
  expect(events.map(({ new_row: row }) => row)).toMatchObject([
    { format: 'pdf', isi: 'terisi', rows: 5 },
    { rows: 5 },
  ]);
});

test('three hundred names fill pages that all repeat the head; no list leaves twenty lines', async () => {
  const day = await makeDay(['Ani']);
  await addCrowd(day.training.id, 299);
  await asActor(systemActor('tests'), async (tx) => {
    await tx.training.update({
      where: { id: day.training.id },
      data: {
        signatoryTitle: 'Kepala Seksi Pemberdayaan',
        signatoryName: 'Rekaan, S.Sos.',
        signatoryNip: '197001011990011001',
      },
    });
  });
  const pages = await pdfOf(day);
  expect(pages.length).toBeGreaterThan(10);
  for (const page of pages.slice(0, -1)) expect(page).toContain('Tanda tangan');
  expect(pages.at(-1)).toContain('Kepala Seksi Pemberdayaan');
  expect(pages.at(-1)).toContain('NIP 197001011990011001');
  expect(pages.at(-1)).toContain(`Halaman ${pages.length} dari ${pages.length}`);
  const empty = await makeDay([]);
  expect((await pdfOf(empty)).join(' ')).toMatch(/\b20\. /);
}, 30_000);

test('officers, other kelurahan and strangers get no sheet; nonsense is refused', async () => {
  const day = await makeDay(['Ani']);
  const beside = await makeKelurahan({ kecamatanId: day.kecamatan.id });
  const neighbour = await as(await makeAccount('staff', { kelurahanId: beside.id }));
  const camat = await as(await makeAccount('kecamatan', { kecamatanId: day.kecamatan.id }));
  const officer = await as(
    (await makeOfficer({ id: day.people[0]?.institutionId ?? 0, kelurahanId: day.kelurahan.id }))
      .account,
  );
  for (const file of ['daftar-hadir.pdf', 'daftar-hadir.xlsx']) {
    expect((await camat.get(`${day.url}/${file}`)).status).toBe(200);
    expect((await neighbour.get(`${day.url}/${file}`)).status).toBe(404);
    expect((await officer.get(`${day.url}/${file}`)).status).toBe(403);
    expect((await (await as()).get(`${day.url}/${file}`)).status).toBe(303);
    expect((await day.staff.get(`${day.url}/${file}?x=1`)).status).toBe(400);
  }
  expect((await day.staff.get(`${day.url}/daftar-hadir.pdf?isi=setengah`)).status).toBe(400);
  expect((await officer.get(`${day.url}/daftar-hadir`)).text).not.toContain('daftar-hadir.pdf');
});
