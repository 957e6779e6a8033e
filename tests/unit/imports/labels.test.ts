import { expect, test } from 'vitest';
import { columnFields, fieldOfHead } from '#src/imports/labels.ts';
import { rosterColumns } from '#src/officers/columns.ts';

test.each([
  ['Akhir Masa Jabatan', 'endOn'],
  ['Akhir Masa Bakti', 'endOn'],
  ['Tanggal Berakhir', 'endOn'],
  ['Tgl. Selesai', 'endOn'],
  ['Mulai Menjabat', 'startOn'],
  ['Tgl. Mulai', 'startOn'],
  ['Tgl Mulai Menjabat', 'startOn'],
  ['Awal Masa Jabatan', 'startOn'],
  ['Tgl Keputusan', 'decreedOn'],
  ['Tgl SK', 'decreedOn'],
  ['Tgl. SK Jabatan', 'decreedOn'],
  ['SK Jabatan', 'decreeNumber'],
  ['Nomor SK Jabatan', 'decreeNumber'],
  ['SD/MI', 'education3'],
  ['SLTP', 'education4'],
  ['SMP/MTs', 'education4'],
  ['SLTA', 'education5'],
  ['SMA/SMK', 'education5'],
  ['Pendidikan Terakhir SMA / SMK', 'education5'],
  ['SLTA/Sederajat', 'education5'],
  ['D1/D2', 'education6'],
  ['D-I/II', 'education6'],
  ['D-3', 'education7'],
  ['D.III', 'education7'],
  ['D III', 'education7'],
  ['D3', 'education7'],
  ['PENDIDIKAN D-III', 'education7'],
  ['S-1', 'education8'],
  ['S.1', 'education8'],
  ['D-IV/S-1', 'education8'],
  ['S-2', 'education9'],
  ['S 3', 'education10'],
  ['Pend. Terakhir', 'education'],
  ['Pendidikan', 'education'],
  ['Nama Posyandu', 'institution'],
  ['Nama RT', 'institution'],
  ['Nama Karang Taruna', 'institution'],
  ['Periode ke', 'termNumber'],
  ['Masa Bakti ke-', 'termNumber'],
  ['Umur (Tahun)', 'ignore'],
  ['Posisi', null],
])('the head “%s” is %s', (head, field) => {
  expect(fieldOfHead(head)).toBe(field);
});

test('every head of our own workbooks is known, and every choice of the mapping page has its own words', () => {
  for (const { label } of rosterColumns) expect(fieldOfHead(label), label).not.toBeNull();
  const labels = Object.values(columnFields);
  expect(new Set(labels).size).toBe(labels.length);
});
