import { beforeAll, expect, test } from 'vitest';
import { systemActor, type Actor } from '#src/access.ts';
import { loadDemoCity } from '#src/commands/demo.ts';
import { insertTerritory, kotaProbolinggo } from '#src/commands/territory.ts';
import { asActor, type Transaction } from '#src/database.ts';
import { demoAccounts, demoPassword } from '#src/demo-accounts.ts';
import { addDays, today } from '#src/format.ts';
import { hashOfToken, invitationToken } from '#src/invitations/tokens.ts';
import { openLineNik, openNik } from '#src/people/nik.ts';
import { candidateShape } from '#src/roster-changes/form.ts';
import { verifyPassword } from '#src/sessions/passwords.ts';
import { loadKelurahan } from '../../prisma/demo/load.ts';
import { planKanigaran } from '../../prisma/demo/plan.ts';
import { runScript } from '../support/script.ts';

const tests = systemActor('tests');
const inCity = <Result>(work: (tx: Transaction) => Promise<Result>) => asActor(tests, work);

/** The first load was cut short after two kelurahan; the second takes it up. */
beforeAll(async () => {
  const [first, second] = planKanigaran(today());
  await inCity((tx) => insertTerritory(tx, kotaProbolinggo.kecamatan));
  for (const plan of [first, second]) if (plan) await inCity((tx) => loadKelurahan(tx, plan));
  await loadDemoCity();
});

test('the whole city is there, and Kecamatan Kanigaran has its institutions', async () => {
  const counts = await inCity(
    (tx) => tx.$queryRaw`
      SELECT (SELECT count(*)::int FROM kecamatan) AS kecamatan, (SELECT count(*)::int FROM kelurahan) AS kelurahan,
        (SELECT name FROM city_settings) AS city,
        (SELECT count(*)::int FROM institutions) AS institutions,
        (SELECT count(*)::int FROM institutions i JOIN institution_types t ON t.id = i.institution_type_id WHERE t.code = 'RW') AS rw,
        (SELECT count(*)::int FROM institutions i JOIN institution_types t ON t.id = i.institution_type_id WHERE t.code = 'RT') AS rt`,
  );
  expect(counts).toEqual([
    { kecamatan: 5, kelurahan: 29, city: 'Kota Probolinggo', institutions: 390, rw: 51, rt: 260 },
  ]);
});

test('every kelurahan of Kanigaran has one LPM, PKK and Karang Taruna and its Posyandu and Pokmas', async () => {
  const rows = await inCity(
    (tx) => tx.$queryRaw`
      SELECT k.name, count(*) FILTER (WHERE t.code IN ('LPM', 'PKK', 'KARANG_TARUNA'))::int AS single,
        count(*) FILTER (WHERE t.code = 'POSYANDU')::int AS posyandu, count(*) FILTER (WHERE t.code = 'POKMAS')::int AS pokmas
      FROM institutions i JOIN institution_types t ON t.id = i.institution_type_id JOIN kelurahan k ON k.id = i.kelurahan_id
      GROUP BY k.name ORDER BY k.name`,
  );
  expect(rows).toEqual([
    { name: 'Curahgrinting', single: 3, posyandu: 7, pokmas: 2 },
    { name: 'Kanigaran', single: 3, posyandu: 8, pokmas: 3 },
    { name: 'Kebonsari Kulon', single: 3, posyandu: 8, pokmas: 2 },
    { name: 'Kebonsari Wetan', single: 3, posyandu: 8, pokmas: 3 },
    { name: 'Sukoharjo', single: 3, posyandu: 7, pokmas: 3 },
    { name: 'Tisnonegaran', single: 3, posyandu: 8, pokmas: 2 },
  ]);
});

