import { expect, test } from 'vitest';
import {
  inTests,
  invitationsOf,
  inviteeOf,
  linkOf,
  makeInvitationScene,
} from '../support/invitations.ts';
import { makeTraining } from '../support/trainings.ts';
import { binary, readWorkbook } from '../support/workbook.ts';

/** Who was told of a training, by which text, and who has to be told again. */

async function makeSent(status: 'scheduled' | 'finished' = 'scheduled') {
  const scene = await makeInvitationScene();
  const training = await makeTraining({
    kelurahanId: scene.kelurahan.id,
    title: 'Pelatihan Kabar',
    day: '2031-08-07',
    status,
    invitees: [
      inviteeOf(scene, scene.one, scene.chair),
      inviteeOf(scene, scene.two, scene.second),
      inviteeOf(scene, scene.pokmas, scene.secretary),
    ],
  });
  const [first, second, third] = await invitationsOf(training.id);
  if (!first || !second || !third) throw new Error('nobody is invited');
  await inTests((tx) =>
    tx.trainingInvitation.update({
      where: { id: first.id },
      data: { phone: '+6281200000001' },
    }),
  );
  const base = `/pelatihan/${training.id}/undangan`;
  return { scene, training, base, first, second, third };
}

const messagesIn = (html: string) =>
  [...html.matchAll(/href="https:\/\/wa\.me\/(\d*)\?text=([^"]*)"/g)].map(
    ([, phone = '', text = '']) => ({ phone, text: decodeURIComponent(text) }),
  );

const move = (training: { sessions: { id: number }[] }, venue: string) =>
  inTests((tx) =>
    tx.trainingSession.update({ where: { id: training.sessions[0]?.id ?? 0 }, data: { venue } }),
  );

test('each is sent their own link from the phone on record, and a group a text without any link of a person', async () => {
  const { scene, base, first, second, third } = await makeSent();
  const page = await scene.staff.get(`${base}/kabar`);
  const [group, one, two] = messagesIn(page.text);
  expect(one?.phone).toBe('6281200000001');
  expect(one?.text).toContain('Yth. Ahmad Satu,');
  expect(one?.text).toContain('Kamis, 7 Agustus 2031 pukul 08.00–11.00 WIB, di Bale Hinggil');
  expect(one?.text).toContain(linkOf(first));
  expect(two?.phone).toBe('');
  expect(two?.text).toContain(linkOf(second));
  expect(page.text).toContain('Tanpa nomor HP, dapat diberi surat');
  expect(group?.phone).toBe('');
  for (const { code } of [first, second, third]) expect(group?.text).not.toContain(code);
  expect(group?.text).not.toContain('/u/');
});

test('who was sent it is ticked, counted and found by a filter; a tick can be taken back', async () => {
  const { scene, base, training, first } = await makeSent();
  expect((await scene.staff.get(base)).text).toContain('Belum dikirimi');
  const refused = await scene.staff.post(`${base}/kabar`, { kabar: 'belum' });
  expect(refused.status).toBe(422);
  expect(refused.text).toContain('Centang paling sedikit satu nama');
  const sent = await scene.staff.post(`${base}/kabar`, { kabar: 'belum', undangan1: first.id });
  expect(sent.status).toBe(303);
  expect(sent.headers.location).toBe(`${base}/kabar?kabar=belum`);
  const told = await scene.staff.get(`${base}/kabar?kabar=sudah`);
  expect(told.text).toContain('Ahmad Satu');
  expect(told.text).not.toContain('Budi Dua');
  const [row] = await invitationsOf(training.id);
  expect(row?.sentAt).not.toBeNull();
  const listed = await scene.staff.get(`${base}?kabar=belum`);
  expect(listed.text).not.toContain('Ahmad Satu');
  expect(listed.text).toContain('Budi Dua');

  await scene.staff.post(`${base}/kabar`, { kabar: 'sudah', undangan1: first.id });
  expect((await invitationsOf(training.id))[0]).toMatchObject({ sentAt: null, toldAt: null });
  await scene.staff.post(`${base}/kabar`, { kabar: 'belum', all: 'on' });
  expect((await invitationsOf(training.id)).every(({ toldAt }) => toldAt !== null)).toBe(true);
  expect((await scene.staff.get(`${base}/kabar?kabar=belum`)).text).toContain(
    'Semua yang diundang sudah dikirimi undangan',
  );
});

