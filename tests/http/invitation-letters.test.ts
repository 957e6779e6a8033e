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
  jabatan: 'a.n. Camat Uji, Sekretaris',
  tanggalDay: '1',
  tanggalMonth: '8',
  tanggalYear: '2031',
};
type Fields = Partial<typeof query> & {
  untuk?: string;
  nama?: string;
  pangkat?: string;
  nip?: string;
};
const asked = (fields: Fields) => `.pdf?${new URLSearchParams({ ...query, ...fields })}`;

type Scene = Awaited<ReturnType<typeof makeSent>>;
async function letterOf({ scene, base }: Scene, fields: Fields = {}) {
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
    'Kamis, 7 Agustus 2031',
    'pukul 08.00–11.00 WIB',
    'Bale Hinggil',
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
  expect(JSON.stringify(pages[0])).toContain('Ahmad Satu');
  expect(JSON.stringify(pages[0])).toContain('lalu isi kode di atas');
});

test('whoever is typed signs; at first it is the head of the office', async () => {
  const sent = await makeSent();
  await inTests((tx) =>
    tx.kelurahan.update({
      where: { id: sent.scene.kelurahan.id },
      data: { headName: 'Hj. Nurul Uji', headRank: 'Penata', headNip: '197508172000031001' },
    }),
  );
  const form = await sent.scene.staff.get(sent.base);
  for (const words of [`Lurah ${sent.scene.kelurahan.name}`, 'Hj. Nurul Uji', '197508172000031001'])
    expect(form.text).toContain(`value="${words}"`);
  const { text } = await letterOf(sent, {
    nama: 'Drs. Slamet Uji',
    pangkat: 'Pembina',
    nip: '19700101 199003 1 001',
  });
  for (const words of [
    'a.n. Camat Uji, Sekretaris',
    'Drs. Slamet Uji',
    'Pembina',
    'NIP 19700101 199003 1 001',
  ])
    expect(text).toContain(words);
  const wrong = await sent.scene.staff.get(sent.base + asked({ nip: 'abc', jabatan: '' }));
  expect(wrong.status).toBe(422);
  expect(wrong.text).toContain('Isi NIP dengan angka');
  expect(wrong.text).toContain('Isi jabatan penanda tangan');
});

test('letters are printed for those whom a phone does not reach, the annex has everybody', async () => {
  const sent = await makeSent();
  const [first, second] = await invitationsOf(sent.training.id);
  const change = (id: number | undefined, data: { phone?: string; toldAt?: Date }) =>
    inTests((tx) => tx.trainingInvitation.update({ where: { id: id ?? 0 }, data }));
  await change(first?.id, { phone: '+6281200000001' });
  const personal = { bentuk: 'perorangan' };
  const paper = await letterOf(sent, { ...personal, untuk: 'tanpa-hp' });
  expect(paper.pages).toHaveLength(1);
  expect(paper.text).toContain('Citra Tiga');
  await change(second?.id, { phone: '+6281200000002', toldAt: new Date() });
  const unsent = await letterOf(sent, { ...personal, untuk: 'belum' });
  expect(unsent.text).toContain('Ahmad Satu');
  expect(unsent.text).not.toContain('Citra Tiga');
  expect((await letterOf(sent, { untuk: 'tanpa-hp' })).text).toContain('Citra Tiga');
  const nobody = await sent.scene.staff.get(sent.base + asked({ ...personal, untuk: 'tanpa-hp' }));
  expect(nobody.status).toBe(422);
  expect(nobody.text).toContain('Tidak ada yang diundang seperti ini');
  expect((await sent.scene.staff.get(sent.base + asked({ untuk: 'x' }))).status).toBe(422);
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

test('a form with mistakes comes back with what was typed; the rest is for the organiser of a sent list', async () => {
  const sent = await makeSent();
  const { scene, base } = sent;
  const wrong = await scene.staff.get(base + asked({ tanggalDay: '32', hal: '' }));
  expect(wrong.status).toBe(422);
  expect(wrong.text).toContain('Isi hal surat');
  expect(wrong.text).toContain('Tanggal ini tidak ada');
  expect(wrong.text).toContain('value="005/12/2031"');
  expect((await scene.staff.get(base + asked({ bentuk: 'x' }))).status).toBe(422);
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
  expect((await scene.staff.get(base)).status).toBe(409);
  const composed = await makeSent({ isComposed: true });
  expect((await composed.scene.staff.get(composed.base)).status).toBe(409);
});
