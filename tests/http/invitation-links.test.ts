import { expect, test } from 'vitest';
import { as } from '../support/app.ts';
import {
  inTests,
  invitationsOf,
  inviteeOf,
  linkOf,
  makeInvitationScene,
} from '../support/invitations.ts';
import { rowsOf } from '../support/superuser.ts';
import { makeTraining } from '../support/trainings.ts';

/** The private link of an invitee, and the same answers of an officer who is signed in. */

async function makeLink(day = '2031-08-07') {
  const scene = await makeInvitationScene();
  const training = await makeTraining({
    kelurahanId: scene.kelurahan.id,
    day,
    invitees: [
      inviteeOf(scene, scene.one, scene.chair),
      inviteeOf(scene, scene.pokmas, scene.secretary),
    ],
  });
  const [mine, other] = await invitationsOf(training.id);
  if (!mine || !other) throw new Error('nobody is invited');
  const stored = async () => (await invitationsOf(training.id))[0];
  return { scene, training, mine, other, link: linkOf(mine), stored };
}

test('the link tells what, when and where without signing in, and nothing of the others', async () => {
  const { scene, training, link } = await makeLink();
  const page = await scene.stranger.get(link);
  expect(page.status).toBe(200);
  expect(page.headers['x-robots-tag']).toContain('noindex');
  expect(page.headers['cache-control']).toBe('no-store');
  for (const words of [
    training.title,
    'Ahmad Satu',
    'Kamis, 7 Agustus 2031 pukul 08.00–11.00 WIB',
    'Bale Hinggil',
    'Apakah Anda hadir?',
  ])
    expect(page.text).toContain(words);
  for (const secret of ['Citra Tiga', '+62812', '0812-0000', 'qr'])
    expect(page.text).not.toContain(secret);
});

test('an answer is kept, shown again and may change; only what belongs to it is kept', async () => {
  const { scene, link, stored } = await makeLink();
  const send = async (fields: Record<string, string>) => {
    const answer = await scene.stranger.post(link, fields);
    expect(answer.status, answer.text).toBe(303);
    expect(answer.headers.location).toBe(link);
    return scene.stranger.get(link);
  };
  const first = await send({
    answer: 'delegated',
    delegateName: "Siti Ma'ruf",
    delegatePhone: '0812 3456 7890',
    note: 'tidak disimpan',
  });
  expect(first.text).toContain('Diwakilkan oleh Siti Ma&#39;ruf');
  expect(first.text).not.toContain('3456');
  expect(await stored()).toMatchObject({
    answer: 'delegated',
    delegateName: "Siti Ma'ruf",
    delegatePhone: '+6281234567890',
    answerNote: null,
  });
  await send({ answer: 'delegated', delegateName: "Siti Ma'ruf" });
  expect((await stored())?.delegatePhone).toBe('+6281234567890');
  const excused = await send({ answer: 'excused', note: 'Sakit <b>', delegateName: 'Siti' });
  expect(excused.text).toContain('Izin: Sakit &lt;b&gt;');
  expect(await stored()).toMatchObject({ delegateName: null, delegatePhone: null });
  await send({ answer: 'attending' });
  expect(await stored()).toMatchObject({ answer: 'attending', answerNote: null });
  const trail = await rowsOf<{ actor_id: string; text: string }>(
    `SELECT actor_id, new_row::text AS text FROM audit.events WHERE table_name = 'training_invitations' AND actor_id = 'public' AND row_id = $1`,
    [String((await stored())?.id)],
  );
  expect(trail.length).toBe(4);
  expect(trail.some(({ text }) => text.includes('token_hash') || text.includes('3456'))).toBe(
    false,
  );
});

test('what is missing in an answer is asked for at its field, and what was typed stays', async () => {
  const { scene, link, stored } = await makeLink();
  const refuse = async (fields: Record<string, string>, words: string, status = 422) => {
    const answer = await scene.stranger.post(link, fields);
    expect(answer.status, words).toBe(status);
    expect(answer.text).toContain(words);
    return answer;
  };
  await refuse({}, 'Pilih Hadir, Diwakilkan, atau Izin');
  await refuse({ answer: 'mungkin' }, 'Pilih Hadir, Diwakilkan, atau Izin');
  await refuse({ answer: 'delegated', note: 'x' }, 'Isi nama yang mewakili');
  const typed = await refuse({ answer: 'excused', delegateName: 'Siti' }, 'Tulis alasan izin');
  expect(typed.text).toContain('value="Siti"');
  await refuse({ answer: 'delegated', delegateName: 'Siti', delegatePhone: '12' }, 'Isi nomor HP');
  await refuse({ answer: 'delegated', delegateName: '<script>' }, 'Tulis nama dengan huruf saja');
  await refuse({ answer: 'excused', note: 'a'.repeat(301) }, 'Paling panjang 300 huruf');
  expect((await scene.stranger.post(link, { answer: 'attending', role: 'admin' })).status).toBe(
    400,
  );
  expect((await scene.stranger.post(link, { answer: 'excused', note: 'a\0b' })).status).toBe(400);
  expect((await stored())?.answer).toBeNull();
});

