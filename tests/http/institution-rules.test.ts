import { expect, test } from 'vitest';
import { systemActor } from '#src/access.ts';
import { asActor, type Transaction } from '#src/database.ts';
import { prismaDate, today } from '#src/format.ts';
import { violates } from '#src/http/database-errors.ts';
import { as } from '../support/app.ts';
import { dateBoxes } from '../support/dates.ts';
import {
  makeAccount,
  makeInstitution,
  makeKelurahan,
  makePerson,
  makeTenure,
  seatOf,
  syntheticNik,
  unique,
} from '../support/fixtures.ts';
import { rowsOf } from '../support/superuser.ts';

const asTests = <Result>(work: (tx: Transaction) => Promise<Result>) =>
  asActor(systemActor('tests'), work);

type Browser = Awaited<ReturnType<typeof as>>;
type Kind =
  | 'required_positions'
  | 'minimum_age'
  | 'education'
  | 'concurrent_office'
  | 'term_limit'
  | 'term_years';

/** A type of its own, so that a rule that is edited here binds nobody else's officers. */
async function makeType(rules: { kind: Kind; severity?: string; value?: number }[] = []) {
  const code = `UJI_${'ABCDEFGHIJKLMNOPQRSTUVWXYZ'[unique() % 26]}${'ABCDEFGHIJKLMNOPQRSTUVWXYZ'[Math.trunc(unique() / 26) % 26]}_${'X'.repeat((unique() % 9) + 1)}`;
  await asTests((tx) =>
    tx.institutionType.create({
      data: {
        code,
        name: `Jenis ${code}`,
        shortName: code,
        category: 'other',
        territory: 'kelurahan',
        sortOrder: 90,
        positionTypes: {
          create: [
            { code: 'chair', name: 'Ketua', required: true, isChair: true, sortOrder: 1 },
            { code: 'secretary', name: 'Sekretaris', sortOrder: 2 },
          ],
        },
        rules: {
          create: rules.map((rule) => ({
            severity: 'off',
            ...rule,
            legalBasis: 'Perwali Uji 1/2020',
            holdsFrom: prismaDate('2020-01-01'),
          })),
        },
      },
    }),
  );
  const type = await asTests((tx) =>
    tx.institutionType.findUniqueOrThrow({ where: { code }, include: { rules: true } }),
  );
  return { ...type, rule: type.rules[0] ?? { id: 0, version: 0 } };
}

/** Somebody in office in an institution of a type, in a kelurahan of its own unless one is given. */
async function seat(
  typeCode: string,
  given: {
    kelurahanId?: number;
    person?: Parameters<typeof makePerson>[0];
    personId?: number;
    position?: string;
    startOn?: string;
    plannedEndOn?: string;
  } = {},
) {
  const kelurahan = given.kelurahanId
    ? await asTests((tx) =>
        tx.kelurahan.findUniqueOrThrow({ where: { id: given.kelurahanId ?? 0 } }),
      )
    : await makeKelurahan();
  const institution = await makeInstitution({ kelurahanId: kelurahan.id, typeCode });
  const person = given.personId
    ? { id: given.personId, name: '' }
    : await makePerson({ name: `Warga Langgar ${unique()}`, ...given.person });
  const chair = await seatOf(institution.id, given.position ?? 'chair');
  const tenure = await makeTenure({
    institutionId: institution.id,
    seatId: chair.id,
    personId: person.id,
    ...(given.startOn ? { startOn: given.startOn } : {}),
    ...(given.plannedEndOn ? { plannedEndOn: given.plannedEndOn } : {}),
  });
  return { kelurahan, institution, person, tenure, seat: chair };
}

const admin = async () => as(await makeAccount('admin'));

const settings = (given: Record<string, string | number> = {}) => ({
  severity: 'block',
  value: '17',
  holdsFromDay: '1',
  holdsFromMonth: '1',
  holdsFromYear: '2020',
  legalBasis: 'Permensos 25/2019 Pasal 20',
  ...given,
});

const confirmedIn = (html: string) => /name="confirmed" value="(\d+)"/.exec(html)?.[1] ?? 'none';

