import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { expect, test } from 'vitest';
import { actorFor, systemActor, type Actor } from '#src/access.ts';
import { asActor, door, type Transaction } from '#src/database.ts';
import { dutyIdsOn, insertConfirmation } from '#src/duties/confirmations.ts';
import { prismaDate, today } from '#src/format.ts';
import { appUrl } from '#src/migrations.ts';
import { sealNik, indexNik } from '#src/people/nik.ts';
import { findUsableAccount } from '#src/sessions/repository.ts';
import { as } from '../support/app.ts';
import { testAppPassword } from '../support/config.ts';
import { ownerUrl } from '../support/database.ts';
import {
  makeAccount,
  makeInstitution,
  makeKelurahan,
  makeOfficer,
  makePerson,
  seatOf,
  syntheticNik,
} from '../support/fixtures.ts';
import { inTransaction, rowsOf } from '../support/superuser.ts';
import { makeTraining, makeTrainingRecords } from '../support/trainings.ts';

/** Tables whose changes leave a row in the trail, as the catalogue says. */
const audited = await rowsOf<{ name: string }>(
  `SELECT tgrelid::regclass::text AS name FROM pg_trigger WHERE tgfoid = 'audit.capture'::regproc ORDER BY 1`,
);

type Event = {
  action: string;
  table_name: string;
  row_id: string;
  actor_id: string;
  transaction_id: string;
  request_id: string;
};
const eventsBy = (actor: string) =>
  rowsOf<Event>(
    `SELECT action, table_name, row_id, actor_id, transaction_id::text, request_id FROM audit.events WHERE actor_id = $1 ORDER BY id`,
    [actor],
  );

async function accountOf(account: { id: number }) {
  const usable = await findUsableAccount(account.id);
  if (!usable) throw new Error('the account cannot be used');
  return usable;
}

test('a write leaves one row per changed row, in its own transaction and under its actor and request', async () => {
  const kelurahan = await makeKelurahan();
  const staff = await accountOf(await makeAccount('staff', { kelurahanId: kelurahan.id }));
  const requestId = randomUUID();
  const [transaction, ids] = await asActor(actorFor(staff, requestId), async (tx) => {
    const type = await tx.institutionType.findFirstOrThrow({ where: { code: 'POKMAS' } });
    const made = [];
    for (const name of ['Pokmas Satu', 'Pokmas Dua', 'Pokmas Tiga'])
      made.push(
        await tx.institution.create({
          data: { kelurahanId: kelurahan.id, institutionTypeId: type.id, name },
          select: { id: true },
        }),
      );
    await tx.institution.updateMany({
      where: { kelurahanId: kelurahan.id },
      data: { scope: 'Warga' },
    });
    const [row] = await tx.$queryRaw<{ id: string }[]>`SELECT pg_current_xact_id()::text AS id`;
    return [row?.id, made.map(({ id }) => String(id))] as const;
  });

  const events = await eventsBy(String(staff.id));
  expect(
    events.map(({ action, table_name, row_id }) => `${action} ${table_name} ${row_id}`).toSorted(),
  ).toEqual(
    ['insert', 'update']
      .flatMap((action) => ids.map((id) => `${action} institutions ${id}`))
      .toSorted(),
  );
  for (const event of events)
    expect(event).toMatchObject({ transaction_id: transaction, request_id: requestId });
});

test('what a request over HTTP changes is in the trail row by row, with its request', async () => {
  const kelurahan = await makeKelurahan();
  const institution = await makeInstitution({ kelurahanId: kelurahan.id });
  const { account } = await makeOfficer(institution);
  const seat = await seatOf(institution.id, 'secretary');
  const browser = await as(account);
  const answer = await browser.post('/usulan', {
    institutionId: institution.id,
    kind: 'fill',
    seatId: seat.id,
  });
  expect(answer.status, answer.text).toBe(303);

  const events = await eventsBy(String(account.id));
  expect(events.map(({ action, table_name }) => `${action} ${table_name}`)).toEqual(
    expect.arrayContaining(['insert roster_changes', 'insert roster_change_lines']),
  );
  expect(new Set(events.map(({ transaction_id }) => transaction_id)).size).toBe(1);
  expect(events[0]?.request_id).toMatch(/^[0-9a-f-]{36}$/);
});

