import { expect, test } from 'vitest';
import { systemActor } from '#src/access.ts';
import { asActor } from '#src/database.ts';
import { addDays, addYears, date, today } from '#src/format.ts';
import {
  makeInstitution,
  makePerson,
  makeTenure,
  seatOf,
  syntheticNik,
} from '../support/fixtures.ts';
import {
  approveProposal,
  batchIdOf,
  makeImportScene,
  pressImport,
  previewFile,
  previewLines,
  type ImportScene,
  type Line,
  wordsOf,
} from '../support/imports.ts';
import { rowsOf } from '../support/superuser.ts';
import { binary } from '../support/workbook.ts';

/** Whoever stands in for a while (Plt.) and is new to the roster. */

/** An institution with a chair and a board from 7 May 2025 to 6 May 2030. */
async function makeRoster({ kelurahan }: ImportScene) {
  const { id } = await makeInstitution({ kelurahanId: kelurahan.id, name: 'Pokmas Sinar Mulia' });
  const chair = await makePerson({ name: 'Budi Santoso', birthDate: '1971-01-02' });
  const seat = await seatOf(id);
  await makeTenure({ institutionId: id, seatId: seat.id, personId: chair.id });
  return { id, seat, chair };
}

const officer = (name: string, position: string, more: Line = {}): Line => ({
  Nama: name,
  'L/P': 'P',
  'Tanggal Lahir': '17-08-1980',
  Pendidikan: 'SMA',
  'Jenis LKK': 'Pokmas',
  'Nama LKK': 'Pokmas Sinar Mulia',
  Jabatan: position,
  ...more,
});
const firstDecree = {
  'No SK': '188.45/7/425.504/2025',
  'Tanggal SK': '7 Mei 2025',
  Mulai: '7-5-2025',
  Selesai: '6-5-2030',
};
const letter = {
  'No SK': '188.45/8/425.504/2025',
  'Tanggal SK': '1 Juni 2025',
  Mulai: '1-6-2025',
};

const rowsIn = (address: string) =>
  rowsOf<{ outcome: string; result: string | null; kind: string; changeId: number | null }>(
    `SELECT outcome, result, details->'plan'->>'kind' AS kind, roster_change_id AS "changeId" FROM import_rows WHERE batch_id = $1 ORDER BY id`,
    [batchIdOf(address)],
  );

/** Staff apply the file; the lurah approves its first rosters. */
async function takeIn(scene: ImportScene, address: string) {
  await pressImport(scene.browser, address, 'penerapan');
  await pressImport(scene.lurahBrowser, address, 'persetujuan');
}

async function approve({ lurahBrowser }: ImportScene, id: number | null, number: string) {
  const answer = await approveProposal(
    lurahBrowser,
    id ?? expect.fail('no proposal'),
    number,
    2025,
  );
  expect(answer.status, wordsOf(answer.text)).toBe(303);
}

const tenuresIn = ({ kelurahan }: Pick<ImportScene, 'kelurahan'>) =>
  rowsOf<{ name: string; post: string; kind: string; start: string; end: string | null }>(
    `SELECT q.name, COALESCE(s.label, p.name) AS post, t.kind, t.start_on::text AS start, t.planned_end_on::text AS "end",
       t.board_id IS NOT NULL AS board, d.number, t.term_number AS term
     FROM tenures t JOIN people q ON q.id = t.person_id JOIN seats s ON s.id = t.seat_id
     JOIN position_types p ON p.id = t.position_type_id JOIN decrees d ON d.id = t.appointing_decree_id
     WHERE t.kelurahan_id = $1 AND t.voided_at IS NULL ORDER BY t.id`,
    [kelurahan.id],
  );
const peopleIn = ({ kelurahan }: Pick<ImportScene, 'kelurahan'>) =>
  rowsOf('SELECT id FROM people WHERE $1 = ANY (kelurahan_ids) ORDER BY id', [kelurahan.id]);

