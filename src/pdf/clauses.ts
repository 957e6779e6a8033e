import type { Clause } from '#src/pdf/paper.ts';
import { heightOf, makeRoom, millimetres, write, writeLine, type Sheet } from '#src/pdf/sheet.ts';

const style = { size: 10, align: 'justify' as const };
const labelWidth = millimetres(30);
const markWidth = millimetres(8);

/** Menimbang, Mengingat, KESATU …: a word, a colon and its sentences, each kept whole on one page. */
export function writeClauses(sheet: Sheet, clauses: Clause[]) {
  for (const { label, items } of clauses) {
    for (const [index, { mark, text }] of items.entries()) {
      const indent = labelWidth + millimetres(4) + (mark === '' ? 0 : markWidth);
      const width = sheet.width - indent;
      const height = heightOf(sheet, text, style, width);
      makeRoom(sheet, height);
      const { left, y } = sheet;
      if (index === 0) {
        write(sheet, label, { size: style.size }, { x: left, y, width: labelWidth });
        write(sheet, ':', { size: style.size }, { x: left + labelWidth, y, width: markWidth });
      }
      const x = left + labelWidth + millimetres(4);
      if (mark) write(sheet, mark, { size: style.size }, { x, y, width: markWidth });
      write(sheet, text, style, { x: left + indent, y, width });
      sheet.y += height + 2;
    }
    sheet.y += 2;
  }
}

/** Tembusan: a numbered list under its word. */
export function writeList(sheet: Sheet, { title, items }: { title: string; items: string[] }) {
  makeRoom(sheet, millimetres(6 + 5 * items.length));
  writeLine(sheet, title, { size: 9.5, bold: true });
  for (const [index, item] of items.entries())
    writeLine(sheet, `${index + 1}. ${item}`, { size: 9.5 });
}