test('in every audited table the trail holds each row that came, changed or went, once', async () => {
  const kelurahan = await makeKelurahan();
  const institution = await makeInstitution({ kelurahanId: kelurahan.id });
  const lurah = await makeAccount('lurah', { kelurahanId: kelurahan.id });
  const { account, seat, tenure } = await makeOfficer(institution);
  const place = { institutionId: institution.id, kelurahanId: kelurahan.id };
  await asActor(systemActor('tests'), async (tx) => {
    await tx.citySettings.upsert({
      where: { id: 1 },
      create: { code: '99.99', name: 'Kota Uji' },
      update: {},
    });
    await tx.accountLink.create({
      data: {
        accountId: lurah.id,
        tokenHash: new Uint8Array(32).fill(9),
        expiresAt: prismaDate('2030-01-01'),
      },
    });
    const change = await tx.rosterChange.create({
      data: {
        ...place,
        kind: 'end',
        subject: 'board',
        baseVersion: 1,
        makerId: account.id,
        makerName: 'A',
      },
    });
    await tx.document.create({
      data: {
        kelurahanId: kelurahan.id,
        name: 'SK.pdf',
        type: 'application/pdf',
        bytes: new Uint8Array([1]),
      },
    });
    await tx.decreeNumbering.create({ data: { kelurahanId: kelurahan.id, pattern: '1/{urut}/2' } });
    const type = await tx.institutionType.findFirstOrThrow({ select: { id: true } });
    const texts = { considering: 'a', recalling: 'b', dictum: 'c', copies: 'd' };
    await tx.decreeTemplate.create({ data: { institutionTypeId: type.id, ...texts } });
    const line = { ...place, rosterChangeId: change.id, seatId: seat.id };
    await tx.rosterChangeLine.create({ data: line });
    await tx.rosterChangeLine.deleteMany({ where: { rosterChangeId: change.id } });
    await tx.rosterChangeLine.create({ data: line });
    const [one, two, three] = [await person(tx), await person(tx), await person(tx)];
    await tx.personDuplicate.create({ data: { lowId: one, highId: two, decidedByName: 'L' } });
    await tx.$queryRaw`SELECT merge_people(${two}::int, ${three}::int, '{1,1}', '{}', NULL, NULL, 'L')`;
    await tx.decision.create({
      data: {
        ...place,
        rosterChangeId: change.id,
        makerId: account.id,
        decidedBy: lurah.id,
        decidedByName: 'L',
        outcome: 'refused',
        note: 'Bukan',
      },
    });
    await insertConfirmation(tx, {
      tenureId: tenure.id,
      dutyIds: await dutyIdsOn(tx, tenure.id, today()),
      means: 'account',
      confirmedOn: today(),
      account,
    });
    const imported = await tx.importBatch.create({
      data: {
        kelurahanId: kelurahan.id,
        fileName: 'a.xlsx',
        columns: [],
        mapping: [],
        rowCount: 1,
        makerId: account.id,
        makerName: 'A',
      },
    });
    const ofImport = { batchId: imported.id, kelurahanId: kelurahan.id };
    await tx.importFile.create({ data: { ...ofImport, sealed: new Uint8Array([1]) } });
    await tx.importRow.create({
      data: { ...ofImport, sheet: 'A', rowNumber: 2, cellsSealed: new Uint8Array(8) },
    });
    await tx.importColumn.create({
      data: { kelurahanId: kelurahan.id, label: 'nama', field: 'name' },
    });
    await tx.importDecision.create({
      data: {
        ...ofImport,
        makerId: account.id,
        decidedBy: lurah.id,
        decidedByName: 'L',
        outcome: 'approved',
      },
    });
    const cycle = await tx.attestationCycle.create({
      data: {
        name: 'Semester Uji',
        startsOn: prismaDate('2026-01-01'),
        dueOn: prismaDate('2026-06-30'),
      },
    });
    await tx.attestation.create({
      data: { ...place, cycleId: cycle.id, activities: 'none', attestedByName: 'A' },
    });
  });
  const training = await makeTraining({
    kelurahanId: kelurahan.id,
    invitees: [{ ...place, seatId: seat.id, personId: tenure.personId, name: 'Ani' }],
  });
  await makeTrainingRecords(training, 'Ani');
  for (const { name } of audited) {
    const [row] = await rowsOf<{
      rows: number;
      came: number;
      went: number;
      events: number;
      distinct: number;
    }>(
      `SELECT (SELECT count(*)::int FROM ${name}) AS rows, count(*) FILTER (WHERE action = 'insert')::int AS came,
         count(*) FILTER (WHERE action = 'delete')::int AS went, count(*)::int AS events, count(DISTINCT id)::int AS distinct
       FROM audit.events WHERE table_name = $1 AND action IN ('insert', 'update', 'delete')`,
      [name],
    );
    expect(row?.rows, name).toBeGreaterThan(0);
    expect(row?.rows, name).toBe((row?.came ?? 0) - (row?.went ?? 0));
    // What was decided, handed in or attested is never updated (decisions_are_kept, documents_are_kept, attestations_stay).
    if (keptAsTheyAre.has(name)) continue;
    const actor = `system:touch ${name}`;
    const changed = await inTransaction(
      (client) =>
        client.query(`UPDATE ${name} SET id = id WHERE id = (SELECT min(id) FROM ${name})`),
      { actor },
    );
    expect(changed.rowCount, name).toBe(1);
    expect(await eventsBy(actor), name).toMatchObject([{ action: 'update', table_name: name }]);
  }
});

