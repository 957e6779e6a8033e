import { expect, test } from 'vitest';
import { addDays, date, today } from '#src/format.ts';
import { makeInstitution, makePerson, makeTenure, seatOf } from '../support/fixtures.ts';
import {
  approveProposal,
  makeImportScene,
  pressImport,
  previewLines,
  type Line,
} from '../support/imports.ts';
import { rowsOf } from '../support/superuser.ts';

/** A file that names the holder of a vacant seat where somebody stands in (Plt.). */

async function makeScene() {
  const scene = await makeImportScene();
  const institution = await makeInstitution({
    kelurahanId: scene.kelurahan.id,
    name: 'Pokmas Sinar Mulia',
  });
  const chair = await makePerson({ name: 'Budi Santoso', birthDate: '1971-01-02' });
  await makeTenure({
    institutionId: institution.id,
    seatId: (await seatOf(institution.id)).id,
    personId: chair.id,
  });
  const seat = await seatOf(institution.id, 'secretary');
  const acting = await makePerson({ name: 'Siti Aminah', birthDate: '1980-08-17' });
  const standIn = async (personId: number) =>
    makeTenure({
      institutionId: institution.id,
      seatId: seat.id,
      personId,
      kind: 'acting',
      startOn: addDays(today(), -30),
      plannedEndOn: addDays(today(), 60),
    });
  const tenure = await standIn(acting.id);
  return { ...scene, institution, acting, tenure };
}

const secretary = (name: string, more: Line = {}): Line => ({
  Nama: name,
  'L/P': 'P',
  'Tanggal Lahir': '17-08-1980',
  Pendidikan: 'SMA',
  'Jenis LKK': 'Pokmas',
  'Nama LKK': 'Pokmas Sinar Mulia',
  Jabatan: 'Sekretaris',
  Mulai: today(),
  ...more,
});

const tenuresIn = (institutionId: number) =>
  rowsOf(
    `SELECT q.name, t.kind, t.ended_on::text AS ended, t.end_reason AS reason FROM tenures t JOIN people q ON q.id = t.person_id
     WHERE t.institution_id = $1 ORDER BY t.id`,
    [institutionId],
  );
const proposalIn = async (address: string) => {
  const [row] = await rowsOf<{ id: number; outgoing: number | null }>(
    `SELECT l.roster_change_id AS id, l.outgoing_tenure_id AS outgoing
     FROM import_rows r JOIN roster_change_lines l USING (roster_change_id) WHERE r.batch_id = $1`,
    [Number(address.split('/')[2])],
  );
  return row ?? expect.fail('no proposal');
};

test('the new holder of a vacant seat ends whoever stands in, as a typed proposal does', async () => {
  const scene = await makeScene();
  const { address, outcomes, text } = await previewLines(scene.browser, [
    secretary('Dewi Lestari'),
  ]);
  expect(outcomes, text).toEqual(['new']);
  expect(text).toContain('Siti Aminah berhenti menjadi pelaksana (Plt.) saat usulan ini berlaku');
  await pressImport(scene.browser, address, 'penerapan');
  const proposal = await proposalIn(address);
  expect(proposal.outgoing).toBe(scene.tenure.id);
  const answer = await approveProposal(scene.lurahBrowser, proposal.id, '188.45/41');
  expect(answer.status, answer.text).toBe(303);
  expect(await tenuresIn(scene.institution.id)).toMatchObject([
    { name: 'Budi Santoso', ended: null },
    { name: 'Siti Aminah', kind: 'acting', ended: today(), reason: 'definitive_appointed' },
    { name: 'Dewi Lestari', kind: 'midterm', ended: null },
  ]);
  expect((await previewLines(scene.browser, [secretary('Dewi Lestari')])).outcomes).toEqual([
    'same',
  ]);
});

test('whoever stood in and gets the seat is recorded once', async () => {
  const scene = await makeScene();
  const { address, outcomes, text } = await previewLines(scene.browser, [secretary('SITI AMINAH')]);
  expect(outcomes, text).toEqual(['new']);
  await pressImport(scene.browser, address, 'penerapan');
  const { id } = await proposalIn(address);
  const answer = await approveProposal(scene.lurahBrowser, id, '188.45/42');
  expect(answer.status, answer.text).toBe(303);
  expect(
    await rowsOf(
      `SELECT kind, ended_on IS NOT NULL AS over FROM tenures WHERE person_id = $1 ORDER BY id`,
      [scene.acting.id],
    ),
  ).toEqual([
    { kind: 'acting', over: true },
    { kind: 'midterm', over: false },
  ]);
});

test('a start that is not after the first day of whoever stands in is said at the cell', async () => {
  const scene = await makeScene();
  const day = addDays(today(), -30);
  const { outcomes, text } = await previewLines(scene.browser, [
    secretary('Dewi Lestari', { Mulai: day }),
  ]);
  expect(outcomes).toEqual(['wrong']);
  expect(text).toContain(
    `Sel H2: Tanggal mulai ${date(day)} tidak sesudah ${date(day)}, hari pertama Siti Aminah menjadi pelaksana (Plt.) jabatan ini`,
  );
});

test('whoever began to stand in after the preview keeps the row back', async () => {
  const scene = await makeScene();
  const { address } = await previewLines(scene.browser, [
    secretary('Dewi Lestari', { Jabatan: 'Bendahara' }),
  ]);
  await makeTenure({
    institutionId: scene.institution.id,
    seatId: (await seatOf(scene.institution.id, 'treasurer')).id,
    personId: (await makePerson()).id,
    kind: 'acting',
    startOn: addDays(today(), -3),
    plannedEndOn: addDays(today(), 60),
  });
  await pressImport(scene.browser, address, 'penerapan');
  const page = (await scene.browser.get(address)).text;
  expect(page).toContain('Pelaksana (Plt.) jabatan ini berubah sejak berkas diperiksa');
});

test('a start that is not after the first day of the old holder is said at the cell, and who leaves', async () => {
  const scene = await makeScene();
  const chair = (day: string) =>
    secretary('Dewi Lestari', { Jabatan: 'Ketua', Mulai: day, Selesai: '6-5-2030' });
  const early = await previewLines(scene.browser, [chair('7-5-2025')]);
  expect(early.outcomes).toEqual(['wrong']);
  expect(early.text).toContain(
    'Tanggal mulai 7 Mei 2025 tidak sesudah 7 Mei 2025, hari pertama Budi Santoso dalam jabatan ini',
  );
  const later = await previewLines(scene.browser, [chair(today())]);
  expect(later.outcomes, later.text).toEqual(['changed']);
  expect(later.text).toContain('Budi Santoso berhenti dari jabatan ini saat usulan ini berlaku');
});
