import { expect, test } from 'vitest';
import { date, today } from '#src/format.ts';
import { door } from '#src/database.ts';
import { certificatesIn, makeFinished } from '../support/certificates.ts';

/** What anybody learns with a code of a certificate, and no more. */

async function issueOne() {
  const scene = await makeFinished({ 'Hj. Siti Maryam, S.Pd.': ['present', 'present'] });
  await scene.staff.post(`${scene.base}/penerbitan`);
  const [certificate] = await certificatesIn(scene.training.id);
  if (!certificate) throw new Error('not issued');
  return { ...scene, certificate };
}

test('a code tells who, what and when from the frozen copy, without NIK or phone, to nobody but its bearer', async () => {
  const { stranger, certificate, training } = await issueOne();
  const page = await stranger.get(`/cek/${certificate.code}`);
  expect(page.status).toBe(200);
  expect(page.headers['x-robots-tag']).toContain('noindex');
  for (const words of [
    'Sertifikat sah',
    certificate.number,
    'Hj. Siti Maryam, S.Pd.',
    training.title,
    'Kamis, 7 Agustus 2025',
    'Bale Hinggil',
    '7 jam pelajaran',
  ])
    expect(page.text).toContain(words);
  for (const secret of ['0812', '+62812', 'NIK', 'NIP']) expect(page.text).not.toContain(secret);
});

test('a code may be typed in any case, with spaces and dashes', async () => {
  const { stranger, certificate } = await issueOne();
  const groups = certificate.code.toLowerCase().match(/.{1,4}/g) ?? [];
  for (const typed of [groups.join('-'), groups.join(' '), `  ${certificate.code}  `]) {
    const found = await stranger.get(`/cek?kode=${encodeURIComponent(typed)}`);
    expect(found.status).toBe(303);
    expect(found.headers.location).toBe(`/cek/${certificate.code}`);
  }
  expect((await stranger.get(`/cek/${encodeURIComponent(groups.join('–'))}`)).text).toContain(
    'Sertifikat sah',
  );
});

test('a revoked certificate says since when and why', async () => {
  const { stranger, staff, base, certificate } = await issueOne();
  const [year = '', month = '', day = ''] = today().split('-');
  await staff.post(`${base}/${certificate.id}/pencabutan`, {
    revokedOnYear: year,
    revokedOnMonth: month,
    revokedOnDay: day,
    reason: 'Daftar hadir <keliru>',
  });
  const page = await stranger.get(`/cek/${certificate.code}`);
  expect(page.text).toContain('Sertifikat dicabut');
  expect(page.text).toContain(`Dicabut pada ${date(today())}.`);
  expect(page.text).toContain('Daftar hadir &lt;keliru&gt;');
  expect(page.text).not.toContain('Sah.');
});

test('a replaced certificate says by what, and the new one holds', async () => {
  const { stranger, staff, base, certificate, training } = await issueOne();
  await staff.post(`${base}/${certificate.id}/pembetulan`, {
    name: 'Hj. Siti Maryam, M.Pd.',
    reason: 'Rahasia kantor',
  });
  const [, successor] = await certificatesIn(training.id);
  const old = await stranger.get(`/cek/${certificate.code}`);
  expect(old.text).toContain('Sertifikat digantikan');
  expect(old.text).toContain(`nomor ${successor?.number}`);
  expect(old.text).not.toContain(successor?.code);
  const held = await stranger.get(`/cek/${successor?.code}`);
  expect(held.text).toContain('Sertifikat sah');
  expect(held.text).not.toContain('Rahasia kantor');
});

test('what cannot be a code, or is none, is unknown', async () => {
  const { stranger } = await issueOne();
  expect((await stranger.get('/')).text).toContain('href="/cek"');
  expect((await stranger.get('/cek')).text).toContain('Kode sertifikat');
  for (const code of [
    'A'.repeat(26),
    'abc',
    '%00',
    "' OR 1=1 --",
    '0'.repeat(26),
    'é'.repeat(26),
  ]) {
    const page = await stranger.get(`/cek/${encodeURIComponent(code)}`);
    expect(page.status, code).toBe(404);
    expect(page.text).toContain('tidak dikenal');
  }
  const typed = await stranger.get('/cek?kode=abc');
  expect(typed.status).toBe(422);
  expect(typed.text).toContain('Kode terdiri atas 26 huruf dan angka');
  expect(typed.text).toContain('value="abc"');
  expect((await stranger.get('/cek?lain=1')).status).toBe(400);
  expect((await stranger.get(`/cek?kode=${'A'.repeat(201)}`)).status).toBe(422);
});

test('whoever guesses is made to wait', async () => {
  const { stranger } = await issueOne();
  const codes = Array.from({ length: 45 }, (_, index) => `${'B'.repeat(24)}${index + 22}`);
  const statuses = [];
  for (const code of codes) statuses.push((await stranger.get(`/cek/${code.slice(0, 26)}`)).status);
  expect(statuses).toContain(429);
  await door.query(`DELETE FROM rate_limits WHERE key LIKE 'certificate%'`);
});
