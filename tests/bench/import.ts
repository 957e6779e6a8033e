import { randomUUID } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import type pg from 'pg';
import { today } from '#src/format.ts';
import { rosterColumns, type RosterField } from '#src/officers/columns.ts';
import { writeWorkbook } from '#src/spreadsheet-file.ts';
import { withClient, type DataSet } from './data-set.ts';
import { quantile, verdict } from './results.ts';
import { signIn, startServer, type Server, type startLoad } from './servers.ts';

type Load = ReturnType<typeof startLoad>;

const rows = 10_000;
const officersEach = 20;
const rate = 40;

/** Imports a roster of 10,000 people into a kelurahan of its own, while somebody else keeps opening a list. */
export async function benchImport(dataSet: DataSet, load: Load): Promise<void> {
  const app = await startServer('app', dataSet);
  try {
    const idle = await memoryOf(app);
    const cookies = await withClient(dataSet.superuserUrl, (client) =>
      makeOffice(client, dataSet.place.accounts.lurah),
    );
    const list = { url: `${app.origin}/lembaga`, cookie: cookies.reader, connections: 2, rate };
    await load.measure({ ...list, seconds: 2 });
    const quiet = await load.measure({ ...list, seconds: 10 });
    const atRest = await memoryOf(app);
    const file = await rosterFile();

    const preview = await during(app, { load, list, work: () => upload(app, cookies.staff, file) });
    const { id } = preview.result;
    const counts = await outcomes(dataSet, id);
    const apply = await during(app, {
      load,
      list,
      work: async () => {
        await act(app, cookies.staff, { id, path: 'penerapan', from: '' });
        await act(app, cookies.lurah, { id, path: 'persetujuan', from: '/persetujuan' });
      },
    });
    const seated = await outcomes(dataSet, id);

    console.log(
      `\nImport of ${rows.toLocaleString('en')} rows, ${file.length.toLocaleString('en')} bytes (${counts}; then ${seated})`,
    );
    const line = (label: string, value: string, isMet: boolean, target: string) =>
      console.log(
        `  ${label.padEnd(34)} ${value.padStart(9)}  target ${target}: ${verdict(isMet)}`,
      );
    line('preview', `${preview.seconds.toFixed(1)} s`, preview.seconds < 30, '< 30 s');
    line('apply and decide', `${apply.seconds.toFixed(1)} s`, apply.seconds < 60, '< 60 s');
    for (const [label, { p99 }] of [['preview', preview] as const, ['apply', apply] as const]) {
      const ratio = p99 / quiet.p99;
      line(
        `list p99 during ${label}`,
        `${p99.toFixed(0)} ms`,
        ratio <= 2,
        `≤ 2 × ${quiet.p99.toFixed(0)} ms (${ratio.toFixed(1)} ×)`,
      );
    }
    const peak = Math.max(preview.peak, apply.peak);
    line(
      'peak memory',
      `${peak} MB`,
      peak < 300,
      `< 300 MB (started ${idle.now} MB, after pages ${atRest.now} MB; preview ${preview.peak}, apply ${apply.peak})`,
    );
  } finally {
    await app.stop();
  }
}

type During<Result> = {
  load: Load;
  list: Omit<Parameters<Load['measure']>[0], 'seconds'>;
  work: () => Promise<Result>;
};

/** Seconds and megabytes of a piece of work, and how slow the list is meanwhile. */
async function during<Result>(app: Server, { load, list, work }: During<Result>) {
  await forgetPeak(app);
  const started = performance.now();
  let isDone = false;
  const working = work().finally(() => (isDone = true));
  const times: number[] = [];
  while (!isDone) times.push(...(await load.measure({ ...list, seconds: 2 })).times);
  const result = await working;
  const seconds = (performance.now() - started) / 1000;
  const { peak } = await memoryOf(app);
  return {
    result,
    seconds,
    peak,
    p99: quantile(
      times.toSorted((a, b) => a - b),
      0.99,
    ),
  };
}

async function upload({ origin }: Server, cookie: string, file: Buffer) {
  const form = new FormData();
  form.set('key', randomUUID());
  form.set('file', new Blob([new Uint8Array(file)]), 'pengurus.xlsx');
  const answer = await send(`${origin}/impor`, cookie, form);
  const id = Number(answer.headers.get('location')?.split('/')[2]);
  await done(origin, cookie, id);
  return { id };
}

async function act(
  { origin }: Server,
  cookie: string,
  { id, path, from }: { id: number; path: string; from: string },
) {
  const page = await (await fetch(`${origin}/impor/${id}${from}`, { headers: { cookie } })).text();
  const version = /name="version" value="(\d+)"/.exec(page)?.[1] ?? '';
  const body = new URLSearchParams({ key: randomUUID(), version });
  await send(`${origin}/impor/${id}/${path}`, cookie, body);
  await done(origin, cookie, id);
}

async function send(url: string, cookie: string, body: FormData | URLSearchParams) {
  const { origin } = new URL(url);
  const headers = { cookie, origin, 'sec-fetch-site': 'same-origin' };
  const answer = await fetch(url, { method: 'POST', headers, body, redirect: 'manual' });
  if (answer.status !== 303)
    throw new Error(`${url} answers ${answer.status}: ${(await answer.text()).slice(0, 2000)}`);
  return answer;
}

/** The page that people wait on tells when the work is done. */
async function done(origin: string, cookie: string, id: number): Promise<void> {
  for (;;) {
    await pause(250);
    const answer = await fetch(`${origin}/impor/${id}`, { headers: { cookie } });
    const page = await answer.text();
    if (answer.status !== 200) throw new Error(`/impor/${id} answers ${answer.status}`);
    if (!page.includes('data-poll')) return;
  }
}

