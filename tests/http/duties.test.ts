import { expect, test } from 'vitest';
import { systemActor } from '#src/access.ts';
import { asActor } from '#src/database.ts';
import { addDays, today } from '#src/format.ts';
import { as } from '../support/app.ts';
import {
  makeAccount,
  makeInstitution,
  makeKecamatan,
  makeKelurahan,
  makeOfficer,
  makePerson,
  makeTenure,
  seatOf,
  unique,
} from '../support/fixtures.ts';
import { inTransaction, rowsOf } from '../support/superuser.ts';
import { binary, readWorkbook } from '../support/workbook.ts';

const dayOf = (name: string, value: string) => {
  const [year = '', month = '', day = ''] = value.split('-');
  return { [`${name}Day`]: day, [`${name}Month`]: month, [`${name}Year`]: year };
};
const wording = (text: string, from = today()) => ({
  text,
  legalBasis: 'Perwali Uji 1/2026',
  ...dayOf('validFrom', from),
});
const ascending = (one: number, other: number) => one - other;
const hiddenIn = (html: string, name: string) =>
  new RegExp(`name="${name}" value="([^"]*)"`).exec(html)?.[1] ?? '';

/** A Pokmas with a chair who signs in and a secretary who does not; duties of tests belong to types, so each has its own text. */
async function makeScene(typeCode = 'POKMAS') {
  const kecamatan = await makeKecamatan();
  const kelurahan = await makeKelurahan({ kecamatanId: kecamatan.id });
  const institution = await makeInstitution({ kelurahanId: kelurahan.id, typeCode });
  const { account: officer, tenure } = await makeOfficer(institution);
  const person = await makePerson({ name: `Sekretaris ${unique()}` });
  const seat = await seatOf(institution.id, 'secretary');
  const secretary = await makeTenure({
    institutionId: institution.id,
    seatId: seat.id,
    personId: person.id,
  });
  const staff = await makeAccount('staff', { kelurahanId: kelurahan.id });
  const admin = await makeAccount('admin');
  return { kecamatan, kelurahan, institution, officer, tenure, secretary, person, staff, admin };
}
type Scene = Awaited<ReturnType<typeof makeScene>>;

const chairDuties = ({ institution }: Scene) =>
  rowsOf<{ id: number; text: string; position: number }>(
    `SELECT d.id, d.text, d.position_type_id AS position FROM duties d JOIN position_types p ON p.id = d.position_type_id
     WHERE d.institution_type_id = $1 AND p.is_chair AND d.institution_id IS NULL
       AND d.valid_from <= $2::date AND d.valid_until IS NULL ORDER BY d.sort_order, d.id`,
    [institution.institutionTypeId, today()],
  );

async function confirmAsOfficer({ officer }: Scene) {
  const browser = await as(officer);
  const page = await browser.get('/tugas-saya');
  const sent = {
    tenureId: hiddenIn(page.text, 'tenureId'),
    dutyIds: hiddenIn(page.text, 'dutyIds'),
  };
  return browser.post('/tugas-saya/konfirmasi', { ...sent, understood: 'on' });
}

const changeText = async (scene: Scene, id: number, text: string) =>
  (await as(scene.admin)).post(`/tugas/butir/${id}`, { ...wording(text), checked: 'on' });

