import { masked } from '#src/imports/cells.ts';
import { placeInWords, sheetsOf, type FileColumn } from '#src/imports/columns.ts';
import { fieldOfHead } from '#src/imports/labels.ts';
import type { Batch } from '#src/imports/repository.ts';

/** A column may be filled only in the rows of a later list. */
export const sampled = 50;

type Mapped = Pick<Batch, 'columns' | 'mapping'>;

export const shownColumns = ({ columns }: Mapped, samples: { cells: string[] }[]) =>
  columns.map((column, index) => ({
    name: `column${index}`,
    label: nameOf(column, sheetsOf(columns).length),
    sample: samples
      .map(({ cells }) => hidden(cells[index] ?? ''))
      .filter(Boolean)
      .slice(0, 3)
      .join(' · '),
  }));

function nameOf(column: FileColumn, sheetCount: number): string {
  const place = placeInWords(column, sheetCount);
  return column.label === ''
    ? `Kolom ${place} (tanpa judul)`
    : `Kolom ${place}: ${masked(column.label)}`;
}

/** Columns that hold something and are passed over, although their heads do not say so. */
export const unusedIn = ({ columns, mapping }: Mapped) =>
  columns
    .filter(
      ({ label, isFilled }, index) =>
        isFilled && mapping[index] === 'ignore' && fieldOfHead(label) !== 'ignore',
    )
    .map((column) => {
      const place = placeInWords(column, sheetsOf(columns).length);
      return `${place} (${column.label === '' ? 'tanpa judul' : masked(column.label)})`;
    });

/** An example of what stands in a column; long numbers are nobody's business here. */
const hidden = (text: string) => text.replaceAll(/\d(?=\d{4})/g, '*').slice(0, 40);