const outcomes = (dataSet: DataSet, id: number): Promise<string> =>
  withClient(dataSet.superuserUrl, async (client) => {
    const { rows } = await client.query<{ outcome: string; result: string | null; count: string }>(
      `SELECT outcome, result, count(*) FROM import_rows WHERE batch_id = $1 GROUP BY 1, 2 ORDER BY 1, 2`,
      [id],
    );
    return rows
      .map(({ outcome, result, count }) => `${count} ${outcome} ${result ?? ''}`.trim())
      .join(', ');
  });

/** A kelurahan without anybody in office yet, with its staff and its lurah. */
async function makeOffice(client: pg.Client, reader: number) {
  await client.query(`SELECT set_config('app.actor_id', 'system:bench', false)`);
  const { rows } = await client.query<{ staff: number; lurah: number }>(
    `WITH place AS (
       INSERT INTO kelurahan (kecamatan_id, code, name, head_name)
       SELECT id, code || '.' || (1000 + floor(random() * 9000))::int, 'Impor ' || now(), 'Hj. Sri Wahyuni, S.Sos.' FROM kecamatan ORDER BY code DESC LIMIT 1
       RETURNING id
     ), made AS (
       INSERT INTO accounts (username, display_name, role, kelurahan_id)
       SELECT role || '.impor' || id, 'Akun ' || role, role, id FROM place, unnest(ARRAY['staff', 'lurah']) AS role
       RETURNING id, role
     ) SELECT max(id) FILTER (WHERE role = 'staff') AS staff, max(id) FILTER (WHERE role = 'lurah') AS lurah FROM made`,
  );
  const { staff = 0, lurah = 0 } = rows[0] ?? {};
  return {
    staff: await signIn(client, staff),
    lurah: await signIn(client, lurah),
    reader: await signIn(client, reader),
  };
}

function rosterFile(): Promise<Buffer> {
  const positions = ['Ketua', 'Sekretaris', 'Bendahara'];
  const start = Math.floor(Math.random() * 90) + 10;
  return writeWorkbook([
    {
      name: 'Pengurus',
      title: 'Daftar pengurus',
      asOf: today(),
      lines: ['10.000 baris'],
      columns: rosterColumns.map(({ label, width }) => ({ label, width })),
      rows: Array.from({ length: rows }, (_, index) => {
        const pokmas = Math.floor(index / officersEach);
        const line: Partial<Record<RosterField, string>> = {
          number: String(index + 1),
          name: [given, middle, family]
            .map((names, place) => names[Math.floor(index / (3 * place + 1)) % names.length])
            .join(' '),
          nik: `3574${String(start).padStart(2, '0')}${String(1 + (index % 28)).padStart(2, '0')}${String(1 + (Math.floor(index / 28) % 12)).padStart(2, '0')}${String(50 + (Math.floor(index / 336) % 50))}${String(1 + (index % 9999)).padStart(4, '0')}`,
          sex: index % 2 ? 'P' : 'L',
          birthPlace: 'Probolinggo',
          birthDate: `${String(1 + (index % 28))}-${1 + (Math.floor(index / 28) % 12)}-19${String(50 + (Math.floor(index / 336) % 50))}`,
          address: `Jalan Mawar Gang ${index % 40} Nomor ${index}`,
          rt: String(1 + (index % 20)).padStart(3, '0'),
          rw: String(1 + (index % 9)).padStart(3, '0'),
          education: 'SMA',
          occupation: 'Swasta',
          institutionType: 'Pokmas',
          institution: `Pokmas Warga ${String(pokmas).padStart(4, '0')}`,
          position: positions[index % officersEach] ?? `Anggota ${index % officersEach}`,
          phone: `0812${String(1_000_000 + index)}`,
          decreeNumber: `188.45/${pokmas}/425.504/2025`,
          decreedOn: '7-5-2025',
          startOn: '7-5-2025',
          endOn: '6-5-2030',
        };
        return rosterColumns.map(({ field }) => line[field] ?? null);
      }),
    },
  ]);
}
const given = [
  'Ahmad',
  'Siti',
  'Budi',
  'Sri',
  'Eko',
  'Dewi',
  'Slamet',
  'Endang',
  'Joko',
  'Wahyuni',
  'Agus',
  'Ratna',
  'Hadi',
];
const middle = [
  'Adi',
  'Bagus',
  'Cahya',
  'Dian',
  'Eka',
  'Fitri',
  'Gita',
  'Indah',
  'Kusuma',
  'Mega',
  'Nur',
  'Puspita',
  'Rizki',
  'Surya',
  'Tri',
  'Utomo',
  'Yuda',
];
const family = [
  'Santoso',
  'Rahayu',
  'Wijaya',
  'Lestari',
  'Hidayat',
  'Utami',
  'Prasetyo',
  'Handayani',
  'Kurniawan',
  'Susanti',
  'Fauzi',
];

/** Megabytes now and at their most since the peak was forgotten, where the system tells. */
async function memoryOf({ pid }: Server): Promise<{ now: number; peak: number }> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  const of = (name: string) =>
    Math.round(Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(status)?.[1] ?? 0) / 1024);
  return { now: of('VmRSS'), peak: of('VmHWM') };
}

const forgetPeak = ({ pid }: Server) => writeFile(`/proc/${pid}/clear_refs`, '5').catch(() => {});