test('RT and RW serve from 7 May 2025 through 6 May 2030, LPM from 2024 to 2029', async () => {
  const rows = await inCity(
    (tx) => tx.$queryRaw`
      SELECT DISTINCT t.code, b.starts_on::text AS "startsOn", (b.ends_on - 1)::text AS "lastDay"
      FROM institution_summaries s JOIN boards b ON b.id = s.board_id JOIN institution_types t ON t.id = s.institution_type_id
      WHERE t.code IN ('RT', 'RW', 'LPM') ORDER BY t.code`,
  );
  expect(rows).toEqual([
    { code: 'LPM', startsOn: '2024-03-11', lastDay: '2029-03-10' },
    { code: 'RT', startsOn: '2025-05-07', lastDay: '2030-05-06' },
    { code: 'RW', startsOn: '2025-05-07', lastDay: '2030-05-06' },
  ]);
});

test('no officer serves without a board and a decree, and no board lacks its decree', async () => {
  const loose = await inCity(
    (tx) => tx.$queryRaw`
      SELECT t.id FROM tenures t LEFT JOIN boards b ON b.id = t.board_id
      WHERE b.decree_id IS NULL OR t.appointing_decree_id IS NULL
        OR (t.ended_on < t.planned_end_on AND t.ending_decree_id IS NULL)`,
  );
  expect(loose).toEqual([]);
});

test('people who were re-elected have a second term, nobody a third', async () => {
  const rows = await inCity(
    (tx) => tx.$queryRaw<{ termNumber: number }[]>`
      SELECT DISTINCT term_number::int AS "termNumber" FROM tenures WHERE counts ORDER BY 1`,
  );
  expect(rows.map(({ termNumber }) => termNumber)).toEqual([1, 2]);
});

test('a roster of the past differs from that of today', async () => {
  const [past, now] = [await chairsOn('2024-08-17'), await chairsOn(today())];
  expect(past.length).toBe(34);
  expect(now.length).toBe(33);
  expect(past.filter(({ name }) => now.some((one) => one.name === name)).length).toBeLessThan(25);
});

test('the chair of Pokmas Sinar Mulia is vacant and its secretary acts as chair, with an account', async () => {
  const rows = await inCity(
    (tx) => tx.$queryRaw`
      SELECT t.kind, q.name, t.end_reason AS "endReason", a.username FROM tenures t JOIN people q ON q.id = t.person_id
        JOIN institutions i ON i.id = t.institution_id JOIN position_types p ON p.id = t.position_type_id
        LEFT JOIN accounts a ON a.tenure_id = t.id
      WHERE i.name = 'Pokmas Sinar Mulia' AND p.is_chair ORDER BY t.start_on`,
  );
  expect(rows).toMatchObject([
    { kind: 'definitive', endReason: 'resigned', username: null },
    {
      kind: 'acting',
      endReason: null,
      username: 'ketua.sinarmulia',
      name: "Syaiful Ma'ruf Efendi",
    },
  ]);
});

test('every account that is shown signs in with the password that is shown, the others with none', async () => {
  const accounts = await inCity((tx) => tx.account.findMany());
  const shown = new Set(demoAccounts.map(({ username }) => username));
  for (const { username, passwordHash } of accounts) {
    expect(await verifyPassword(demoPassword, passwordHash)).toBe(shown.has(username));
  }
  expect(accounts.filter(({ username }) => shown.has(username)).length).toBe(7);
});

test('every NIK is sealed for its own person', async () => {
  const people = await inCity((tx) =>
    tx.person.findMany({ where: { hasNik: true }, orderBy: { id: 'asc' } }),
  );
  expect(people.length).toBeGreaterThan(2000);
  const niks = people.map(({ id, nikSealed }) => (nikSealed ? openNik(nikSealed, id) : ''));
  expect(new Set(niks).size).toBe(people.length);
  expect(niks.every((nik) => /^3574\d{8}9\d{3}$/.test(nik))).toBe(true);
});

