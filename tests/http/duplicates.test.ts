import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { systemActor } from '#src/access.ts';
import { asActor, type Transaction } from '#src/database.ts';
import { addDays } from '#src/format.ts';
import { violates } from '#src/http/database-errors.ts';
import { openNik } from '#src/people/nik.ts';
import { as } from '../support/app.ts';
import {
  freeBirthDate,
  makeAccount,
  makeInstitution,
  makeKelurahan,
  makePerson,
  makeTenure,
  seatOf,
  syntheticNik,
} from '../support/fixtures.ts';
import { inTransaction, rowsOf } from '../support/superuser.ts';

const asTests = <Result>(work: (tx: Transaction) => Promise<Result>) =>
  asActor(systemActor('tests'), work);

test.each([
  ['Ahmad Fauzi', '1980-05-17', 'Achmad Fauzy', '1980-05-17', 'same_date'],
  ["Ma'ruf Efendi", '1980-05-07', 'MARUF  EFENDI', '1980-07-05', 'exchanged_date'],
  ['Moh. Ilyas', '1981-05-17', 'Muhammad Ilyas', '1987-05-17', 'near_date'],
  // The day is that of the month, but nothing was exchanged.
  ['Hj. Sulastri Dewi', '1979-05-15', 'Sulastri Dewi', '1979-05-05', 'near_date'],
  ['Soekarni', '1981-05-17', 'Sukarni', '1981-05-17', 'same_date'],
  ['Siti Aminah', null, 'SITI AMINAH', '1981-05-17', 'unknown_date'],
  ['Siti Aminah', '1981-05-17', 'Siti Aminah', '1984-11-02', null],
  ['Siti Aminah', '1981-05-17', 'Bambang Irawan', '1981-05-17', null],
  ['Siti Aminah', '1981-05-17', 'Siti Rukmini', '1981-05-18', null],
] as const)('%s (%s) beside %s (%s): %s', async (name, born, otherName, otherBorn, reason) => {
  const kelurahanId = (await makeKelurahan()).id;
  const [one, other] = [
    await resident(kelurahanId, name, born),
    await resident(kelurahanId, otherName, otherBorn),
  ];
  const found = await rowsOf<{ reason: string }>(
    `SELECT reason FROM person_suspicions WHERE low_id = $1 AND high_id = $2`,
    [one.id, other.id],
  );
  expect(found[0]?.reason ?? null).toBe(reason);
});

test.each(['1980-05-17', '1999-12-31', '2000-02-29', '1961-02-28', '1970-10-10', '2009-01-01'])(
  'the dates near %s are those of which one digit differs, and the exchanged one',
  async (born) => {
    const [row] = await rowsOf<{ near: string[] }>(
      `SELECT array_agg(DISTINCT near::text ORDER BY near::text) AS near FROM near_dates($1) WHERE near IS NOT NULL`,
      [born],
    );
    const [year = '', month = '', day = ''] = born.split('-');
    const differ = (date: string) =>
      Array.from(date).filter((digit, at) => digit !== born[at]).length;
    const dates = Array.from({ length: 365 * 200 }, (_, days) => addDays('1900-01-01', days));
    const expected = dates.filter(
      (date) =>
        date.startsWith(born.slice(0, 2)) &&
        (differ(date) <= 1 || date === `${year}-${day}-${month}`),
    );
    expect(row?.near).toEqual(expected);
  },
);

test('a suspected pair is listed to its kelurahan, kecamatan and the city, and to nobody else', async () => {
  const { lurah, staff, pair, camat } = await makeScene();
  const admin = await as(await makeAccount('admin'));
  for (const browser of [lurah, staff, camat, admin]) {
    const { text, status } = await browser.get('/orang/ganda');
    expect(status).toBe(200);
    expect(text).toContain(pair.own.name);
    expect(text).toContain('Nama mirip dan tanggal lahir sama');
  }
  expect((await camat.get('/orang/ganda')).text).not.toContain('Bandingkan');
  const foreign = await as(await makeAccount('lurah', { kelurahanId: (await makeKelurahan()).id }));
  expect((await foreign.get('/orang/ganda')).text).toContain('Dugaan baru tampil');
  expect((await staff.get('/orang/ganda?daftar=apa')).status).toBe(422);
  expect((await staff.get('/orang/ganda?halaman=9')).text).toContain('Ke halaman pertama');
});

