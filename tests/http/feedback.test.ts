import { expect, test } from 'vitest';
import { makeFinished } from '../support/certificates.ts';
import { inTests, linkOf } from '../support/invitations.ts';
import { rowsOf } from '../support/superuser.ts';

/** What those who came thought of a training, and that nobody finds out whose thought it was. */

type Came = ['present' | 'late' | 'absent', 'present' | 'late' | 'absent'];

async function makeRecent(names: readonly string[], absent: readonly string[] = []) {
  const people: Record<string, Came> = {};
  for (const name of names) people[name] = ['present', 'absent'];
  for (const name of absent) people[name] = ['absent', 'absent'];
  const scene = await makeFinished(people);
  const startsAt = (hours: number) => new Date(Date.now() - hours * 3_600_000);
  for (const [index, session] of scene.training.sessions.entries())
    await inTests((tx) =>
      tx.trainingSession.update({
        where: { id: session.id },
        data: { startsAt: startsAt(30 - 5 * index), endsAt: startsAt(28 - 5 * index) },
      }),
    );
  const links = scene.invitations.map((invitation) => `${linkOf(invitation)}/umpan-balik`);
  return { ...scene, links, summary: `/pelatihan/${scene.training.id}/umpan-balik` };
}

const grades = { usefulness: '5', speakers: '4', organisation: '3' };

test('whoever came answers once by the private link, and a second time changes nothing', async () => {
  const { stranger, links, training } = await makeRecent(['Ahmad']);
  const [link = ''] = links;
  const page = await stranger.get(link);
  expect(page.status).toBe(200);
  expect(page.headers['x-robots-tag']).toContain('noindex');
  expect(page.text).toContain('Jawaban Anda tanpa nama');
  const answers = await Promise.all([
    stranger.post(link, { ...grades, comment: 'Bagus' }),
    stranger.post(link, { ...grades, comment: 'Bagus' }),
  ]);
  expect(answers.map(({ status }) => status)).toEqual([303, 303]);
  expect((await stranger.post(link, { ...grades, usefulness: '1' })).status).toBe(303);
  const stored = await inTests((tx) =>
    tx.trainingFeedback.findMany({ where: { trainingId: training.id } }),
  );
  expect(stored).toMatchObject([{ usefulness: 5, speakers: 4, organisation: 3, comment: 'Bagus' }]);
  expect((await stranger.get(link)).text).toContain('Terima kasih.');
});

test('what is missing is asked for at its field, and what was typed stays', async () => {
  const { stranger, links } = await makeRecent(['Ahmad']);
  const [link = ''] = links;
  for (const [fields, words] of [
    [{}, 'Pilih penilaian untuk manfaat materi'],
    [{ ...grades, speakers: '6' }, 'Pilih penilaian untuk narasumber'],
    [{ ...grades, organisation: '3.5' }, 'Pilih penilaian untuk tempat dan penyelenggaraan'],
    [{ ...grades, comment: 'a'.repeat(601) }, 'Paling panjang 600 huruf'],
  ] as const) {
    const refused = await stranger.post(link, fields);
    expect(refused.status, words).toBe(422);
    expect(refused.text).toContain(words);
  }
  const typed = await stranger.post(link, { comment: 'Saran <b>' });
  expect(typed.text).toContain('Saran &lt;b&gt;');
  expect((await stranger.post(link, { ...grades, name: 'Ahmad' })).status).toBe(400);
});

test('who did not come, comes too late or brings an unknown link does not answer', async () => {
  const { stranger, links, training } = await makeRecent(['Ahmad'], ['Budi']);
  const [ahmad = '', budi = ''] = links;
  expect((await stranger.get(budi)).text).toContain('diisi oleh yang tercatat hadir');
  expect((await stranger.post(budi, grades)).status).toBe(409);
  const unknown = `/u/${'A'.repeat(43)}/umpan-balik`;
  expect((await stranger.get(unknown)).status).toBe(404);
  expect((await stranger.post(unknown, grades)).status).toBe(404);
  await inTests(
    (tx) =>
      tx.$executeRaw`UPDATE training_sessions SET starts_at = starts_at - interval '31 days', ends_at = ends_at - interval '31 days' WHERE training_id = ${training.id}`,
  );
  expect((await stranger.get(ahmad)).text).toContain('sudah ditutup');
  expect((await stranger.post(ahmad, grades)).status).toBe(409);
  expect(
    await inTests((tx) => tx.trainingFeedback.count({ where: { trainingId: training.id } })),
  ).toBe(0);
});

test('nothing of fewer than five answers is shown; of five, averages, counts and comments by the alphabet', async () => {
  const names = ['Ahmad', 'Budi', 'Citra', 'Dewi', 'Eko'];
  const { staff, camat, officer, stranger, links, summary } = await makeRecent(names);
  const comments = ['zakat dibahas', 'Materi jelas', '', 'aula panas', 'Terima kasih'];
  for (const [index, link] of links.slice(0, 4).entries())
    await stranger.post(link, { ...grades, comment: comments[index] ?? '' });
  const early = await staff.get(summary);
  expect(early.text).toContain('Belum cukup jawaban');
  expect(early.text).not.toContain('Materi jelas');
  expect(early.text).toContain('dari 5 yang hadir');
  await stranger.post(links[4] ?? '', { ...grades, usefulness: '2', comment: comments[4] ?? '' });
  const page = await staff.get(summary);
  expect(page.text).toContain('4,4');
  expect(page.text).toContain('>4,0<');
  const places = ['aula panas', 'Materi jelas', 'Terima kasih', 'zakat dibahas'].map((comment) =>
    page.text.indexOf(comment),
  );
  expect(places.every((place) => place > 0)).toBe(true);
  expect(places).toEqual(places.toSorted((a, b) => a - b));
  for (const name of names) expect(page.text).not.toContain(name);
  expect((await camat.get(summary)).status).toBe(200);
  expect((await officer.get(summary)).status).toBe(403);
});

test('neither the number of the transaction, nor a time, nor the trail leads from a person to an answer', async () => {
  const names = Array.from({ length: 8 }, (_, index) => `Warga ${index}`);
  const { stranger, links, training } = await makeRecent(names);
  for (const [index, link] of links.entries())
    await stranger.post(link, { ...grades, comment: `Kesan ${index}` });
  const answers = await rowsOf<{ xmin: string; comment: string }>(
    `SELECT xmin::text, comment FROM training_feedback WHERE training_id = $1 ORDER BY ctid`,
    [training.id],
  );
  expect(answers).toHaveLength(8);
  expect(new Set(answers.map(({ xmin }) => xmin)).size).toBe(1);
  const inOrder = names.map((_, index) => `Kesan ${index}`);
  expect(answers.map(({ comment }) => comment)).not.toEqual(inOrder);
  const receipts = await rowsOf<{ xmin: string }>(
    `SELECT xmin::text FROM feedback_receipts WHERE training_id = $1`,
    [training.id],
  );
  expect(receipts).toHaveLength(8);
  const columns = await rowsOf<{ name: string }>(
    `SELECT attname AS name FROM pg_attribute WHERE attrelid = 'training_feedback'::regclass AND attnum > 0 AND NOT attisdropped`,
  );
  expect(columns.map(({ name }) => name)).toEqual([
    'id',
    'training_id',
    'usefulness',
    'speakers',
    'organisation',
    'comment',
  ]);
  expect(await rowsOf(`SELECT FROM audit.events WHERE new_row::text LIKE '%Kesan 3%'`)).toEqual([]);
});