test('three proposals wait in Kebonsari Wetan and one in Sukoharjo; others are decided', async () => {
  const rows = await inCity(
    (tx) => tx.$queryRaw`
      SELECT k.name, c.status, count(*)::int AS number FROM roster_changes c JOIN kelurahan k ON k.id = c.kelurahan_id
      GROUP BY k.name, c.status ORDER BY k.name, c.status`,
  );
  expect(rows).toEqual([
    { name: 'Kebonsari Wetan', status: 'approved', number: 3 },
    { name: 'Kebonsari Wetan', status: 'refused', number: 1 },
    { name: 'Kebonsari Wetan', status: 'returned', number: 1 },
    { name: 'Kebonsari Wetan', status: 'submitted', number: 3 },
    { name: 'Sukoharjo', status: 'approved', number: 1 },
    { name: 'Sukoharjo', status: 'submitted', number: 1 },
  ]);
});

test('a waiting proposal is current, its candidate readable, and Pokmas Sinar Mulia has none', async () => {
  const waiting = await inCity((tx) =>
    tx.rosterChange.findMany({
      where: { status: 'submitted' },
      include: { institution: true, lines: true },
    }),
  );
  for (const { institution, baseVersion, lines } of waiting) {
    expect(baseVersion).toBe(institution.rosterVersion);
    expect(institution.name).not.toBe('Pokmas Sinar Mulia');
    for (const { id, candidate, candidateNikSealed } of lines) {
      if (candidate === null) continue;
      expect(candidateShape.parse(candidate).name).toBeTruthy();
      expect(openLineNik(candidateNikSealed ?? new Uint8Array(), id)).toMatch(/^3574\d{12}$/);
    }
  }
});

test('the proposed chair of the Karang Taruna already holds office in an RT', async () => {
  const offices = await inCity(
    (tx) => tx.$queryRaw`
      SELECT o.institution_name ~ '^RT' AS "inRt" FROM roster_change_lines l JOIN people q ON q.nik_index = l.candidate_nik_index
        JOIN institutions i ON i.id = l.institution_id, offices_of_people(ARRAY[q.id]) o
      WHERE i.name = 'Karang Taruna Tunas Harapan' AND (o.end_on IS NULL OR o.end_on > current_date)`,
  );
  expect(offices).toEqual([{ inRt: true }]);
});

test('approved proposals are in the rosters: somebody left with the decree and somebody came for the remainder', async () => {
  const rows = await inCity(
    (tx) => tx.$queryRaw`
      SELECT t.kind, o.ended_on = t.start_on AS "followsOn", o.ending_decree_id = d.decree_id AS "endedByDecree",
        t.appointing_decree_id = d.decree_id AS "appointedByDecree"
      FROM decisions d JOIN roster_change_lines l USING (roster_change_id) JOIN tenures o ON o.id = l.outgoing_tenure_id
        JOIN tenures t ON t.seat_id = l.seat_id AND t.start_on = o.ended_on
      WHERE d.outcome = 'approved'`,
  );
  const applied = {
    kind: 'midterm',
    followsOn: true,
    endedByDecree: true,
    appointedByDecree: true,
  };
  expect(rows).toEqual([applied, applied, applied]);
});

test('some terms end within 90 days and some have ended without a successor', async () => {
  const [row] = await inCity(
    (tx) => tx.$queryRaw<{ soon: number; over: number }[]>`
      SELECT count(*) FILTER (WHERE term_ends_on > ${today()}::date AND term_ends_on <= ${addDays(today(), 90)}::date)::int AS soon,
        count(*) FILTER (WHERE term_ends_on <= ${today()}::date)::int AS over
      FROM institution_summaries`,
  );
  expect(row?.soon).toBeGreaterThan(8);
  expect(row?.over).toBeGreaterThan(5);
});

test('the lurah of Kebonsari Wetan sees that kelurahan and no other', async () => {
  const account = await inCity((tx) =>
    tx.account.findUniqueOrThrow({ where: { username: 'lurah.kebonsariwetan' } }),
  );
  const lurah: Actor = {
    ...tests,
    id: String(account.id),
    databaseRole: 'portal_kelurahan',
    kelurahanIds: [account.kelurahanId ?? 0],
  };
  expect(await asActor(lurah, (tx) => tx.institution.count())).toBe(55);
  expect(await asActor(lurah, (tx) => tx.person.count())).toBeGreaterThan(400);
});

