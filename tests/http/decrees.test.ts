import { randomUUID } from 'node:crypto';
import sharp from 'sharp';
import supertest from 'supertest';
import { expect, test } from 'vitest';
import { systemActor } from '#src/access.ts';
import { asActor } from '#src/database.ts';
import { prismaDate, today } from '#src/format.ts';
import { as, cookieFor, theApp } from '../support/app.ts';
import {
  makeAccount,
  makeDecree,
  makeInstitution,
  makeKelurahan,
  makeOfficer,
  makePerson,
  makeTenure,
  seatOf,
} from '../support/fixtures.ts';
import { readPdf } from '../support/pdf.ts';
import { rowsOf } from '../support/superuser.ts';
import { binary, unzip } from '../support/workbook.ts';

async function office() {
  const kelurahan = await makeKelurahan();
  const institution = await makeInstitution({
    kelurahanId: kelurahan.id,
    typeCode: 'RW',
    name: 'RW 005',
  });
  const lurah = await makeAccount('lurah', { kelurahanId: kelurahan.id });
  const staff = await makeAccount('staff', { kelurahanId: kelurahan.id });
  return { kelurahan, institution, lurah, staff, browser: await as(lurah), maker: await as(staff) };
}
type Office = Awaited<ReturnType<typeof office>>;

/** A secretary in office, and a waiting proposal of staff that puts Siti Aminah in their place. */
async function waitingReplacement({ institution, kelurahan, staff }: Office) {
  const seat = await seatOf(institution.id, 'secretary');
  const person = await makePerson({ name: 'Catur Saputro' });
  const tenure = await makeTenure({
    institutionId: institution.id,
    seatId: seat.id,
    personId: person.id,
  });
  return asActor(systemActor('tests'), (tx) =>
    tx.rosterChange.create({
      data: {
        institutionId: institution.id,
        kelurahanId: kelurahan.id,
        kind: 'replace',
        subject: `seat:${seat.id}`,
        status: 'submitted',
        baseVersion: institution.rosterVersion,
        effectiveOn: prismaDate('2026-06-01'),
        reason: 'Hasil musyawarah warga',
        makerId: staff.id,
        makerName: 'Rina Puspita',
        number: `U-2026-${randomUUID().slice(0, 8)}`,
        submittedAt: new Date(),
        lines: {
          create: {
            institutionId: institution.id,
            kelurahanId: kelurahan.id,
            seatId: seat.id,
            outgoingTenureId: tenure.id,
            endReason: 'resigned',
            candidate: {
              name: 'Siti Aminah',
              sex: 'female',
              address: 'Jl. Melati 3',
              rtNumber: 1,
              rwNumber: 5,
            },
          },
        },
      },
    }),
  );
}

const decreedOn = { decreedOnDay: '2', decreedOnMonth: '6', decreedOnYear: '2026' };

async function approved(
  place: Office,
  more: Record<string, string> = {},
  proposed?: { id: number; version: number },
) {
  const change = proposed ?? (await waitingReplacement(place));
  const answer = await place.browser.post(`/usulan/${change.id}/persetujuan`, {
    version: change.version,
    decreeNumber: '188.45/12/425.504/2026',
    ...decreedOn,
    ...more,
  });
  expect(answer.status, answer.text).toBe(303);
  const [decree] = await rowsOf<{ id: number; version: number }>(
    `SELECT id, version FROM decrees WHERE kelurahan_id = $1 AND number = '188.45/12/425.504/2026'`,
    [place.kelurahan.id],
  );
  if (!decree) throw new Error('no decree');
  return { change, decree };
}

type Browser = Awaited<ReturnType<typeof as>>;
const pdfText = async (browser: Browser, url: string) => {
  const { status, body } = await browser.get(url).buffer(true).parse(binary);
  expect(status, url).toBe(200);
  return (await readPdf(body as Buffer)).join(' ');
};

