import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { type Day, keptOf, makeDay } from '../support/attendance.ts';

const minute = 60_000;
const names = ['Siti Aminah', 'Budi Santoso', 'Ahmad Fauzi', 'Dewi Lestari'];

async function makeOpenDay(options?: Parameters<typeof makeDay>[1]) {
  const day = await makeDay(names, options);
  expect((await day.staff.post(`${day.url}/pembukaan`)).status).toBe(303);
  return day;
}

const idOf = (day: Day, index: number) => day.people[index]?.id ?? 0;
const ago = (milliseconds: number) => new Date(Date.now() - milliseconds).toISOString();
const tapOf = (day: Day, index: number, at = ago(0)) => ({
  nonce: randomUUID(),
  invitationId: idOf(day, index),
  at,
});
const send = (day: Day, taps: unknown, sentAt = ago(0), browser = day.staff) =>
  browser.post(`${day.url}/daftar-hadir/kiriman`, { sentAt, taps: JSON.stringify(taps) });

test('taps that waited are stored once each, however often they are sent', async () => {
  const day = await makeOpenDay();
  const taps = [tapOf(day, 0), tapOf(day, 1)];
  const first = await send(day, taps);
  expect(first.status).toBe(200);
  expect(first.body).toMatchObject({ here: 2, taps: [{ isKept: true }, { isKept: true }] });
  const again = await send(day, taps);
  expect(again.body).toMatchObject({ here: 2, taps: [{ label: 'Hadir' }, { label: 'Hadir' }] });
  expect((await keptOf(day, idOf(day, 0))).scans).toHaveLength(1);
});

test('two devices that send at once in different orders both succeed', async () => {
  const day = await makeOpenDay();
  const all = [0, 1, 2, 3];
  const answers = await Promise.all(
    [all, all.toReversed(), all, all.toReversed()].map((order, index) =>
      send(
        day,
        order.map((person) => tapOf(day, person)),
        ago(0),
        index % 2 ? day.lurah : day.staff,
      ),
    ),
  );
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
  const kept = await keptOf(day, idOf(day, 2));
  expect(kept.attendances).toHaveLength(1);
  expect(kept.scans).toHaveLength(4);
});

test('a tap counts from when it was made, by a clock that may be wrong, and never from before the opening', async () => {
  const day = await makeDay(names, { startedMinutesAgo: 20 });
  await day.staff.post(`${day.url}/pembukaan`);
  // The device lives an hour in the past; the tap is a moment old, and late.
  const hour = 60 * minute;
  await send(day, [tapOf(day, 0, ago(hour + 10))], ago(hour));
  expect((await keptOf(day, idOf(day, 0))).attendances[0]?.status).toBe('late');
  // Made before the opening, it counts from the opening; made in the future, from now.
  await send(day, [tapOf(day, 1, ago(30 * minute)), tapOf(day, 2, ago(-hour))]);
  for (const index of [1, 2]) {
    const [attendance] = (await keptOf(day, idOf(day, index))).attendances;
    expect(attendance?.status).toBe('late');
    expect(Math.abs(Number(attendance?.recordedAt) - Date.now())).toBeLessThan(minute);
  }
});

test('of two scans the earlier says when somebody came, whichever arrives first', async () => {
  const day = await makeOpenDay();
  const person = idOf(day, 0);
  const early = ago(0);
  await new Promise((resolve) => setTimeout(resolve, 50));
  await day.lurah.post(`${day.url}/daftar-hadir`, { invitationId: person });
  const before = (await keptOf(day, person)).attendances[0]?.recordedAt;
  await send(day, [tapOf(day, 0, early)]);
  const after = (await keptOf(day, person)).attendances[0]?.recordedAt;
  expect(Number(after)).toBeLessThan(Number(before));
});

test('what was tapped while the session was open is taken after its closing, and nothing later', async () => {
  const day = await makeOpenDay();
  const taken = tapOf(day, 0);
  // The time that a batch is on its way counts as if the tap had been made later.
  await new Promise((resolve) => setTimeout(resolve, 1500));
  await day.staff.post(`${day.url}/penutupan`);
  expect((await keptOf(day, taken.invitationId)).attendances[0]?.status).toBe('absent');
  await new Promise((resolve) => setTimeout(resolve, 20));
  const late = tapOf(day, 1);
  const answer = await send(day, [taken, late]);
  expect(answer.body.here).toBe(1);
  expect((await keptOf(day, taken.invitationId)).attendances[0]?.status).toBe('present');
  const refused = answer.body.taps.find(({ nonce }: { nonce: string }) => nonce === late.nonce);
  expect(refused).toMatchObject({ isKept: false, label: 'Tidak diterima' });
  expect((await keptOf(day, late.invitationId)).attendances[0]?.status).toBe('absent');
});

test('a batch that no device of ours would send is refused whole', async () => {
  const [day, other] = [await makeOpenDay(), await makeOpenDay()];
  const good = tapOf(day, 0);
  const wrong: unknown[] = [
    [],
    {},
    null,
    [{ ...good, status: 'present' }],
    [{ ...good, nonce: 'x' }],
    [{ ...good, invitationId: String(good.invitationId) }],
    [{ ...good, invitationId: 2 ** 31 }],
    [{ ...good, at: 'kemarin' }],
    Array.from({ length: 101 }, () => tapOf(day, 0)),
  ];
  for (const taps of wrong)
    expect([400, 422], JSON.stringify(taps)?.slice(0, 80)).toContain(
      (await send(day, taps)).status,
    );
  expect((await send(day, [good], 'tadi')).status).toBe(422);
  const url = `${day.url}/daftar-hadir/kiriman`;
  expect((await day.staff.post(url, { sentAt: ago(0), taps: '[{' })).status).toBe(422);
  expect((await day.staff.post(url, { sentAt: ago(0), taps: '[]', lain: '1' })).status).toBe(400);
  const foreign = await send(day, [tapOf(other, 0), good]);
  expect(foreign.body).toMatchObject({ here: 1 });
  expect((await keptOf(other, idOf(other, 0))).attendances).toEqual([]);
  expect((await send(day, [good], ago(0), other.staff)).status).toBe(404);
});
