import type { Problem } from '#src/imports/fields.ts';
import type { ColumnField } from '#src/imports/labels.ts';

/** The cells of one row by what they are, and what is told of them. */
export type Cells = {
  text: (field: ColumnField) => string;
  /** Where in the row the field stands, or -1 for a file without it. */
  place: (field: ColumnField) => number;
  error: (field: ColumnField, message: string, suggestion?: string) => void;
  note: (field: ColumnField, message: string, suggestion?: string) => void;
};

export function cellsOf(
  cells: readonly string[],
  mapping: readonly ColumnField[],
  problems: Problem[],
): Cells {
  const place = (field: ColumnField) => mapping.indexOf(field);
  const tell =
    (level: Problem['level']) => (field: ColumnField, message: string, suggestion?: string) =>
      problems.push({ field, message, level, ...(suggestion ? { suggestion } : {}) });
  return {
    text: (field) => (cells[place(field)] ?? '').replace(/^'/, '').trim(),
    place,
    error: tell('error'),
    note: tell('note'),
  };
}

/** A run of digits that may be a NIK is not shown, whatever column it stands in. */
export const masked = (text: string) => text.replaceAll(/\d{12,}/g, '…');

/** A cell as messages quote it. */
export const quoted = (text: string) => `“${masked(text).slice(0, 40)}”`;

export const isBlank = (text: string) => text === '' || text === '-';

export const textOrNull = (text: string, longest: number) =>
  isBlank(text) ? null : masked(text).slice(0, longest);
