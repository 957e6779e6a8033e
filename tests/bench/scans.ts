import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type pg from 'pg';
import { withClient, type DataSet } from './data-set.ts';
import { verdict } from './results.ts';
import { startServer, type Server } from './servers.ts';

const perMinute = 200;

/** Everything that one phone asks for at the door: the QR, the own name, the proof; and the request that writes. */
type Scan = { whole: number; write: number };
type Door = { sessionId: number; people: { id: number; name: string; code: string }[] };

/** People come through the door at a steady pace, whether the server keeps up with them or not. */
export async function benchScans(dataSet: DataSet, { minutes }: { minutes: number }) {
  const app = await startServer('app', dataSet);
  try {
    const scans = await withClient(dataSet.superuserUrl, async (client) => {
      const door = await makeDoor(client, dataSet.place.kelurahanId, perMinute * minutes);
      return comeIn(app, client, door);
    });
    const kept = await withClient(dataSet.superuserUrl, countKept);
    console.log(`\n${scans.length} scans at ${perMinute} a minute (${kept} attendances kept)`);
    for (const part of ['write', 'whole'] as const) {
      const times = scans.map((scan) => scan[part]).toSorted((a, b) => a - b);
      const at = (share: number) => times[Math.floor(times.length * share)] ?? 0;
      const label = { write: 'the request that writes', whole: 'all four requests of a phone' };
      console.log(
        `  ${label[part].padEnd(30)} p50 ${at(0.5).toFixed(1)} ms, p99 ${at(0.99).toFixed(1)} ms, most ${(times.at(-1) ?? 0).toFixed(1)} ms  target p50 < 50 ms: ${verdict(at(0.5) < 50)}`,
      );
    }
  } finally {
    await app.stop();
  }
}

async function comeIn(app: Server, client: pg.Client, door: Door): Promise<Scan[]> {
  const scans: Promise<Scan>[] = [];
  const started = performance.now();
  for (const [index, person] of door.people.entries()) {
    const due = started + (index * 60_000) / perMinute;
    await pause(Math.max(0, due - performance.now()));
    const code = await codeNow(client, door.sessionId);
    scans.push(scan(app, code, person));
  }
  return Promise.all(scans);
}

async function scan({ origin }: Server, code: string, person: Door['people'][number]) {
  const started = performance.now();
  const entered = await fetch(`${origin}/h/${code}`, { redirect: 'manual' });
  const cookie = entered.headers.get('set-cookie')?.split(';')[0] ?? '';
  await answered(entered, 303);
  const found = await fetch(`${origin}/h/nama?cari=${encodeURIComponent(person.name)}`, {
    headers: { cookie },
  });
  await answered(found, 200);
  await answered(await fetch(`${origin}/h/nama/${person.id}`, { headers: { cookie } }), 200);
  const wrote = performance.now();
  const sent = await fetch(`${origin}/h/nama/${person.id}`, {
    method: 'POST',
    headers: { cookie, origin, 'sec-fetch-site': 'same-origin' },
    body: new URLSearchParams({ key: randomUUID(), proof: person.code }),
  });
  await answered(sent, 200);
  const ended = performance.now();
  return { whole: ended - started, write: ended - wrote };
}

async function answered(answer: Response, status: number) {
  const text = await answer.text();
  if (answer.status !== status)
    throw new Error(`${answer.url} answers ${answer.status}: ${text.slice(0, 300)}`);
}

async function codeNow(client: pg.Client, sessionId: number): Promise<string> {
  const { rows } = await client.query<{ code: string }>(
    'SELECT door_code(qr_secret, door_step()) AS code FROM training_sessions WHERE id = $1',
    [sessionId],
  );
  return rows[0]?.code ?? '';
}

/** A training that is going on, with so many people on its list. */
async function makeDoor(client: pg.Client, kelurahanId: number, count: number): Promise<Door> {
  await client.query(`SELECT set_config('app.actor_id', 'system:bench', false)`);
  const { rows: sessions } = await client.query<{ id: number; training_id: number }>(
    `WITH made AS (
       INSERT INTO trainings (organiser_kind, organiser_name, kelurahan_ids, title, status, invited_at)
       VALUES ('kelurahan', 'Kelurahan Bench', ARRAY[$1::int], 'Pelatihan Bench', 'running', now()) RETURNING id
     ) INSERT INTO training_sessions (training_id, starts_at, ends_at, venue, topic, qr_secret, opened_at)
     SELECT id, now(), now() + interval '3 hours', 'Bale Hinggil', 'Pintu', sha256(gen_random_uuid()::text::bytea), now()
     FROM made RETURNING id, training_id`,
    [kelurahanId],
  );
  const session = sessions[0];
  if (!session) throw new Error('no session');
  const { rows: people } = await client.query<Door['people'][number]>(
    `INSERT INTO training_invitations (training_id, kind, name, sort_name, token_hash, code)
     SELECT $1, 'walk_in', 'Warga Nomor ' || n, 'Warga ' || lpad(n::text, 4, '0'), sha256((n || ' of ' || $1::int)::bytea),
       translate(lpad(to_hex(n), 6, 'K'), '01abcdef', 'YZABCDEF') FROM generate_series(1, $2::int) n
     RETURNING id, name, code`,
    [session.training_id, count],
  );
  return { sessionId: session.id, people };
}

async function countKept(client: pg.Client): Promise<number> {
  const { rows } = await client.query<{ count: number }>(
    `SELECT count(*)::int FROM attendances WHERE session_id = (SELECT max(id) FROM training_sessions)`,
  );
  return rows[0]?.count ?? 0;
}
