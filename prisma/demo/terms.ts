import { addDays, addYears } from '#src/format.ts';
import type { Office } from './kanigaran.ts';
import type { PlannedInstitution } from './plan-types.ts';

/** Half-open as in the database: `endsOn` is the day after the last day, null while it follows the lurah's office. */
export type Term = { startsOn: string; endsOn: string | null };

type Context = { office: Office; today: string; index: number };

/**
 * The terms of an institution, the earlier first; none for one that is still proposed. RT and RW, LPM and PKK have
 * the dates of the city; the others are laid around today, so that some end soon and some have ended.
 */
export function termsOf(institution: PlannedInstitution, context: Context): Term[] {
  if (institution.status === 'proposed') return [];
  switch (institution.type) {
    case 'RT':
    case 'RW':
      return keepsHistory(institution, context.office)
        ? [fiveYears('2020-05-07'), fiveYears('2025-05-07')]
        : [fiveYears('2025-05-07')];
    case 'LPM':
      return [fiveYears('2019-03-11'), fiveYears('2024-03-11')];
    case 'PKK':
      return [{ startsOn: addDays(context.office.headSince, 21), endsOn: null }];
    case 'KARANG_TARUNA':
      return [karangTarunaTerm(context)];
    case 'POSYANDU':
      return [posyanduTerm(context)];
    case 'POKMAS':
      return [pokmasTerm(context)];
  }
}

const fiveYears = (startsOn: string): Term => ({ startsOn, endsOn: addYears(startsOn, 5) });

function endingOn(endsOn: string, years: number): Term {
  return { startsOn: addYears(endsOn, -years), endsOn };
}

/** All of Kebonsari Wetan and every other RW elsewhere: the office has not yet entered more. */
function keepsHistory({ rwNumber }: PlannedInstitution, { code }: Office): boolean {
  return code.endsWith('1004') || (rwNumber ?? 0) % 2 === 1;
}

const kelurahanIndex = ({ code }: Office) => Number(code.slice(-1)) - 1;

function karangTarunaTerm({ office, today }: Context): Term {
  const terms = [
    fiveYears('2024-10-28'),
    endingOn(addDays(today, 57), 5),
    endingOn(addDays(today, -73), 5),
    fiveYears('2023-02-20'),
    endingOn(addDays(today, 19), 5),
    fiveYears('2022-10-28'),
  ];
  return terms[kelurahanIndex(office)] ?? fiveYears('2024-10-28');
}

function posyanduTerm({ office, today, index }: Context): Term {
  const turn = kelurahanIndex(office);
  if (index === 1) return endingOn(addDays(today, 24 + 9 * turn), 5);
  if (index === 4) return endingOn(addDays(today, -(16 + 23 * turn)), 5);
  if (index === 6 && turn % 2 === 1) return endingOn(addDays(today, 71 + turn), 5);
  return fiveYears(addDays('2025-01-20', 11 * index + 5 * turn));
}

function pokmasTerm({ office, today, index }: Context): Term {
  const turn = kelurahanIndex(office);
  if (office.pokmas[index] === 'Sinar Mulia') return fiveYears('2025-01-13');
  if (index === 0) return endingOn(addDays(today, 38 + 7 * turn), 2);
  if (index === 1) return fiveYears(addDays('2025-03-03', 10 * turn));
  return endingOn(addDays(today, -(45 + 30 * turn)), 3);
}
