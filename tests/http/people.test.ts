import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { systemActor, type Role } from '#src/access.ts';
import { asActor } from '#src/database.ts';
import { prismaDate } from '#src/format.ts';
import { openNik } from '#src/people/nik.ts';
import { as } from '../support/app.ts';
import {
  makeAccount,
  makeInstitution,
  makeKelurahan,
  makePerson,
  makeTenure,
  seatOf,
  syntheticNik,
} from '../support/fixtures.ts';
import { inTransaction, rowsOf } from '../support/superuser.ts';

const secret = {
  address: 'Gg. Kenari Rahasia No. 7',
  birthPlace: 'Tulungagung Rahasia',
  phone: '+6281234567890',
};
const shownPhone = '0812-3456-7890';

test.each([
  ['lurah', true, true],
  ['staff', true, true],
  ['officer', true, false],
  ['kecamatan', false, false],
  ['auditor', false, false],
  ['admin', false, false],
] as const)(
  'the role %s sees private facts: %s, the mask of the NIK: %s',
  async (role, seesPrivate, seesMask) => {
    const scene = await makeScene();
    const page = await (await as(await makeReader(role, scene))).get(`/orang/${scene.person.id}`);
    expect(page.status).toBe(200);
    expect(page.text).toContain('H. Ma&#39;ruf Canari, S.Pd., M.Si.');
    expect(page.text).toContain(`href="/lembaga/${scene.institution.id}"`);
    expect(page.text).toContain('Ketua');
    for (const fact of [secret.address, secret.birthPlace, shownPhone, '17 Mei 1980'])
      expect(page.text.includes(fact), fact).toBe(seesPrivate);
    expect(page.text.includes(`${scene.nik.slice(0, 4)}********${scene.nik.slice(12)}`)).toBe(
      seesMask,
    );
    expect(page.text.includes('Tampilkan NIK')).toBe(seesMask);
    if (!seesMask) expect(page.text).toContain('Tercatat');
    expect(page.text).not.toContain(scene.nik);
  },
);

test('past and present offices are told apart, with their decrees', async () => {
  const scene = await makeScene();
  const other = await makeInstitution({ kelurahanId: scene.kelurahan.id, typeCode: 'POSYANDU' });
  const seat = await asTests((tx) =>
    tx.seat.findFirstOrThrow({ where: { institutionId: other.id } }),
  );
  const tenure = await makeTenure({
    institutionId: other.id,
    seatId: seat.id,
    personId: scene.person.id,
    startOn: '2019-05-07',
    plannedEndOn: '2024-05-07',
    kind: 'midterm',
  });
  await asTests((tx) =>
    tx.tenure.update({
      where: { id: tenure.id },
      data: { endedOn: prismaDate('2022-02-01'), endReason: 'resigned' },
    }),
  );
  const page = await (await as(await makeReader('staff', scene))).get(`/orang/${scene.person.id}`);
  const [present = '', past = ''] = page.text.split('Jabatan sebelumnya');
  expect(present).toContain(scene.institution.name);
  expect(past).toContain(other.name);
  expect(past).toContain('31 Jan 2022');
  expect(past).toMatch(/SK 188\.45\/\d+\/425\.504\/2025/);
  expect(present).not.toContain(`>${other.name}<`);
});