/** Sends a scan as the page's form does. */
async function send(
  account: { id: number },
  decree: { id: number; version: number },
  scan: { bytes: Buffer; name: string },
) {
  return supertest(theApp())
    .post(`/sk/${decree.id}/pindaian`)
    .set('Host', 'localhost:3000')
    .set('Sec-Fetch-Site', 'same-origin')
    .set('Cookie', await cookieFor(account.id))
    .field('key', randomUUID())
    .field('version', String(decree.version))
    .attach('scan', scan.bytes, scan.name);
}
const aPdf = Buffer.from('%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n');

test('a waiting proposal has a draft decree with every section and its annex, for lurah and staff', async () => {
  const place = await office();
  const change = await waitingReplacement(place);
  expect((await place.browser.get(`/usulan/${change.id}`)).text).toContain('Konsep SK (PDF)');
  expect((await place.maker.get('/sk')).text).toContain(`/usulan/${change.id}`);
  const text = await pdfText(place.maker, `/usulan/${change.id}/konsep-sk.pdf`);
  for (const section of [
    `KEPUTUSAN LURAH ${place.kelurahan.name.toUpperCase()}`,
    'NOMOR ....',
    'TENTANG',
    'Menimbang',
    'Mengingat',
    'Memperhatikan',
    'Hasil musyawarah warga',
    'MEMUTUSKAN:',
    'Menetapkan',
    'KESATU',
    'KELIMA',
    'Ditetapkan di',
    'Hj. Sri Wahyuni, S.Sos.',
    'Tembusan:',
    'LAMPIRAN KEPUTUSAN LURAH',
    'A. Diangkat',
    'Siti Aminah',
    'RT 001/RW 005',
    'B. Diberhentikan',
    'Catur Saputro',
    'Mengundurkan diri',
    'Konsep dari usulan yang belum disetujui',
  ])
    expect(text).toContain(section);
  const word = await place.maker
    .get(`/usulan/${change.id}/konsep-sk.docx`)
    .buffer(true)
    .parse(binary);
  expect(word.status).toBe(200);
  expect((word.body as Buffer).subarray(0, 2).toString()).toBe('PK');
});

test('in the Word file a signature stays on one sheet', async () => {
  const place = await office();
  const change = await waitingReplacement(place);
  const word = await place.maker
    .get(`/usulan/${change.id}/konsep-sk.docx`)
    .buffer(true)
    .parse(binary);
  const document = unzip(word.body).get('word/document.xml') ?? '';
  const paragraphs = document.match(/<w:p>.*?<\/w:p>/gs) ?? [];
  const first = paragraphs.findIndex((text) => text.includes('Ditetapkan di'));
  const name = paragraphs.findIndex((text, at) => at > first && text.includes('<w:b/>'));
  expect(name).toBeGreaterThan(first + 4);
  for (const text of paragraphs.slice(first, name)) expect(text).toContain('<w:keepNext/>');
});

test('a draft says once of which type the institution is', async () => {
  const place = await office();
  const institution = await makeInstitution({ kelurahanId: place.kelurahan.id, typeCode: 'RT' });
  const change = await waitingReplacement({ ...place, institution });
  const word = await place.maker
    .get(`/usulan/${change.id}/konsep-sk.docx`)
    .buffer(true)
    .parse(binary);
  const properties = unzip(word.body).get('docProps/core.xml') ?? '';
  expect(properties).toContain('tentang Ganti');
  expect(properties).not.toMatch(/\b(RT|RW) \1\b/);
});

test('the copies stand below the signature, never alone on a sheet', async () => {
  const place = await office();
  const change = await waitingReplacement(place);
  const { institutionTypeId } = place.institution;
  for (let count = 4; count <= 20; count += 1) {
    const words = {
      considering: 'bahwa jabatan yang kosong perlu diisi;',
      recalling: '{dasar}',
      dictum: Array(count).fill('Pengurus bekerja sama dengan warga.').join('\n'),
      copies: 'Camat {kecamatan}\nKetua RW\nYang bersangkutan',
    };
    await asActor(systemActor('tests'), (tx) =>
      tx.decreeTemplate.upsert({
        where: { institutionTypeId },
        create: { institutionTypeId, ...words },
        update: words,
      }),
    );
    const { body } = await place.maker
      .get(`/usulan/${change.id}/konsep-sk.pdf`)
      .buffer(true)
      .parse(binary);
    const sheet = (await readPdf(body)).find((page) => page.includes('Tembusan:'));
    expect(sheet, `${count} sentences`).toContain('Ditetapkan di');
  }
});