test('unknown, foreign and unsent links open nothing and say what to do', async () => {
  const { scene, training, link } = await makeLink();
  const unknown = await scene.stranger.get(`/u/${'A'.repeat(43)}`);
  expect(unknown.status).toBe(404);
  expect(unknown.text).toContain('Tautan undangan ini tidak dikenal');
  expect((await scene.stranger.post(`/u/${'A'.repeat(43)}`, { answer: 'attending' })).status).toBe(
    404,
  );
  expect((await scene.stranger.get('/u/abc')).status).toBe(404);
  await inTests((tx) =>
    tx.training.update({ where: { id: training.id }, data: { invitedAt: null } }),
  );
  expect((await scene.stranger.get(link)).status).toBe(404);
  expect((await scene.stranger.post(link, { answer: 'attending' })).status).toBe(404);
});

test('once the first session has started or the training is off, an answer stays as it is', async () => {
  const past = await makeLink('2025-08-07');
  expect((await past.scene.stranger.get(past.link)).text).not.toContain('Kirim jawaban');
  const late = await past.scene.stranger.post(past.link, { answer: 'attending' });
  expect(late.status).toBe(409);
  expect(late.text).toContain('Acara sudah dimulai');
  expect((await past.stored())?.answer).toBeNull();

  const off = await makeLink();
  await inTests((tx) =>
    tx.training.update({
      where: { id: off.training.id },
      data: { status: 'cancelled', cancelReason: 'Bentrok dengan Musrenbang' },
    }),
  );
  expect((await off.scene.stranger.get(off.link)).text).toContain('Bentrok dengan Musrenbang');
  expect((await off.scene.stranger.post(off.link, { answer: 'attending' })).status).toBe(409);
});

test('whoever guesses links is stopped for a while', async () => {
  const stranger = await as();
  const statuses = new Set<number>();
  for (let count = 0; count < 70; count += 1) {
    const token = String(count).padStart(43, 'B');
    statuses.add((await stranger.get(`/u/${token}`)).status);
  }
  expect(statuses).toEqual(new Set([404, 429]));
});

test('the public role reaches invitations by a link alone', async () => {
  const may = await rowsOf(
    `SELECT has_any_column_privilege('portal_public', 'training_invitations', 'SELECT') AS reads,
       has_any_column_privilege('portal_public', 'training_sessions', 'SELECT') AS sessions,
       has_any_column_privilege('portal_public', 'training_invitations', 'UPDATE') AS writes`,
  );
  expect(may).toEqual([{ reads: false, sessions: false, writes: false }]);
});

test('a signed-in officer finds the invitation at the start and answers for their institution only', async () => {
  const { scene, training, mine, other, stored } = await makeLink();
  const start = await scene.officer.get('/beranda');
  const own = `/pelatihan/${training.id}/undangan/${mine.id}/jawaban`;
  expect(start.text).toContain('Undangan pelatihan');
  expect(start.text).toContain(`href="${own}"`);
  expect((await scene.officer.get(`/pelatihan/${training.id}/undangan`)).text).toContain(own);
  expect((await scene.officer.get(own)).text).toContain('Bale Hinggil');
  expect((await scene.officer.post(own, { answer: 'excused' })).status).toBe(422);
  const answer = await scene.officer.post(own, { answer: 'delegated', delegateName: 'Sunarto' });
  expect(answer.status).toBe(303);
  expect(await stored()).toMatchObject({ answer: 'delegated', delegateName: 'Sunarto' });
  const foreign = `/pelatihan/${training.id}/undangan/${other.id}/jawaban`;
  expect((await scene.officer.get(foreign)).status).toBe(404);
  expect((await scene.officer.post(foreign, { answer: 'attending' })).status).toBe(404);
  expect((await scene.staff.get(own)).status).toBe(403);
});

test('an officer does not answer what is over', async () => {
  const { scene, training, mine } = await makeLink('2025-08-07');
  const own = `/pelatihan/${training.id}/undangan/${mine.id}/jawaban`;
  expect((await scene.officer.get(own)).status).toBe(409);
  expect((await scene.officer.post(own, { answer: 'attending' })).status).toBe(409);
  expect((await scene.officer.get('/beranda')).text).not.toContain('Undangan pelatihan');
});
