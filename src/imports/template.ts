import { today } from '#src/format.ts';
import { rosterColumns } from '#src/officers/columns.ts';
import type { Sheet } from '#src/spreadsheets.ts';

/** An empty roster of a type, with the heads of the export and the type written into the first rows. */
export function templateSheet(type: { name: string; shortName: string; territory: string }): Sheet {
  const example = { rt: 'RT 001/RW 003', rw: 'RW 003', kelurahan: `${type.shortName} Sinar Mulia` };
  const name = example[type.territory as keyof typeof example] ?? example.kelurahan;
  const line = (number: number) =>
    rosterColumns.map(({ field }) =>
      field === 'number' ? number : field === 'institutionType' ? type.shortName : null,
    );
  return {
    name: 'Pengurus',
    title: `Templat pengurus ${type.shortName}`,
    asOf: today(),
    about: null,
    notes: [
      `Satu baris satu pengurus. Nama LKK ditulis seperti “${name}”; tanggal seperti 7-8-2025 atau 7 Agustus 2025.`,
      'Kolom boleh dikosongkan kecuali Nama, L/P, Jenis LKK, Nama LKK, dan Jabatan; pengurus pertama perlu No SK, Tanggal SK, dan Mulai.',
      'Semua kolom sudah berupa Teks, supaya angka nol di depan RT, NIK, dan nomor HP tidak hilang.',
    ],
    columns: rosterColumns.map(({ label, width }) => ({ label, width })),
    rows: Array.from({ length: 20 }, (_, index) => line(index + 1)),
  };
}
