/** A training's states (pelatihan: draf, dijadwalkan, berlangsung, selesai; batal). */
export const trainingStatuses = ['draft', 'scheduled', 'running', 'finished', 'cancelled'] as const;
export type TrainingStatus = (typeof trainingStatuses)[number];

/** The lists of /pelatihan: what is ahead or going on, what is over, and what is still being written. */
export const trainingLists = ['mendatang', 'selesai', 'draf'] as const;
export type TrainingList = (typeof trainingLists)[number];
export const listLabels: Record<TrainingList, string> = {
  mendatang: 'Akan datang',
  selesai: 'Selesai',
  draf: 'Draf',
};
export const statusesOf: Record<TrainingList, TrainingStatus[]> = {
  mendatang: ['scheduled', 'running'],
  selesai: ['finished', 'cancelled'],
  draf: ['draft'],
};

/** Neither over nor cancelled: it may still be planned. */
export const isOpen = (status: string) =>
  status === 'draft' || status === 'scheduled' || status === 'running';

export const statusBadges: Record<
  TrainingStatus,
  { label: string; tone?: 'good' | 'warn' | 'bad' }
> = {
  draft: { label: 'Draf' },
  scheduled: { label: 'Dijadwalkan', tone: 'good' },
  running: { label: 'Berlangsung', tone: 'warn' },
  finished: { label: 'Selesai' },
  cancelled: { label: 'Batal', tone: 'bad' },
};

/** The pillars of Probolinggo Bersolek (Perwali 31/2019) in the order of the word. */
export const pillars = {
  bersih: 'Bersih',
  elok: 'Elok',
  ramah: 'Ramah',
  sejahtera: 'Sejahtera',
  organik: 'Organik',
  lestari: 'Lestari',
  edukatif: 'Edukatif',
  kreatif: 'Kreatif',
} as const;
export type Pillar = keyof typeof pillars;
