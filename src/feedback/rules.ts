/** What is asked, in the order of the form and of the summary. */
export const aspects = {
  usefulness: 'Manfaat materi bagi tugas Anda',
  speakers: 'Narasumber',
  organisation: 'Tempat dan penyelenggaraan',
} as const;
export type Aspect = keyof typeof aspects;

export const grades = [
  { value: 5, label: 'Baik sekali' },
  { value: 4, label: 'Baik' },
  { value: 3, label: 'Cukup' },
  { value: 2, label: 'Kurang' },
  { value: 1, label: 'Kurang sekali' },
] as const;

/** Of fewer answers nothing is shown: in a small group a grade or a sentence gives away whose it is. */
export const fewestShown = 5;
