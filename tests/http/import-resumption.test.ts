import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type pg from 'pg';
import { afterAll, expect, test } from 'vitest';
import { demoPassword } from '#src/demo-accounts.ts';
import { fileOf } from '../support/hostile.ts';
import { installationIn } from '../support/installation.ts';
import type { PortalProcess } from '../support/process.ts';

/** kill -9 in the middle of each kind of work on an import; somebody goes on with it and nothing is lost or twice. */

const dataDirectory = await mkdtemp(path.join(os.tmpdir(), 'portal-resumption-'));
const installation = installationIn(dataDirectory);
afterAll(async () => {
  await installation.stopAll();
  await rm(dataDirectory, { recursive: true });
});

const bodies = 100;
const rows = bodies * 20;

test('checking, applying, deciding and withdrawing go on after the server was killed', async () => {
  let portal = await installation.start();
  const staff = await signIn(portal, 'staf.kebonsariwetan');
  const lurah = await signIn(portal, 'lurah.kebonsariwetan');
  const form = new FormData();
  form.set('key', randomUUID());
  form.set('file', new Blob([new Uint8Array(rosterFile())]), 'pengurus.xlsx');
  const id = await send(portal, '/impor', { cookie: staff, body: form });
  const batch = batchOf(id);

  /** Kills the portal when some of the rows are done, and presses "Lanjutkan" in the next one. */
  const cutOff = async (work: string, cookie: string) => {
    await batch.until(({ work: now, done }) => now === work && done > 0);
    portal.kill('SIGKILL');
    await portal.exit;
    portal = await installation.start();
    const { work: left, version } = await batch.read();
    expect(left).toBe(work);
    // Nobody may take over before half a minute of silence.
    expect(await statusOf(portal, id, { cookie, version })).toBe(409);
    await batch.fallSilent();
    const page = await read(portal, `/impor/${id}`, cookie);
    expect(page).toContain('Lanjutkan');
    expect(await statusOf(portal, id, { cookie, version: (await batch.read()).version })).toBe(303);
    await batch.until(({ work: now }) => now === null);
  };

  await cutOff('checking', staff);
  expect(await batch.counts()).toEqual({ new: rows, done: 0, waiting: 0, tenures: 0 });

  await act(portal, { id, path: 'penerapan', cookie: staff, ...(await batch.read()) });
  await cutOff('applying', staff);
  expect(await batch.counts()).toEqual({ new: rows, done: 0, waiting: rows, tenures: 0 });

  await act(portal, { id, path: 'persetujuan', cookie: lurah, ...(await batch.read()) });
  await cutOff('deciding', lurah);
  expect(await batch.counts()).toEqual({ new: rows, done: rows, waiting: 0, tenures: rows });
  expect(await batch.institutions()).toBe(bodies);

  await act(portal, { id, path: 'penarikan', cookie: staff, ...(await batch.read()) });
  await cutOff('withdrawing', staff);
  expect(await batch.counts()).toEqual({ new: rows, done: 0, waiting: 0, tenures: 0 });
}, 240_000);

type State = { work: string | null; done: number; version: number };