test('the decrees and certificates of a person stand together, each with its page and its scan', async () => {
  const scene = await makeScene();
  const [appointing, ending] = await asTests(async (tx) => {
    const { kelurahanId } = scene.tenure;
    const scan = await tx.document.create({
      data: {
        kelurahanId,
        name: 'sk.pdf',
        type: 'application/pdf',
        bytes: new Uint8Array([37, 80, 68, 70]),
        uploadedBy: (await makeReader('lurah', scene)).id,
      },
    });
    const first = await tx.decree.update({
      where: { id: scene.tenure.appointingDecreeId ?? 0 },
      data: { scanId: scan.id, status: 'signed', signedAt: new Date() },
    });
    const last = await tx.decree.create({
      data: {
        kelurahanId,
        number: '188.45/99/425.504/2026',
        decreedOn: prismaDate('2026-02-03'),
        about: 'Pemberhentian',
        signatoryName: 'Hj. Sri Wahyuni, S.Sos.',
      },
    });
    await tx.tenure.update({
      where: { id: scene.tenure.id },
      data: {
        endedOn: prismaDate('2026-02-03'),
        endReason: 'resigned',
        endingDecreeId: last.id,
      },
    });
    return [first, last] as const;
  });
  const open = async (role: Role) =>
    (await (await as(await makeReader(role, scene))).get(`/orang/${scene.person.id}`)).text;
  for (const role of ['staff', 'lurah', 'kecamatan', 'admin', 'auditor'] as const) {
    const text = await open(role);
    const documents = text.slice(text.indexOf('>Dokumen</h2>'));
    expect(documents, role).toContain(`href="/sk/${appointing.id}"`);
    expect(documents).toContain('Pengangkatan');
    expect(documents).toContain(`href="/sk/${appointing.id}/pindaian"`);
    expect(documents).toContain(`href="/sk/${ending.id}"`);
    expect(documents).toContain('Pemberhentian');
    expect(documents).toContain('3 Februari 2026');
    expect(documents).not.toContain(`href="/sk/${ending.id}/pindaian"`);
  }
  const staff = await as(await makeReader('staff', scene));
  expect((await staff.get(`/sk/${appointing.id}/pindaian`)).status).toBe(200);
  const seat = await seatOf(scene.institution.id, 'secretary');
  const institutionId = scene.institution.id;
  const { id: personId } = await makePerson();
  const tenure = await makeTenure({ institutionId, seatId: seat.id, personId });
  const reader = await makeReader('officer', { ...scene, tenure });
  const officers = (await (await as(reader)).get(`/orang/${scene.person.id}`)).text;
  expect(officers).toContain(ending.number);
  expect(officers).not.toContain('href="/sk/');
});

test('whoever stands in is called so above the page', async () => {
  const { kelurahan } = await makeScene();
  const institution = await makeInstitution({ kelurahanId: kelurahan.id });
  const seat = await seatOf(institution.id);
  const person = await makePerson();
  await makeTenure({
    institutionId: institution.id,
    seatId: seat.id,
    personId: person.id,
    kind: 'acting',
  });
  const staff = await as(await makeAccount('staff', { kelurahanId: kelurahan.id }));
  const page = await staff.get(`/orang/${person.id}`);
  expect(page.text).toContain(`Plt. Ketua ${institution.name}`);
});

test('an office in another kelurahan is named to the lurah, who cannot open it', async () => {
  const scene = await makeScene();
  const elsewhere = await makeKelurahan();
  const other = await makeInstitution({ kelurahanId: elsewhere.id });
  const seat = await seatOf(other.id, 'secretary');
  await makeTenure({
    institutionId: other.id,
    seatId: seat.id,
    personId: scene.person.id,
    kind: 'acting',
  });
  const page = await (await as(await makeReader('lurah', scene))).get(`/orang/${scene.person.id}`);
  expect(page.text).toContain('Di kelurahan lain');
  expect(page.text).toContain(`Plt. Sekretaris ${other.name}`);
  expect(page.text).not.toContain(`/lembaga/${other.id}`);
});

test('a person out of scope is as missing as one who does not exist', async () => {
  const [scene, foreign] = [await makeScene(), await makeScene()];
  for (const role of ['lurah', 'staff', 'officer', 'kecamatan'] as const) {
    const browser = await as(await makeReader(role, scene));
    const [hidden, missing] = [
      await browser.get(`/orang/${foreign.person.id}`),
      await browser.get('/orang/2147483647'),
    ];
    expect([hidden.status, missing.status]).toEqual([404, 404]);
    expect(withoutKeys(hidden.text)).toBe(withoutKeys(missing.text));
  }
  const staff = await as(await makeReader('staff', scene));
  expect((await staff.get(`/orang/${foreign.person.id}/ubah`)).status).toBe(404);
  expect(
    (await staff.post(`/orang/${foreign.person.id}`, await fieldsOf(foreign.person.id))).status,
  ).toBe(404);
  expect(
    (await staff.post(`/orang/${foreign.person.id}/nik`, { reason: 'mencocokkan KTP' })).status,
  ).toBe(404);
  for (const id of ['0', '-1', '1e9', '2147483648', 'abc'])
    expect((await staff.get(`/orang/${id}`)).status).toBe(404);
});

