import * as format from '#src/format.ts';
import type { Block } from '#src/pdf/paper.ts';
import { spendingIn } from '#src/training-reports/budget.ts';
import type { TrainingReport } from '#src/training-reports/reading.ts';
import { table } from '#src/training-reports/tables.ts';

/** What was planned, spent and is left, line by line and in sum. */
export function budgetTable({ texts }: TrainingReport): Block[] {
  const read = spendingIn(texts.budget);
  const lines = 'lines' in read ? read.lines : [];
  const planned = lines.reduce((sum, { volume, price }) => sum + volume * price, 0);
  const spent = lines.reduce((sum, line) => sum + line.spent, 0);
  return table(
    [
      { label: 'Uraian', width: 34 },
      { label: 'Volume', width: 12, align: 'right' },
      { label: 'Satuan', width: 13 },
      { label: 'Harga (Rp)', width: 18, align: 'right' },
      { label: 'Jumlah (Rp)', width: 20, align: 'right' },
      { label: 'Realisasi (Rp)', width: 20, align: 'right' },
      { label: 'Sisa (Rp)', width: 18, align: 'right' },
    ],
    lines.map((line) => [
      line.what,
      format.number(line.volume),
      line.unit,
      format.number(line.price),
      format.number(line.volume * line.price),
      format.number(line.spent),
      format.number(line.volume * line.price - line.spent),
    ]),
    [
      'Jumlah',
      null,
      null,
      null,
      format.number(planned),
      format.number(spent),
      format.number(planned - spent),
    ],
  );
}
