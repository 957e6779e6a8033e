import { readFileSync } from 'node:fs';
import path from 'node:path';
import Pdf from 'pdfkit';
import type { PrintedCertificate } from '#src/certificates/drawing.ts';

export type Canvas = { doc: PDFKit.PDFDocument };

const fonts = path.join(import.meta.dirname, '../pdf/fonts');
const regular = readFileSync(path.join(fonts, 'portal-sans-regular.ttf'));
const bold = readFileSync(path.join(fonts, 'portal-sans-bold.ttf'));

/** A file that carries no other time than the first certificate's, so the same certificates give the same bytes. */
export function openCanvas(first: PrintedCertificate | undefined): Canvas {
  const day = first?.content.issuedOn || '2025-01-01';
  const doc = new Pdf({
    size: 'A4',
    layout: 'landscape',
    margin: 0,
    autoFirstPage: false,
    lang: 'id',
    displayTitle: true,
    info: {
      Title: first ? `Sertifikat ${first.content.title}` : 'Sertifikat',
      Creator: 'Portal LKK',
      Producer: 'Portal LKK',
      CreationDate: new Date(`${day}T00:00:00Z`),
    },
  });
  doc.registerFont('regular', regular).registerFont('bold', bold);
  return { doc };
}