test('every type carries its rules, each with severity, legal basis and the day from which it holds', async () => {
  const browser = await admin();
  const list = await browser.get('/pengaturan');
  expect(list.status).toBe(200);
  const youth = await asTests((tx) =>
    tx.institutionType.findUniqueOrThrow({ where: { code: 'KARANG_TARUNA' } }),
  );
  expect(list.text).toContain(`/pengaturan/jenis/${youth.id}`);
  const page = await browser.get(`/pengaturan/jenis/${youth.id}`);
  for (const words of [
    'Masa bakti paling lama 5 tahun',
    'Paling banyak 2 kali masa bakti',
    'Larangan rangkap jabatan',
    'Usia paling rendah 17 tahun',
    'Usia paling tinggi 45 tahun',
    'Jabatan yang wajib terisi',
    'Permensos 25/2019 Pasal 20',
    'Menghalangi',
    'Diingatkan',
    'Tidak berlaku',
    '1 Jan 2019',
    'pelaksana dan penjabat tidak dihitung',
  ])
    expect(page.text).toContain(words);
  const special = await rowsOf<{ code: string; kind: string }>(
    `SELECT y.code, r.kind FROM institution_rules r JOIN institution_types y ON y.id = r.institution_type_id
     WHERE r.kind IN ('one_field', 'ex_officio_chair') ORDER BY 1`,
  );
  expect(special).toEqual([
    { code: 'PKK', kind: 'ex_officio_chair' },
    { code: 'POSYANDU', kind: 'one_field' },
  ]);
});

test('before a rule is switched on it shows who would break it, and asks; existing tenures stay', async () => {
  const type = await makeType([{ kind: 'minimum_age' }]);
  const young = await seat(type.code, { person: { birthDate: '2009-06-01' } });
  const old = await seat(type.code, { person: { birthDate: '1990-06-01' } });
  const browser = await admin();
  const url = `/pengaturan/aturan/${type.rule.id}`;
  expect((await browser.get(url)).text).toContain('Usia paling rendah');

  const preview = await browser.post(url, settings({ version: 1 }));
  expect(preview.status).toBe(200);
  expect(preview.text).toContain('1 pelanggaran akan tercatat');
  expect(preview.text).toContain(young.person.name);
  expect(preview.text).toContain(`/orang/${young.person.id}`);
  expect(preview.text).toContain(`/lembaga/${young.institution.id}/pengurus`);
  expect(preview.text).toContain(young.kelurahan.name);
  expect(preview.text).not.toContain(old.person.name);
  const before = await asTests((tx) =>
    tx.institutionRule.findUniqueOrThrow({ where: { id: type.rule.id } }),
  );
  expect(before).toMatchObject({ severity: 'off', version: 1 });

  const saved = await browser.post(
    url,
    settings({ version: 1, confirmed: confirmedIn(preview.text) }),
  );
  expect(saved.status, saved.text.slice(0, 500)).toBe(303);
  expect(saved.headers.location).toBe(`/pengaturan/jenis/${type.id}`);
  const after = await asTests((tx) =>
    tx.institutionRule.findUniqueOrThrow({ where: { id: type.rule.id } }),
  );
  expect(after).toMatchObject({ severity: 'block', value: 17, version: 2 });
  const tenure = await asTests((tx) =>
    tx.tenure.findUniqueOrThrow({ where: { id: young.tenure.id } }),
  );
  expect(tenure).toEqual(young.tenure);

  const trail = await rowsOf<{ old: string; new: string }>(
    `SELECT old_row->>'severity' AS old, new_row->>'severity' AS new FROM audit.events
     WHERE table_name = 'institution_rules' AND action = 'update' AND row_id = $1`,
    [String(type.rule.id)],
  );
  expect(trail).toEqual([{ old: 'off', new: 'block' }]);

  const standing = await browser.get(`/pengaturan/pelanggaran?jenis=${type.code}`);
  expect(standing.text).toContain(young.person.name);
  expect(standing.text).toContain('Belum berusia 17 tahun ketika mulai menjabat');
  expect(standing.text).toContain('Usia paling rendah 17 tahun. Dasar: Permensos 25/2019 Pasal 20');
});