test('two who were told apart leave the list until that is taken back', async () => {
  const { staff, lurah, pair } = await makeScene();
  const { own, other } = pair;
  const form = { key: randomUUID(), otherId: other.id };
  const answers = [
    await staff.post(`/orang/${own.id}/perbedaan`, form),
    await staff.post(`/orang/${own.id}/perbedaan`, form),
  ];
  expect(answers.map(({ headers }) => headers.location)).toEqual(['/orang/ganda', '/orang/ganda']);
  expect((await lurah.get('/orang/ganda')).text).not.toContain(`/orang/${own.id}/perbandingan`);
  expect((await lurah.get('/orang/ganda?daftar=berbeda')).text).toContain(own.name);
  const compared = await lurah.get(comparison(pair));
  expect(compared.text).toContain('Dinyatakan bukan orang yang sama');
  expect((await merge(lurah, pair)).status).toBe(422);

  await lurah.post(`/orang/${other.id}/perbedaan/pencabutan`, { otherId: own.id });
  expect((await lurah.get('/orang/ganda')).text).toContain(`/orang/${own.id}/perbandingan`);
});

test('of somebody elsewhere only what is public is shown, and the city merges', async () => {
  const { staff, kelurahan, institution } = await makeScene();
  const elsewhere = await makeScene();
  const [name, born] = ['Raden Wisnu Wardana', '1966-06-06'];
  const own = await officer(institution, 'secretary', { name, birthDate: born });
  const other = await officer(elsewhere.institution, 'secretary', {
    name: 'Raden Wisnu Wardhana',
    birthDate: born,
    phone: '+6281299998888',
  });
  const { text } = await staff.get('/orang/ganda');
  expect(text).toContain('Raden Wisnu Wardhana');
  expect(text).toContain(`Kelurahan ${elsewhere.kelurahan.name}`);
  expect(text).toContain('Nama dan tanggal lahir mirip');
  expect(text).not.toMatch(/1966|9999-8888|tanggal lahir sama.*Wardhana/);
  expect((await staff.get(`/orang/${own.id}/perbandingan?dengan=${other.id}`)).status).toBe(404);
  expect((await merge(staff, { own, other })).status).toBe(404);
  const refused = asActor(
    { ...systemActor('tests'), databaseRole: 'portal_kelurahan', kelurahanIds: [kelurahan.id] },
    (tx) =>
      tx.$queryRaw`SELECT merge_people(${own.id}::int, ${other.id}::int, '{1,1}', '{}', NULL, NULL, 'X')`,
  );
  await expect(refused).rejects.toThrow(/not both in scope/);

  const admin = await as(await makeAccount('admin'));
  const compared = await admin.get(`/orang/${own.id}/perbandingan?dengan=${other.id}`);
  expect(compared.text).toContain('Tercatat');
  expect(compared.text).not.toContain('1966');
  expect((await merge(admin, { own, other })).status).toBe(303);
  expect((await staff.get(`/orang/${own.id}`)).text).toContain('Di kelurahan lain');
});

