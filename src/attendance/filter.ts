import type { Form } from '#src/http/forms.ts';
import { addressOf, chosenInWords, searchOf, selectsOf } from '#src/http/list-filter.ts';
import { standingBadges, type StandingWord, standingWords } from '#src/attendance/rules.ts';

type Ids = { trainingId: number; sessionId: number };

/** The list of a session as it is filtered. */
export function listHref(
  { trainingId, sessionId }: Ids,
  values: Partial<Record<'cari' | 'catatan' | 'halaman', string>>,
): string {
  const path = `/pelatihan/${trainingId}/sesi/${sessionId}/daftar-hadir`;
  return addressOf(path, values, ['cari', 'catatan', 'halaman']);
}

/** What views/components/filter shows. */
export function filterOf(form: Form<unknown>, action: string) {
  const selects = [selectsOf(form)('catatan', 'Catatan', { all: 'Semua', options })];
  return {
    action,
    search: searchOf(form, 'Cari nama atau lembaga'),
    selects,
    summary: chosenInWords(selects),
    ...((form.values.cari || form.values.catatan) && { clear: action }),
  };
}

const options = (Object.keys(standingWords) as StandingWord[]).map((value) => ({
  value,
  label: standingBadges[standingWords[value]].label,
}));
