/** The texts of the report that staff may write over the usual ones, in the order of domain.md, section 5.6. */
export const reportSections = [
  'preface',
  'background',
  'legalBasis',
  'aims',
  'target',
  'course',
  'results',
  'obstacles',
  'budget',
  'conclusion',
  'recommendation',
] as const;
export type ReportSection = (typeof reportSections)[number];
export type ReportTexts = Record<ReportSection, string>;

export const sectionLabels: Record<ReportSection, string> = {
  preface: 'Kata pengantar',
  background: 'Latar belakang',
  legalBasis: 'Dasar hukum',
  aims: 'Tujuan',
  target: 'Sasaran',
  course: 'Uraian pelaksanaan',
  results: 'Hasil',
  obstacles: 'Hambatan',
  budget: 'Rincian anggaran',
  conclusion: 'Kesimpulan',
  recommendation: 'Rekomendasi',
};

export const sectionHints: Partial<Record<ReportSection, string>> = {
  course: 'Tabel waktu, tempat, narasumber, materi, dan peserta dipasang sesudahnya',
  results: 'Tabel tes, tindak lanjut, dialog, dan umpan balik dipasang sesudahnya',
  budget:
    'Satu belanja satu baris: uraian; volume; satuan; harga satuan; realisasi. Contoh Konsumsi; 61; orang; 25000; 1500000',
};
