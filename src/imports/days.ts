import { isBlank, quoted, textOrNull, type Cells } from '#src/imports/cells.ts';
import { isOffCalendar, readDate } from '#src/imports/dates.ts';
import type { ColumnField } from '#src/imports/labels.ts';

/** Days of birth, of a decree and of a term, alone in a cell or together with what they are the day of. */

export const dayIn = (row: Cells, field: ColumnField, what: string) =>
  dayOf(row, field, { what, given: row.text(field) });

type Given = { what: string; given: string };

function dayOf(row: Cells, field: ColumnField, { what, given }: Given): string | null {
  if (isBlank(given)) return null;
  const found = readDate(given);
  if (found === null)
    row.error(
      field,
      `${what} ${quoted(given)} ${isOffCalendar(given) ? 'tidak ada di kalender' : 'bukan tanggal'}. Tulis seperti 7-8-2025 atau 7 Agustus 2025`,
    );
  return found;
}

/** The day begins with the first digit: "Kab. Probolinggo, Kamis 7 Agustus 1975". */
export function birthOf(row: Cells) {
  const [, before = '', given = ''] = /^(\D*)(.*)$/.exec(row.text('birth')) ?? [];
  const place = before
    .replace(/\b(senin|selasa|rabu|kamis|jum.?at|sabtu|minggu|ahad|tgl|tanggal)\W*$/i, '')
    .replace(/[\s,./:-]+$/, '');
  const what = 'Tanggal lahir';
  return {
    birthPlace: textOrNull(row.text('birthPlace') || place, 60),
    birthDate: dayIn(row, 'birthDate', what) ?? dayOf(row, 'birth', { what, given }),
  };
}

export function decreeOf(row: Cells) {
  const both = row.text('decree');
  const [, number = both, given = ''] =
    /^(.*?)[\s,;]*(?:tanggal|tgl\.?|[,;]|\s\/\s)\s*(\d.*)$/i.exec(both) ?? [];
  const alone = number.replace(/^(no\.?|nomor)\s*/i, '').replace(/[\s/,;-]+$/, '');
  const what = 'Tanggal SK';
  return {
    decreeNumber: textOrNull(row.text('decreeNumber') || alone, 80),
    decreedOn: dayIn(row, 'decreedOn', what) ?? dayOf(row, 'decree', { what, given }),
  };
}

/** "2025–2030" is from the first day of 2025; only days of the file's own columns are exact. */
export function termOf(row: Cells): { startOn: string | null; lastDay: string | null } {
  const given = row.text('term');
  const [, from, to] = /^(\d{4})\s*(?:-|–|s\/?d|sampai)\s*(\d{4})$/i.exec(given) ?? [];
  if (from && to) return { startOn: `${from}-01-01`, lastDay: `${Number(to) - 1}-12-31` };
  if (!isBlank(given))
    row.note(
      'term',
      `Masa bakti ${quoted(given)} tidak terbaca dan tidak dipakai. Tulis seperti 2025–2030`,
    );
  return { startOn: null, lastDay: null };
}
