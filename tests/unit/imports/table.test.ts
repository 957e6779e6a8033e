import { expect, test } from 'vitest';
import { tableOf } from '#src/imports/table.ts';
import { columnName } from '#src/imports/workbook.ts';

type Text = string | null;

/** The table of a sheet with these rows, by heads. */
function read(...sheets: Text[][][]) {
  return tableOf(
    sheets.map((rows, index) => ({
      name: `Lembar ${index + 1}`,
      merges: [],
      part: '',
      grid: new Map(
        rows.map((cells, row) => [
          row + 1,
          new Map(cells.flatMap((text, column) => (text === null ? [] : [[column, text]]))),
        ]),
      ),
    })),
    columnName,
  );
}
const names = (...sheets: Text[][][]) => {
  const { columns, rows } = read(...sheets);
  const at = columns.findIndex(({ label }) => label === 'Nama');
  return rows.map(({ cells }) => cells[at]);
};

const head = ['No', 'Nama', 'L/P', 'Alamat', 'Jabatan', 'Nama LKK'];
const officer = (number: string, name: string) => [number, name, 'L', 'Jl. A', 'Ketua', 'RW 01'];

test('two who sign side by side below the table are no officers', () => {
  expect(
    names([
      head,
      officer('1', 'Budi'),
      officer('2', 'Umar'),
      [null, 'Mengetahui,', null, null, 'Probolinggo, 1 Juni 2025'],
      [null, 'Camat Kanigaran', null, null, 'Lurah Kebonsari'],
      [null, 'Pembina Tk. I', null, null, 'Penata'],
      [null, 'Drs. Agus Salim, M.Si.', null, null, 'Dra. Hj. Endah'],
      [null, 'NIP. 197001011990031001', null, null, 'NIP. 197001011990032002'],
      [null, 'Dra. Hj. Endah', null, null, 'NIP. 197001011990032002'],
    ]),
  ).toEqual(['Budi', 'Umar']);
});

test('who signs below a table without numbers is no officer, and a table that follows is read', () => {
  const short = (name: string) => [name, 'Ketua', 'RW 01', 'L'];
  expect(
    names([
      ['Nama', 'Jabatan', 'Nama LKK', 'L/P'],
      short('Budi'),
      [null, null, 'Probolinggo, .... Juni 2025'],
      ['Ketua LPM', 'Lurah Jati'],
      ['H. Salim', 'Dra. Endah'],
      [null, 'NIP. 197001011990032002'],
      ['Nama', 'Jabatan', 'Nama LKK', 'L/P'],
      short('Umar'),
    ]),
  ).toEqual(['Budi', 'Umar']);
});

test('a post by office and a number of a civil servant are no signature within the table', () => {
  expect(
    names([
      [...head, 'Keterangan'],
      ['1', 'Sri', 'P', null, 'Pembina', null, 'Lurah'],
      [...officer('2', 'Endah'), 'NIP. 197001011990032002'],
      ['3', 'Umar', null, null, 'Anggota'],
    ]),
  ).toEqual(['Sri', 'Endah', 'Umar']);
});

test('a column without a head that holds something of an officer is a column', () => {
  const { columns, rows } = read([
    ['Nama', 'Jabatan', 'L/P', null, 'Nama LKK', null],
    ['Budi', 'Ketua', 'L', '08123', 'RW 01'],
    [null, null, null, null, null, 'catatan'],
  ]);
  expect(columns.map(({ label, letters }) => [label, letters['Lembar 1']])).toEqual([
    ['Nama', 'A'],
    ['Jabatan', 'B'],
    ['L/P', 'C'],
    ['Nama LKK', 'E'],
    ['', 'D'],
  ]);
  expect(rows.map(({ cells }) => cells)).toEqual([['Budi', 'Ketua', 'L', 'RW 01', '08123']]);
});

test('a second column of the same thing is kept where it says something else', () => {
  const table = (second: string) =>
    read([
      ['Nama', 'Jabatan', 'No SK', 'Nomor Keputusan'],
      ['Budi', 'Ketua', '188/1', second],
    ]).columns.map(({ label }) => label);
  expect(table('188/2')).toEqual(['Nama', 'Jabatan', 'No SK', 'Nomor Keputusan']);
  expect(table('188/1')).toEqual(['Nama', 'Jabatan', 'No SK']);
});

test('of each column it is known whether an officer has something in it', () => {
  const { columns } = read(
    [
      ['Nama', 'Jabatan', 'Posisi', 'Hobi'],
      ['Budi', 'Ketua', null, 'Catur'],
    ],
    [
      ['Nama', 'Jabatan', 'Posisi'],
      ['Umar', 'Ketua', null],
    ],
  );
  expect(columns.map(({ isFilled }) => isFilled)).toEqual([true, true, false, true]);
});
