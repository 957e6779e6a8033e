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
  termNumber: 'Periode ke',
  frontTitle: 'Gelar depan',
  backTitle: 'Gelar belakang',
  ignore: 'Tidak dipakai',
} as const;
export type ColumnField = keyof typeof columnFields;
export const isColumnField = (text: string): text is ColumnField =>
  Object.hasOwn(columnFields, text);

/** Heads as people write them: of our own template, of OpenSID's member list, and of the workbooks of kecamatan. */
const heads: Record<Exclude<ColumnField, 'ignore' | Tick>, string> = {
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
  education:
    'pendidikan|pendidikan terakhir|pend terakhir|pend|pendidikan kk|pendidikan dalam kk|pddk|pddk terakhir|ijazah|ijazah terakhir|tingkat pendidikan',
  occupation: 'pekerjaan|profesi',
  kelurahan: 'kelurahan|kel|nama kelurahan|kelurahan desa|desa kelurahan',
  institutionType:
    'jenis lkk|jenis lembaga|jenis|kategori lembaga|jenis kelompok|kategori kelompok',
  institution:
    'nama lkk|nama lembaga|lembaga|lkk|kelompok|nama kelompok|nama rt rw|organisasi|nama organisasi|nama rt|nama rw|nama posyandu|nama pokmas|nama karang taruna|nama pkk|nama tp pkk|nama lpm|nama lpmk',
  position:
    'jabatan|jabatan dalam lkk|jabatan dalam lembaga|jabatan pengurus|jabatan dalam kepengurusan|kedudukan dalam lembaga',
  phone:
    'no hp|nomor hp|hp|no telp|no telepon|nomor telepon|telepon|telp|no wa|no hp wa|nomor wa|kontak|no kontak|handphone|no handphone|telp hp|no telp hp',
  decreeNumber:
    'no sk|nomor sk|sk|no sk pengangkatan|nomor sk pengangkatan|nomor keputusan|no keputusan|nomor keputusan pengangkatan|nomor sk jabatan|no sk jabatan|no sk lurah|nomor sk lurah|sk jabatan|sk pengangkatan|sk lurah',
  decreedOn:
    'tanggal sk|tgl sk|tanggal keputusan|tanggal keputusan pengangkatan|tanggal sk pengangkatan|tgl sk pengangkatan|tanggal sk lurah|tgl sk lurah|tgl keputusan|tgl keputusan pengangkatan|tanggal sk jabatan|tgl sk jabatan',
  decree:
    'nomor dan tanggal sk|nomor tanggal sk|no tgl sk|nomor tanggal keputusan pengangkatan|nomor dan tanggal keputusan pengangkatan|no dan tgl sk|sk nomor tanggal',
  startOn:
    'mulai|tmt|mulai menjabat|tanggal mulai|mulai tanggal|awal masa bakti|mulai tugas|masa bakti mulai|masa jabatan mulai|tgl mulai|tanggal mulai menjabat|tgl mulai menjabat|tmt jabatan|mulai bertugas|mulai jabatan|awal masa jabatan|awal jabatan|awal periode|terhitung mulai tanggal',
  endOn:
    'selesai|sampai|berakhir|akhir masa bakti|tanggal selesai|sampai tanggal|sampai dengan|s d|masa bakti selesai|masa bakti sampai|masa jabatan berakhir|masa bakti berakhir|masa jabatan selesai|masa jabatan sampai|akhir masa jabatan|akhir jabatan|akhir periode|tanggal berakhir|tgl berakhir|berakhir tanggal|tgl selesai|tanggal selesai menjabat|tgl selesai menjabat|selesai menjabat|selesai jabatan|tanggal akhir masa bakti|tanggal akhir masa jabatan',
  term: 'masa bakti|periode|masa jabatan|periode jabatan',
  termNumber: 'periode ke|masa bakti ke|masa jabatan ke|periode jabatan ke',
  frontTitle: 'gelar depan|gelar di depan',
  backTitle: 'gelar belakang|gelar di belakang',
};

/** Columns that are known and say nothing that we take. */
const passedOver =
  'no|nomor|no urut|nomor urut|no anggota|nomor anggota|agama|foto|keterangan|ket|catatan|status|kecamatan|kedudukan|umur|umur tahun|usia|usia tahun|tanda tangan|ttd|nomor dan tanggal keputusan pemberhentian|nomor tanggal keputusan pemberhentian|nomor keputusan pemberhentian|tanggal keputusan pemberhentian|catatan impor';

/** Levels of education as heads of columns of ticks; "D-III" is "d iii" here. */
const tickHeads = {
  education3: 'sd|mi|sd mi|sd sederajat|tamat sd',
  education4: 'smp|sltp|mts|smp mts|smp sltp|sltp smp|smp sederajat|sltp sederajat',
  education5:
    'sma|slta|smk|smu|ma|sma smk|sma smk ma|sma ma|sma slta|slta sma|sma sederajat|slta sederajat',
  education6: 'd1|d2|d 1|d 2|d i|d ii|d1 d2|d 1 d 2|d i ii|d i d ii|d 1 2|diploma i ii|diploma 1 2',
  education7: 'd3|d 3|d iii|diii|diploma|diploma 3|diploma iii|akademi|akademi d3|d3 akademi',
  education8:
    's1|s 1|s i|d4|d 4|d iv|div|d4 s1|d 4 s 1|d iv s i|d iv s 1|s1 d4|sarjana|strata 1|strata i|diploma iv strata i',
  education9: 's2|s 2|s ii|magister|strata 2|strata ii',
  education10: 's3|s 3|s iii|doktor|strata 3|strata iii',
};
type Tick = keyof typeof tickHeads;

/** The level may stand under a head of its own: "PENDIDIKAN" over "SMA". */
const underHeads = (words: string) =>
  words
    .split('|')
    .flatMap((word) =>
      ['', 'pendidikan ', 'pendidikan terakhir ', 'pend terakhir '].map((over) => over + word),
    )
    .join('|');

const byHead = new Map<string, ColumnField>(
  Object.entries({
    ...Object.fromEntries(
      Object.entries(tickHeads).map(([field, words]) => [field, underHeads(words)]),
    ),
    ...heads,
    ignore: passedOver,
  }).flatMap(([field, words]) =>
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
