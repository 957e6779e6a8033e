import { inflateRawSync } from 'node:zlib';
import { beforeAll, expect, test } from 'vitest';
import { actorFor, systemActor, type Actor, type Role } from '#src/access.ts';
import { asActor, type Transaction } from '#src/database.ts';
import { Prisma } from '#src/generated/prisma/client.ts';
import { isUnavailable } from '#src/http/database-errors.ts';
import { routes } from '#src/routes.ts';
import { findUsableAccount } from '#src/sessions/repository.ts';
import { as } from '../support/app.ts';
import { makeAccount, makeInstitution, makeKecamatan, makeOfficer } from '../support/fixtures.ts';
import { addressIn, fieldsFor, makeWard, type Ward } from '../support/matrix.ts';
import { rowsOf } from '../support/superuser.ts';

/** Two kecamatan of two kelurahan each; whoever belongs to the first kelurahan must not learn that the others exist. */

type Viewer = { role: Role; account: { id: number }; sees: Ward[]; hidden: Ward[] };
const viewers = new Map<string, Viewer>();
let neighbour: { id: number; name: string };

beforeAll(async () => {
  const [one, two] = [await makeKecamatan(), await makeKecamatan()];
  const home = await makeWard({ kecamatanId: one.id, canary: 'Kanariasatu' });
  const beside = await makeWard({ kecamatanId: one.id, canary: 'Kanariadua' });
  const far = await makeWard({ kecamatanId: two.id, canary: 'Kanariatiga' });
  const farther = await makeWard({ kecamatanId: two.id, canary: 'Kanariaempat' });
  neighbour = await makeInstitution({ kelurahanId: home.kelurahan.id, name: 'Pokmas Kanarialima' });
  await makeOfficer({ ...neighbour, kelurahanId: home.kelurahan.id });
  const all = [home, beside, far, farther];
  const others = [beside, far, farther];
  const add = (role: Role, account: { id: number }, sees: Ward[], hidden: Ward[]) =>
    viewers.set(role, { role, account, sees, hidden });
  add('lurah', home.accounts.lurah, [home], others);
  add('staff', home.accounts.staff, [home], others);
  add('officer', home.accounts.officer, [home], others);
  add(
    'kecamatan',
    await makeAccount('kecamatan', { kecamatanId: one.id }),
    [home, beside],
    [far, farther],
  );
  add('auditor', await makeAccount('auditor'), all, []);
  add('admin', await makeAccount('admin'), all, []);
});

const viewerOf = (role: string) => {
  const viewer = viewers.get(role);
  if (!viewer) throw new Error(`no ${role}`);
  return viewer;
};
const scopedRoles = ['lurah', 'staff', 'officer', 'kecamatan'] as const;
const allRoles = [...scopedRoles, 'auditor', 'admin'] as const;

const hiddenCanaries = ({ role, hidden }: Viewer) => [
  ...hidden.map(({ canary }) => canary),
  ...(role === 'officer' ? ['Kanarialima'] : []),
];
function expectNoCanary(viewer: Viewer, text: string, where: string) {
  for (const canary of hiddenCanaries(viewer))
    expect(
      text.toLowerCase().includes(canary.toLowerCase()),
      `${where} shows ${canary} to ${viewer.role}`,
    ).toBe(false);
}

/** The page without what differs in every answer: keys of forms, incident numbers, ids. */
const comparable = (html: string) =>
  html.replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, 'uuid').replaceAll(/\/\d+/g, '/id');

const withId = routes.filter(({ path }) => path.includes(':id') && !path.startsWith('/pengguna/'));

