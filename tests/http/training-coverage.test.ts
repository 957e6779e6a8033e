import { beforeAll, expect, test } from 'vitest';
import type { Actor } from '#src/access.ts';
import { asActor } from '#src/database.ts';
import { addDays, date, today } from '#src/format.ts';
import { certificatesIn, makeFinished, type Finished } from '../support/certificates.ts';
import { makeAccount, makeInstitution, makeKelurahan } from '../support/fixtures.ts';
import { as } from '../support/app.ts';
import { inTests } from '../support/invitations.ts';
import { readPdf } from '../support/pdf.ts';
import { binary, readWorkbook } from '../support/workbook.ts';

/** Who was trained when, on the pages of people and institutions and in the recap. */

let scene: Finished;
const longAgo = '2025-08-07';
const lately = addDays(today(), -40);

beforeAll(async () => {
  scene = await makeFinished({
    'Ahmad Lama': ['present', 'absent'],
    'Budi Baru': ['late', 'present'],
    'Citra Absen': ['absent', 'excused'],
    'Dewi Wakil': ['present', 'present'],
    'Eko Kosong': [null, null],
  });
  const [, budi, , dewi] = scene.invitations;
  await inTests(async (tx) => {
    await tx.trainingInvitation.update({
      where: { id: dewi?.id ?? 0 },
      data: { answer: 'delegated', delegateName: 'Sunarto', answeredAt: new Date() },
    });
    // A second training, of this year, for one of them; and one that was cancelled, which counts for nothing.
    for (const [status, person] of [
      ['running', budi],
      ['cancelled', scene.invitations[4]],
    ] as const) {
      const training = await tx.training.create({
        data: {
          organiserKind: 'kelurahan',
          organiserName: 'Kelurahan Uji',
          kelurahanIds: [scene.kelurahan.id],
          title: `Pelatihan ${status}`,
          status,
          ...(status === 'cancelled' ? { cancelReason: 'Hujan' } : {}),
          sessions: {
            create: {
              startsAt: new Date(`${lately}T08:00:00+07:00`),
              endsAt: new Date(`${lately}T10:00:00+07:00`),
              venue: 'Aula',
              topic: 'Materi',
              qrSecret: new Uint8Array(32),
            },
          },
        },
        include: { sessions: true },
      });
      const invitation = await tx.trainingInvitation.create({
        data: {
          trainingId: training.id,
          kind: 'officer',
          kelurahanId: scene.kelurahan.id,
          institutionId: person?.institutionId ?? 0,
          seatId: person?.seatId ?? 0,
          personId: person?.personId ?? 0,
          name: person?.name ?? '',
          sortName: person?.name ?? '',
          tokenHash: new Uint8Array(32).fill(status.length + scene.training.id),
          code: '2345AB',
        },
      });
      await tx.attendance.create({
        data: {
          trainingId: training.id,
          sessionId: training.sessions[0]?.id ?? 0,
          invitationId: invitation.id,
          status: 'present',
          method: 'tap',
        },
      });
    }
  });
});