test('whoever stands in is seated beside the first roster by its one decision, and the file then changes nothing', async () => {
  const scene = await makeImportScene();
  const nik = syntheticNik();
  const lines = [
    officer('Siti Aminah', 'Plt. Ketua', { ...letter, NIK: nik, Selesai: addDays(today(), 90) }),
    officer('Budi Santoso', 'Ketua', { ...firstDecree, NIK: syntheticNik() }),
    officer('Siti Aminah', 'Sekretaris', { ...firstDecree, NIK: nik }),
    officer('Dewi Lestari', 'Pj. Bendahara', letter),
    officer('Eko', 'Seksi Keamanan', {
      ...firstDecree,
      'Jenis LKK': 'RW',
      'Nama LKK': 'RW 05',
    }),
    officer('Fajar', 'Plt. Seksi Keamanan', {
      ...letter,
      'Jenis LKK': 'RW',
      'Nama LKK': 'RW 05',
    }),
  ];
  const { address, outcomes, text } = await previewLines(scene.browser, lines);
  expect(outcomes).toEqual(['new', 'new', 'new', 'new', 'new', 'new']);
  expect(text).toContain('Plt. Ketua');
  expect(text).toContain('Pelaksana (Plt.) di samping pengurus pertama');

  await pressImport(scene.browser, address, 'penerapan');
  const decision = wordsOf((await scene.lurahBrowser.get(`${address}/persetujuan`)).text);
  expect(decision).toContain('Pokmas Sinar Mulia 4 188.45/7/425.504/2025 7 Mei 2025 2025–2030');
  await pressImport(scene.lurahBrowser, address, 'persetujuan');

  const term = { board: true, end: '2030-05-07' };
  const definitive = { ...term, kind: 'definitive', start: '2025-05-07' };
  const acting = { ...term, kind: 'acting', start: '2025-06-01', term: null };
  expect(await tenuresIn(scene), JSON.stringify(await rowsIn(address))).toMatchObject([
    { ...definitive, name: 'Budi Santoso', post: 'Ketua' },
    { ...definitive, name: 'Siti Aminah', post: 'Sekretaris' },
    { ...definitive, name: 'Eko', post: 'Seksi Keamanan' },
    { ...acting, name: 'Siti Aminah', post: 'Ketua', end: addDays(today(), 91) },
    { ...acting, name: 'Dewi Lestari', post: 'Bendahara', number: '188.45/8/425.504/2025' },
    { ...acting, name: 'Fajar', post: 'Seksi Keamanan' },
  ]);
  expect(await peopleIn(scene)).toHaveLength(5);

  const recorded = await tenuresIn(scene);
  const again = await previewLines(scene.browser, lines);
  expect(again.outcomes, again.text).toEqual(['same', 'same', 'same', 'same', 'same', 'same']);
  expect(await tenuresIn(scene)).toEqual(recorded);
});

test('a withdrawn import takes those who stand in back as well', async () => {
  const scene = await makeImportScene();
  const lines = [
    officer('Budi Santoso', 'Ketua', firstDecree),
    officer('Siti Aminah', 'Sekretaris', firstDecree),
    officer('Siti Aminah', 'Plt. Bendahara', letter),
    officer('Gita', 'Plt. Ketua', letter),
  ];
  const { address } = await previewLines(scene.browser, lines);
  await takeIn(scene, address);
  expect(await tenuresIn(scene)).toHaveLength(4);
  expect(await peopleIn(scene)).toHaveLength(3);
  await pressImport(scene.browser, address, 'penarikan');
  expect(await tenuresIn(scene)).toEqual([]);
  expect(await peopleIn(scene)).toEqual([]);
  expect(await rowsOf('SELECT FROM boards WHERE kelurahan_id = $1', [scene.kelurahan.id])).toEqual(
    [],
  );
  expect((await previewLines(scene.browser, lines)).outcomes).toEqual(['new', 'new', 'new', 'new']);
});

test('an institution where somebody only stands in still gets its first roster by one decision', async () => {
  const scene = await makeImportScene();
  const acting = officer('Siti Aminah', 'Plt. Ketua', letter);
  const { address } = await previewLines(scene.browser, [acting]);
  await takeIn(scene, address);
  expect(await tenuresIn(scene)).toMatchObject([
    { name: 'Siti Aminah', kind: 'acting', board: false, end: null },
  ]);
  const roster = [acting, officer('Budi Santoso', 'Ketua', firstDecree)];
  const second = await previewLines(scene.browser, roster);
  expect(second.outcomes).toEqual(['same', 'new']);
  await takeIn(scene, second.address);
  expect((await tenuresIn(scene)).map(({ name, kind }) => [name, kind])).toEqual([
    ['Siti Aminah', 'acting'],
    ['Budi Santoso', 'definitive'],
  ]);
  expect((await previewLines(scene.browser, roster)).outcomes).toEqual(['same', 'same']);
});