test('a merge moves every office, keeps what was chosen, and leads the old address to the one who is left', async () => {
  const scene = await makeScene();
  const { staff, pair, institution } = scene;
  const { own, other } = pair;
  const nik = syntheticNik();
  const { nikSealed: _none, ...sealed } = await giveNik(other.id, nik);
  await officer(institution, 'treasurer', {
    id: other.id,
    startOn: '2015-05-07',
    end: '2020-05-07',
  });
  await asTests((tx) =>
    tx.person.update({ where: { id: other.id }, data: { phone: '+6281211112222' } }),
  );

  const page = await staff.get(comparison(pair));
  expect(page.text).toContain('Sekretaris');
  const answer = await merge(staff, pair, { fullName: 'other', phone: 'other', nik: 'other' });
  expect(answer.status, answer.text).toBe(303);
  expect(answer.headers.location).toBe(`/orang/${own.id}`);
  const left = await person(own.id);
  expect(left).toMatchObject({ name: other.name, phone: '+6281211112222' });
  expect(left.nikSealed && openNik(left.nikSealed, own.id)).toBe(nik);
  expect(sealed.nikIndex && Buffer.from(sealed.nikIndex)).toEqual(
    left.nikIndex && Buffer.from(left.nikIndex),
  );
  expect(await officesOf(own.id)).toBe(3);
  expect(await officesOf(other.id)).toBe(0);

  const old = await staff.get(`/orang/${other.id}`);
  expect([old.status, old.headers.location]).toEqual([303, `/orang/${own.id}`]);
  const survivor = await staff.get(`/orang/${own.id}`);
  expect(survivor.text).toContain('sudah digabung ke data orang ini');
  expect(survivor.text).toContain(`/orang/${other.id}/pemisahan`);
  expect((await staff.get(`/orang/${other.id}/ubah`)).headers.location).toBe(`/orang/${own.id}`);
  expect((await staff.get('/orang/ganda?daftar=digabung')).text).toContain(
    `/orang/${other.id}/pemisahan`,
  );
});

test('undoing a merge brings back the same people, tenures and offices', async () => {
  const { staff, pair, institution } = await makeScene();
  await giveNik(pair.other.id, syntheticNik());
  await officer(institution, 'treasurer', {
    id: pair.other.id,
    startOn: '2015-05-07',
    end: '2020-05-07',
  });
  const before = await picture(pair);
  await merge(staff, pair, { fullName: 'other', nik: 'other' });
  expect(await picture(pair)).not.toEqual(before);

  const page = await staff.get(`/orang/${pair.other.id}/pemisahan`);
  expect(page.text).toContain('Batalkan penggabungan ini?');
  const answer = await staff.post(`/orang/${pair.other.id}/pemisahan`);
  expect(answer.headers.location).toBe(`/orang/${pair.other.id}`);
  expect(await picture(pair)).toEqual(before);
  expect((await staff.get(`/orang/${pair.other.id}`)).status).toBe(200);
  expect((await staff.post(`/orang/${pair.other.id}/pemisahan`)).status).toBe(404);
  expect((await staff.get('/orang/ganda')).text).toContain(`/orang/${pair.own.id}/perbandingan`);
});

test('a merge is not undone when what it changed was changed since, when it was merged on, or after 30 days', async () => {
  const { staff, pair, kelurahan } = await makeScene();
  const { own, other } = pair;
  const refusal = async () => {
    const answer = await staff.post(`/orang/${other.id}/pemisahan`);
    expect(answer.status).toBe(409);
    return answer.text;
  };
  await merge(staff, pair, { fullName: 'other' });
  await asTests((tx) => tx.person.update({ where: { id: own.id }, data: { name: 'Nama Ketiga' } }));
  expect(await refusal()).toContain('Isian Nama lengkap sudah diubah');
  await asTests((tx) => tx.person.update({ where: { id: own.id }, data: { name: other.name } }));

  const third = await resident(kelurahan.id, 'Orang Ketiga', '1955-05-05');
  await merge(staff, { own: third, other: own });
  expect(await refusal()).toContain('digabung lagi');
  expect((await staff.post(`/orang/${own.id}/pemisahan`)).status).toBe(303);

  await inTransaction((client) =>
    client.query(
      `UPDATE person_merges SET merged_at = now() - interval '31 days' WHERE absorbed_id = $1`,
      [other.id],
    ),
  );
  expect(await refusal()).toContain('hanya dapat dibatalkan dalam 30 hari');
});