test('a preview that is out of date is shown again, and a looser rule is saved at once', async () => {
  const type = await makeType([{ kind: 'minimum_age' }]);
  await seat(type.code, { person: { birthDate: '2009-06-01' } });
  const browser = await admin();
  const url = `/pengaturan/aturan/${type.rule.id}`;
  const preview = await browser.post(url, settings({ version: 1 }));
  await seat(type.code, { person: { birthDate: '2009-07-01' } });
  const again = await browser.post(
    url,
    settings({ version: 1, confirmed: confirmedIn(preview.text) }),
  );
  expect(again.status).toBe(200);
  expect(again.text).toContain('2 pelanggaran akan tercatat');
  await browser.post(url, settings({ version: 1, confirmed: 2 }));
  const looser = await browser.post(url, settings({ version: 2, severity: 'warn', value: 15 }));
  expect(looser.status).toBe(303);
});

test('a rule binds only tenures that start on or after its day', async () => {
  const type = await makeType([{ kind: 'minimum_age' }]);
  await seat(type.code, {
    person: { birthDate: '2006-06-01' },
    startOn: '2022-01-01',
    plannedEndOn: '2029-01-01',
  });
  const browser = await admin();
  const later = { holdsFromYear: '2023', version: 1, severity: 'warn' };
  const none = await browser.post(`/pengaturan/aturan/${type.rule.id}`, settings(later));
  expect(none.text).toContain('Tidak ada yang melanggar');
  const one = await browser.post(
    `/pengaturan/aturan/${type.rule.id}`,
    settings({ ...later, holdsFromYear: '2022' }),
  );
  expect(one.text).toContain('1 pelanggaran akan tercatat');
});

test('of two people who edit one rule the second sees both values', async () => {
  const type = await makeType([{ kind: 'minimum_age' }]);
  const browser = await admin();
  const url = `/pengaturan/aturan/${type.rule.id}`;
  await browser.post(url, settings({ version: 1, confirmed: 0 }));
  const late = await browser.post(
    url,
    settings({ version: 1, confirmed: 0, value: 21, legalBasis: 'Perwali lain' }),
  );
  expect(late.status).toBe(409);
  expect(late.text).toContain('Usia paling rendah 17 tahun');
  expect(late.text).toContain('Usia paling rendah 21 tahun');
  expect(late.text).toContain('Perwali lain');
  expect(late.text).toContain('name="version" value="2"');
});

test.each([
  [{ value: '' }, 'Isi usia paling rendah'],
  [{ value: '5' }, 'Isi dengan angka 10 sampai 99'],
  [{ value: 'dua' }, 'Isi dengan angka saja'],
  [{ severity: 'maybe' }, 'Pilih akibatnya bila dilanggar'],
  [{ legalBasis: '' }, 'Tulis dasar hukumnya'],
  [{ holdsFromDay: '31', holdsFromMonth: '2' }, 'Tanggal ini tidak ada'],
  [{ countsActing: 'on' }, 'hanya untuk batas masa bakti'],
])('a rule with %j is refused in words and keeps what was typed', async (wrong, words) => {
  const type = await makeType([{ kind: 'minimum_age' }]);
  const browser = await admin();
  const answer = await browser.post(
    `/pengaturan/aturan/${type.rule.id}`,
    settings({ version: 1, legalBasis: 'Perwali tertentu', ...wrong }),
  );
  expect(answer.status).toBe(422);
  expect(answer.text).toContain(words);
  if (!('legalBasis' in wrong)) expect(answer.text).toContain('Perwali tertentu');
});

test('what the database cannot hold cannot be made a block', async () => {
  const rule = await asTests((tx) =>
    tx.institutionRule.findFirstOrThrow({
      where: { kind: 'required_positions', institutionType: { code: 'RT' } },
    }),
  );
  const browser = await admin();
  const answer = await browser.post(
    `/pengaturan/aturan/${rule.id}`,
    settings({ version: rule.version, value: '' }),
  );
  expect(answer.status).toBe(422);
  expect(answer.text).toContain('hanya dapat diingatkan atau diteliti');
  const error = await asTests((tx) =>
    tx.institutionRule.update({ where: { id: rule.id }, data: { severity: 'block' } }),
  ).catch((reason: unknown) => reason);
  expect(violates(error, 'institution_rules_blockable')).toBe(true);
});