test('the grounds go by rank and then by year', async () => {
  const place = await office();
  const institution = await makeInstitution({
    kelurahanId: place.kelurahan.id,
    typeCode: 'POSYANDU',
  });
  const change = await waitingReplacement({ ...place, institution });
  const text = await pdfText(place.maker, `/usulan/${change.id}/konsep-sk.pdf`);
  const grounds = text.slice(text.indexOf('Mengingat'), text.indexOf('Memperhatikan'));
  expect(
    [...grounds.matchAll(/Nomor (\d+) Tahun (\d{4})/g)].map(([, no, year]) => `${no}/${year}`),
  ).toEqual(
    ['23/2014', '6/2023', '2/2018', '17/2018', '18/2018', '13/2024'].filter(
      (ground) => ground !== '6/2023' || grounds.includes('Nomor 6 Tahun 2023'),
    ),
  );
});

test('the draft notes the minutes of the meeting where the proposal names them', async () => {
  const place = await office();
  const change = await waitingReplacement(place);
  const url = `/usulan/${change.id}/konsep-sk.pdf`;
  expect(await pdfText(place.maker, url)).toContain('Usulan perubahan pengurus nomor');
  await asActor(systemActor('tests'), (tx) =>
    tx.rosterChange.update({
      where: { id: change.id },
      data: { minutesNumber: '01/BA/RW.005/V/2026', minutesOn: prismaDate('2026-05-20') },
    }),
  );
  const text = await pdfText(place.maker, url);
  expect(text).toContain(
    'Berita Acara Musyawarah RW 005 Nomor 01/BA/RW.005/V/2026 tanggal 20 Mei 2026',
  );
  expect(text).not.toContain('Usulan perubahan pengurus nomor');
  expect((await place.browser.get(`/usulan/${change.id}`)).text).toContain(
    'Nomor 01/BA/RW.005/V/2026, 20 Mei 2026',
  );
  const { decree } = await approved(place, {}, change);
  expect(await pdfText(place.maker, `/sk/${decree.id}.pdf`)).toContain(
    'Nomor 01/BA/RW.005/V/2026 tanggal 20 Mei 2026',
  );
});

test('whoever is to stand in is called so in the annex, before and after the decision', async () => {
  const place = await office();
  const change = await waitingReplacement(place);
  await asActor(systemActor('tests'), (tx) =>
    tx.rosterChange.update({
      where: { id: change.id },
      data: { kind: 'acting', termEndsOn: prismaDate('2026-12-01') },
    }),
  );
  expect(await pdfText(place.maker, `/usulan/${change.id}/konsep-sk.pdf`)).toContain(
    'Plt. Sekretaris RW',
  );
});

test('an approved proposal becomes a numbered decree whose draft carries number and date', async () => {
  const place = await office();
  const { change, decree } = await approved(place);
  const { text: page } = await place.browser.get(`/sk/${decree.id}`);
  expect(page).toContain('Menunggu tanda tangan');
  expect(page).toContain('Siti Aminah');
  expect(page).toContain(`/usulan/${change.id}`);
  const text = await pdfText(place.browser, `/sk/${decree.id}.pdf`);
  expect(text).toContain('NOMOR 188.45/12/425.504/2026');
  expect(text).toContain('pada tanggal 2 Juni 2026');
  expect(text).toContain('PENGURUS RW 005');
  expect((await place.browser.get(`/usulan/${change.id}/konsep-sk.pdf`)).status).toBe(404);
});