test('a changed text is a new version from its day on, and the old one stays readable', async () => {
  const scene = await makeScene('POSYANDU');
  const [first] = await chairDuties(scene);
  if (!first) throw new Error('no duty');
  const admin = await as(scene.admin);
  const tomorrow = addDays(today(), 1);

  const check = await admin.post(`/tugas/butir/${first.id}`, wording('Menjaga arsip', tomorrow));
  expect(check.status).toBe(200);
  expect(check.text).toContain('Siapa yang diminta mengonfirmasi');
  expect(check.text).toMatch(/<strong>\d+ pengurus<\/strong>/);
  expect(await chairDuties(scene)).toContainEqual(first);
  const back = { ...wording('Menjaga arsip', tomorrow), checked: 'on', again: 'on' };
  expect((await admin.post(`/tugas/butir/${first.id}`, back)).text).toContain(
    'Menjaga arsip</textarea>',
  );
  expect(await chairDuties(scene)).toContainEqual(first);

  const saved = await admin.post(`/tugas/butir/${first.id}`, {
    ...wording('Menjaga arsip', tomorrow),
    checked: 'on',
  });
  expect(saved.status, saved.text).toBe(303);
  const versions = await rowsOf<{ text: string; from: string; until: string | null }>(
    `SELECT text, valid_from::text AS from, valid_until::text AS until FROM duties WHERE lineage_id = $1 ORDER BY id`,
    [first.id],
  );
  expect(versions).toEqual([
    { text: first.text, from: '1945-08-17', until: tomorrow },
    { text: 'Menjaga arsip', from: tomorrow, until: null },
  ]);
  const institution = await admin.get(`/lembaga/${scene.institution.id}/tugas`);
  expect(institution.text).toContain(first.text);
  expect(institution.text).not.toContain('Menjaga arsip');
  const history = await admin.get(`/tugas/butir/${first.id}`);
  expect(history.text).toContain(first.text);
  expect(history.text).toContain('Menjaga arsip');
  expect((await admin.get(`/tugas/${scene.institution.institutionTypeId}`)).text).toContain(
    'Mulai ',
  );
});

test('whoever saves second gets both texts and saves after the newer one', async () => {
  const scene = await makeScene('LPM');
  const [first] = await chairDuties(scene);
  if (!first) throw new Error('no duty');
  expect((await changeText(scene, first.id, 'Naskah orang pertama')).status).toBe(303);
  const second = await changeText(scene, first.id, 'Naskah orang kedua');
  expect(second.status).toBe(409);
  expect(second.text).toContain('Naskah orang pertama');
  expect(second.text).toContain('Naskah orang kedua');
  const head = Number(/action="\/tugas\/butir\/(\d+)"/.exec(second.text)?.[1]);
  expect((await changeText(scene, head, 'Naskah orang kedua')).status).toBe(303);
  const held = await rowsOf<{ text: string }>(
    `SELECT text FROM duties WHERE lineage_id = $1 AND valid_until IS NULL`,
    [first.id],
  );
  expect(held).toEqual([{ text: 'Naskah orang kedua' }]);

  const parallel = await rowsOf<{ id: number }>(
    `SELECT max(id) AS id FROM duties WHERE lineage_id = $1`,
    [first.id],
  );
  const id = parallel[0]?.id ?? 0;
  const answers = await Promise.all(
    Array.from({ length: 6 }, (_, index) => changeText(scene, id, `Serentak ${index}`)),
  );
  expect(answers.map(({ status }) => status).toSorted(ascending)).toEqual([
    303, 409, 409, 409, 409, 409,
  ]);
});

test.each([
  ['no text', { text: '' }, 'Tulis butir tugas'],
  ['a text of 501 letters', { text: 'x'.repeat(501) }, 'Paling panjang 500 huruf'],
  ['no legal basis', { legalBasis: '' }, 'Tulis dasar butir ini'],
  ['a day in the past', dayOf('validFrom', '2020-01-01'), 'tidak boleh sebelum hari ini'],
  ['a day that does not exist', dayOf('validFrom', '2030-02-30'), 'Tanggal ini tidak ada'],
  ['an unknown section', { section: '2147483' }, 'Pilih bagian dari daftar'],
])(
  'a duty with %s is refused at its field, and what was typed stays',
  async (_case, given, message) => {
    const scene = await makeScene();
    const admin = await as(scene.admin);
    const fields = { section: 'task', ...wording('Butir <baru>'), checked: 'on', ...given };
    const answer = await admin.post(`/tugas/${scene.institution.institutionTypeId}`, fields);
    expect(answer.status).toBe(422);
    expect(answer.text).toContain('error-summary');
    expect(answer.text).toContain(message);
    expect(answer.text).toContain('Perwali Uji 1/2026'.slice(0, given.legalBasis === '' ? 0 : 12));
  },
);