test('a NIK is revealed once, for a reason, and the audit trail says who, whose and why', async () => {
  const scene = await makeScene();
  const account = await makeReader('lurah', scene);
  const browser = await as(account);
  const answer = await browser.post(`/orang/${scene.person.id}/nik`, {
    reason: "Mencocokkan dengan KTP Ma'ruf",
  });
  expect(answer.status).toBe(200);
  expect(answer.text).toContain(scene.nik);
  expect(answer.headers['cache-control']).toBe('no-store');
  expect(await revealsOf(account.id)).toEqual([
    { rowId: String(scene.person.id), reason: "Mencocokkan dengan KTP Ma'ruf" },
  ]);
  expect((await browser.get(`/orang/${scene.person.id}`)).text).not.toContain(scene.nik);
});

test.each([
  ['nothing', ''],
  ['four letters', 'cek!'],
  ['digits', '123 456 78'],
  ['a NIK', 'cek nik 3574 0417 0890 9001'],
  ['a phone', 'telepon 0812-3456-7890'],
  ['ten thousand letters', 'x'.repeat(10_000)],
])('with %s as the reason no NIK is revealed and nothing recorded', async (_kind, reason) => {
  const scene = await makeScene();
  const account = await makeReader('staff', scene);
  const answer = await (await as(account)).post(`/orang/${scene.person.id}/nik`, { reason });
  expect(answer.status).toBe(422);
  expect(answer.text).toContain('field-error');
  expect(answer.text).not.toContain(scene.nik);
  expect(await revealsOf(account.id)).toEqual([]);
});

test('when the audit trail cannot be written no NIK is revealed', async () => {
  const scene = await makeScene();
  const browser = await as(await makeReader('staff', scene));
  await inTransaction((client) =>
    client.query('REVOKE INSERT ON audit.events FROM portal_definer'),
  );
  try {
    const answer = await browser.post(`/orang/${scene.person.id}/nik`, {
      reason: 'mencocokkan KTP',
    });
    expect(answer.status).toBe(500);
    expect(answer.text).not.toContain(scene.nik);
  } finally {
    await inTransaction((client) => client.query('GRANT INSERT ON audit.events TO portal_definer'));
  }
});

test('thirty reveals an hour, also in parallel; then a page says when the next one may be', async () => {
  const scene = await makeScene();
  const account = await makeReader('staff', scene);
  const browser = await as(account);
  const reveal = () => browser.post(`/orang/${scene.person.id}/nik`, { reason: 'mencocokkan KTP' });
  for (let done = 0; done < 26; done += 1) expect((await reveal()).status).toBe(200);
  const answers = await Promise.all(Array.from({ length: 8 }, () => reveal()));
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(4);
  expect(answers.filter(({ status }) => status === 429)).toHaveLength(4);
  const refused = answers.find(({ status }) => status === 429);
  expect(refused?.text).toContain('Coba lagi dalam 60 menit');
  expect(refused?.text).not.toContain(scene.nik);
  expect(await revealsOf(account.id)).toHaveLength(30);

  await inTransaction((client) =>
    client.query(`UPDATE audit.events SET at = at - interval '45 minutes' WHERE actor_id = $1`, [
      String(account.id),
    ]),
  );
  expect((await reveal()).text).toMatch(/Coba lagi dalam 1[56] menit/);
  await inTransaction((client) =>
    client.query(`UPDATE audit.events SET at = at - interval '15 minutes' WHERE actor_id = $1`, [
      String(account.id),
    ]),
  );
  expect((await reveal()).status).toBe(200);
});

test.each(['officer', 'kecamatan', 'auditor', 'admin'] as const)(
  'the role %s neither reveals nor edits',
  async (role) => {
    const scene = await makeScene();
    const browser = await as(await makeReader(role, scene));
    expect(
      (await browser.post(`/orang/${scene.person.id}/nik`, { reason: 'mencocokkan KTP' })).status,
    ).toBe(403);
    expect((await browser.get(`/orang/${scene.person.id}/ubah`)).status).toBe(403);
    expect(
      (await browser.post(`/orang/${scene.person.id}`, await fieldsOf(scene.person.id))).status,
    ).toBe(403);
  },
);

