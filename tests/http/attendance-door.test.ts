import { randomUUID } from 'node:crypto';
import { beforeAll, expect, test } from 'vitest';
import { systemActor } from '#src/access.ts';
import { asActor, door } from '#src/database.ts';
import { as } from '../support/app.ts';
import { type Day, keptOf, makeDay } from '../support/attendance.ts';
import { rowsOf } from '../support/superuser.ts';

let stranger: Awaited<ReturnType<typeof as>>;
beforeAll(async () => {
  stranger = await as();
});

const names = ['Siti Aminah', 'Siti Aisyah', 'Budi Santoso'];

async function makeOpenDay(options?: Parameters<typeof makeDay>[1]) {
  const day = await makeDay(names, options);
  expect((await day.staff.post(`${day.url}/pembukaan`)).status).toBe(303);
  return day;
}

/** The code that the door showed so many steps of 30 seconds ago; not within a second of the next step. */
async function codeOf(day: Pick<Day, 'session'>, stepsAgo = 0): Promise<string> {
  const [row] = await rowsOf<{ code: string; left: number }>(
    `SELECT door_code(qr_secret, door_step() - $2::int) AS code, 30 - (extract(epoch FROM now())::float8)::numeric % 30 AS left
     FROM training_sessions WHERE id = $1`,
    [day.session.id, stepsAgo],
  );
  if (Number(row?.left) > 1) return row?.code ?? '';
  await new Promise((resolve) => setTimeout(resolve, 1100));
  return codeOf(day, stepsAgo);
}

/** The cookie that a scan of the code leaves with the phone. */
async function scan(code: string): Promise<string> {
  const answer = await stranger.get(`/h/${code}`);
  expect(answer.status, answer.text.slice(0, 800)).toBe(303);
  expect(answer.headers.location).toBe('/h/nama');
  const [cookie = ''] = answer.get('Set-Cookie') ?? [];
  expect(cookie).toMatch(/^tiket=[^;]+; Max-Age=300; Path=\/h; .*HttpOnly; SameSite=Lax$/);
  return cookie.split(';')[0] ?? '';
}

const phoneOf = (day: Day, index: number) => day.people[index]?.phone?.slice(-4) ?? '';
const idOf = (day: Day, index: number) => day.people[index]?.id ?? 0;
const confirm = (ticket: string, invitationId: number, fields: Record<string, string>) =>
  stranger.post(`/h/nama/${invitationId}`, fields).set('Cookie', ticket);