test('a duty is added, moved and ended, and put in force again', async () => {
  const scene = await makeScene('KARANG_TARUNA');
  const admin = await as(scene.admin);
  const typeId = scene.institution.institutionTypeId;
  const url = `/tugas/${typeId}`;
  for (const text of ['Butir uji satu', 'Butir uji dua'])
    await admin.post(url, { section: 'function', ...wording(text), checked: 'on' });
  const placesOf = async () => {
    const { text } = await admin.get(url);
    return ['Butir uji satu', 'Butir uji dua'].map((name) => text.indexOf(`<p>${name}</p>`));
  };
  const [one = 0, two = 0] = await placesOf();
  expect(one).toBeGreaterThan(0);
  expect(two).toBeGreaterThan(one);
  const [duty] = await rowsOf<{ id: number }>(`SELECT id FROM duties WHERE text = 'Butir uji dua'`);
  const id = duty?.id ?? 0;
  expect((await admin.post(`/tugas/butir/${id}/urutan`, { direction: 'up' })).status).toBe(303);
  const [oneAfter = 0, twoAfter = 0] = await placesOf();
  expect(twoAfter).toBeLessThan(oneAfter);

  const ended = await admin.post(`/tugas/butir/${id}/penghentian`, dayOf('endsOn', today()));
  expect(ended.status).toBe(303);
  expect((await admin.get(url)).text).toContain('Tidak berlaku lagi');
  expect((await admin.get(`/lembaga/${scene.institution.id}/tugas`)).text).not.toContain('uji dua');
  const again = await admin.post(`/tugas/butir/${id}`, {
    ...wording('Butir uji dua'),
    checked: 'on',
  });
  expect(again.status).toBe(303);
  expect((await admin.get(`/lembaga/${scene.institution.id}/tugas`)).text).toContain('uji dua');
});

test('a kelurahan adds duties to its own institution, which then are its officers’ and nobody else’s', async () => {
  const [scene, other] = [await makeScene(), await makeScene()];
  const staff = await as(scene.staff);
  const fields = { section: 'task', ...wording('Memegang kunci gudang'), checked: 'on' };
  const saved = await staff.post(`/lembaga/${scene.institution.id}/tugas`, fields);
  expect(saved.status, saved.text).toBe(303);
  const own = await (await as(scene.officer)).get('/tugas-saya');
  expect(own.text).toContain('Memegang kunci gudang');
  expect(own.text).toContain('Tugas setempat');
  expect((await (await as(other.officer)).get('/tugas-saya')).text).not.toContain('kunci gudang');

  const [duty] = await rowsOf<{ id: number }>(`SELECT id FROM duties WHERE institution_id = $1`, [
    scene.institution.id,
  ]);
  const id = duty?.id ?? 0;
  const stranger = await as(other.staff);
  expect((await stranger.get(`/tugas/butir/${id}`)).status).toBe(404);
  expect(
    (await stranger.post(`/tugas/butir/${id}`, { ...wording('x'.repeat(9)), checked: 'on' }))
      .status,
  ).toBe(404);
  // Duties of the type are not the kelurahan's, local ones not the city's.
  const [ofType] = await chairDuties(scene);
  expect((await staff.get(`/tugas/butir/${ofType?.id}/ubah`)).status).toBe(404);
  expect((await (await as(scene.admin)).get(`/tugas/butir/${id}/ubah`)).status).toBe(404);
  expect(
    (await staff.post(`/tugas/butir/${id}/penghentian`, dayOf('endsOn', today()))).status,
  ).toBe(303);
  expect((await (await as(scene.officer)).get('/tugas-saya')).text).not.toContain('kunci gudang');
});

