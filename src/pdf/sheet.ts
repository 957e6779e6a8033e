import { readFileSync } from 'node:fs';
import path from 'node:path';
import Pdf from 'pdfkit';
import type { Paper } from '#src/pdf/paper.ts';

/** A PDF under way: where the next line goes, and how wide a line is. Points throughout. */
export type Sheet = {
  doc: PDFKit.PDFDocument;
  left: number;
  width: number;
  bottom: number;
  y: number;
};

const point = 72 / 25.4;
export const millimetres = (count: number) => count * point;

/** Millimetres (ux.md, section 7). */
const margins = { top: 12, right: 15, bottom: 20, left: 20 };

const fonts = path.join(import.meta.dirname, 'fonts');
const regular = readFileSync(path.join(fonts, 'portal-sans-regular.ttf'));
const bold = readFileSync(path.join(fonts, 'portal-sans-bold.ttf'));

/** Fonts and everything else come as bytes: pdfkit would open a text it is given as a path. */
export function openSheet({ title, orientation, asOf, isNumbered = true }: Paper): Sheet {
  const doc = new Pdf({
    size: 'A4',
    layout: orientation,
    margin: 0,
    autoFirstPage: false,
    // Pages are held back until their number is known; letters are let go one by one, however many.
    bufferPages: isNumbered,
    lang: 'id',
    displayTitle: true,
    info: {
      Title: title,
      Creator: 'Portal LKK',
      Producer: 'Portal LKK',
      CreationDate: new Date(`${asOf}T00:00:00Z`),
    },
  });
  doc.registerFont('regular', regular).registerFont('bold', bold);
  const sheet = { doc, left: millimetres(margins.left), width: 0, bottom: 0, y: 0 };
  newPage(sheet);
  return sheet;
}

export function newPage(sheet: Sheet) {
  const { doc } = sheet;
  doc.addPage();
  sheet.y = millimetres(margins.top);
  sheet.width = doc.page.width - millimetres(margins.left + margins.right);
  sheet.bottom = doc.page.height - millimetres(margins.bottom);
}

/** Turns the page when so much does not fit on it any more. */
export function makeRoom(sheet: Sheet, height: number) {
  if (sheet.y + height > sheet.bottom) newPage(sheet);
}

export type Style = {
  size: number;
  bold?: boolean;
  align?: 'left' | 'center' | 'right' | 'justify';
};
type Box = { x: number; y: number; width: number };

export function heightOf({ doc }: Sheet, text: string, style: Style, width: number): number {
  setStyle(doc, style);
  return doc.heightOfString(text, { width, lineGap: gapOf(style) });
}

export function write({ doc }: Sheet, text: string, style: Style, { x, y, width }: Box) {
  setStyle(doc, style);
  doc.text(text, x, y, { width, align: style.align ?? 'left', lineGap: gapOf(style) });
}

function setStyle(doc: PDFKit.PDFDocument, style: Style) {
  doc.font(style.bold ? 'bold' : 'regular').fontSize(style.size);
}

const gapOf = ({ size }: Style) => size * 0.12;

/** A line of text across the page, on the next page when it does not fit. */
export function writeLine(sheet: Sheet, text: string, style: Style) {
  const height = heightOf(sheet, text, style, sheet.width);
  makeRoom(sheet, height);
  write(sheet, text, style, { x: sheet.left, y: sheet.y, width: sheet.width });
  sheet.y += height;
}
