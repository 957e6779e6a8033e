import * as format from '#src/format.ts';
import type { Violation } from '#src/institution-rules/violations.ts';
import type { ExportRow } from '#src/institutions/listing.ts';
import type { About } from '#src/reports/kelurahan-sheet.ts';
import { exportedAtMost, type Sheet } from '#src/spreadsheets.ts';

/** What the camat has to look at, a sheet each: empty chairs, double offices and decrees that end soon. */

export const vacantChairSheet = (rows: ExportRow[], about: About): Sheet =>
  sheetOf(rows, about, {
    name: 'Ketua kosong',
    title: 'Lembaga yang ketuanya kosong',
    what: 'lembaga tanpa ketua',
    columns: [...placeColumns, { label: 'Akhir masa bakti', width: 16, date: true }],
    cells: (row) => [...placeCells(row), lastDayOf(row)],
  });

export const endingDecreeSheet = (rows: ExportRow[], about: About): Sheet =>
  sheetOf(rows, about, {
    name: 'SK segera habis',
    title: 'SK kepengurusan yang habis dalam 90 hari',
    what: 'SK yang habis dalam 90 hari',
    columns: [
      ...placeColumns,
      { label: 'Nomor SK', width: 26 },
      { label: 'Tanggal SK', width: 14, date: true },
      { label: 'Akhir masa bakti', width: 16, date: true },
      { label: 'Sisa hari', width: 10, number: true },
    ],
    cells: (row) => [
      ...placeCells(row),
      row.decreeNumber,
      row.decreedOn,
      lastDayOf(row),
      row.termEndsOn && format.daysBetween(about.today, format.lastDay(row.termEndsOn)),
    ],
  });

/** Whoever holds an office beside one that began earlier, where a rule minds it. */
export const doubleOfficeSheet = (rows: Violation[], about: About): Sheet =>
  sheetOf(rows, about, {
    name: 'Rangkap jabatan',
    title: 'Pengurus yang merangkap jabatan',
    what: 'rangkap jabatan',
    columns: [
      { label: 'Kelurahan', width: 22 },
      { label: 'Nama', width: 32 },
      { label: 'Jabatan', width: 24 },
      { label: 'Lembaga', width: 30 },
      { label: 'Sejak', width: 14, date: true },
      { label: 'Jabatan lain', width: 60 },
      { label: 'Pengecualian', width: 40 },
    ],
    cells: (row) => [
      row.kelurahanName,
      row.personName,
      row.seatName,
      row.institutionName,
      row.startOn,
      row.other,
      row.exception,
    ],
  });

type Part<Row> = Pick<Sheet, 'name' | 'title' | 'columns'> & {
  what: string;
  cells: (row: Row) => Sheet['rows'][number];
};

/** `rows` may hold one more than a file may, to know that there are more. */
function sheetOf<Row>(
  rows: Row[],
  { place, today, filter, exporter }: About,
  { name, title, what, columns, cells }: Part<Row>,
): Sheet {
  const kept = rows.slice(0, exportedAtMost);
  const first = rows.length > kept.length ? ' pertama. Persempit saringan untuk sisanya' : '';
  return {
    name,
    title: `${title}, ${place}`,
    asOf: today,
    about: { filter, exporter, count: `${format.number(kept.length)} ${what}${first}` },
    columns: [{ label: 'No', width: 6, number: true }, ...columns],
    rows: kept.map((row, index) => [index + 1, ...cells(row)]),
  };
}

const placeColumns: Sheet['columns'] = [
  { label: 'Kelurahan', width: 22 },
  { label: 'Lembaga', width: 34 },
  { label: 'Jenis', width: 30 },
];

const placeCells = (row: ExportRow) => [row.kelurahanName, row.name, row.typeName];

const lastDayOf = ({ termEndsOn }: ExportRow) =>
  termEndsOn === null || termEndsOn === 'infinity' ? null : format.lastDay(termEndsOn);