test('an ending may have a decree of its own, and each decree says its part', async () => {
  const place = await office();
  const { decree } = await approved(place, { endingNumber: '188.45/13/425.504/2026' });
  const [ending] = await rowsOf<{ id: number }>(
    `SELECT d.id FROM decisions x JOIN decrees d ON d.id = x.ending_decree_id WHERE x.decree_id = $1`,
    [decree.id],
  );
  const [appoints, ends] = [
    await pdfText(place.browser, `/sk/${decree.id}.pdf`),
    await pdfText(place.browser, `/sk/${ending?.id}.pdf`),
  ];
  expect(appoints).toContain('Siti Aminah');
  expect(appoints).not.toContain('Catur Saputro');
  expect(ends).toContain('PEMBERHENTIAN PENGURUS RW 005');
  expect(ends).toContain('Catur Saputro');
  expect(ends).not.toContain('Siti Aminah');
});

test('a number for the ending alone is asked for, and not the same one twice', async () => {
  const place = await office();
  const change = await waitingReplacement(place);
  const fields = { version: change.version, decreeNumber: '188.45/12/2026', ...decreedOn };
  const url = `/usulan/${change.id}/persetujuan`;
  const same = await place.browser.post(url, { ...fields, endingNumber: '188.45/12/2026' });
  const dateOnly = await place.browser.post(url, {
    ...fields,
    endingDecreedOnDay: '2',
    endingDecreedOnMonth: '6',
    endingDecreedOnYear: '2026',
  });
  expect([same.status, dateOnly.status]).toEqual([422, 422]);
  expect(same.text).toContain('Nomor ini sama dengan SK pengangkatan');
  expect(dateOnly.text).toContain('Isi nomor SK pemberhentian');
});

test('the signed scan locks the decree, on the page and in the database', async () => {
  const place = await office();
  const { decree } = await approved(place);
  const answer = await send(place.staff, decree, { bytes: aPdf, name: 'SK bertanda tangan.pdf' });
  expect(answer.status, answer.text).toBe(303);
  const { text } = await place.browser.get(`/sk/${decree.id}`);
  expect(text).toContain('Ditandatangani');
  expect(text).not.toContain('Unggah SK yang sudah ditandatangani');
  const again = await send(
    place.staff,
    { ...decree, version: decree.version + 1 },
    { bytes: aPdf, name: 'b.pdf' },
  );
  expect(again.status).toBe(409);
  for (const change of [
    { number: '1' },
    { decreedOn: prismaDate('2026-06-03') },
    { about: 'Lain' },
    { signatoryName: 'Lain' },
    { scanId: null },
    { status: 'numbered' },
  ])
    await expect(
      asActor(systemActor('tests'), (tx) =>
        tx.decree.update({ where: { id: decree.id }, data: change }),
      ),
      JSON.stringify(change),
    ).rejects.toThrow(/decrees_/);
  await expect(
    asActor(systemActor('tests'), (tx) =>
      tx.document.deleteMany({ where: { kelurahanId: place.kelurahan.id } }),
    ),
  ).rejects.toThrow();
});

test('a signed decree without a scan takes no more lines, but its scan once', async () => {
  const place = await office();
  const { decree } = await approved(place);
  await asActor(systemActor('tests'), (tx) =>
    tx.decree.update({ where: { id: decree.id }, data: { status: 'signed' } }),
  );
  await expect(
    asActor(systemActor('tests'), (tx) =>
      tx.tenure.updateMany({
        where: { institutionId: place.institution.id, endingDecreeId: decree.id },
        data: { appointingDecreeId: decree.id },
      }),
    ),
  ).rejects.toThrow('signed_decrees_take_no_lines');
  const other = await makeInstitution({ kelurahanId: place.kelurahan.id, typeCode: 'RW' });
  const change = await waitingReplacement({ ...place, institution: other });
  const answer = await place.browser.post(`/usulan/${change.id}/persetujuan`, {
    version: change.version,
    decreeNumber: '188.45/12/425.504/2026',
    ...decreedOn,
  });
  expect(answer.status).toBe(422);
  expect(answer.text).toContain('tidak dapat ditambah');
  expect((await send(place.staff, decree, { bytes: aPdf, name: 'sk.pdf' })).status).toBe(303);
});