test('a database with data is left alone', async () => {
  await expect(loadDemoCity()).rejects.toThrow('sudah berisi Kota Probolinggo');
});

test('npm run demo says so in one sentence and exits 1', async () => {
  await expect(runScript('src/commands/demo.ts')).rejects.toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/^Basis data ini sudah berisi Kota Probolinggo;.*\n$/),
  });
});

/** The chairs of the RT of Kebonsari Wetan on a day. */
const chairsOn = (day: string) =>
  inCity(
    (tx) => tx.$queryRaw<{ name: string }[]>`
      SELECT q.name FROM tenures t JOIN people q ON q.id = t.person_id JOIN institutions i ON i.id = t.institution_id
        JOIN position_types p ON p.id = t.position_type_id JOIN kelurahan k ON k.id = t.kelurahan_id
      WHERE p.is_chair AND k.name = 'Kebonsari Wetan' AND i.rt_number IS NOT NULL AND t.valid @> ${day}::date ORDER BY i.name`,
  );

test('in Kebonsari Wetan one pair is merged and can be separated, and two are suspected', async () => {
  const rows = await inCity(
    (tx) => tx.$queryRaw`
      SELECT (SELECT count(*)::int FROM person_merges WHERE undone_at IS NULL) AS merged,
        (SELECT count(*)::int FROM person_suspicions s JOIN kelurahan k ON k.id = ANY (s.kelurahan_ids) WHERE k.name = 'Kebonsari Wetan') >= 2 AS suspected,
        (SELECT array_agg(term_number::int ORDER BY start_on) FROM tenures t JOIN person_merges m ON m.survivor_id = t.person_id) AS terms`,
  );
  expect(rows).toEqual([{ merged: 1, suspected: true, terms: [1, 2] }]);
});

test('61 people were invited to the training of August 2025, and most of them said that they would come', async () => {
  const rows = await inCity(
    (tx) => tx.$queryRaw`
      SELECT count(*)::int AS invited, count(DISTINCT i.code)::int AS codes,
        count(*) FILTER (WHERE kind = 'guest')::int AS guests, count(*) FILTER (WHERE answer = 'attending')::int > 40 AS most,
        count(*) FILTER (WHERE answer = 'delegated')::int > 2 AS delegated, count(*) FILTER (WHERE answer = 'excused')::int > 2 AS excused,
        count(*) FILTER (WHERE position_name = 'Plt. Ketua' AND institution_name = 'Pokmas Sinar Mulia')::int AS acting,
        count(*) FILTER (WHERE position_name = 'Ketua RT')::int AS rt, count(*) FILTER (WHERE position_name ~ '^Kader')::int > 5 AS cadres
      FROM training_invitations i JOIN trainings t ON t.id = i.training_id WHERE t.status = 'finished' AND t.invited_at IS NOT NULL AND i.kind <> 'walk_in'`,
  );
  expect(rows).toEqual([
    {
      invited: 61,
      codes: 61,
      guests: 2,
      most: true,
      delegated: true,
      excused: true,
      acting: 1,
      rt: 34,
      cadres: true,
    },
  ]);
});

