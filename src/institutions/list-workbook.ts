import type { SignedInAccount } from '#src/access.ts';
import * as format from '#src/format.ts';
import { exportedAtMost, type ExportRow } from '#src/institutions/listing.ts';
import { seesPhones, statusBadge } from '#src/institutions/rules.ts';
import type { Sheet } from '#src/spreadsheets.ts';

type About = { account: SignedInAccount; today: string; filter: string; exporter: string };

/** The list of institutions as a sheet; `rows` may hold one more than is allowed, to know that there are more. */
export function listWorkbook(
  rows: ExportRow[],
  { account, today, filter, exporter }: About,
): Sheet {
  const kept = rows.slice(0, exportedAtMost);
  const count = `${format.number(kept.length)} lembaga`;
  const phones = seesPhones(account);
  return {
    name: 'Lembaga',
    title: 'Daftar lembaga kemasyarakatan kelurahan',
    asOf: today,
    about: {
      filter,
      exporter,
      count:
        rows.length > kept.length
          ? `${count} pertama. Masih ada lainnya: satu berkas memuat paling banyak ${format.number(exportedAtMost)} lembaga, persempit saringan untuk sisanya`
          : count,
    },
    columns: [
      { label: 'Lembaga', width: 32 },
      { label: 'Jenis', width: 28 },
      { label: 'Kecamatan', width: 18 },
      { label: 'Kelurahan', width: 20 },
      { label: 'Ketua', width: 30 },
      { label: 'Keterangan ketua', width: 18 },
      { label: 'Mulai masa bakti', width: 16, date: true as const },
      { label: 'Akhir masa bakti', width: 16, date: true as const },
      { label: 'Status', width: 24 },
      { label: 'Nomor SK', width: 26 },
      { label: 'Tanggal SK', width: 14, date: true as const },
      { label: 'Alamat sekretariat', width: 36 },
      ...(phones ? [{ label: 'Nomor HP lembaga', width: 18 }] : []),
      { label: 'Kelengkapan (%)', width: 16, number: true as const },
    ],
    rows: kept.map((row) => [
      row.name,
      row.typeName,
      row.kecamatanName,
      row.kelurahanName,
      row.chairInOffice ? row.chairName : null,
      row.chairInOffice ? (row.chairActing ? 'Pelaksana tugas' : 'Definitif') : 'Kosong',
      row.startsOn,
      row.termEndsOn === null || row.termEndsOn === 'infinity'
        ? null
        : format.lastDay(row.termEndsOn),
      statusBadge(row, today).label,
      row.decreeNumber,
      row.decreedOn,
      row.address,
      ...(phones ? [row.phone && format.phone(row.phone)] : []),
      row.percent,
    ]),
  };
}