test('the scan comes back as it was, as a download without rights', async () => {
  const place = await office();
  const { decree } = await approved(place);
  await send(place.staff, decree, { bytes: aPdf, name: 'sk.pdf' });
  const { headers, body } = await place.browser
    .get(`/sk/${decree.id}/pindaian`)
    .buffer(true)
    .parse(binary);
  expect((body as Buffer).equals(aPdf)).toBe(true);
  expect(headers['content-disposition']).toBe(
    'attachment; filename="SK 188.45-12-425.504-2026.pdf"',
  );
  expect(headers['content-security-policy']).toBe("sandbox; default-src 'none'");
  const [kept] = await rowsOf<{ sha256: string; trail: unknown }>(
    `SELECT sha256, (SELECT new_row ? 'bytes' FROM audit.events WHERE table_name = 'documents' AND row_id = d.id::text) AS trail
     FROM documents d WHERE kelurahan_id = $1`,
    [place.kelurahan.id],
  );
  expect(kept?.sha256).toMatch(/^[0-9a-f]{64}$/);
  expect(kept?.trail).toBe(false);
  const other = await as((await office()).lurah);
  expect((await other.get(`/sk/${decree.id}/pindaian`)).status).toBe(404);
});

test('a photo is turned upright, shrunk and stripped of where it was taken', async () => {
  const place = await office();
  const { decree } = await approved(place);
  const photo = await sharp({
    create: { width: 4000, height: 3000, channels: 3, background: '#eee' },
  })
    .withExif({ IFD0: { Copyright: 'RAHASIA' } })
    .jpeg()
    .toBuffer();
  const answer = await send(place.staff, decree, { bytes: photo, name: 'IMG_2041.JPG' });
  expect(answer.status, answer.text).toBe(303);
  const { body } = await place.browser.get(`/sk/${decree.id}/pindaian`).buffer(true).parse(binary);
  const kept = await sharp(body as Buffer).metadata();
  expect(Math.max(kept.width, kept.height)).toBeLessThanOrEqual(2200);
  expect(kept.exif).toBeUndefined();
  expect((body as Buffer).includes('RAHASIA')).toBe(false);
});

const anSvg = Buffer.from(
  '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
);
test.each([
  ['an SVG', { bytes: anSvg, name: 'sk.svg' }, 'bukan salah satunya'],
  ['an SVG called PDF', { bytes: anSvg, name: 'sk.pdf' }, 'bukan salah satunya'],
  ['a PDF called HTML', { bytes: aPdf, name: 'sk.html' }, 'bukan salah satunya'],
  ['half a PDF', { bytes: Buffer.from('%PDF-1.4\nhalf'), name: 'sk.pdf' }, 'terpotong'],
  [
    'half a photo',
    { bytes: Buffer.from([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3]), name: 'a.jpg' },
    'rusak',
  ],
  ['too much', { bytes: Buffer.alloc(5 * 1024 * 1024 + 1), name: 'a.pdf' }, 'paling besar 5 MB'],
  ['nothing', { bytes: Buffer.alloc(0), name: 'a.pdf' }, 'Pilih pindaian'],
])('%s is refused at the field, and the decree stays open', async (_what, scan, sentence) => {
  const place = await office();
  const { decree } = await approved(place);
  const answer = await send(place.staff, decree, scan);
  expect(answer.status).toBe(422);
  expect(answer.text).toContain(sentence);
  expect((await place.browser.get(`/sk/${decree.id}`)).text).toContain('Menunggu tanda tangan');
});

