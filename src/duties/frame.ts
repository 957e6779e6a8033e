const pages = [
  { label: 'Uraian tugas', href: '/tugas' },
  { label: 'Konfirmasi pengurus', href: '/tugas/konfirmasi' },
  { label: 'Daftar pengurus', href: '/tugas/pengurus' },
] as const;

/** The links between the pages about duties of the whole scope. */
export const dutySections = (current: (typeof pages)[number]['label']) =>
  pages.map(({ label, href }) => ({
    label,
    href,
    ...(label === current ? { current: true } : {}),
  }));
