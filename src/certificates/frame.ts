import { capitals, colours, stack } from '#src/certificates/lines.ts';
import { crest } from '#src/pdf/letterhead.ts';
import { millimetres } from '#src/pdf/sheet.ts';

const crestHeight = millimetres(15);

/** Border, crest and the names of the offices from the city down. */
export function drawFrame(doc: PDFKit.PDFDocument, letterhead: readonly string[]) {
  drawBorder(doc);
  drawCrest(doc, { height: millimetres(92), top: millimetres(62), opacity: 0.035 });
  drawCrest(doc, { height: crestHeight, top: millimetres(17), opacity: 1 });
  const lines = letterhead.map((text, index) => {
    const isOwn = index === letterhead.length - 1;
    return { ...capitals(text, { size: isOwn ? 11 : 9.5, spacing: 1.1 }), bold: isOwn, after: 0.2 };
  });
  stack(doc, lines, { top: millimetres(33), bottom: millimetres(46) });
}

/** One firm line, and within it a fine one that steps back at the corners. */
function drawBorder(doc: PDFKit.PDFDocument) {
  const { width, height } = doc.page;
  const outer = millimetres(9);
  doc.lineWidth(1.6).strokeColor(colours.brand);
  doc.rect(outer, outer, width - 2 * outer, height - 2 * outer).stroke();
  const inner = millimetres(12);
  const cut = millimetres(7);
  const [left, top, right, bottom] = [inner, inner, width - inner, height - inner];
  doc.lineWidth(0.8).strokeColor(colours.gold);
  doc
    .moveTo(left + cut, top)
    .lineTo(right - cut, top)
    .bezierCurveTo(right - cut, top + cut * 0.55, right - cut * 0.55, top + cut, right, top + cut)
    .lineTo(right, bottom - cut)
    .bezierCurveTo(
      right - cut * 0.55,
      bottom - cut,
      right - cut,
      bottom - cut * 0.55,
      right - cut,
      bottom,
    )
    .lineTo(left + cut, bottom)
    .bezierCurveTo(
      left + cut,
      bottom - cut * 0.55,
      left + cut * 0.55,
      bottom - cut,
      left,
      bottom - cut,
    )
    .lineTo(left, top + cut)
    .bezierCurveTo(left + cut * 0.55, top + cut, left + cut, top + cut * 0.55, left + cut, top)
    .stroke();
}

function drawCrest(
  doc: PDFKit.PDFDocument,
  { height, top, opacity }: { height: number; top: number; opacity: number },
) {
  const scale = height / 36;
  doc
    .save()
    .translate((doc.page.width - 30 * scale) / 2, top)
    .scale(scale)
    .fillOpacity(opacity);
  for (const { fill, path } of crest) doc.path(path).fill(fill);
  doc.restore();
}
