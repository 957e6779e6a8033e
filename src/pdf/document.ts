import { once } from 'node:events';
import { writeClauses, writeList } from '#src/pdf/clauses.ts';
import { writeAside, writeLetterhead, writeReference } from '#src/pdf/letterhead.ts';
import type { Block, Paper } from '#src/pdf/paper.ts';
import { writePictures } from '#src/pdf/pictures.ts';
import { writeQr } from '#src/pdf/qr.ts';
import {
  makeRoom,
  millimetres,
  newPage,
  openSheet,
  writeLine,
  type Sheet,
} from '#src/pdf/sheet.ts';
import { writeSignatures } from '#src/pdf/signatures.ts';
import { writeTable } from '#src/pdf/table.ts';

/** The bytes of a paper as PDF. */
export async function writePaper(paper: Paper): Promise<Buffer> {
  const sheet = openSheet(paper);
  const parts: Buffer[] = [];
  sheet.doc.on('data', (part: Buffer) => parts.push(part));
  const ended = once(sheet.doc, 'end');
  for (const block of paper.blocks) writeBlock(sheet, block);
  if (paper.isNumbered !== false) numberPages(sheet, paper.footer);
  sheet.doc.end();
  await ended;
  return Buffer.concat(parts);
}

function writeBlock(sheet: Sheet, block: Block) {
  switch (block.kind) {
    case 'letterhead':
      return writeLetterhead(sheet, block);
    case 'heading':
      return writeHeading(sheet, block);
    case 'text':
      return writeLine(sheet, block.text, {
        size: block.small ? 8 : 10,
        bold: block.bold ?? false,
        align: block.align ?? 'left',
      });
    case 'table':
      return writeTable(sheet, block);
    case 'clauses':
      return writeClauses(sheet, block.clauses);
    case 'signatures':
      return writeSignatures(sheet, block);
    case 'list':
      return writeList(sheet, block);
    case 'aside':
      return writeAside(sheet, block);
    case 'reference':
      return writeReference(sheet, block);
    case 'qr':
      return writeQr(sheet, block);
    case 'pictures':
      return writePictures(sheet, block.pictures);
    case 'space':
      sheet.y += millimetres(block.millimetres);
      return;
    case 'room':
      return makeRoom(sheet, millimetres(block.millimetres));
    case 'page':
      return newPage(sheet);
  }
}

function writeHeading(sheet: Sheet, { text, level }: { text: string; level: 1 | 2 }) {
  // A heading never stands alone at the foot of a page.
  makeRoom(sheet, millimetres(25));
  writeLine(sheet, text, {
    size: level === 1 ? 12 : 10,
    bold: true,
    align: level === 1 ? 'center' : 'left',
  });
  sheet.y += millimetres(level === 1 ? 1.5 : 1);
}

function numberPages(sheet: Sheet, footer: string) {
  const { doc, left } = sheet;
  const { start, count } = doc.bufferedPageRange();
  for (let index = start; index < start + count; index += 1) {
    doc.switchToPage(index);
    const y = doc.page.height - millimetres(13);
    const width = doc.page.width - left - millimetres(15);
    doc.font('regular').fontSize(7.5);
    doc.text(footer, left, y, { width: width - millimetres(32), height: millimetres(7) });
    doc.text(`Halaman ${index + 1} dari ${count}`, left, y, { width, align: 'right' });
  }
}