test('an officer reads and confirms the exact versions, once, under the own name', async () => {
  const scene = await makeScene();
  const browser = await as(scene.officer);
  expect((await browser.get('/beranda')).text).toContain('Baca dan konfirmasi');
  const page = await browser.get('/tugas-saya');
  for (const { text } of await chairDuties(scene)) expect(page.text).toContain(text);
  const sent = {
    key: hiddenIn(page.text, 'key'),
    tenureId: hiddenIn(page.text, 'tenureId'),
    dutyIds: hiddenIn(page.text, 'dutyIds'),
  };
  const unticked = await browser.post('/tugas-saya/konfirmasi', sent);
  expect(unticked.status).toBe(422);
  expect(unticked.text).toContain(`href="#understood-${scene.tenure.id}"`);
  const twice = await Promise.all(
    [1, 2].map(() => browser.post('/tugas-saya/konfirmasi', { ...sent, understood: 'on' })),
  );
  expect(twice.map(({ status }) => status)).toEqual([303, 303]);

  const kept = await rowsOf(
    `SELECT tenure_id, duty_ids, means, confirmed_on::text, confirmed_by, fingerprint FROM duty_confirmations WHERE tenure_id = $1`,
    [scene.tenure.id],
  );
  expect(kept).toEqual([
    {
      tenure_id: scene.tenure.id,
      duty_ids: sent.dutyIds.split(',').map(Number),
      means: 'account',
      confirmed_on: today(),
      confirmed_by: scene.officer.id,
      fingerprint: expect.stringMatching(/^[0-9a-f]{64}$/),
    },
  ]);
  const after = await browser.get('/tugas-saya');
  expect(after.text).toContain('Anda sudah mengonfirmasi tugas ini');
  expect(after.text).not.toContain('name="understood"');
  expect((await browser.get('/beranda')).text).not.toContain('Baca dan konfirmasi');
});

test('a changed, a new and a dropped duty ask again and are named; the confirmed copy stays as it was', async () => {
  const scene = await makeScene('RW');
  const admin = await as(scene.admin);
  const typeId = scene.institution.institutionTypeId;
  await admin.post(`/tugas/${typeId}`, {
    section: 'task',
    ...wording('Butir yang dihentikan'),
    checked: 'on',
  });
  expect((await confirmAsOfficer(scene)).status).toBe(303);
  const browser = await as(scene.officer);
  const link = /\/konfirmasi-tugas\/\d+/.exec((await browser.get('/tugas-saya')).text)?.[0] ?? '';

  const [first] = await chairDuties(scene);
  if (!first) throw new Error('no duty');
  await changeText(scene, first.id, 'Naskah yang diubah');
  await admin.post(`/tugas/${typeId}`, {
    section: 'task',
    ...wording('Butir yang baru'),
    checked: 'on',
  });
  const [dropped] = await rowsOf<{ id: number }>(
    `SELECT id FROM duties WHERE text = 'Butir yang dihentikan' AND institution_type_id = $1`,
    [typeId],
  );
  await admin.post(`/tugas/butir/${dropped?.id}/penghentian`, dayOf('endsOn', today()));

  const page = await browser.get('/tugas-saya');
  expect(page.text).toContain('Naskah tugas Anda berubah');
  for (const word of ['Berubah', 'Baru', 'Tidak berlaku lagi', 'Butir yang baru', first.text])
    expect(page.text).toContain(word);
  expect((await browser.get('/beranda')).text).toContain('Naskah tugas Anda berubah');

  const copy = await browser.get(link);
  expect(copy.text).toContain('Berubah sejak itu');
  const [frozen = ''] = copy.text.split('Berubah sejak itu');
  expect(frozen).toContain(first.text);
  expect(frozen).toContain('Butir yang dihentikan');
  expect(frozen).not.toContain('Naskah yang diubah');
  expect((await confirmAsOfficer(scene)).status).toBe(303);
  expect((await browser.get('/tugas-saya')).text).toContain('Anda sudah mengonfirmasi tugas ini');
});

test('a text that changes while it is read is read again before it counts', async () => {
  const scene = await makeScene('PKK');
  const browser = await as(scene.officer);
  const page = await browser.get('/tugas-saya');
  const [first] = await chairDuties(scene);
  await changeText(scene, first?.id ?? 0, 'Diubah saat dibaca');
  const answer = await browser.post('/tugas-saya/konfirmasi', {
    tenureId: hiddenIn(page.text, 'tenureId'),
    dutyIds: hiddenIn(page.text, 'dutyIds'),
    understood: 'on',
  });
  expect(answer.status).toBe(409);
  expect(answer.text).toContain('Uraian tugas baru saja berubah');
  expect(answer.text).toContain('Diubah saat dibaca');
});