/** What the database says of the import; a start of the portal also starts the database, so each asks anew. */
function batchOf(id: number) {
  const ask = <Row extends pg.QueryResultRow>(sql: string, values: unknown[] = [id]) =>
    installation.asSuperuser(async (client) => {
      await client.query(`SELECT set_config('app.actor_id', 'system:tests', false)`);
      return (await client.query<Row>(sql, values)).rows;
    });
  const read = async () => {
    const [state] = await ask<State>(
      `SELECT work, version, CASE work
           WHEN 'applying' THEN (SELECT count(*)::int FROM import_rows WHERE batch_id = $1 AND result IS NOT NULL)
           WHEN 'deciding' THEN (SELECT count(*)::int FROM import_rows WHERE batch_id = $1 AND result = 'done')
           ELSE work_done END AS done
         FROM import_batches WHERE id = $1`,
    );
    return state ?? expect.fail('no batch');
  };
  return {
    read,
    async until(isSo: (state: State) => boolean) {
      for (const end = Date.now() + 60_000; !isSo(await read()); await pause(10))
        if (Date.now() > end) expect.fail(`waited in vain: ${JSON.stringify(await read())}`);
    },
    async fallSilent() {
      await ask(`UPDATE import_batches SET work_at = now() - interval '1 minute' WHERE id = $1`);
    },
    async counts() {
      const [counts] = await ask<Record<string, number>>(
        `SELECT count(*) FILTER (WHERE outcome = 'new')::int AS new, count(*) FILTER (WHERE result = 'done')::int AS done,
           count(*) FILTER (WHERE result = 'waiting')::int AS waiting,
           (SELECT count(*)::int FROM tenures t JOIN institutions i ON i.id = t.institution_id WHERE i.name LIKE 'Pokmas Terhenti %') AS tenures
         FROM import_rows WHERE batch_id = $1`,
      );
      return counts;
    },
    async institutions() {
      const [found] = await ask<{ count: number }>(
        `SELECT count(*)::int FROM institutions WHERE name LIKE 'Pokmas Terhenti %'`,
        [],
      );
      return found?.count;
    },
  };
}

type Act = { id: number; path: string; cookie: string; version: number };

const act = (portal: PortalProcess, { id, path, cookie, version }: Act) =>
  send(portal, `/impor/${id}/${path}`, { cookie, body: formOf(version) });

const formOf = (version: number) =>
  new URLSearchParams({ key: randomUUID(), version: String(version) });

async function statusOf(
  portal: PortalProcess,
  id: number,
  { cookie, version }: { cookie: string; version: number },
) {
  const answer = await post(portal, `/impor/${id}/lanjutan`, { cookie, body: formOf(version) });
  return answer.status;
}

type Sent = { cookie: string; body: FormData | URLSearchParams };

function post({ origin }: PortalProcess, url: string, { cookie, body }: Sent) {
  const headers = { cookie, origin, 'sec-fetch-site': 'same-origin' };
  return fetch(origin + url, { method: 'POST', headers, body, redirect: 'manual' });
}

/** The number of the import that the answer leads to. */
async function send(portal: PortalProcess, url: string, sent: Sent): Promise<number> {
  const answer = await post(portal, url, sent);
  expect(answer.status, await answer.text()).toBe(303);
  return Number(answer.headers.get('location')?.split('/')[2]);
}

const read = async ({ origin }: PortalProcess, url: string, cookie: string) =>
  (await fetch(origin + url, { headers: { cookie } })).text();

async function signIn(portal: PortalProcess, username: string): Promise<string> {
  const body = new URLSearchParams({ key: randomUUID(), username, password: demoPassword });
  const answer = await post(portal, '/masuk', { cookie: '', body });
  return answer.headers.get('set-cookie')?.split(';')[0] ?? '';
}

function rosterFile(): Buffer {
  const posts = ['Ketua', 'Sekretaris', 'Bendahara'];
  const lines = Array.from({ length: rows }, (_, index) => {
    const [body, officer] = [Math.floor(index / 20), index % 20];
    const letters = `${String.fromCharCode(65 + (body % 26))}${String.fromCharCode(97 + Math.floor(body / 26))}${String.fromCharCode(97 + officer)}`;
    return [
      `Warga ${letters}`,
      index % 2 ? 'P' : 'L',
      'Pokmas',
      `Pokmas Terhenti ${String(body).padStart(3, '0')}`,
      posts[officer] ?? `Anggota ${officer}`,
      `400.10/UJI-${body}/2026`,
      '2-3-2026',
      '2-3-2026',
    ];
  });
  return fileOf([
    ['Nama', 'L/P', 'Jenis LKK', 'Nama LKK', 'Jabatan', 'No SK', 'Tanggal SK', 'Mulai'],
    ...lines,
  ]);
}