test('the database holds blocks of age and education, and one field of a cadre', async () => {
  const type = await makeType([
    { kind: 'minimum_age', severity: 'block', value: 17 },
    { kind: 'education', severity: 'block', value: 4 },
  ]);
  const refusedBy = (constraint: string, work: Promise<unknown>) =>
    work.then(
      () => expect.fail('nothing was refused'),
      (error: unknown) => expect(violates(error, constraint), String(error)).toBe(true),
    );
  await refusedBy('tenures_apply_rules', seat(type.code, { person: { birthDate: '2010-01-01' } }));
  const unschooled = await makePerson({ name: 'Tanpa Ijazah' });
  await asTests((tx) =>
    tx.person.update({ where: { id: unschooled.id }, data: { educationLevel: 3 } }),
  );
  await refusedBy('tenures_apply_rules', seat(type.code, { personId: unschooled.id }));
  await seat(type.code, { person: { birthDate: '2008-05-07' } });

  const cadre = async (label: string, personId: number, kind: 'acting' | 'definitive') => {
    const { id: kelurahanId } = await makeKelurahan();
    const institution = await makeInstitution({ kelurahanId, typeCode: 'POSYANDU' });
    const chair = await seatOf(institution.id, 'secretary');
    await asTests((tx) => tx.seat.update({ where: { id: chair.id }, data: { label } }));
    return makeTenure({ institutionId: institution.id, seatId: chair.id, personId, kind });
  };
  const { id } = await makePerson();
  await cadre('Kader Bidang Kesehatan', id, 'definitive');
  await cadre('Kader Bidang Kesehatan 2', id, 'acting');
  await refusedBy('tenures_one_field', cadre('Koordinator Bidang Sosial', id, 'acting'));
});

test('violations are listed per kelurahan, and the counts are those of the list', async () => {
  const type = await makeType([{ kind: 'minimum_age', severity: 'warn', value: 17 }]);
  const first = await seat(type.code, { person: { birthDate: '2009-06-01' } });
  const { id: kelurahanId } = first.kelurahan;
  for (let count = 0; count < 27; count += 1)
    await seat(type.code, { kelurahanId, person: { birthDate: '2009-06-01' } });
  await seat(type.code, { person: { birthDate: '2009-06-01' } });
  const browser = await admin();
  const url = `/pengaturan/pelanggaran?jenis=${type.code}`;
  const all = await browser.get(url);
  expect(all.text).toContain('29 pelanggaran');
  expect(all.text).toContain('Menurut kelurahan');
  const one = await browser.get(`${url}&kelurahan=${first.kelurahan.code}`);
  expect(one.text).toContain('28 pelanggaran');
  const two = await browser.get(`${url}&kelurahan=${first.kelurahan.code}&halaman=2`);
  const rows = (html: string) => html.match(/href="\/orang\/\d+"/g)?.length ?? 0;
  expect([rows(one.text), rows(two.text)]).toEqual([25, 3]);
  expect((await browser.get(`${url}&aturan=education`)).text).toContain(
    'Tidak ada pelanggaran yang cocok',
  );
  expect((await browser.get('/pengaturan/pelanggaran?kelurahan=99.99.99.9999')).status).toBe(422);
});

