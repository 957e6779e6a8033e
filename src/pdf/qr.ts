import encodeQr from 'qr';
import { heightOf, makeRoom, millimetres, write, type Sheet } from '#src/pdf/sheet.ts';

const side = millimetres(28);

/** A QR code with the code in letters and what they are for beside it. */
export function writeQr(
  sheet: Sheet,
  { url, code, lines }: { url: string; code: string; lines: readonly string[] },
) {
  makeRoom(sheet, side + millimetres(4));
  const { doc, left, width } = sheet;
  const top = sheet.y;
  const cells = encodeQr(url, 'raw', { border: 1, ecc: 'medium' });
  const unit = side / cells.length;
  doc.fillColor('black');
  for (const [row, line] of cells.entries())
    for (const [column, isDark] of line.entries())
      // A hair wider, so that no viewer shows seams between the cells.
      if (isDark) doc.rect(left + column * unit, top + row * unit, unit + 0.15, unit + 0.15);
  doc.fill();
  const x = left + side + millimetres(4);
  const inner = width - side - millimetres(4);
  const beside = [
    { text: code, style: { size: 14, bold: true } },
    ...lines.map((text) => ({ text, style: { size: 9.5 } })),
  ];
  let y = top + millimetres(2);
  for (const { text, style } of beside) {
    write(sheet, text, style, { x, y, width: inner });
    y += heightOf(sheet, text, style, inner) + 1;
  }
  sheet.y = Math.max(top + side, y) + millimetres(3);
}
