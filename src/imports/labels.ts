/** What a column of a file may be taken for: the roster's own columns, and the other shapes that offices use. */
export const columnFields = {
  name: 'Nama lengkap',
  nik: 'NIK',
  sex: 'Jenis kelamin (L/P)',
  sexMale: 'Centang laki-laki',
  sexFemale: 'Centang perempuan',
  birthPlace: 'Tempat lahir',
  birthDate: 'Tanggal lahir',
  birth: 'Tempat dan tanggal lahir',
  address: 'Alamat',
  rt: 'RT',
  rw: 'RW',
  rtRw: 'RT/RW',
  education: 'Pendidikan',
  education3: 'Centang SD',
  education4: 'Centang SMP',
  education5: 'Centang SMA',
  education6: 'Centang Diploma I/II',
  education7: 'Centang Diploma III',
  education8: 'Centang S1',
  education9: 'Centang S2',
  education10: 'Centang S3',
  occupation: 'Pekerjaan',
  kelurahan: 'Kelurahan',
  institutionType: 'Jenis LKK',
  institution: 'Nama LKK',
  position: 'Jabatan',
  phone: 'Nomor HP',
  decreeNumber: 'Nomor SK',
  decreedOn: 'Tanggal SK',
  decree: 'Nomor dan tanggal SK',
  startOn: 'Mulai menjabat',
  endOn: 'Selesai menjabat',
  term: 'Masa bakti (contoh 2025–2030)',
  frontTitle: 'Gelar depan',
  backTitle: 'Gelar belakang',
  ignore: 'Tidak dipakai',
} as const;
export type ColumnField = keyof typeof columnFields;
export const isColumnField = (text: string): text is ColumnField =>
  Object.hasOwn(columnFields, text);

/** Heads as people write them: of our own template, of OpenSID's member list, and of the workbooks of kecamatan. */
const heads: Record<Exclude<ColumnField, 'ignore'>, string> = {
  name: 'nama|nama lengkap|nama pengurus|nama anggota|nama pejabat|nama ketua|nama dan gelar',
  nik: 'nik|no ktp|nomor ktp|no nik|nik ktp|nomor induk kependudukan|nik no ktp',
  sex: 'l p|jk|jenis kelamin|kelamin|jns kelamin|sex|jenis kelamin l p|l p jk|p l',
  sexMale:
    'l|lk|laki laki|pria|jenis kelamin l|jenis kelamin laki laki|jenis kelamin lk|jk l|l p l|kelamin l',
  sexFemale:
    'p|pr|perempuan|wanita|jenis kelamin p|jenis kelamin perempuan|jenis kelamin pr|jk p|l p p|kelamin p',
  birthPlace: 'tempat lahir|tmp lahir|tempatlahir|tpt lahir|kota lahir',
  birthDate: 'tanggal lahir|tgl lahir|tanggallahir|lahir|tanggal kelahiran',
  birth:
    'tempat tanggal lahir|tempat tgl lahir|ttl|tempat dan tanggal lahir|tmp tgl lahir|tempat lahir tanggal lahir',
  address: 'alamat|alamat rumah|alamat lengkap|domisili|alamat tinggal|alamat domisili',
  rt: 'rt',
  rw: 'rw',
  rtRw: 'rt rw|alamat rt rw|rtrw',
  education: 'pendidikan|pendidikan terakhir|pendidikan kk|pddk|ijazah',
  education3: 'sd|pendidikan sd|pendidikan terakhir sd',
  education4:
    'smp|sltp|pendidikan smp|pendidikan sltp|pendidikan terakhir smp|pendidikan terakhir sltp',
  education5:
    'sma|slta|smk|pendidikan sma|pendidikan slta|pendidikan sma smk|pendidikan terakhir sma|pendidikan terakhir slta',
  education6: 'd1 d2|pendidikan d1|pendidikan d2|pendidikan d1 d2',
  education7: 'd3|diploma|pendidikan d3|pendidikan diploma|pendidikan terakhir d3',
  education8: 's1|sarjana|pendidikan s1|pendidikan sarjana|pendidikan d4 s1|pendidikan terakhir s1',
  education9: 's2|pendidikan s2|pendidikan terakhir s2',
  education10: 's3|pendidikan s3|pendidikan terakhir s3',
  occupation: 'pekerjaan|profesi',
  kelurahan: 'kelurahan|kel|nama kelurahan|kelurahan desa|desa kelurahan',
  institutionType:
    'jenis lkk|jenis lembaga|jenis|kategori lembaga|jenis kelompok|kategori kelompok',
  institution:
    'nama lkk|nama lembaga|lembaga|lkk|kelompok|nama kelompok|nama rt rw|organisasi|nama organisasi',
  position:
    'jabatan|jabatan dalam lkk|jabatan dalam lembaga|jabatan pengurus|jabatan dalam kepengurusan|kedudukan dalam lembaga',
  phone:
    'no hp|nomor hp|hp|no telp|no telepon|nomor telepon|telepon|telp|no wa|no hp wa|nomor wa|kontak|no kontak|handphone|no handphone|telp hp|no telp hp',
  decreeNumber:
    'no sk|nomor sk|sk|no sk pengangkatan|nomor sk pengangkatan|nomor keputusan|no keputusan|nomor keputusan pengangkatan|nomor sk jabatan|no sk jabatan|no sk lurah|nomor sk lurah',
  decreedOn:
    'tanggal sk|tgl sk|tanggal keputusan|tanggal keputusan pengangkatan|tanggal sk pengangkatan|tgl sk pengangkatan|tanggal sk lurah|tgl sk lurah',
  decree:
    'nomor dan tanggal sk|nomor tanggal sk|no tgl sk|nomor tanggal keputusan pengangkatan|nomor dan tanggal keputusan pengangkatan|no dan tgl sk|sk nomor tanggal',
  startOn:
    'mulai|tmt|mulai menjabat|tanggal mulai|mulai tanggal|awal masa bakti|mulai tugas|masa bakti mulai|masa jabatan mulai',
  endOn:
    'selesai|sampai|berakhir|akhir masa bakti|tanggal selesai|sampai tanggal|sampai dengan|s d|masa bakti selesai|masa bakti sampai|masa jabatan berakhir|masa bakti berakhir',
  term: 'masa bakti|periode|masa jabatan|periode jabatan',
  frontTitle: 'gelar depan|gelar di depan',
  backTitle: 'gelar belakang|gelar di belakang',
};

/** Columns that are known and say nothing that we take. */
const passedOver =
  'no|nomor|no urut|nomor urut|no anggota|nomor anggota|agama|foto|keterangan|ket|catatan|status|periode ke|kecamatan|kedudukan|umur|usia|tanda tangan|ttd|nomor dan tanggal keputusan pemberhentian|nomor tanggal keputusan pemberhentian|nomor keputusan pemberhentian|tanggal keputusan pemberhentian|catatan impor';

const byHead = new Map<string, ColumnField>(
  Object.entries({ ...heads, ignore: passedOver }).flatMap(([field, words]) =>
    words.split('|').map((word) => [word, field as ColumnField] as const),
  ),
);

/** "Nomor & Tanggal SK." and "NOMOR TANGGAL SK" are one head. */
export const plainHead = (label: string) =>
  label
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, ' ')
    .trim();

export const fieldOfHead = (label: string): ColumnField | null =>
  byHead.get(plainHead(label)) ?? null;