/** The figures of a line as plain text: officers, within 12 months, longer ago, never. */
function figuresOf(html: string, name: string): string[] {
  const row =
    html.split('<tr ').find((line) => line.includes('rowheader') && line.includes(`>${name}<`)) ??
    '';
  return [...row.matchAll(/data-label="[^"]*">([^<]*)</g)].map(([, text = '']) => text);
}

test('trained is who came themselves to a training that runs or is over, today in office', async () => {
  const page = await scene.lurah.get('/laporan/pelatihan');
  expect(page.status).toBe(200);
  expect(figuresOf(page.text, 'Jumlah')).toEqual(['5', '1', '1', '3']);
  expect(page.text).toContain('Dilatih berarti hadir atau terlambat');
  const names = scene.invitations.map(({ institutionName }) => institutionName);
  expect(figuresOf(page.text, names[0] ?? '')).toEqual(['1', '0', '1', '0']);
  expect(figuresOf(page.text, names[1] ?? '')).toEqual(['1', '1', '0', '0']);
  for (const place of [2, 3, 4])
    expect(figuresOf(page.text, names[place] ?? '')).toEqual(['1', '0', '0', '1']);
  const narrowed = await scene.lurah.get('/laporan/pelatihan?jenis=RT');
  expect(narrowed.text).toContain('Belum ada lembaga jenis ini');
  expect((await scene.lurah.get('/laporan/pelatihan?jenis=XX')).status).toBe(422);
  expect((await scene.lurah.get('/laporan/pelatihan?kelurahan=1')).status).toBe(422);
});

test('the camat sees it by kelurahan, on the recap and on the first page', async () => {
  const page = await scene.camat.get('/laporan/pelatihan');
  expect(figuresOf(page.text, scene.kelurahan.name)).toEqual(['5', '1', '1', '3']);
  const inside = await scene.camat.get(`/laporan/pelatihan?kelurahan=${scene.kelurahan.code}`);
  expect(figuresOf(inside.text, 'Jumlah')).toEqual(['5', '1', '1', '3']);
  for (const url of ['/laporan', '/beranda']) {
    const recap = await scene.camat.get(url);
    expect(recap.text, url).toContain('60% dari pengurus');
    expect(recap.text, url).toContain('/laporan/pelatihan?kecamatan=');
  }
  const admin = await as(await makeAccount('admin'));
  expect(figuresOf((await admin.get('/laporan/pelatihan')).text, scene.kecamatan.name)).toEqual([
    '5',
    '1',
    '1',
    '3',
  ]);
});

test('a neighbour gets nothing of it', async () => {
  const other = await makeKelurahan({ kecamatanId: scene.kecamatan.id });
  const neighbour = await as(await makeAccount('staff', { kelurahanId: other.id }));
  const page = await neighbour.get('/laporan/pelatihan');
  expect(page.text).toContain('Belum ada lembaga jenis ini');
  const foreign = await neighbour.get(`/laporan/pelatihan?kelurahan=${scene.kelurahan.code}`);
  expect(foreign.status).toBe(404);
});

test('the function that the counts come from keeps to the scope of who asks, and to those who may ask', async () => {
  const asking = (databaseRole: Actor['databaseRole'], kelurahanIds: number[]) =>
    asActor(
      {
        id: 'tests',
        databaseRole,
        accountId: null,
        kelurahanIds,
        institutionId: null,
        requestId: '',
      },
      (tx) => tx.$queryRaw<{ id: number }[]>`SELECT person_id AS id FROM last_trained()`,
    );
  const own = (await asking('portal_kelurahan', [scene.kelurahan.id])).map(({ id }) => id);
  const [ahmad, budi] = scene.invitations;
  expect(own.toSorted((a, b) => a - b)).toEqual([ahmad?.personId, budi?.personId]);
  expect(await asking('portal_kelurahan', [])).toEqual([]);
  expect(await asking('portal_kecamatan', [])).toEqual([]);
  expect((await asking('portal_auditor', [])).length).toBeGreaterThanOrEqual(2);
  for (const role of ['portal_officer', 'portal_public'] as const)
    await expect(asking(role, [scene.kelurahan.id])).rejects.toThrow(/permission denied/);
});

test('the workbook holds what the page counts', async () => {
  const file = await scene.lurah.get('/laporan/pelatihan.xlsx').buffer().parse(binary);
  const rows = readWorkbook(file.body);
  expect(rows.at(-1)?.slice(0, 6)).toEqual(['Jumlah', null, 5, 1, 1, 3]);
});

test('on paper it bears the letterhead of the place it is narrowed to, and its head signs', async () => {
  const camat = await as(await makeAccount('kecamatan', { kecamatanId: scene.kecamatan.id }));
  const narrowed = `kelurahan=${scene.kelurahan.code}`;
  const page = await camat.get(`/laporan/pelatihan?${narrowed}`);
  expect(page.text).toContain(`name="kelurahan" value="${scene.kelurahan.code}"`);
  expect(page.text).toContain('<option value="lurah-camat">');
  const textOf = async (query: string) => {
    const file = await camat.get(`/laporan/pelatihan.pdf?${query}`).buffer().parse(binary);
    return (await readPdf(file.body)).join(' ');
  };
  const text = await textOf(narrowed);
  expect(text).toContain(`KELURAHAN ${scene.kelurahan.name}`.toUpperCase());
  expect(text).toContain(`Lurah ${scene.kelurahan.name}`);
  expect(text).toMatch(/Jumlah\s+5\s+1\s+1\s+3/);
  expect(await textOf('')).toContain(`Camat ${scene.kecamatan.name}`);
  for (const wrong of ['jenis=X', 'ttd=x'])
    expect((await camat.get(`/laporan/pelatihan.pdf?${wrong}`)).status).toBe(422);
});

test('a person shows the trainings and certificates, an institution who was trained when', async () => {
  await scene.staff.post(`${scene.base}/penerbitan`);
  const [ahmad, budi, citra, dewi] = scene.invitations;
  const issued = await certificatesIn(scene.training.id);
  const number = issued.find(({ personId }) => personId === budi?.personId)?.number;
  const person = await scene.staff.get(`/orang/${budi?.personId}`);
  for (const words of ['hadir 2 dari 2 sesi', `nomor ${number}`, 'Pelatihan running'])
    expect(person.text).toContain(words);
  expect((await scene.staff.get(`/orang/${citra?.personId}`)).text).not.toContain(
    'Pelatihan yang diikuti',
  );
  expect((await scene.staff.get(`/orang/${dewi?.personId}`)).text).not.toContain(
    'Pelatihan yang diikuti',
  );
  const trained = await scene.staff.get(`/lembaga/${ahmad?.institutionId}`);
  expect(trained.text).toContain('1 dari 1 pengurus pernah dilatih');
  expect(trained.text).toContain(date(longAgo));
  expect((await scene.officer.get(`/lembaga/${ahmad?.institutionId}`)).text).toContain(
    '1 dari 1 pengurus pernah dilatih',
  );
  const never = await scene.staff.get(`/lembaga/${citra?.institutionId}`);
  expect(never.text).toContain('Belum pernah');
});

test('an institution without officers is counted with none', async () => {
  const kelurahan = await makeKelurahan();
  const institution = await makeInstitution({ kelurahanId: kelurahan.id });
  const staff = await as(await makeAccount('staff', { kelurahanId: kelurahan.id }));
  const page = await staff.get('/laporan/pelatihan');
  expect(figuresOf(page.text, institution.name)).toEqual(['0', '0', '0', '0']);
  expect((await staff.get('/laporan')).text).not.toContain('Lihat cakupan pelatihan');
});