test('13: a merge cannot hide a conflict; the refusal names both offices', async () => {
  const { staff, institution, kelurahan } = await makeScene();
  const own = await officer(institution, 'secretary', {
    name: 'Joko Widodo',
    birthDate: '1971-01-01',
  });
  const other = await officer(institution, 'treasurer', {
    name: 'Djoko Widodo',
    birthDate: '1971-01-01',
  });
  const compared = await staff.get(comparison({ own, other }));
  expect(compared.text).toContain('Belum dapat digabung');
  expect(compared.text).toMatch(
    new RegExp(`Sekretaris ${institution.name}.*Bendahara ${institution.name}`),
  );
  const answer = await merge(staff, { own, other });
  expect(answer.status).toBe(422);
  expect(answer.text).toContain('jabatan mereka berbenturan');
  await expectMergeViolation('tenures_one_seat_per_institution', own.id, other.id);

  const rt = await makeInstitution({ kelurahanId: kelurahan.id, typeCode: 'RT' });
  const rw = await makeInstitution({ kelurahanId: kelurahan.id, typeCode: 'RW' });
  const ofRt = await officer(rt, 'chair', { name: 'Tjahjo Utomo', birthDate: '1961-01-01' });
  const ofRw = await officer(rw, 'chair', { name: 'Cahyo Utomo', birthDate: '1961-01-01' });
  expect((await staff.get(comparison({ own: ofRt, other: ofRw }))).text).toContain(
    'Rangkap jabatan di lembaga lain dilarang',
  );
  await expectMergeViolation('tenures_no_concurrent_office', ofRt.id, ofRw.id);
  expect(await officesOf(ofRw.id)).toBe(1);
});

test('6: two first terms become the first and the second, and a third is refused', async () => {
  const { staff, kelurahan } = await makeScene();
  const rt = await makeInstitution({ kelurahanId: kelurahan.id, typeCode: 'RT' });
  const term = (id: number, startOn: string, end: string) =>
    officer(rt, 'chair', { id, startOn, end });
  const people = await Promise.all(
    ['A', 'B', 'C'].map((name) => resident(kelurahan.id, `Ketua ${name}`, freeBirthDate())),
  );
  const [late, early, third] = people as [
    (typeof people)[number],
    (typeof people)[number],
    (typeof people)[number],
  ];
  await term(late.id, '2025-05-07', '2030-05-07');
  await term(early.id, '2020-05-07', '2025-05-07');
  await term(third.id, '2015-05-07', '2020-05-07');
  expect((await merge(staff, { own: late, other: early })).status).toBe(303);
  expect(await termsOf(late.id)).toEqual([1, 2]);
  const refused = await merge(staff, { own: await person(late.id), other: third });
  expect(refused.status).toBe(422);
  expect(refused.text).toContain('Batas masa bakti dalam jabatan ini terlampaui');
  await expectMergeViolation('tenures_term_limit', late.id, third.id);
  await staff.post(`/orang/${early.id}/pemisahan`);
  expect([await termsOf(late.id), await termsOf(early.id)]).toEqual([[1], [1]]);
});

test('two NIK that differ are decided by somebody, and both come back when the merge is undone', async () => {
  const { staff, pair } = await makeScene();
  const [ownNik, otherNik] = [syntheticNik(), syntheticNik()];
  await giveNik(pair.own.id, ownNik);
  await giveNik(pair.other.id, otherNik);
  const asked = await merge(staff, pair);
  expect(asked.status).toBe(422);
  expect(asked.text).toContain('Pilih NIK mana yang benar');
  expect(asked.text).not.toContain(ownNik);
  expect((await merge(staff, pair, { nik: 'other' })).status).toBe(303);
  expect(await nikOf(pair.own.id)).toBe(otherNik);
  await staff.post(`/orang/${pair.other.id}/pemisahan`);
  expect([await nikOf(pair.own.id), await nikOf(pair.other.id)]).toEqual([ownNik, otherNik]);
});

test('of two who merge at once one does, a stale form gets 409, and the same form twice merges once', async () => {
  const { staff, lurah, pair } = await makeScene();
  const fields = { ...(await mergeFields(pair)), key: randomUUID() };
  await asTests((tx) =>
    tx.person.update({
      where: { id: pair.own.id },
      data: { address: 'Jl. Baru', version: { increment: 1 } },
    }),
  );
  const stale = await staff.post(`/orang/${pair.own.id}/penggabungan`, fields);
  expect(stale.status).toBe(409);
  expect(stale.text).toContain('baru saja diubah');
  expect(stale.text).toContain('Jl. Baru');

  const current = { ...(await mergeFields(pair)), key: randomUUID() };
  const answers = await Promise.all([
    ...[1, 2, 3].map(() => staff.post(`/orang/${pair.own.id}/penggabungan`, current)),
    lurah.post(`/orang/${pair.own.id}/penggabungan`, { ...current, key: randomUUID() }),
  ]);
  expect(
    answers.map(({ status }) => status).filter((status) => status === 303 || status === 409),
  ).toHaveLength(4);
  const merges = await rowsOf(`SELECT id FROM person_merges WHERE absorbed_id = $1`, [
    pair.other.id,
  ]);
  expect(merges).toHaveLength(1);
});