test.each(['staff', 'lurah'] as const)(
  'the role %s completes what is missing, with one audit row that holds no NIK',
  async (role) => {
    const scene = await makeScene();
    const browser = await as(await makeReader(role, scene));
    const form = await browser.get(`/orang/${scene.person.id}/ubah`);
    expect(form.status).toBe(200);
    expect(form.text).not.toContain(scene.nik);
    const nik = syntheticNik();
    const answer = await browser.post(`/orang/${scene.person.id}`, {
      ...(await fieldsOf(scene.person.id)),
      name: "Ma'ruf",
      frontTitle: '',
      backTitle: 'S.Pd., M.Si.',
      sex: 'female',
      phone: '+62 813 9087-4412',
      rtNumber: '001',
      rwNumber: '02',
      nik: nik.replace(/(\d{4})(?=\d)/g, '$1 '),
      nikCompared: 'on',
      birthDateDay: role === 'staff' ? '7' : '19',
      birthDateMonth: role === 'staff' ? '8' : '11',
      birthDateYear: '1980',
      educationLevel: '5',
      occupation: '1',
    });
    expect(answer.status).toBe(303);
    expect(answer.headers.location).toBe(`/orang/${scene.person.id}`);
    const saved = await asTests((tx) =>
      tx.person.findUniqueOrThrow({ where: { id: scene.person.id } }),
    );
    expect(saved).toMatchObject({
      name: "Ma'ruf",
      frontTitle: null,
      backTitle: 'S.Pd., M.Si.',
      phone: '+6281390874412',
      rtNumber: 1,
      rwNumber: 2,
      version: scene.person.version + 1,
    });
    expect(saved.nikSealed && openNik(saved.nikSealed, saved.id)).toBe(nik);
    const trail = await rowsOf<{ text: string }>(
      `SELECT e::text AS text FROM audit.events e WHERE table_name = 'people' AND row_id = $1 AND actor_id ~ '^\\d+$'`,
      [String(saved.id)],
    );
    expect(trail).toHaveLength(1);
    expect(trail[0]?.text).not.toContain(nik);
  },
);

test('an empty NIK leaves the one that is recorded', async () => {
  const scene = await makeScene();
  const browser = await as(await makeReader('staff', scene));
  expect(
    (await browser.post(`/orang/${scene.person.id}`, await fieldsOf(scene.person.id))).status,
  ).toBe(303);
  const saved = await asTests((tx) =>
    tx.person.findUniqueOrThrow({ where: { id: scene.person.id } }),
  );
  expect(saved.nikSealed && openNik(saved.nikSealed, saved.id)).toBe(scene.nik);
});

test('a NIK that tells another birth date is taken after somebody compared it with the card', async () => {
  const scene = await makeScene();
  const browser = await as(await makeReader('staff', scene));
  const fields = { ...(await fieldsOf(scene.person.id)), nik: '3574041708909001' };
  const asked = await browser.post(`/orang/${scene.person.id}`, fields);
  expect(asked.status).toBe(422);
  expect(asked.text).toContain('Tanggal lahir berbeda dari NIK');
  expect(asked.text).toContain('name="nikCompared"');
  expect(asked.text).toContain('value="3574041708909001"');
  expect(
    (await browser.post(`/orang/${scene.person.id}`, { ...fields, nikCompared: 'on' })).status,
  ).toBe(303);
});

test('a NIK of somebody else, wherever they live, is refused with one neutral sentence', async () => {
  const [scene, foreign] = [await makeScene(), await makeScene()];
  const browser = await as(await makeReader('staff', scene));
  const answer = await browser.post(`/orang/${scene.person.id}`, {
    ...(await fieldsOf(scene.person.id)),
    nik: foreign.nik,
    nikCompared: 'on',
  });
  expect(answer.status).toBe(422);
  expect(answer.text).toContain('NIK ini sudah tercatat untuk orang lain');
});

