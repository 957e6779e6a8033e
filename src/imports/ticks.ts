import { quoted, type Cells } from '#src/imports/cells.ts';
import type { ColumnField } from '#src/imports/labels.ts';

/** Questions that a list asks in a column for each answer, of which one is ticked. */

/** What makes a tick; `ü` is how a tick of the font Wingdings reads. */
const ticked = /^(v|√|✓|✔|☑|ü|x|1|ya|true)$/i;
const unticked = /^(|-|–|0|tidak|false)$/i;

export type Answer = {
  field: ColumnField;
  label: string;
  /** Whether the cell repeats what its column asks, as "SMA" under SMA. */
  isWord: (text: string) => boolean;
};

/** The one answer that is ticked, or null; what is no tick and what is one too many is told in its cell. */
export function tickedOf<Kind extends Answer>(
  row: Cells,
  answers: readonly Kind[],
  advice: string,
): Kind | null {
  const [first, second] = answers
    .filter((answer) => isTicked(row, answer))
    .toSorted((a, b) => row.place(a.field) - row.place(b.field));
  if (!first || !second) return first ?? null;
  const both = `${first.label} dan ${second.label}`;
  row.error(
    second.field,
    `${both.charAt(0).toUpperCase()}${both.slice(1)} dicentang bersamaan. ${advice}`,
  );
  return null;
}

function isTicked(row: Cells, { field, isWord }: Answer): boolean {
  const text = row.text(field);
  if (unticked.test(text)) return false;
  if (ticked.test(text) || isWord(text)) return true;
  row.error(field, `${quoted(text)} bukan centang. Isi v, atau kosongkan`);
  return false;
}
