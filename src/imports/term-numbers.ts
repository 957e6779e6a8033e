import * as format from '#src/format.ts';
import { isBlank, quoted, type Cells } from '#src/imports/cells.ts';
import type { Problem, RowValues } from '#src/imports/fields.ts';
import type { KnownPerson } from '#src/imports/judge.ts';
import type { Place } from '#src/imports/places.ts';
import { boundBy } from '#src/institution-rules/rules.ts';
import type { Appointment } from '#src/roster-changes/eligibility.ts';
import { countsAsTerm, termsServed } from '#src/roster-changes/office-checks.ts';

/** Which term of its holder an office is: the database counts it from the offices it knows, whatever a file says. */

const roman = ['i', 'ii', 'iii', 'iv', 'v', 'vi', 'vii', 'viii', 'ix', 'x'];
const written = /^(?:periode|masa bakti)?\W*(?:ke)?\W*(\d{1,2}|[ivx]+)(?:\s*\(\D*\))?$/i;

export function termNumberOf(row: Cells): number | null {
  const given = row.text('termNumber');
  if (isBlank(given)) return null;
  const number = written.exec(given)?.[1]?.toLowerCase() ?? '';
  const value = Number(number) || roman.indexOf(number) + 1;
  if (value > 0) return value;
  row.note(
    'termNumber',
    `Periode ke ${quoted(given)} bukan angka dan tidak dipakai. Tulis misalnya 1 atau 2`,
  );
  return null;
}

type Counted = { place: Place; known: KnownPerson | null; appointment: Appointment };

/** What the number in a newcomer's row says otherwise than the portal will, or beyond the limit. */
export function checkTermNumber(
  { termNumber, facts }: RowValues,
  { place: { type }, known, appointment }: Counted,
): Problem[] {
  if (termNumber === null) return [];
  const rule = type.rules.find(({ kind, severity }) => kind === 'term_limit' && severity !== 'off');
  if (!rule || !countsAsTerm(appointment, rule)) return otherTerm(termNumber, null);
  const counted = termsServed(known?.offices ?? [], appointment.positionTypeId, rule) + 1;
  const limit = boundBy(type.rules, 'term_limit', appointment.startOn)?.value ?? null;
  if (limit === null || termNumber <= limit) return otherTerm(termNumber, counted);
  const beyond = `${format.personName(facts)} sudah masa bakti ke-${termNumber}; paling banyak ${limit}`;
  if (rule.severity === 'block')
    return [
      {
        field: 'termNumber',
        level: 'error',
        message: `${beyond}. Periksa angkanya. Bila lurah memberi pengecualian, ajukan di halaman Usulan`,
      },
    ];
  return [
    note([beyond, ...otherTerm(termNumber, counted).map(({ message }) => message)].join('. ')),
  ];
}

/** What the number of the file says otherwise than the portal; null is an office that does not count. */
export function otherTerm(given: number | null, counted: number | null): Problem[] {
  if (given === null || given === counted) return [];
  if (counted === null)
    return [
      note(
        `Angka ${given} tidak dicatat, karena portal tidak menghitung masa bakti untuk jabatan ini`,
      ),
    ];
  const advice =
    given > counted
      ? 'Catat masa bakti sebelumnya lebih dulu supaya batas masa bakti dapat diperiksa'
      : 'Periksa angkanya';
  return [
    note(
      `Berkas menulis masa bakti ke-${given}, portal menghitung ke-${counted} dari jabatan yang dikenalnya. ${advice}`,
    ),
  ];
}

const note = (message: string): Problem => ({ field: 'termNumber', level: 'note', message });
