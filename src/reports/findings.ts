import * as format from '#src/format.ts';
import { type RecapLine, listHref } from '#src/reports/columns.ts';
import { type Figures, completeness } from '#src/reports/rules.ts';

export type Finding = { subject: string; href: string; text: string };

/**
 * The places that ask most for attention, weightiest first. An institution whose decree has ended or whose chair is
 * empty cannot act lawfully and weighs most; one without any decree less, one that ends soon least; a low completeness
 * adds its missing points to 75. A place without any institution comes last.
 */
export function findings(lines: readonly RecapLine[], most = 3): Finding[] {
  return lines
    .map((line) => ({ line, weight: weightOf(line.figures) }))
    .filter(({ weight }) => weight > 0)
    .toSorted((a, b) => b.weight - a.weight || a.line.name.localeCompare(b.line.name, 'id'))
    .slice(0, most)
    .map(({ line }) => ({
      subject: line.name,
      href: line.href ?? listHref('/lembaga', line.query),
      text: `${inWords(line.figures)}.`,
    }));
}

const weightOf = (row: Figures) =>
  3 * row.ended +
  3 * row.vacantChairs +
  2 * row.withoutDecree +
  row.ending +
  Math.max(0, 75 - (completeness(row) ?? 74));

function inWords(row: Figures): string {
  const { institutions, ended, ending, withoutDecree, vacantChairs } = row;
  if (institutions === 0) return 'belum ada lembaga tercatat';
  const percent = completeness(row);
  const parts = [
    ended > 0 && `${format.number(ended)} SK sudah berakhir`,
    ending > 0 && `${format.number(ending)} SK berakhir dalam 90 hari`,
    withoutDecree > 0 && `${format.number(withoutDecree)} belum ada SK`,
    vacantChairs > 0 && `${format.number(vacantChairs)} kursi ketua kosong`,
    percent !== null && percent < 75 && `kelengkapan data ${percent}%`,
  ];
  return listed(parts.filter((part) => part !== false));
}

/** "a", "a dan b", "a, b, dan c" */
const sentenceList = new Intl.ListFormat('id-ID', { type: 'conjunction' });

const listed = (parts: string[]) => sentenceList.format(parts);
