import { tickValues } from '#src/http/ticks.ts';
import { kelurahanIdsIn, type TrainingInput } from '#src/trainings/form.ts';
import type { StoredTraining } from '#src/trainings/repository.ts';
import { type Pillar, pillars } from '#src/trainings/rules.ts';

/** What the edit form starts from. */
export const formValues = (
  training: StoredTraining,
  places: readonly { id: number }[],
): Record<string, string | number | null> => ({
  version: training.version,
  title: training.title,
  aims: training.aims,
  legalBasis: training.legalBasis,
  budgetSource: training.budgetSource,
  capacity: training.capacity,
  minimumShare: training.minimumShare,
  ...Object.fromEntries(training.pillars.map((pillar) => [`pillar_${pillar}`, 'on'])),
  ...tickValues(
    'kelurahan',
    places.map(({ id }) => ({ id, isTicked: training.kelurahanIds.includes(id) })),
  ),
});

/** What is stored now beside what was typed. */
export function differences(
  training: StoredTraining,
  input: TrainingInput,
  places: readonly { id: number; name: string }[],
) {
  const names = (ids: readonly number[]) =>
    places
      .filter(({ id }) => ids.includes(id))
      .map(({ name }) => name)
      .join(', ');
  const pairs: [string, string, string][] = [
    ['Judul', training.title, input.title],
    ['Tujuan', training.aims, input.aims ?? ''],
    ['Dasar hukum', training.legalBasis, input.legalBasis ?? ''],
    [
      'Pilar',
      words((pillar) => training.pillars.includes(pillar)),
      words((pillar) => input[`pillar_${pillar}`] !== undefined),
    ],
    ['Sumber anggaran', training.budgetSource, input.budgetSource ?? ''],
    ['Daya tampung', String(training.capacity ?? ''), String(input.capacity ?? '')],
    ['Syarat kehadiran', `${training.minimumShare}%`, `${input.minimumShare ?? 80}%`],
    ['Kelurahan', names(training.kelurahanIds), names(kelurahanIdsIn(input))],
  ];
  return pairs
    .filter(([, before, after]) => before !== after)
    .map(([label, before, after]) => ({ label, before: before || null, after: after || null }));
}

const words = (isWanted: (pillar: Pillar) => boolean) =>
  (Object.keys(pillars) as Pillar[])
    .filter(isWanted)
    .map((pillar) => pillars[pillar])
    .join(', ');