test('nobody but merge_people gives a tenure to another person, whatever mark is set', async () => {
  const { pair } = await makeScene();
  const move = asTests(async (tx) => {
    await tx.$queryRaw`SELECT set_config('app.person_merge', 'on', true)`;
    await tx.tenure.updateMany({
      where: { personId: pair.other.id },
      data: { personId: pair.own.id },
    });
  });
  expect(violates(await errorOf(move), 'tenures_keep_identity')).toBe(true);
  const byHand = asTests((tx) =>
    tx.person.update({ where: { id: pair.other.id }, data: { mergedInto: pair.own.id } }),
  );
  expect(violates(await errorOf(byHand), 'people_keep_merged')).toBe(true);
});

test('somebody who was merged away takes no office any more', async () => {
  const { staff, pair, institution } = await makeScene();
  await merge(staff, pair);
  const sitting = officer(institution, 'treasurer', { id: pair.other.id });
  expect(violates(await errorOf(sitting), 'tenures_of_active_people')).toBe(true);
});

test('everything that points at people can be moved by a merge', async () => {
  const stuck = await rowsOf(
    `SELECT c.conrelid::regclass::text AS name, a.attname FROM pg_constraint c
     JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
     WHERE c.contype = 'f' AND c.confrelid = 'people'::regclass
       AND c.conrelid NOT IN ('person_suspicions'::regclass, 'person_merges'::regclass, 'person_duplicates'::regclass)
       AND NOT (has_column_privilege('portal_definer', c.conrelid, a.attnum, 'UPDATE')
         AND EXISTS (SELECT FROM pg_policies p WHERE p.tablename = c.conrelid::regclass::text AND 'portal_definer' = ANY (p.roles))
         AND EXISTS (SELECT FROM pg_attribute i WHERE i.attrelid = c.conrelid AND i.attname = 'id'))`,
  );
  expect(stuck).toEqual([]);
});

test('a person who becomes like another is saved after somebody said that they are two', async () => {
  const { staff, pair, kelurahan } = await makeScene();
  const lone = await resident(kelurahan.id, 'Sutrisno Hadi', '1950-12-12');
  const fields = {
    version: lone.version,
    name: pair.own.name,
    sex: 'female',
    birthDateDay: pair.born.slice(8),
    birthDateMonth: pair.born.slice(5, 7),
    birthDateYear: pair.born.slice(0, 4),
  };
  const asked = await staff.post(`/orang/${lone.id}`, fields);
  expect(asked.status).toBe(422);
  expect(asked.text).toContain('Mungkin sudah tercatat');
  expect(asked.text).toContain('name="twinsCompared"');
  expect((await staff.post(`/orang/${lone.id}`, { ...fields, twinsCompared: 'on' })).status).toBe(
    303,
  );
  const told = await rowsOf(`SELECT id FROM person_duplicates WHERE $1 IN (low_id, high_id)`, [
    lone.id,
  ]);
  expect(told).toHaveLength(2);
});

type Browser = Awaited<ReturnType<typeof as>>;
type Person = { id: number; name: string; version: number };
type Pair = { own: Person; other: Person };

/** A Pokmas whose chair and, in the term before, secretary are written a little differently and are one woman. */
async function makeScene() {
  const kelurahan = await makeKelurahan();
  const institution = await makeInstitution({ kelurahanId: kelurahan.id });
  const born = freeBirthDate();
  const own = await officer(institution, 'chair', { name: 'Sri Rahayu Ningsih', birthDate: born });
  const other = await officer(institution, 'secretary', {
    name: 'Sri Rahayuningsih',
    birthDate: born,
    startOn: '2020-05-07',
    end: '2025-05-07',
  });
  const scope = { kelurahanId: kelurahan.id };
  return {
    kelurahan,
    institution,
    pair: { own, other, born },
    lurah: await as(await makeAccount('lurah', scope)),
    staff: await as(await makeAccount('staff', scope)),
    camat: await as(await makeAccount('kecamatan', { kecamatanId: kelurahan.kecamatanId })),
  };
}

