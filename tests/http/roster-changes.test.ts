import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { systemActor } from '#src/access.ts';
import { asActor } from '#src/database.ts';
import { today } from '#src/format.ts';
import { as } from '../support/app.ts';
import { dateBoxes } from '../support/dates.ts';
import {
  makeAccount,
  makeInstitution,
  makeKelurahan,
  makeOfficer,
  makePerson,
  makeTenure,
  seatOf,
  syntheticNik,
  unique,
} from '../support/fixtures.ts';

const asTests = <Result>(work: Parameters<typeof asActor<Result>>[1]) =>
  asActor(systemActor('tests'), work);

type Browser = Awaited<ReturnType<typeof as>>;

/** A kelurahan with its lurah and staff, and an institution (a Pokmas) whose chair signs in. */
async function makeWard(typeCode = 'POKMAS') {
  const kelurahan = await makeKelurahan();
  const lurah = await makeAccount('lurah', { kelurahanId: kelurahan.id });
  const staff = await makeAccount('staff', { kelurahanId: kelurahan.id });
  const institution = await makeInstitution({ kelurahanId: kelurahan.id, typeCode });
  const officer = await makeOfficer(institution);
  return {
    kelurahan,
    institution,
    officer,
    lurah: await as(lurah),
    staff: await as(staff),
    chair: await as(officer.account),
  };
}

/** Posts and follows the answer's Location; expects a 303. */
async function send(browser: Browser, url: string, fields: Record<string, string | number>) {
  const answer = await browser.post(url, fields);
  expect(answer.status, answer.text.slice(0, 2000)).toBe(303);
  return String(answer.headers.location);
}

const nextYear = new Date().getUTCFullYear() + 1;
const soon = { effectiveOnDay: '2', effectiveOnMonth: '1', effectiveOnYear: String(nextYear) };

async function fillVacantSeat(
  browser: Browser,
  institutionId: number,
  seatId: number,
  candidate: { name?: string; nik?: string } = {},
) {
  const base = (await send(browser, '/usulan', { institutionId, kind: 'fill', seatId })).replace(
    /\/orang$/,
    '',
  );
  const id = Number(/usulan\/(\d+)/.exec(base)?.[1]);
  await send(browser, `${base}/orang`, {
    name: candidate.name ?? 'Siti Maryam',
    frontTitle: '',
    backTitle: 'S.Pd.',
    sex: 'female',
  });
  const next = await send(browser, `${base}/identitas`, {
    nik: candidate.nik ?? syntheticNik(),
    birthPlace: 'Probolinggo',
    birthDateDay: '17',
    birthDateMonth: '8',
    birthDateYear: '1980',
    educationLevel: '5',
    occupation: '',
  });
  if (next.endsWith('/kecocokan')) await answerMatches(browser, next);
  await send(browser, `${base}/kontak`, {
    phone: '0812-3456-7890',
    address: 'Jalan Merdeka 5',
    rtNumber: '1',
    rwNumber: '2',
  });
  const check = await send(browser, `/usulan/${id}/waktu`, {
    ...soon,
    endReason: '',
    reason: 'Hasil musyawarah 1 Januari',
  });
  expect(check).toBe(`/usulan/${id}/periksa`);
  return id;
}

/** The known person when the NIK is theirs, and otherwise somebody new. */
async function answerMatches(browser: Browser, url: string) {
  const { text } = await browser.get(url);
  const known = /value="(person:\d+)"/.exec(text)?.[1] ?? '';
  const match = text.includes('value="different"') ? 'different' : known;
  await send(browser, url, { match });
}

async function submit(browser: Browser, id: number) {
  const page = await browser.get(`/usulan/${id}/periksa`);
  expect(page.status, page.text.slice(0, 1500)).toBe(200);
  return send(browser, `/usulan/${id}/pengajuan`, { version: versionIn(page.text) });
}

const versionIn = (html: string) => /name="version" value="(\d+)"/.exec(html)?.[1] ?? '';

async function approvalFields(lurah: Browser, id: number) {
  const page = await lurah.get(`/usulan/${id}/persetujuan`);
  expect(page.status, page.text.slice(0, 1500)).toBe(200);
  return {
    version: versionIn(page.text),
    decreeNumber: `188.45/${unique()}/425.504/2026`,
    ...dateBoxes('decreedOn', today()),
  };
}

