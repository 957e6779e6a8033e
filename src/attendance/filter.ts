import type { Form } from '#src/http/forms.ts';
import { standingBadges, type StandingWord, standingWords } from '#src/attendance/rules.ts';

type Ids = { trainingId: number; sessionId: number };

/** The list of a session as it is filtered. */
export function listHref(
  { trainingId, sessionId }: Ids,
  values: Partial<Record<'cari' | 'catatan' | 'halaman', string>>,
): string {
  const query = new URLSearchParams();
  for (const name of ['cari', 'catatan', 'halaman'] as const) {
    const value = values[name];
    if (value && !(name === 'halaman' && value === '1')) query.set(name, value);
  }
  const path = `/pelatihan/${trainingId}/sesi/${sessionId}/daftar-hadir`;
  return query.size === 0 ? path : `${path}?${query}`;
}

/** What views/components/filter shows. */
export function filterOf({ values, errors }: Form<unknown>, action: string) {
  const choices = [
    { value: '', label: 'Semua' },
    ...(Object.keys(standingWords) as StandingWord[]).map((value) => ({
      value,
      label: standingBadges[standingWords[value]].label,
    })),
  ];
  const chosen = choices.find(({ value }) => value === (values.catatan ?? ''));
  return {
    action,
    search: {
      name: 'cari',
      label: 'Cari nama atau lembaga',
      value: values.cari ?? '',
      error: errors.cari,
    },
    selects: [
      {
        name: 'catatan',
        label: 'Catatan',
        value: values.catatan ?? '',
        error: errors.catatan,
        options: choices,
      },
    ],
    summary: chosen?.label ?? 'Semua',
    ...((values.cari || values.catatan) && { clear: action }),
  };
}