test('a first roster needs the decree of whoever stands in, who is not the holder of the seat', async () => {
  const scene = await makeImportScene();
  const { outcomes, text } = await previewLines(scene.browser, [
    officer('Budi Santoso', 'Ketua', firstDecree),
    officer('Budi Santoso', 'Plt. Ketua', letter),
    officer('Siti Aminah', 'Plt. Sekretaris'),
    officer('Gita', 'Plt. Bendahara', letter),
    officer('Hana', 'Plt. Bendahara', letter),
  ]);
  expect(outcomes).toEqual(['new', 'wrong', 'wrong', 'new', 'wrong']);
  expect(text).toContain('Orang ini sudah ada di baris 2 untuk jabatan yang sama');
  expect(text).toContain('Isi No SK. Pengurus pertama sebuah lembaga perlu SK');
  expect(text).toContain('Plt. Bendahara Pokmas Sinar Mulia sudah diisi baris 5');
});

test('days outside the term of the first roster are said in the row, and the others are seated', async () => {
  const scene = await makeImportScene();
  const { address, outcomes, text } = await previewLines(scene.browser, [
    officer('Siti Aminah', 'Plt. Ketua', { ...letter, Mulai: '1-1-2025' }),
    officer('Gita', 'Plt. Bendahara', letter),
    officer('Budi Santoso', 'Ketua', firstDecree),
  ]);
  expect(outcomes).toEqual(['wrong', 'new', 'new']);
  expect(text).toContain('Tanggal mulai 1 Januari 2025 di luar masa bakti kepengurusan');
  await takeIn(scene, address);
  expect((await rowsIn(address)).map(({ outcome, result }) => result ?? outcome)).toEqual([
    'wrong',
    'done',
    'done',
  ]);
});

test('where there is a roster each who stands in is a proposal, and once approved the file changes nothing', async () => {
  const scene = await makeImportScene();
  const roster = await makeRoster(scene);
  const secretary = await makePerson({ name: 'Siti Aminah', birthDate: '1980-08-17' });
  const seat = await seatOf(roster.id, 'secretary');
  await makeTenure({ institutionId: roster.id, seatId: seat.id, personId: secretary.id });
  const lastDay = addDays(today(), 60);
  const lines = [
    officer('Budi Santoso', 'Ketua', { 'L/P': null, 'Tanggal Lahir': null, Pendidikan: null }),
    officer('Siti Aminah', 'Plt. Ketua', { ...letter, 'L/P': null, Selesai: lastDay }),
  ];
  const { address, outcomes, text } = await previewLines(scene.browser, lines);
  expect(outcomes, text).toEqual(['same', 'new']);
  expect(text).toContain('Menunjuk pelaksana (Plt.): menjadi usulan untuk lurah');
  await pressImport(scene.browser, address, 'penerapan');
  const row = (await rowsIn(address))[1];
  expect(row).toMatchObject({ result: 'proposed', kind: 'acting' });
  expect(
    await rowsOf(
      `SELECT kind, subject, status, effective_on::text AS day FROM roster_changes WHERE institution_id = $1`,
      [roster.id],
    ),
  ).toEqual([
    { kind: 'acting', subject: `seat:${roster.seat.id}`, status: 'submitted', day: '2025-06-01' },
  ]);
  const page = wordsOf((await scene.lurahBrowser.get(`/usulan/${row?.changeId}`)).text);
  expect(page).toContain('Pelaksana Ketua');
  expect(page).toContain('Memakai data orang yang sudah tercatat');

  // The same file before the decision: one proposal a seat.
  const early = await previewLines(scene.browser, lines);
  expect(early.outcomes).toEqual(['same', 'wrong']);
  expect(early.text).toContain('Jabatan ini sudah ada dalam usulan U-');

  await approve(scene, row?.changeId ?? null, letter['No SK']);
  const tenures = await tenuresIn(scene);
  expect(tenures).toHaveLength(3);
  expect(tenures.at(-1)).toMatchObject({
    name: 'Siti Aminah',
    post: 'Ketua',
    kind: 'acting',
    start: '2025-06-01',
    end: addDays(lastDay, 1),
    term: null,
  });
  expect(await peopleIn(scene)).toHaveLength(2);
  expect((await previewLines(scene.browser, lines)).outcomes).toEqual(['same', 'same']);
  const exported = await scene.browser
    .get(`/lembaga/${roster.id}/pengurus.xlsx`)
    .buffer(true)
    .parse(binary);
  expect((await previewFile(scene.browser, exported.body as Buffer)).outcomes).toEqual([
    'same',
    'same',
    'same',
  ]);
});