test('a signature on paper is recorded as such, for the text of its day, and can be taken back with a reason', async () => {
  const scene = await makeScene();
  const staff = await as(scene.staff);
  const here = `/lembaga/${scene.institution.id}/tugas`;
  const fields = {
    tenureId: scene.secretary.id,
    ...dayOf('confirmedOn', '2026-01-05'),
    seen: 'on',
  };
  const early = await staff.post(`${here}/kertas`, {
    ...fields,
    ...dayOf('confirmedOn', '2024-01-05'),
  });
  expect(early.status).toBe(422);
  expect(early.text).toContain('belum menjabat');
  const future = await staff.post(`${here}/kertas`, {
    ...fields,
    ...dayOf('confirmedOn', addDays(today(), 2)),
  });
  expect(future.status).toBe(422);
  const elsewhere = await makeScene();
  const foreign = await staff.post(`${here}/kertas`, {
    ...fields,
    tenureId: elsewhere.secretary.id,
  });
  expect(foreign.status).toBe(422);
  expect(foreign.text).toContain('Pilih pengurus dari daftar');

  const saved = await staff.post(`${here}/kertas`, fields);
  expect(saved.status, saved.text).toBe(303);
  const page = await staff.get(here);
  expect(page.text).toContain('5 Januari 2026, di atas kertas, dicatat oleh');
  const link = /\/konfirmasi-tugas\/\d+/.exec(page.text)?.[0] ?? '';
  expect((await staff.post(`${link}/pembatalan`, { reason: '' })).status).toBe(422);
  expect((await staff.post(`${link}/pembatalan`, { reason: 'Kartu orang lain' })).status).toBe(303);
  expect((await staff.get(link)).text).toContain('Kartu orang lain');
  expect((await staff.get(here)).text).not.toContain('di atas kertas, dicatat oleh');
});

test('neither the app nor SQL confirms in the name of another or changes what was confirmed', async () => {
  const scene = await makeScene();
  const other = await (
    await as(scene.officer)
  ).post('/tugas-saya/konfirmasi', {
    tenureId: scene.secretary.id,
    dutyIds: '1',
    understood: 'on',
  });
  expect(other.status).toBe(404);
  expect((await confirmAsOfficer(scene)).status).toBe(303);
  const touch = (sql: string) => inTransaction((client) => client.query(sql, [scene.tenure.id]));
  for (const sql of [
    `UPDATE duty_confirmations SET duty_ids = '{1}' WHERE tenure_id = $1`,
    `UPDATE duty_confirmations SET officer_name = 'Lain' WHERE tenure_id = $1`,
    `DELETE FROM duty_confirmations WHERE tenure_id = $1`,
  ])
    await expect(touch(sql), sql).rejects.toThrow('duty_confirmations_are_kept');
  for (const sql of [
    `UPDATE duties SET text = 'Lain sekali' WHERE id = (SELECT duty_ids[1] FROM duty_confirmations WHERE tenure_id = $1)`,
    `DELETE FROM duties WHERE id = (SELECT duty_ids[1] FROM duty_confirmations WHERE tenure_id = $1)`,
  ])
    await expect(touch(sql), sql).rejects.toThrow('duties_keep_versions');

  const silently = (means: string, account: { id: number }, role: string) =>
    inTransaction(
      async (client) => {
        await client.query(
          `SELECT set_config('app.account_id', $1, true), set_config('app.kelurahan_ids', $2, true), set_config('app.institution_id', $3, true)`,
          [String(account.id), String(scene.kelurahan.id), String(scene.institution.id)],
        );
        return client.query(
          `INSERT INTO duty_confirmations (tenure_id, institution_id, kelurahan_id, officer_name, position_name, institution_name,
             duty_ids, means, confirmed_on, confirmed_by, confirmed_by_name)
           SELECT t.id, t.institution_id, t.kelurahan_id, 'x', 'x', 'x', (SELECT array_agg(d.id ORDER BY d.id) FROM duties d
             WHERE d.institution_type_id = t.institution_type_id AND d.institution_id IS NULL
               AND (d.position_type_id IS NULL OR d.position_type_id = t.position_type_id)
               AND d.valid_from <= $3::date AND (d.valid_until IS NULL OR d.valid_until > $3::date)), $2, $3::date, $4, 'x'
           FROM tenures t WHERE t.id = $1`,
          [scene.secretary.id, means, today(), account.id],
        );
      },
      { role },
    );
  await expect(silently('account', scene.officer, 'portal_officer')).rejects.toThrow(
    'duty_confirmations_own',
  );
  await expect(silently('account', scene.staff, 'portal_kelurahan')).rejects.toThrow(
    'duty_confirmations_own',
  );
  await expect(silently('paper', scene.officer, 'portal_officer')).rejects.toThrow(
    'row-level security',
  );
});