test('a change of place, a session that is dropped and a cancellation show who has to be told again', async () => {
  const { scene, base, training, first, second } = await makeSent();
  const all = { kabar: 'belum', all: 'on' };
  await scene.staff.post(`${base}/kabar`, all);
  await scene.stranger.post(linkOf(second), { answer: 'attending' });
  expect((await scene.staff.get(base)).text).not.toContain('Perlu diberi tahu lagi</span>');

  await move(training, 'Aula Kecamatan');
  const again = await scene.staff.get(`${base}/kabar`);
  expect(again.text).toContain('Perlu diberi tahu lagi');
  const [, message] = messagesIn(again.text);
  expect(message?.text).toContain('Jadwal Pelatihan Kabar dari Kelurahan Uji berubah');
  expect(message?.text).toContain('Aula Kecamatan');
  const moved = await scene.stranger.get(linkOf(second));
  expect(moved.text).toContain('Jadwal berubah sejak Anda menjawab');
  await scene.stranger.post(linkOf(second), { answer: 'attending' });
  expect((await scene.stranger.get(linkOf(second))).text).not.toContain('Jadwal berubah sejak');
  const left = await scene.staff.get(`${base}?kabar=lagi`);
  expect(left.text).toContain('Ahmad Satu');
  expect(left.text).not.toContain('Budi Dua');

  await scene.staff.post(`${base}/kabar`, { kabar: 'lagi', undangan1: first.id });
  expect((await scene.staff.get(`${base}?kabar=lagi`)).text).not.toContain('Ahmad Satu');
  await inTests((tx) =>
    tx.trainingSession.delete({ where: { id: training.sessions[1]?.id ?? 0 } }),
  );
  expect((await scene.staff.get(`${base}?kabar=lagi`)).text).toContain('Ahmad Satu');
  await scene.staff.post(`${base}/kabar`, { kabar: 'lagi', all: 'on' });

  await inTests((tx) =>
    tx.training.update({
      where: { id: training.id },
      data: {
        status: 'cancelled',
        cancelReason: 'Bentrok dengan Musrenbang',
        updatedAt: new Date(),
      },
    }),
  );
  const [group, off] = messagesIn((await scene.staff.get(`${base}/kabar`)).text);
  expect(off?.text).toContain('membatalkan Pelatihan Kabar');
  expect(group?.text).toContain('Bentrok dengan Musrenbang');
});

test('a text and the link name what one knew of a session, and nothing that is as one knows it', async () => {
  const { scene, base, training, first, second } = await makeSent();
  await scene.staff.post(`${base}/kabar`, { kabar: 'belum', undangan1: first.id });
  await scene.stranger.post(linkOf(second), { answer: 'attending' });
  await move(training, 'Aula Kecamatan');
  await scene.staff.post(`${base}/kabar`, { kabar: 'lagi', undangan1: first.id });
  const sessionId = training.sessions[0]?.id ?? 0;
  await inTests((tx) =>
    tx.trainingSession.update({
      where: { id: sessionId },
      data: {
        startsAt: new Date('2031-08-07T09:00:00+07:00'),
        endsAt: new Date('2031-08-07T11:30:00+07:00'),
      },
    }),
  );
  const page = await scene.staff.get(`${base}/kabar`);
  const [group, told, answered] = messagesIn(page.text).map(({ text }) => text);
  const line = '- Kamis, 7 Agustus 2031 pukul 09.00–11.30 WIB, di Aula Kecamatan';
  const hours = 'Kamis, 7 Agustus 2031 pukul 08.00–11.00 WIB';
  expect(told).toContain(`${line} (semula ${hours})\n`);
  expect(answered).toContain(`${line} (semula ${hours}, di Bale Hinggil)\n`);
  expect(group).toContain(`${line} (semula ${hours}, di Bale Hinggil)\n`);
  expect(told?.match(/semula/g)).toHaveLength(1);
  const link = (await scene.stranger.get(linkOf(second))).text;
  expect(link).toContain(`Semula ${hours}`);
  expect(link).toContain('Semula di Bale Hinggil');
  expect((await scene.stranger.get(linkOf(first))).text).not.toContain('Semula');

  await inTests((tx) =>
    tx.trainingSession.update({
      where: { id: sessionId },
      data: {
        startsAt: new Date('2031-08-07T08:00:00+07:00'),
        endsAt: new Date('2031-08-07T11:00:00+07:00'),
        venue: 'Bale Hinggil',
      },
    }),
  );
  expect((await scene.stranger.get(linkOf(second))).text).not.toContain('Semula');
});