test('the list shows a year with the numbers it misses, and the form suggests the next', async () => {
  const place = await office();
  for (const number of [1, 2, 5])
    await makeDecree({
      kelurahanId: place.kelurahan.id,
      number: `188.45/${number}/425.504/2026`,
      decreedOn: '2026-03-0' + number,
    });
  const saved = await place.maker.post('/sk/penomoran', {
    version: 0,
    pattern: '188.45/{urut}/425.504/{tahun}',
  });
  expect(saved.status, saved.text).toBe(303);
  const { text } = await place.maker.get('/sk?tahun=2026');
  expect(text).toContain('188.45/5/425.504/2026');
  expect(text).toMatch(/tidak tercatat di sini:<\/strong>\s*3–4/);
  expect((await place.maker.get('/sk?cari=%25')).text).toContain('Tidak ada SK yang cocok');
  const change = await waitingReplacement(place);
  expect((await place.browser.get(`/usulan/${change.id}/persetujuan`)).text).toContain(
    'value="188.45/6/425.504/2026"',
  );
  const second = await place.maker.post('/sk/penomoran', { version: 0, pattern: '1/{urut}' });
  expect(second.status).toBe(409);
  expect(second.text).toContain('Data ini baru saja diubah orang lain');
  expect(second.text).toContain('188.45/{urut}/425.504/{tahun}');
  const version = /name="version" value="(\d+)"/.exec(second.text)?.[1] ?? '';
  const again = await place.maker.post('/sk/penomoran', { version, pattern: '1/{urut}' });
  expect(again.status).toBe(303);
});

test('a pattern without a place for the number is refused with what to write', async () => {
  const { maker } = await office();
  const { status, text } = await maker.post('/sk/penomoran', {
    version: 0,
    pattern: '188.45/2026',
  });
  expect(status).toBe(422);
  expect(text).toContain('Tulis {urut} satu kali');
});

test('the texts of a type are edited by the admin and used by the next draft', async () => {
  const place = await office();
  const admin = await as(await makeAccount('admin'));
  const url = `/sk/templat/${place.institution.institutionTypeId}`;
  const fields = {
    considering: 'bahwa {lembaga} perlu pengurus;',
    recalling: 'Peraturan Wali Kota Nomor 31 Tahun 2019;',
    dictum: 'Keputusan ini berlaku.',
    copies: 'Arsip kota',
  };
  const wrong = await admin.post(url, { version: 0, ...fields, dictum: 'Untuk {siapa}.' });
  expect(wrong.status).toBe(422);
  expect(wrong.text).toContain('Kata isian {siapa} tidak dikenal');
  const [known] = await rowsOf<{ version: number }>(
    `SELECT version FROM decree_templates WHERE institution_type_id = $1`,
    [place.institution.institutionTypeId],
  );
  expect((await admin.post(url, { version: known?.version ?? 0, ...fields })).status).toBe(303);
  const change = await waitingReplacement(place);
  const text = await pdfText(place.maker, `/usulan/${change.id}/konsep-sk.pdf`);
  expect(text).toContain('bahwa RW 005 perlu pengurus;');
  expect(text).toContain('Arsip kota');
});

test('what is edited after the approval changes no decree that was approved before', async () => {
  const place = await office();
  const typeId = place.institution.institutionTypeId;
  const admin = await as(await makeAccount('admin'));
  const edit = async (copies: string) => {
    const [known] = await rowsOf<{ version: number }>(
      `SELECT version FROM decree_templates WHERE institution_type_id = $1`,
      [typeId],
    );
    const answer = await admin.post(`/sk/templat/${typeId}`, {
      version: known?.version ?? 0,
      considering: 'bahwa {lembaga} perlu pengurus;',
      recalling: '{dasar}',
      dictum: 'Keputusan ini berlaku.',
      copies,
    });
    expect(answer.status, answer.text.slice(0, 600)).toBe(303);
  };
  await edit('Arsip sebelum');
  const { decree } = await approved(place);
  await edit('Arsip sesudah');
  const text = await pdfText(place.maker, `/sk/${decree.id}.pdf`);
  expect(text).toContain('Arsip sebelum');
  expect(text).not.toContain('Arsip sesudah');
});

test('a decree is revoked once, with day and reason, by the lurah alone', async () => {
  const place = await office();
  const { decree } = await approved(place);
  const day = { revokedOnDay: '1', revokedOnMonth: '6', revokedOnYear: '2026' };
  const fields = { version: decree.version, reason: 'Keliru menyebut jabatan' };
  const url = `/sk/${decree.id}/pencabutan`;
  const early = await place.browser.post(url, { ...fields, ...day });
  expect(early.text).toContain('tidak boleh sebelum tanggal SK, 2 Juni 2026');
  expect((await place.maker.post(url, { ...fields, ...day })).status).toBe(403);
  const done = await place.browser.post(url, { ...fields, ...day, revokedOnDay: '3' });
  expect(done.status, done.text).toBe(303);
  expect((await place.browser.get(`/sk/${decree.id}`)).text).toContain('Keliru menyebut jabatan');
  expect((await place.browser.post(url, { ...fields, ...day })).status).toBe(409);
});

