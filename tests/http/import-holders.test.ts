import { expect, test } from 'vitest';
import { addDays, today } from '#src/format.ts';
import {
  makeInstitution,
  makePerson,
  makeTenure,
  seatOf,
  syntheticNik,
} from '../support/fixtures.ts';
import { makeImportScene, previewLines, type Line } from '../support/imports.ts';
import { rowsOf } from '../support/superuser.ts';

/** What a file says of people who are in office already. */

async function makeScene() {
  const { kelurahan, browser } = await makeImportScene();
  const institution = await makeInstitution({
    kelurahanId: kelurahan.id,
    name: 'Pokmas Sinar Mulia',
  });
  const nik = syntheticNik();
  const person = await makePerson({ name: 'Budi Santoso', nik, sex: 'male' });
  const seat = await seatOf(institution.id);
  const place = { institutionId: institution.id, seatId: seat.id };
  await makeTenure({ ...place, personId: person.id });
  const [office] = await rowsOf<{ number: string }>(
    `SELECT d.number FROM tenures t JOIN decrees d ON d.id = t.appointing_decree_id WHERE t.person_id = $1`,
    [person.id],
  );
  const chair: Line = {
    Nama: 'Budi Santoso',
    'Jenis LKK': 'Pokmas',
    'Nama LKK': 'Pokmas Sinar Mulia',
    Jabatan: 'Ketua',
  };
  return { kelurahan, browser, nik, place, chair, decree: office?.number ?? '' };
}

test('the recorded decree and term are the same, however the number is written', async () => {
  const scene = await makeScene();
  const { outcomes } = await previewLines(scene.browser, [
    {
      ...scene.chair,
      'No SK': ` ${scene.decree.replaceAll('/', ' / ')}`,
      'Tanggal SK': '7 Mei 2025',
      Mulai: '7-5-2025',
      Selesai: '6-5-2030',
      'Masa bakti': '2025–2030',
    },
  ]);
  expect(outcomes).toEqual(['same']);
});

test.each([
  ['No SK', '188.45/999/LAIN/2025', 'Nomor SK di berkas “188.45/999/LAIN/2025”, yang tercatat “'],
  ['Tanggal SK', '8-5-2025', 'Tanggal SK di berkas “8 Mei 2025”, yang tercatat “7 Mei 2025”'],
  ['Mulai', '1-1-2026', 'Tanggal mulai di berkas “1 Januari 2026”, yang tercatat “7 Mei 2025”'],
  ['Selesai', '6-5-2031', 'Tanggal selesai di berkas “6 Mei 2031”, yang tercatat “6 Mei 2030”'],
])(
  'another %s of somebody in office is said in its cell, with what to do',
  async (head, value, sentence) => {
    const scene = await makeScene();
    const { outcomes, text, address } = await previewLines(scene.browser, [
      { ...scene.chair, [head]: value, 'No HP': '0812-3456-7890' },
    ]);
    expect(outcomes).toEqual(['wrong']);
    expect(text).toContain(`Sel E2: ${sentence}`);
    expect(text).toContain('ajukan di halaman Usulan');
    expect((await scene.browser.get(`${address}?saring=bermasalah`)).text).toContain(
      'Budi Santoso',
    );
  },
);

test('years alone are no other term', async () => {
  const scene = await makeScene();
  expect(
    (await previewLines(scene.browser, [{ ...scene.chair, 'Masa bakti': '2020-2025' }])).outcomes,
  ).toEqual(['same']);
});

test('a NIK that disagrees with birth date, sex or region is a note in its cell and blocks nothing', async () => {
  const scene = await makeScene();
  // Of a woman born on 17 May 1980 (57 is 17 and 40), first registered in another region.
  const nik = `1101${syntheticNik().slice(4)}`;
  const { outcomes, text } = await previewLines(scene.browser, [
    {
      ...scene.chair,
      Nama: 'Agus Wijaya',
      Jabatan: 'Sekretaris',
      NIK: nik,
      'L/P': 'L',
      'Tanggal Lahir': '18-05-1980',
    },
  ]);
  expect(outcomes).toEqual(['new']);
  expect(text).toContain('Sel E2: Tanggal lahir berbeda dari NIK');
  expect(text).toContain('Sel E2: Jenis kelamin berbeda dari NIK (perempuan)');
  expect(text).toContain('Sel E2: NIK pertama kali terdaftar di luar kecamatan ini');
  expect(text).not.toContain(nik);
});

test('a NIK is compared with what is recorded when the file says nothing of birth and sex', async () => {
  const scene = await makeScene();
  const { outcomes, text } = await previewLines(scene.browser, [
    { ...scene.chair, NIK: scene.nik },
  ]);
  expect(outcomes).toEqual(['same']);
  expect(text).toContain('Jenis kelamin berbeda dari NIK (perempuan)');
});

test('whoever stands in is recognised, and somebody else does not stand in beside', async () => {
  const scene = await makeScene();
  const acting = await makePerson({ name: 'Siti Aminah', birthDate: '1975-02-03' });
  await makeTenure({
    ...scene.place,
    personId: acting.id,
    kind: 'acting',
    startOn: addDays(today(), -10),
    plannedEndOn: addDays(today(), 60),
  });
  const known = { ...scene.chair, Nama: 'Siti Aminah', Jabatan: 'Plt. Ketua' };
  expect((await previewLines(scene.browser, [scene.chair, known])).outcomes).toEqual([
    'same',
    'same',
  ]);
  const changed = await previewLines(scene.browser, [{ ...known, 'No HP': '0812-3456-7890' }]);
  expect(changed.outcomes).toEqual(['changed']);
  expect(changed.text).toContain('Nomor HP: kosong menjadi 0812-3456-7890');
  for (const post of ['Plt. Ketua', 'Pj Ketua', 'Pelaksana Tugas Ketua', 'PLH KETUA']) {
    const other = await previewLines(scene.browser, [
      { ...known, Nama: 'Orang Lain', Jabatan: post },
    ]);
    expect(other.outcomes).toEqual(['wrong']);
    expect(other.text).toContain(
      'Siti Aminah sudah menjadi pelaksana (Plt.) Ketua Pokmas Sinar Mulia sampai',
    );
  }
});

test('a successor who begins later is no change, and the present holder stays', async () => {
  const scene = await makeScene();
  const secretary = {
    ...scene.place,
    seatId: (await seatOf(scene.place.institutionId, 'secretary')).id,
  };
  const [present, next] = [
    await makePerson({ name: 'Dewi Lestari', birthDate: '1981-01-01' }),
    await makePerson({ name: 'Eko Prasetyo', birthDate: '1982-02-02' }),
  ];
  const change = addDays(today(), 20);
  await makeTenure({ ...secretary, personId: present.id, plannedEndOn: change });
  await makeTenure({ ...secretary, personId: next.id, startOn: change });
  const line = { ...scene.chair, Jabatan: 'Sekretaris' };
  for (const name of ['Dewi Lestari', 'Eko Prasetyo'])
    expect((await previewLines(scene.browser, [{ ...line, Nama: name }])).outcomes, name).toEqual([
      'same',
    ]);
});