test('withdrawing the import cancels the proposal of whoever stands in', async () => {
  const scene = await makeImportScene();
  const roster = await makeRoster(scene);
  const { address } = await previewLines(scene.browser, [
    officer('Siti Aminah', 'Plt. Ketua'),
    officer('Gita', 'Plt. Bendahara'),
  ]);
  await pressImport(scene.browser, address, 'penerapan');
  const statuses = () =>
    rowsOf<{ status: string }>(
      `SELECT status FROM roster_changes WHERE institution_id = $1 AND kind = 'acting' ORDER BY id`,
      [roster.id],
    );
  expect(await statuses()).toEqual([{ status: 'submitted' }, { status: 'submitted' }]);
  await pressImport(scene.browser, address, 'penarikan');
  expect(await statuses()).toEqual([{ status: 'cancelled' }, { status: 'cancelled' }]);
});

test('a returned proposal keeps the last day, and cannot begin after it', async () => {
  const scene = await makeImportScene();
  await makeRoster(scene);
  const lastDay = addDays(today(), 30);
  const { address } = await previewLines(scene.browser, [
    officer('Siti Aminah', 'Plt. Ketua', { Selesai: lastDay }),
  ]);
  await pressImport(scene.browser, address, 'penerapan');
  const id = (await rowsIn(address))[0]?.changeId ?? 0;
  const proposal = `/usulan/${id}`;
  const version = async () =>
    (await rowsOf<{ version: number }>('SELECT version FROM roster_changes WHERE id = $1', [id]))[0]
      ?.version ?? 0;
  const note = { version: await version(), note: 'Perbaiki tanggalnya' };
  expect((await scene.lurahBrowser.post(`${proposal}/pengembalian`, note)).status).toBe(303);
  const revised = await scene.browser.post(`${proposal}/perbaikan`, { version: await version() });
  expect(revised.status).toBe(303);
  const [year, month, day] = addDays(lastDay, 1).split('-').map(Number);
  const late = await scene.browser.post(`${proposal}/waktu`, {
    effectiveOnDay: day ?? 0,
    effectiveOnMonth: month ?? 0,
    effectiveOnYear: year ?? 0,
    reason: 'Ketua sakit',
  });
  expect(late.status).toBe(422);
  expect(late.text).toContain(`paling lambat hari terakhirnya (${date(lastDay)})`);
  const page = wordsOf((await scene.browser.get(`${proposal}/periksa`)).text);
  expect(page).toContain('Bertugas sampai');
});

test('whoever stands in later is recognised too', async () => {
  const scene = await makeImportScene();
  await makeRoster(scene);
  const line = officer('Siti Aminah', 'Plt. Ketua', { Mulai: addDays(today(), 20) });
  const { address } = await previewLines(scene.browser, [line]);
  await pressImport(scene.browser, address, 'penerapan');
  await approve(scene, (await rowsIn(address))[0]?.changeId ?? null, '188.45/20');
  expect((await previewLines(scene.browser, [line])).outcomes).toEqual(['same']);
  const before = await previewLines(scene.browser, [
    officer('Gita', 'Plt. Ketua', { Mulai: addDays(today(), 1), Selesai: addDays(today(), 19) }),
  ]);
  expect(before.outcomes, before.text).toEqual(['new']);
});

test.each<[string, Line, string]>([
  [
    'somebody else stands in',
    officer('Orang Lain', 'PLH SEKRETARIS'),
    'Siti Aminah sudah menjadi pelaksana (Plt.) Sekretaris Pokmas Sinar Mulia sampai',
  ],
  [
    'the same person holds the seat',
    officer('Budi Santoso', 'Plt. Ketua', { 'Tanggal Lahir': '2-1-1971' }),
    'Budi Santoso sudah menjabat Ketua Pokmas Sinar Mulia, jadi tidak perlu menjadi pelaksananya (Plt.)',
  ],
  [
    'there is no such seat',
    officer('Orang Lain', 'Plt. Anggota'),
    'Jabatan ini belum ada di Pokmas Sinar Mulia',
  ],
  [
    'it ends after the board',
    officer('Orang Lain', 'Plt. Ketua', { Selesai: '7-5-2030' }),
    'paling lama sampai akhir masa bakti pengurus, 6 Mei 2030',
  ],
  [
    'it is over',
    officer('Orang Lain', 'Plt. Ketua', { Mulai: '1-6-2025', Selesai: addDays(today(), -1) }),
    'Masa tugas pelaksana (Plt.) ini sudah berakhir',
  ],
  [
    'it begins too late',
    officer('Orang Lain', 'Plt. Ketua', { Mulai: addDays(addYears(today(), 1), 1) }),
    'Tanggal mulai paling lambat setahun dari hari ini',
  ],
])('nobody new stands in where %s', async (_what, line, sentence) => {
  const scene = await makeImportScene();
  const roster = await makeRoster(scene);
  const acting = await makePerson({ name: 'Siti Aminah', birthDate: '1975-02-03' });
  await makeTenure({
    institutionId: roster.id,
    seatId: (await seatOf(roster.id, 'secretary')).id,
    personId: acting.id,
    kind: 'acting',
    startOn: addDays(today(), -10),
    plannedEndOn: addDays(today(), 60),
  });
  const { outcomes, text } = await previewLines(scene.browser, [line]);
  expect(outcomes, text).toEqual(['wrong']);
  expect(text).toContain(sentence);
});

