import { expect, test } from 'vitest';
import { config } from '#src/config.ts';
import { hashOfToken, invitationToken, takeCode } from '#src/invitations/tokens.ts';
import {
  inTests,
  invitationsOf,
  inviteeOf,
  linkOf,
  makeInvitationScene,
} from '../support/invitations.ts';
import { readPdf, readQrCodes } from '../support/pdf.ts';
import { rowsOf } from '../support/superuser.ts';
import { makeTraining } from '../support/trainings.ts';
import { binary } from '../support/workbook.ts';

async function makeSent(given: { isComposed?: true } = {}) {
  const scene = await makeInvitationScene();
  const training = await makeTraining({
    kelurahanId: scene.kelurahan.id,
    title: 'Pelatihan Surat',
    day: '2031-08-07',
    ...given,
    invitees: [
      inviteeOf(scene, scene.one, scene.chair),
      inviteeOf(scene, scene.pokmas, scene.secretary),
    ],
  });
  return { scene, training, base: `/pelatihan/${training.id}/undangan/surat` };
}

const query = {
  bentuk: 'lampiran',
  nomor: '005/12/2031',
  sifat: 'Penting',
  hal: 'Undangan pelatihan',
  tanggalDay: '1',
  tanggalMonth: '8',
  tanggalYear: '2031',
  ttd: 'kepala',
};
const asked = (fields: Partial<typeof query>) =>
  `.pdf?${new URLSearchParams({ ...query, ...fields })}`;

type Scene = Awaited<ReturnType<typeof makeSent>>;
async function letterOf({ scene, base }: Scene, fields: Partial<typeof query> = {}) {
  const answer = await scene.staff
    .get(base + asked(fields))
    .buffer(true)
    .parse(binary);
  expect(answer.status).toBe(200);
  const file = answer.body as Buffer;
  const pages = await readPdf(file);
  return { file, pages, text: JSON.stringify(pages) };
}

function guestsOf({ id: trainingId }: { id: number }, count: number, kelurahanId: number) {
  const taken = new Set<string>();
  return Array.from({ length: count }, (_, index) => {
    const name = `Tamu ${index}`;
    const code = takeCode(taken);
    const tokenHash = hashOfToken(invitationToken({ trainingId, code }));
    const kind = 'guest' as const;
    return { trainingId, kelurahanId, kind, name, sortName: name, code, tokenHash };
  });
}

test('one letter in the official layout, with the list of invitees as its annex', async () => {
  const sent = await makeSent();
  expect((await sent.scene.staff.get(sent.base)).text).toContain('value="lampiran" checked');
  const { text } = await letterOf(sent);
  for (const words of [
    '005/12/2031',
    'Penting',
    '1 (satu) berkas',
    'Undangan pelatihan',
    '1 Agustus 2031',
    'sebagaimana daftar terlampir',
    'Hari/Tanggal : Kamis, 7 Agustus 2031 Waktu : 08.00–15.00 WIB Tempat : Bale Hinggil',
    '1. Tugas pengurus, 08.00–11.00 WIB 2. Dialog, 12.30–15.00 WIB',
    'Hj. Sri Wahyuni, S.Sos.',
    'DAFTAR UNDANGAN',
    'Ahmad Satu',
    'Citra Tiga',
    'Halaman 2 dari 2',
  ])
    expect(text).toContain(words);
  for (const { code } of await invitationsOf(sent.training.id)) expect(text).not.toContain(code);
  const trail = await rowsOf<{ row: { bentuk: string; rows: number } }>(
    `SELECT new_row AS row FROM audit.events WHERE action = 'export' AND table_name = 'training_invitations' ORDER BY id DESC LIMIT 1`,
  );
  expect(trail[0]?.row).toMatchObject({ bentuk: 'lampiran', rows: 2 });
});

test('a letter for each has their own code on a page of its own, and nobody else', async () => {
  const sent = await makeSent();
  const { pages, text } = await letterOf(sent, { bentuk: 'perorangan', nomor: '' });
  const [first, second] = await invitationsOf(sent.training.id);
  expect(text).toContain(first?.code);
  expect(text).toContain(second?.code);
  expect(text).toContain('..............................');
  expect(text).not.toContain('Halaman');
  expect(pages).toHaveLength(2);
  expect(JSON.stringify(pages[0])).not.toContain(second?.code);
  for (const words of [
    'Yth. Ahmad Satu',
    `Kode kehadiran: ${first?.code}`,
    'lalu isi kode di atas',
  ])
    expect(JSON.stringify(pages[0])).toContain(words);
});

test('sessions of several days stand in a table, each with its day, time, place and topic', async () => {
  const sent = await makeSent();
  const second = sent.training.sessions[1];
  await inTests((tx) =>
    tx.trainingSession.update({
      where: { id: second?.id ?? 0 },
      data: {
        startsAt: new Date('2031-08-08T08:00:00+07:00'),
        endsAt: new Date('2031-08-08T10:00:00+07:00'),
        venue: 'Aula Kelurahan',
      },
    }),
  );
  const { text } = await letterOf(sent);
  expect(text).toContain('Kamis, 7 Agustus 2031 08.00–11.00 WIB Bale Hinggil Tugas pengurus');
  expect(text).toContain('Jumat, 8 Agustus 2031 08.00–10.00 WIB Aula Kelurahan Dialog');
});