test.each(scopedRoles)('a foreign id is as if it did not exist, to %s', async (role) => {
  const viewer = viewerOf(role);
  const browser = await as(viewer.account);
  for (const route of withId) {
    for (const ward of viewer.hidden) {
      const send = (address: string) =>
        route.method === 'get'
          ? browser.get(address)
          : browser.post(address, fieldsFor(route, ward));
      const foreign = await send(addressIn(route.path, ward));
      const missing = await send(addressIn(route.path, 'nowhere'));
      const name = `${role}: ${route.method} ${route.path} of ${ward.canary}`;
      expect([403, 404], name).toContain(foreign.status);
      expect(missing.status, name).toBe(foreign.status);
      expect(comparable(foreign.text ?? ''), name).toBe(comparable(missing.text ?? ''));
      expectNoCanary(viewer, foreign.text ?? '', name);
    }
  }
});

test('an institution of the same kelurahan is as if it did not exist, to an officer of another', async () => {
  const browser = await as(viewerOf('officer').account);
  for (const path of ['', '/pengurus', '/pengurus.xlsx', '/tugas', '/riwayat'])
    expect((await browser.get(`/lembaga/${neighbour.id}${path}`)).status, path).toBe(404);
  const answer = await browser.post('/usulan', { institutionId: neighbour.id, kind: 'new_board' });
  expect(answer.status).toBe(404);
  expect(answer.text).not.toContain('Kanarialima');
});

test.each(allRoles)('an id of the own scope is found, by %s', async (role) => {
  const viewer = viewerOf(role);
  const browser = await as(viewer.account);
  for (const ward of viewer.sees)
    for (const path of [
      '/lembaga/:id',
      '/lembaga/:id/pengurus',
      '/lembaga/:id/tugas',
      '/lembaga/:id/riwayat',
      '/orang/:id',
    ]) {
      const answer = await browser.get(addressIn(path, ward));
      expect(answer.status, `${role} ${path}`).toBe(200);
      if (path === '/lembaga/:id') expect(answer.text).toContain(ward.canary);
    }
});

