import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, expect, test } from 'vitest';
import { demoPassword } from '#src/demo-accounts.ts';
import { today } from '#src/format.ts';
import { dateBoxes } from '../support/dates.ts';
import { installationIn } from '../support/installation.ts';
import type { PortalProcess } from '../support/process.ts';

const dataDirectory = await mkdtemp(path.join(os.tmpdir(), 'portal-durability-'));
const installation = installationIn(dataDirectory);
afterEach(() => installation.stopAll());
afterAll(() => rm(dataDirectory, { recursive: true }));

/** What is killed, and after how many approvals that the lurah was told of. */
const kills = [
  { after: 400, what: ['database'] },
  { after: 800, what: ['portal'] },
  { after: 1200, what: ['portal', 'database'] },
  { after: 1600, what: ['database'] },
];
const wanted = 2000;
const approversAtOnce = 8;

test('kill -9 of the portal or the database during 2,000 acknowledged approvals loses none and tears none', async () => {
  let portal = await installation.start();
  const cookie = await signIn(portal);
  const waiting = await proposals(wanted + 200);
  const acknowledged = new Set<number>();
  const statuses = new Set<number>();
  const due = [...kills];

  const work = async () => {
    while (acknowledged.size < wanted) {
      const id = waiting.shift();
      if (id === undefined) return;
      const status = await approve(portal, cookie, id).catch(() => 'cut off' as const);
      if (status === 303) acknowledged.add(id);
      // Approved, but the answer was lost with the portal or the database: no acknowledgement.
      else if (status !== 409) await again(id);
      if (typeof status === 'number') statuses.add(status);
    }
  };
  const again = async (id: number) => {
    waiting.push(id);
    await pause(100);
  };
  const killing = async () => {
    for (let kill = due[0]; kill; kill = due[0]) {
      await pause(20);
      if (acknowledged.size < kill.after) continue;
      due.shift();
      if (kill.what.includes('portal')) portal.kill('SIGKILL');
      if (kill.what.includes('database'))
        process.kill(await installation.databaseProcess(), 'SIGKILL');
      if (kill.what.includes('portal')) {
        await portal.exit;
        portal = await installation.start();
      }
    }
  };
  await Promise.all([killing(), ...Array.from({ length: approversAtOnce }, work)]);

  expect(acknowledged.size).toBeGreaterThanOrEqual(wanted);
  expect([...statuses]).not.toContain(500);
  const { approved, torn } = await readBack();
  expect(torn).toEqual([]);
  expect([...acknowledged].filter((id) => !approved.has(id))).toEqual([]);
}, 480_000);

async function signIn({ origin }: PortalProcess): Promise<string> {
  const answer = await send(`${origin}/masuk`, '', {
    username: 'lurah.kebonsariwetan',
    password: demoPassword,
  });
  return answer.headers.get('set-cookie')?.split(';')[0] ?? '';
}

async function approve({ origin }: PortalProcess, cookie: string, id: number): Promise<number> {
  const answer = await send(`${origin}/usulan/${id}/persetujuan`, cookie, {
    version: '1',
    decreeNumber: `188.45/UJI-${id}/2026`,
    ...dateBoxes('decreedOn', today()),
  });
  return answer.status;
}

function send(url: string, cookie: string, fields: Record<string, string>): Promise<Response> {
  return fetch(url, {
    method: 'POST',
    redirect: 'manual',
    headers: { Cookie: cookie, Origin: new URL(url).origin },
    body: new URLSearchParams({ key: randomUUID(), ...fields }),
  });
}

/** So many Pokmas in Kebonsari Wetan, each with a proposal to fill the empty chair. */
function proposals(count: number): Promise<number[]> {
  return installation.asSuperuser(async (superuser) => {
    await superuser.query(`SELECT set_config('app.actor_id', 'system:tests', false)`);
    const { rows } = await superuser.query<{ id: number }>(
      `WITH staff AS (SELECT id, kelurahan_id FROM accounts WHERE username = 'staf.kebonsariwetan'),
       chair AS (
         SELECT p.id, p.institution_type_id FROM position_types p JOIN institution_types t ON t.id = p.institution_type_id
         WHERE t.code = 'POKMAS' AND p.is_chair),
       institution AS (
         INSERT INTO institutions (kelurahan_id, institution_type_id, name)
         SELECT staff.kelurahan_id, chair.institution_type_id, 'Pokmas Uji Ketahanan ' || n
         FROM staff, chair, generate_series(1, $1::int) AS n RETURNING id, kelurahan_id, institution_type_id),
       seat AS (
         INSERT INTO seats (institution_id, kelurahan_id, institution_type_id, position_type_id)
         SELECT institution.id, institution.kelurahan_id, institution.institution_type_id, chair.id FROM institution, chair
         RETURNING id, institution_id, kelurahan_id),
       change AS (
         INSERT INTO roster_changes (institution_id, kelurahan_id, kind, subject, status, number, effective_on, reason,
           base_version, maker_id, maker_name, submitted_at)
         SELECT seat.institution_id, seat.kelurahan_id, 'fill', 'seat:' || seat.id, 'submitted', 'UJI-' || seat.id,
           '2026-08-07', 'Musyawarah warga', 1, staff.id, 'Staf', now() FROM seat, staff
         RETURNING id, institution_id, kelurahan_id),
       line AS (
         INSERT INTO roster_change_lines (roster_change_id, institution_id, kelurahan_id, seat_id, candidate)
         SELECT change.id, change.institution_id, change.kelurahan_id, seat.id,
           jsonb_build_object('name', 'Siti Uji', 'sex', 'female', 'birthDate', '1980-05-17')
         FROM change JOIN seat USING (institution_id) RETURNING roster_change_id)
       SELECT roster_change_id AS id FROM line ORDER BY 1`,
      [count],
    );
    return rows.map(({ id }) => id);
  });
}

/** Which proposals are approved whole, and of which only a part was written. */
function readBack(): Promise<{ approved: Set<number>; torn: unknown[] }> {
  return installation.asSuperuser(async (superuser) => {
    const { rows } = await superuser.query<{ id: number; parts: number; approved: boolean }>(
      `SELECT c.id, c.status = 'approved' AS approved,
         ((SELECT count(*) FROM decisions d WHERE d.roster_change_id = c.id AND d.outcome = 'approved')
         + (SELECT count(*) FROM decrees d WHERE d.number = '188.45/UJI-' || c.id || '/2026')
         + (SELECT count(*) FROM tenures t JOIN decisions d ON d.roster_change_id = c.id AND d.decree_id = t.appointing_decree_id
            JOIN people p ON p.id = t.person_id WHERE t.institution_id = c.institution_id)
         + (SELECT count(*) FROM institutions i WHERE i.id = c.institution_id AND i.roster_version = 2)
         + (SELECT count(*) FROM audit.events e WHERE e.table_name = 'roster_changes' AND e.row_id = c.id::text
            AND e.new_row ->> 'status' = 'approved'))::int AS parts
       FROM roster_changes c WHERE c.number LIKE 'UJI-%'`,
    );
    return {
      approved: new Set(rows.filter(({ approved }) => approved).map(({ id }) => id)),
      torn: rows.filter(({ approved, parts }) => parts !== (approved ? 5 : 0)),
    };
  });
}
