import * as format from '#src/format.ts';
import { isRefusedWrite, violates } from '#src/http/database-errors.ts';
import { ApprovalRefused } from '#src/roster-changes/refusals.ts';

/** Why a row that looked good could not be applied after all, as a sentence. */
export class RowRefused extends Error {}

export const institutionGone =
  'Lembaga ini tidak terdaftar lagi. Unggah lagi berkasnya untuk memeriksa dari awal';

/** The sentence of what an error refuses, or null for an error that is no refusal. */
export function refusalIn(error: unknown): string | null {
  if (error instanceof RowRefused) return error.message;
  if (error instanceof ApprovalRefused && error.reason.problem === 'decree-number-taken')
    return `Nomor SK ini sudah dipakai SK tanggal ${format.date(error.reason.decreedOn)}. Periksa nomor atau tanggalnya`;
  if (error instanceof ApprovalRefused && error.reason.problem === 'decree-locked')
    return 'SK nomor ini sudah ditandatangani atau dicabut dan tidak dapat ditambah. Isi nomor SK lain';
  const known = brokenRules.find(([constraint]) => violates(error, constraint))?.[1];
  return known ?? (isRefusedWrite(error) ? unforeseen : null);
}

const unforeseen =
  'Baris ini ditolak basis data: isinya bertentangan dengan yang sudah tercatat atau dengan aturan pencatatan. Periksa orang, jabatan, SK, dan tanggalnya, lalu unggah lagi';

const brokenRules: [string, string][] = [
  [
    'tenures_one_holder_per_seat',
    'Kursi ini sudah terisi pada masa itu. Unggah lagi berkasnya untuk memeriksa dari awal',
  ],
  [
    'tenures_one_seat_per_institution',
    'Orang ini sudah memegang jabatan lain dalam lembaga ini pada masa itu',
  ],
  [
    'tenures_no_concurrent_office',
    'Orang ini sudah menjabat di lembaga lain pada masa itu. Rangkap jabatan dilarang',
  ],
  ['tenures_one_per_term_number', 'Orang ini sudah mencapai batas masa bakti dalam jabatan ini'],
  ['tenures_term_limit', 'Orang ini sudah mencapai batas masa bakti dalam jabatan ini'],
  ['tenures_apply_rules', 'Usia atau pendidikan orang ini tidak memenuhi syarat jabatan ini'],
  ['tenures_one_field', 'Kader Posyandu hanya melayani satu bidang'],
  [
    'tenures_within_board',
    'Tanggal mulai dan selesai tidak di dalam masa bakti kepengurusan lembaga ini',
  ],
  [
    'boards_within_term_years',
    'Masa bakti lebih lama daripada yang diatur untuk jenis lembaga ini',
  ],
  ['boards_', 'Tanggal mulai dan selesai bertabrakan dengan masa bakti yang sudah tercatat'],
  ['people_one_per_nik', 'NIK ini sudah tercatat untuk orang lain. Periksa angkanya'],
  [
    'roster_changes_one_open_per_subject',
    'Sudah ada usulan yang menunggu keputusan untuk lembaga ini. Tunggu keputusannya, lalu unggah lagi',
  ],
  [
    'roster_changes_one_open_per_seat',
    'Jabatan ini sudah ada dalam usulan yang menunggu keputusan. Tunggu keputusannya, lalu unggah lagi',
  ],
  [
    'institutions_one_per',
    'Lembaga ini sudah terdaftar. Unggah lagi berkasnya untuk memeriksa dari awal',
  ],
];