test('kelurahan and kecamatan see their own violations, the auditor all, an officer none', async () => {
  const type = await makeType([{ kind: 'minimum_age', severity: 'warn', value: 17 }]);
  const here = await seat(type.code, { person: { birthDate: '2009-06-01' } });
  const there = await seat(type.code, { person: { birthDate: '2009-06-01' } });
  const scope = { kelurahanId: here.kelurahan.id };
  const viewers = [
    await makeAccount('lurah', scope),
    await makeAccount('staff', scope),
    await makeAccount('kecamatan', { kecamatanId: here.kelurahan.kecamatanId }),
  ];
  for (const account of viewers) {
    const page = await (await as(account)).get(`/pengaturan/pelanggaran?jenis=${type.code}`);
    expect(page.text).toContain(here.person.name);
    expect(page.text).toContain('1 pelanggaran');
    expect(page.text).not.toContain(there.person.name);
  }
  const auditor = await as(await makeAccount('auditor'));
  expect((await auditor.get(`/pengaturan/pelanggaran?jenis=${type.code}`)).text).toContain(
    '2 pelanggaran',
  );
});

test('each standing violation is told by its rule', async () => {
  const person = await makePerson({ name: 'Rangkap' });
  await seat('RT', { personId: person.id });
  const second = await seat('POKMAS', {
    personId: person.id,
    startOn: '2025-06-01',
    plannedEndOn: '2030-05-07',
  });
  const lurah = await as(await makeAccount('lurah', { kelurahanId: second.kelurahan.id }));
  const page = await lurah.get('/pengaturan/pelanggaran?aturan=concurrent_office');
  expect(page.text).toContain('Juga menjabat Ketua RT di RT Uji');
  const vacant = await lurah.get('/pengaturan/pelanggaran?aturan=required_positions');
  expect(vacant.text).toContain('Jabatan ini kosong');

  const pkk = await seat('PKK');
  const office = await as(await makeAccount('staff', { kelurahanId: pkk.kelurahan.id }));
  const fine = await office.get('/pengaturan/pelanggaran?aturan=ex_officio_chair');
  expect(fine.text).toContain('Tidak ada pelanggaran yang cocok');
  await asTests((tx) =>
    tx.kelurahan.update({ where: { id: pkk.kelurahan.id }, data: { headName: 'Drs. Baru' } }),
  );
  const changed = await office.get('/pengaturan/pelanggaran?aturan=ex_officio_chair');
  expect(changed.text).toContain('SK ditandatangani Hj. Sri Wahyuni, S.Sos., lurah sebelumnya');

  // Until the seat has changed it is a task of both who can do something about it.
  const { text: ofStaff } = await office.get('/beranda');
  expect(ofStaff).toContain(`Ketua ${pkk.institution.name} perlu disesuaikan.`);
  expect(ofStaff).toContain(`/usulan/baru?lembaga=${pkk.institution.id}`);
  const newLurah = await as(await makeAccount('lurah', { kelurahanId: pkk.kelurahan.id }));
  expect((await newLurah.get('/beranda')).text).toContain(
    `/lembaga/${pkk.institution.id}/pengurus`,
  );
  await asTests((tx) =>
    tx.kelurahan.update({
      where: { id: pkk.kelurahan.id },
      data: { headName: 'Hj. Sri Wahyuni, S.Sos.' },
    }),
  );
  expect((await office.get('/beranda')).text).not.toContain('perlu disesuaikan');
});

test('a seat whose term is over is told apart from an empty one, in the list and in the counts', async () => {
  const over = await seat('POKMAS', { startOn: '2019-01-01', plannedEndOn: '2024-01-01' });
  const lurah = await as(await makeAccount('lurah', { kelurahanId: over.kelurahan.id }));
  const empty = await lurah.get('/pengaturan/pelanggaran?aturan=required_positions');
  const listed = Number(/(\d+) pelanggaran<\/h2>/.exec(empty.text)?.[1] ?? 0);
  expect(empty.text).not.toContain(over.person.name);
  const all = await lurah.get('/pengaturan/pelanggaran');
  expect(all.text).toContain('1 jabatan wajib menunggu pengganti.');
  expect(all.text).toContain(`${listed} pelanggaran`);
  const waiting = await lurah.get('/pengaturan/pelanggaran?aturan=term_over');
  expect(waiting.text).toContain('1 jabatan menunggu pengganti');
  expect(waiting.text).toContain(over.person.name);
  expect(waiting.text).toContain('Masa bakti sudah habis dan belum ada penggantinya');
});