test('holder and stand-in of one seat cannot be proposed by one file', async () => {
  const scene = await makeImportScene();
  await makeRoster(scene);
  const { outcomes, text } = await previewLines(scene.browser, [
    officer('Dewi Lestari', 'Bendahara'),
    officer('Gita', 'Plt. Bendahara'),
    officer('Hana', 'Plt. Ketua'),
  ]);
  expect(outcomes).toEqual(['new', 'wrong', 'new']);
  expect(text).toContain('Untuk jabatan ini baris 2 mengusulkan pengurus definitif');
});

test('the age binds whoever stands in, an office elsewhere does not', async () => {
  const scene = await makeImportScene();
  const { kelurahan } = scene;
  const nik = syntheticNik();
  for (const [typeCode, name, nikOfChair] of [
    ['RT', 'RT 001/RW 002', nik],
    ['KARANG_TARUNA', 'Karang Taruna Bhakti', syntheticNik()],
  ] as const) {
    const { id } = await makeInstitution({ kelurahanId: kelurahan.id, typeCode, name });
    const { id: personId } = await makePerson({ nik: nikOfChair, birthDate: '1990-08-17' });
    await makeTenure({ institutionId: id, seatId: (await seatOf(id)).id, personId });
  }
  const place = { 'Jenis LKK': 'Karang Taruna', 'Nama LKK': 'Karang Taruna Bhakti' };
  const { outcomes, text } = await previewLines(scene.browser, [
    officer('Gita', 'Plt. Ketua', { ...place, NIK: nik }),
    officer('Gita', 'Bendahara', { ...place, NIK: nik }),
    officer('Iman', 'Plt. Sekretaris', { ...place, 'Tanggal Lahir': addYears(today(), -16) }),
  ]);
  expect(outcomes, text).toEqual(['new', 'wrong', 'wrong']);
  expect(text.match(/sudah menjabat Ketua RT di RT 001\/RW 002/g)).toHaveLength(1);
  expect(text).toContain('Iman baru berusia 16 tahun');
});

test('of a colleague who stands in the offices are known without a NIK', async () => {
  const scene = await makeImportScene();
  const posyandu = await makeInstitution({
    kelurahanId: scene.kelurahan.id,
    typeCode: 'POSYANDU',
    name: 'Posyandu Mawar',
  });
  const [health] = await asActor(systemActor('tests'), async (tx) => {
    const seats = await tx.seat.findMany({
      where: { institutionId: posyandu.id, positionType: { code: 'field_coordinator' } },
      orderBy: { number: 'asc' },
      take: 2,
    });
    for (const [index, label] of ['Koordinator Kesehatan', 'Koordinator Pendidikan'].entries())
      await tx.seat.update({ where: { id: seats[index]?.id ?? 0 }, data: { label } });
    return seats;
  });
  const person = await makePerson({ name: 'Dewi Lestari', birthDate: '1980-08-17' });
  await makeTenure({
    institutionId: posyandu.id,
    seatId: health?.id ?? 0,
    personId: person.id,
  });
  const { outcomes, text } = await previewLines(scene.browser, [
    officer('Dewi Lestari', 'Plt. Koordinator Pendidikan', {
      'Jenis LKK': 'Posyandu',
      'Nama LKK': 'Posyandu Mawar',
    }),
  ]);
  expect(outcomes, text).toEqual(['wrong']);
  expect(text).toContain(
    'Dewi Lestari sudah bertugas sebagai Koordinator Kesehatan di Posyandu Mawar',
  );
});
