import { once } from 'node:events';
import type { CertificateContent } from '#src/certificates/content.ts';
import { type Canvas, openCanvas } from '#src/certificates/canvas.ts';
import { drawFrame } from '#src/certificates/frame.ts';
import { capitals, colours, fitted, stack, type Line } from '#src/certificates/lines.ts';
import { signatureLines } from '#src/certificates/signature.ts';
import { drawQr } from '#src/pdf/qr.ts';
import { millimetres } from '#src/pdf/sheet.ts';

/** A certificate as it is drawn: A4 landscape, one page each, everything from the frozen copy. */
export type PrintedCertificate = {
  number: string;
  content: CertificateContent;
  /** In groups, as somebody would type it. */
  code: string;
  /** What the QR opens. */
  url: string;
  /** Where the code is typed in, without https://. */
  checkAddress: string;
  place: string;
  issuedOnInWords: string;
};

export async function drawCertificates(
  certificates: readonly PrintedCertificate[],
): Promise<Buffer> {
  const canvas = openCanvas(certificates[0]);
  const parts: Buffer[] = [];
  canvas.doc.on('data', (part: Buffer) => parts.push(part));
  const ended = once(canvas.doc, 'end');
  for (const certificate of certificates) drawOne(canvas, certificate);
  canvas.doc.end();
  await ended;
  return Buffer.concat(parts);
}

const middle = { top: millimetres(49), bottom: millimetres(147) };
const foot = millimetres(151);
const sides = millimetres(33);

function drawOne(canvas: Canvas, certificate: PrintedCertificate) {
  canvas.doc.addPage();
  drawFrame(canvas.doc, certificate.content.letterhead);
  stack(canvas.doc, wordsOf(canvas.doc, certificate), middle);
  drawCheck(canvas.doc, certificate);
  drawSignature(canvas.doc, certificate);
}

function wordsOf(doc: PDFKit.PDFDocument, { number, content }: PrintedCertificate): Line[] {
  const widest = millimetres(225);
  const office = [content.office, content.institution].filter(Boolean).join(', ');
  const from = content.kelurahan ? `Kelurahan ${content.kelurahan}` : '';
  const small = { size: 11, colour: colours.muted };
  return [
    { ...capitals('Sertifikat', { size: 29, spacing: 7 }), bold: true, colour: colours.brand },
    { text: `Nomor ${number}`, size: 10.5, colour: colours.muted, after: 4.5 },
    { text: 'diberikan kepada', ...small, after: 1.5 },
    {
      ...fitted(doc, content.name, { width: widest, sizes: [30, 26, 22, 19, 16], lines: 2 }),
      bold: true,
      rule: true,
      after: 3,
    },
    ...[office, from].filter(Boolean).map((text, index, all) => ({
      ...fitted(doc, text, { width: widest, sizes: [12, 11, 10], lines: 2 }),
      after: index === all.length - 1 ? 4 : 0.3,
    })),
    { text: 'sebagai peserta', ...small, after: 1 },
    {
      ...fitted(doc, content.title, { width: widest, sizes: [17, 15, 13, 12], lines: 2 }),
      bold: true,
      colour: colours.brand,
      after: 1.8,
    },
    { ...fitted(doc, occasionOf(content), { width: widest, sizes: [11, 10], lines: 3 }) },
  ];
}

function occasionOf({ organiser, days, venue, lessons }: CertificateContent): string {
  const parts = [
    organiser && `diselenggarakan oleh ${organiser}`,
    days && `pada ${days}`,
    venue && `di ${venue}`,
  ].filter(Boolean);
  return `${parts.join(' ')}${lessons > 0 ? `, selama ${lessons} jam pelajaran (JP)` : ''}.`;
}

/** The QR stands on white with its quiet zone; next to it the code for whoever has no camera. */
function drawCheck(
  doc: PDFKit.PDFDocument,
  { url, code, checkAddress }: Pick<PrintedCertificate, 'url' | 'code' | 'checkAddress'>,
) {
  const side = millimetres(29);
  doc.fillColor(colours.ink);
  drawQr(doc, url, { x: sides, y: foot, side });
  const x = sides + side + millimetres(4);
  const width = millimetres(76);
  doc.font('regular').fontSize(8.5).fillColor(colours.muted);
  doc.text(`Keaslian sertifikat ini dapat diperiksa dengan memindai kode atau di`, x, foot + 4, {
    width,
    lineGap: 1,
  });
  doc.font('bold').fillColor(colours.brand).text(checkAddress, { width, lineGap: 1 });
  doc.moveDown(0.35).font('regular').fillColor(colours.muted).text('dengan kode', { width });
  doc.font('bold').fontSize(9).fillColor(colours.ink).text(code, { width, lineGap: 1 });
}

/** The name stands at the foot and grows upwards, into the room to sign. */
function drawSignature(doc: PDFKit.PDFDocument, certificate: PrintedCertificate) {
  const width = millimetres(84);
  const x = doc.page.width - sides - width;
  const box = { width, align: 'center' as const };
  const { above, name, below } = signatureLines(certificate);
  const office = fitted(doc, above[1] ?? '', { width, sizes: [10.5, 9.5, 8.5], lines: 2 });
  doc
    .fillColor(colours.ink)
    .font('regular')
    .fontSize(10.5)
    .text(above[0] ?? '', x, foot, box);
  doc.fontSize(office.size).text(office.text, x, doc.y, box);
  const signed = fitted(doc, name, { width, sizes: [11, 10, 9], lines: 2 });
  doc.font('bold').fontSize(signed.size);
  const top = millimetres(182) - doc.heightOfString(signed.text, { width });
  doc.text(signed.text, x, top, { ...box, underline: certificate.content.signatory.name !== '' });
  doc.font('regular').fontSize(9.5);
  for (const line of below) doc.text(line, x, doc.y + 1, box);
}