test('the door shows a QR of our own origin and its code in letters, to whoever records', async () => {
  const day = await makeDay(names);
  expect((await day.staff.get(`${day.url}/pintu`)).text).toContain('Sesi belum dibuka');
  await day.staff.post(`${day.url}/pembukaan`);
  const code = await codeOf(day);
  const page = await day.staff.get(`${day.url}/pintu`);
  expect(page.text).toContain(`<b>${code.slice(0, 3)} ${code.slice(3)}</b>`);
  expect(page.text).toMatch(/<noscript><meta http-equiv="refresh" content="\d+"><\/noscript>/);
  const [picture = ''] = /\/pelatihan\/[^"]+\.svg\?langkah=\d+/.exec(page.text) ?? [];
  const svg = await day.staff.get(picture);
  expect(svg.type).toBe('image/svg+xml');
  expect(svg.body.toString()).toMatch(/^<svg [^>]+>.+<\/svg>$/s);
  expect((await stranger.get(picture)).headers.location).toMatch(/^\/masuk/);
});

test('a participant scans, finds the own name, confirms with four digits and is told the time', async () => {
  const day = await makeOpenDay();
  const ticket = await scan((await codeOf(day)).toLowerCase());
  const search = await stranger.get('/h/nama?cari=SITI').set('Cookie', ticket);
  expect(search.text).toContain('Siti Aminah');
  expect(search.text).toContain('Siti Aisyah');
  expect(search.text).not.toContain('Budi Santoso');
  expect(search.headers['x-robots-tag']).toContain('noindex');
  for (const { phone, code } of day.people) {
    expect(search.text).not.toContain(String(phone).slice(-8));
    expect(search.text).not.toContain(code);
  }
  const page = await stranger.get(`/h/nama/${idOf(day, 0)}`).set('Cookie', ticket);
  expect(page.text).toContain('Empat angka terakhir nomor HP');
  const key = randomUUID();
  const done = await confirm(ticket, idOf(day, 0), { key, proof: phoneOf(day, 0) });
  expect(done.text).toMatch(/Anda tercatat hadir pukul \d\d\.\d\d WIB/);
  // The same form again is the same scan.
  const again = await confirm(ticket, idOf(day, 0), { key, proof: phoneOf(day, 0) });
  expect(again.text).toMatch(/Anda tercatat hadir pukul \d\d\.\d\d WIB/);
  const kept = await keptOf(day, idOf(day, 0));
  expect(kept.attendances).toMatchObject([{ status: 'present', method: 'qr' }]);
  expect(kept.scans).toHaveLength(1);
  expect((await day.staff.get(`${day.url}/daftar-hadir`)).text).toContain(
    '<span data-here>1</span>',
  );
});

test('without a phone on record the printed code confirms, typed in any way', async () => {
  const day = await makeOpenDay({ startedMinutesAgo: 20 });
  const code = await codeOf(day);
  const typed = await stranger.get(`/h?kode=${code.slice(0, 3).toLowerCase()}%20${code.slice(3)}`);
  expect(typed.headers.location).toBe(`/h/${code}`);
  const ticket = await scan(code);
  const printed = day.people[2]?.code ?? '';
  const done = await confirm(ticket, idOf(day, 2), {
    proof: ` ${printed.slice(0, 3).toLowerCase()} ${printed.slice(3)}`,
  });
  expect(done.text).toMatch(/Anda tercatat hadir pukul/);
  expect(done.text).toContain('Tercatat terlambat');
  expect((await keptOf(day, idOf(day, 2))).attendances).toMatchObject([
    { status: 'late', method: 'code' },
  ]);
});

test('the code of the step before still opens; a photograph of an older one says why it does not', async () => {
  const day = await makeOpenDay();
  await scan(await codeOf(day, 1));
  for (const steps of [2, 5]) {
    const old = await stranger.get(`/h/${await codeOf(day, steps)}`);
    expect(old.status).toBe(410);
    expect(old.text).toContain('Kode ini sudah berganti');
    expect(old.headers['set-cookie']?.toString() ?? '').not.toContain('tiket');
  }
  const ancient = await stranger.get(`/h/${await codeOf(day, 60)}`);
  expect(ancient.status).toBe(404);
  expect(ancient.text).toContain('Kode ini tidak dikenal');
  // A code of the future opens nothing either.
  expect((await stranger.get(`/h/${await codeOf(day, -2)}`)).status).toBe(404);
});

test('without a scan, with an old or a forged ticket nothing opens', async () => {
  const day = await makeOpenDay();
  const ticket = await scan(await codeOf(day));
  const [, value = ''] = ticket.split('=');
  const [session = '', moment = '', signature = ''] = value.split('.');
  const forged = [
    '',
    'tiket=',
    `tiket=${session}.${Number(moment) + 1}.${signature}`,
    `tiket=${Number(session) + 1}.${moment}.${signature}`,
    `tiket=${session}.${moment}.${'A'.repeat(43)}`,
    `tiket=${session}.${moment}`,
  ];
  for (const cookie of forged) {
    const page = await stranger.get('/h/nama?cari=siti').set('Cookie', cookie);
    expect(page.status, cookie).toBe(410);
    expect(page.text).toContain('Pindai QR dahulu');
    const sent = await confirm(cookie, idOf(day, 0), { proof: phoneOf(day, 0) });
    expect(sent.status, cookie).toBe(410);
  }
  expect((await keptOf(day, idOf(day, 0))).scans).toEqual([]);
});

test("a ticket of one session opens no other session's names", async () => {
  const [day, other] = [await makeOpenDay(), await makeOpenDay()];
  const ticket = await scan(await codeOf(other));
  expect((await stranger.get(`/h/nama/${idOf(day, 0)}`).set('Cookie', ticket)).status).toBe(404);
  const sent = await confirm(ticket, idOf(day, 0), { proof: phoneOf(day, 0) });
  expect(sent.status).toBe(404);
  expect(sent.text).toContain('Nama ini tidak ada pada sesi ini');
  // The afternoon is a session of its own: its code leads to it, not to the morning.
  const afternoon = day.url.replace(/\d+$/, String(day.afternoon.id));
  await day.staff.post(`${afternoon}/pembukaan`);
  const later = await scan(await codeOf({ session: day.afternoon }));
  await confirm(later, idOf(day, 0), { proof: phoneOf(day, 0) });
  expect((await keptOf(day, idOf(day, 0))).attendances).toEqual([]);
});

test('a closed session says so, to codes and to tickets', async () => {
  const day = await makeOpenDay();
  const ticket = await scan(await codeOf(day));
  await day.staff.post(`${day.url}/penutupan`);
  const scanned = await stranger.get(`/h/${await codeOf(day)}`);
  expect(scanned.status).toBe(410);
  expect(scanned.text).toContain('Sesi ini sudah ditutup');
  const names = await stranger.get('/h/nama?cari=siti').set('Cookie', ticket);
  expect(names.text).toContain('Sesi ini sudah ditutup');
  expect(names.text).not.toContain('Siti Aminah');
  const sent = await confirm(ticket, idOf(day, 0), { proof: phoneOf(day, 0) });
  expect(sent.status).toBe(410);
  expect((await keptOf(day, idOf(day, 0))).attendances).toMatchObject([{ status: 'absent' }]);
  await asActor(systemActor('tests'), (tx) =>
    tx.training.update({
      where: { id: day.training.id },
      data: { status: 'cancelled', cancelReason: 'Hujan' },
    }),
  );
  expect((await stranger.get(`/h/${await codeOf(day)}`)).status).toBe(404);
});

test('guessing the digits ends after five tries, and the right ones no longer help', async () => {
  const day = await makeOpenDay();
  const ticket = await scan(await codeOf(day));
  const guesses = await Promise.all(
    ['0001', '0002', '0003', '0004', '0005', '0006', '0007'].map((proof) =>
      confirm(ticket, idOf(day, 0), { proof }),
    ),
  );
  const statuses = guesses.map(({ status }) => status).toSorted((a, b) => a - b);
  expect(statuses).toEqual([422, 422, 422, 422, 422, 429, 429]);
  expect(guesses.find(({ status }) => status === 422)?.text).toContain(
    'Tidak cocok dengan catatan',
  );
  const right = await confirm(ticket, idOf(day, 0), { proof: phoneOf(day, 0) });
  expect(right.status).toBe(429);
  expect(right.text).toContain('Mintalah petugas mencatat kehadiran Anda');
  expect(right.headers['retry-after']).toMatch(/^\d+$/);
  expect((await keptOf(day, idOf(day, 0))).scans).toEqual([]);
  // The neighbour on the same address is not stopped by it, and who mistypes once is not stopped at all.
  expect((await confirm(ticket, idOf(day, 1), { proof: '0009' })).status).toBe(422);
  expect((await confirm(ticket, idOf(day, 1), { proof: phoneOf(day, 1) })).status).toBe(200);
  await door.query(`DELETE FROM rate_limits WHERE key LIKE 'door_%'`);
});

test('guessing codes ends after thirty, for the right one too', async () => {
  const day = await makeOpenDay();
  const alphabet = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';
  const guess = (number: number) =>
    `ZZ${alphabet[number % 32]}${alphabet[Math.floor(number / 32)]}ZZ`;
  const answers = [];
  for (let number = 0; number < 30; number += 1)
    answers.push((await stranger.get(`/h/${guess(number)}`)).status);
  expect(new Set(answers)).toEqual(new Set([404]));
  const blocked = await stranger.get(`/h/${await codeOf(day)}`);
  expect(blocked.status).toBe(429);
  expect(blocked.text).toContain('Terlalu banyak percobaan');
  await door.query(`DELETE FROM rate_limits WHERE key LIKE 'door_%'`);
  await scan(await codeOf(day));
});

test('a correction by staff is not undone by an older ticket, and the answer says whom to ask', async () => {
  const day = await makeOpenDay();
  const ticket = await scan(await codeOf(day));
  const person = `${day.url}/peserta/${idOf(day, 0)}`;
  await day.staff.post(person, { status: 'excused', reason: 'Menelepon, sakit' });
  const done = await confirm(ticket, idOf(day, 0), { proof: phoneOf(day, 0) });
  expect(done.text).toContain('Bicaralah dengan petugas');
  expect(done.text).toContain('Petugas mencatat Anda: Izin');
});

test('hostile input at the door is answered in words', async () => {
  const day = await makeOpenDay();
  const ticket = await scan(await codeOf(day));
  expect((await stranger.get('/h')).text).toContain('Isi kode yang tampil di pintu');
  const wrong = await stranger.get('/h?kode=IIIIII');
  expect(wrong.status).toBe(422);
  expect(wrong.text).toContain('Isi enam huruf dan angka seperti yang tampil di pintu');
  expect((await stranger.get('/h?kode=a&kode=b')).status).toBe(400);
  for (const code of ['O00000', "x'--11", '7K4M2', '%00%00%00'])
    expect([400, 404]).toContain((await stranger.get(`/h/${code}`)).status);
  const short = await stranger.get('/h/nama?cari=si').set('Cookie', ticket);
  expect(short.status).toBe(422);
  expect(short.text).toContain('Tulis paling sedikit 3 huruf');
  const percent = await stranger.get('/h/nama?cari=%25%25%25').set('Cookie', ticket);
  expect(percent.text).toContain('Nama itu tidak ada pada undangan');
  for (const proof of ['', '12', '12345', 'ABCDEFG', "' OR"]) {
    const answer = await confirm(ticket, idOf(day, 0), { proof });
    expect(answer.status, proof).toBe(422);
    expect(answer.text).toContain('Isi empat angka terakhir');
  }
  const extra = await confirm(ticket, idOf(day, 0), { proof: phoneOf(day, 0), status: 'present' });
  expect(extra.status).toBe(400);
  const foreign = await confirm(ticket, idOf(day, 0), { proof: phoneOf(day, 0) }).set(
    'Sec-Fetch-Site',
    'cross-site',
  );
  expect(foreign.status).toBe(403);
});