test.each([
  ['name', '', 'Isi nama lengkap'],
  ['name', '<script>alert(1)</script>', 'Tulis nama dengan huruf saja'],
  ['name', 'x'.repeat(10_000), 'Paling panjang 100 huruf'],
  ['name', 'Siti 😀', 'Tulis nama dengan huruf saja'],
  ['frontTitle', '<b>', 'Tulis gelar dengan huruf'],
  ['sex', 'x', 'Pilih jenis kelamin'],
  ['nik', '123', '16 angka'],
  ['nik', '3.57404E+15', 'Excel'],
  ['birthDateDay', '30', 'Tanggal ini tidak ada'],
  ['birthDateYear', '2999', 'Tanggal'],
  ['phone', '12345', 'Isi nomor HP dengan 10–13 angka'],
  ['rtNumber', '-1', 'Isi nomor RT'],
  ['rwNumber', '1e9', 'Isi nomor RW'],
  ['educationLevel', '2147483648', 'Pilih pendidikan dari daftar'],
  ['educationLevel', '100000', 'Pilih pendidikan dari daftar'],
  ['occupation', '-1', 'Pilih pekerjaan dari daftar'],
  ['address', 'x'.repeat(10_000), 'Paling panjang 200 huruf'],
])(
  'a wrong %s (%.20s) gets its sentence and keeps the other values',
  async (field, value, sentence) => {
    const scene = await makeScene();
    const browser = await as(await makeReader('staff', scene));
    const fields = {
      ...(await fieldsOf(scene.person.id)),
      birthDateMonth: '2',
      birthPlace: 'Lumajang %_\\',
      [field]: value,
    };
    const answer = await browser.post(`/orang/${scene.person.id}`, fields);
    expect(answer.status).toBe(422);
    expect(answer.text).toContain(sentence);
    expect(answer.text).toContain('Galat: ');
    expect(answer.text).toContain('value="Lumajang %_\\"');
    expect(answer.text).not.toContain('<script>alert');
  },
);

test('of two who edit at once the second sees both values and can take theirs over', async () => {
  const scene = await makeScene();
  const [first, second] = [
    await as(await makeReader('staff', scene)),
    await as(await makeReader('lurah', scene)),
  ];
  const fields = await fieldsOf(scene.person.id);
  expect(
    (await first.post(`/orang/${scene.person.id}`, { ...fields, address: 'Jl. Melati No. 1' }))
      .status,
  ).toBe(303);

  const conflict = await second.post(`/orang/${scene.person.id}`, {
    ...fields,
    address: 'Jl. Kenanga No. 2',
  });
  expect(conflict.status).toBe(409);
  expect(conflict.text).toContain('Jl. Melati No. 1');
  expect(conflict.text).toContain('Jl. Kenanga No. 2');
  const hidden = [...conflict.text.matchAll(/<input type="hidden" name="(\w+)" value="([^"]*)">/g)];
  const resent = Object.fromEntries(
    hidden.map(([, name = '', value = '']) => [name, value.replaceAll('&#39;', "'")]),
  );
  expect((await second.post(`/orang/${scene.person.id}`, resent)).status).toBe(303);
  const saved = await asTests((tx) =>
    tx.person.findUniqueOrThrow({ where: { id: scene.person.id } }),
  );
  expect(saved).toMatchObject({ address: 'Jl. Kenanga No. 2', name: "Ma'ruf Canari" });
});

test('of twenty parallel edits of one version one is kept', async () => {
  const scene = await makeScene();
  const browser = await as(await makeReader('staff', scene));
  const fields = await fieldsOf(scene.person.id);
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, index) =>
      browser.post(`/orang/${scene.person.id}`, { ...fields, address: `Jl. ${index}` }),
    ),
  );
  expect(answers.filter(({ status }) => status === 303)).toHaveLength(1);
  expect(answers.filter(({ status }) => status === 409)).toHaveLength(19);
});