test('two offices of which one type lets the other pass are a warning, as the database holds it', async () => {
  const strict = await makeType([{ kind: 'concurrent_office', severity: 'block' }]);
  const lenient = await makeType([{ kind: 'concurrent_office', severity: 'warn' }]);
  const person = await makePerson({ name: 'Rangkap Longgar' });
  await seat(lenient.code, { personId: person.id });
  const second = await seat(strict.code, { personId: person.id, startOn: '2025-06-01' });
  const lurah = await as(await makeAccount('lurah', { kelurahanId: second.kelurahan.id }));
  const { text } = await lurah.get('/pengaturan/pelanggaran?aturan=concurrent_office');
  expect(text).toContain('Rangkap Longgar');
  expect(text).toContain('Diingatkan');
  expect(text).not.toContain('Menghalangi');
});

test('which positions have to be filled is edited with its rule, after a look at who leaves them empty', async () => {
  const type = await makeType([{ kind: 'required_positions', severity: 'warn' }]);
  const [chair, secretary] = await asTests((tx) =>
    tx.positionType.findMany({
      where: { institutionTypeId: type.id },
      orderBy: { sortOrder: 'asc' },
    }),
  );
  const led = await seat(type.code);
  const browser = await admin();
  const url = `/pengaturan/aturan/${type.rule.id}`;
  const page = await browser.get(url);
  expect(page.text).toMatch(new RegExp(`name="position1" value="${chair?.id}" checked`));
  expect(page.text).not.toMatch(new RegExp(`name="position2" value="${secretary?.id}" checked`));

  const fields = { ...settings({ version: type.rule.version, value: '' }), severity: 'warn' };
  const none = await browser.post(url, fields);
  expect(none.status).toBe(422);
  expect(none.text).toContain('Pilih paling sedikit satu jabatan yang wajib terisi');
  const foreign = await browser.post(url, { ...fields, position1: '999999' });
  expect(foreign.status).toBe(422);

  const both = { ...fields, position1: chair?.id ?? 0, position2: secretary?.id ?? 0 };
  const preview = await browser.post(url, both);
  expect(preview.status, preview.text.slice(0, 500)).toBe(200);
  expect(preview.text).toContain('1 pelanggaran akan tercatat.');
  expect(preview.text).toContain(led.institution.name);
  const expected = () =>
    rowsOf<{ expected: number }>(
      'SELECT expected FROM institution_summaries WHERE institution_id = $1',
      [led.institution.id],
    ).then((rows) => rows[0]?.expected ?? 0);
  const before = await expected();
  const saved = await browser.post(url, { ...both, confirmed: '1' });
  expect(saved.status, saved.text.slice(0, 800)).toBe(303);
  expect(await expected()).toBe(before + 1);
  const lurah = await as(await makeAccount('lurah', { kelurahanId: led.kelurahan.id }));
  expect((await lurah.get('/pengaturan/pelanggaran?aturan=required_positions')).text).toContain(
    'Sekretaris',
  );
});

const versionIn = (html: string) => /name="version" value="(\d+)"/.exec(html)?.[1] ?? '';

async function send(browser: Browser, url: string, fields: Record<string, string | number>) {
  const answer = await browser.post(url, fields);
  expect(answer.status, answer.text.slice(0, 1500)).toBe(303);
  return String(answer.headers.location);
}

