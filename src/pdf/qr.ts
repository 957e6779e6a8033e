import encodeQr from 'qr';
import { heightOf, makeRoom, millimetres, write, type Sheet, type Style } from '#src/pdf/sheet.ts';

const side = millimetres(28);
const padding = millimetres(3);

type Ticket = { url: string; label: string; code: string; lines: readonly string[] };

/** A box with a QR code and beside it the code that somebody without a phone shows. */
export function writeQr(sheet: Sheet, { url, label, code, lines }: Ticket) {
  const { doc, left, width } = sheet;
  const inner = width - side - 3 * padding;
  const texts: [string, Style][] = [
    [label, { size: 8 }],
    [code, { size: 17, bold: true }],
    ...lines.map((line): [string, Style] => [line, { size: 9 }]),
  ];
  const heights = texts.map(([text, style]) => heightOf(sheet, text, style, inner) + 1.5);
  const total = heights.reduce((sum, height) => sum + height, 0);
  const height = Math.max(side, total) + 2 * padding;
  makeRoom(sheet, height + millimetres(4));
  const top = sheet.y;
  doc.lineWidth(0.7).roundedRect(left, top, width, height, millimetres(1.5)).stroke('#777');
  doc.fillColor('black');
  drawQr(doc, url, { x: left + padding, y: top + (height - side) / 2, side });
  const x = left + side + 2 * padding;
  let y = top + (height - total) / 2;
  for (const [index, [text, style]] of texts.entries()) {
    write(sheet, text, style, { x, y, width: inner });
    y += heights[index] ?? 0;
  }
  sheet.y = top + height + millimetres(4);
}

/** In the colour that is set; all measures in points. */
export function drawQr(
  doc: PDFKit.PDFDocument,
  url: string,
  { x, y, side: width }: { x: number; y: number; side: number },
) {
  const cells = encodeQr(url, 'raw', { border: 1, ecc: 'medium' });
  const unit = width / cells.length;
  for (const [row, line] of cells.entries())
    for (const [column, isDark] of line.entries())
      // A hair wider, so that no viewer shows seams between the cells.
      if (isDark) doc.rect(x + column * unit, y + row * unit, unit + 0.15, unit + 0.15);
  doc.fill();
}