test('a write that cannot be audited does not happen', async () => {
  const kelurahan = await makeKelurahan();
  await inTransaction(async (client) => {
    await client.query(
      `CREATE FUNCTION audit.fail() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'the trail is full'; END $$`,
    );
    await client.query(
      `REVOKE ALL ON FUNCTION audit.fail() FROM PUBLIC; GRANT EXECUTE ON FUNCTION audit.fail() TO portal_definer`,
    );
    await client.query(
      `CREATE TRIGGER fail BEFORE INSERT ON audit.events FOR EACH ROW EXECUTE FUNCTION audit.fail()`,
    );
  });
  try {
    const change = asActor(systemActor('tests'), (tx) =>
      tx.kelurahan.update({ where: { id: kelurahan.id }, data: { name: 'Berubah' } }),
    );
    await expect(change).rejects.toThrow('the trail is full');
  } finally {
    await inTransaction((client) =>
      client.query(`DROP TRIGGER fail ON audit.events; DROP FUNCTION audit.fail()`),
    );
  }
  const [row] = await rowsOf<{ name: string }>(`SELECT name FROM kelurahan WHERE id = $1`, [
    kelurahan.id,
  ]);
  expect(row?.name).toBe(kelurahan.name);
});

test('a change that is taken back takes its trail with it', async () => {
  const kelurahan = await makeKelurahan();
  const actor: Actor = { ...systemActor('rolled back'), requestId: randomUUID() };
  const change = asActor(actor, async (tx) => {
    await tx.kelurahan.update({ where: { id: kelurahan.id }, data: { name: 'Berubah' } });
    throw new Error('changed my mind');
  });
  await expect(change).rejects.toThrow('changed my mind');
  expect(await eventsBy('system:rolled back')).toEqual([]);
});

test('a write without an actor fails, over the app and even as superuser', async () => {
  const kelurahan = await makeKelurahan();
  const nobody = { ...systemActor('x'), id: '' };
  await expect(
    asActor(nobody, (tx) =>
      tx.kelurahan.update({ where: { id: kelurahan.id }, data: { name: 'X' } }),
    ),
  ).rejects.toThrow('audit: no actor');
  await expect(
    inTransaction(
      (client) => client.query(`UPDATE kelurahan SET name = 'X' WHERE id = ${kelurahan.id}`),
      { actor: '' },
    ),
  ).rejects.toThrow('audit: no actor');
  await expect(door.query(`UPDATE accounts SET version = version + 1`)).rejects.toThrow(
    /audit: no actor/,
  );
  await expect(
    door.query(`SELECT audit.record('sign_in', 'accounts', '1', NULL, NULL)`),
  ).rejects.toThrow('audit: no actor');
});