test('a chair proposes, the lurah approves with a decree, and the roster changes', async () => {
  const { institution, chair, lurah } = await makeWard();
  const seat = await seatOf(institution.id, 'secretary');

  const id = await fillVacantSeat(chair, institution.id, seat.id, { name: "Nur Ma'ruf" });
  const review = await chair.get(`/usulan/${id}/periksa`);
  expect(review.text).toContain('Nur Ma&#39;ruf, S.Pd.');
  expect(review.text).toContain('0812-3456-7890');
  expect(await submit(chair, id)).toBe(`/usulan/${id}`);
  const sent = await chair.get(`/usulan/${id}`);
  expect(sent.text).toMatch(/Usulan U-\d{4}-\d{4} terkirim ke Lurah/);

  const waiting = await lurah.get('/usulan?status=submitted');
  expect(waiting.text).toContain(institution.name);
  await send(lurah, `/usulan/${id}/persetujuan`, await approvalFields(lurah, id));

  const tenure = await asTests((tx) =>
    tx.tenure.findFirstOrThrow({
      where: { seatId: seat.id },
      include: { person: true, appointingDecree: true },
    }),
  );
  expect(tenure.person).toMatchObject({
    name: "Nur Ma'ruf",
    backTitle: 'S.Pd.',
    phone: '+6281234567890',
    hasNik: true,
  });
  expect(tenure.appointingDecree?.number).toContain('188.45/');
  const decided = await chair.get(`/usulan/${id}`);
  expect(decided.text).toContain('Disetujui');
});

test('a replacement ends one tenure and starts the next on the same day, by one decree', async () => {
  const { institution, chair, lurah } = await makeWard();
  const seat = await seatOf(institution.id, 'secretary');
  const old = await makeTenure({
    institutionId: institution.id,
    seatId: seat.id,
    personId: (await makePerson({ name: 'Suparman' })).id,
  });

  const base = (
    await send(chair, '/usulan', {
      institutionId: institution.id,
      kind: 'replace',
      seatId: seat.id,
    })
  ).replace(/\/orang$/, '');
  const id = Number(/usulan\/(\d+)/.exec(base)?.[1]);
  await send(chair, `${base}/orang`, {
    name: 'Bambang',
    frontTitle: '',
    backTitle: '',
    sex: 'male',
  });
  await send(chair, `${base}/identitas`, {
    nik: '',
    birthPlace: '',
    birthDateDay: '',
    birthDateMonth: '',
    birthDateYear: '',
    educationLevel: '',
    occupation: '',
  });
  await send(chair, `${base}/kontak`, { phone: '', address: '', rtNumber: '', rwNumber: '' });
  const missing = await chair.post(`/usulan/${id}/waktu`, {
    ...soon,
    endReason: '',
    reason: 'Pindah',
  });
  expect(missing.status).toBe(422);
  expect(missing.text).toContain('Pilih sebab berhenti');
  expect(missing.text).toContain('Pindah');
  const minutes = {
    minutesNumber: '03/BA/2026',
    minutesOnDay: '2',
    minutesOnMonth: '1',
    minutesOnYear: String(nextYear),
  };
  const answers = { ...soon, endReason: 'moved', reason: 'Pindah domisili' };
  const early = await chair.post(`/usulan/${id}/waktu`, { ...answers, ...minutes });
  expect(early.status).toBe(422);
  expect(early.text).toContain('Tanggal berita acara tidak boleh sesudah hari ini');
  expect(early.text).toContain('value="03/BA/2026"');
  await send(chair, `/usulan/${id}/waktu`, {
    ...answers,
    ...minutes,
    minutesOnYear: '2025',
  });
  expect((await chair.get(`/usulan/${id}/waktu`)).text).toContain('value="03/BA/2026"');
  expect((await chair.get(`/usulan/${id}/periksa`)).text).toContain(
    'Nomor 03/BA/2026, 2 Januari 2025',
  );
  await submit(chair, id);
  await send(lurah, `/usulan/${id}/persetujuan`, await approvalFields(lurah, id));

  const [ended, next] = await asTests((tx) =>
    tx.tenure.findMany({
      where: { seatId: seat.id },
      orderBy: { id: 'asc' },
      include: { person: true },
    }),
  );
  expect(ended).toMatchObject({
    id: old.id,
    endReason: 'moved',
    endedOn: new Date(`${nextYear}-01-02`),
  });
  expect(next).toMatchObject({
    startOn: new Date(`${nextYear}-01-02`),
    kind: 'midterm',
    counts: false,
  });
  expect(next?.person.name).toBe('Bambang');
  expect(ended?.endingDecreeId).toBe(next?.appointingDecreeId);
});