test('the shares equal a recount, and every figure opens the list that it counts', async () => {
  const scene = await makeScene();
  const beside = await makeInstitution({ kelurahanId: scene.kelurahan.id });
  const { account } = await makeOfficer(beside);
  await confirmAsOfficer(scene);
  await confirmAsOfficer({ ...scene, officer: account });
  const [duty] = await chairDuties(scene);
  const local = { section: String(duty?.position), ...wording('Tambahan'), checked: 'on' };
  await (await as(scene.staff)).post(`/lembaga/${beside.id}/tugas`, local);

  const camat = await makeAccount('kecamatan', { kecamatanId: scene.kecamatan.id });
  const admin = await as(scene.admin);
  const pages = [
    [
      await as(scene.staff),
      '/tugas/konfirmasi',
      [
        [2, 1, 0, 1],
        [1, 0, 1, 0],
        [3, 1, 1, 1],
      ],
    ],
    [
      await as(camat),
      '/tugas/konfirmasi',
      [
        [3, 1, 1, 1],
        [3, 1, 1, 1],
      ],
    ],
    [
      admin,
      `/tugas/konfirmasi?kecamatan=${scene.kecamatan.code}`,
      [
        [3, 1, 1, 1],
        [3, 1, 1, 1],
      ],
    ],
  ] as const;
  for (const [browser, url, expected] of pages) {
    const { text, status } = await browser.get(url);
    expect(status).toBe(200);
    const cells = [...text.matchAll(/href="(\/tugas\/pengurus\?[^"]*)">(\d+)<\/a><\/td>/g)];
    expect(cells.map(([, , figure]) => Number(figure)).toSorted(ascending)).toEqual(
      expected.flat().toSorted(ascending),
    );
    for (const [, href = '', figure] of cells) {
      const list = await browser.get(href.replaceAll('&amp;', '&'));
      expect(list.status, href).toBe(200);
      const rows = (list.text.match(/<tr role="row"><th role="rowheader"/g) ?? []).length;
      expect(rows, href).toBe(Number(figure));
    }
  }
  const [counted] = await rowsOf(
    `SELECT count(*)::int AS officers, count(*) FILTER (WHERE c.duty_ids = n.ids)::int AS confirmed
     FROM tenures t
     CROSS JOIN LATERAL (SELECT array_agg(d.id ORDER BY d.id) AS ids FROM duties d
       WHERE d.institution_type_id = t.institution_type_id AND COALESCE(d.institution_id, t.institution_id) = t.institution_id
         AND COALESCE(d.position_type_id, t.position_type_id) = t.position_type_id
         AND $2::date >= d.valid_from AND $2::date < COALESCE(d.valid_until, 'infinity')) n
     LEFT JOIN duty_confirmations c ON c.tenure_id = t.id
     WHERE t.kelurahan_id = $1`,
    [scene.kelurahan.id, today()],
  );
  expect(counted).toEqual({ officers: 3, confirmed: 1 });
});

