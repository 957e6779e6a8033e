/** The test before and after a training, by the word in its address. */
export const phases = { pra: 'pre', pasca: 'post' } as const;
export type PhaseWord = keyof typeof phases;
export type Phase = (typeof phases)[PhaseWord];

export const phaseLabels: Record<Phase, string> = { pre: 'Tes awal', post: 'Tes akhir' };

export const testStates = ['none', 'ahead', 'open', 'over'] as const;
export type TestState = (typeof testStates)[number];

export const stateBadges: Record<
  TestState,
  { label: string; tone?: 'good' | 'warn' | 'bad' | 'info' }
> = {
  none: { label: 'Belum dibuka' },
  ahead: { label: 'Belum waktunya' },
  open: { label: 'Dapat diisi', tone: 'good' },
  over: { label: 'Sudah lewat', tone: 'info' },
};

/** When each is open, as 0023_training_tests.sql decides it. */
export const windows: Record<Phase, string> = {
  pre: 'Tes awal dapat diisi sejak dibuka petugas sampai sesi pertama selesai.',
  post: 'Tes akhir dapat diisi sejak 30 menit sebelum sesi terakhir selesai sampai 7 hari sesudahnya.',
};

export const mostQuestions = 50;
export const mostChoices = 6;
export const letters = ['A', 'B', 'C', 'D', 'E', 'F'] as const;
export const letterOf = (choice: number) => letters[choice - 1] ?? '';

/** A score of 100 at most, whatever the number of questions. */
export const gradeOf = (score: number, questions: number) =>
  questions === 0 ? 0 : Math.round((score / questions) * 100);

export const scoreInWords = (score: number, questions: number) =>
  `${gradeOf(score, questions)} (${score} dari ${questions} benar)`;

export type HandedIn = 'saved' | 'repeated' | 'changed' | 'closed' | 'unknown';