test('an acting chair sits beside the vacant or held seat', async () => {
  const { institution, officer, chair, lurah } = await makeWard();
  const secretary = await seatOf(institution.id, 'secretary');
  const person = await makePerson({ name: 'Wartini' });
  await makeTenure({ institutionId: institution.id, seatId: secretary.id, personId: person.id });

  const first = await send(chair, '/usulan', {
    institutionId: institution.id,
    kind: 'acting',
    seatId: officer.seat.id,
  });
  expect(first).toMatch(/calon$/);
  const id = Number(/usulan\/(\d+)/.exec(first)?.[1]);
  expect((await chair.get(first)).text).toContain('Wartini');
  expect(await send(chair, first, { nominee: `person:${person.id}` })).toBe(`/usulan/${id}/waktu`);
  await send(chair, `/usulan/${id}/waktu`, { ...soon, endReason: '', reason: 'Ketua umrah' });
  await submit(chair, id);
  await send(lurah, `/usulan/${id}/persetujuan`, await approvalFields(lurah, id));
  const acting = await asTests((tx) =>
    tx.tenure.findFirstOrThrow({ where: { seatId: officer.seat.id, lane: 'acting' } }),
  );
  expect(acting).toMatchObject({
    personId: person.id,
    kind: 'acting',
    counts: false,
    exclusivityGroup: 'none',
  });
});

test('a new board starts from the present officers and ends the old board', async () => {
  const { institution, officer, chair, lurah } = await makeWard('RW');
  const first = await send(chair, '/usulan', { institutionId: institution.id, kind: 'new_board' });
  const id = Number(/usulan\/(\d+)/.exec(first)?.[1]);
  const tooLong = await chair.post(`/usulan/${id}/masa-bakti`, {
    ...soon,
    lastDayDay: '2',
    lastDayMonth: '1',
    lastDayYear: String(nextYear + 5),
    reason: 'Pemilihan',
  });
  expect(tooLong.status).toBe(422);
  expect(tooLong.text).toContain('paling lama 5 tahun');
  const board = await send(chair, `/usulan/${id}/masa-bakti`, {
    ...soon,
    lastDayDay: '1',
    lastDayMonth: '1',
    lastDayYear: String(nextYear + 5),
    reason: 'Pemilihan',
    minutesNumber: '04/BA/2026',
  });
  expect(board).toBe(`/usulan/${id}/susunan`);
  expect((await chair.get(`/usulan/${id}/masa-bakti`)).text).toContain('value="04/BA/2026"');
  expect((await chair.get(board)).text).toContain(officer.person.name);
  await submit(chair, id);
  await send(lurah, `/usulan/${id}/persetujuan`, await approvalFields(lurah, id));

  const boards = await asTests((tx) =>
    tx.board.findMany({ where: { institutionId: institution.id }, orderBy: { startsOn: 'asc' } }),
  );
  expect(boards.map(({ endsOn }) => endsOn)).toEqual([
    new Date(`${nextYear}-01-02`),
    new Date(`${nextYear + 5}-01-02`),
  ]);
  const second = await asTests((tx) =>
    tx.tenure.findFirstOrThrow({ where: { seatId: officer.seat.id, endedOn: null } }),
  );
  expect(second).toMatchObject({
    personId: officer.person.id,
    kind: 'definitive',
    termNumber: 2,
    plannedEndOn: new Date(`${nextYear + 5}-01-02`),
  });
});