test('whoever has not confirmed is reminded with a text that names nobody', async () => {
  const scene = await makeScene();
  await asActor(systemActor('tests'), async (tx) => {
    await tx.person.update({ where: { id: scene.person.id }, data: { phone: '+6281377778888' } });
    await tx.institution.update({
      where: { id: scene.institution.id },
      data: { phone: '+6281244445555' },
    });
  });
  const reminders = (html: string) =>
    [...html.matchAll(/href="https:\/\/wa\.me\/(\d*)\?text=([^"]+)"/g)].map(
      ([, number = '', text = '']) => ({ number, text: decodeURIComponent(text) }),
    );
  const lurah = await makeAccount('lurah', { kelurahanId: scene.kelurahan.id });
  for (const account of [scene.staff, lurah]) {
    const browser = await as(account);
    const list = reminders((await browser.get('/tugas/pengurus')).text);
    expect(list.map(({ number }) => number).toSorted()).toEqual(['', '6281377778888']);
    const shares = reminders((await browser.get('/tugas/konfirmasi')).text);
    expect(shares.map(({ number }) => number)).toEqual(['6281244445555']);
    for (const { text } of [...list, ...shares]) {
      expect(text).toContain(scene.institution.name);
      expect(text).toContain('/tugas-saya');
      expect(text).toMatch(new RegExp(`— Kelurahan ${scene.kelurahan.name}$`));
      for (const name of [scene.person.name, account.displayName]) expect(text).not.toContain(name);
    }
  }
  const camat = await as(await makeAccount('kecamatan', { kecamatanId: scene.kecamatan.id }));
  for (const url of ['/tugas/pengurus', `/tugas/konfirmasi?kelurahan=${scene.kelurahan.code}`])
    expect((await camat.get(url)).text).not.toContain('wa.me');
  await confirmAsOfficer(scene);
  expect(reminders((await (await as(scene.staff)).get('/tugas/pengurus')).text)).toHaveLength(1);
});

test('shares and lists go out as workbooks, and the export is recorded', async () => {
  const scene = await makeScene();
  const staff = await as(scene.staff);
  for (const url of ['/tugas/konfirmasi.xlsx', '/tugas/pengurus.xlsx?status=missing']) {
    const { body, headers } = await staff.get(url).buffer(true).parse(binary);
    expect(headers['content-type']).toContain('spreadsheetml');
    const text = JSON.stringify(readWorkbook(body as Buffer));
    expect(text).toContain(url.includes('pengurus') ? scene.person.name : scene.institution.name);
  }
  const events = await rowsOf(
    `SELECT 1 FROM audit.events WHERE action = 'export' AND actor_id = $1`,
    [String(scene.staff.id)],
  );
  expect(events).toHaveLength(2);
});

test('cards and annex print every officer and every position', async () => {
  const scene = await makeScene();
  const browser = await as(scene.officer);
  const cards = await browser.get(`/lembaga/${scene.institution.id}/tugas/kartu`);
  expect(cards.text.match(/class="duty-card"/g)).toHaveLength(2);
  expect(cards.text).toContain(scene.person.name);
  expect(cards.text).toContain('Tanda tangan');
  const annex = await browser.get(`/lembaga/${scene.institution.id}/tugas/lampiran`);
  expect(annex.text).toContain('class="letterhead"');
  for (const { text } of await chairDuties(scene)) expect(annex.text).toContain(text);
});

test('places and institutions outside the scope are not found', async () => {
  const [scene, other] = [await makeScene(), await makeScene()];
  const staff = await as(scene.staff);
  const camat = await as(await makeAccount('kecamatan', { kecamatanId: scene.kecamatan.id }));
  for (const browser of [staff, camat]) {
    for (const page of ['konfirmasi', 'konfirmasi.xlsx', 'pengurus', 'pengurus.xlsx']) {
      const url = `/tugas/${page}?kelurahan=${other.kelurahan.code}`;
      expect((await browser.get(url)).status, url).toBe(404);
    }
    const foreign = await browser.get(`/tugas/pengurus?lembaga=${other.institution.id}`);
    expect(foreign.text).not.toContain(other.institution.name);
  }
  expect((await staff.get('/tugas/pengurus?status=apa')).status).toBe(422);
});

test('an empty kelurahan and a type without duties say so', async () => {
  const kelurahan = await makeKelurahan();
  const staff = await as(await makeAccount('staff', { kelurahanId: kelurahan.id }));
  expect((await staff.get('/tugas/konfirmasi')).text).toContain('Belum ada pengurus');
  expect((await staff.get('/tugas/pengurus')).text).toContain('Tidak ada pengurus');
  const type = await asActor(systemActor('tests'), (tx) =>
    tx.institutionType.create({
      data: {
        code: `UJI_${unique()}`,
        name: 'Jenis Uji',
        shortName: 'Uji',
        category: 'other',
        territory: 'kelurahan',
        sortOrder: 99,
      },
    }),
  );
  const admin = await as(await makeAccount('admin'));
  expect((await admin.get(`/tugas/${type.id}`)).text).toContain('Belum ada butir');
  expect((await admin.get('/tugas/2147483000')).status).toBe(404);
});