test('what moves before the list is sent was never known to anybody', async () => {
  const scene = await makeInvitationScene();
  const training = await makeTraining({ kelurahanId: scene.kelurahan.id, isComposed: true });
  await move(training, 'Aula Kecamatan');
  const session = await inTests((tx) =>
    tx.trainingSession.findFirstOrThrow({ where: { id: training.sessions[0]?.id ?? 0 } }),
  );
  expect(session.earlier).toEqual([]);
});

test('of a cancellation only those are told who had heard of it, once, whatever is written to the training later', async () => {
  const { scene, base, training, first } = await makeSent();
  await scene.staff.post(`${base}/kabar`, { kabar: 'belum', undangan1: first.id });
  const { version } = await inTests((tx) =>
    tx.training.findUniqueOrThrow({ where: { id: training.id } }),
  );
  const cancelled = await scene.staff.post(`/pelatihan/${training.id}/pembatalan`, {
    version,
    reason: 'Bentrok dengan Musrenbang',
  });
  expect(cancelled.status).toBe(303);
  const list = await scene.staff.get(base);
  expect(list.text).toContain('1 orang perlu diberi tahu lagi.');
  expect(list.text).toContain('Pelatihan dibatalkan setelah mereka diberi tahu.');
  expect(list.text).not.toContain('Belum dikirimi');
  const page = await scene.staff.get(`${base}/kabar?kabar=belum`);
  expect(page.text).toContain('Ahmad Satu');
  expect(page.text).not.toContain('Budi Dua');
  const mark = { kabar: 'belum', all: 'on' };
  expect((await scene.staff.post(`${base}/kabar`, mark)).status).toBe(409);
  await scene.staff.post(`${base}/kabar`, { kabar: 'lagi', all: 'on' });
  await inTests((tx) =>
    tx.training.update({ where: { id: training.id }, data: { updatedAt: new Date() } }),
  );
  expect((await scene.staff.get(base)).text).not.toContain('perlu diberi tahu lagi');
});

test('readers who do not organise see answers, not who is still to be told', async () => {
  const { scene, base } = await makeSent();
  expect((await scene.staff.get(base)).text).toContain('3 orang belum dikirimi undangan.');
  for (const browser of [scene.officer, scene.camat])
    expect((await browser.get(base)).text).not.toMatch(/[Bb]elum dikirimi/);
});

test('only the organiser tells, and only while there is something to tell', async () => {
  const { scene, base, first } = await makeSent();
  const mark = { kabar: 'belum', undangan1: first.id };
  expect((await scene.neighbour.get(`${base}/kabar`)).status).toBe(404);
  expect((await scene.neighbour.post(`${base}/kabar`, mark)).status).toBe(404);
  for (const browser of [scene.officer, scene.camat]) {
    expect((await browser.get(`${base}/kabar`)).status).toBe(403);
    expect((await browser.post(`${base}/kabar`, mark)).status).toBe(403);
  }
  const over = await makeSent('finished');
  expect((await over.scene.staff.get(`${over.base}/kabar`)).status).toBe(409);
  const foreign = await scene.staff.post(`${base}/kabar`, {
    kabar: 'belum',
    undangan1: over.first.id,
  });
  expect(foreign.status).toBe(303);
  expect((await invitationsOf(over.training.id))[0]?.toldAt).toBeNull();
});