test('a new board ends the tenures of a board that ran out unreplaced on their planned day', async () => {
  const { kelurahan, lurah, staff } = await makeWard();
  const institution = await makeInstitution({ kelurahanId: kelurahan.id, typeCode: 'RW' });
  const chair = await seatOf(institution.id);
  const old = await makeTenure({
    institutionId: institution.id,
    seatId: chair.id,
    personId: (await makePerson({ name: 'Sukarno' })).id,
    startOn: '2019-01-01',
    plannedEndOn: '2024-01-01',
  });
  const first = await send(staff, '/usulan', { institutionId: institution.id, kind: 'new_board' });
  const id = Number(/usulan\/(\d+)/.exec(first)?.[1]);
  await send(staff, `/usulan/${id}/masa-bakti`, {
    ...soon,
    lastDayDay: '1',
    lastDayMonth: '1',
    lastDayYear: String(nextYear + 5),
    reason: 'Pemilihan',
  });
  await send(staff, `/usulan/${id}/kursi/${chair.id}/calon`, { nominee: 'new' });
  await send(staff, `/usulan/${id}/kursi/${chair.id}/orang`, { name: 'Rohman', sex: 'male' });
  await send(staff, `/usulan/${id}/kursi/${chair.id}/identitas`, { nik: syntheticNik() });
  await send(staff, `/usulan/${id}/kursi/${chair.id}/kontak`, { phone: '' });
  await submit(staff, id);
  await send(lurah, `/usulan/${id}/persetujuan`, await approvalFields(lurah, id));
  const ended = await asTests((tx) => tx.tenure.findUniqueOrThrow({ where: { id: old.id } }));
  expect(ended).toMatchObject({ endedOn: new Date('2024-01-01'), endReason: 'new_board' });
});

test('a return carries a note, the maker mends the same proposal, and every decision is kept', async () => {
  const { institution, chair, lurah } = await makeWard();
  const id = await fillVacantSeat(
    chair,
    institution.id,
    (await seatOf(institution.id, 'treasurer')).id,
  );
  await submit(chair, id);
  const version = versionIn((await lurah.get(`/usulan/${id}/pengembalian`)).text);
  const silent = await lurah.post(`/usulan/${id}/pengembalian`, { version, note: ' ' });
  expect(silent.status).toBe(422);
  expect(silent.text).toContain('Tulis catatan untuk pengusul');
  await send(lurah, `/usulan/${id}/pengembalian`, { version, note: 'Lampirkan berita acara' });

  const returned = await chair.get(`/usulan/${id}`);
  expect(returned.text).toContain('Lampirkan berita acara');
  expect(await send(chair, `/usulan/${id}/perbaikan`, { version: versionIn(returned.text) })).toBe(
    `/usulan/${id}/periksa`,
  );
  await submit(chair, id);
  await send(lurah, `/usulan/${id}/penolakan`, {
    version: versionIn((await lurah.get(`/usulan/${id}/penolakan`)).text),
    note: 'Tidak memenuhi syarat',
  });
  const decisions = await asTests((tx) =>
    tx.decision.findMany({ where: { rosterChangeId: id }, orderBy: { id: 'asc' } }),
  );
  expect(decisions.map(({ outcome }) => outcome)).toEqual(['returned', 'refused']);
});

test('a chair cannot approve, nor the maker decide their own proposal', async () => {
  const { institution, kelurahan, chair, staff } = await makeWard();
  const id = await fillVacantSeat(
    chair,
    institution.id,
    (await seatOf(institution.id, 'treasurer')).id,
  );
  await submit(chair, id);
  const fields = {
    version: '1',
    decreeNumber: '1',
    ...dateBoxes('decreedOn', today()),
  };
  expect((await chair.post(`/usulan/${id}/persetujuan`, fields)).status).toBe(403);
  expect((await staff.post(`/usulan/${id}/persetujuan`, fields)).status).toBe(403);

  // A lurah who was staff when making the proposal is still its maker: the database refuses too.
  const maker = await asTests((tx) =>
    tx.rosterChange.findUniqueOrThrow({ where: { id }, select: { makerId: true } }),
  );
  await asTests((tx) =>
    tx.account.update({
      where: { id: maker.makerId },
      data: { role: 'lurah', institutionId: null, tenureId: null, kelurahanId: kelurahan.id },
    }),
  );
  const own = await as({ id: maker.makerId });
  expect((await own.post(`/usulan/${id}/persetujuan`, fields)).status).toBe(403);
  await expect(
    asTests((tx) =>
      tx.decision.create({
        data: {
          rosterChangeId: id,
          institutionId: institution.id,
          kelurahanId: kelurahan.id,
          makerId: maker.makerId,
          decidedBy: maker.makerId,
          decidedByName: 'x',
          outcome: 'refused',
          note: 'x',
        },
      }),
    ),
  ).rejects.toThrow(/decisions_maker_is_not_checker/);
});