type Office = {
  id?: number;
  name?: string;
  birthDate?: string;
  phone?: string;
  startOn?: string;
  end?: string;
};

async function officer(institution: { id: number }, position: string, office: Office) {
  const { id, startOn, end, ...details } = office;
  const personId = id ?? (await makePerson(details)).id;
  await makeTenure({
    institutionId: institution.id,
    seatId: (await seatOf(institution.id, position)).id,
    personId,
    ...(startOn && { startOn }),
    ...(end && { plannedEndOn: end }),
  });
  return person(personId);
}

const resident = (kelurahanId: number, name: string, born: string | null) =>
  asTests((tx) =>
    tx.person.create({
      data: { name, sex: 'female', birthDate: born && new Date(born), kelurahanIds: [kelurahanId] },
    }),
  );

const person = (id: number) => asTests((tx) => tx.person.findUniqueOrThrow({ where: { id } }));
const officesOf = (personId: number) => asTests((tx) => tx.tenure.count({ where: { personId } }));
const comparison = ({ own, other }: Pair) => `/orang/${own.id}/perbandingan?dengan=${other.id}`;

async function giveNik(id: number, nik: string) {
  const { sealNik, indexNik } = await import('#src/people/nik.ts');
  return asTests((tx) =>
    tx.person.update({
      where: { id },
      data: { nikSealed: sealNik(nik, id), nikIndex: indexNik(nik) },
    }),
  );
}

async function nikOf(id: number) {
  const { nikSealed } = await person(id);
  return nikSealed && openNik(nikSealed, id);
}

async function mergeFields({ own, other }: Pair) {
  const [left, right] = [await person(own.id), await person(other.id)];
  return { otherId: other.id, version: left.version, otherVersion: right.version };
}

async function merge(browser: Browser, pair: Pair, choices: Record<string, string> = {}) {
  return browser.post(`/orang/${pair.own.id}/penggabungan`, {
    ...(await mergeFields(pair)),
    ...choices,
  });
}

/** Both people and their offices, and how many there are of either; versions and moments aside. */
async function picture({ own, other }: Pair) {
  const people = await rowsOf(
    `SELECT to_jsonb(p) - '{version,updated_at}'::text[] AS row FROM people p WHERE id IN ($1, $2) ORDER BY id`,
    [own.id, other.id],
  );
  const tenures = await rowsOf(
    `SELECT to_jsonb(t) AS row FROM tenures t WHERE person_id IN ($1, $2) ORDER BY id`,
    [own.id, other.id],
  );
  const [counts] = await rowsOf(
    `SELECT (SELECT count(*) FROM people WHERE merged_into IS NULL) AS people, (SELECT count(*) FROM tenures) AS tenures,
       (SELECT count(*) FROM tenures WHERE person_id = $1) AS own, (SELECT count(*) FROM tenures WHERE person_id = $2) AS other`,
    [own.id, other.id],
  );
  return { people, tenures, counts };
}

async function termsOf(personId: number) {
  const rows = await rowsOf<{ number: number }>(
    `SELECT term_number::int AS number FROM tenures WHERE person_id = $1 AND counts ORDER BY start_on`,
    [personId],
  );
  return rows.map(({ number }) => number);
}

const errorOf = (work: Promise<unknown>) =>
  work.then(
    () => new Error('nothing was refused'),
    (error: unknown) => error,
  );

/** Straight at the database, past every check of the app. */
async function expectMergeViolation(constraint: string, own: number, other: number) {
  const [left, right] = [await person(own), await person(other)];
  const versions = [left.version, right.version];
  const error = await errorOf(
    asTests(
      (tx) =>
        tx.$queryRaw`SELECT merge_people(${own}::int, ${other}::int, ${versions}::int[], '{}', NULL, NULL, 'X')`,
    ),
  );
  expect(violates(error, constraint), String(error)).toBe(true);
}
