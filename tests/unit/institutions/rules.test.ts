import { expect, test } from 'vitest';
import {
  decreeBadge,
  missingTasks,
  nameOf,
  scoreTone,
  seesPhones,
  statusBadge,
  termSentence,
} from '#src/institutions/rules.ts';

const today = '2026-08-17';

test.each([
  [null, 'Belum ada SK'],
  ['infinity', 'SK berlaku'],
  ['2026-08-17', 'SK berakhir'],
  ['2026-08-18', 'SK berakhir 1 hari lagi'],
  ['2026-11-15', 'SK berakhir 90 hari lagi'],
  ['2026-11-16', 'SK berlaku'],
])('a term that ends on %s is shown as %s', (termEndsOn, label) => {
  expect(decreeBadge(termEndsOn, today).label).toBe(label);
});

test('a dormant institution is not active whatever its decree says', () => {
  expect(statusBadge({ status: 'dormant', termEndsOn: '2030-01-01' }, today).label).toBe(
    'Tidak aktif',
  );
});

test('people see the last day of a term', () => {
  expect(termSentence({ startsOn: '2025-05-07', termEndsOn: '2030-05-07' }, today)).toBe(
    'Masa bakti 2025–2030, SK berlaku sampai 6 Mei 2030',
  );
});

const rt = { territory: 'rt', shortName: 'RT' };

test('an RT is named by its numbers', () => {
  expect(nameOf(rt, { name: 'apa saja', rtNumber: 1, rwNumber: 2 })).toEqual({
    name: 'RT 001/RW 002',
    rtNumber: 1,
    rwNumber: 2,
  });
});

test('an RW has no RT number', () => {
  expect(
    nameOf({ territory: 'rw', shortName: 'RW' }, { name: null, rtNumber: 9, rwNumber: 2 }),
  ).toEqual({
    name: 'RW 002',
    rtNumber: null,
    rwNumber: 2,
  });
});

test('an RT without its number is asked for it', () => {
  expect(nameOf(rt, { name: null, rtNumber: null, rwNumber: 2 })).toMatchObject({
    field: 'rtNumber',
  });
});

test('another institution keeps the name as typed', () => {
  const pokmas = { territory: 'kelurahan', shortName: 'Pokmas' };
  expect(nameOf(pokmas, { name: "Ma'ruf <3", rtNumber: 1, rwNumber: 1 })).toEqual({
    name: "Ma'ruf <3",
    rtNumber: null,
    rwNumber: null,
  });
});

test('auditors and the kecamatan see no phone', () => {
  expect(
    (['admin', 'lurah', 'staff', 'officer', 'auditor', 'kecamatan'] as const).filter((role) =>
      seesPhones({ role }),
    ),
  ).toEqual(['admin', 'lurah', 'staff', 'officer']);
});

const profile = {
  id: 5,
  address: null,
  phone: '+6281234567890',
  foundedOn: null,
  decreeNumber: '1',
};
const gap = {
  kind: 'person',
  seatId: 3,
  seatName: 'Bendahara',
  personId: 8,
  personName: 'Siti',
  noNik: true,
  noPhone: true,
  noBirthDate: false,
} as const;

test('staff are led to where each missing thing is mended', () => {
  const tasks = missingTasks(profile, [{ ...gap, kind: 'seat' }, gap], {
    write: true,
    propose: true,
    contact: false,
  });
  expect(tasks.map(({ title, action }) => [title, action?.href])).toEqual([
    ['Alamat sekretariat belum diisi', '/lembaga/5/ubah#address'],
    ['Tanggal dibentuk belum diisi', '/lembaga/5/ubah#foundedOn'],
    ['Bendahara kosong', '/usulan/baru?lembaga=5&kursi=3'],
    ['NIK dan nomor HP Siti belum diisi', '/orang/8/ubah'],
  ]);
});

test('a chair mends contacts at once and learns who fills in the rest', () => {
  const tasks = missingTasks(profile, [gap], { write: false, propose: true, contact: true });
  expect(tasks.map(({ title, action, note }) => [title, action?.href ?? note])).toEqual([
    ['Alamat sekretariat belum diisi', '/lembaga/5/kontak#address'],
    ['Tanggal dibentuk belum diisi', 'Dilengkapi staf kelurahan'],
    ['Nomor HP Siti belum diisi', '/orang/8/kontak'],
    ['NIK Siti belum diisi', 'Bendahara. Dilengkapi staf kelurahan'],
  ]);
});

test('whoever may mend nothing learns who does', () => {
  const tasks = missingTasks(profile, [gap], { write: false, propose: false, contact: false });
  expect(tasks.every(({ action, note }) => action === undefined && note !== undefined)).toBe(true);
});

test('a low completeness is marked from 75 and again from 60 percent', () => {
  expect([100, 75, 74, 60, 59, 0, null].map(scoreTone)).toEqual([
    undefined,
    undefined,
    'warn',
    'warn',
    'bad',
    'bad',
    undefined,
  ]);
});