test('an approval acts on the version that was looked at', async () => {
  const { institution, chair, lurah } = await makeWard();
  const id = await fillVacantSeat(
    chair,
    institution.id,
    (await seatOf(institution.id, 'treasurer')).id,
  );
  await submit(chair, id);
  const fields = await approvalFields(lurah, id);
  await asTests((tx) =>
    tx.rosterChange.update({
      where: { id },
      data: { version: { increment: 1 } },
      select: { id: true },
    }),
  );
  const refused = await lurah.post(`/usulan/${id}/persetujuan`, fields);
  expect(refused.status).toBe(422);
  expect(refused.text).toContain('berubah sejak halaman ini dibuka');
  expect(refused.text).toContain(fields.decreeNumber);
  expect(await asTests((tx) => tx.tenure.count({ where: { institutionId: institution.id } }))).toBe(
    1,
  );
});

test('a decree of another year than the change is asked about, at its field', async () => {
  const { institution, chair, lurah } = await makeWard();
  const id = await fillVacantSeat(
    chair,
    institution.id,
    (await seatOf(institution.id, 'treasurer')).id,
  );
  await submit(chair, id);
  const fields = { ...(await approvalFields(lurah, id)), decreedOnYear: '1999' };
  const refused = await lurah.post(`/usulan/${id}/persetujuan`, fields);
  expect(refused.status).toBe(422);
  expect(refused.text).toContain('Tahun SK jauh sebelum perubahan ini berlaku');
  expect(refused.text).toContain('value="1999"');
  expect(refused.text).toContain(fields.decreeNumber);
});

test('a proposal whose roster changed meanwhile is refused with a comparison and can be made again', async () => {
  const { institution, chair, lurah } = await makeWard();
  const treasurer = await seatOf(institution.id, 'treasurer');
  const secretary = await seatOf(institution.id, 'secretary');
  const first = await fillVacantSeat(chair, institution.id, treasurer.id, { name: 'Rukmini' });
  const second = await fillVacantSeat(chair, institution.id, secretary.id, { name: 'Sumiati' });
  await submit(chair, first);
  await submit(chair, second);
  await send(lurah, `/usulan/${first}/persetujuan`, await approvalFields(lurah, first));

  const stale = await lurah.post(
    `/usulan/${second}/persetujuan`,
    await approvalFields(lurah, second),
  );
  expect(stale.status).toBe(409);
  expect(stale.text).toContain('kedaluwarsa');
  expect(stale.text).toContain('Sumiati');
  const page = await chair.get(`/usulan/${second}`);
  expect(page.text).toContain('Usulkan ulang dari susunan terbaru');
  const again = await send(chair, `/usulan/${second}/salinan`, { version: versionIn(page.text) });
  const copy = Number(/usulan\/(\d+)/.exec(again)?.[1]);
  expect(again).toBe(`/usulan/${copy}/periksa`);
  await submit(chair, copy);
  await send(lurah, `/usulan/${copy}/persetujuan`, await approvalFields(lurah, copy));
  expect(
    await asTests((tx) => tx.tenure.count({ where: { seatId: secretary.id, endedOn: null } })),
  ).toBe(1);
});

test('only one proposal per seat is open at a time', async () => {
  const { institution, chair, staff } = await makeWard();
  const seat = await seatOf(institution.id, 'treasurer');
  const mine = await fillVacantSeat(chair, institution.id, seat.id);
  await submit(chair, mine);
  const fields = { institutionId: institution.id, kind: 'fill', seatId: seat.id };
  const refused = await staff.post('/usulan', fields);
  expect(refused.status).toBe(422);
  expect(refused.text).toContain('(Menunggu persetujuan) untuk jabatan yang sama');
  expect(refused.text).toContain(`href="/usulan/${mine}"`);
});

