/**
 * Kecamatan Kanigaran as the demo shows it. The numbers of RW and RT are the public figures (51 and 260); the offices,
 * their heads, streets and names of groups are invented.
 */
export const kecamatanOffice = {
  code: '35.74.04',
  address: 'Jl. Cokroaminoto No. 48, Kanigaran, Kota Probolinggo 67213',
  phone: '+62335421704',
  headName: 'Dra. Hj. Endah Prihastuti, M.Si.',
  headRank: 'Pembina Tingkat I',
  headNip: '197003151993032999',
};

export type Office = {
  code: string;
  name: string;
  address: string;
  phone: string;
  headName: string;
  headRank: string;
  headNip: string;
  /** Whose wife or husband leads the PKK. */
  headSex: 'male' | 'female';
  /** Since when this lurah holds office. */
  headSince: string;
  formerHeadName: string;
  /** How much more often than usual a detail of an officer is missing. */
  gaps: number;
  /** Number of RT in each RW. */
  rtOfRw: number[];
  streets: string[];
  posyandu: string[];
  pokmas: string[];
  karangTaruna: string;
};

export const offices: Office[] = [
  {
    code: '35.74.04.1001',
    name: 'Tisnonegaran',
    address: 'Jl. dr. Moh. Saleh No. 17, Tisnonegaran, Kota Probolinggo 67211',
    phone: '+62335422101',
    headName: 'Yudha Prasetyawan, S.STP., M.AP.',
    headRank: 'Penata Tingkat I',
    headNip: '198406122003121999',
    headSex: 'male',
    headSince: '2023-09-04',
    formerHeadName: 'Drs. H. Moh. Suhadi',
    gaps: 1,
    rtOfRw: [6, 5, 5, 4, 5, 6, 5, 4, 5],
    streets: ['Jl. dr. Moh. Saleh', 'Jl. Ahmad Yani', 'Jl. Suyoso', 'Gg. Delima', 'Gg. Manggis'],
    posyandu: ['Mawar 1', 'Mawar 2', 'Melati', 'Kenanga', 'Dahlia', 'Cempaka', 'Teratai', 'Seruni'],
    pokmas: ['Tisno Makmur', 'Bina Warga'],
    karangTaruna: 'Bina Karya',
  },
  {
    code: '35.74.04.1002',
    name: 'Sukoharjo',
    address: 'Jl. Mastrip Gg. Balai No. 3, Sukoharjo, Kota Probolinggo 67212',
    phone: '+62335422102',
    headName: "Ahmad Zainul Mu'thi, S.Sos., M.Si.",
    headRank: 'Penata Tingkat I',
    headNip: '197911202005011999',
    headSex: 'male',
    headSince: '2022-11-14',
    formerHeadName: 'Sri Utari Ningrum, S.H.',
    gaps: 0.8,
    rtOfRw: [6, 5, 5, 5, 4, 6, 5, 5],
    streets: ['Jl. Mastrip', 'Jl. Sunan Giri', 'Jl. Kelud', 'Gg. Balai', 'Gg. Nangka'],
    posyandu: [
      'Anggrek 1',
      'Anggrek 2',
      'Bougenvil',
      'Flamboyan',
      'Kamboja',
      'Nusa Indah',
      'Wijaya',
    ],
    pokmas: ['Harapan Jaya', 'Sumber Rejeki', 'Mekar Sari'],
    karangTaruna: 'Tunas Muda',
  },
  {
    code: '35.74.04.1003',
    name: 'Kanigaran',
    address: 'Jl. Slamet Riyadi No. 92, Kanigaran, Kota Probolinggo 67213',
    phone: '+62335422103',
    headName: 'Drs. H. Bambang Sugiarto',
    headRank: 'Pembina',
    headNip: '196902081994031999',
    headSex: 'male',
    headSince: '2023-01-16',
    formerHeadName: 'Heri Purwanto, S.Sos.',
    gaps: 1.4,
    rtOfRw: [6, 5, 6, 5, 5, 5, 6, 5, 5, 5],
    streets: [
      'Jl. Slamet Riyadi',
      'Jl. Serma Abdurrahman',
      'Jl. Brigjen Katamso',
      'Gg. Salak',
      'Gg. Pala',
    ],
    posyandu: [
      'Melati 1',
      'Melati 2',
      'Melati 3',
      'Sakura',
      'Tulip',
      'Lavender',
      'Edelweis',
      'Matahari',
    ],
    pokmas: ['Kanigaran Guyub', 'Rukun Santoso', 'Karya Bersama'],
    karangTaruna: 'Pemuda Mandiri',
  },
  {
    code: '35.74.04.1004',
    name: 'Kebonsari Wetan',
    address: 'Jl. Letjen Sutoyo No. 36, Kebonsari Wetan, Kota Probolinggo 67214',
    phone: '+62335422104',
    headName: 'Hj. Nurul Qomariyah Ulfa, S.Sos., M.AP.',
    headRank: 'Penata Tingkat I',
    headNip: '198003252006042999',
    headSex: 'female',
    headSince: '2024-01-08',
    formerHeadName: 'H. Abdul Karim Wahab, S.AP.',
    gaps: 0.6,
    rtOfRw: [5, 5, 4, 6, 5, 5, 4],
    streets: ['Jl. Letjen Sutoyo', 'Jl. Sunan Ampel', 'Jl. Citarum', 'Gg. Kebon Agung', 'Gg. Sawo'],
    posyandu: [
      'Melati 1',
      'Melati 2',
      'Mawar',
      'Anggrek',
      'Kenanga',
      'Teratai',
      'Dahlia',
      'Cempaka',
    ],
    pokmas: ['Sinar Mulia', 'Kebon Asri', 'Guyub Rukun'],
    karangTaruna: 'Tunas Harapan',
  },
  {
    code: '35.74.04.1005',
    name: 'Curahgrinting',
    address: 'Jl. Prof. Hamka No. 11, Curahgrinting, Kota Probolinggo 67212',
    phone: '+62335422105',
    headName: 'Dwi Astutik Rahmaningsih, S.E.',
    headRank: 'Penata',
    headNip: '198212172008012999',
    headSex: 'female',
    headSince: '2024-06-03',
    formerHeadName: 'Gatot Subiyantoro, S.E.',
    gaps: 3.2,
    rtOfRw: [5, 6, 5, 4, 5, 5, 6, 4],
    streets: ['Jl. Prof. Hamka', 'Jl. Semeru', 'Jl. Arjuno', 'Gg. Mangga', 'Gg. Rambutan'],
    posyandu: ['Mawar 1', 'Mawar 2', 'Kantil', 'Aster', 'Seroja', 'Alamanda', 'Krisan'],
    pokmas: ['Curah Makmur', 'Maju Lancar'],
    karangTaruna: 'Satria Bhakti',
  },
  {
    code: '35.74.04.1006',
    name: 'Kebonsari Kulon',
    address: 'Jl. Supriyadi No. 58, Kebonsari Kulon, Kota Probolinggo 67214',
    phone: '+62335422106',
    headName: 'Petrus Adi Nugroho, S.H.',
    headRank: 'Penata Tingkat I',
    headNip: '197808302007011999',
    headSex: 'male',
    headSince: '2023-03-20',
    formerHeadName: 'Dra. Titik Widayati',
    gaps: 2.1,
    rtOfRw: [6, 5, 5, 5, 5, 6, 5, 5, 5],
    streets: [
      'Jl. Supriyadi',
      'Jl. Ir. Juanda',
      'Jl. Bengawan Solo',
      'Gg. Jambu',
      'Gg. Kebon Kulon',
    ],
    posyandu: [
      'Bakung 1',
      'Bakung 2',
      'Sedap Malam',
      'Kenanga',
      'Melati',
      'Teratai',
      'Pacar Air',
      'Soka',
    ],
    pokmas: ['Kebon Sejahtera', 'Sido Makmur'],
    karangTaruna: 'Garuda Muda',
  },
];
