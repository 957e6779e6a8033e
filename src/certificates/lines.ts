import { millimetres } from '#src/pdf/sheet.ts';

/** Centred lines of a certificate, and how long names find room. */

export const colours = {
  ink: '#1f1f1f',
  muted: '#525252',
  brand: '#083575',
  gold: '#c79a10',
} as const;

export type Line = {
  text: string;
  size: number;
  bold?: boolean;
  colour?: string;
  /** Points between letters. */
  spacing?: number;
  /** A short gold line below. */
  rule?: boolean;
  /** Millimetres below. */
  after?: number;
  width?: number;
};

/** Capitals with air between them. */
export const capitals = (
  text: string,
  { size, spacing }: { size: number; spacing: number },
): Line => ({ text: text.toUpperCase(), size, spacing });

/** The largest of the sizes in which the text needs at most so many lines; the smallest when none does. */
export function fitted(
  doc: PDFKit.PDFDocument,
  text: string,
  { width, sizes, lines }: { width: number; sizes: readonly number[]; lines: number },
): Line & { width: number } {
  const heightAt = (size: number) =>
    doc.font('bold').fontSize(size).heightOfString(text, { width }) /
    doc.fontSize(size).currentLineHeight(true);
  // One line in a smaller type is quieter than two in a larger, as long as it is not small.
  const [largest = 12] = sizes;
  const oneLine = sizes.find((size) => size >= largest * 0.7 && heightAt(size) < 1.5);
  const size =
    oneLine ?? sizes.find((one) => heightAt(one) < lines + 0.5) ?? sizes.at(-1) ?? largest;
  return { text, size, width };
}

/** Draws the lines one below the other, in the middle between top and bottom. */
export function stack(
  doc: PDFKit.PDFDocument,
  lines: readonly Line[],
  { top, bottom }: { top: number; bottom: number },
) {
  const heights = lines.map((line) => heightOf(doc, line));
  const total = heights.reduce((sum, height) => sum + height, 0);
  let y = top + Math.max(0, (bottom - top - total) / 2);
  for (const [index, line] of lines.entries()) {
    drawLine(doc, line, y);
    y += heights[index] ?? 0;
  }
}

const ruleRoom = millimetres(3.2);

function heightOf(doc: PDFKit.PDFDocument, line: Line): number {
  setType(doc, line);
  return (
    doc.heightOfString(line.text, { width: widthOf(doc, line) }) +
    (line.rule ? ruleRoom : 0) +
    millimetres(line.after ?? 1)
  );
}

function drawLine(doc: PDFKit.PDFDocument, line: Line, y: number) {
  setType(doc, line);
  const width = widthOf(doc, line);
  const spacing = line.spacing ?? 0;
  const x = (doc.page.width - width) / 2 + spacing / 2;
  doc.fillColor(line.colour ?? colours.ink);
  doc.text(line.text, x, y, { width, align: 'center', characterSpacing: spacing });
  if (!line.rule) return;
  const middle = doc.page.width / 2;
  const half = millimetres(32);
  const at = doc.y + millimetres(1.6);
  doc.lineWidth(0.9).strokeColor(colours.gold);
  doc
    .moveTo(middle - half, at)
    .lineTo(middle + half, at)
    .stroke();
}

const widthOf = (doc: PDFKit.PDFDocument, { width }: Line) =>
  width ?? doc.page.width - millimetres(60);

function setType(doc: PDFKit.PDFDocument, { bold, size }: Line) {
  doc.font(bold ? 'bold' : 'regular').fontSize(size);
}
