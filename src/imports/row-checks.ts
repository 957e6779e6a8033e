import { institutionName } from '#src/http/fields.ts';
import type { Problem } from '#src/imports/fields.ts';
import type { Plan } from '#src/imports/judge.ts';
import type { Place } from '#src/imports/places.ts';

/** What saving a newcomer's row, or the decision about it, would run into later. */
export function checkRow(place: Place, plan: Plan): Problem[] {
  if (plan.kind === 'nothing' || plan.kind === 'facts') return [];
  return [...checkName(place)];
}

function checkName({ fresh }: Place): Problem[] {
  const parsed = institutionName.safeParse(fresh?.name ?? 'Terdaftar');
  return (parsed.error?.issues ?? [])
    .slice(0, 1)
    .map(({ message }) => ({ field: 'institution', level: 'error', message }));
}