const person = async (tx: Transaction) =>
  (await tx.person.create({ data: { name: 'Siti', sex: 'female' }, select: { id: true } })).id;

const keptAsTheyAre = new Set([
  'decisions',
  'documents',
  'import_decisions',
  'attestations',
  'attestation_sections',
]);
const appRoles = [
  'portal_city',
  'portal_auditor',
  'portal_kecamatan',
  'portal_kelurahan',
  'portal_officer',
  'portal_public',
] as const;
const attacks = [
  `INSERT INTO audit.events (actor_id, action) VALUES ('1', 'forged')`,
  `UPDATE audit.events SET actor_id = '1'`,
  `DELETE FROM audit.events`,
  `TRUNCATE audit.events`,
  `ALTER TABLE institutions DISABLE TRIGGER institutions_audit`,
  `DROP TRIGGER institutions_audit ON institutions`,
  `SET session_replication_role = 'replica'`,
  `ALTER FUNCTION audit.capture() RESET ALL`,
  `CREATE OR REPLACE FUNCTION audit.capture() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$`,
  `DROP TABLE audit.events`,
  `ALTER TABLE audit.events DISABLE ROW LEVEL SECURITY`,
  `SET ROLE portal_definer`,
];

test.each(appRoles)('%s cannot forge, change or silence the trail', async (role) => {
  for (const attack of attacks)
    expect(await codeOf('portal_app', role, attack), attack).toBe('42501');
  if (role === 'portal_city' || role === 'portal_auditor') return;
  expect(await codeOf('portal_app', role, 'SELECT count(*) FROM audit.events')).toBe('42501');
});

test('the door cannot either', async () => {
  for (const attack of [...attacks, 'SELECT count(*) FROM audit.events'])
    expect(await codeOf('portal_session', null, attack), attack).toBe('42501');
});

async function codeOf(
  login: 'portal_app' | 'portal_session',
  role: string | null,
  sql: string,
): Promise<string | null> {
  const client = new Client({ connectionString: appUrl(ownerUrl, login, testAppPassword) });
  await client.connect();
  try {
    await client.query(`BEGIN; SELECT set_config('app.actor_id', '1', true)`);
    if (role) await client.query(`SET LOCAL ROLE ${role}`);
    await client.query(sql);
    return null;
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
  } finally {
    await client.end();
  }
}

test('no secret column enters the trail', async () => {
  const nik = syntheticNik();
  const person = await makePerson({ nik });
  const kelurahan = await makeKelurahan();
  const account = await makeAccount('lurah', { kelurahanId: kelurahan.id });
  await asActor(systemActor('tests'), async (tx: Transaction) => {
    await tx.account.update({
      where: { id: account.id },
      data: { passwordHash: '$argon2id$canary-hash' },
    });
    await tx.accountLink.create({
      data: {
        accountId: account.id,
        tokenHash: new Uint8Array(32).fill(7),
        expiresAt: prismaDate('2030-01-01'),
      },
    });
    await tx.person.update({
      where: { id: person.id },
      data: {
        nikSealed: sealNik(nik, person.id),
        nikIndex: indexNik(nik),
        phone: '+6281234567890',
      },
    });
  });
  const kept = await rowsOf<{ text: string }>(
    `SELECT concat(old_row, new_row) AS text FROM audit.events WHERE table_name IN ('people', 'accounts', 'account_links', 'roster_change_lines')`,
  );
  expect(kept.length).toBeGreaterThan(3);
  const index = Buffer.from(indexNik(nik)).toString('hex');
  for (const { text } of kept) {
    expect(text).not.toMatch(/nik_sealed|nik_index|password_hash|token_hash|canary-hash/);
    expect(text).not.toContain(nik);
    expect(text).not.toContain(index);
  }
});