test('staff start the next board of an institution whose decree ends soon, with the present officers', async () => {
  const { institution, maker } = await office();
  const soon = new Date(Date.now() + 40 * 86_400_000).toISOString().slice(0, 10);
  const seat = await seatOf(institution.id);
  const person = await makePerson({ name: 'Willy Limantara' });
  const start = `${Number(soon.slice(0, 4)) - 5}${soon.slice(4)}`;
  await makeTenure({
    institutionId: institution.id,
    seatId: seat.id,
    personId: person.id,
    startOn: start,
    plannedEndOn: soon,
  });
  for (const page of ['/sk', '/beranda']) {
    const { text } = await maker.get(page);
    expect(text).toContain('Siapkan perpanjangan');
    const [, key = ''] =
      /name="key" value="([^"]+)"><input type="hidden" name="institutionId"/.exec(text) ?? [];
    const answer = await maker.post('/usulan', {
      key,
      institutionId: institution.id,
      kind: 'new_board',
    });
    expect(answer.headers.location).toMatch(/\/masa-bakti$/);
    const [, id] = /\/usulan\/(\d+)/.exec(answer.headers.location ?? '') ?? [];
    const lines = await rowsOf(
      `SELECT incoming_person_id FROM roster_change_lines WHERE roster_change_id = $1 AND incoming_person_id = $2`,
      [Number(id), person.id],
    );
    expect(lines).toHaveLength(1);
    const term = await maker.get(answer.headers.location ?? '');
    expect(dateIn(term.text, 'effectiveOn')).toBe(soon);
    // An institution has one open proposal for its board.
    const cancel = `/usulan/${id}/pembatalan`;
    const version = /name="version" value="(\d+)"/.exec((await maker.get(cancel)).text)?.[1] ?? '';
    expect((await maker.post(cancel, { version })).status).toBe(303);
  }
});

test.each([
  ['2019-05-07', '2024-05-07'],
  ['2024-05-07', `${Number(today().slice(0, 4)) + 3}-05-07`],
])('a board of %s to %s gives way to one that is proposed from today', async (startOn, endsOn) => {
  const { institution, maker } = await office();
  const seat = await seatOf(institution.id);
  const person = await makePerson();
  const place = { institutionId: institution.id, seatId: seat.id, personId: person.id };
  await makeTenure({ ...place, startOn, plannedEndOn: endsOn });
  const answer = await maker.post('/usulan', {
    key: randomUUID(),
    institutionId: institution.id,
    kind: 'new_board',
  });
  const term = await maker.get(answer.headers.location ?? '');
  expect(dateIn(term.text, 'effectiveOn')).toBe(today());
});

/** The date in the three boxes of a form. */
const dateIn = (html: string, name: string) =>
  ['Year', 'Month', 'Day']
    .map((part) => new RegExp(`name="${name}${part}"[^>]*value="(\\d*)"`).exec(html)?.[1] ?? '')
    .map((digits) => digits.padStart(2, '0'))
    .join('-');

test('a signed decree takes no more proposals', async () => {
  const place = await office();
  const { decree } = await approved(place);
  await send(place.staff, decree, { bytes: aPdf, name: 'sk.pdf' });
  const other = await makeInstitution({
    kelurahanId: place.kelurahan.id,
    typeCode: 'RW',
    name: 'RW 006',
  });
  await makeOfficer(other);
  const change = await waitingReplacement({ ...place, institution: other });
  const { status, text } = await place.browser.post(`/usulan/${change.id}/persetujuan`, {
    version: change.version,
    decreeNumber: '188.45/12/425.504/2026',
    ...decreedOn,
  });
  expect(status).toBe(422);
  expect(text).toContain('sudah ditandatangani atau dicabut');
});