/** A waiting proposal that puts somebody who already leads an RT elsewhere into a seat of an RW. */
async function proposeBusy() {
  const nik = syntheticNik();
  const busy = await seat('RT', { person: { name: 'Hartono Sibuk', nik } });
  const { id: kelurahanId } = await makeKelurahan();
  const institution = await makeInstitution({ kelurahanId, typeCode: 'RW' });
  const treasurer = await seatOf(institution.id, 'treasurer');
  const staff = await as(await makeAccount('staff', { kelurahanId }));
  const lurah = await as(await makeAccount('lurah', { kelurahanId }));
  const first = await send(staff, '/usulan', {
    institutionId: institution.id,
    kind: 'fill',
    seatId: treasurer.id,
  });
  const base = first.replace(/\/orang$/, '');
  const id = Number(/usulan\/(\d+)/.exec(base)?.[1]);
  await send(staff, `${base}/orang`, { name: 'Hartono Sibuk', sex: 'male' });
  await send(staff, `${base}/identitas`, {
    nik,
    birthDateDay: '17',
    birthDateMonth: '5',
    birthDateYear: '1980',
    educationLevel: '5',
  });
  await send(staff, `${base}/kecocokan`, { match: `person:${busy.person.id}` });
  await send(staff, `${base}/kontak`, { phone: '' });
  await send(staff, `/usulan/${id}/waktu`, {
    ...dateBoxes('effectiveOn', today()),
    endReason: '',
    reason: 'Musyawarah',
  });
  const check = await staff.get(`/usulan/${id}/periksa`);
  await send(staff, `/usulan/${id}/pengajuan`, { version: versionIn(check.text) });
  return { id, busy, institution, treasurer, staff, lurah, kelurahanId };
}

const decree = () => ({
  decreeNumber: `188.45/${unique()}/425.504/2026`,
  ...dateBoxes('decreedOn', today()),
});

test('the lurah grants an exception with reason and decree, and it stays visible', async () => {
  const { id, busy, institution, treasurer, lurah, staff, kelurahanId } = await proposeBusy();
  expect((await lurah.get(`/usulan/${id}`)).text).toContain('Setujui dengan pengecualian');
  const page = await lurah.get(`/usulan/${id}/persetujuan`);
  expect(page.text).toContain('Beri pengecualian: larangan rangkap jabatan untuk ');
  const version = versionIn(page.text);
  const subject = `${treasurer.id}:concurrent_office`;
  const url = `/usulan/${id}/persetujuan`;
  const plain = await lurah.post(url, { version, ...decree() });
  expect(plain.status).toBe(422);
  expect(plain.text).toContain('Ada aturan yang dilanggar');
  const silent = await lurah.post(url, { version, ...decree(), except_1: subject });
  expect(silent.status).toBe(422);
  expect(silent.text).toContain('Tulis alasan pengecualian');
  const wrong = await lurah.post(url, {
    version,
    ...decree(),
    except_1: `${treasurer.id}:term_limit`,
    reason_1: 'Tidak ada',
  });
  expect(wrong.status).toBe(422);
  expect(
    (
      await staff.post(url, {
        version,
        ...decree(),
        except_1: subject,
        reason_1: 'x',
      })
    ).status,
  ).toBe(403);

  const reason = 'Tidak ada calon lain menurut berita acara';
  await send(lurah, url, {
    version,
    ...decree(),
    except_1: subject,
    reason_1: reason,
  });
  const tenure = await asTests((tx) =>
    tx.tenure.findFirstOrThrow({ where: { seatId: treasurer.id } }),
  );
  expect(tenure).toMatchObject({
    personId: busy.person.id,
    overriddenRules: ['concurrent_office'],
    overrideReason: reason,
    overrideDecreeId: tenure.appointingDecreeId,
    exclusivityGroup: 'none',
  });
  for (const url of [
    `/lembaga/${institution.id}/pengurus`,
    `/orang/${busy.person.id}`,
    '/pengaturan/pelanggaran?aturan=concurrent_office',
  ]) {
    const { text } = await lurah.get(url);
    expect(text, url).toContain('Pengecualian');
    expect(text, url).toContain(reason);
  }
  expect(kelurahanId).toBe(tenure.kelurahanId);
});

/** A waiting proposal that seats known people. */
async function proposed(
  institution: { id: number; kelurahanId: number; rosterVersion: number },
  lines: {
    seatId: number;
    incomingPersonId?: number;
    candidate?: object;
    candidatePersonId?: number;
  }[],
) {
  const place = { institutionId: institution.id, kelurahanId: institution.kelurahanId };
  const staff = await makeAccount('staff', { kelurahanId: institution.kelurahanId });
  return asTests((tx) =>
    tx.rosterChange.create({
      data: {
        ...place,
        kind: 'fill',
        subject: 'board',
        status: 'submitted',
        number: `U-UJI-${unique()}`,
        effectiveOn: prismaDate(today()),
        reason: 'Musyawarah',
        baseVersion: institution.rosterVersion,
        makerId: staff.id,
        makerName: 'Staf',
        submittedAt: new Date(),
        lines: {
          create: lines.map((line) => ({ ...place, ...line })),
        },
      },
      select: { id: true },
    }),
  );
}