test.each(scopedRoles)(
  'ids of other scopes in a form or a query change nothing and tell nothing, to %s',
  async (role) => {
    const viewer = viewerOf(role);
    const browser = await as(viewer.account);
    const [own] = viewer.sees;
    if (!own) throw new Error('no ward');
    for (const ward of viewer.hidden) {
      const asked = [
        `/usulan/baru?lembaga=${ward.institution.id}`,
        `/usulan/baru?lembaga=${own.institution.id}&kursi=${ward.vacant.id}`,
        `/lembaga?kelurahan=${ward.kelurahan.code}`,
        `/lembaga?cari=${ward.canary}`,
        `/laporan?kelurahan=${ward.kelurahan.code}`,
        `/pengurus?cari=${ward.canary}`,
      ];
      for (const url of asked) {
        const { status, text } = await browser.get(url);
        expect([200, 303, 403, 404, 422], url).toContain(status);
        // What was typed comes back in the search box; a found row would be a link.
        const found = text.replaceAll(ward.canary, (word, at: number) =>
          /(?:value="|“|&#34;|cari=)$/.test(text.slice(at - 8, at)) ? '' : word,
        );
        expectNoCanary(viewer, found, url);
      }
      if (role === 'kecamatan') continue;
      for (const seat of [ward.vacant, ward.seat]) {
        const { status, headers } = await browser.post('/usulan', {
          institutionId: own.institution.id,
          kind: 'fill',
          seatId: seat.id,
        });
        // A seat that is not on the list is asked for again.
        expect(status, role).toBe(role === 'lurah' ? 403 : 303);
        if (status === 303) expect(headers.location).toMatch(/^\/usulan\/\d+\/kursi$/);
      }
      const forms: [string, Record<string, string | number>][] = [
        ['/usulan', { institutionId: ward.institution.id, kind: 'fill', seatId: ward.vacant.id }],
        [`/usulan/${own.draft.id}/kursi`, { seatId: ward.seat.id }],
        [`/usulan/${own.draft.id}/kursi/${ward.vacant.id}/orang`, { name: 'Siti', sex: 'female' }],
        [
          `/usulan/${own.draft.id}/kursi/${own.vacant.id}/calon`,
          { nominee: `person:${ward.person.id}` },
        ],
      ];
      for (const [url, fields] of forms) {
        const { status, text } = await browser.post(url, fields);
        expect([403, 404, 422], `${role} ${url} ${JSON.stringify(fields)}`).toContain(status);
        expectNoCanary(viewer, text, url);
      }
      const foreignLines = await rowsOf(
        `SELECT l.id FROM roster_change_lines l JOIN seats s ON s.id = l.seat_id WHERE s.institution_id <> l.institution_id`,
      );
      expect(foreignLines).toEqual([]);
    }
  },
);

test.each(allRoles)(
  'no page, list, count or file of %s shows a canary of another scope',
  async (role) => {
    const viewer = viewerOf(role);
    const browser = await as(viewer.account);
    let seen = '';
    for (const { path } of routes.filter(({ method }) => method === 'get')) {
      if (path === '/gaya') continue;
      for (const ward of path.includes(':') ? viewer.sees : viewer.sees.slice(0, 1)) {
        const text = await textOf(browser, addressIn(path, ward));
        expectNoCanary(viewer, text, path);
        seen += text;
      }
    }
    for (const ward of viewer.sees)
      expect(seen.includes(ward.canary), `${role} sees ${ward.canary}`).toBe(true);
  },
);

/** The HTML of a page, or everything inside a workbook. */
async function textOf(browser: Awaited<ReturnType<typeof as>>, url: string): Promise<string> {
  const answer = await browser
    .get(url)
    .buffer(true)
    .parse((res, done) => {
      const parts: Buffer[] = [];
      res.on('data', (part: Buffer) => parts.push(part));
      res.on('end', () => done(null, Buffer.concat(parts)));
    });
  expect(answer.status, url).toBeLessThan(500);
  const body = answer.body as Buffer;
  if (!String(answer.headers['content-type']).includes('spreadsheet')) return body.toString('utf8');
  const text = unzip(body).join('\n');
  expect(text, url).toContain('<worksheet');
  return text;
}

/** The files in a zip, read from its central directory. */
function unzip(zip: Buffer): string[] {
  const files: string[] = [];
  const end = zip.lastIndexOf(Buffer.from('PK\u0005\u0006', 'latin1'));
  let at = zip.readUInt32LE(end + 16);
  for (let left = zip.readUInt16LE(end + 10); left > 0; left -= 1) {
    const size = zip.readUInt32LE(at + 20);
    const header = zip.readUInt32LE(at + 42);
    const start = header + 30 + zip.readUInt16LE(header + 26) + zip.readUInt16LE(header + 28);
    const packed = zip.subarray(start, start + size);
    files.push(
      (zip.readUInt16LE(at + 10) === 8 ? inflateRawSync(packed) : packed).toString('utf8'),
    );
    at += 46 + zip.readUInt16LE(at + 28) + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  return files;
}

type Delegate = {
  findMany(query: { select: Record<string, true> }): Promise<unknown[]>;
  updateMany(query: { where: object; data: object }): Promise<{ count: number }>;
  deleteMany(query: { where: object }): Promise<{ count: number }>;
  create(query: { data: object; select: object }): Promise<unknown>;
};
const models = Object.keys(Prisma.ModelName);
const delegateOf = (tx: Transaction, model: string) =>
  Reflect.get(tx, model.charAt(0).toLowerCase() + model.slice(1)) as Delegate;
const columnsOf = (model: string) =>
  Object.keys(Reflect.get(Prisma, `${model}ScalarFieldEnum`) as object).filter(
    (column) => !/^(nik|candidateNik)/.test(column),
  );

async function actorOf({ account }: Viewer): Promise<Actor> {
  const usable = await findUsableAccount(account.id);
  if (!usable) throw new Error('the account cannot be used');
  return actorFor(usable, '');
}

/** Permission denied is as good as nothing found. */
const orDenied = <Result>(work: Promise<Result>, denied: Result): Promise<Result> =>
  work.catch((error: unknown) => {
    if (/42501|permission denied|row-level security/.test(String(error)) && !isUnavailable(error))
      return denied;
    throw error;
  });

test.each(scopedRoles)(
  'without any check of the app the database hides other scopes from %s',
  async (role) => {
    const viewer = viewerOf(role);
    const actor = await actorOf(viewer);
    let own = 0;
    for (const model of models) {
      const select = Object.fromEntries(columnsOf(model).map((column) => [column, true as const]));
      const rows = await orDenied(
        asActor(actor, (tx) => delegateOf(tx, model).findMany({ select })),
        [],
      );
      const text = JSON.stringify(rows, (_key, value: unknown) =>
        typeof value === 'bigint' ? String(value) : value,
      );
      expectNoCanary(viewer, text, model);
      if (viewer.sees.some(({ canary }) => text.includes(canary))) own += 1;
    }
    expect(own).toBeGreaterThanOrEqual(6);
  },
);

test.each(scopedRoles)(
  'nothing of another scope can be changed or deleted by %s, even by SQL',
  async (role) => {
    const viewer = viewerOf(role);
    const actor = await actorOf(viewer);
    const digest = () =>
      rowsOf<{ digest: string }>(
        `SELECT md5(string_agg(t::text, '' ORDER BY t::text)) AS digest FROM (
         SELECT i::text FROM institutions i WHERE kelurahan_id = ANY ($1) UNION ALL SELECT s::text FROM seats s WHERE kelurahan_id = ANY ($1)
         UNION ALL SELECT s::text FROM tenures s WHERE kelurahan_id = ANY ($1) UNION ALL SELECT s::text FROM boards s WHERE kelurahan_id = ANY ($1)
         UNION ALL SELECT s::text FROM decrees s WHERE kelurahan_id = ANY ($1) UNION ALL SELECT s::text FROM roster_changes s WHERE kelurahan_id = ANY ($1)
         UNION ALL SELECT s::text FROM roster_change_lines s WHERE kelurahan_id = ANY ($1) UNION ALL SELECT s::text FROM decisions s WHERE kelurahan_id = ANY ($1)
         UNION ALL SELECT s::text FROM kelurahan s WHERE id = ANY ($1) UNION ALL SELECT s::text FROM accounts s WHERE kelurahan_id = ANY ($1)
         UNION ALL SELECT s::text FROM people s WHERE kelurahan_ids && $1) t`,
        [viewer.hidden.map(({ kelurahan }) => kelurahan.id)],
      );
    const before = await digest();
    const touched = {
      Institution: { scope: 'x' },
      Seat: { label: 'x' },
      Tenure: { voidReason: null },
      Board: { maxYears: null },
      Decree: { about: 'x' },
      RosterChange: { reason: 'x' },
      RosterChangeLine: { endReason: 'moved' },
      Decision: { note: 'x' },
      Kelurahan: { name: 'x' },
      Person: { name: 'x' },
      Account: { displayName: 'x' },
    };
    const inHiddenWards = viewer.hidden.map(({ kelurahan }) => kelurahan.id);
    for (const [model, data] of Object.entries(touched)) {
      const column = model === 'Kelurahan' ? 'id' : 'kelurahanId';
      const where =
        model === 'Person'
          ? { kelurahanIds: { hasSome: inHiddenWards } }
          : { [column]: { in: inHiddenWards } };
      const changed = await orDenied(
        asActor(actor, (tx) => delegateOf(tx, model).updateMany({ where, data })),
        { count: 0 },
      );
      expect(changed.count, `update ${model}`).toBe(0);
      const deleted = await orDenied(
        asActor(actor, (tx) => delegateOf(tx, model).deleteMany({ where })),
        { count: 0 },
      );
      expect(deleted.count, `delete ${model}`).toBe(0);
    }
    expect(await digest()).toEqual(before);
  },
);

test.each(scopedRoles)('nothing can be made in or moved to another scope by %s', async (role) => {
  const viewer = viewerOf(role);
  const actor = await actorOf(viewer);
  const [own] = viewer.sees;
  if (!own) throw new Error('no ward');
  for (const ward of viewer.hidden) {
    const kelurahanId = ward.kelurahan.id;
    const place = { kelurahanId, institutionId: ward.institution.id };
    const made: Record<string, object> = {
      Institution: {
        kelurahanId,
        institutionTypeId: ward.institution.institutionTypeId,
        name: 'Pokmas Liar',
      },
      Decree: {
        kelurahanId,
        number: '1/liar',
        decreedOn: new Date(),
        about: 'x',
        signatoryName: 'x',
      },
      Board: { ...place, startsOn: new Date('2040-01-01') },
      RosterChange: {
        ...place,
        kind: 'end',
        subject: 'board',
        baseVersion: 1,
        makerId: viewer.account.id,
        makerName: 'x',
      },
      RosterChangeLine: { ...place, rosterChangeId: ward.draft.id, seatId: ward.seat.id },
      Decision: {
        ...place,
        rosterChangeId: ward.waiting.id,
        makerId: ward.accounts.staff.id,
        decidedBy: viewer.account.id,
        decidedByName: 'x',
        outcome: 'refused',
        note: 'x',
      },
      Person: { name: 'Liar', sex: 'male', kelurahanIds: [kelurahanId] },
      Account: { username: 'liar.liar', displayName: 'x', role: 'admin' },
    };
    for (const [model, data] of Object.entries(made))
      await expect(
        asActor(actor, (tx) => delegateOf(tx, model).create({ data, select: { id: true } })),
        `${role} makes ${model}`,
      ).rejects.toThrow(/row-level security|permission denied/);
    const move = asActor(actor, (tx) =>
      delegateOf(tx, 'Decree').updateMany({
        where: { kelurahanId: own.kelurahan.id },
        data: { kelurahanId },
      }),
    );
    await expect(move, `${role} moves a decree`).rejects.toThrow(
      /row-level security|permission denied/,
    );
  }
});

test('one account cannot give itself another role or scope', async () => {
  for (const role of scopedRoles) {
    const viewer = viewerOf(role);
    const actor = await actorOf(viewer);
    for (const data of [
      { role: 'admin' },
      { kelurahanId: null },
      { kecamatanId: 1 },
      { suspendedAt: null },
      { username: 'x.y.z' },
    ])
      await expect(
        asActor(actor, (tx) => tx.account.updateMany({ where: { id: viewer.account.id }, data })),
        role,
      ).rejects.toThrow('permission denied');
  }
});

test('an actor without a scope sees nothing', async () => {
  const nobody: Actor[] = (['portal_kecamatan', 'portal_kelurahan', 'portal_officer'] as const).map(
    (databaseRole) => ({ ...systemActor('x'), databaseRole }),
  );
  for (const actor of nobody)
    for (const model of ['Institution', 'Kelurahan', 'Person', 'Tenure', 'RosterChange', 'Account'])
      expect(
        await asActor(actor, (tx) => delegateOf(tx, model).findMany({ select: { id: true } })),
        `${actor.databaseRole} ${model}`,
      ).toEqual([]);
});

test('two hundred readers of six scopes at once never see a row of another', async () => {
  const everyone = await Promise.all(
    scopedRoles.map(async (role) => ({
      viewer: viewerOf(role),
      actor: await actorOf(viewerOf(role)),
    })),
  );
  await Promise.all(
    Array.from({ length: 200 }, async (_, index) => {
      const one = everyone[index % everyone.length];
      if (!one) return;
      const rows = await asActor(one.actor, (tx) =>
        tx.institution.findMany({ select: { name: true } }),
      );
      expectNoCanary(one.viewer, JSON.stringify(rows), 'parallel');
      expect(rows.length).toBeGreaterThan(0);
    }),
  ).catch((error: unknown) => {
    // More readers than the pool serves in two seconds may be told to come again, never to see too much.
    if (!isUnavailable(error)) throw error;
  });
});

test('a condition that got no value is an error, not a condition less', async () => {
  const forgotten = { username: undefined as unknown as string };
  const first = asActor(systemActor('tests'), (tx) => tx.account.findFirst({ where: forgotten }));
  await expect(first).rejects.toThrow('undefined');
});
