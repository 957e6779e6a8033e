/** Why a file is no table of officers for us; each with the sentence that tells how to mend it. */
const sentences = {
  'not-xlsx':
    'Berkas ini bukan Excel (.xlsx). Buka di Excel, pilih Simpan Sebagai, jenis “Excel Workbook (.xlsx)”, lalu unggah lagi',
  damaged:
    'Berkas Excel ini rusak atau terkunci kata sandi. Buka di Excel, hapus kata sandinya, simpan ulang sebagai .xlsx, lalu unggah lagi',
  macros:
    'Berkas berisi makro (.xlsm) dan tidak diterima. Simpan ulang sebagai “Excel Workbook (.xlsx)” tanpa makro, lalu unggah lagi',
  'too-big-unpacked':
    'Isi berkas terlalu besar setelah dibuka. Salin hanya baris pengurus ke templat, lalu unggah templat itu',
  entities:
    'Berkas memuat deklarasi XML yang tidak dipakai Excel dan tidak diterima. Salin isinya ke templat, lalu unggah templat itu',
  'too-many-rows':
    'Lembar berisi lebih dari 12.000 baris, atau ada isian jauh di bawah tabel. Hapus baris di bawah tabel atau bagi berkas menjadi beberapa bagian',
  'too-many-columns':
    'Ada isian jauh di kanan tabel (lebih dari 60 kolom). Hapus kolom di kanan tabel, simpan, lalu unggah lagi',
  'too-many-merges':
    'Terlalu banyak sel gabungan (merge) di lembar. Pilih semua sel, matikan Merge & Center, simpan, lalu unggah lagi',
  'no-header':
    'Baris judul kolom tidak ditemukan. Pakai templat, atau pastikan ada satu baris judul yang memuat kolom Nama dan Jabatan',
  'no-rows':
    'Tidak ada baris pengurus di bawah judul kolom. Isi paling sedikit satu baris, lalu unggah lagi',
  'too-slow':
    'Berkas terlalu lama dibaca. Salin hanya baris pengurus ke templat, lalu unggah templat itu',
} as const;
export type UnreadableReason = keyof typeof sentences;

export class Unreadable extends Error {
  constructor(reason: UnreadableReason | { sentence: string }) {
    super(typeof reason === 'string' ? sentences[reason] : reason.sentence);
  }
}