test('the same form sent again changes nothing and gets the same answer', async () => {
  const scene = await makeScene();
  const browser = await as(await makeReader('staff', scene));
  const fields = { key: randomUUID(), ...(await fieldsOf(scene.person.id)) };
  const answers = await Promise.all(
    Array.from({ length: 5 }, () => browser.post(`/orang/${scene.person.id}`, fields)),
  );
  for (const { status, headers } of answers) {
    expect(status).toBe(303);
    expect(headers.location).toBe(`/orang/${scene.person.id}`);
  }
  const saved = await asTests((tx) =>
    tx.person.findUniqueOrThrow({ where: { id: scene.person.id } }),
  );
  expect(saved.version).toBe(scene.person.version + 1);
});

test('a NIK stands nowhere in the database in the clear', async () => {
  const scene = await makeScene();
  const browser = await as(await makeReader('staff', scene));
  const nik = syntheticNik();
  await browser.post(`/orang/${scene.person.id}`, {
    ...(await fieldsOf(scene.person.id)),
    nik,
    nikCompared: 'on',
  });
  await browser.post(`/orang/${scene.person.id}/nik`, { reason: 'mencocokkan KTP' });
  const tables = await rowsOf<{ name: string }>(
    `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables WHERE schemaname IN ('public', 'audit')`,
  );
  expect(tables.length).toBeGreaterThan(15);
  for (const { name } of tables) {
    const found = await rowsOf(
      `SELECT FROM ${name} t WHERE t::text LIKE '%' || $1 || '%' OR t::text LIKE '%' || encode($2, 'hex') || '%'`,
      [nik, Buffer.from(nik)],
    );
    expect(found, name).toHaveLength(0);
  }
});

const asTests: <Result>(work: Parameters<typeof asActor<Result>>[1]) => Promise<Result> = (work) =>
  asActor(systemActor('tests'), work);

type Scene = Awaited<ReturnType<typeof makeScene>>;

/** A chair of a Pokmas about whom everything is known. */
async function makeScene() {
  const kelurahan = await makeKelurahan();
  const institution = await makeInstitution({ kelurahanId: kelurahan.id });
  const nik = syntheticNik();
  const seat = await seatOf(institution.id);
  const { id } = await makePerson({ name: "Ma'ruf Canari", nik, sex: 'male', phone: secret.phone });
  const tenure = await makeTenure({ institutionId: institution.id, seatId: seat.id, personId: id });
  const person = await asTests((tx) =>
    tx.person.update({
      where: { id },
      data: {
        frontTitle: 'H.',
        backTitle: 'S.Pd., M.Si.',
        address: secret.address,
        birthPlace: secret.birthPlace,
      },
    }),
  );
  return { kelurahan, institution, tenure, person, nik };
}

function makeReader(role: Role, { kelurahan, institution, tenure }: Scene) {
  if (role === 'admin' || role === 'auditor') return makeAccount(role);
  if (role === 'kecamatan') return makeAccount(role, { kecamatanId: kelurahan.kecamatanId });
  const scope = { kelurahanId: kelurahan.id };
  if (role !== 'officer') return makeAccount(role, scope);
  return makeAccount(role, { ...scope, institutionId: institution.id, tenureId: tenure.id });
}

/** What the edit form of the person holds when nothing is changed in it. */
async function fieldsOf(id: number): Promise<Record<string, string>> {
  const person = await asTests((tx) => tx.person.findUniqueOrThrow({ where: { id } }));
  return {
    version: String(person.version),
    name: person.name,
    sex: person.sex,
    nik: '',
    frontTitle: person.frontTitle ?? '',
    backTitle: person.backTitle ?? '',
    birthPlace: person.birthPlace ?? '',
    birthDateDay: '17',
    birthDateMonth: '5',
    birthDateYear: '1980',
    address: person.address ?? '',
    rtNumber: '',
    rwNumber: '',
    phone: person.phone ?? '',
    educationLevel: '',
    occupation: '',
  };
}

const withoutKeys = (html: string) => html.replaceAll(/[0-9a-f-]{36}/g, 'key');

const revealsOf = (accountId: number) =>
  rowsOf<{ rowId: string; reason: string }>(
    `SELECT row_id AS "rowId", reason FROM audit.events WHERE actor_id = $1 AND action = 'reveal_nik' ORDER BY id`,
    [String(accountId)],
  );