/** Somebody of another kelurahan whom the maker recognised. */
const elsewhere = ({ id, name }: { id: number; name: string }) => ({
  candidate: { name, sex: 'male', birthDate: '1980-05-17', educationLevel: 5 },
  candidatePersonId: id,
});

test('two officers who break one rule are set aside one by one, each with a reason', async () => {
  const [first, second] = [
    await seat('RT', { person: { name: 'Hartono Sibuk', nik: syntheticNik() } }),
    await seat('RT', { person: { name: 'Sumiati Rajin', nik: syntheticNik() } }),
  ];
  const { id: kelurahanId } = await makeKelurahan();
  const institution = await makeInstitution({ kelurahanId, typeCode: 'RW' });
  const secretary = await seatOf(institution.id, 'secretary');
  const treasurer = await seatOf(institution.id, 'treasurer');
  const { id } = await proposed(institution, [
    { seatId: secretary.id, ...elsewhere(first.person) },
    { seatId: treasurer.id, ...elsewhere(second.person) },
  ]);
  const lurah = await as(await makeAccount('lurah', { kelurahanId }));
  const url = `/usulan/${id}/persetujuan`;
  const page = await lurah.get(url);
  expect(page.text).toContain('larangan rangkap jabatan untuk Hartono Sibuk');
  expect(page.text).toContain('larangan rangkap jabatan untuk Sumiati Rajin');
  const fields = { version: versionIn(page.text), ...decree() };
  const one = { except_1: `${secretary.id}:concurrent_office`, reason_1: 'Tidak ada calon lain' };
  const half = await lurah.post(url, { ...fields, ...one });
  expect(half.status).toBe(422);
  expect(half.text).toContain('Ada aturan yang dilanggar');
  expect(half.text).toContain('Tidak ada calon lain</textarea>');
  const mute = await lurah.post(url, {
    ...fields,
    ...one,
    except_2: `${treasurer.id}:concurrent_office`,
  });
  expect(mute.status).toBe(422);
  expect(mute.text).toContain('id="reason_2-error"');

  await send(lurah, url, {
    ...fields,
    ...one,
    except_2: `${treasurer.id}:concurrent_office`,
    reason_2: 'Hanya sampai akhir tahun',
  });
  const tenures = await asTests((tx) =>
    tx.tenure.findMany({
      where: { institutionId: institution.id },
      select: { seatId: true, overrideReason: true },
    }),
  );
  expect(tenures).toHaveLength(2);
  expect(tenures).toContainEqual({ seatId: secretary.id, overrideReason: 'Tidak ada calon lain' });
  expect(tenures).toContainEqual({
    seatId: treasurer.id,
    overrideReason: 'Hanya sampai akhir tahun',
  });
});

test('a second seat in the same institution has no exception', async () => {
  const { id: kelurahanId } = await makeKelurahan();
  const institution = await makeInstitution({ kelurahanId, typeCode: 'RW' });
  const nik = syntheticNik();
  const person = await makePerson({ name: 'Sukarno', nik });
  const secretary = await seatOf(institution.id, 'secretary');
  const treasurer = await seatOf(institution.id, 'treasurer');
  await makeTenure({ institutionId: institution.id, seatId: secretary.id, personId: person.id });
  const change = await proposed(institution, [
    { seatId: treasurer.id, incomingPersonId: person.id },
  ]);
  const lurah = await as(await makeAccount('lurah', { kelurahanId }));
  const detail = await lurah.get(`/usulan/${change.id}`);
  expect(detail.text).toContain('Belum dapat disetujui.');
  expect(detail.text).toContain('sudah menjabat Sekretaris RW di lembaga ini');
  expect((await lurah.get(`/usulan/${change.id}/persetujuan`)).headers.location).toBe(
    `/usulan/${change.id}`,
  );
});