test('an office in another LKK blocks the approval, wherever in the city it is', async () => {
  const elsewhere = await makeWard('RT');
  const nik = syntheticNik();
  const busy = await makePerson({ name: 'Hartono', nik });
  await makeTenure({
    institutionId: elsewhere.institution.id,
    seatId: (await seatOf(elsewhere.institution.id, 'secretary')).id,
    personId: busy.id,
  });

  const { institution, chair, lurah } = await makeWard('RW');
  const id = await fillVacantSeat(
    chair,
    institution.id,
    (await seatOf(institution.id, 'secretary')).id,
    { name: 'Hartono', nik },
  );
  expect((await chair.get(`/usulan/${id}/periksa`)).text).toContain(`sudah menjabat`);
  await submit(chair, id);
  const review = await lurah.get(`/usulan/${id}`);
  expect(review.text).toContain('Belum dapat disetujui');
  expect(review.text).toContain('Larangan rangkap jabatan. Dasar: Permendagri 18/2018');
  const { version } = await asTests((tx) =>
    tx.rosterChange.findUniqueOrThrow({ where: { id }, select: { version: true } }),
  );
  const refused = await lurah.post(`/usulan/${id}/persetujuan`, {
    version,
    decreeNumber: '188.45/1/2026',
    ...dateBoxes('decreedOn', today()),
  });
  expect(refused.status).toBe(422);
  expect(refused.text).toContain('Ada aturan yang dilanggar');
  expect(await asTests((tx) => tx.tenure.count({ where: { personId: busy.id } }))).toBe(1);
});

test('twenty parallel approvals for one seat leave one holder', async () => {
  const { institution, chair, lurah } = await makeWard();
  const seat = await seatOf(institution.id, 'treasurer');
  const id = await fillVacantSeat(chair, institution.id, seat.id);
  await submit(chair, id);
  const fields = await approvalFields(lurah, id);
  const answers = await Promise.all(
    Array.from({ length: 20 }, () =>
      lurah.post(`/usulan/${id}/persetujuan`, { ...fields, key: randomUUID() }),
    ),
  );
  expect(answers.filter(({ status }) => status === 303)).toHaveLength(1);
  expect(answers.every(({ status }) => [303, 409, 422, 503].includes(status))).toBe(true);
  expect(await asTests((tx) => tx.tenure.count({ where: { seatId: seat.id } }))).toBe(1);
});

test('the same form sent forty times at once is one proposal with one answer', async () => {
  const { institution, chair } = await makeWard();
  const fields = { key: randomUUID(), institutionId: institution.id, kind: 'end' };
  const answers = await Promise.all(
    Array.from({ length: 40 }, () => chair.post('/usulan', fields)),
  );
  expect(new Set(answers.map(({ headers }) => headers.location)).size).toBe(1);
  expect(
    await asTests((tx) => tx.rosterChange.count({ where: { institutionId: institution.id } })),
  ).toBe(1);
});

test('a proposal of another kelurahan does not exist', async () => {
  const { institution, chair } = await makeWard();
  const stranger = await makeWard();
  const id = await fillVacantSeat(
    chair,
    institution.id,
    (await seatOf(institution.id, 'treasurer')).id,
  );
  for (const browser of [stranger.chair, stranger.lurah, stranger.staff]) {
    expect((await browser.get(`/usulan/${id}`)).status).toBe(404);
  }
  expect((await stranger.chair.get(`/usulan/baru?lembaga=${institution.id}`)).status).toBe(404);
  expect(
    (await stranger.chair.post('/usulan', { institutionId: institution.id, kind: 'end' })).status,
  ).toBe(404);
});

const attacks = [
  "Ma'ruf",
  'H. Siti, S.Pd., M.Si.',
  'RT 001/RW 02',
  'Sukarno',
  '<script>alert(1)</script>',
  '%',
  '_',
  '\\',
  'a\u0000b',
  '\ud800',
  'x'.repeat(10_000),
  '😀',
  '-1',
  '0',
  '2147483648',
  '1e9',
  '2024-02-30',
  '__proto__',
  '{"not":""}',
];