test('hostile marks are refused and break nothing', async () => {
  const { scene, base } = await makeSent();
  for (const text of [
    "'; DROP TABLE x",
    '<script>',
    'a\0b',
    '../..',
    '9'.repeat(20),
    '-1',
    '💥',
    '',
  ]) {
    const answer = await scene.staff.post(`${base}/kabar`, { kabar: text, undangan1: text });
    expect([400, 422], text).toContain(answer.status);
    const query = encodeURIComponent(text);
    expect((await scene.staff.get(`${base}/kabar?kabar=${query}`)).status).toBeLessThan(500);
    expect((await scene.staff.get(`${base}?kabar=${query}`)).status).toBeLessThan(500);
  }
});

test('a calendar file has each session in UTC, keeps its name when the day moves, and says when it is off', async () => {
  const { scene, training, first } = await makeSent();
  const read = async () => (await scene.officer.get(`/pelatihan/${training.id}/kalender.ics`)).text;
  const before = await read();
  expect(before.match(/BEGIN:VEVENT/g)).toHaveLength(2);
  expect(before).toContain('DTSTART:20310807T010000Z');
  expect(before).toContain('DTEND:20310807T040000Z');
  expect(before).toContain('LOCATION:Bale Hinggil');
  expect(before).toContain('SUMMARY:Pelatihan Kabar');
  const uids = (text: string) => text.match(/^UID:.*$/gm);
  const sequence = (text: string) => Number(/SEQUENCE:(\d+)/.exec(text)?.[1]);
  const [session] = training.sessions;
  const edited = await scene.staff.post(`/pelatihan/${training.id}/sesi/${session?.id}`, {
    version: session?.version ?? 1,
    topic: 'Tugas pengurus',
    venue: 'Bale Hinggil',
    heldOnDay: 8,
    heldOnMonth: 8,
    heldOnYear: 2031,
    startsAt: '08:00',
    endsAt: '11:00',
    speakers: '',
  });
  expect(edited.status, edited.text.slice(0, 2000)).toBe(303);
  const after = await read();
  expect(uids(after)?.toSorted()).toEqual(uids(before)?.toSorted());
  expect(after).toContain('DTSTART:20310808T010000Z');
  const of = (text: string) =>
    text.split('BEGIN:VEVENT').find((event) => event.includes(`sesi-${session?.id}@`)) ?? '';
  expect(sequence(of(after))).toBeGreaterThan(sequence(of(before)));

  await inTests((tx) =>
    tx.training.update({
      where: { id: training.id },
      data: { status: 'cancelled', cancelReason: 'Bentrok' },
    }),
  );
  const off = await scene.stranger.get(`${linkOf(first)}/kalender.ics`);
  expect(off.headers['content-type']).toContain('text/calendar');
  expect(off.text).toContain('METHOD:CANCEL');
  expect(off.text).toContain('STATUS:CANCELLED');
  expect((await scene.stranger.get(`/u/${'C'.repeat(43)}/kalender.ics`)).status).toBe(404);
});

test('the list of invitees is a workbook; whoever sees no telephone numbers finds none in it', async () => {
  const { scene, base, second } = await makeSent();
  await scene.stranger.post(linkOf(second), { answer: 'delegated', delegateName: 'Sunarto' });
  const read = async (browser: typeof scene.staff, query = '') => {
    const file = await browser.get(`${base}.xlsx${query}`).buffer(true).parse(binary);
    return JSON.stringify(readWorkbook(file.body as Buffer));
  };
  const whole = await read(scene.staff);
  for (const words of ['Ahmad Satu', 'Diwakilkan', 'Sunarto', '0812'])
    expect(whole).toContain(words);
  expect(await read(scene.staff, '?jawaban=diwakilkan')).not.toContain('Ahmad Satu');
  expect(await read(scene.camat)).not.toContain('0812');
});
