/** A training's states (pelatihan: draf, dijadwalkan, berlangsung, selesai; batal). */
export const trainingStatuses = ['draft', 'scheduled', 'running', 'finished', 'cancelled'] as const;
export type TrainingStatus = (typeof trainingStatuses)[number];

/** The lists of /pelatihan: what is ahead or going on, what is over, what is still being written, and all of it. */
export const trainingLists = ['mendatang', 'selesai', 'draf', 'semua'] as const;
export type TrainingList = (typeof trainingLists)[number];
export const listLabels: Record<TrainingList, string> = {
  mendatang: 'Akan datang',
  selesai: 'Selesai',
  draf: 'Draf',
  semua: 'Semua',
};
export const statusesOf: Record<TrainingList, TrainingStatus[]> = {
  mendatang: ['scheduled', 'running'],
  selesai: ['finished', 'cancelled'],
  draf: ['draft'],
  semua: [...trainingStatuses],
};

/** The words of `/pelatihan?status=…` and what they stand for. */
export const statusSlugs = ['draf', 'dijadwalkan', 'berlangsung', 'selesai', 'batal'] as const;
export const statusOfSlug: Record<(typeof statusSlugs)[number], TrainingStatus> = {
  draf: 'draft',
  dijadwalkan: 'scheduled',
  berlangsung: 'running',
  selesai: 'finished',
  batal: 'cancelled',
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