test.each(attacks)(
  'the pages of a proposal take %j without a fault and keep what was typed',
  async (text) => {
    const { institution, chair } = await makeWard();
    const seat = await seatOf(institution.id, 'treasurer');
    const base = (
      await send(chair, '/usulan', { institutionId: institution.id, kind: 'fill', seatId: seat.id })
    ).replace(/\/orang$/, '');
    const id = Number(/usulan\/(\d+)/.exec(base)?.[1]);
    const answers = [
      await chair.post('/usulan', { institutionId: text, kind: text }),
      await chair.post(`${base}/orang`, {
        name: text,
        frontTitle: text,
        backTitle: text,
        sex: 'male',
      }),
      await chair.post(`${base}/identitas`, {
        nik: text,
        birthPlace: text,
        birthDateDay: text,
        birthDateMonth: text,
        birthDateYear: text,
        educationLevel: text,
        occupation: text,
      }),
      await chair.post(`${base}/kontak`, {
        phone: text,
        address: text,
        rtNumber: text,
        rwNumber: text,
      }),
      await chair.post(`/usulan/${id}/waktu`, {
        effectiveOnDay: text,
        effectiveOnMonth: text,
        effectiveOnYear: text,
        endReason: text,
        reason: text,
      }),
      await chair.get(`/usulan?status=${encodeURIComponent(text.toWellFormed())}`),
      await chair.get(`/usulan?halaman=${encodeURIComponent(text.toWellFormed())}`),
    ];
    expect(
      answers
        .map(({ status }) => status)
        .filter((status) => ![200, 303, 400, 404, 422].includes(status)),
    ).toEqual([]);
    for (const answer of answers) expect(answer.text).not.toContain('<script>alert(1)');
  },
);

/** Starts a proposal to fill a seat and answers up to the page that asks who the candidate may be. */
async function proposeSomebodyLike(
  browser: Browser,
  seat: { id: number; institutionId: number },
  like: { name: string; born: string; nik?: string },
) {
  const orang = await send(browser, '/usulan', {
    institutionId: seat.institutionId,
    kind: 'fill',
    seatId: seat.id,
  });
  const base = orang.replace(/\/orang$/, '');
  await send(browser, `${base}/orang`, {
    name: like.name,
    frontTitle: '',
    backTitle: '',
    sex: 'male',
  });
  const [year = '', month = '', day = ''] = like.born.split('-');
  const next = await send(browser, `${base}/identitas`, {
    nik: like.nik ?? '',
    birthPlace: '',
    birthDateDay: day,
    birthDateMonth: month,
    birthDateYear: year,
    educationLevel: '5',
    occupation: '',
  });
  return { base, next, id: Number(/usulan\/(\d+)/.exec(base)?.[1]) };
}

const finish = async (browser: Browser, { base, id }: { base: string; id: number }) => {
  await send(browser, `${base}/kontak`, {
    phone: '0812-9999-1111',
    address: '',
    rtNumber: '',
    rwNumber: '',
  });
  await send(browser, `/usulan/${id}/waktu`, {
    ...soon,
    endReason: '',
    reason: 'Hasil musyawarah',
  });
};

test('a candidate who is known already is recognised, wherever in the city, and no second record is made', async () => {
  const [home, far] = [await makeWard(), await makeWard()];
  const known = await makePerson({
    name: 'Raden Suryo Kusumo',
    sex: 'male',
    birthDate: '1969-03-04',
  });
  const theirs = await seatOf(far.institution.id, 'treasurer');
  await makeTenure({
    institutionId: far.institution.id,
    seatId: theirs.id,
    personId: known.id,
    startOn: '2015-05-07',
    plannedEndOn: '2020-05-07',
  });
  const seat = await seatOf(home.institution.id, 'secretary');
  const nik = syntheticNik();

  const draft = await proposeSomebodyLike(home.chair, seat, {
    name: 'R. Suryo Kusumo',
    born: '1969-03-04',
    nik,
  });
  expect(draft.next).toBe(`${draft.base}/kecocokan`);
  expect((await home.chair.get(`/usulan/${draft.id}/periksa`)).headers.location).toBe(draft.next);
  const page = await home.chair.get(draft.next);
  expect(page.text).toContain('Pakai orang ini: Raden Suryo Kusumo');
  expect(page.text).toContain(`Bendahara ${far.institution.name}`);
  expect(page.text).not.toContain('Maret 1969');
  expect((await home.chair.post(draft.next, { match: 'person:1' })).status).toBe(422);
  expect((await home.chair.post(draft.next, { match: '' })).status).toBe(422);
  expect(await send(home.chair, draft.next, { match: `person:${known.id}` })).toBe(
    `${draft.base}/kontak`,
  );
  await finish(home.chair, draft);
  expect((await home.chair.get(`/usulan/${draft.id}/periksa`)).text).toContain(
    'Memakai data orang yang sudah tercatat',
  );
  await submit(home.chair, draft.id);
  await send(
    home.lurah,
    `/usulan/${draft.id}/persetujuan`,
    await approvalFields(home.lurah, draft.id),
  );
  const tenure = await asTests((tx) =>
    tx.tenure.findFirstOrThrow({ where: { seatId: seat.id }, include: { person: true } }),
  );
  expect(tenure.person).toMatchObject({
    id: known.id,
    name: 'Raden Suryo Kusumo',
    hasNik: true,
    phone: '+6281299991111',
  });
});

