import { millimetres, heightOf, write, makeRoom, type Sheet } from '#src/pdf/sheet.ts';

/** public/crest.svg in its own colours, 30 by 36 units. */
export const crest = [
  { fill: '#083575', path: 'M15 0 30 5v14c0 9-7 14-15 17C7 33 0 28 0 19V5z' },
  {
    fill: '#ffcc14',
    path: 'm15 7 2.6 5.6 6 .7-4.4 4.2 1.1 6L15 20.6l-5.3 2.9 1.1-6-4.4-4.2 6-.7z',
  },
];
const crestHeight = millimetres(21);

/** Kop surat: crest, names of the offices from the city down, address, double rule. */
export function writeLetterhead(
  sheet: Sheet,
  { lines, address }: { lines: string[]; address: string | null },
) {
  const { doc, left, width } = sheet;
  const top = sheet.y;
  doc
    .save()
    .translate(left, top)
    .scale(crestHeight / 36);
  for (const { fill, path } of crest) doc.path(path).fill(fill);
  doc.restore().fillColor('black');

  const inset = millimetres(22);
  const box = { x: left + inset, width: width - 2 * inset };
  for (const [index, line] of lines.entries()) {
    const isOwn = index === lines.length - 1;
    const style = { size: isOwn ? 14 : 11, bold: isOwn, align: 'center' as const };
    write(sheet, line.toUpperCase(), style, { ...box, y: sheet.y });
    sheet.y += heightOf(sheet, line.toUpperCase(), style, box.width);
  }
  if (address) {
    const style = { size: 8.5, align: 'center' as const };
    write(sheet, address, style, { ...box, y: sheet.y + 1 });
    sheet.y += heightOf(sheet, address, style, box.width) + 1;
  }
  sheet.y = Math.max(sheet.y, top + crestHeight) + millimetres(2);
  rule(sheet, 1.6);
  rule(sheet, 0.5);
  sheet.y += millimetres(4);
}

function rule(sheet: Sheet, thickness: number) {
  const { doc, left, width } = sheet;
  doc
    .lineWidth(thickness)
    .moveTo(left, sheet.y)
    .lineTo(left + width, sheet.y)
    .stroke('black');
  sheet.y += 2.2;
}

/** The block at the top right of an annex: what it belongs to, with number and date. */
export function writeAside(
  sheet: Sheet,
  { title, lines }: { title: string; lines: [string, string][] },
) {
  makeRoom(sheet, millimetres(30));
  const { left, width } = sheet;
  const x = left + width * 0.5;
  const inner = width * 0.5;
  const style = { size: 9.5 };
  write(sheet, title, { ...style, bold: true }, { x, y: sheet.y, width: inner });
  sheet.y += heightOf(sheet, title, { ...style, bold: true }, inner);
  for (const [label, value] of lines) {
    const labelWidth = millimetres(20);
    write(sheet, label, style, { x, y: sheet.y, width: labelWidth });
    write(sheet, `: ${value}`, style, { x: x + labelWidth, y: sheet.y, width: inner - labelWidth });
    sheet.y += heightOf(sheet, `: ${value}`, style, inner - labelWidth);
  }
  sheet.y += millimetres(5);
}

/** The lines under the letterhead of a letter (domain.md, section 5.8). */
export function writeReference(
  sheet: Sheet,
  { lines, dated }: { lines: [string, string][]; dated: string },
) {
  const { left, width } = sheet;
  const style = { size: 10 };
  const [labelWidth, markWidth, datedWidth] = [20, 4, 66].map(millimetres) as [
    number,
    number,
    number,
  ];
  const x = left + labelWidth + markWidth;
  const inner = width - labelWidth - markWidth - datedWidth;
  const right = { x: left + width - datedWidth, y: sheet.y, width: datedWidth };
  write(sheet, dated, { ...style, align: 'right' }, right);
  for (const [label, value] of lines) {
    write(sheet, label, style, { x: left, y: sheet.y, width: labelWidth });
    write(sheet, ':', style, { x: left + labelWidth, y: sheet.y, width: markWidth });
    write(sheet, value, style, { x, y: sheet.y, width: inner });
    sheet.y += heightOf(sheet, value, style, inner) + 2;
  }
  sheet.y += millimetres(5);
}