test('of the training of August 2025 it is known who came, what they thought of it and who has a certificate', async () => {
  const rows = await inCity(
    (tx) => tx.$queryRaw`
      SELECT (SELECT count(*)::int FROM attendances) AS lines, (SELECT count(*)::int FROM attendances WHERE status = 'present') > 80 AS present,
        (SELECT count(*)::int FROM attendances WHERE status = 'late') > 4 AS late, (SELECT count(*)::int FROM attendances WHERE status = 'excused') > 4 AS excused,
        (SELECT count(*)::int FROM attendances WHERE status = 'absent') > 4 AS absent,
        (SELECT count(*)::int FROM training_invitations WHERE kind = 'walk_in') AS walk_ins,
        (SELECT count(*)::int FROM check_ins) >= (SELECT count(*)::int FROM attendances) AS scans,
        (SELECT count(*)::int FROM training_feedback) = (SELECT count(*)::int FROM feedback_receipts) AS feedback,
        (SELECT count(*)::int FROM training_feedback) > 20 AS much,
        (SELECT count(*)::int FROM certificates) = (SELECT count(*)::int FROM training_standings v WHERE v.attended >= v.needed) + 1 AS issued,
        (SELECT count(*)::int FROM certificates WHERE supersedes_id IS NOT NULL) AS superseding, (SELECT count(*)::int FROM certificate_revocations) AS revoked,
        (SELECT DISTINCT content->'letterhead' FROM certificates) AS letterhead,
        (SELECT count(DISTINCT number)::int FROM certificates) = (SELECT max(split_part(number, '/', 1)::int) FROM certificates) AS gapless`,
  );
  expect(rows).toEqual([
    {
      lines: 128,
      present: true,
      late: true,
      excused: true,
      absent: true,
      walk_ins: 3,
      scans: true,
      feedback: true,
      much: true,
      issued: true,
      superseding: 1,
      revoked: 1,
      letterhead: ['Pemerintah Kota Probolinggo', 'Kecamatan Kanigaran'],
      gapless: true,
    },
  ]);
});

test('the links of the demo open with what the server computes, and next month some still wait for theirs', async () => {
  const rows = await inCity((tx) =>
    tx.trainingInvitation.findMany({ where: { training: { status: 'scheduled' } } }),
  );
  expect(rows.length).toBeGreaterThan(40);
  for (const row of rows)
    expect(Buffer.from(row.tokenHash)).toEqual(Buffer.from(hashOfToken(invitationToken(row))));
  expect(rows.filter(({ sentAt }) => sentAt === null).length).toBeGreaterThan(3);
  expect(rows.filter(({ answer }) => answer !== null).length).toBeGreaterThan(10);
});

test('the dialogue of August 2025 holds kendala, masukan and the five hopes of Pokmas Sinar Mulia', async () => {
  const rows = await inCity(
    (tx) => tx.$queryRaw`
      SELECT n.kind, count(*)::int AS notes, count(DISTINCT n.asker_name)::int AS askers,
        bool_and(n.institution_name = 'Pokmas Sinar Mulia') AS "fromPokmas", bool_and(i.training_id = n.training_id) AS invited
      FROM dialogue_notes n LEFT JOIN training_invitations i ON i.id = n.invitation_id GROUP BY n.kind ORDER BY n.kind`,
  );
  expect(rows).toEqual([
    { kind: 'hope', notes: 5, askers: 1, fromPokmas: true, invited: true },
    { kind: 'obstacle', notes: 3, askers: 3, fromPokmas: false, invited: true },
    { kind: 'suggestion', notes: 2, askers: 2, fromPokmas: false, invited: true },
  ]);
});

test('of the promises some are late, one is claimed, one confirmed and one opened again, each with its history', async () => {
  const rows = await inCity(
    (tx) => tx.$queryRaw`
      SELECT f.status, count(*)::int AS promises, count(*) FILTER (WHERE f.due_on < ${today()}::date)::int AS due,
        bool_and(f.status = (SELECT s.status FROM follow_up_steps s WHERE s.follow_up_id = f.id ORDER BY s.at DESC LIMIT 1)) AS told
      FROM follow_ups f GROUP BY f.status ORDER BY f.status`,
  );
  expect(rows).toEqual([
    { status: 'claimed', promises: 1, due: 0, told: true },
    { status: 'confirmed', promises: 1, due: 1, told: true },
    { status: 'in_progress', promises: 1, due: 1, told: true },
    { status: 'open', promises: 2, due: 1, told: true },
    { status: 'reopened', promises: 1, due: 0, told: true },
  ]);
  const minutes = await inCity(
    (tx) => tx.$queryRaw`
      SELECT minutes_texts->>'noteTaker' AS "noteTaker" FROM trainings WHERE minutes_texts <> '{}'`,
  );
  expect(minutes).toEqual([{ noteTaker: 'Rini Puspitasari, S.AP.' }]);
});