test('"bukan orang yang sama" is not asked again, and is remembered once the person is there', async () => {
  const { institution, chair, lurah, staff } = await makeWard();
  const known = await makePerson({
    name: 'Tumenggung Wiroguno',
    sex: 'male',
    birthDate: '1958-09-21',
  });
  const seat = await seatOf(institution.id, 'secretary');
  const draft = await proposeSomebodyLike(chair, seat, {
    name: 'Tumenggung Wirogunno',
    born: '1958-09-21',
  });
  expect(await send(chair, draft.next, { match: 'different' })).toBe(`${draft.base}/kontak`);
  await send(chair, `${draft.base}/orang`, {
    name: 'Tumenggung Wirogunno',
    frontTitle: 'H.',
    backTitle: '',
    sex: 'male',
  });
  await finish(chair, draft);
  await submit(chair, draft.id);
  await send(lurah, `/usulan/${draft.id}/persetujuan`, await approvalFields(lurah, draft.id));
  const { personId } = await asTests((tx) =>
    tx.tenure.findFirstOrThrow({ where: { seatId: seat.id } }),
  );
  expect(personId).not.toBe(known.id);
  const verdicts = await asTests((tx) =>
    tx.personDuplicate.findMany({ where: { OR: [{ lowId: known.id }, { highId: known.id }] } }),
  );
  expect(verdicts).toMatchObject([
    {
      lowId: Math.min(known.id, personId),
      highId: Math.max(known.id, personId),
      verdict: 'different',
    },
  ]);
  expect((await staff.get('/orang/ganda')).text).not.toContain('Tumenggung');
});

test('the same NIK is the same person: only the NIK can be mended', async () => {
  const { institution, chair } = await makeWard();
  const nik = syntheticNik();
  const known = await makePerson({
    name: 'Sastro Amijoyo',
    nik,
    sex: 'male',
    birthDate: '1950-02-02',
  });
  const seat = await seatOf(institution.id, 'secretary');
  const draft = await proposeSomebodyLike(chair, seat, {
    name: 'Orang Lain Sekali',
    born: '1990-10-30',
    nik,
  });
  const page = await chair.get(draft.next);
  expect(page.text).toContain('NIK sama');
  expect(page.text).not.toContain('value="different"');
  expect(page.text).toContain(`${draft.base}/identitas`);
  expect((await chair.post(draft.next, { match: 'different' })).text).toContain(
    'NIK calon sama dengan NIK orang ini',
  );
  await send(chair, draft.next, { match: `person:${known.id}` });
});

test('who tries names by the hundred to find people is stopped, and keeps what was typed', async () => {
  const { chair, institution } = await makeWard();
  const seat = await seatOf(institution.id, 'treasurer');
  const first = await send(chair, '/usulan', {
    institutionId: institution.id,
    kind: 'fill',
    seatId: seat.id,
  });
  const fields = { name: 'Siti Maryam', frontTitle: '', backTitle: '', sex: 'female' };
  for (let round = 0; round < 100; round += 1) await send(chair, first, fields);
  const stopped = await chair.post(first, { ...fields, name: 'Siti Nomor Seratus Satu' });
  expect(stopped.status).toBe(422);
  expect(stopped.text).toMatch(
    /Terlalu banyak nama diperiksa dalam satu jam\. Coba lagi dalam \d+ menit/,
  );
  expect(stopped.text).toContain('value="Siti Nomor Seratus Satu"');
  const other = await makeWard();
  const theirs = await send(other.chair, '/usulan', {
    institutionId: other.institution.id,
    kind: 'fill',
    seatId: (await seatOf(other.institution.id, 'treasurer')).id,
  });
  await send(other.chair, theirs, fields);
});