test('the head of the office signs, whom the training names, or a deputy by hand', async () => {
  const sent = await makeSent();
  const before = await sent.scene.staff.get(sent.base);
  expect(before.text).toContain('value="Undangan Pelatihan Surat"');
  expect(before.text).toContain('value="kepala" selected');
  expect(before.text).not.toContain('value="sertifikat"');
  await inTests((tx) =>
    tx.training.update({
      where: { id: sent.training.id },
      data: { signatoryTitle: 'Sekretaris Uji', signatoryName: 'Rahmat Pejabat' },
    }),
  );
  const after = await sent.scene.staff.get(sent.base);
  expect(after.text).toContain('value="sertifikat" selected');
  expect(after.text).toContain('Sekretaris Uji, Rahmat Pejabat (seperti pada sertifikat)');
  const named = await letterOf(sent, { ttd: 'sertifikat' });
  expect(named.text).toContain('Sekretaris Uji, Rahmat Pejabat');
  expect((await letterOf(sent)).text).toContain('Hj. Sri Wahyuni');
  const byHand = await letterOf(sent, { ttd: 'kosong' });
  expect(byHand.text).not.toContain('Hj. Sri Wahyuni');
  expect(byHand.text).not.toContain('Rahmat Pejabat');
});

test('the QR of a letter leads to the private link of its invitee', async () => {
  const sent = await makeSent();
  const { file } = await letterOf(sent, { bentuk: 'perorangan' });
  const invitations = await invitationsOf(sent.training.id);
  expect(await readQrCodes(file)).toEqual(
    invitations.map((invitation) => config().publicUrl + linkOf(invitation)),
  );
});

test('300 letters hold up nobody else', async () => {
  const { scene, training, base } = await makeSent({ isComposed: true });
  await inTests(async (tx) => {
    const { id } = training;
    await tx.trainingInvitation.createMany({ data: guestsOf(training, 298, scene.kelurahan.id) });
    await tx.training.update({ where: { id }, data: { invitedAt: new Date() } });
  });
  const started = performance.now();
  const state = { isWritten: false, longest: 0 };
  const asking = scene.staff
    .get(base + asked({ bentuk: 'perorangan' }))
    .buffer(true)
    .parse(binary)
    .then((answer) => {
      state.isWritten = true;
      return answer.body as Buffer;
    });
  while (!state.isWritten) {
    const from = performance.now();
    expect((await scene.stranger.get('/masuk')).status).toBe(200);
    state.longest = Math.max(state.longest, performance.now() - from);
  }
  const file = await asking;
  expect(file.toString('latin1').match(/\/Type \/Page\b/g)).toHaveLength(300);
  expect(state.longest).toBeLessThan((performance.now() - started) / 2);
});

test('a form with mistakes comes back with what was typed; the rest is for the organiser of a sent list', async () => {
  const sent = await makeSent();
  const { scene, base } = sent;
  const wrong = await scene.staff.get(base + asked({ tanggalDay: '32', hal: '' }));
  expect(wrong.status).toBe(422);
  expect(wrong.text).toContain('Isi hal surat');
  expect(wrong.text).toContain('Tanggal ini tidak ada');
  expect(wrong.text).toContain('value="005/12/2031"');
  expect(wrong.text).toContain('value="32"');
  for (const bad of [{ bentuk: 'x' }, { ttd: 'presiden' }, { hal: 'a'.repeat(181) }])
    expect((await scene.staff.get(base + asked(bad))).status).toBe(422);
  for (const hostile of [
    '.pdf',
    '.pdf?bentuk=lampiran',
    asked({}) + '&nomor[]=1',
    asked({}) + '&x=1',
  ])
    expect([400, 422], hostile).toContain((await scene.staff.get(base + hostile)).status);
  const markup = await scene.staff.get(base + asked({ tanggalDay: '', nomor: '"><script>x' }));
  expect(markup.text).not.toContain('<script>x');
  expect((await scene.staff.get(base + asked({ nomor: 'a\0b' }))).status).toBe(400);
  expect((await scene.staff.get(base + asked({ nomor: 'a'.repeat(81) }))).status).toBe(422);
  expect((await scene.neighbour.get(base + asked({}))).status).toBe(404);
  expect((await scene.camat.get(base + asked({}))).status).toBe(403);
  expect((await scene.officer.get(base)).status).toBe(403);
  await inTests((tx) =>
    tx.training.update({
      where: { id: sent.training.id },
      data: { status: 'cancelled', cancelReason: 'Bentrok' },
    }),
  );
  const cancelled = await scene.staff.get(base);
  expect(cancelled.status).toBe(409);
  expect(cancelled.text).toContain('Pelatihan ini dibatalkan');
});

test('before the list is sent there is no letter yet, and the page says why', async () => {
  const { scene, training, base } = await makeSent({ isComposed: true });
  for (const path of [base, base + asked({}), base + asked({ hal: '' })]) {
    const early = await scene.staff.get(path);
    expect(early.status).toBe(409);
    expect(early.text).toContain('Undangan belum dikirim');
    expect(early.text).toContain('nama pada daftar masih dapat berubah');
    expect(early.text).toContain(`href="/pelatihan/${training.id}/undangan"`);
  }
});
